"""What stands around the citations of a text: dates, sentences, paragraphs; date and author behind a code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.citations.issuers import is_body, issuer_after
from extract.citations.laws import Law
from extract.field import Field
from extract.reading import Reading
from extract.words.damage import damage
from extract.words.dates import DateAt

# ngày 16/10/2020 · hồi 16 giờ 00 phút ngày 16/10/2020
_BEFORE_DATE = re.compile(
    r"[\s,;]*(?:hoi\s+\d{1,2}\s*(?:gio|h)(?:\s*\d{1,2}\s*(?:phut)?)?\s*,?\s*)?(?:cung\s+)?(?:ngay\s+)?"
)


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
    for date in context.dates:
        if date.start >= end and date.start < limit:
            between = context.reading.folded[end : date.start]
            if _BEFORE_DATE.fullmatch(between):
                return date
            owner = issuer_after(context.reading, end, limit)
            if owner and _BEFORE_DATE.fullmatch(context.reading.folded[owner[1] : date.start]):
                return date
            return None
    return None


def issuer_field(reading: Reading, span: tuple[int, int]) -> Field[str]:
    """The issuer as printed; in doubt where it begins as no body does, or holds a verb: then it ran on too far."""
    field = reading.field(reading.flat(*span).strip(" ,"), *span, "citation_issuer")
    if ":" in field.value:  # UBND các xã: Liên Chung (Tờ trình số 11), Việt Lập (Tờ trình số 14)
        return field.doubt("a list of bodies begins in it", 0.6)
    if is_body(field.value):
        wrong = damage(field.value)
        return field.doubt(wrong, 0.7) if wrong else field
    return field.doubt("it may hold words that are no part of a body's name", 0.6)
