"""Codes of documents (`316/TB-STNMT`, `30/2020/NĐ-CP`, `14514-CV/VPTW`): finding and cleaning them.

Decree 30/2020, Appendix I, II.3: number, a stroke, then the symbol, groups joined by dashes without blanks.
What OCR does to them is repaired only where a closed list decides: `QD`, `Qb`, `QĐÐ` can only be `QĐ`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, product

from extract.reading import Reading
from normalize.letters import digits_for

_STROKE = r"\s?[/⁄∕]{1,2}[/⁄∕]?\s?"
_WORDS = r"(?!ngày|của|về)"  # 45/QĐ-UBNDngày 05/6/2023: the blank behind it was lost
_GROUP = rf"[A-ZĐÐÔƯ&](?:{_WORDS}[A-Za-zĐđÐƯư&.]|(?<=TT)[ïîíì?])*\d{{0,3}}"  # TTï-SNN: TTr · BV333-KHTH
# 80/2003/TTLT/BNN-BTC: a stroke behind the type
_TYPED = r"(?:(?:TTL[TBN]|TTr?|QĐ|CTr?|NQ|NĐ|TB|KH|BC|CV|HD|KL)\s?[/⁄∕]\s?(?=[A-ZĐ]{2}))?"
_DASH = r"(?:\s?[-–—]+\s?(?:-\s?)?|(?<=[A-ZĐ])[“”\"](?=[A-ZĐ]))"  # 192/CĐ“TTg
_SYMBOL = rf"{_TYPED}(?:{_GROUP}|0[DĐ](?=\s?-))(?:{_DASH}[A-ZĐÐÔƯ&0-9](?:{_WORDS}[A-Za-z0-9ĐđÐƯư&.])*)*"
_NUMBER = r"\d{1,7}(?:\.?[a-zA-E])?"  # penalties are numbered with seven figures; 08.a/2010/TT-BTP
_LOOSE = r"[\dÏÌIlOo](?:\s?[\dIlOo]){0,4}"  # after `số` only: `số 3 7/2023`, `số Ï 420/TTr-BQL`

_AFTER_NO = r"(?:(?<=[sS]ố )|(?<=[sS]ố: )|(?<=sô )|(?<=só )|(?<=số\n))"

# not QCVN 40:2011/BTNMT, a standard
# 18/KH-UBND · 30/2020/NĐ-CP · 31/2024/QH15 · 806/STP-XD&KTVBQPPL · misread: 3 1⁄2024/QH15, 734QĐ-UBND, 18/2022/0D-TTg
CODE = re.compile(
    rf"(?<![^\W_])(?<![/.])(?<!\d:)(?:{_AFTER_NO}(?P<loose>{_LOOSE})|(?P<number>{_NUMBER}))"
    rf"(?:{_STROKE}(?P<year>(?:19|20)\d\d))?(?:{_STROKE}|(?=(?:QĐ|QD|NĐ|ND|TTr|KH|BC|TB|NQ|CT|TT)[A-Za-zĐđÐ]*\s?-))"
    rf"(?P<symbol>{_SYMBOL})"
)
# what the Party's documents begin their symbols with: công văn, quyết định, quy định, thông tri, đề án, giấy mời, …
PARTY_TYPES = (
    r"(?:CV|QĐi?|QD|QC|NQ|CT|KL|TB|BC|KH|CTr|CTr?HĐ|HD|TTr?|ĐA|GM|BB|PA|TC|"
    r"[KH][HD]L[TN]|[KH][HD]PH|QCPH|CTPH|NQLT|KLKT)"
)
# 14514-CV/VPTW · 26-NQ/TW · 05-QĐ/TU: the Party's documents; 82-HD/HNDTW, 45-BC/HPN: those of its organisations
PARTY = re.compile(
    r"(?<![\w/.])(?P<number>\d{1,5})\s?[-–]\s?(?P<symbol>" + PARTY_TYPES + r"\s?/\s?"
    r"(?:TW|VPTW|UBND|HĐND|MTTQ|[A-ZĐ]{0,5}(?:TU|HU|ĐU|BTG|BTC|BCĐ|BCS|BDV|BTV|UBKT|VP|TĐTN|ĐTN)[A-ZĐ]*(?:-[A-ZĐ]{2,8})?"
    r"|(?!UBND|HĐND|CP|TTg)[A-ZĐƯ]{2,8}(?:-[A-ZĐƯ]{2,8})?))(?!\w)"
)
# Quyết định số 327-CT · số 1171-QĐ · Nghị định 64-CP: the State's own until the nineties
OLD = re.compile(
    r"(?:(?<=[sS]ố )|(?<=định )|(?<=thị )|(?<=tư )|(?<=quyết ))(?P<number>\d{1,5})\s?[-–]\s?"
    r"(?P<symbol>(?:CT|HĐBT|QĐ|NĐ|CP|TTg|NQ|TT|LB)(?:[-/]UB(?:ND)?)?)(?![\w/-])"
)
# no symbol has a tone: 12-NQ/HŨ
_TONES = {ord(a): b for a, b in zip("ÀÁẢÃẠÈÉẺẼẸÌÍỈĨỊÒÓỎÕỌÙÚỦŨỤ", "AAAAAEEEEEIIIIIOOOOOUUUUU", strict=True)}
# QĐ-TTạ, CT-TTø: of groups that begin with TT only the Prime Minister's goes on in a small letter
# 318/QĐ-TT, 318/QĐ-TTb: no other office's begins so but an inspectorate's, TTr
_CUT_PREMIER = re.compile(r"(?<=^QĐ-)TT[a-qs-zđ]?$|(?<=^CT-)TT[a-qs-zđ]?$")
_PREMIER = re.compile(r"(?<=[QC][ĐT]-TT)[^\W\dA-ZĐa-z](?!\w)")
_PREMIER_TORN = re.compile(r"(?P<head>[QC][ĐT]-\s?)T[rRTt][^\W\dA-ZĐa-z_](?!\w)")  # QĐ- Trụ ngày 02/8/2022


_MARK = re.compile(r"(?<![^\n])\d{1,2}/[ ]+(?:UBND|HĐND)(?![\w-])")  # 4/ UBND 12 xã báo cáo: an item's number
_ROAD = re.compile(r"(?:QL|TL|ĐT|ĐH)\.?\d+[A-Z]?")
LOST_D = "read by a model without Đ: a D may stand for it"


@dataclass(frozen=True, slots=True)
class Code:
    """A document's code at [start, end): number with leading zeros, year or None, symbol; `party` where a dash stands
    behind the number, as in the Party's; `repaired` where what stands on paper was not taken as read."""

    start: int
    end: int
    number: str
    year: str | None
    symbol: str
    party: bool
    repaired: bool

    @property
    def text(self) -> str:
        """The code as it should be printed.

        >>> Code(0, 0, "08", "2016", "NĐ-CP", False, False).text
        '08/2016/NĐ-CP'
        """
        if self.party:
            return f"{self.number}-{self.symbol}"
        return "/".join(part for part in (self.number, self.year, self.symbol) if part)


def find_codes(reading: Reading, start: int = 0, end: int | None = None) -> list[Code]:
    """All codes in a stretch of text, in order."""
    end = len(reading.string) if end is None else end
    text = _toneless(reading.string)
    found = [*_plain(text, start, end), *_of_party(text, start, end)]
    found = [replace(code, repaired=True) if _toned(reading.string, code) else code for code in found]
    found.sort(key=lambda code: code.start)
    return [code for i, code in enumerate(found) if i == 0 or code.start >= found[i - 1].end]


@lru_cache(maxsize=4)
def _toneless(text: str) -> str:
    """The text with letters for letters, symbols without tones."""
    return _PREMIER_TORN.sub(r"\g<head>TTg", _PREMIER.sub("g", text.translate(_TONES)))


def _toned(printed: str, code: Code) -> bool:
    """Were tones read into a code, which has none?"""
    own = printed[code.start : code.end]
    return own != _toneless(own)


def _plain(text: str, start: int, end: int) -> Iterator[Code]:
    for match in CODE.finditer(text, start, end):
        raw, symbol = match["symbol"], clean_symbol(match["symbol"])
        if not _plausible(symbol) or _MARK.match(text, match.start()):
            continue
        number = clean_number(match["loose"] or match["number"])
        stop = match.end() - (len(raw) - len(raw.rstrip(".&")))
        code = Code(match.start(), stop, number, match["year"], symbol, False, False)
        yield Code(match.start(), stop, number, match["year"], symbol, False, code.text != "".join(match[0].split()))


def _of_party(text: str, start: int, end: int) -> Iterator[Code]:
    """Those with a dash behind the number."""
    for match in chain(PARTY.finditer(text, start, end), OLD.finditer(text, start, end)):
        yield Code(match.start(), match.end(), match["number"], None, clean_symbol(match["symbol"]), True, False)


_DIGITS = digits_for("IlÏÌOo")


def clean_number(text: str) -> str:
    """Digits misread as letters become digits again; blanks go.

    >>> clean_number("Ï 420"), clean_number("08")
    ('1420', '08')
    """
    return re.sub(r"\s", "", text).translate(_DIGITS)


@cache
def _readings() -> dict[str, str]:
    """What OCR makes of a group of a symbol, to the group it can only be; from symbols.toml.

    >>> [_readings()[group] for group in ("SGD&DPT", "BVDK", "QLDB")], "QLDA" in _readings()
    (['SGD&ĐT', 'BVĐK', 'QLĐĐ'], False)
    >>> "GDPT" in _readings(), "HĐTP" in _readings()  # Giáo dục phổ thông, Hội đồng Thẩm phán
    (False, False)
    """
    data = tomllib.loads((files("extract") / "data" / "symbols.toml").read_text("utf-8"))
    strokeless = {wrong: right for right in data["with_d_stroke"] for wrong in _without_stroke(right)}
    real = {*data["plain_d"], *data["real"]}
    return {wrong: right for wrong, right in strokeless.items() if wrong not in real} | {
        wrong: right for right, wrongs in data["misread"].items() for wrong in wrongs
    }


def _without_stroke(group: str) -> Iterator[str]:
    """A group as it is read where each Đ lost its stroke, or is something else."""
    parts = group.split("Đ")
    for marks in product(("D", "B", "P", "b", "DP", "DB", "Đ"), repeat=len(parts) - 1):
        yield "".join(chain.from_iterable(zip(parts, (*marks, ""), strict=True)))


@cache
def _plain_d() -> frozenset[str]:
    """Groups that hold a D and no Đ."""
    data = tomllib.loads((files("extract") / "data" / "symbols.toml").read_text("utf-8"))
    return frozenset(data["plain_d"])


def doubtful_d(symbol: str) -> bool:
    """May a D of this symbol be a Đ that a foreign model could not read?

    >>> doubtful_d("UBND-TCDT"), doubtful_d("QĐ-UBND"), doubtful_d("KH-STNMT")
    (True, False, False)
    """
    return any("D" in group and group not in _plain_d() for group in re.split(r"[-/]", symbol))


def known_d(symbol: str) -> bool:
    """Is each group of a symbol that holds a Đ one of the list?

    >>> known_d("VT-BCĐ"), known_d("ĐVT")
    (True, False)
    """
    return all("Đ" not in group or group in _readings().values() for group in re.split(r"[-/]", symbol))


def clean_symbol(text: str) -> str:
    """A symbol without blanks, with the misreadings of its groups repaired where only one group can be meant.

    >>> clean_symbol("QD - UBND"), clean_symbol("QĐÐ-UBND"), clean_symbol("KH-STNMT"), clean_symbol("QĐ.-TT")
    ('QĐ-UBND', 'QĐ-UBND', 'KH-STNMT', 'QĐ-TTg')
    >>> clean_symbol("CĐ“TTg"), clean_symbol("BC-UBND_")
    ('CĐ-TTg', 'BC-UBND')
    >>> clean_symbol("QĐ-TTb"), clean_symbol("QĐ-TTr"), clean_symbol("QĐ-TTYT")
    ('QĐ-TTg', 'QĐ-TTr', 'QĐ-TTYT')
    """
    joined = re.sub(r"[-–—“”\"]+", "-", re.sub(r"\s", "", text)).replace("Ð", "Đ").strip("-.&_")
    groups = re.split(r"([-/])", re.sub(r"\.(?=[-/])", "", joined))
    return _CUT_PREMIER.sub("TTg", "".join(_readings().get(group, group) for group in groups))


def _plausible(symbol: str) -> bool:
    """A symbol has two capitals at least: `15/xã`, `17/Xã` and `3/Km` are counts and measures, `3/TC` criteria;
    `12/QL1A` is a road."""
    return sum(c.isupper() for c in symbol) >= 2 and symbol != "TC" and not _ROAD.fullmatch(symbol)
