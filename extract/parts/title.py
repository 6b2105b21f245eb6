"""The title of a notice and its trích yếu: below the type in capitals, or, in a công văn, below the number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from rapidfuzz import fuzz

from extract.parts.columns import Piece
from extract.parts.first_sentence import before_sentence, wants_more
from extract.parts.foot import is_recipients
from extract.parts.headings import is_heading, opens_body, titles_action, type_of_title
from extract.reading import Reading, Span
from normalize.fold import fold
from normalize.text import TextLine

HEAD_LINES = 40  # a letterhead with stamps above it and a long title has never needed more
# the bodies and heads that decide: CHỦ TỊCH UBND HUYỆN · BAN CHẤP HÀNH ĐẢNG BỘ TỈNH · CHI CỤC TRƯỞNG CHI CỤC KIỂM LÂM
_DECIDES = (
    "uy ban", "chu tich", "hoi dong", "giam doc", "ubnd", "bo truong", "thu tuong", "ban thuong vu", "ban chap hanh",
    "tong giam doc", "hieu truong", "cuc truong", "chi cuc truong", "tong cuc truong", "chanh van phong", "thong doc",
    "vien truong", "chanh an", "truong ban", "chanh thanh tra", "truong phong", "quoc hoi",
)  # fmt: skip
_NUMBERED = re.compile(r"\W*so\s*[:.]?\s*\S*\d")
# BAN CHỈ ĐẠO CÁC / CHƯƠNG TRÌNH MTQG: an office's name, no title
_OF_OFFICE = re.compile(r"\W*(?:ban chi dao|ban quan ly|van phong)\b.*\bcac\W*(?:$|doc lap\b)")
_URGENT = re.compile(r"(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat)(?: hen gio)?")
# ĐẾN Số: … Ngày: … · Người ký: … · Độc lập - Tự do: what a stamp or the other column left behind
_STAMPED = re.compile(r"\W*(?:den|ngay|gio|chuyen|luu|nguoi ky|ky\s|co quan|doc lap|cong hoa|kinh gui|thoi gian)\b")
_WORN_ADDRESS = re.compile(r"\W*kinh(?:\sg\w{1,4}|[a-z]{2,4})\s*:")  # Kinh gtti: Uy ban · Kinhewm: |; not Kinh phí:
_LONGEST_OPENING = 4  # lines of a trích yếu that begins as a body does


def title_line(whole: Reading, lines: tuple[TextLine, ...]) -> int | None:
    """The first line that is nothing but a document type in capitals.

    `THÔNG BÁO`, `QUYÉT ĐỊNH` (misread); not `Thông báo` inside a sentence, nor, where a title follows, what stands
    right above the number, the end of an office's name: `BAN CHỈ ĐẠO CÁC` / `CHƯƠNG TRÌNH MTQG`.
    """
    found = list(_titles(whole, lines))
    below = (i for i in found if not any(_NUMBERED.match(fold(whole.line(line))) for line in lines[i + 1 : i + 3]))
    others = (i for i in found if not (i and _OF_OFFICE.match(fold(whole.line(lines[i - 1])))))
    return next(below, next(others, None))


def _titles(whole: Reading, lines: tuple[TextLine, ...]) -> Iterator[int]:
    """The lines above the body that are nothing but a type."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        if type_of_title(whole.line(line)) is not None:
            yield index
        elif index > 4 and opens_body(whole.line(line)):
            return


def first_body_line(whole: Reading, lines: tuple[TextLine, ...]) -> int:
    """Where the body of a công văn begins: at `Kính gửi`, or at the first opening phrase."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        if is_addressed(whole.line(line)):
            return index
    for index, line in enumerate(lines[:HEAD_LINES]):
        if index > 2 and opens_body(whole.line(line), begins_block(lines, index)):
            return index
    return min(len(lines), 8)


def is_addressed(line: str) -> bool:
    """`Kính gửi: Sở Tài chính`, also misread (`Kinh giri:`, `Kinh gtti:`)."""
    return _WORN_ADDRESS.match(fold(line)) is not None or fuzz.ratio(fold(line).lstrip(" -.")[:8], "kinh gui") >= 80


def begins_block(lines: tuple[TextLine, ...], index: int) -> bool:
    """Does a paragraph or a page begin with this line?"""
    return index == 0 or lines[index].block != lines[index - 1].block or lines[index].page != lines[index - 1].page


def find_subject(
    whole: Reading, lines: tuple[TextLine, ...], title: int | None, left: list[Piece]
) -> tuple[list[Span], int]:
    """The spans of the trích yếu, and the index of the line after it."""
    if title is None:
        return _subject_of_letter(whole, left), first_body_line(whole, lines)
    spans: list[Span] = []
    index = title + 1
    while index < len(lines) and len(spans) < 8 and _continues_subject(whole, lines, index, bool(spans)):
        spans.append((lines[index].start, lines[index].end))
        index += 1
    kept = before_sentence(whole, spans, left)
    if kept < len(spans):
        return spans[:kept], title + 1 + kept
    return spans or _subject_of_letter(whole, left), index  # TỜ TRÌNH, and its V/v under the number


_SPAN_OF_TIME = re.compile(r"0?\d\s+tháng\s+(?:đầu|cuối)\b")  # 6 tháng đầu năm và phương hướng, below a gap


def _continues_subject(whole: Reading, lines: tuple[TextLine, ...], index: int, begun: bool) -> bool:
    text = whole.line(lines[index]).strip()
    new_block = begun and begins_block(lines, index)
    centred = _is_centred(whole, lines[index])
    if is_addressed(text) or is_heading(text) or is_recipients(text):
        return False
    if titles_action(text) if not begun else text[:1].islower() and not whole.line(lines[index - 1]).endswith("."):
        return True
    if opens_body(text, new_block and not centred):
        return not begun and _before_opening(whole, lines, index)
    if not begun:
        return True
    if _is_authority_line(text) and not wants_more(whole.line(lines[index - 1])):
        return False
    return not new_block or text[:1].islower() or centred or _SPAN_OF_TIME.match(text) is not None


def _before_opening(whole: Reading, lines: tuple[TextLine, ...], index: int) -> bool:
    """`Thực hiện Chỉ thị số 05-CT/TW về đẩy mạnh học tập` above `Thực hiện Chỉ thị số 05-CT/TW ngày …`: a trích yếu.

    It ends in no stop, nor in the semicolon of `Căn cứ …;`, where the next line opens the body.
    """
    below = range(index + 1, min(index + 1 + _LONGEST_OPENING, len(lines)))
    opening = next((k for k in below if opens_body(whole.line(lines[k]), begins_block(lines, k))), None)
    return opening is not None and whole.line(lines[opening - 1]).rstrip()[-1:].isalnum()


def _is_centred(whole: Reading, line: TextLine) -> bool:
    """Does the line stand in the middle of its page, clear of both margins? A dump's lines never tell."""
    boxes = [word.box for word in whole.words(line.start, line.end) if word.box]
    column = [word.box for word in whole.text.words if word.box and word.page == line.page]
    if not boxes:
        return False
    left, right = min(b.left for b in column), max(b.right for b in column)
    before, after = boxes[0].left - left, right - boxes[-1].right
    return min(before, after) > 0.03 * (right - left) and abs(before - after) < 0.12 * (right - left)


def _is_authority_line(line: str) -> bool:
    """The body that decides, between title and bases: `ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI`, `CHỦ TỊCH UBND HUYỆN`."""
    letters = [c for c in line if c.isalpha()]
    head = fold(line).lstrip(" -–—_.,'|~*")
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters) and head.startswith(_DECIDES)


def _is_worded(line: str) -> bool:
    """Is a line more than a sign of a stamp beside it? The year that ends a trích yếu is."""
    return sum(c.isalnum() for c in line) > 1


def _subject_of_letter(whole: Reading, left: list[Piece]) -> list[Span]:
    """In a công văn the trích yếu stands under the number: `V/v công bố Danh mục TTHC` and the lines after it.

    The Party's letters may leave out `V/v`: then it is what stands in small letters below the number.
    """
    left = [piece for piece in left if _is_worded(whole.string[piece.start : piece.end])]
    left = [piece for piece in left if not _URGENT.fullmatch(whole.folded[piece.start : piece.end].strip())]
    for index, piece in enumerate(left):
        if re.match(r"v\s*/\s*va?\b|ve viec\b", whole.folded[piece.start : piece.end].lstrip(" -.")):
            return [later.span for later in left[index:] if not whole.string[slice(*later.span)].isupper()]
    numbered = [i for i, piece in enumerate(left) if _NUMBERED.match(whole.folded[piece.start : piece.end])]
    below = left[numbered[-1] + 1 :] if numbered else []
    below = list(takewhile(lambda piece: not _STAMPED.match(whole.folded[piece.start : piece.end]), below))
    words = " ".join(whole.string[slice(*piece.span)] for piece in below).split()
    small = sum(word.islower() for word in words)
    return [piece.span for piece in below] if len(words) >= 3 and small >= 0.6 * len(words) else []
