"""Cutting the lines above the title: bodies and number at the left, state, motto, place and date at the right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from extract.parts.columns import DATE, Piece
from extract.parts.side_by_side import columns_of
from extract.reading import Reading
from normalize.text import TextLine
from ocr.page import Region

_STATE = "cong hoa xa hoi chu nghia viet nam"
_MOTTO = "doc lap - tu do - hanh phuc"
_PARTY = "dang cong san viet nam"  # the Party's documents have it in the state's place
_PARTY_READ = "dbp0"  # what the Đ of ĐẢNG is read as
_OF_VIETNAM = re.compile(r"\W*(?:hoi|doan|tong|lien|mat\s+tran)\s.{4,30}viet\s*nam\W*$")  # HỘI NÔNG DÂN VIỆT NAM
_UNION = re.compile(r"(?<=\w)\s+(?P<union>doan (?:tncs|thanh nien cong san) ho chi minh)\s*$", re.MULTILINE)


def letterhead_pieces(whole: Reading, lines: tuple[TextLine, ...]) -> list[Piece]:
    """Cut the lines above the title. State name and motto are left out: they are on every notice."""
    stated = any(fuzz.partial_ratio(_STATE, whole.folded[line.start : line.end]) >= 75 for line in lines)
    pieces = [piece for line in lines for piece in _letterhead_line(whole, line, stated)]
    return [piece for piece in pieces if whole.string[piece.start : piece.end].strip()]


def _letterhead_line(whole: Reading, line: TextLine, stated: bool) -> Iterator[Piece]:
    folded = whole.folded[line.start : line.end]
    date = DATE.search(folded)
    if date:
        cut = line.start + _place_start(whole.string[line.start : line.start + date.start()])
        yield Piece(line.start, cut, "left")
        yield Piece(cut, line.end, "date")
        return
    for fixed in (_STATE, _MOTTO, _PARTY):
        alike = 75 if len(folded) >= 0.75 * len(fixed) else 92
        found = fuzz.partial_ratio_alignment(fixed, folded, score_cutoff=alike) if len(folded) >= 15 else None
        at = _word_start(folded, found.dest_start) if found else 0
        # the ends of names, CAO SU VIỆT NAM or KHOÁNG SẢN VIỆT NAM, are not the Party
        other = _OF_VIETNAM.match(folded) or (fixed == _PARTY and folded[at] not in _PARTY_READ)
        if found and not other:
            yield Piece(line.start, line.start + at, "left")
            return
    right = _right_of_body(whole, line, stated)
    yield Piece(line.start, right, "right" if line.region is Region.RIGHT else "left")
    yield Piece(right, line.end, "right")


def _right_of_body(whole: Reading, line: TextLine, stated: bool) -> int:
    """Where capitals begin several blanks off a body's name or a V/v: `đảng viên bị tố cáo          KHẨN`.

    The Youth Union's papers name the union there, not the state: `TỈNH ĐOÀN PHÚ YÊN ĐOÀN TNCS HỒ CHÍ MINH`.
    """
    union = None if stated else _UNION.search(whole.folded, line.start, line.end)
    if union is not None:
        return union.start("union")
    columns = columns_of(whole, line)
    last = whole.string[columns[-1].start : columns[-1].end] if columns else ""
    aside = len(columns) > 1 and last.isupper() and "/" not in last
    return columns[-1].start if aside else line.end


def _word_start(text: str, at: int) -> int:
    """The start of the word that `at` stands in, so that a cut never splits one."""
    return text.rfind(" ", 0, at + 1) + 1


def _place_start(before: str) -> int:
    """Where the place begins in what stands before the date: the last run of capitalised words.

    >>> _place_start("Số: 316 /TB-STNMT Lạng Sơn, ")
    18
    >>> _place_start("Số: 12/QĐ-UBND TP. Hồ Chí Minh, "), _place_start("MTQG HUYỆN Đắk R'Lấp, ")
    (15, 11)
    """
    words = list(re.finditer(r"\S+", before))
    start = len(before)
    for word in reversed(words[-6:]):
        bare = word.group().strip(",.;:")
        if bare in ("-", "–") and start < len(before):  # Bà Rịa - Vũng Tàu
            continue
        second = bare in ("phố", "xã", "trấn") and before[: word.start()].rstrip().endswith(("Thành", "Thị"))
        tail = re.sub(r"['’]\w", "", bare[1:])  # Đắk R'Lấp
        capital = bare[:1].isupper() and (tail.islower() or bare == "TP" or not tail)
        if not (second or capital) or bare in ("Số", "So"):
            break
        start = word.start()
    return start
