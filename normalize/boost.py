"""Pairs of words that are likelier in one text than in others: names that are expected, and what it says elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from normalize.language import ABBREVIATION, BITS
from normalize.lattice import NO_BOOST, Boost
from normalize.model import Model
from normalize.tokens import Piece, pieces

FIRST = 0.02  # share of words that begin an expected name
AGAIN = 0.4  # share of a word's followers that are those it has elsewhere in the text
CALM = 4.0  # followers that nothing is known of: a pair seen once tells little


def boosted(names: Sequence[str], model: Model) -> Boost:
    """Expected names: their first words as frequent as names are, each next word as sure as the names make it."""
    pairs: dict[int, int] = {}
    first: dict[int, int] = {}
    starts: dict[int, int] = {}
    for name in names:
        words = [n for p in _pieces_of(name) if (n := model.number(p)) is not None]
        for a in words[:1]:
            starts[a] = starts.get(a, 0) + 1
        for a, b in pairwise(words):
            pairs[a << BITS | b] = pairs.get(a << BITS | b, 0) + 1
            first[a] = first.get(a, 0) + 1
    if not starts:
        return NO_BOOST
    keys = sorted(pairs)
    logp = np.log([0.5 * pairs[k] / first[k >> BITS] for k in keys])
    begin = np.full(len(model.language.words), -np.inf, np.float32)
    begin[list(starts)] = np.log(FIRST * np.array(list(starts.values())) / len(names))
    return Boost(np.array(keys, np.int64), logp.astype(np.float32), begin)


def repeated(sentences: Iterable[Sequence[int | None]], names: Boost) -> Boost:
    """The names with the pairs of a text's sure words added (None: a word that is not sure), each as often as there."""
    pairs: Counter[int] = Counter()
    first: Counter[int] = Counter()
    for sentence in sentences:
        for a, b in pairwise(sentence):
            if a is not None and b is not None and a != b and min(a, b) > ABBREVIATION:
                pairs[a << BITS | b] += 1
                first[a] += 1
    found = {key: float(np.log(AGAIN * many / (first[key >> BITS] + CALM))) for key, many in pairs.items()}
    for key, logp in zip(names.keys.tolist(), names.logp.tolist(), strict=True):
        found[key] = max(logp, found.get(key, logp))
    keys = np.array(sorted(found), np.int64)
    return Boost(keys, np.array([found[k] for k in keys.tolist()], np.float32), names.begin)


@lru_cache(maxsize=4096)
def _pieces_of(name: str) -> tuple[Piece, ...]:
    """The pieces of an expected name: most names are expected in every notice."""
    return tuple(pieces(name))
