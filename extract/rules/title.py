"""Type and trích yếu."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.field import Field, Method
from extract.parts.headings import type_of_title
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.trail import missed
from extract.words.casing import is_capitals, sentence_case
from extract.words.damage import without_noise
from normalize.letters import SMALL
from normalize.lexicon.types import document_types, type_of_symbol

# V/v công bố · Về việc điều chỉnh · v/v: · Về kết quả
_LEAD = re.compile(r"[\s\W]*(?:v\s*/\s*(?:va?|w|y)?(?!\w)|v[wv](?!\w)|ve\s+viec|ve(?=\s))[\s:.]*")
_WORN_ABOUT = re.compile(r"\s*V[àaáạ]\s+vi[ệêế]c\s+")  # Và việc đề nghị, of a dump: Về việc
_LEAD_READ = re.compile(r"V[/Iil1|\\]?[vwWV]|VW|Wv")
# CHỈ THỊ / CỦA BAN THƯỜNG VỤ HUYỆN ỦY / về tăng cường lãnh đạo …
_OF_BODY = re.compile(r"\s*cua\s[^\n]{3,80}\n\s*(?:v\s*/\s*v|ve\s+viec|ve)\s+")

# công nhận r và đăng ký: a speck read as a letter; not `điểm c khoản 1`
_LONE = re.compile(
    rf"(?<={SMALL})(?<!điểm)(?<!hạng)(?<!nhóm)(?<!loại)(?<!khối)(?<!lớp)\s[bcdghklmnpqrstvx](?=\s{SMALL})"
)
# quý HI năm 2026: III
_QUARTER = re.compile(r"(?<!\w)(?P<lead>[Qq]uý\s+)(?P<n>[IVHNlLT1|!]{1,4})(?=[\s/,.;]|$)")
# _'về · họp ˆ nghe · giỏi. cấp tỉnh: specks that were read as signs
_HALF_DASH = re.compile(r"[^\W\d_](?: [-–]|[-–] )[^\W\d_]")  # các xã Túc Trưng, Phú Túc -đạt chuẩn
# đến ngày 22!512020 · nông thôn m4gi; not Km3 or 04TP
_PIERCED = re.compile(rf"\d[!|§]+\d*|(?<=\s){SMALL}+\d{SMALL}+")
_SPECKS = re.compile(rf"(?<!\S)[_'`^ˆ~|]+(?:\s+|(?=\w))|(?<={SMALL}{{3}})\.(?=\s+{SMALL})")


def find_type(zones: Zones, symbol: Field[str] | None) -> tuple[Field[str] | None, Field[str] | None]:
    """(slug, printed name) of the type: from the title, else from the symbol; a notice without either has none."""
    title = zones.title
    line = title.string.rstrip("\n")
    kind = type_of_title(line) if line else None
    if kind is not None:
        field = title.field(kind.slug, 0, len(line), "title_type", Method.MATCHED)
        return field, field.to(kind.name)
    if symbol is None:
        why = "no line in capitals is the name of a type, and there is no symbol"
        missed("/document/type", "title_type", why, line)
        return _letter(zones, why)
    # 5348/CT-CS of the Cục Thuế: CT is the office; a letter alone has its V/v under the number
    letter = _LEAD.match(zones.subject.folded) is not None
    slug = "cong_van" if letter else type_of_symbol(symbol.value) or "cong_van"
    name = next((kind.name for kind in document_types() if kind.slug == slug), slug)
    found = Field(slug, min(symbol.confidence, 0.97), Method.MATCHED, "symbol_type", symbol.places)
    return found, found.to(name)


def _letter(zones: Zones, why: str) -> tuple[Field[str] | None, Field[str] | None]:
    """A letter by what it has instead of a title, `Kính gửi:` below place and date; neither where it lacks these."""
    addressed = zones.addressed
    if not addressed.string.strip() or not zones.place_date.string.strip():
        return None, None
    found = addressed.field("cong_van", 0, len("Kính gửi"), "symbol_type", Method.INFERRED).doubt(why, 0.7)
    return found, found.to("Công văn")


def find_subject(zones: Zones) -> Field[str] | None:
    """The trích yếu without its leading `V/v`, `Về việc`, `Về`."""
    reading = zones.subject
    lead = _LEAD.match(reading.folded)
    lead = lead or _OF_BODY.match(reading.folded) or _worn_lead(reading)
    start = lead.end() if lead else 0
    value = _SPECKS.sub("", without_noise(clean_phrase(reading, start, len(reading.string))))
    if not value:
        missed("/document/subject", "subject", "no lines were found under a title or behind ‘V/v’", reading.string)
        return None
    value = sentence_case(value) if is_capitals(value) else value
    bare = _LONE.sub("", value)
    mended = _QUARTER.sub(_roman, bare)
    field = reading.field(mended, start, len(reading.string), "subject")
    if not lead and mended[:1].islower() and reading.text.is_read(start, len(reading.string)):
        field = field.doubt("it begins with a small letter: its first word may be lost", 0.75)
    if pierced := _PIERCED.search(mended):
        field = field.doubt(f"{pierced[0]!r} is no figure", 0.7)
    if _HALF_DASH.search(mended) and reading.text.is_read(start, len(reading.string)):
        field = field.doubt("a dash stands close to one word, as a speck does", 0.7)
    if mended == value:
        return field
    field = replace(field, method=Method.RESTORED, alternatives=(value,))
    if bare != value:
        return field.doubt("a letter that stands alone was left out", 0.75)
    return field.doubt("the strokes of a Roman numeral were read as a letter", 0.75)


def _worn_lead(reading: Reading) -> re.Match[str] | None:
    """`V/v` as the engine read it, of which restoration makes a word: `Vv tăng cường` as Và tăng cường, `VIv`."""
    if reading.mangled and (worn := _WORN_ABOUT.match(reading.string)):
        return worn
    raw = reading.words(0, 1)
    return re.compile(r"\S+\s+").match(reading.string) if raw and _LEAD_READ.fullmatch(raw[0].text) else None


def _roman(quarter: re.Match[str]) -> str:
    """A quarter's numeral, where one is meant: two strokes are read as H, one as l, 1, L or T.

    >>> _QUARTER.sub(_roman, "quý H năm 2018"), _QUARTER.sub(_roman, "Quý HI/2026"), _QUARTER.sub(_roman, "quý IV")
    ('quý II năm 2018', 'Quý III/2026', 'quý IV')
    """
    meant = re.sub("[l1|!LT]", "I", quarter["n"].replace("H", "II").replace("N", "IV"))
    return quarter["lead"] + (meant if meant in ("I", "II", "III", "IV") else quarter["n"])


def clean_phrase(reading: Reading, start: int, end: int) -> str:
    """A phrase in one line, without the dashes, rules and stops that stand around it."""
    return reading.flat(start, end).strip(" -–—_~.,;:*'\"|`“”")
