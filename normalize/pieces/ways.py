"""The way in which each piece of a text is opened to repair, by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.pieces.gate import Regime
from normalize.pieces.tokens import Kind, Piece
from normalize.syllable import Case, case_of

LONGEST_INITIALS = 4
_FIGURE_BEFORE = re.compile(r"\d{2}[./_]\Z")
_CODE_BEFORE = re.compile(r"\d/[^\W\d_][\w-]{0,12}[-/]\Z")  # 59/2007/QĐ-TU: the TU of a code is no word
_FIGURE_AFTER = re.compile(r"[./_]\d{2}")
_JOINTS = frozenset("./_-")
_BESIDE = re.compile(r"[ ,\n]{1,2}")  # what stands between two words of one text; an empty line parts them
_APART = re.compile(r"[,.;:]?(?:\s|\Z)")


def way_of(string: str, cut: list[Piece], at: int, regime: Regime) -> str:
    """How a piece is opened, by what stands around it."""
    piece = cut[at]
    if piece.kind is Kind.NUMBER:
        return "figure" if regime is Regime.MANGLED and _lone(string, cut, at) else "fixed"
    if piece.kind is Kind.OTHER:
        return "sign"
    single = len(piece.text) == 1
    if regime is Regime.ACCENTED and piece.kind is Kind.WORD:
        if _initials(cut, at):
            return "fixed"
        if _named(string, cut, at) or _alone(string, cut, at):
            return "name"
    if piece.text == "Q":  # Q. GIÁM ĐỐC: no word is a Q alone
        return "fixed"
    if _numbered(string, piece) or (single and (regime is Regime.ACCENTED or _leans(string, piece))):
        return "fixed"
    return "shouted" if piece.kind in (Kind.ABBREVIATION, Kind.MARKER) and _shouted(cut, at) else "open"


def _initials(cut: Sequence[Piece], at: int) -> bool:
    """Is a word the initials of an office, `TT HU` of Huyện ủy: a few capitals where the words around are none?"""
    text = cut[at].text
    return 1 < len(text) <= LONGEST_INITIALS and text.isupper() and not _shouted(cut, at)


def _named(string: str, cut: Sequence[Piece], at: int) -> bool:
    """Does a word stand beside another in title case, as the words of a name do: Bảo Quyên, An Vinh?"""
    if case_of(cut[at].text) is not Case.TITLE:
        return False
    near = [(cut[k], cut[k + 1]) for k in (at - 1, at) if 0 <= k < len(cut) - 1]
    return any(
        a.kind is b.kind is Kind.WORD
        and case_of(a.text) is case_of(b.text) is Case.TITLE
        and string[a.end : b.start].isspace()
        for a, b in near
    )


def _alone(string: str, cut: Sequence[Piece], at: int) -> bool:
    """Has a word no other beside it to be judged by: `Vắng 02:`, `57 chị`, `............ có` at a line's end?"""
    near = [(cut[k], cut[k + 1]) for k in (at - 1, at) if 0 <= k < len(cut) - 1]
    told = (Kind.WORD, Kind.ABBREVIATION)  # Cổng TTĐT: abbreviations speak for a word too
    words = (a.kind in told and b.kind in told for a, b in near if _BESIDE.fullmatch(string, a.end, b.start))
    return not any(words)


def _leans(string: str, piece: Piece) -> bool:
    """Does a sign or figure touch a single letter (`d=800`, `o|55`, `P.KT`), so that it is no word?"""
    before = string[max(piece.start - 1, 0) : piece.start]
    return bool(before.strip()) or not _APART.match(string, piece.end)


def _numbered(string: str, piece: Piece) -> bool:
    """Is a figure joined to a word by a point or a stroke (`98.DOC`, `trai/100`), as in a code or a file's name?"""
    if string[piece.start - 1 : piece.start] not in _JOINTS and string[piece.end : piece.end + 1] not in _JOINTS:
        return False
    return bool(
        _FIGURE_BEFORE.search(string, max(piece.start - 8, 0), piece.start)
        or _FIGURE_AFTER.match(string, piece.end)
        or _CODE_BEFORE.search(string, max(piece.start - 16, 0), piece.start)
    )


def _lone(string: str, cut: Sequence[Piece], at: int) -> bool:
    """Does a figure of one or two digits stand in a line between words, as ở and lộ do where they were read 6 and 16?

    The number of a row or an item opens its line, and its name has a capital.
    """
    piece, before, after = cut[at], cut[max(at - 1, 0)], cut[at + 1 : at + 2]
    left = string[before.end : piece.start]
    follows = before.kind is Kind.WORD or before.text == ","
    if len(piece.text) > 2 or not piece.text.isalnum() or not follows or not left.isspace():
        return False
    if not _APART.match(string, piece.end) or any(p.kind is Kind.NUMBER for p in after):
        return False
    return "\n" not in left or any(p.text[0].islower() for p in after)


def _shouted(cut: Sequence[Piece], at: int) -> bool:
    """Is a neighbouring word printed in capitals, as in a heading?"""
    near = [*cut[max(at - 1, 0) : at], *cut[at + 1 : at + 2]]
    return any(p.kind is Kind.WORD and len(p.text) > 1 and case_of(p.text) is Case.UPPER for p in near)
