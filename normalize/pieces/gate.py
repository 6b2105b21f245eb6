"""Which regime a block of text is in: everything restoration may do depends on it.

Each word speaks for or against each regime by its class; a line's words are added up, and neighbouring lines hold
together as in a hidden Markov model, so that a line of three words is judged with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from normalize.fold import fold
from normalize.pieces.tokens import Kind, Piece
from normalize.syllable import spelling


class Regime(StrEnum):
    """How a block was read."""

    MANGLED = "mangled"  # by a model of another language: marks lost or wrong, letters damaged
    STRIPPED = "stripped"  # the marks taken off, the letters whole
    ACCENTED = "accented"  # with its marks, by a Vietnamese model or from a text layer
    FOREIGN = "foreign"  # not Vietnamese: left alone


@dataclass(frozen=True, slots=True)
class Block:
    """A run of characters [start, end) of the text as given, and its regime."""

    start: int
    end: int
    regime: Regime


# Share of words of each class in a regime, counted over pages rendered and read, the worst of them more than others
# (last column: English and French pages).
#   right: a syllable with a mark that no Western language has; acute: a syllable whose only mark is é;
#   plain: ASCII, and some syllable without its marks; long: no syllable, and vowels apart from each other;
#   wavy: the same, but so short that damage makes it, too (`vige`, `logi`, `dude` for việc, loại, được);
#   odd: no syllable, with other letters, digits or signs inside; other: the rest
_SHARES: dict[str, tuple[float, float, float, float]] = {
    #        mangled stripped accented foreign
    "right": (0.010, 0.0005, 0.845, 0.010),
    "acute": (0.020, 0.0005, 0.002, 0.005),
    "plain": (0.600, 0.9750, 0.119, 0.280),
    "long": (0.010, 0.0070, 0.003, 0.370),
    "wavy": (0.045, 0.0030, 0.002, 0.085),
    "odd": (0.200, 0.0030, 0.020, 0.060),
    "other": (0.115, 0.0110, 0.010, 0.190),
}
_CLASSES = {name: i for i, name in enumerate(_SHARES)}
_LOGS = np.log(np.array(list(_SHARES.values())))
_POLYSYLLABLE = re.compile(r"[aeiouy][^\Waeiouy\d_]+[aeiouy]")
_ORDER = (Regime.MANGLED, Regime.STRIPPED, Regime.ACCENTED, Regime.FOREIGN)
SHORT = 5  # letters of a polysyllable that may be a damaged syllable
_SWITCH = 9.0  # nats for a change of regime between two lines


def regimes(string: str, cut: Sequence[Piece], syllables: frozenset[str], folded: frozenset[str]) -> tuple[Block, ...]:
    """The regimes of a string's lines, neighbours of one regime joined.

    `syllables`: the closed inventory; `folded`: the same without marks.
    """
    ends = [i + 1 for i, c in enumerate(string) if c == "\n"] + [len(string)]
    seen: list[int] = []  # line and class of each word, in one number
    line = 0
    for piece in cut:
        while piece.start >= ends[line]:
            line += 1
        if piece.kind is Kind.WORD:
            seen.append(line * len(_CLASSES) + _CLASSES[word_class(piece.text, syllables, folded)])
    counts = np.bincount(np.array(seen, np.int64), minlength=len(ends) * len(_CLASSES))
    weights: list[list[float]] = (counts.reshape(len(ends), -1) @ _LOGS).tolist()
    return _joined(ends, _one_reader(_likeliest(weights)))


@lru_cache(65536)
def word_class(word: str, syllables: frozenset[str], folded: frozenset[str]) -> str:
    """The class of a word, as in the table of shares.

    >>> known = frozenset({"về", "vé", "hiện"}), frozenset({"ve", "hien"})
    >>> [word_class(w, *known) for w in ("về", "vé", "hien", "hién")]
    ['right', 'acute', 'plain', 'odd']
    """
    known = spelling(word)
    if not known.isascii():
        if known not in syllables:
            return _long(known) if _POLYSYLLABLE.search(fold(known)) else "odd"
        return "acute" if known.replace("é", "e").isascii() else "right"
    if fold(known) in folded:
        return "plain"
    if _POLYSYLLABLE.search(fold(known)):
        return _long(known)
    return "other" if known.isalpha() else "odd"


def _long(word: str) -> str:
    return "long" if len(word) > SHORT and word.isalpha() else "wavy"


def _likeliest(weights: Sequence[Sequence[float]]) -> list[Regime]:
    """Viterbi over the lines."""
    score, back = list(weights[0]), []
    for row in weights[1:]:
        top = max(range(4), key=score.__getitem__)
        came = [r if score[r] >= score[top] - _SWITCH else top for r in range(4)]
        score = [max(score[r], score[top] - _SWITCH) + row[r] for r in range(4)]
        back.append(came)
    at = max(range(4), key=score.__getitem__)
    path = [at]
    for came in reversed(back):
        at = came[at]
        path.append(at)
    return [_ORDER[r] for r in reversed(path)]


def _one_reader(path: Sequence[Regime]) -> Sequence[Regime]:
    """In a text that a foreign model read, capitals come out plain, but their letters are damaged all the same."""
    if Regime.MANGLED not in path:
        return path
    return [Regime.MANGLED if regime is Regime.STRIPPED else regime for regime in path]


def _joined(ends: Sequence[int], path: Sequence[Regime]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    for end, regime in zip(ends, path, strict=True):
        if blocks and blocks[-1].regime is regime:
            blocks[-1] = Block(blocks[-1].start, end, regime)
        else:
            blocks.append(Block(start, end, regime))
        start = end
    return tuple(blocks)
