"""Which initials running text has: kế hoạch đầu tư spells KHĐT, and far more often than any phrase spells KHDT.

A phrase of two to five words counts for less with each word that is in no compound with its neighbours: `trong đó có`
is no phrase that anybody abbreviates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.fold import unmark
from normalize.model.language import BITS, END

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

LONGEST = 5  # words of a phrase
LOOSE = 0.1  # weight of a word that is in no compound
LEAST = 1.0  # weighted times that initials must stand in the corpus
LETTER = 0.01  # probability of a letter that is in no phrase with D or Đ
WIDTH = 5  # bits of a letter
BARRED = 27  # number of Đ; A to Z are 1 to 26


@dataclass(frozen=True, slots=True)
class Initials:
    """Sorted keys of initials that have D or Đ, and the log probability that a phrase has them."""

    keys: Numbers
    logp: Floats

    def likelihood(self, name: str) -> float:
        """How likely an abbreviation is, as phrases and single letters side by side, in all ways to cut it.

        >>> found = Initials(np.array([_key("BĐS")]), np.log(np.array([0.001], np.float32)))
        >>> round(found.likelihood("QBĐS"), 8), round(found.likelihood("QBDS"), 8)
        (1.001e-05, 1e-08)
        """
        ways = [1.0]
        for end in range(1, len(name) + 1):
            starts = range(max(end - LONGEST, 0), end)
            ways.append(sum(ways[start] * self._phrase(name[start:end]) for start in starts))
        return ways[-1]

    def _phrase(self, part: str) -> float:
        if len(part) == 1:
            return LETTER
        key = _key(part)
        at = int(np.searchsorted(self.keys, key))
        return float(np.exp(self.logp[at])) if at < len(self.keys) and self.keys[at] == key else 0.0


NO_INITIALS = Initials(np.zeros(0, np.int64), np.zeros(0, np.float32))


def _letter(word: str) -> int:
    """The number of a word's initial, without the marks of vowels; 0 for none."""
    first = word[:1].upper()
    bare = unmark(first)
    return BARRED if first == "Đ" else ord(bare) - 64 if "A" <= bare <= "Z" else 0


def _key(name: str) -> int:
    key = 0
    for letter in name:
        key = key << WIDTH | _letter(letter)
    return key


def counted(sentences: Iterable[Sequence[int]], known: Mapping[str, int], compounds: Numbers) -> Initials:
    """The initials of all phrases of a corpus. `sentences`: numbers of words; `compounds`: sorted keys of neighbours.

    >>> known = {"đầu": 6, "tư": 7}
    >>> found = counted([[6, 7], [6, 7]], known, np.array([6 << BITS | 7]))
    >>> found.keys.tolist() == [_key("ĐT")], round(float(np.exp(found.logp[0])), 2)
    (True, 0.33)
    """
    stream = np.array([number for sentence in sentences for number in (*sentence, END)], np.int64)
    letters = np.zeros(max(stream.max(initial=0), *known.values()) + 1, np.int64)
    letters[list(known.values())] = [_letter(word) for word in known]
    letter = letters[stream]
    bound = np.isin(stream[:-1] << BITS | stream[1:], compounds)
    found = [_of_length(n, letter, bound) for n in range(2, min(LONGEST, len(stream)) + 1)]
    keys, times = (np.concatenate(some) for some in zip(*found, strict=True))
    order = np.argsort(keys)
    return Initials(keys[order], np.log(times[order] / len(stream)).astype(np.float32))


def _of_length(size: int, letter: Numbers, bound: NDArray[np.bool_]) -> tuple[Numbers, NDArray[np.float64]]:
    """Keys of the initials of so many words, and their weighted times."""
    many = len(letter) - size + 1
    rows = np.stack([letter[i : many + i] for i in range(size)])
    some = np.nonzero((rows > 0).all(0) & np.isin(rows, (_letter("D"), BARRED)).any(0))[0]
    left = np.concatenate([[False], bound])[some + np.arange(1, size)[:, None]]
    none = np.zeros((1, len(some)), bool)
    loose = size - (np.concatenate([none, left]) | np.concatenate([left, none])).sum(0)
    weights = 1 << WIDTH * np.arange(size - 1, -1, -1)
    keys: Numbers
    keys, which = np.unique(weights @ rows[:, some], return_inverse=True)
    times: NDArray[np.float64] = np.bincount(which, LOOSE**loose, len(keys)).astype(np.float64)
    return keys[times >= LEAST], times[times >= LEAST]
