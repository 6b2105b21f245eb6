"""What stands around the citations of a text: dates, sentences, paragraphs; date and author behind a code."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.citations.bodies import BODY, is_body
from extract.citations.issuers import KINDS, issuer_after
from extract.citations.laws import Law
from extract.field import Field, Method
from extract.notice import Role
from extract.reading import Reading
from extract.words.damage import misread, respelled
from extract.words.dates import DateAt
from extract.words.places import with_marks
from normalize.fold import fold
from normalize.lexicon.agencies import agencies_folded, agency_names
from normalize.match import best_of
from normalize.syllable import spelled

# ngày 16/10/2020 · (27/3/2020) · đề ngày 21/9/2020 · (ban hành ngày 03/7/2013 · hồi 16 giờ 00 phút ngày 16/10/2020
_BEFORE_DATE = re.compile(
    r"[\s,;]*(?P<opened>\(\s*)?(?:(?:duoc\s+)?(?:ky\s+)?(?:ban\s+hanh|thong\s+qua|phe\s+duyet|ky|cap|de|lap)(?:\s+vao)?\s+)?"
    r"(?:hoi\s+\d{1,2}\s*(?:gio|h)(?:\s*\d{1,2}\s*(?:phut)?)?\s*,?\s*)?(?:cung\s+)?(?:ngay\s+)?"
)
# Ngày D UBND xã A có Tờ trình số 52/TTr-UBND, ngày D UBND xã B có Tờ trình số; with a comma behind the day as well it
# may be that of the document before, unless a semicolon parts the two
_NEW_CLAUSE = re.compile(r"\s*(?:[,;]|,?\s+va)\s+(?:den\s+)?ngay\s+")
_ACTS = re.compile(
    rf"\s+(?P<who>[A-Z][^,.;:()]{{2,60}}?)\s+(?:(?:cung|tiep\s+tuc|lai|da)\s+)*(?:co|gui|ban\s+hanh|trinh|nop|lap)\s+"
    rf"(?i:{KINDS})\s"
)
_CLOSED = re.compile(r"\s*\)")
_SPECK = re.compile(r"\s[^\W\d_]\s")  # a speck read as a letter
_MARKED = 0.93  # confidence of an agency of the list that was read with other marks
_ALIKE = 0.85  # likeness of a worn name to an agency's
_HEADS_ALONE = frozenset({"Chủ tịch", "Giám đốc", "Bộ trưởng"})  # of 2,520 issuers in gold none is told so short


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the citations of one stretch of text; offsets are into `reading`."""

    reading: Reading
    opening_end: int
    dates: tuple[DateAt, ...]
    starts: tuple[int, ...]  # where each sentence begins
    paragraphs: tuple[int, ...]  # where each paragraph begins
    laws: tuple[Law, ...]

    def sentence(self, at: int) -> int:
        return max((start for start in self.starts if start <= at), default=0)

    def paragraph_end(self, at: int) -> int:
        """Where the paragraph ends that holds an offset: no name runs on into the next."""
        return min((start for start in self.paragraphs if start > at), default=len(self.reading.string))


def date_after(context: Context, end: int, limit: int) -> DateAt | None:
    """The date that stands directly behind a code, or behind the issuer that stands there."""
    date = next((one for one in context.dates if end <= one.start < limit), None)
    if date is None:
        return None
    if _opens_next(context.reading, end, date):
        return None
    owner = issuer_after(context.reading, end, limit)
    return _led(context, end, date) or (_led(context, owner[1], date) if owner else None)


def _opens_next(reading: Reading, end: int, date: DateAt) -> bool:
    """`…, ngày 02/11/2017 UBND xã Ân Tường Tây có Tờ trình số 60/TTr-UBND`: is it the day of the next document?"""
    parted = _NEW_CLAUSE.fullmatch(reading.folded, end, date.start)
    behind = date.end + 1 if parted and ";" in parted[0] and reading.string.startswith(",", date.end) else date.end
    acts = _ACTS.match(reading.unmarked, behind) if parted else None
    return acts is not None and BODY.match(reading.folded, acts.start("who")) is not None


def _led(context: Context, at: int, date: DateAt) -> DateAt | None:
    """The date, with the bracket that closes behind it, where nothing stands before it but what leads to it."""
    lead = _BEFORE_DATE.fullmatch(context.reading.folded, at, date.start)
    closed = _CLOSED.match(context.reading.folded, date.end) if lead and lead["opened"] else None
    return replace(date, end=closed.end()) if closed else date if lead else None


def issuer_field(reading: Reading, span: tuple[int, int]) -> Field[str]:
    """The issuer as printed; in doubt where it begins as no body does, or holds a verb: then it ran on too far."""
    field = reading.field(reading.flat(*span).strip(" ,"), *span, "citation_issuer")
    if reading.mangled and (known := _agency(field.value)):
        meant = replace(field, value=known, method=Method.MATCHED)
        return meant if fold(known) == fold(field.value) else meant.doubt(f"read as {field.value!r}", 0.75)
    listed = agencies_folded().get(fold(field.value), field.value)
    if spelled(listed) != spelled(field.value) and reading.text.is_read(*span):  # Thủ tướng Chính phử: its marks alone
        return replace(field, value=listed, method=Method.MATCHED, confidence=min(field.confidence, _MARKED))
    speckless = _SPECK.sub(" ", field.value)
    if speckless != field.value and speckless in agency_names():  # Thủ tướng Chính è phủ
        return replace(field, value=speckless, method=Method.MATCHED).doubt(f"read as {field.value!r}", 0.75)
    if (marked := with_marks(field.value)) != field.value and reading.text.is_read(*span):  # Sở Y tế tính Cà Mau
        meant = replace(field, value=marked, method=Method.RESTORED, alternatives=(field.value,))
        return meant.doubt(f"read as {field.value!r}", 0.75)
    if ":" in field.value:  # UBND các xã: Liên Chung (Tờ trình số 11), Việt Lập (Tờ trình số 14)
        return field.doubt("a list of bodies begins in it", 0.6)
    if field.value in _HEADS_ALONE:
        return field.doubt("of which body, is not told", 0.7)
    if is_body(field.value):
        wrong = misread(reading, *span, field.value)
        return field.doubt(wrong, 0.7) if wrong else field
    return field.doubt("it may hold words that are no part of a body's name", 0.6)


def _agency(read: str) -> str | None:
    """The agency of the list that a worn name is but for misread letters: Thủ tướng Chính phí."""
    best = best_of(read, agency_names())
    return best.value if best.value and best.score >= _ALIKE and respelled(read, best.value) else None


def role_at(context: Context, at: int) -> Field[Role]:
    """Basis where the first mention stands in the opening, else mention (contract)."""
    role = Role.BASIS if at < context.opening_end else Role.MENTION
    return Field(role, 0.97, Method.MATCHED, "citation_role", context.reading.text.places(at, at + 1))
