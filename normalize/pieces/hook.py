"""Signs that are a part of the word they touch: horns and hooks of `co’ quan`, `Chi: tich`, `st? dung` (sử dụng).

Counted on 5,680 lines of pairs and on 10,578 rendered ones: of 712 single quotes behind a word of mangled text about
701 belonged to it, of 194 question marks 192; of 41 colons behind the beginnings of chủ, thủ, phủ and đủ before a
small letter, 36.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from normalize.pieces.gate import Regime
from normalize.pieces.tokens import Kind, Piece

HOOKED = "ủùỦÙ"  # what a colon may be a part of
HORNS = "'’‘"
LONGEST = 9  # characters of a word with its sign
_ON = re.compile(r"\s+[^\W\d_A-ZĐ]")  # the sentence goes on
_COLON = re.compile(r"(?:[Cc]h|[Tt]h|[Pp]h|[Dd])[it]:")
Seen = Callable[[str], bool]


def with_hooks(
    string: str, cut: Sequence[Piece], where: Sequence[Regime], seen: Seen
) -> Iterator[tuple[Piece, Regime]]:
    """Pieces of a string with their regimes, in mangled text each sign that is a part of a word joined to it.

    `seen`: do pairs show a word that is read so?

    >>> from normalize.pieces.tokens import pieces
    >>> cut = list(pieces("Chi: tich, co’ quan"))
    >>> worn = [Regime.MANGLED] * len(cut)
    >>> [p.text for p, _ in with_hooks("Chi: tich, co’ quan", cut, worn, lambda word: False)]
    ['Chi:', 'tich', ',', 'co’', 'quan']
    """
    last: tuple[Piece, Regime] | None = None
    for piece, regime in zip(cut, where, strict=True):
        if last is not None and regime is Regime.MANGLED and _one(string, last[0], piece, seen):
            last = Piece(last[0].start, piece.end, last[0].text + piece.text, Kind.WORD), regime
            continue
        if last is not None:
            yield last
        last = piece, regime
    if last is not None:
        yield last


def _one(string: str, left: Piece, right: Piece, seen: Seen) -> bool:
    """Are two pieces that touch one word?"""
    read = left.text + right.text
    if left.end != right.start or len(read) > LONGEST or (left.kind is Kind.WORD) is (right.kind is Kind.WORD):
        return False
    if left.kind is Kind.WORD and right.text == ":":
        return bool(_COLON.fullmatch(read) and _ON.match(string, right.end))
    if left.kind is Kind.WORD and right.text in HORNS and string[right.end : right.end + 1].isalpha():
        return False  # trud‘ng: inside a word it is a letter of its own
    if left.kind is Kind.WORD and (right.text in HORNS or (right.text == "?" and _ON.match(string, right.end))):
        return True
    return {left.kind, right.kind} <= {Kind.WORD, Kind.OTHER, Kind.STOP} and seen(read)
