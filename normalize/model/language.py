"""A language model over syllables: modified Kneser-Ney 4-grams in sorted arrays, looked up many at a time.

Estimated after Chen & Goodman (1999); pruned by the loss of likelihood (Stolcke 1998); backed off as in an ARPA file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Floats = NDArray[np.float32]

ORDER = 4
BITS = 13  # of a word's number; four fit into a signed 64-bit key
MANY = 4000  # keys from which it pays to sort them before they are looked up
UNKNOWN, START, END, NUMBER, CODE, ABBREVIATION = range(6)
SPECIAL = ("<unk>", "<s>", "</s>", "<number>", "<code>", "<abbreviation>")


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of one order: sorted keys, natural-log probabilities, back-off weights of them as contexts."""

    keys: Keys
    logp: Floats
    backoff: Floats

    def find(self, keys: Keys) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        """Which keys are there, and where."""
        if len(keys) < MANY:
            at = np.searchsorted(self.keys, keys)
        else:  # neighbours are looked up together, which spares the cache
            order = np.argsort(keys)
            at = np.empty(len(keys), np.intp)
            at[order] = np.searchsorted(self.keys, keys[order])
        at = np.minimum(at, len(self.keys) - 1)
        return self.keys[at] == keys, at


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """`words[i]` is word number i; `grams[n - 1]` holds the n-grams (the unigrams are dense)."""

    words: tuple[str, ...]
    grams: tuple[Grams, ...]

    def backoffs(self, history: Keys) -> Floats:
        """Back-off weights of the last 3, 2 and 1 words of histories of shape (n, 3): shape (3, n)."""
        out = np.zeros((3, len(history)), np.float32)
        key = np.zeros(len(history), np.int64)
        for length in (1, 2, 3):
            key |= history[:, 3 - length] << (BITS * (length - 1))
            found, at = self.grams[length - 1].find(key)
            out[3 - length] = np.where(found, self.grams[length - 1].backoff[at], 0)
        return out

    def score(self, history: Keys, backoff: Floats, word: Keys) -> Floats:
        """Natural-log probability of each word after its history; shapes (n, 3), (3, n) and (n,)."""
        out = self.grams[0].logp[word]
        key = word
        live = np.arange(len(word))
        for n in (2, 3, 4):  # an n-gram is there only if the shorter one that ends it is
            out = out + backoff[4 - n]
            key = key | history[live, 4 - n] << np.int64(BITS * (n - 1))
            found, at = self.grams[n - 1].find(key)
            live, key = live[found], key[found]
            out[live] = self.grams[n - 1].logp[at[found]]
        return out


def train(sentences: Sequence[Sequence[int]], words: Sequence[str], cost: float = 0.0) -> LanguageModel:
    """Estimate the model from sentences of word numbers; drop n-grams worth less than `cost` nats a million words."""
    stream = _stream(sentences)
    counts = [_counted(stream, n) for n in range(1, ORDER + 1)]
    lower = [_continuations(counts[n][0], counts[n - 1], n) for n in range(1, ORDER)] + [counts[-1]]
    full = _interpolated(lower, len(words))
    return LanguageModel(tuple(words), _pruned(full, counts, cost, len(stream)))


def _stream(sentences: Sequence[Sequence[int]]) -> Keys:
    """All sentences in one row, each led by three starts and closed by an end."""
    flat: list[int] = []
    for sentence in sentences:
        flat += [START, START, START, *sentence, END]
    return np.array(flat, np.int64)


def _counted(stream: Keys, n: int) -> tuple[Keys, Keys]:
    """Keys of the n-grams that end on a word (not on a start) and how often each stands there."""
    key = np.zeros(len(stream) - n + 1, np.int64)
    for i in range(n):
        key = key << BITS | stream[i : len(stream) - n + 1 + i]
    last = stream[n - 1 :]
    inside = last != START
    if n > 1:  # an n-gram that runs over the end of a sentence is none
        for i in range(n - 1):
            inside &= stream[i : len(stream) - n + 1 + i] != END
    return np.unique(key[inside], return_counts=True)


def _continuations(longer: Keys, own: tuple[Keys, Keys], n: int) -> tuple[Keys, Keys]:
    """Kneser-Ney counts of order n: in how many contexts an n-gram stands; plain counts after a start."""
    keys, raw = own
    tail = longer & ((1 << BITS * n) - 1)
    kinds, many = np.unique(tail, return_counts=True)
    counts = np.zeros(len(keys), np.int64)
    counts[np.searchsorted(keys, kinds)] = many
    first = keys >> (BITS * (n - 1))
    return keys, np.where((first == START) & (n > 1), raw, np.maximum(counts, 1))


@dataclass(frozen=True, slots=True)
class _Full:
    """One order before pruning: keys, interpolated probabilities, context weights (sorted contexts, gamma)."""

    keys: Keys
    p: NDArray[np.float64]


def _interpolated(counts: Sequence[tuple[Keys, Keys]], size: int) -> list[_Full]:
    flat = np.full(size, 1.0 / size)
    keys, c = counts[0]
    discounted, gamma = _discounted(c, np.zeros(len(keys), np.int64), 1)
    unigram = gamma[0] * flat
    unigram[keys] += discounted
    orders = [_Full(np.arange(size, dtype=np.int64), unigram)]
    for n in range(2, ORDER + 1):
        keys, c = counts[n - 1]
        contexts, which = np.unique(keys >> BITS, return_inverse=True)
        discounted, gamma = _discounted(c, which, len(contexts))
        below = orders[-1]
        tail = keys & ((1 << BITS * (n - 1)) - 1)
        p = discounted + gamma[which] * below.p[np.searchsorted(below.keys, tail)]
        orders.append(_Full(keys, p))
    return orders


def _discounted(c: Keys, which: NDArray[np.intp], contexts: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Discounted relative counts, and the mass each context leaves for the order below."""
    d = np.array([0.0, *_discounts(c)])[np.minimum(c, 3)]
    total = np.bincount(which, c, contexts)
    left = np.bincount(which, d, contexts) / total
    return (c - d) / total[which], left


def _discounts(c: Keys) -> tuple[float, float, float]:
    n = [int((c == k).sum()) for k in range(1, 5)]
    if min(n) == 0:
        return 0.5, 0.75, 0.9
    y = n[0] / (n[0] + 2 * n[1])
    d1, d2, d3 = (k - (k + 1) * y * n[k] / n[k - 1] for k in (1, 2, 3))
    return min(max(d1, 0.1), 0.9), min(max(d2, 0.1), 1.8), min(max(d3, 0.1), 2.7)  # a small corpus can give nonsense


def _pruned(full: list[_Full], counts: Sequence[tuple[Keys, Keys]], cost: float, total: int) -> tuple[Grams, ...]:
    """Keep what is worth its place, longest first; what stays as a context of something kept stays too."""
    keep = [np.ones(len(order.keys), bool) for order in full]
    for n in range(ORDER, 1, -1):
        order, below = full[n - 1], full[n - 2]
        tail = order.keys & ((1 << BITS * (n - 1)) - 1)
        backed = below.p[np.searchsorted(below.keys, tail)]
        gain = counts[n - 1][1] * (np.log(order.p) - np.log(backed)) * 1e6 / total
        keep[n - 1] = np.abs(gain) > cost * (0.3 if n == 2 else 1)
        if n < ORDER:
            longer = full[n].keys[keep[n]]
            keep[n - 1] |= np.isin(order.keys, longer >> BITS) | np.isin(order.keys, longer & ((1 << BITS * n) - 1))
    kept = [_Full(o.keys[k], o.p[k]) for o, k in zip(full, keep, strict=True)]
    return tuple(_with_backoff(kept, n) for n in range(1, ORDER + 1))


def _with_backoff(kept: list[_Full], n: int) -> Grams:
    """Back-off weights that make each context's probabilities add up to one again."""
    order = kept[n - 1]
    backoff = np.zeros(len(order.keys), np.float32)
    if n < ORDER:
        longer = kept[n]
        at = np.searchsorted(order.keys, longer.keys >> BITS)
        tail = longer.keys & ((1 << BITS * n) - 1)
        seen = np.bincount(at, longer.p, len(order.keys))
        lower = np.bincount(at, _probability(kept, n, tail), len(order.keys))
        weight = np.maximum(1 - seen, 1e-6) / np.maximum(1 - lower, 1e-6)
        backoff = np.where(np.isin(np.arange(len(order.keys)), at), np.log(weight), 0).astype(np.float32)
    return Grams(order.keys, np.log(order.p).astype(np.float32), backoff)


def _probability(kept: list[_Full], n: int, keys: Keys) -> NDArray[np.float64]:
    """Probability of n-grams at order n, or of their tails where they were pruned (without back-off weights)."""
    out = np.zeros(len(keys))
    todo = np.ones(len(keys), bool)
    for length in range(n, 0, -1):
        order = kept[length - 1]
        tail = keys & ((1 << BITS * length) - 1)
        at = np.minimum(np.searchsorted(order.keys, tail), len(order.keys) - 1)
        hit = todo & (order.keys[at] == tail)
        out[hit] = order.p[at[hit]]
        todo &= ~hit
    return out
