"""Pairs of words that are expected: they raise what the language model says of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.model.language import BITS

Floats = NDArray[np.float32]
Words = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Boost:
    """Pairs of neighbouring words that are expected here, with their log probability: sorted keys.

    `begin`: log probability of each word as the first one of an expected name; empty where none is expected.
    """

    keys: Words
    logp: Floats
    begin: Floats

    def __contains__(self, pair: tuple[int, int]) -> bool:
        """Is a pair of words, by their numbers, expected?

        >>> pairs = Boost(np.array([3 << BITS | 5]), np.zeros(1, np.float32), np.zeros(0, np.float32))
        >>> (3, 5) in pairs, (3, 6) in pairs
        (True, False)
        """
        key = pair[0] << BITS | pair[1]
        at = int(np.searchsorted(self.keys, key))
        return at < len(self.keys) and bool(self.keys[at] == key)

    def raise_to(self, logp: Floats, before: Words, word: Words) -> Floats:
        """At least the boosted probability, where a pair is expected."""
        if not len(self.keys):
            return logp
        if len(self.begin):
            logp = np.maximum(logp, self.begin[word])
        key = before << BITS | word
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        return np.where(self.keys[at] == key, np.maximum(logp, self.logp[at]), logp)


def joined(some: Boost, others: Boost) -> Boost:
    """Two boosts as one: the likelier of what they say of a pair."""
    keys, logp = np.concatenate([some.keys, others.keys]), np.concatenate([some.logp, others.logp])
    order = np.lexsort((-logp, keys))
    keys, first = np.unique(keys[order], return_index=True)
    return Boost(keys, logp[order][first], some.begin if len(some.begin) else others.begin)


NO_BOOST = Boost(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32))
