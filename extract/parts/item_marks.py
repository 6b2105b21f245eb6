"""What begins an item: the marks of headings and bullets, and the lines that open a paragraph without one."""

from __future__ import annotations

import re

from extract.reading import Reading
from normalize.letters import SMALL, UPPER
from normalize.text import TextLine

PLAIN = 9  # depth of a paragraph without a marker
SHORT = 0.75  # share of the usual width; a line this short was not broken by the margin

# Phần thứ nhất, not Phần lớn ý kiến
_NTH = r"(?:(?:thứ\s+|THỨ\s+)?(?:[IVXivx]{1,5}|\d{1,2}|(?i:nhất|một|hai|ba|bốn|tư|năm|sáu))(?!\w))"
# II. KẾT QUẢ · Điều 1. Công nhận · 1. Kết quả · 3.1. Xã phấn đấu · a) Số tiêu chí · (i) Tiêu chí 8 ·
# - Đã đạt · + Vốn sự nghiệp
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"\s*(?:[-–_.]{{1,2}}\s*)?(?:(?:Điều|ĐIỀU)\s+\d+\s*[.:]|(?:Phần|PHẦN)\s+{_NTH}\s*[.:]?)\s*")),
    (0, re.compile(r"\s*(?:[IVX]{1,5}|[A-D])\s*(?:[.)]\s*|/\s+|\s-\s|(?<=[IVX])-\s)(?=[^\W\d_])")),
    # II KẾT LUẬN; its point lost · - L THÀNH PHẦN THAM DỰ
    (0, re.compile(rf"\s*(?:[-–_.]\s*)?[IVXLH]{{1,4}}\s+(?=[{UPPER}]{{2,}}(?:[ ,-]+[{UPPER}]{{2,}})+\s*$)")),
    # HI. NHIỆM VỤ, I1. KẾT QUẢ
    (0, re.compile(rf"\s*[IVXHLT1l|i]{{1,5}}\s*[.,:]\s*(?=[{UPPER}]+[ ,][{UPPER}]{{2,}})")),
    (0, re.compile(rf"\s*[LH]\.\s+(?=[{UPPER}])")),  # L. Đánh giá chung: I. misread; H. Xã đăng ký: II.
    (0, re.compile(rf"\s*(?=[l1|]*[IVXHỊÍ])[IVXHMl1|ỊÍ]{{2,5}}\s*\.\s+(?=[{UPPER}])")),  # IH. Đối với, Il. Xã, 1Ị. Xã
    (2, re.compile(rf"\s*\d{{1,2}}\.\s?\d{{1,2}}(?:\.\d{{1,2}})?\s*[.):/-]?\s+(?=[{UPPER}\"“])")),
    (1, re.compile(rf"\s*\d{{1,2}}\s*(?:[.)]\s*|/\s+|(?<=\d)-\s+)(?=[{UPPER}\"“])")),
    (1, re.compile(rf"\s*\d{{1,2}}/(?=[{UPPER}][\w’']*{SMALL}\s)")),  # 3/Xã Dliê Ya, not 15/QĐ-UBND
    (1, re.compile(rf"\s*\d{{1,2}}\s+(?=(?:Xã|Thị trấn|Phường)\s+[{UPPER}])")),  # 1 Xã Ka Đô; its point lost
    (1, re.compile(r"\s*\d{1,2}\s+(?=Các xã\s+(?:đăng ký|đã|đạt|phấn đấu|chưa|được|còn lại)\b)")),  # 15 Các xã: 2.
    (3, re.compile(r"\s*(?:[a-zđ](?:\s*[.)]|[-/])|\((?:[a-zđ]|[ivx]{1,4}|\d{1,2})\))\s+")),
    (4, re.compile(r"\s*[-–—~]{1,3}\s*(?=\w|[\"“(])")),
    (5, re.compile(r"\s*\+\s*(?=\w|[\"“(])")),
    (6, re.compile(r"\s*[*•●○▪■]\s*(?=\w|[\"“(])")),
    (6, re.compile(rf"\s*[seo°¢©®]\s+(?=[{UPPER}])")),  # s Về xã Tô Múa: a dot that was read as a letter
)
_TABLE = re.compile(r"\s*(?:STT|TT|Số TT)[\s|]+(?=\w)")  # STT Tên xã Số tiêu chí đạt: the head of a table
_CRITERION = re.compile(r"\s*(?:(?:Từ|Các)\s+t|T)iêu chí (?:từ )?(?:số )?\d")  # one a line: Tiêu chí số 3: 82% …
# one a line: Xã Hậu Mỹ      : 18/19 - thiếu 1: tiêu chí 17
_OF_UNIT = re.compile(rf"\s*(?:Xã|Thị trấn|Phường|Huyện|Thị xã)\s+[{UPPER}][^:;,.()\d]{{1,30}}:\s")
# TC5 Trường học: Trường Mầm non thiếu bếp một chiều. KHÔNG ĐẠT
_CRITERION_HEAD = re.compile(rf"\s*TC\s?\d{{1,2}}[\s.:–-]+[{UPPER}][^\W\d_][^:;.]{{2,80}}[:.](?=\s)")
_SUMS_UP = re.compile(r"\s*(?:Như vậy|Tóm lại|Kết luận)\s*[,:]")  # Như vậy, xã Thanh Liên đạt 19/19, below a table
_VERDICT_ENDS = re.compile(  # Tiêu chí 2. Giao thông: Đạt
    r"(?:\.|(?:[.:–-]|[Cc]hưa|[Kk]hông|CHƯA|KHÔNG)\s*(?:[ĐđD]ạt|ĐẠT);?)$"
)
_FOLLOWS = re.compile(r"(?:như sau|sau đây)\s*:$")  # … thông báo như sau: / Tại Quyết định số …


def marker_of(whole: Reading, line: TextLine, before: TextLine | None, width: int) -> tuple[int | None, int]:
    """The depth of the item that a line begins and where its words begin; no depth where it goes on.

    `width`: how long lines are that the margin breaks, in letters.
    """
    text = whole.string[line.start : line.end]
    last = whole.string[before.start : before.end].rstrip() if before else "."
    for depth, pattern in _MARKERS:
        found = pattern.match(text)
        broken = len(last) >= SHORT * width
        if found and found[0].strip() == "H." and (broken or not last.endswith((".", ";", ":"))):
            continue  # … của / H. Tánh Linh
        if found and depth == 1 and (_counts_on(last, found[0]) or _AWAITS.search(last)):
            continue
        if found and found[0].lstrip().startswith("(") and _INNER_MARK.search(last):
            continue
        if found and not (
            depth >= 2 and not _is_alike(last, text) and _goes_on(last, text[found.end() :], depth, broken)
        ):
            return depth, line.start + found.end()
    if _opens_row(text, last, before is None, len(last) < SHORT * width):
        return PLAIN, line.start
    new_block = before is not None and (line.block != before.block or line.page != before.page)
    if before is None or _is_capitals(last) != _is_capitals(text):
        return PLAIN, line.start
    ended = last.endswith((".", ";", ":", ")")) or len(last) < SHORT * width
    if _TABLE.match(text) or (ended and text.rstrip().endswith(":") and text[:1].isupper()):
        return PLAIN, line.start
    short = len(last) < SHORT * width and not last.endswith(",")
    closed = (last.endswith((".", ":", ";", "!", "”")) or short) if new_block else (last.endswith((".", ":")) and short)
    closed = closed or _FOLLOWS.search(last) is not None
    if closed and (text.lstrip(' "“(')[:1].isupper() or _is_capitals(text)):
        return PLAIN, line.start
    return None, line.start


def _opens_row(text: str, last: str, first: bool, short: bool) -> bool:
    """Does a line begin with a criterion or a commune that it is about, below one that ends so, or sum up rows?"""
    if not first and last[-1:].isalnum() and _SUMS_UP.match(text):
        return True
    verdict = _VERDICT_ENDS.search(last) is not None
    criterion = (not first and verdict and _CRITERION.match(text)) or (
        (verdict or short) and _CRITERION_HEAD.match(text)
    )
    return bool(criterion or (_OF_UNIT.match(text) and (short or last.endswith((".", ";", ":")))))


def is_page_number(whole: Reading, line: TextLine) -> bool:
    """Nothing, or a number alone: a dump keeps the numbers of pages."""
    text = whole.string[line.start : line.end].strip(" -–")
    return not text or (text.isdigit() and len(text) <= 2)


_HYPHENED = re.compile(r"(?:Lao động|Tài chính|Kinh tế|Văn hóa|Giáo dục|Gia đình)$")
_HYPHENED_ON = re.compile(r"(?:Thương binh|Kế hoạch|Kỹ thuật|Thông tin|Xã hội|Hạ tầng)(?!\w)")
_DASHED = re.compile(r"[,;:(]\s[^;,.:()\d]{2,20}\s[-–]\s[^;,.:()\d]{2,20}$")
_INNER_DASH = re.compile(r"[^\W\d_][^;,.:]{1,30}(?:\s[-–]\s|;)")


_MARKED_FIGURE = re.compile(r"\s*([-+•])\s*\d")


def _is_alike(last: str, text: str) -> bool:
    """Do both lines begin with a bullet and a figure: `+ 18 - 19 tiêu chí có 01 xã: …` / `+ 15 - 17 tiêu chí …`?"""
    above, own = _MARKED_FIGURE.match(last), _MARKED_FIGURE.match(text)
    return above is not None and own is not None and above[1] == own[1]


def _goes_on(last: str, rest: str, depth: int, long: bool = False) -> bool:
    """Is a mark at a line's start part of the sentence above: `số 1` / `- Quy hoạch`, `kinh tế` / `- xã hội`?

    `long`: the line above was broken by the margin.
    """
    if last.endswith((".", ";", ":", ")", "/.", "”", "…")) or _is_capitals(last):
        return False
    if depth == 2 or (depth >= 5 and not long):  # nothing else is read as + or •
        return False
    if depth == 4 and _HYPHENED.search(last) and _HYPHENED_ON.match(rest):  # Lao động / - Thương binh và Xã hội
        return True
    # Y tế / - Văn hóa - Giáo dục; Sản xuất · Y tế - Văn hóa / - Giáo dục, Môi trường
    if long and depth == 4 and (_INNER_DASH.match(rest) or _DASHED.search(last)):
        return True
    number = re.search(r"(?<!\d)\d{1,2}$", last)  # a criterion's, not a year that ends a heading
    # giai đoạn 2016 / - 2020, not `+ 18 - 19 tiêu chí có 01 xã: Hà Mòn` / `+ 15 - 17 tiêu chí …`
    if rest[:1].isdigit():
        return long or last[-1:].isdigit() or last.endswith((",", "(", "-"))
    return number is not None or rest[:1].islower() or last.endswith((",", "(", "-"))


# …, từ số 14 đến số 17 và số / 19. Ba tiêu chí chưa đạt là …
_AWAITS = re.compile(r"(?<!\w)(?:số|(?<!\d )(?:tiêu chí|TC)|khoản|ngày|tháng|năm|đến|từ|và)$|\d,$")
_INNER_MARK = re.compile(r"[^\W\d_]\S*\s+\((?:[a-zđ]|[ivx]{1,4}|\d{1,2})\)\s")  # …: (2) Hạ tầng; / (8) Môi trường
_COUNTED = re.compile(r"[;:,]\s*(\d{1,2})[.)]\s")


def _counts_on(last: str, mark: str) -> bool:
    """Does a number at a line's start go on with those inside the line above: `…; 14. Giáo dục;` / `15. Y tế; 16.`?"""
    before, own = _COUNTED.findall(last), re.search(r"\d+", mark)
    return bool(before) and own is not None and int(before[-1]) < int(own[0]) <= int(before[-1]) + 3


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) > 4
        and all(c.isupper() for c in letters)
        and not any(c.isdigit() for c in text.lstrip("0123456789. "))
    )
