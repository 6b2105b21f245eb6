"""Figures in which a letter or sign stands for a digit: `1§ tiêu chí`, `I9-NQ/HU`, `l5 xã`; and what parts them.

Tesseract's Vietnamese model reads an 8 as § and a 1 as I or l now and then, with high confidence. Only what cannot
be a word is mended: a run that holds a digit and nothing but digits and these signs, or § before a separator.
"""

from __future__ import annotations

import re
from itertools import pairwise

from normalize.letters import digits_for
from normalize.model.trained import packaged
from normalize.repairs.days import day_edits
from normalize.repairs.mended import Edit, Mended, Rule, apart, edits_of, mended
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
# 1415/SNNMT:PTNT, 3312/SYT’NVY: a dash of a code read as another mark · 214/TT:-UBND: the r of TTr
_CODE = re.compile(r"(?<=\d/)(?P<a>[A-ZĐ&]{2,10})[:;’'](?=[A-ZĐ]{2,10}\b)|(?<=\d/)TT[:;.,'](?=-[A-ZĐ])")
# 9, II, 12 · tháng II năm 2023 · đạt II tiêu chí · Đạt II - 12 tiêu chí · Ban Quản lý II xã: an 11 that stands where
# no Roman numeral does; not khu vực II
_ELEVEN = re.compile(
    r"(?:(?<=[Tt]háng[ \n])|(?<=[Đđ]ạt[ \n]))(?:II|Il|lI|ll|1[\]\[!])"
    r"(?=[ \n](?:năm|tiêu[ \n]chí)\b|\s?[-–]\s?1\d\s+tiêu\b)|"
    r"(?<!vực[ \n])(?<!loại[ \n])(?<!nhóm[ \n])(?<!đoạn[ \n])(?<!đợt[ \n])(?<!vùng[ \n])(?<!hạng[ \n])(?<!cấp[ \n])"
    r"(?<=\w[ \n])II(?=[ \n]xã\b)|(?<=\d,[ \n])II(?=,[ \n]\d)"
)
_TAILS = digits_for("õỗốóðŠ")
_TAIL = re.compile(r"(?<=\d)[õỗốóðŠ](?!\w)")  # ngày 2õ tháng 5 · tiêu chí 1ó · 0ð xã · ngày 1Š tháng 12
# số 2, 6, 10, 11, 13, f7 · 9, T1, 12: in a list that rises
_RISING = re.compile(r"(?<!\d)(?P<p>\d{1,2})[,;]\s?(?P<bad>[flItT])(?P<d>\d)(?!\w)")
# gồm các tiêu chí số l, 2, 3: the first of a list
_LEADING = re.compile(r"(?:(?<=\bsố )|(?<=\bchí )|(?<=\bchí: ))(?P<bad>[lI|!])(?=[,;]\s?\d{1,2}[,;\s])")
# số 9, 12, 18, 14, 16: one figure of the number between two that rise by two
_BETWEEN = re.compile(r"(?<=(?P<p>\d\d),\s)(?P<bad>\d\d)(?=,\s(?P<n>\d{1,2})(?:[,;.]|\svà\s))")
_ALONE = str.maketrans("ðŠ§", "558")  # where nothing but a figure stands
_AFTER = re.compile(r"(?<!\w)(?:từ|tháng|dưới|trên|thôn|số|đạt)\s(?P<bad>[ðŠ§])(?![\w.])")  # đạt từ ð đến 9 · tháng §
_BEFORE_DASH = re.compile(r"(?<!\w)(?P<bad>[ðŠ§])(?=\s[-–]\s\d{1,2}\stiêu\schí)")  # Đạt Š - 9 tiêu chí
_NUMBERING = re.compile(r"(?:^|(?<=\())(?P<bad>[ð§])(?=[./)]\s)", re.M)  # ð/ Xã Ea Dăh · (§) Y tế · §. Tiêu chí số 8
_EIGHTEEN = re.compile(r"(?<!\w)[Il]§(?=\s+tiêu\s+chí)")  # từ 15 đến I§ tiêu chí
# bình quân mỗi xã đạt I 1,3 tiêu chí · 1 1,01 tiêu chí/xã · đạt I 1/19 tiêu chí
_MEAN = re.compile(r"(?<=đạt\s)(?P<bad>[1Il]\s)(?=\d(?:,\d{1,2}|/\d\d)\s+tiêu\s+chí)")
_LONE_EIGHT = re.compile(r"(?<=\d,\s)(?P<bad>[§ðŠ])(?=,\s?\d)")  # số 1, 3, 4, §, 12
# ngày 30 tháng 01 năm 2094: of 2024
_FAR_YEAR = re.compile(r"(?:(?<=\bnăm 20)|(?<=\bđoạn 20)|(?<=\d/20))9(?=\d(?!\d))")
# Ngân sách tỉnh: 4. 126 triệu đồng
_THOUSANDS = re.compile(r"(?:(?<=:\s)|(?<=:-))\d{1,3}\.(?P<bad>\s)(?=\d{3}\s(?:triệu|tỷ|đồng))")
_TEEN_WORD = re.compile(r"(?<![\w.])[lIL](?P<tail>[õỗốóŠð])(?=\s?[-–]\s?\d{1,2}\stiêu\schí)")  # + lỗ - 17 tiêu chí
_PER_COMMUNE = re.compile(r"(?<=tiêu )ch[ứúíi1l!|]xã(?!\w)")  # 12,29 tiêu chứxã
_STROKE = re.compile(r"(?<=\w)[⁄∕](?=\w)")  # Đạt 18⁄19 tiêu chí · (p⁄h)
_UBND = re.compile(r"(?<!\w)(?:LI|UI|LJ|Ù|Ủ|Ư|Ừ|Ử)BND(?!\w)")  # LIBND huyện Xuân Lộc
_HDND = re.compile(r"(?<!\w)HDND(?!\w)")  # Thường trực HDND huyện: the stroke of Đ lost
_TILDE = re.compile(r"(?<!\w)[A-ZĐ]*Ñ[A-ZĐÑ]*(?!\w)")  # 12/NÑQ-HĐND · NÑTM · Lưu: VT, NÑ: no letter, or an N
# số 2, 3,5, 6 và 17 · các tiêu chí số / 2,3,5, 6 · số 2. 5. 12. 14 và 18 · số 14, 15,-18: what parts rising numbers
_APART = r"(?:,\s?-?\s?|[.;]\s)"
_LIST = re.compile(rf"(?<![\d,.])\d{{1,2}}(?:{_APART}\d{{1,2}}){{2,}}(?![\d/])")
_SEPARATOR = re.compile(rf"{_APART}(?=\d)")
_LISTS = re.compile(r"\b(?:chí|TC)(?:\s+số)?\s*:?\s[\d,;\s]*$")  # gồm các tiêu chí: 1, 3, 4, 8,
_OF_CRITERIA = re.compile(r"(?:số|chí|TC)\b[^.:]*$")  # numbers of criteria, not `2, 3,5, 6 và 7 tỷ đồng`


def mend_figures(text: Text) -> Mended:
    """Put digits back where only a digit can have stood, and what parts figures and days.

    >>> from normalize.text import from_lines
    >>> def said(*lines: str) -> str:
    ...     return mend_figures(from_lines(lines)).text.string
    >>> said("đạt 1§ tiêu chí, I9-NQ/HU, §.699,28 triệu, 1415/SNNMT:PTNT, 214/TT:-UBND")
    'đạt 18 tiêu chí, 19-NQ/HU, 8.699,28 triệu, 1415/SNNMT-PTNT, 214/TTr-UBND\\n'
    >>> said("ngày 2õ tháng 5, tháng § năm 2009, đạt từ ð đến 9 tiêu chí", "ð/ Xã Ea Dăh: 0ð thôn")
    'ngày 25 tháng 5, tháng 8 năm 2009, đạt từ 5 đến 9 tiêu chí\\n5/ Xã Ea Dăh: 05 thôn\\n'
    >>> said("§. Tiêu chí số 8; (§) Y tế", "ngày 1Š tháng 12")
    '8. Tiêu chí số 8; (8) Y tế\\nngày 15 tháng 12\\n'
    >>> said("+ lỗ - 17 tiêu chí, 12,29 tiêu chứxã, 18⁄19, trong tháng II năm 2023")
    '+ 15 - 17 tiêu chí, 12,29 tiêu chí/xã, 18/19, trong tháng 11 năm 2023\\n'
    >>> mend_figures(from_lines(["giải ngân 45/60 tỷ đồng", "đạt 18, 1 1.300 triệu đồng"])).words  # print
    frozenset()
    >>> said("chưa đạt: 2, 6, 10, 11, 13, f7; tiêu chí số 2. 5. 12. 14 và 18; các tiêu chí số", "2,3,5, 6, 7 và 17")
    'chưa đạt: 2, 6, 10, 11, 13, 17; tiêu chí số 2, 5, 12, 14 và 18; các tiêu chí số\\n2, 3, 5, 6, 7 và 17\\n'
    >>> said("đạt từ 15 đến I§ tiêu chí; bình quân đạt I 1,3 tiêu chí")
    'đạt từ 15 đến 18 tiêu chí; bình quân đạt 11,3 tiêu chí\\n'
    >>> said("gồm các tiêu chí: 1, 3, 4, 8, 9, 12, 18, 14, 16; thu 12, 18, 14 tấn")
    'gồm các tiêu chí: 1, 3, 4, 8, 9, 12, 13, 14, 16; thu 12, 18, 14 tấn\\n'
    >>> mend_figures(from_lines(["I1. KẾT QUẢ", "II. Lộ 3"])).words
    frozenset()
    >>> said("gồm các tiêu chí số l, 2, 3; các tiêu chí số 11, 12,", "18, 14, 15")
    'gồm các tiêu chí số 1, 2, 3; các tiêu chí số 11, 12,\\n13, 14, 15\\n'
    >>> said("số 1, 3, 4, §, 12; đạt I 1/19 tiêu chí; ngày 30 tháng 01 năm 2094; xã: 4. 126 triệu đồng")
    'số 1, 3, 4, 8, 12; đạt 11/19 tiêu chí; ngày 30 tháng 01 năm 2024; xã: 4.126 triệu đồng\\n'
    >>> said("Nghị quyết số 12/NÑQ-HĐND; xã NÑTM; VT, NÑ; Phòng NÑ&PTNT")
    'Nghị quyết số 12/NQ-HĐND; xã NTM; VT, NN; Phòng NN&PTNT\\n'
    >>> mend_figures(from_lines(["| TT | Xã |1 |2 |3 |"])).words  # strokes part cells
    frozenset()
    """
    text = _parted(text)
    return mended(text, apart([*day_edits(text.string), *edits_of(_RULES, text.string)]))


def _one(match: re.Match[str]) -> str | None:
    """A 1, where the list that it stands in rises and ends as those of criteria do."""
    return "1" if int(match["p"]) < 10 + int(match["d"]) < LIST_ENDS else None


def _between(match: re.Match[str]) -> str | None:
    """The one number that can stand between two of a list of criteria, where one figure of it was misread."""
    low, read, high, meant = int(match["p"]), match["bad"], int(match["n"]), str(int(match["p"]) + 1)
    listed = _LISTS.search(match.string, max(0, match.start() - 120), match.start())
    off = sum(a != b for a, b in zip(read, meant, strict=True)) == 1
    return meant if listed and high == low + 2 and off and high < LIST_ENDS else None


def _digits(match: re.Match[str]) -> str | None:
    """The figure, unless its strokes part cells."""
    return None if "|" in match[0] and _ruled(match.string, match.start()) else match[0].translate(_DIGITS)


def _alone(match: re.Match[str]) -> str:
    return match["bad"].translate(_ALONE)


def _without_tilde(match: re.Match[str]) -> str | None:
    """The abbreviation that is known where Ñ is an N, or the one before it read twice: NN for NÑ, NQ for NÑQ."""
    known = packaged().abbreviations
    ways = [match[0].replace("Ñ", "N"), re.sub("(?<=N)Ñ", "", match[0]).replace("Ñ", "N")]
    best = max(ways, key=lambda way: known.get(way, 0))
    return best if known.get(best, 0) else None


_RULES: tuple[Rule, ...] = (  # what is surest first
    (_RISING, _one),
    (_LEADING, lambda _: "1"),
    (_BETWEEN, _between),
    (_FIGURE, _digits),
    (_CODE, lambda match: f"{match['a']}-" if match["a"] else "TTr"),
    (_ELEVEN, lambda _: "11"),
    (_TAIL, lambda match: match[0].translate(_TAILS)),
    (_AFTER, _alone),
    (_BEFORE_DASH, _alone),
    (_NUMBERING, _alone),
    (_EIGHTEEN, lambda _: "18"),
    (_MEAN, lambda _: "1"),
    (_LONE_EIGHT, _alone),
    (_FAR_YEAR, lambda _: "2"),
    (_THOUSANDS, lambda _: ""),
    (_TEEN_WORD, lambda match: f"1{match['tail'].translate(_TAILS)}"),
    (_PER_COMMUNE, lambda _: "chí/xã"),
    (_STROKE, lambda _: "/"),
    (_UBND, lambda _: "UBND"),
    (_HDND, lambda _: "HĐND"),
    (_TILDE, _without_tilde),
)


def _ruled(string: str, at: int) -> bool:
    """Is a stroke one of several that part the cells of a line?"""
    start, end = string.rfind("\n", 0, at) + 1, string.find("\n", at)
    whole = string[start : end if end >= 0 else len(string)]
    return whole.count("|") >= STROKES or _ROW.match(whole) is not None


def _parted(text: Text) -> Text:
    """Lists of rising numbers of criteria with a comma and a blank between all of them, where some have both."""
    edits: list[Edit] = []
    for found in _LIST.finditer(text.string):
        marks = [mark for mark in _SEPARATOR.finditer(text.string, *found.span()) if "\n" not in mark[0]]
        numbers = re.split(_APART, found[0])
        rising = all(int(a) < int(b) for a, b in pairwise(numbers))
        mixed = any(mark[0] != "," for mark in marks)
        if mixed and rising and _OF_CRITERIA.search(text.string, max(0, found.start() - 80), found.start()):
            edits += [(*mark.span(), ", ") for mark in marks if mark[0] != ", "]
    return text.replace_all(edits) if edits else text
