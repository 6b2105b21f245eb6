"""Type and trích yếu."""

from __future__ import annotations

import re

from extract.field import Field, Method
from extract.parts.headings import type_of_title
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.trail import missed
from extract.words.casing import is_capitals, sentence_case
from extract.words.damage import without_noise
from normalize.lexicon.types import document_types, type_of_symbol

# V/v công bố · Về việc điều chỉnh · v/v: · Về kết quả
_LEAD = re.compile(r"[\s\W]*(?:v\s*/\s*(?:va?|w|y)(?!\w)|ve\s+viec|ve(?=\s))[\s:.]*")
# CHỈ THỊ / CỦA BAN THƯỜNG VỤ HUYỆN ỦY / về tăng cường lãnh đạo …
_OF_BODY = re.compile(r"\s*cua\s[^\n]{3,80}\n\s*(?:v\s*/\s*v|ve\s+viec|ve)\s+")

# _'về · họp ˆ nghe · giỏi. cấp tỉnh: specks that were read as signs
_SPECKS = re.compile(r"(?<!\S)[_'`^ˆ~|]+(?:\s+|(?=\w))|(?<=[^\W\d_A-ZĐ]{3})\.(?=\s+[^\W\d_A-ZĐ])")


def find_type(zones: Zones, symbol: Field[str] | None) -> tuple[Field[str] | None, Field[str] | None]:
    """(slug, printed name) of the type: from the title, else from the symbol; a notice without either has none."""
    title = zones.title
    line = title.string.rstrip("\n")
    kind = type_of_title(line) if line else None
    if kind is not None:
        field = title.field(kind.slug, 0, len(line), "title_type", Method.MATCHED)
        return field, field.to(kind.name)
    if symbol is None:
        missed(
            "/document/type", "title_type", "no line in capitals is the name of a type, and there is no symbol", line
        )
        return None, None
    # 5348/CT-CS of the Cục Thuế: CT is the office; a letter alone has its V/v under the number
    letter = _LEAD.match(zones.subject.folded) is not None
    slug = "cong_van" if letter else type_of_symbol(symbol.value) or "cong_van"
    name = next((kind.name for kind in document_types() if kind.slug == slug), slug)
    found = Field(slug, min(symbol.confidence, 0.97), Method.MATCHED, "symbol_type", symbol.places)
    return found, found.to(name)


def find_subject(zones: Zones) -> Field[str] | None:
    """The trích yếu without its leading `V/v`, `Về việc`, `Về`."""
    reading = zones.subject
    lead = _LEAD.match(reading.folded)
    lead = lead or _OF_BODY.match(reading.folded)
    start = lead.end() if lead else 0
    value = _SPECKS.sub("", without_noise(clean_phrase(reading, start, len(reading.string))))
    if not value:
        missed("/document/subject", "subject", "no lines were found under a title or behind ‘V/v’", reading.string)
        return None
    return reading.field(sentence_case(value) if is_capitals(value) else value, start, len(reading.string), "subject")


def clean_phrase(reading: Reading, start: int, end: int) -> str:
    """A phrase in one line, without the dashes, rules and stops that stand around it."""
    return reading.flat(start, end).strip(" -–—_~.,;:*'\"|`“”")
