"""Text → pieces: words that may be repaired, and typed tokens that pass through. Training and decoding share it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from normalize.syllable import syllabic


class Kind(StrEnum):
    """What a piece is. Only a WORD may change (and an ABBREVIATION by a closed list)."""

    WORD = "word"
    NUMBER = "number"
    CODE = "code"
    ABBREVIATION = "abbreviation"
    MARKER = "marker"  # a list's letter or Roman numeral: `a)`, `II.`
    STOP = "stop"  # ends a sentence
    SIGN = "sign"  # a sign that stands for a one-letter word in mangled text: `huong & nguoi` for ở
    OTHER = "other"  # other punctuation: no word, no end


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of a string, and what they are."""

    start: int
    end: int
    text: str
    kind: Kind


_SCAN = re.compile(
    r"""
    (?P<mail>[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|(?:https?://|www\.)\S{1,200})
  | (?P<code>\d[\d.]{0,9}\s?/(?=[\w.&-]{0,20}?[^\W\d_]{2})[\w/.&-]{1,60}\b)  # 18/KH-UBND, 30/2020/NĐ-CP, 316 /TB-STNMT
  | (?P<party>\d{1,5}\s?-\s?[A-ZĐ][A-ZĐr]{1,3}\s?/\s?[A-ZĐ]{2,8}\b)            # 19-NQ/HU, 14514-CV/VPTW
  | (?P<number>\d+(?:[.,:/%-]\d+)*%?(?!\w))                             # 14.574, 18/01/2023, 7h is no number
  | (?P<roman>(?<!\w)[IVXL]+(?=[.)/]|\s-)(?!\w))                       # II. III)
  | (?P<marker>(?<!\w)[a-zđA-ZĐ]?\d?(?=\))(?<=\w))                       # a) b1)
  | (?P<measure>\d+(?:km|m|m2|m3|mm|cm|kg|g|ha|h|l|kv|kw|mw|kVA|KV|kV)(?!\w))
  | (?P<run>(?:[^\s\-–—/,;:()\[\]"“”«»….!?*+=_'’‘`|•·<>~]|(?<=[^\W\d_])[?'’‘`](?=[^\W\d_])|(?<=[A-ZĐ]{2})!)+)
  | (?P<stop>[.;:!?…]+(?=\s|$)|\n[ \t]*\n\s*)
  | (?P<line>\n)
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_SIGNS = frozenset("&@¢€§¥")
_SYLLABIC = frozenset({"HU", "NIM"})  # spelled like syllables: TT.HU of the Party; XD NIM, a misread NTM
_ENDLESS = 40  # characters: rubbish
_BRACKETED = 80  # characters in which a bracket that is open is looked for
_MEASURE_NAMES = "mm cm km kg kV kv KV kW kw KW kWh kVA MW m2 m3 ml mg dB Hz MHz"
_MEASURES = frozenset(_MEASURE_NAMES.split())
_ROMAN = re.compile(r"(?=[IVXL])(XL|L?X{0,3})(IX|IV|V?I{0,3})")
_KINDS = {
    "mail": Kind.CODE, "party": Kind.CODE, "measure": Kind.NUMBER, "code": Kind.CODE, "number": Kind.NUMBER,
    "roman": Kind.MARKER, "marker": Kind.MARKER, "stop": Kind.STOP, "other": Kind.OTHER,
}  # fmt: skip


def pieces(string: str) -> Iterator[Piece]:
    """Cut a string; line ends that end a sentence come as STOP, other blanks not at all.

    >>> [(p.text, p.kind.value[:3]) for p in pieces("Số: 18/KH-UBND, 1ap t6 12,5% HĐND")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Số', 'wor'), (':', 'sto'), ('18/KH-UBND', 'cod'), (',', 'oth'), ('1ap', 'wor'), ('t6', 'wor'),
     ('12,5%', 'num'), ('HĐND', 'abb')]
    """
    for m in _SCAN.finditer(string):
        group = m.lastgroup or "other"
        if group == "line":
            if _ends_here(string, m.start()):
                yield Piece(m.start(), m.end(), "\n", Kind.STOP)
            continue
        inside = group == "marker" and m[0][-1].isdigit() and _opened(string, m.start())
        kind = _kind_of_run(m[0]) if group == "run" or inside else _KINDS[group]
        yield Piece(m.start(), m.end(), m[0], kind)


def _opened(string: str, at: int) -> bool:
    """Is a bracket open on this line, so that the next closes it and marks no item: `(nếu c6)`?"""
    line = string[max(string.rfind("\n", 0, at) + 1, at - _BRACKETED) : at]
    return line.rfind("(") > line.rfind(")")


_OPENS = re.compile(r"\s*(?:[-–—+*•·]\s|\d+[.)]|[a-zđ]\)|[IVX]+[.)])")
_LISTED = re.compile(r"[:,][^\n]{0,40}\s[^\W\d_]+\Z")  # - UBND các xã: Trí Phải, Phước Long, Khánh / Hưng, Vĩnh Lợi;
_ENDS_NAME = re.compile(r"[^\W\d_]{2,9}(?:\s[^\W\d_]{1,6})?[,;]")


def _ends_here(string: str, at: int) -> bool:
    """Does a sentence end with this line? The next one opens an item, or this one is short and the next a capital."""
    after = string[at + 1 : at + 12]
    if _OPENS.match(after):
        return True
    before = string.rfind("\n", 0, at)
    if _shouted(string[max(before + 1, at - 12) : at]) and _shouted(after):
        return False  # a heading in capitals goes on
    if _LISTED.search(string, before + 1, at) and _ENDS_NAME.match(after):
        return False  # a name of a list goes on
    return at - before < 45 and after.lstrip()[:1].isupper()


def _shouted(some: str) -> bool:
    letters = [c for c in some if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


@lru_cache(65536)
def _kind_of_run(run: str) -> Kind:
    if run.isdigit() or len(run) > _ENDLESS:
        return Kind.NUMBER
    if run in _MEASURES:
        return Kind.NUMBER
    letters = [c for c in run if c.isalpha() or c == "¢"]  # nobody counts in cents: ¢6 is a damaged cố
    if run in _SIGNS or not letters:
        return Kind.SIGN if run in _SIGNS else Kind.OTHER
    if len(letters) > 1 and letters[-1].isupper() and letters[0].isupper() and not syllabic(run.lower()):
        return Kind.ABBREVIATION
    if run in _SYLLABIC:
        return Kind.ABBREVIATION
    if _ROMAN.fullmatch(run) and len(run) > 1:
        return Kind.MARKER
    return Kind.WORD
