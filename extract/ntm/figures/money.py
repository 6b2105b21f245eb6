"""Amounts in đồng: `14.574 triệu đồng`, `96 tỷ 482 triệu đồng`, `3.504,98 triệu`, `650.000.000 đồng`.

Vietnamese write thousands with a point and decimals with a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract.ntm.figures.counts import IN_WORDS, number_of
from extract.parts.clauses import open_bracket
from extract.reading import Reading

_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9, "tu": 10**9, "trd": 10**6}
# hợp tác xã: 2. 960 triệu đồng: a blank behind the point, of figures that begin no line
_APART = r"(?<=[:a-z]\s)\d{1,3}\.\s\d{3}(?![\d.,])"
_FIGURES = _APART + r"|\d{1,3}(?:[.\s]\d{3})+(?:,\d{1,3})?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?"
# 14.574 · 1.250,5: alone in a cell or among the cells of a row
TABLE_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
# 3 từ 120 triệu đồng: tỷ, misread, where triệu follow
_SCALE = r"(?:nghin\s+ty|nghin|ngan(?!\s+(?:sach|hang))|trieu|tr\.?\s?d|ty|ti|tu(?=\s+\d{1,3}(?:[.,]\d+)?\s*trieu))"

# 14.574 triệu đồng · 96 tỷ 482 triệu đồng · 1 tỷ 250 triệu 500 nghìn đồng · 12,5 tỷ · 45 trđ · 650.000.000 đồng; folded
AMOUNT = re.compile(
    rf"(?<![\w.,/])(?P<first>{_FIGURES})\s*(?:(?P<scale>{_SCALE})\b"
    r"(?:\s*(?P<second>\d+(?:[.,]\d+)?)\s*(?P<lesser>trieu|nghin|ngan)\b)?"
    r"(?:\s*(?P<third>\d+(?:[.,]\d+)?)\s*(?P<least>nghin|ngan)\b)?"
    r"(?P<unit>\s*(?:dong|d\b|vnd))?|\s*(?:dong|vnd|d)\b)"
)
# một tỷ năm trăm triệu đồng · hai tỷ rưỡi đồng · ba trăm năm mươi triệu đồng; over the true text
_WORDED = re.compile(
    rf"(?<!\w)(?=(?:{IN_WORDS})\s+(?:t[ỷỉ]|triệu|nghìn|ngàn))(?:(?P<ty>{IN_WORDS})\s+t[ỷỉ]\s+(?P<half>rưỡi\s+)?)?"
    rf"(?:(?P<trieu>{IN_WORDS})\s+triệu\s+)?(?:(?P<nghin>{IN_WORDS})\s+(?:nghìn|ngàn)\s+)?đồng(?!\w)"
)
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")  # 6,205 triệu đồng: a point with a tail, or thousandths
_OF_UNIT = re.compile(r"(?:don\s*vi(?:\s+tinh)?|dvt)\s*[:;.]?\s*(?:la\s+)?$")  # Đơn vị tính: 1.000 đồng
_WORDED_PARTS = (("ty", 10**9), ("trieu", 10**6), ("nghin", 10**3))
_PARTS = (("first", "scale"), ("second", "lesser"), ("third", "least"))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in đồng at [start, end); `odd` where points and commas do not stand as Vietnamese put them, or a word
    or figure before it seems misread.

    `step`: what one is worth in the last place printed, in đồng: 100 triệu in `12,5 tỷ`.
    """

    start: int
    end: int
    vnd: int
    odd: bool
    step: int = 1


def find_amounts(reading: Reading, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """All amounts in a stretch of text, in order."""
    stop = len(reading.string) if end is None else end
    yield from sorted([*_in_figures(reading, start, stop), *_in_words(reading, start, stop)], key=lambda a: a.start)


def _in_words(reading: Reading, start: int, end: int) -> Iterator[Amount]:
    """`ba trăm năm mươi triệu đồng`; not in brackets, where words repeat the figures."""
    text = reading.string.lower()
    for match in _WORDED.finditer(text, start, end):
        bracketed = open_bracket(text, start, match.start()) is not None
        parts = [(number_of(match[name]), scale) for name, scale in _WORDED_PARTS if match[name]]
        vnd = sum((number or 0) * scale for number, scale in parts) + (5 * 10**8 if match["half"] else 0)
        if vnd and not bracketed and all(number is not None for number, _ in parts):
            yield Amount(match.start(), match.end(), vnd, False, parts[-1][1])


def _in_figures(reading: Reading, start: int, end: int) -> Iterator[Amount]:
    for match in AMOUNT.finditer(reading.flowing, start, end):
        if _OF_UNIT.search(reading.flowing, max(0, match.start() - 24), match.start()):
            continue
        printed = [(match[figures], match[scale]) for figures, scale in _PARTS if match[figures]]
        vnd = sum(scale_of(scale) * parse_figures(figures) for figures, scale in printed)
        if vnd == int(vnd):
            figures, scale = printed[-1]
            odd = _is_odd(match["first"]) or match["scale"] == "tu" or _cut(reading.flowing, match.start())
            odd = odd or (match["scale"] == "trieu" and _THOUSANDS.fullmatch(match["first"]) is not None)
            yield Amount(match.start(), match.end(), int(vnd), odd, _step(figures, scale))


def _cut(text: str, at: int) -> bool:
    """`| từ 570 triệu đồng`, `5?6 tỷ đồng`: a figure that was read as a stroke or sign stood before."""
    return re.search(r"\?$|(?<!\S)[|!il\]\[]\s+t[uyi]\s*$", text[max(0, at - 8) : at]) is not None


def scale_of(unit: str | None) -> int:
    """What a figure before these words, folded, is multiplied by: `nghìn tỷ` is a thousand times a thousand million.

    >>> scale_of("trieu"), scale_of("nghin ty"), scale_of(None)
    (1000000, 1000000000000, 1)
    """
    factor = 1
    for word in re.sub(r"tr\.?\s?d", "trd", unit or "").split():
        factor *= _SCALES[word]
    return factor


def _step(figures: str, scale: str | None) -> int:
    """
    >>> _step("12,5", "ty"), _step("14.574", "trieu")
    (100000000, 1000000)
    """
    places = -int(parse_figures(figures).as_tuple().exponent)
    return max(1, scale_of(scale) // int(10 ** max(0, places)))


def parse_figures(text: str) -> Decimal:
    """A number as Vietnamese write it.

    >>> [str(parse_figures(text)) for text in ("14.574", "3.504,98", "12,5", "7,225", "1,234,567", "12.5")]
    ['14574', '3504.98', '12.5', '7.225', '1234567', '12.5']
    """
    text = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3}){2,}", text):
        return Decimal(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", "."))


def _is_odd(figures: str) -> bool:
    """`12.5 tỷ`, `1,234,567 đồng`: points and commas the English way; `2. 960 triệu`: a blank in between; `012 triệu`:
    nobody writes that, though `02 tỷ` many do."""
    return bool(re.search(r"\.\d{1,2}(?!\d)|\.\s|,\d{3},|\.\d{4,}|^0\d\d", figures))
