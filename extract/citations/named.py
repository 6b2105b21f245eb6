"""Laws that are cited by name alone: day and author told with them."""

from __future__ import annotations

import re

from extract.citations.context import Context, date_after, role_at
from extract.citations.issuers import issuer_after
from extract.citations.laws import LONGEST_LAW, NUMBERED, Law, is_head_of_law
from extract.draft import CitationDraft
from extract.field import Method
from extract.reading import Reading
from extract.words.dates import DateAt
from normalize.fold import fold

_NAMELESS = "the law's name is in doubt"
_CUT_LAW = re.compile(r"luat sua doi(?:,? bo sung(?: mot so dieu)?)?(?: cua)?")
# Luật số 47/2019/QH14 sửa đổi, bổ sung một số điều của [Luật Tổ chức Chính phủ và] Luật Tổ chức chính quyền địa phương
_AMENDED = re.compile(r"/qh\d+\s+sua\s+doi[^;.\d]*\Z")
_PASSED = re.compile(
    r"\s*,?\s*(?:da\s+|vua\s+|moi\s+)?duoc\s+(?P<who>quoc\s+hoi)(?:\s+[^,.;]{0,60}?)?\s+thong\s+qua\s+(?:tai\s[^,.;]{3,60}?\s)?(?:ngay\s+)?"
)


def _passed(context: Context, end: int) -> tuple[DateAt | None, tuple[int, int] | None]:
    """`Luật thuế giá trị gia tăng đã được Quốc hội thông qua ngày 10-5-1997`: the day, and who passed it."""
    passed = _PASSED.match(context.reading.folded, end)
    if passed is None:
        return None, None
    return next((date for date in context.dates if 0 <= date.start - passed.end() <= 6), None), passed.span("who")


def named_laws(context: Context) -> list[CitationDraft]:
    """Laws: those with a code in their name's tail give it, the others are known by name."""
    reading = context.reading
    return [_law_draft(context, law) for law in context.laws if not _has_code(reading, law)]


def _has_code(reading: Reading, law: Law) -> bool:
    """`Luật Quy hoạch số 21/2017/QH14` is found by its code."""
    numbered = re.match(NUMBERED.pattern + r"(?<=so )\d", reading.folded[law.end : law.end + 40])
    return numbered is not None and not law.amends


def _law_draft(context: Context, law: Law) -> CitationDraft:
    reading = context.reading
    passed, who = _passed(context, law.end)
    inner = _AMENDED.search(reading.folded, max(0, law.start - LONGEST_LAW), law.start)
    date = None if inner else date_after(context, law.end, len(reading.string)) or passed
    owner = issuer_after(reading, date.end if date else law.end, len(reading.string)) or (date and who)
    name = reading.field(law.name, law.start, law.end, "law_name")
    if _CUT_LAW.fullmatch(fold(law.name)):
        name = name.doubt("the name of what it amends is missing", 0.6)
    elif is_head_of_law(law.name):
        name = name.doubt("no law has that name, and several begin so: its end may be lost", 0.6)
    kind, role = (
        reading.field(law.slug, law.start, law.end, "citation_type", Method.MATCHED),
        role_at(context, law.start),
    )
    if name.review:
        kind, role = kind.doubt(_NAMELESS, 0.7), role.doubt(_NAMELESS, 0.7)
    return CitationDraft(
        type=kind,
        code=None,
        date=reading.field(date.value, date.start, date.end, "citation_date") if date else None,
        issuer=reading.field(reading.flat(*owner), *owner, "citation_issuer")
        if owner and "quoc hoi" in reading.folded[slice(*owner)]
        else None,
        subject=name,
        role=role,
        at=law.start,
    )
