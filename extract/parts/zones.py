"""Where the parts of a notice stand: letterhead, title, opening, body, recipients, signature.

The layout is that of Decree 30/2020, Appendix I. Letterhead and signature block have two columns: a scan's lines
come with their side (`Region`), a dump's lines run across both and are cut here at what only the right column
holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from rapidfuzz import fuzz

from extract.parts.columns import SIGN_NOTE, Piece, second_title, signature_pieces
from extract.parts.first_sentence import before_sentence, wants_more
from extract.parts.headings import is_heading, opens_body, titles_action, type_of_title
from extract.parts.letterhead import letterhead_pieces
from extract.parts.side_by_side import names_beside, titles_beside
from extract.parts.strays import strays
from extract.reading import Reading
from extract.words.authorities import IN_WORDS
from extract.words.names import looks_like_name
from extract.words.titles import match_title
from normalize.fold import fold
from normalize.text import TextLine

LAST_LINES = 12  # of a notice without recipients: minutes end with who signed
HEAD_LINES = 40  # a letterhead with stamps above it and a long title has never needed more
Span = tuple[int, int]
# the bodies and heads that decide: CHỦ TỊCH UBND HUYỆN · BAN CHẤP HÀNH ĐẢNG BỘ TỈNH · CHI CỤC TRƯỞNG CHI CỤC KIỂM LÂM
_DECIDES = (
    "uy ban", "chu tich", "hoi dong", "giam doc", "ubnd", "bo truong", "thu tuong", "ban thuong vu", "ban chap hanh",
    "tong giam doc", "hieu truong", "cuc truong", "chi cuc truong", "tong cuc truong", "chanh van phong", "thong doc",
    "vien truong", "chanh an", "truong ban", "chanh thanh tra", "truong phong", "quoc hoi",
)  # fmt: skip

_NUMBERED = re.compile(r"\W*so\s*[:.]?\s*\S*\d")
_URGENT = re.compile(r"(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat)(?: hen gio)?")
# ĐẾN Số: … Ngày: … · Người ký: … · Độc lập - Tự do: what a stamp or the other column left behind
_STAMPED = re.compile(r"\W*(?:den|ngay|gio|chuyen|luu|nguoi ky|ky\s|co quan|doc lap|cong hoa|kinh gui|thoi gian)\b")


@dataclass(frozen=True, slots=True)
class Zones:
    """Each part as a reading of its own; empty where the notice has none.

    `opening` runs from the title to the first numbered heading, `Điều 1` or `như sau:`, whichever comes first
    (contract: what is cited there is a basis); `opening_end` is its end as an offset into `whole`, and
    `body_start`, `body_end` bound everything between title and signature; the notice's own annex begins at
    `annex_start`, where the text ends if there is none.
    """

    whole: Reading
    letterhead: Reading  # left column: bodies, number, V/v
    place_date: Reading
    title: Reading  # the line with the type; empty in a công văn
    subject: Reading
    subject_spans: tuple[Span, ...]  # where the subject stands in `whole`
    addressed: Reading
    recipients: Reading
    signature: Reading
    body_start: int
    opening_end: int
    body_end: int
    annex_start: int

    @property
    def body(self) -> Reading:
        return self.whole.part([(self.body_start, self.body_end)])


def find_zones(whole: Reading) -> Zones:
    """Cut a notice into its parts. Never fails: what is not found is empty."""
    lines = whole.text.lines
    title = _title_line(whole, lines)
    head_end = title if title is not None else _first_body_line(whole, lines)
    below = strays(whole, lines[title + 1 :]) if title is not None else ()
    head = letterhead_pieces(whole, (*lines[:head_end], *below))
    lines = tuple(line for line in lines if line not in below)
    left = [piece for piece in head if piece.side == "left"]
    subject, after_subject = _subject(whole, lines, title, left)
    addressed, body_line = _addressed(whole, lines, after_subject)
    foot = _foot_line(whole, lines, body_line)
    end = _annex_line(whole, lines, foot)
    block = signature_pieces(whole, lines[foot:end])
    body_start, body_end = _offset(whole, lines, body_line), _offset(whole, lines, foot)
    return Zones(
        whole=whole,
        letterhead=whole.part([piece.span for piece in left if piece.span not in subject]),
        place_date=whole.part([piece.span for piece in head if piece.side == "date"]),
        title=whole.part([(lines[title].start, lines[title].end)] if title is not None else []),
        subject=whole.part(subject),
        subject_spans=tuple(subject),
        addressed=whole.part(addressed),
        recipients=whole.part([piece.span for piece in block if piece.side == "left"]),
        signature=whole.part([piece.span for piece in block if piece.side == "right"]),
        body_start=body_start,
        opening_end=_opening_end(whole, lines[body_line:foot], body_end),
        body_end=body_end,
        annex_start=_offset(whole, lines, end),
    )


def _offset(whole: Reading, lines: tuple[TextLine, ...], index: int) -> int:
    return lines[index].start if index < len(lines) else len(whole.string)


def _line(whole: Reading, line: TextLine) -> str:
    return whole.string[line.start : line.end]


def _title_line(whole: Reading, lines: tuple[TextLine, ...]) -> int | None:
    """The first line that is nothing but a document type in capitals.

    `THÔNG BÁO`, `QUYÉT ĐỊNH` (misread); not `Thông báo` inside a sentence.
    """
    for index, line in enumerate(lines[:HEAD_LINES]):
        if type_of_title(_line(whole, line)) is not None:
            return index
        if index > 4 and opens_body(_line(whole, line)):
            return None
    return None


def _first_body_line(whole: Reading, lines: tuple[TextLine, ...]) -> int:
    """Where the body of a công văn begins: at `Kính gửi`, or at the first opening phrase."""
    for index, line in enumerate(lines[:HEAD_LINES]):
        if _is_addressed(_line(whole, line)):
            return index
    for index, line in enumerate(lines[:HEAD_LINES]):
        if index > 2 and opens_body(_line(whole, line), _new_block(lines, index)):
            return index
    return min(len(lines), 8)


def _is_addressed(line: str) -> bool:
    """`Kính gửi: Sở Tài chính`, also misread (`Kinh giri:`)."""
    return fuzz.ratio(fold(line).lstrip(" -.")[:8], "kinh gui") >= 80


def _subject(
    whole: Reading, lines: tuple[TextLine, ...], title: int | None, left: list[Piece]
) -> tuple[list[Span], int]:
    """The spans of the trích yếu, and the index of the line after it."""
    if title is None:
        return _subject_of_letter(whole, left), _first_body_line(whole, lines)
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
    text = _line(whole, lines[index]).strip()
    new_block = begun and _new_block(lines, index)
    centred = is_centred(whole, lines[index])
    if _is_addressed(text) or is_heading(text) or _is_recipients(text):
        return False
    if titles_action(text) if not begun else text[:1].islower() and not _line(whole, lines[index - 1]).endswith("."):
        return True
    if opens_body(text, new_block and not centred):
        return False
    if not begun:
        return True
    if _is_authority_line(text) and not wants_more(_line(whole, lines[index - 1])):
        return False
    return not new_block or text[:1].islower() or centred or _SPAN_OF_TIME.match(text) is not None


def is_centred(whole: Reading, line: TextLine) -> bool:
    """Does the line stand in the middle of its page, clear of both margins? A dump's lines never tell."""
    boxes = [word.box for word in whole.words(line.start, line.end) if word.box]
    column = [word.box for word in whole.text.words if word.box and word.page == line.page]
    if not boxes:
        return False
    left, right = min(b.left for b in column), max(b.right for b in column)
    before, after = boxes[0].left - left, right - boxes[-1].right
    return min(before, after) > 0.03 * (right - left) and abs(before - after) < 0.12 * (right - left)


def _new_block(lines: tuple[TextLine, ...], index: int) -> bool:
    """Does a paragraph or a page begin with this line?"""
    return index == 0 or lines[index].block != lines[index - 1].block or lines[index].page != lines[index - 1].page


def _is_authority_line(line: str) -> bool:
    """The body that decides, between title and bases: `ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI`, `CHỦ TỊCH UBND HUYỆN`."""
    letters = [c for c in line if c.isalpha()]
    head = fold(line).lstrip(" -–—_.,'|~*")
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters) and head.startswith(_DECIDES)


def _subject_of_letter(whole: Reading, left: list[Piece]) -> list[Span]:
    """In a công văn the trích yếu stands under the number: `V/v công bố Danh mục TTHC` and the lines after it.

    The Party's letters may leave out `V/v`: then it is what stands in small letters below the number.
    """
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


def _addressed(whole: Reading, lines: tuple[TextLine, ...], index: int) -> tuple[list[Span], int]:
    """The lines of `Kính gửi:` and the index of the first line of the body proper."""
    if index >= len(lines) or not _is_addressed(_line(whole, lines[index])):
        return [], index
    spans = [(lines[index].start, lines[index].end)]
    first = index
    index += 1
    while index < len(lines) and index - first < 20 and _continues_address(whole, lines, index):
        spans.append((lines[index].start, lines[index].end))
        index += 1
    return spans, index


def _continues_address(whole: Reading, lines: tuple[TextLine, ...], index: int) -> bool:
    text = _line(whole, lines[index]).strip()
    if opens_body(text) or is_heading(text):
        return False
    if re.match(r"[-–—~+•]", text):
        return True
    before = _line(whole, lines[index - 1]).rstrip()
    return not before.endswith((".", "./.")) and (lines[index].block == lines[index - 1].block or before.endswith(";"))


def _foot_line(whole: Reading, lines: tuple[TextLine, ...], body: int) -> int:
    """The line where the signature block begins: `Nơi nhận`, or an authority (`TM. ỦY BAN …`) just before it."""
    for index in range(body, len(lines)):
        text = _line(whole, lines[index])
        if _is_recipients(text):
            alone = looks_like_name(_line(whole, lines[index - 1]).strip())
            named = index - 1 if alone or names_beside(whole, lines[index - 1]) else index
            above = list(takewhile(lambda k: _is_signed(whole, lines[k]), range(named - 1, body, -1)))
            return above[-1] if above else index
    last = range(max(body, len(lines) - LAST_LINES), len(lines))
    return next(
        (i for i in range(body, len(lines)) if _is_authority(_line(whole, lines[i]))),
        next((i for i in last if _has_two_signers(whole, lines[i])), len(lines)),
    )


def _has_two_signers(whole: Reading, line: TextLine) -> bool:
    """`THƯ KÝ CHỦ TRÌ`: minutes end so, without recipients."""
    return bool(titles_beside(whole, line)) or second_title(_line(whole, line)) is not None


_SENT = re.compile(r"\W*(?:Nơi\s+gửi|Gửi)\s*:")  # Nơi gửi: · Gửi:          THẨM PHÁN


def _is_recipients(line: str) -> bool:
    """`Nơi nhận:`, also misread (`Noinhgn:`, `Nơi nhân`); `Gửi:` with nothing behind it but the right column."""
    start = fold(line).replace(" ", "").lstrip("'`\".,-*")[:7]
    sent = _SENT.match(line)
    rest = line[sent.end() :].strip() if sent else ""
    return fuzz.ratio(start, "noinhan") >= 80 or (sent is not None and (not rest or rest.isupper()))


_AUTHORITY = re.compile(rf"\s*((TM|KT|TL|TUQ|Q)\s*[.,]|T/M|K/T|T/L|{IN_WORDS})\s*[^\W\d_]")


def _is_authority(line: str) -> bool:
    """`TM. ỦY BAN NHÂN DÂN`, `KT. GIÁM ĐỐC`: an authority in capitals that opens a line of its own."""
    return _AUTHORITY.match(line) is not None and line.upper() == line


def _is_signed(whole: Reading, line: TextLine) -> bool:
    """An authority or a title in capitals, or several side by side: older decisions are signed above `Nơi nhận`."""
    text = _line(whole, line)
    titled = text.strip().isupper() and match_title(text, 90) is not None
    noted = SIGN_NOTE.fullmatch(fold(text)) is not None
    return titled or noted or _is_authority(text) or bool(titles_beside(whole, line))


# QUY CHẾ / (Ban hành kèm theo Quyết định số 905/QĐ-UBND: what the notice itself puts into force
ENCLOSED = re.compile(
    r"\s*(?:quy che|quy dinh|ke hoach|phuong an|de an|noi quy|dieu le|chuong trinh)\b[^.;:()]{0,200}\n"
    r"\s*\((?:ban hanh )?kem theo\b"
)
_FILED = re.compile(r"\W*luu\b")  # - Lưu: VT, NN: nearly the last line of a notice


def _annex_line(whole: Reading, lines: tuple[TextLine, ...], foot: int) -> int:
    """Where an annex begins after the signature: a page headed `PHỤ LỤC` or `BIỂU`, or a second letterhead.

    Below the line that says where the notice is filed a head in capitals begins it on the same page, too.
    """
    filed = False
    for index in range(foot + 1, len(lines)):
        text = fold(_line(whole, lines[index])).strip()
        opens = lines[index].page != lines[index - 1].page or (filed and _line(whole, lines[index]).isupper())
        head = text.startswith(("phu luc", "bieu", "danh sach")) or "cong hoa xa hoi chu nghia" in text
        if opens and (head or ENCLOSED.match(whole.folded, lines[index].start)):
            return index
        filed = filed or _FILED.match(text) is not None
    return len(lines)


def _opening_end(whole: Reading, lines: tuple[TextLine, ...], end: int) -> int:
    for line in lines:
        text = _line(whole, line)
        if is_heading(text):
            return line.start
        stop = re.search(r"nhu\s+sau\s*?[:;.\n]", whole.folded[line.start : line.end + 12])
        if stop:
            return min(line.start + stop.end(), end)
    return end
