"""Which money of a notice on many things is the programme's: what stands in a paragraph or part that names it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.draft import FundingDraft
from extract.field import Field
from extract.ntm.survey import Survey
from extract.words.phrases import find_phrases
from normalize.text import Place

# Văn phòng Điều phối nông thôn mới · Ban Chỉ đạo các Chương trình MTQG xây dựng nông thôn mới; folded
_BODY = re.compile(r"(?<!\w)(?:dieu\s+phoi|ban\s+chi\s+dao)(?!\w)[^,;.:]*$")


def of_programme(survey: Survey, found: Sequence[FundingDraft]) -> tuple[FundingDraft, ...]:
    """The entries whose amounts stand in an item that names the programme, or below one: `2. Về xây dựng nông thôn mới`
    above `- Ngân sách tỉnh: 4.200 triệu đồng`."""
    told = [
        place
        for index, item in enumerate(survey.items)
        if any(_names_it(survey, one.content, one.end) for one in (item, *survey.above(index)))
        for place in survey.whole.text.places(item.content, item.end)
    ]
    return tuple(entry for entry in found if any(_stands_in(entry.amount_vnd, place) for place in told))


def _stands_in(amount: Field[int], part: Place) -> bool:
    """Does an amount begin inside of a part of a page? What it comes to is no proof: two may come to the same."""
    return any(place.page == part.page and part.start <= place.start < part.end for place in amount.places)


def _names_it(survey: Survey, start: int, end: int) -> bool:
    """Does a stretch name the programme, not only an office for it?"""
    named = find_phrases(survey.whole, "ntm", start, end)
    return any(_BODY.search(survey.whole.flowing, start, at) is None for at, _ in named)
