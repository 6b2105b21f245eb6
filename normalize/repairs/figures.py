"""Figures in which a letter or sign stands for a digit: `1§ tiêu chí`, `I9-NQ/HU`, `l5 xã`.

Tesseract's Vietnamese model reads an 8 as § and a 1 as I or l now and then, with high confidence. Only what cannot
be a word is mended: a run that holds a digit and nothing but digits and these signs, or § before a separator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from normalize.letters import digits_for
from normalize.repairs.mended import Mended, mended
from normalize.syllable import pronounceable, spelling
from normalize.text import Text

CERTAINTY = 0.93  # of a mended figure: § was an 8 and I a 1 in every case seen on real and made scans
LIST_ENDS = 20  # no set has more criteria
STROKES = 4  # of a line whose cells they part
_ROW = re.compile(r"\s*\d{1,2}\s*\|")  # 2 | Vinh Lam 2957/QD-UBND] 28/12/2015 |1126/QD-UBND]: a row's number first
_DIGITS = digits_for("IlÏ|§OØ")
# 1§ · I9 · l5 · §1 · Ø7 · §.699,28; not I1. or II., which are Roman numerals, nor the § of `tR§`
_FIGURE = re.compile(
    r"(?<![\w§|.,])(?=[IlÏ§OØ|]*\d|§[.,]\d)(?=\d*[IlÏ§OØ|])[\dIlÏ§OØ|]{1,6}(?![\w§|])(?!\.\s*[A-ZĐ])(?!\.\s*$)", re.M
)
# 1415/SNNMT:PTNT: a dash of a code read as a colon · 214/TT:-UBND: the r of TTr
_CODE = re.compile(r"(?<=\d/)(?P<a>[A-ZĐ&]{2,10})[:;](?=[A-ZĐ]{2,10}\b)|(?<=\d/)TT[:;.,'](?=-[A-ZĐ])")
# tháng II năm 2023 · đạt II tiêu chí · Đạt II - 12 tiêu chí · Ban Quản lý II xã: an 11 that stands where no Roman
# numeral does; not khu vực II
_ELEVEN = re.compile(
    r"(?:(?<=[Tt]háng[ \n])|(?<=[Đđ]ạt[ \n]))(?:II|Il|lI|ll|1[\]\[!])"
    r"(?=[ \n](?:năm|tiêu[ \n]chí)\b|\s?[-–]\s?1\d\s+tiêu\b)|"
    r"(?<!vực[ \n])(?<!loại[ \n])(?<!nhóm[ \n])(?<!đoạn[ \n])(?<!đợt[ \n])(?<!vùng[ \n])(?<!hạng[ \n])(?<!cấp[ \n])"
    r"(?<=\w[ \n])II(?=[ \n]xã\b)"
)
_TAILS = digits_for("õỗốó") | {ord("ð"): "5"}
_TAIL = re.compile(r"(?<=\d)[õỗốóð](?!\w)")  # ngày 2õ tháng 5 · tiêu chí 1ó · 0ð xã
_YEAR_STROKE = re.compile(r"(?<=\d[/.]\d)[!|](?=20\d\d(?!\d))|(?<=\d[/.]\d\d)[!|](?=20\d\d(?!\d))")  # 20/7!2017
_DAY = re.compile(r"(?<![\w/.])\d{1,2}(?P<a>[Il|!/])\d{1,2}(?P<b>[Il|!])(?=20\d\d(?!\d))")  # 27I8I2026
# số 2, 6, 10, 11, 13, f7: in a list that rises
_RISING = re.compile(r"(?<!\d)(?P<p>\d{1,2})[,;]\s?(?P<one>[flIt])(?P<d>\d)(?!\w)")
# Luật Khám bệnh, chữa bệnh ngàu 23 tháng 11: the y of an italic face
_NGAY = re.compile(r"(?<!\w)(?P<n>[Nn]g)[àáảãạ][uvụùxjw](?=\s\d{1,3}(?:\s+tháng\s|[/.-]\d))")
# ð/ Xã Ea Dăh · đạt từ ð đến 9 tiêu chí · 4 - ð tiêu chí · 17 tháng § năm 2023 · tiêu chí số §: where nothing but a figure stands
_ALONE = re.compile(
    r"(?<!\w)(?:từ|tháng|dưới|trên|thôn|số|đạt)\s(?P<one>[ðŠ§])(?![\w.])|"
    r"(?<=\d\s[-–]\s)(?P<last>[ðŠ§])(?=\stiêu\schí)|^(?P<item>ð)(?=[./)]\s)",
    re.M,
)
_FIVE_EIGHT = str.maketrans("ðŠ§", "558")
_TEEN = re.compile(r"(?<![\w.])L(?=\d\s+(?:tiêu\s+chí|TC)\b)")  # đạt 15 - L7 tiêu chí
_TEEN_WORD = re.compile(r"(?<![\w.])[lIL](?P<tail>[õỗốó])(?=\s?[-–]\s?\d{1,2}\stiêu\schí)")  # + lỗ - 17 tiêu chí
_MONTH = re.compile(r"(?<!\w)ngày\s\d{1,2}\s(?P<word>[^\W\d]{1,6})(?=\s\d{1,2}\snăm\s20\d\d(?!\d))")  # ngày 08 N 10 năm 2026
_CENTURY = re.compile(r"(?<=\snăm )2[689oO](?=[012]\d(?!\d))|(?<=/)2[689oO](?=[012]\d(?!\d))")  # tháng 10 năm 2926
_PER_COMMUNE = re.compile(r"(?<=tiêu )ch[ứúíi1l!|]xã(?!\w)")  # 12,29 tiêu chứxã
_TC = re.compile(r"(?<=\d/\d\d )T(?P<c>[ƠOGÓ])(?=[\s.,;:])")  # Đạt 10/19 TƠ
_STROKE = re.compile(r"(?<=\d)[⁄∕](?=\d)")  # Đạt 18⁄19 tiêu chí
# U Minh Thượng. DườU 14 tháng 9 năm 2022: what is no word stands before a day
_DAY_WORD = re.compile(r"(?<=[,.]\s)(?P<word>[^\W\d]{3,6})(?=\s\d{1,2}\stháng\s\d{1,2}\snăm\s20\d\d(?!\d))")
_SCALE = r"(?=\s(?:triệu|tỷ|tỉ|nghìn|đồng)\b)"
_DECIMAL = re.compile(r"(?<![\d/.,])\d{1,3}(?P<comma>/)\d{1,3}(?=\s(?:tỷ|tỉ|triệu)\sđồng)")  # Ngân sách tỉnh: 5/2 tỷ đồng
_SINGLE = re.compile(r"(?<![^\s(:;])[Il](?=\s(?:triệu|tỷ|tỉ)\b)")  # I tỷ 570 triệu đồng
_BROKEN = re.compile(rf"(?<![\w.,])(?P<head>\d{{1,3}}\.)(?P<a>\d|\d\d)\s(?P<b>\d|\d\d){_SCALE}")  # 2.1 15 triệu đồng
# số 2, 3,5, 6 và 17 · các tiêu chí số / 2,3,5, 6 · số 2. 5. 12. 14 và 18 · số 14, 15,-18: what parts rising numbers
_APART = r"(?:,\s?-?\s?|[.;]\s)"
_LIST = re.compile(rf"(?<![\d,.])\d{{1,2}}(?:{_APART}\d{{1,2}}){{2,}}(?![\d/])")
_SEPARATOR = re.compile(rf"{_APART}(?=\d)")
_OF_CRITERIA = re.compile(r"(?:số|chí|TC)\b[^.:]*$")  # numbers of criteria, not `2, 3,5, 6 và 7 tỷ đồng`


def mend_figures(text: Text) -> Mended:
    """Put digits back where only a digit can have stood.

    >>> from normalize.text import from_lines
    >>> mend_figures(from_lines(["đạt 1§ tiêu chí, I9-NQ/HU, §.699,28 triệu"])).text.string
    'đạt 18 tiêu chí, 19-NQ/HU, 8.699,28 triệu\\n'
    >>> mend_figures(from_lines(["số 1415/SNNMT:PTNT, 214/TT:-UBND"])).text.string
    'số 1415/SNNMT-PTNT, 214/TTr-UBND\\n'
    >>> mend_figures(from_lines(["ngày 2õ tháng 5, ngày 20/7!2017, ngày 27I8I2026"])).text.string
    'ngày 25 tháng 5, ngày 20/7/2017, ngày 27/8/2026\\n'
    >>> mend_figures(from_lines(["chưa đạt: 2, 6, 10, 11, 13, f7"])).text.string
    'chưa đạt: 2, 6, 10, 11, 13, 17\\n'
    >>> mend_figures(from_lines(["ngàu 23 tháng § năm 2009, đạt từ ð đến 9 tiêu chí"])).text.string
    'ngày 23 tháng 8 năm 2009, đạt từ 5 đến 9 tiêu chí\\n'
    >>> mend_figures(from_lines(["ð/ Xã Ea Dăh: 0ð thôn, đạt 10/19 TƠ."])).text.string
    '5/ Xã Ea Dăh: 05 thôn, đạt 10/19 TC.\\n'
    >>> mend_figures(from_lines(["ngày 08 N 10 năm 2026, tháng 10 năm 2926, đạt 12,29 tiêu chứxã"])).text.string
    'ngày 08 tháng 10 năm 2026, tháng 10 năm 2026, đạt 12,29 tiêu chí/xã\\n'
    >>> mend_figures(from_lines(["Ngân sách tỉnh: 5/2 tỷ đồng"])).text.string
    'Ngân sách tỉnh: 5,2 tỷ đồng\\n'
    >>> mend_figures(from_lines(["+ lỗ - 17 tiêu chí có 03 xã"])).text.string
    '+ 15 - 17 tiêu chí có 03 xã\\n'
    >>> mend_figures(from_lines(["I1. KẾT QUẢ", "II. Lộ 3"])).words
    frozenset()
    >>> mend_figures(from_lines(["| TT | Xã |1 |2 |3 |"])).words  # strokes part cells
    frozenset()
    >>> mend_figures(from_lines(["tiêu chí số 2, 3,5, 6 và 17 trong tháng II năm 2023"])).text.string
    'tiêu chí số 2, 3, 5, 6 và 17 trong tháng 11 năm 2023\\n'
    >>> mend_figures(from_lines(["các tiêu chí số 2. 5. 12. 14 và 18; là tiêu chí số 1, 4,-18 và 19, đạt 18⁄19"])).text.string
    'các tiêu chí số 2, 5, 12, 14 và 18; là tiêu chí số 1, 4, 18 và 19, đạt 18/19\\n'
    >>> mend_figures(from_lines(["U Minh Thượng, DườU 14 tháng 9 năm 2022"])).text.string
    'U Minh Thượng, ngày 14 tháng 9 năm 2022\\n'
    >>> mend_figures(from_lines(["gồm các tiêu chí số", "2,3,5, 6, 7 và 17"])).text.string
    'gồm các tiêu chí số\\n2, 3, 5, 6, 7 và 17\\n'
    >>> mend_figures(from_lines(["Ngân sách huyện: 2.1 15 triệu đồng, ngân sách tỉnh I tỷ 570 triệu đồng"])).text.string
    'Ngân sách huyện: 2.115 triệu đồng, ngân sách tỉnh 1 tỷ 570 triệu đồng\\n'
    """
    text = _parted(text)
    return mended(text, _apart(_edits(text.string)))


def _apart(edits: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The edits in rising order; of two that meet the one that was given first."""
    kept: list[tuple[int, int, int, str]] = []
    for start, rank, end, new in sorted((start, rank, end, new) for rank, (start, end, new) in enumerate(edits)):
        if not kept or kept[-1][2] <= start:
            kept.append((start, rank, end, new))
        elif rank < kept[-1][1]:
            kept[-1] = (start, rank, end, new)
    return [(start, end, new) for start, _, end, new in kept]


def _edits(string: str) -> Iterator[tuple[int, int, str]]:
    """What takes the place of what, what is surest first."""
    yield from ((*match.span(), "/") for match in _YEAR_STROKE.finditer(string))
    for match in _RISING.finditer(string):
        if int(match["p"]) < 10 + int(match["d"]) < LIST_ENDS:
            yield *match.span("one"), "1"
    for match in _DAY.finditer(string):
        yield from ((*match.span(stroke), "/") for stroke in ("a", "b"))
    for match in _FIGURE.finditer(string):
        if "|" not in match[0] or not _ruled(string, match.start()):
            yield *match.span(), match[0].translate(_DIGITS)
    for match in _CODE.finditer(string):
        yield *match.span(), f"{match['a']}-" if match["a"] else "TTr"
    yield from ((*match.span(), "11") for match in _ELEVEN.finditer(string))
    yield from ((*match.span(), match[0].translate(_TAILS)) for match in _TAIL.finditer(string))
    for match in _ALONE.finditer(string):
        group = next(name for name in ("one", "last", "item") if match[name])
        yield *match.span(group), match[group].translate(_FIVE_EIGHT)
    yield from ((*match.span(), f"{match['n']}ày") for match in _NGAY.finditer(string))
    yield from ((*match.span(), "1") for match in _TEEN.finditer(string))
    yield from ((*match.span(), f"1{match['tail'].translate(_TAILS)}") for match in _TEEN_WORD.finditer(string))
    yield from ((*match.span(), "1") for match in _SINGLE.finditer(string))
    yield from ((*match.span("word"), "tháng") for match in _MONTH.finditer(string) if match["word"] != "tháng")
    yield from ((*match.span(), "20") for match in _CENTURY.finditer(string))
    yield from ((*match.span(), "chí/xã") for match in _PER_COMMUNE.finditer(string))
    yield from ((*match.span("c"), "C") for match in _TC.finditer(string))
    yield from ((*match.span(), "/") for match in _STROKE.finditer(string))
    yield from ((*match.span("word"), "ngày") for match in _DAY_WORD.finditer(string) if _is_none(match["word"]))
    yield from ((*match.span("comma"), ",") for match in _DECIMAL.finditer(string))
    for match in _BROKEN.finditer(string):
        if len(match["a"] + match["b"]) == 3:
            yield *match.span(), match["head"] + match["a"] + match["b"]


def _is_none(word: str) -> bool:
    """Is it no word, by its syllable or by its capitals: `DườU`?"""
    return not pronounceable(spelling(word)) or (not word.isupper() and not word[1:].islower())


def _ruled(string: str, at: int) -> bool:
    """Is a stroke one of several that part the cells of a line?"""
    start, end = string.rfind("\n", 0, at) + 1, string.find("\n", at)
    whole = string[start : end if end >= 0 else len(string)]
    return whole.count("|") >= STROKES or _ROW.match(whole) is not None


def _parted(text: Text) -> Text:
    """Lists of rising numbers of criteria with a comma and a blank between all of them, where some have both."""
    edits: list[tuple[int, int, str]] = []
    for found in _LIST.finditer(text.string):
        marks = [mark for mark in _SEPARATOR.finditer(text.string, *found.span()) if "\n" not in mark[0]]
        numbers = re.split(_APART, found[0])
        rising = all(int(a) < int(b) for a, b in pairwise(numbers))
        mixed = any(mark[0] != "," for mark in marks)
        if mixed and rising and _OF_CRITERIA.search(text.string, max(0, found.start() - 80), found.start()):
            edits += [(*mark.span(), ", ") for mark in marks if mark[0] != ", "]
    return text.replace_all(edits) if edits else text
