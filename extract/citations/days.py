"""Days of cited documents that are not told directly behind the code: within, ahead of it, behind what it amends."""

from __future__ import annotations

import re

from extract.citations.context import Context, date_after
from extract.citations.issuers import issuer_acting
from extract.citations.laws import SLUGS
from extract.citations.mentions import Mention
from extract.words.codes import find_codes
from extract.words.dates import DateAt

# Ngày 22/11/2023, Thủ tướng Chính phủ phê duyệt … tại Quyết định số 1456/QĐ-TTg
_DATED_SENTENCE = re.compile(r"\s*(?:[-+*]\s*)?ng\wy\s+(?=\d)")
_AMENDS_AHEAD = re.compile(r"\s+sua\s+doi[^;.\d]*?(?:\sngay\s+)?")


def date_elsewhere(context: Context, mention: Mention, limit: int) -> DateAt | None:
    """The day that the sentence tells of a document elsewhere than behind its code."""
    return (
        _date_within(context, mention)
        or _date_of_amending(context, mention, limit)
        or _date_of_sentence(context, mention)
    )


def _date_of_amending(context: Context, mention: Mention, limit: int) -> DateAt | None:
    """`Luật số 47/2019/QH14 sửa đổi, bổ sung một số điều của Luật A, Luật B ngày D`: the day is the amending law's."""
    code = mention.code
    date = next((one for one in context.dates if code.end < one.start < limit), None)
    if date is None or mention.slug not in SLUGS.values():
        return None
    return date if _AMENDS_AHEAD.fullmatch(context.reading.folded, code.end, date.start) else None


def _date_within(context: Context, mention: Mention) -> DateAt | None:
    """The day between type and number: `Công văn ngày 5/6/2020 của Sở Nội vụ (số 12/SNV-CCVC)`."""
    within = (date for date in context.dates if mention.start == mention.head < date.start < mention.code.start)
    return next(within, None)


def _of_one_before(context: Context, start: int, date: DateAt) -> bool:
    """`Nghị quyết số 43/2022/QH15 ngày 11/01/2022; UBTVQH ban hành …`: is the day told of a document before?"""
    codes = find_codes(context.reading, start, date.start)
    told = date_after(context, codes[-1].end, date.end) if codes else None
    return told is not None and told.start == date.start


def _date_of_sentence(context: Context, mention: Mention) -> DateAt | None:
    """`Ngày D, X phê duyệt … tại Quyết định số …` · `…, ngày D UBND huyện ban hành Kế hoạch số …`: the sentence's date
    is the document's."""
    start = context.sentence(mention.start)
    acting = issuer_acting(context.reading, start, mention.start)
    if acting is None or find_codes(context.reading, acting[1], mention.start):  # another's, named before
        return None
    ending = next((date for date in context.dates if 0 <= acting[0] - date.end <= 2 and date.start >= start), None)
    if ending:
        return None if _of_one_before(context, start, ending) else ending
    lead = _DATED_SENTENCE.match(context.reading.folded, start, mention.start)
    if lead is None:
        return None
    first = next((date for date in context.dates if date.start >= lead.end() - 6), None)
    return first if first and first.start <= lead.end() + 1 and first.end < mention.start else None
