"""Specks read as marks: `Trung.ương`, `SỞ NÔNG NGHIỆP-VÀ PTNT`, `.02 trạm bơm`, and a comma that lost its tail.

A speck beside a letter is read as a point or a dash, with confidence. Only what no print has is taken away, and only
where it was read from a page: typed text has its own slips.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from normalize.letters import SMALL, UPPER
from normalize.model.trained import packaged
from normalize.repairs.mended import Edit, Rule, apart, edits_of
from normalize.syllable import pronounceable, spelling
from normalize.text import NONE, Text

CERTAINTY = 0.93  # of a word that a speck touched
PERHAPS = 0.75  # of one behind which a comma was put: a speck may have stood there
_SAME = "ckopsuvwxzóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữự"  # small letters that differ from their capitals in height alone
# Phòng Tư.pháp: no blank stands there, so no sentence ends; not vpdp.quangnam.gov.vn, Đắk R’lấp
_WITHIN = re.compile(
    rf"(?<![\w.@/'’-])(?P<left>[{UPPER}]?{SMALL}+)(?P<bad>[.'’])(?P<right>{SMALL}{{2,}})(?![\w@/'’-]|\.\w)"
)
_BEFORE_FIGURE = re.compile(
    r"(?P<bad>(?<=[^\W\d_]{2})['’]|(?<=[:;])\.|(?<=\d\s-\s)\.|(?<=\d\s-)['’])(?=\d)"
)  # UBND'08 xã · 15 -'18 · tỉnh:.3 tỷ 120 triệu · 2016 - .2020
_DOUBLE = re.compile(rf"(?<=[,;])(?P<bad>\.)(?=\s?{SMALL})")  # các phòng, ban,.ngành huyện; no sentence ends there
_BEFORE_COMMA = re.compile(r"(?P<bad>;)(?=,\s)")  # CT;, các PCT UBND tỉnh: no print has both
_AFTER_BODY = re.compile(r"(?<=ND)(?P<bad>\.)(?=(?:các|tỉnh|huyện|xã)\s)")  # UBND.các xã
_BODY_STOP = re.compile(r"(?<=ND)(?P<bad>[:.,;])(?=\n(?:các|tỉnh|huyện|xã)\s)")  # của UBND: / huyện Mai Sơn
_BEFORE_LINE = re.compile(r"^(?P<bad>[.,:;'’_]+ ?)(?=[^\W_])", re.M)  # .02 trạm bơm · :Hòa (th) · . Giáo dục · _Tở
_BEFORE_BULLET = re.compile(r"^(?P<bad>[_.,:;'’]{1,2} ?)(?=[-+] ?\w)", re.M)  # _+ 15 - 17 tiêu chí
_BEFORE_WORD = re.compile(
    rf"(?<=\w\s)(?P<bad>['’‘])(?=(?:{SMALL}{{2,}}|[{UPPER}]{{2,}})[\s,;:.])(?![^\n]*['’])"
)  # UBND 'các xã: Hàm Phú
# Sở 'Nông nghiệp
_BEFORE_FIELD = re.compile(rf"(?<=(?:Sở|Bộ|xã|ND)\s)(?P<bad>['’‘])(?=[{UPPER}]{SMALL})(?![^\n]*['’])")
# ngày . / 16/9/2003 · chậm nhất ngày: : / 20/6/2024 · ngày. 29 tháng 12
_BEHIND_DAY = re.compile(r"(?<=ngày)(?P<bad> ?[.,:;][ .,:;]*)(?=\s\d{1,2}(?:[/.]\d|\stháng\s))")
_LOW_QUOTE = re.compile(r"(?<=\w)(?P<bad>„ ?)(?=\w)")  # Pú Nhung„Pu Nhi
# của Ban Chỉ đạo ;/các Chương trình: no mark has a blank before it
# Thủ tướng -: / Chính phủ
_BEHIND_LINE = re.compile(rf"(?<=[^\W_])(?P<bad>\s[.,:;](?=\n{SMALL})|\s[-–~][.,:;](?=\n[^\W\d_]))")
# . 2, Xã Yên Hà, below 1. Xã Tân Bắc
_NUMBERED = re.compile(rf"^(?:[.,:;'’]+ ?)?(?P<n>\d{{1,2}})(?P<bad>[,:])(?=\s[{UPPER}])", re.M)
# NGHIỆP-VÀ · mức độ đạt chuẩn nông thôn mới nâng cao-/của xã: nothing is parted before these words
_DASH = re.compile(r"(?<=[^\W\d_])(?P<bad>[ ]?-(?=\n(?:của|CỦA)\s)|[ ]?-(?=(?:VÀ|và|của|CỦA)\s))")
# Hội Nông -dân, thành-phố: a dash with a blank on one side or none, within a compound
_HALF_DASH = re.compile(rf"(?<![\w-])(?P<left>[^\W\d_]{SMALL}+)(?P<bad>\s--?|--?\s?)(?P<right>{SMALL}{{2,}})(?![\w-])")
# Ngân sách-huyện · Văn phòng-điều phối: of 2,000 notices none prints such a dash but in names of fields and in loans
_INNER_DASH = re.compile(
    rf"(?<![\w-])(?P<left>[^\W\d_]{SMALL}+)(?P<bad>-)(?P<right>(?!(?:xã|kinh|kế|thương)\b){SMALL}{{2,}})(?![\w-])"
)
# … quốc gia xây dựng - / nông thôn mới: a line's last word and the next go on
_ENDING_DASH = re.compile(rf"(?<={SMALL}{SMALL})(?P<bad>\s[-–])(?=\n(?!(?:xã|kinh|kế|thương|văn)\s){SMALL}{{2,}}\s)")
# SỞ GIÁO-DỤC VÀ ĐÀO TẠO
_CAPITAL_DASH = re.compile(rf"(?<![\w-])(?P<left>[{UPPER}]{{2,}})(?P<bad>-)(?P<right>[{UPPER}]{{2,}})(?![\w-])")
# ỦY BAN-NHÂN DÂN · Bộ-Giáo dục
_BODY_DASH = re.compile(
    rf"(?P<bad>(?<=BAN)-(?=NHÂN\sDÂN)|(?<=ban)-(?=nhân\sdân)|(?<=\bB[ộô])-(?=[{UPPER}]{SMALL})|(?<=\bSở)-(?=[{UPPER}]{SMALL}))"
)
# Tài nguyên và Môi /- trường: a dash at a line's start
_LINE_DASH = re.compile(rf"(?<![\w-])(?P<left>[^\W\d_]{SMALL}+)\n(?P<bad>[-–]\s)(?P<right>{SMALL}{{2,}})(?![\w-])")
# đạt chuẩn nông, thôn mới · Nông thôn mới nâng, cao
_COUNTRYSIDE = re.compile(
    r"(?P<bad>(?<=chuẩn)[,.;:]{1,2}(?=\snông\sthôn\smới)|(?<=[Nn]ông)[,.;](?=\sthôn(?!\w))|(?<=[Nn]âng)[,.;](?=\scao(?!\w))|(?<=[Kk]iểu)[,.;](?=\smẫu(?!\w)))"
)
# ỦY BAN NHÂN DÂN -/HUYỆN TUY ĐỨC · HUYỆN ỦY, VŨ QUANG · Thủ tướng. Chính phủ: the name of an office runs on
_OFFICE = re.compile(r"(?<=NHÂN DÂN)(?P<bad> ?[-–.,])(?=\s(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG)\s)")
_PARTY = re.compile(rf"(?<=[HN]\sỦY)(?P<bad> ?[-–.,])(?=\s[{UPPER}]+\s[{UPPER}]{{2,}})")
_PREMIER = re.compile(r"(?<=Thủ tướng)(?P<bad>[.,])(?=\sChính phủ)")
# đoàn viên. người lao động · Sở Xây. dựng: no sentence begins with a small letter; one of the above may be a capital
_STOP = re.compile(rf"(?<![\w.])(?P<left>[^\W\d_]{SMALL}+)(?P<bad>\.)(?=[ \n](?P<right>(?![{_SAME}]){SMALL}{{2,}}))")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without specks, and how sure the words (indices into `text.words`) are that they touched."""

    text: Text
    certainty: Mapping[int, float]


def without_specks(text: Text) -> Cleaned:
    """Take specks away where no print has a mark; a stop within a sentence is a comma, within a compound nothing."""
    found = [edit for edit in _edits(text.string) if text.is_read(edit[0], edit[1])]
    sure: dict[int, float] = {}
    for start, end, new in found:
        sure |= dict.fromkeys((i for i in text.origin[start:end] if i != NONE), PERHAPS if new == "," else CERTAINTY)
    return Cleaned(text.replace_all(found) if found else text, sure)


def _edits(string: str) -> list[Edit]:
    """What takes the place of what, in rising order.

    >>> def cleaned(string: str) -> str:
    ...     for start, end, new in reversed(_edits(string)):
    ...         string = string[:start] + new + string[end:]
    ...     return string
    >>> cleaned("Ban Chấp hành Trung.ương; UBND'08 xã; SỞ NÔNG NGHIỆP-VÀ PTNT")
    'Ban Chấp hành Trung ương; UBND 08 xã; SỞ NÔNG NGHIỆP VÀ PTNT'
    >>> cleaned("của Ban Chỉ đạo ;\\ncác Chương trình; của Sở\\n. Giáo dục")
    'của Ban Chỉ đạo\\ncác Chương trình; của Sở\\nGiáo dục'
    >>> cleaned("1. Xã Tân Bắc\\n2, Xã Yên Hà\\n4: Xã Vĩ Thượng")
    '1. Xã Tân Bắc\\n2. Xã Yên Hà\\n4: Xã Vĩ Thượng'
    >>> cleaned("1, Xã Tân Dân;\\n2. Xã Khánh Tiến")
    '1. Xã Tân Dân;\\n2. Xã Khánh Tiến'
    >>> cleaned("Sở Xây. dựng, đoàn viên. người lao động, 17 xã. có 2 xã")
    'Sở Xây dựng, đoàn viên, người lao động, 17 xã. có 2 xã'
    >>> cleaned("Sở Tài nguyên và Môi\\n- trường; các phòng\\n- Xã A đạt chuẩn nông, thôn mới")
    'Sở Tài nguyên và Môi\\ntrường; các phòng\\n- Xã A đạt chuẩn nông thôn mới'
    >>> cleaned("_+ 15 - 17 tiêu chí, UBND 'các xã: Hàm Phú; ngày .\\n16/9/2003")
    '+ 15 - 17 tiêu chí, UBND các xã: Hàm Phú; ngày\\n16/9/2003'
    >>> cleaned("Giám đốc Sở 'Nông nghiệp; của UBND:\\nhuyện Mai Sơn")
    'Giám đốc Sở Nông nghiệp; của UBND\\nhuyện Mai Sơn'
    >>> cleaned("09 xã đạt 15 -'18 tiêu chí nông thôn mới nâng, cao")
    '09 xã đạt 15 - 18 tiêu chí nông thôn mới nâng cao'
    >>> cleaned("SỞ GIÁO-DỤC, SỞ GD-ĐT, ỦY BAN-NHÂN DÂN; Bộ trưởng Bộ-Giáo dục; của Thủ tướng -:\\nChính phủ")
    'SỞ GIÁO DỤC, SỞ GD-ĐT, ỦY BAN NHÂN DÂN; Bộ trưởng Bộ Giáo dục; của Thủ tướng\\nChính phủ'
    >>> cleaned("Ngân sách-huyện; văn hóa-xã hội; in-tơ-nét; quốc gia xây dựng -\\nnông thôn mới; kinh tế -\\nxã hội")
    'Ngân sách huyện; văn hóa-xã hội; in-tơ-nét; quốc gia xây dựng\\nnông thôn mới; kinh tế -\\nxã hội'
    >>> cleaned("- CT;, các PCT UBND tỉnh")
    '- CT, các PCT UBND tỉnh'
    >>> cleaned("_Tở, Pú Nhung„Pu Nhi; 07 'TC gồm")
    'Tở, Pú Nhung, Pu Nhi; 07 TC gồm'
    >>> cleaned("gia cố đê bao và\\n.02 trạm; ubnd.quangnam.gov.vn; Đắk R’lấp; TT.HĐND")
    'gia cố đê bao và\\n02 trạm; ubnd.quangnam.gov.vn; Đắk R’lấp; TT.HĐND'
    """
    return apart(edits_of(_RULES, string))


def _nothing(_: re.Match[str]) -> str:
    return ""


def _blank(match: re.Match[str]) -> str:
    """A blank, but before a line's end."""
    return "" if match.string[match.end("bad")] == "\n" else " "


def _blank_unless_there(match: re.Match[str]) -> str:
    return "" if match.string[match.end("bad")].isspace() else " "


def _blank_between_words(match: re.Match[str]) -> str | None:
    return " " if _spelled(match) else None


def _blank_in_compound(match: re.Match[str]) -> str | None:
    return " " if _spelled(match) and _compound(match) else None


def _nothing_in_compound(match: re.Match[str]) -> str | None:
    return "" if _spelled(match) and _compound(match) else None


def _comma(match: re.Match[str]) -> str | None:
    """Within a compound nothing was printed, else a comma that lost its tail."""
    return ("" if _compound(match) else ",") if _spelled(match) else None


def _stop_in_list(match: re.Match[str]) -> str | None:
    """The stop of a numbered heading, where the one before it in the row stands above, the first above the second."""
    if int(match["n"]) == 1:
        return "." if match.string[match.end() :].partition("\n")[2].startswith("2. ") else None
    before = re.compile(rf"^{int(match['n']) - 1}[.,:] ", re.M)
    return "." if before.search(match.string, 0, match.start()) else None


# What takes the place of the speck; None where it is print
_RULES: tuple[Rule, ...] = (
    (_WITHIN, _blank_between_words),
    (_BEFORE_FIGURE, _blank),
    (_DOUBLE, _blank_unless_there),
    (_BEFORE_COMMA, _nothing),
    (_AFTER_BODY, _blank),
    (_BODY_STOP, _nothing),
    (_BEFORE_LINE, _nothing),
    (_BEFORE_BULLET, _nothing),
    (_BEFORE_WORD, _nothing),
    (_BEFORE_FIELD, _nothing),
    (_BEHIND_DAY, _nothing),
    (_LOW_QUOTE, lambda _: ", "),
    (_BEHIND_LINE, _nothing),
    (_NUMBERED, _stop_in_list),
    (_DASH, _blank),
    (_HALF_DASH, _blank_in_compound),
    (_INNER_DASH, _blank_between_words),
    (_ENDING_DASH, _nothing),
    (_CAPITAL_DASH, _blank_in_compound),
    (_BODY_DASH, _blank),
    (_LINE_DASH, _nothing_in_compound),
    (_COUNTRYSIDE, _nothing),
    (_OFFICE, _nothing),
    (_PARTY, _nothing),
    (_PREMIER, _nothing),
    (_STOP, _comma),
)


def _spelled(match: re.Match[str]) -> bool:
    """Are the words on both sides syllables?"""
    return pronounceable(spelling(match["left"])) and pronounceable(spelling(match["right"]))


def _compound(match: re.Match[str]) -> bool:
    """Do the words on both sides make a compound of the language?"""
    return packaged().bound(match["left"], match["right"])
