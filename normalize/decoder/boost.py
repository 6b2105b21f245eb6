"""Pairs of words that are likelier in one text than in others: names that are expected, and what it says elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from normalize.model.expected import Boost, joined
from normalize.model.language import ABBREVIATION, BITS
from normalize.model.trained import Model
from normalize.pieces.tokens import Piece, pieces

FIRST = 0.02  # share of words that begin an expected name
AGAIN = 0.4  # share of a word's followers that are those it has elsewhere in the text
CALM = 4.0  # followers that nothing is known of: a pair seen once tells little


def boosted(names: Sequence[str], model: Model) -> Boost:
    """Expected names: their first words as frequent as names are, each next word as sure as the names make it; and
    the compounds of the language."""
    pairs: Counter[int] = Counter()
    first: Counter[int] = Counter()
    starts: Counter[int] = Counter()
    for name in names:
        words = [n for p in _pieces_of(name) if (n := model.number(p)) is not None]
        starts.update(words[:1])
        for a, b in pairwise(words):
            pairs[a << BITS | b] += 1
            first[a] += 1
    if not starts:
        return model.compounds
    keys = sorted(pairs)
    logp = np.log([0.5 * pairs[k] / first[k >> BITS] for k in keys])
    begin = np.full(len(model.language.words), -np.inf, np.float32)
    begin[list(starts)] = np.log(FIRST * np.array(list(starts.values())) / len(names))
    return joined(Boost(np.array(keys, np.int64), logp.astype(np.float32), begin), model.compounds)


def repeated(sentences: Iterable[Sequence[int | None]], names: Boost) -> Boost:
    """The names with the pairs of a text's sure words added (None: a word that is not sure), each as often as there."""
    pairs: Counter[int] = Counter()
    first: Counter[int] = Counter()
    for sentence in sentences:
        for a, b in pairwise(sentence):
            if a is not None and b is not None and a != b and min(a, b) > ABBREVIATION:
                pairs[a << BITS | b] += 1
                first[a] += 1
    keys = sorted(pairs)
    logp = np.log([AGAIN * pairs[key] / (first[key >> BITS] + CALM) for key in keys])
    return joined(names, Boost(np.array(keys, np.int64), logp.astype(np.float32), names.begin))


@lru_cache(maxsize=4096)
def _pieces_of(name: str) -> tuple[Piece, ...]:
    """The pieces of an expected name: most names are expected in every notice."""
    return tuple(pieces(name))
