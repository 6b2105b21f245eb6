"""Number and symbol: `Số: 316/TB-STNMT`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extract.field import Field, Method
from extract.parts.headings import type_of_title
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.rules.by_hand import Weighed, guesses_at, weigh_number
from extract.trail import missed
from extract.words.codes import LOST_D, PARTY_TYPES, clean_number, clean_symbol, doubtful_d
from normalize.letters import SMALL, UPPER
from normalize.lexicon.types import DocumentType, type_of_symbol

# Số: 316 /TB-STNMT · S8: 316 · Số:      /UBND-KTTH (the number not read) · Số 05-BC/HU
_LINE = re.compile(
    r"(?m)^[\W_]*(?:[Ss5][oóôốồ6680éèổỗộ&b¢dỏ]{1,2}\s*[:;.,]?|\w{1,3}\s*[:;])\s*"
    r"(?P<number>[^\n]{0,14}?)\s*[/⁄]+\s*(?P<small>[a-zđ])?(?P<symbol>[A-ZĐÐƯ][\wĐÐ&. –—-]{1,40})"
)
_PARTY = re.compile(
    r"(?m)^[\W_]*(?:[Ss5][oóôốồ6]{1,2}|8[06o]\s+(?=\d))\s*[:;.,]?\s*(?P<number>[^-\n]{0,12}?)\s*[-–]\s*"
    rf"(?P<symbol>{PARTY_TYPES}\s?(?:/\s?|-(?=(?:HU|TU|ĐU|QU)\b))(?:ThU|[A-ZĐ]{{2,10}})\d{{0,3}}(?:-[A-ZĐ]{{2,8}}\d{{0,3}})?)"
)  # Số 05-BC/HU · Số 214-TB-HU · Số /đế -KL/HU: by hand
_BARE = re.compile(
    r"(?m)^\W*(?P<number>\d{1,5})?\s*[/⁄]\s*(?P<symbol>[A-ZĐÐ]{2,}[\wĐÐ&.]*(?:\s?[-–]\s?[A-ZĐÐ&][\wĐÐ&.]*)+)"
)
# Số: 21NQ-HĐND: the stroke was lost, or became a figure
_STROKELESS = re.compile(
    r"(?m)^[\W_]*[Ss5][oóôốồ6]\s*[:;.]\s*(?P<number>\d{1,5})[Il|]?\s?(?P<symbol>(?:QĐ|NQ|TB|BC|KH|TTr|CT|BB|CV)-[A-ZĐ][\wĐÐ&.–—-]{1,30})"
)
# Số: đ$9 LĐLĐ: figures by hand that took the stroke with them
_SCRAWLED = re.compile(
    r"(?m)^[\W_]*[Ss5][oóôốồ6]\s*:\s*(?P<number>(?=\S*[\d$§€£¥&@#%])(?!\d+\s)\S{1,8})\s+"
    r"(?P<symbol>[A-ZĐ]{2,8}(?:-[A-ZĐ&]{2,10})*)\s*$"
)
# BC-UBND Cư M’gar · TB-CCKL Về việc: what follows on the line is not part of it; `QĐ- UBND` is one symbol
_PLACE = re.compile(rf"\s{{2,}}|(?<![–—-])\s(?=[^\s–-]{{3,}}(?:\s|$)|[{UPPER}]{SMALL})")
PARTY_OFFICES = frozenset({"HU", "TU", "ĐU", "TW", "ThU", "QU"})


@dataclass(frozen=True, slots=True)
class Numbered:
    """Number, symbol and both together, as far as they could be read. `slot`: the number's place was found and
    holds ink, but nothing that can be a number."""

    number: Field[str] | None = None
    symbol: Field[str] | None = None
    code: Field[str] | None = None
    slot: bool = False


def find_number(zones: Zones) -> Numbered:
    """Read the number line of the letterhead. A symbol that no type begins is mended by the title's type."""
    found = _whole(_numbered(zones))
    title = type_of_title(zones.title.string.rstrip("\n"))
    if found.symbol is None or title is None:
        return found
    mended = _mended(found.symbol, title)
    if mended is found.symbol:
        return found
    code = found.number and found.code and _code_again(found.number, mended)
    return replace(found, symbol=mended, code=code)


def _whole(found: Numbered) -> Numbered:
    """A number line of the Party that lost its type is in doubt with all it says: `1286 -CV/HU` read as `12860 /HU`."""
    if found.symbol is None or found.symbol.value not in PARTY_OFFICES:
        return found
    why = "the Party's symbols name a type before the office: its beginning may be lost"
    doubted = (field and field.doubt(why, 0.6) for field in (found.number, found.symbol, found.code))
    number, symbol, code = doubted
    return replace(found, number=number, symbol=symbol, code=code)


def _code_again(number: Field[str], symbol: Field[str]) -> Field[str]:
    """The code with a mended symbol: as doubtful as the more doubtful of its parts."""
    why = f"{symbol.why}; {number.why}" if number.review and number.why else symbol.why
    others = tuple(_joined(number.value, other) for other in symbol.alternatives) + tuple(
        _joined(other, symbol.value) for other in number.alternatives
    )
    confidence = min(number.confidence, symbol.confidence)
    return replace(
        symbol, value=_joined(number.value, symbol.value), why=why, alternatives=others, confidence=confidence
    )


def _joined(number: str, symbol: str) -> str:
    """Number and symbol as one code; the Party's, which has its stroke in the symbol, is joined by a dash.

    >>> _joined("12", "KH-UBND"), _joined("26", "NQ/TW")
    ('12/KH-UBND', '26-NQ/TW')
    """
    return f"{number}{'-' if '/' in symbol else '/'}{symbol}"


def _mended(symbol: Field[str], title: DocumentType) -> Field[str]:
    """`TIr-UBND` under the title `TỜ TRÌNH` can only be `TTr-UBND`."""
    head, dash, rest = symbol.value.partition("-")
    if not dash or not title.symbols or type_of_symbol(head) != "cong_van":
        return symbol
    if fuzz.ratio(head.upper(), title.symbols[0].upper()) < 50:
        return symbol
    why = f"the title says {title.name}, whose symbol begins with {title.symbols[0]}; {head!r} was read"
    value = f"{title.symbols[0]}-{rest}"
    return replace(
        symbol,
        value=value,
        method=Method.INFERRED,
        review=True,
        why=why,
        alternatives=(symbol.value,),
        confidence=min(symbol.confidence, 0.75),
    )


def _numbered(zones: Zones) -> Numbered:
    reading = zones.letterhead
    ways = (_PARTY, _LINE, _BARE, _STROKELESS, _SCRAWLED)
    match = next((found for way in ways if (found := way.search(reading.string))), None)
    if match is None:
        for name in ("number", "symbol", "code"):
            missed(f"/document/{name}", "number", "no line with ‘Số’, a stroke and capitals", reading.string)
        return Numbered()
    symbol = _symbol(reading, match)
    number = _number(reading, match)
    if number is None:
        missed("/document/number", "number", "what stands before the stroke is no number", match.group())
        missed("/document/code", "code", "there is no number", match.group())
        return Numbered(None, symbol, None, slot=True)
    return Numbered(number, symbol, _code(reading, match, number, symbol))


def _symbol(reading: Reading, match: re.Match[str]) -> Field[str]:
    raw = _PLACE.split(match["symbol"])[0]
    value = clean_symbol(raw)
    start = match.start("symbol")
    same = value == raw
    if match.re is _LINE and match["small"] and match.end("small") == start:  # /sXD-QHKT: of SXD, or a speck
        field = reading.field(clean_symbol(match["small"].upper() + raw), start - 1, start + len(raw), "symbol")
        other = replace(field, method=Method.RESTORED, alternatives=(value,))
        return other.doubt("its first letter was read as a small one", 0.7)
    if match.re is _SCRAWLED:
        return reading.field(value, start, start + len(raw), "symbol").doubt("no stroke was read before it", 0.7)
    field = reading.field(value, start, start + len(raw), "symbol", None if same else Method.RESTORED)
    return field.doubt(LOST_D, 0.6) if reading.mangled and doubtful_d(value) else field


def _number(reading: Reading, match: re.Match[str]) -> Field[str] | None:
    raw = match["number"] or ""
    guesses = guesses_at(reading, *match.span("number"))
    if guesses:
        return _by_hand(reading, match, weigh_number(guesses))
    value = clean_number(raw.strip(" .:_"))
    if not re.fullmatch(r"\d{1,7}[a-z]?(?:/\d{4})?", value):
        return None
    start = match.start("number")
    field = reading.field(value, start, start + max(len(raw), 1), "number")
    if match.re is _STROKELESS:
        return field.doubt("the stroke behind it was not read, or was read as a figure", 0.75)
    if value != "".join(raw.split()):
        return field.doubt(f"letters were read as digits in {raw.strip()!r}")
    if raw.endswith(" ") or reading.string[match.end("number")].isspace():
        boxes = any(word.box for word in reading.words(start, start + 1))
        # a scan shows its ink; in a dump the gap that a printed form leaves is all there is to see
        return field if boxes else field.doubt("a gap before the stroke: it was probably filled in by hand", 0.75)
    return field


def _by_hand(reading: Reading, match: re.Match[str], weighed: Weighed | None) -> Field[str] | None:
    """A number filled in by hand: what its ink most probably says, always for review."""
    if weighed is None:
        return None
    start, end = match.span("number")
    method = Method.READ if weighed.value == "".join(match["number"].split()) else Method.INFERRED
    field = reading.field(weighed.value, start, end, "number", method, why=weighed.why, alternatives=weighed.others)
    return replace(field, confidence=weighed.probability, review=True)


def _code(reading: Reading, match: re.Match[str], number: Field[str], symbol: Field[str]) -> Field[str]:
    start, end = match.start("number"), match.start("symbol") + len(symbol.value)
    method = number.method if number.method is Method.INFERRED else symbol.method
    others = tuple(_joined(other, symbol.value) for other in number.alternatives)
    field = reading.field(
        _joined(number.value, symbol.value), start, end, "code", method, why=number.why, alternatives=others
    )
    if not number.review:
        return field
    return replace(field, review=True, confidence=min(number.confidence, symbol.confidence))
