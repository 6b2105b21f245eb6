"""Cutting the lines of the signature block into its two columns, and what both blocks are cut into.

A scan's lines already know their side. A dump's lines run across both, as in
`UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM` or `- UBND tỉnh (để b/c); PHÓ GIÁM ĐỐC`, and are cut
where something begins that only the right column holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.parts.side_by_side import GAP, Column, columns_of, names_beside, of_the_last, titles_beside
from extract.reading import Reading
from extract.words.authorities import IN_WORDS, STOPLESS
from extract.words.names import looks_like_name, name_within, rank_start, rare_surname
from extract.words.titles import match_title, title_at_end
from normalize.fold import fold
from normalize.letters import SMALL, UPPER
from normalize.text import TextLine
from ocr.page import Region

FEWEST_NAMED = 4  # words of two names, less one
Side = Literal["left", "right", "date"]

# Lạng Sơn, ngày 30 tháng 11 năm 2023 · misread: ngay70 thang 11 nam 2023, ngày@© tháng 11 năm 2024, ngàu 09 tháng 12
# năm mm 2014, nadm 2012, năm 202.3, năm 202; ngày Í [tháng: an 11; Thành phố Hồ Chí Minh, risàty 21
DATE = re.compile(
    r"(?:n[gs]\w[yu]|(?<=,\s)\w{3,6}(?=\s\d))[\s.:]*(?P<day>\S{0,5}?(?:\s[\d\[|])?)[\s-]*\bth\wng\s*(?P<month>\S{0,3})\s+n\w{1,2}m\s*:?\s*(?:[^\W\d]{1,2}\s+)?"
    r"(?P<year>[\dOol](?:[.,]?[\dOol]){3}|20[\dOol](?!\w))?"
)
# KT. CHỦ TỊCH · TL, GIÁM ĐỐC · THỪA LỆNH CỤC TRƯỞNG; not `Chi cục TL, Chi cục BVMT`, `Các Ban: KT, AT`,
# `Chi cục Thuế Q. Ninh Kiều` among recipients
_UNCAPPED = rf"[^\W\d_]{SMALL}"  # a word that is not in capitals
_AUTHORITY = re.compile(
    rf"(?<![\w.])(?:(?:TM|KT|TL|TU[QO0G]|Q(?!\W+{_UNCAPPED}))\s*(?:\.|,(?!\s*{_UNCAPPED}|\s*\S{{1,5}}[,;.]))|T/M|K/T|T/L|"
    rf"{STOPLESS}|{IN_WORDS})\s*(?=[^\W\d_]{{2}})"
)
_AUTHORITY_TITLE = re.compile(rf"{_AUTHORITY.pattern}(?=[{UPPER}]{{2}})")
# Lưu: VT · Lưu VP · - Lưu Hội. · - Lưu hồ sơ vụ án: behind a dash whatever follows is kept by it
_FILED = re.compile(
    r"[\s\W]*(?:[a-z]uu\s*:(?=\s*vt\b)|l\wu\s*(?:[:;.]|(?=(?:vt|vp|hc|nv|van|hs|tchc)\w*\b)))|"
    r"\s*[-–—~+•*]\s*luu\s+(?!tru\b)"
)
_RECIPIENTS = re.compile(r"\W*(?:noi\s+(?:nhan|gui)\b|gui\s*:)")
_OF_LIST = re.compile(r"\W*(?:noi\s+(?:nhan|gui)\b|gui\s*:)|\s*[-–—~+•*]")  # Nơi nhận: · - UBND tỉnh;
_LISTED = re.compile(r"\s*[-–—~+•*]")
_SYLLABLES = re.compile(r"\s*[^\W\d_]+(?:\s+(?:-\s+)?[^\W\d_]+)+\s*")  # TRUNG HỌC - GIÁO DỤC THƯỜNG XUYÊN


@dataclass(frozen=True, slots=True)
class Piece:
    """A half-open range of characters on one line, and the column it belongs to."""

    start: int
    end: int
    side: Side

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


# Giám đốc Sở Nông nghiệp và PTNT: what the head of a team is else, below his name
_OWN_POST = re.compile(
    r"(?:Phó\s+)?(?:Giám đốc|Chủ tịch|Chánh Văn phòng|Chánh Thanh tra|Trưởng (?:phòng|ban)|(?:Chi\s+)?[Cc]ục trưởng|"
    r"Bí thư)\s+"
    r"(?:Sở|UBND|Ủy ban|HĐND|Hội|Ban|Chi cục|Trung tâm|Phòng|Văn phòng|Huyện|Tỉnh|Đảng)\b"
)
# (Ký tên, đóng dấu) · (Đã ký): between title and name in copies; folded
SIGN_NOTE = re.compile(r"\s*(?:\(\s*(?:da\s+)?ky(?:\s+ten)?(?:\W+(?:va\s+)?(?:da\s+)?dong\s+dau)?\s*\)|da\s+ky)\s*")

_NOTED = re.compile(r"(?<=[;,)\w])\s+\(?(?:Đã|đã) ký\)?\s*$")  # the same behind a recipient


def signature_pieces(whole: Reading, lines: tuple[TextLine, ...]) -> list[Piece]:
    """Cut the lines of the signature block into recipients (left) and authority, title and name (right)."""
    turned = _turned(whole, lines)
    if turned:
        return turned
    pieces, above = list[Piece](), _Above()
    for line in lines:
        found, above = _pieces_of(whole, line, above)
        pieces += found
    return [piece for piece in pieces if whole.string[piece.start : piece.end].strip()]


@dataclass(frozen=True, slots=True)
class _Above:
    """What the lines above told of the block.

    `filed`: the last recipient stood there, `Lưu: VT`; `beside`: two signers stand side by side; `titles`: where those
    of several signers stand.
    """

    filed: bool = False
    beside: bool = False
    titles: tuple[Column, ...] = ()


def _pieces_of(whole: Reading, line: TextLine, above: _Above) -> tuple[list[Piece], _Above]:
    """The pieces of one line, and what is known below it."""
    if line.region in (Region.LEFT, Region.RIGHT):
        return [Piece(line.start, line.end, "left" if line.region is Region.LEFT else "right")], above
    if SIGN_NOTE.fullmatch(whole.folded, line.start, line.end):
        return [Piece(line.start, line.end, "right")], above
    line = _without_note(whole, line)
    right = _beside_list(whole, line)
    if right is not None:
        left = columns_of(whole, line)[0]
        pieces = [Piece(left.start, left.end, "left"), Piece(right.start, right.end, "right")]
        return pieces, _filed(whole, line, above)
    titles = () if _RECIPIENTS.match(whole.folded, line.start) else tuple(titles_beside(whole, line)) or above.titles
    above = replace(above, titles=titles)
    if titles or names_beside(whole, line):
        return _of_last_signer(whole, line, titles), above
    return _by_words(whole, line, above)


def _without_note(whole: Reading, line: TextLine) -> TextLine:
    """`- CT, các PCT UBND huyện; Đã ký`: the line without the note of a copy."""
    noted = _NOTED.search(whole.line(line))
    return replace(line, end=line.start + noted.start()) if noted else line


def _filed(whole: Reading, line: TextLine, above: _Above) -> _Above:
    """What is known below a line that may be the last recipient."""
    filed = above.filed or _FILED.match(whole.folded[line.start : line.end]) is not None
    return replace(above, filed=filed)


def _of_last_signer(whole: Reading, line: TextLine, titles: Sequence[Column]) -> list[Piece]:
    """What a line below the titles of several signers, or with their names, has of the last: the issuer's own."""
    columns = columns_of(whole, line)
    own = of_the_last(titles, columns) if titles else columns[-1]
    return [Piece(own.start, own.end, "right")] if own else []


def _by_words(whole: Reading, line: TextLine, above: _Above) -> tuple[list[Piece], _Above]:
    """The pieces of a line whose columns no blanks tell apart."""
    text = whole.line(line)
    second = _second_signer(text, above.beside)
    if second is not None:  # minutes: the other side's authority, title and name are nobody's here
        return [Piece(line.start + second, line.end, "right")], replace(above, beside=True)
    cut = line.start + _right_start(text, above.filed)
    return [Piece(line.start, cut, "left"), Piece(cut, line.end, "right")], _filed(whole, line, above)


def recipients_at_right(whole: Reading, line: TextLine) -> Column | None:
    """`Nơi nhận:` as the last of two columns: `TL. TRƯỞNG BAN                     Nơi nhận:`."""
    columns = columns_of(whole, line)
    headed = len(columns) > 1 and _RECIPIENTS.match(whole.folded, columns[-1].start, columns[-1].end)
    return columns[-1] if headed else None


def _turned(whole: Reading, lines: tuple[TextLine, ...]) -> list[Piece]:
    """The pieces of a block with the signer at the left and the recipients at the right; none of another block."""
    head = next((column for line in lines if (column := recipients_at_right(whole, line))), None)
    if head is None:
        return []
    begins = whole.inset(head.start) - GAP
    sides = [(column, whole.inset(column.start) >= begins) for line in lines for column in columns_of(whole, line)]
    return [Piece(column.start, column.end, "left" if listed else "right") for column, listed in sides]


def _beside_list(whole: Reading, line: TextLine) -> Column | None:
    """What stands at the right of a recipient, several blanks off: `- Lưu: VT, HCQT.       BSCKII. Nguyễn Sỹ Nhiếp`.

    Of several signers beside it the last is the issuer's own.
    """
    columns = columns_of(whole, line)
    if len(columns) < 2 or not _OF_LIST.match(whole.folded, line.start):
        return None
    last = whole.string[columns[-1].start : columns[-1].end]
    titled = (last.isupper() and (len(last.split()) > 1 or match_title(last, 90))) or _OWN_POST.match(last)
    stands = not last.endswith((";", ",")) and (titled or name_within(last) or rare_surname(last))
    return columns[-1] if stands else None


def _second_signer(text: str, beside: bool) -> int | None:
    """Where the second of two signers side by side begins on a line; None where there is one.

    `TM. UBND XÃ PHƯỚC HIỆP TM. ĐOÀN THẨM ĐỊNH` · `CHỦ TỊCH TRƯỞNG ĐOÀN`; names only below such a line (`beside`).
    """
    marks = [mark.start() for mark in _AUTHORITY.finditer(text) if mark[0].startswith(("TM", "T/M"))]
    if len(marks) == 2 and marks[0] == 0:
        return marks[1]
    if text.isupper():
        return second_title(text)
    cuts = _word_starts(text)
    named = beside and len(cuts) >= FEWEST_NAMED
    ways = (at for at in cuts if looks_like_name(text[:at].strip()) and looks_like_name(text[at:]))
    return min(ways, key=lambda at: abs(at - len(text) / 2), default=None) if named else None


def second_title(text: str) -> int | None:
    """Where the second of two titles in capitals begins, where a line holds nothing else: `THƯ KÝ CHỦ TRÌ`."""
    cuts = _word_starts(text) if text.isupper() else []
    return next((at for at in cuts if _is_title(text[:at]) and _is_title(text[at:])), None)


def _word_starts(text: str) -> list[int]:
    """Where the words of a line begin, but for the first."""
    return [match.start() for match in re.finditer(r"(?<=\s)\S", text)]


def _is_title(text: str) -> bool:
    """Is it a title alone, letter by letter?"""
    known = match_title(text.strip(), 95)
    return known is not None and len(known.split()) == len(text.split())


def _right_start(text: str, filed: bool) -> int:
    """The offset at which the right column begins on a line of a dump; its length if nothing of it is there.

    `Nơi nhận: KT. GIÁM ĐỐC` · `- UBND tỉnh (để b/c); PHÓ GIÁM ĐỐC` · `Nguyễn Văn Minh` below the Lưu line.
    """
    filing = _FILED.match(fold(text))
    authority = (_AUTHORITY_TITLE if filing else _AUTHORITY).search(text)  # Lưu: VT, KT. Lâm Hữu Phước
    if authority and not (filing and "," in authority[0]):  # Lưu: VT, KT, TH
        return authority.start()
    name = name_within(text[filing.end() :]) if filing else None
    if filing and name and len(text[filing.end() :][slice(*name)].split()) >= 3:
        return filing.end() + rank_start(text[filing.end() :][: name[0]])
    if _is_rest_of_title(text):
        return 0
    title = 0 if text.isupper() and match_title(text, 90) else title_at_end(text)
    if title is not None:
        return title
    if filed or (not _LISTED.match(text) and looks_like_name(text)):
        return 0
    stop = text.rfind(";")
    if stop >= 0 and looks_like_name(text[stop + 1 :]):
        return stop + 1
    return stop + 1 if stop >= 0 and len(text) - stop > 1 and not _joins_on(text[stop + 1 :]) else len(text)


def _is_rest_of_title(text: str) -> bool:
    """Syllables in capitals alone on a line, as recipients never are: `TRUNG HỌC - GIÁO DỤC THƯỜNG XUYÊN`, `NÔNG NGHIỆP
    VÀ PTNT`."""
    words = re.findall(r"\w+", text)
    spoken = all(set(fold(word)) & set("aeiouy") for word in (words[:-1] if "VÀ" in words[:-1] else words))
    return text.isupper() and spoken and _SYLLABLES.fullmatch(text) is not None


def _joins_on(rest: str) -> bool:
    """Does the text after a semicolon go on with the list (`Các Sở: Nội vụ; Giao thông vận tải, Giáo dục và`)?"""
    words = re.findall(r"[^\W\d_]+", rest)
    return len(words) >= 2 and rest.strip()[0].isalpha() and min(map(len, words[:2])) > 1 and rest.upper() != rest
