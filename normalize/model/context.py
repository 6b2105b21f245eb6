"""What the words around say about a word: a small network over their letters, learnt from text, beside the n-grams.

It sees the four words to each side by place and four more as a bag, without their marks (which are what is missing),
and which words have capitals; it tells apart the words that fold alike (của, cửa, cứa). One hidden layer, trained
with Adam; numpy does it all, so that the same text gives the same bytes on one machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from normalize.fold import fold
from normalize.pieces.tokens import Kind, Piece
from normalize.syllable import Case, case_of, spelling

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

PLACES = (-4, -3, -2, -1, 1, 2, 3, 4)
BAGS = ((-8, -7, -6, -5), (5, 6, 7, 8))
TABLES = len(PLACES) + len(BAGS)
MARGIN = 8  # empty places between sentences
NOTHING, OTHER, NUMBER, CODE, ABBREVIATION, FIRST = range(6)  # inputs; folded words from FIRST on
LOWER, TITLE, UPPER, UNCASED, EDGE = range(5)
OWN = 3 * 5  # own case and the case of the word before
CASES = OWN * 5  # and of the word after
HIDDEN = 96
EPOCHS = 3
BATCH = 4096
RATE = 0.003
BLURRED = 0.06  # share of neighbours hidden in training: in worn text some cannot be read
WEIGHT = 0.75  # of the network beside the language model; found on text kept out
LEAST = -12.0  # nats under which nothing is said
CASE_NUMBERS = {Case.LOWER: LOWER, Case.TITLE: TITLE, Case.UPPER: UPPER}
KINDS = {Kind.NUMBER: NUMBER, Kind.CODE: CODE, Kind.ABBREVIATION: ABBREVIATION}


@dataclass(frozen=True, slots=True)
class Classes:
    """Words that fold alike, side by side: class c has rows [start[c], start[c + 1]).

    `rows[word number]`: a word's row, −1 for none; `of_row[row]`: its class; `words[row]`: its number.
    `inputs`: folded word → its number as a neighbour.
    """

    inputs: Mapping[str, int]
    words: Numbers
    rows: Numbers
    of_row: Numbers
    start: Numbers

    def neighbour(self, word: str) -> int:
        """The input number of a word as read."""
        return self.inputs.get(fold(spelling(word)), OTHER)


def classes(syllables: Mapping[str, int]) -> Classes:
    """The classes of an inventory (spelling → number).

    >>> made = classes({"của": 6, "cửa": 7, "và": 8})
    >>> made.start.tolist(), made.words.tolist(), made.neighbour("Cưa") == made.neighbour("cua")
    ([0, 2, 3], [6, 7, 8], True)
    """
    order = sorted(syllables, key=lambda word: (fold(word), word))
    folds = sorted({fold(word) for word in order})
    at = {name: i for i, name in enumerate(folds)}
    words = np.array([syllables[word] for word in order], np.int64)
    rows = np.full(max(syllables.values(), default=0) + 1, -1, np.int64)
    rows[words] = np.arange(len(words))
    of_row = np.array([at[fold(word)] for word in order], np.int64)
    start = np.searchsorted(of_row, np.arange(len(folds) + 1))
    return Classes({name: FIRST + i for i, name in enumerate(folds)}, words, rows, of_row, start)


@dataclass(frozen=True, slots=True)
class Stream:
    """Words in a row, MARGIN empty places around each sentence: inputs, cases, and true words (0: none) to learn."""

    inputs: Numbers
    cases: Numbers
    words: Numbers

    def features(self, at: Numbers, tables: int) -> tuple[Numbers, Numbers]:
        """Rows of the input weights for places `at`, shape (n, 17), and the column of the own case, shape (n,)."""
        near = [self.inputs[at + place] + tables * i for i, place in enumerate(PLACES)]
        for i, bag in enumerate(BAGS, len(PLACES)):
            near += [self.inputs[at + place] + tables * i for place in bag]
        own = np.minimum(self.cases[at], UPPER) * 5 + self.cases[at - 1]
        near.append(TABLES * tables + own * 5 + self.cases[at + 1])
        return np.stack(near, 1), own


def stream(sentences: Iterable[Iterable[tuple[int, int, int]]]) -> tuple[Stream, Numbers]:
    """Join sentences of (input, case, word); the second value: the place of each word, in order."""
    empty = [(NOTHING, EDGE, 0)] * MARGIN
    flat, places = list(empty), list[int]()
    for sentence in sentences:
        begin = len(flat)
        flat += sentence
        places += range(begin, len(flat))
        flat += empty
    joined = np.array(flat, np.int64)
    return Stream(joined[:, 0], joined[:, 1], joined[:, 2]), np.array(places, np.int64)


def case_number(piece: Piece) -> int:
    """The case of a neighbour."""
    return CASE_NUMBERS[case_of(piece.text)] if piece.kind is Kind.WORD else UNCASED


def input_number(piece: Piece, known: Classes) -> int | None:
    """The input number of a piece; None for what is not seen."""
    return known.neighbour(piece.text) if piece.kind is Kind.WORD else KINDS.get(piece.kind)


@dataclass(frozen=True, slots=True)
class Context:
    """The network: `first`, a row a neighbour or case, (inputs, HIDDEN); `last`, a row a word, (words, HIDDEN + OWN).

    `prior[row]`: log share of a word in its class, which the language model says already and is taken off.
    """

    classes: Classes
    first: Floats
    last: Floats
    prior: Floats

    def scores(self, seen: Stream, at: Numbers, slot: Numbers, word: Numbers) -> Floats:
        """Nats for each pair (at[slot], word): what the neighbours add to how frequent the word is in its class."""
        out = np.zeros(len(slot), np.float32)
        rows = np.append(self.classes.rows, -1)
        row = rows[np.minimum(word, len(rows) - 1)]
        pairs = np.nonzero(row >= 0)[0]
        if not len(pairs):
            return out
        hidden, own = self._hidden(seen, at)
        group = self.classes.of_row[row[pairs]]
        pairs = pairs[np.argsort(group, kind="stable")]
        group = np.sort(group)
        cuts = [0, *(np.nonzero(np.diff(group))[0] + 1).tolist(), len(group)]
        for begin, end in pairwise(cuts):
            low, high = self.classes.start[group[begin]], self.classes.start[group[begin] + 1]
            if high - low > 1:
                some = pairs[begin:end]
                slots, which = np.unique(slot[some], return_inverse=True)
                out[some] = self._class(hidden[slots], own[slots], low, high)[which, row[some] - low]
        return np.maximum(out, LEAST) * np.float32(WEIGHT)

    def _hidden(self, seen: Stream, at: Numbers) -> tuple[Floats, Numbers]:
        features, own = seen.features(at, self._tables())
        total = np.zeros((len(at), self.first.shape[1]), np.float32)
        for column in features.T:
            total += self.first[column]
        return np.maximum(total, 0), own

    def _tables(self) -> int:
        return (len(self.first) - CASES) // TABLES

    def _class(self, hidden: Floats, own: Numbers, low: int, high: int) -> Floats:
        """Log shares within a class without the prior: shape (slots, words of the class)."""
        width = hidden.shape[1]
        logits = hidden @ self.last[low:high, :width].T + self.last[low:high, width + own].T
        logits -= logits.max(1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(1, keepdims=True))
        return logits - self.prior[low:high]


def assemble(known: Classes, first: Floats, last: Floats, frequency: Floats) -> Context:
    """A network with its prior from the log frequencies of all words of the language model."""
    logp = frequency[known.words].astype(np.float64)
    total = np.logaddexp.reduceat(logp, known.start[:-1]) if len(logp) else logp
    return Context(known, first, last, (logp - total[known.of_row]).astype(np.float32))


def train(seen: Stream, known: Classes, seed: int = 1) -> tuple[Floats, Floats]:
    """Learn both layers from a stream with true words."""
    rng = np.random.default_rng(seed)
    net = _Trainer(seen, known, rng)
    sizes = np.diff(known.start)
    row = known.rows[seen.words]
    examples = np.nonzero((seen.words > 0) & (sizes[known.of_row[np.maximum(row, 0)]] > 1))[0]
    batch = min(BATCH, len(examples))
    steps = EPOCHS * (len(examples) // max(batch, 1))
    for at in _batches(examples, batch, rng):
        net.step(at[np.argsort(row[at], kind="stable")], row, steps)
    return net.first, net.last


def _batches(examples: Numbers, size: int, rng: np.random.Generator) -> Iterator[Numbers]:
    for _ in range(EPOCHS if size else 0):
        order = rng.permutation(examples)
        for i in range(0, len(order) - size + 1, size):
            yield order[i : i + size]


class _Trainer:
    """The weights while they are learnt, with Adam's moments; rows of `first` that a batch does not touch rest."""

    def __init__(self, seen: Stream, known: Classes, rng: np.random.Generator) -> None:
        self.seen, self.known, self.rng = seen, known, rng
        self.tables = FIRST + len(known.inputs)
        self.first = rng.normal(0, 0.05, (TABLES * self.tables + CASES, HIDDEN)).astype(np.float32)
        self.first[: TABLES * self.tables : self.tables] = 0  # nothing there
        self.last = np.zeros((len(known.words), HIDDEN + OWN), np.float32)
        self.last[:, :HIDDEN] = rng.normal(0, 0.05, (len(known.words), HIDDEN))
        self.moments = [np.zeros_like(w) for w in (self.first, self.first, self.last, self.last)]
        self.done = 0

    def step(self, at: Numbers, row: Numbers, steps: int) -> None:
        """One batch, its places in the order of their rows."""
        features, own = self.seen.features(at, self.tables)
        features = self._blurred(features)
        total = np.zeros((len(at), HIDDEN), np.float32)
        for column in features.T:
            total += self.first[column]
        hidden = np.concatenate([np.maximum(total, 0), np.eye(OWN, dtype=np.float32)[own]], 1)
        back, last = self._backward(hidden, row[at])
        self.done += 1
        rate = RATE * (1 - self.done / (steps + 1)) * min(1, self.done / 50)
        touched, gradient = _scattered(features, back[:, :HIDDEN] * (total > 0))
        self._adam(self.first, self.moments[0], self.moments[1], touched, gradient, rate)
        self._adam(self.last, self.moments[2], self.moments[3], slice(None), last, rate)

    def _blurred(self, features: Numbers) -> Numbers:
        """Hide some neighbours; the last column, the cases, stays."""
        near = features[:, :-1]
        hide = (self.rng.random(near.shape) < BLURRED) & (near % self.tables != NOTHING)
        near = np.where(hide, near - near % self.tables + OTHER, near)
        return np.concatenate([near, features[:, -1:]], 1)

    def _backward(self, hidden: Floats, rows: Numbers) -> tuple[Floats, Floats]:
        """Gradients of the loss within each class: for the hidden layer and for `last`."""
        back, last = np.zeros_like(hidden), np.zeros_like(self.last)
        group = self.known.of_row[rows]
        cuts = [0, *(np.nonzero(np.diff(group))[0] + 1).tolist(), len(group)]
        for begin, end in pairwise(cuts):
            low, high = self.known.start[group[begin]], self.known.start[group[begin] + 1]
            weights = self.last[low:high]
            share = hidden[begin:end] @ weights.T
            share = np.exp(share - share.max(1, keepdims=True))
            share /= share.sum(1, keepdims=True)
            share[np.arange(end - begin), rows[begin:end] - low] -= 1
            share /= len(rows)
            last[low:high] = share.T @ hidden[begin:end]
            back[begin:end] = share @ weights
        return back, last

    def _adam(self, w: Floats, m: Floats, v: Floats, at: Numbers | slice, gradient: Floats, rate: float) -> None:
        m[at] = 0.9 * m[at] + 0.1 * gradient
        v[at] = 0.999 * v[at] + 0.001 * gradient * gradient
        mean, square = m[at] / (1 - 0.9**self.done), v[at] / (1 - 0.999**self.done)
        w[at] -= np.float32(rate) * mean / (np.sqrt(square) + np.float32(1e-8))


def _scattered(features: Numbers, back: Floats) -> tuple[Numbers, Floats]:
    """Add up what reaches each row of the input weights: rows, and their gradients."""
    flat = features.T.ravel()
    order = np.argsort(flat, kind="stable")
    rows, first = np.unique(flat[order], return_index=True)
    return rows, np.add.reduceat(back[order % len(back)], first, axis=0)


def packed(weights: Floats) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """A byte a weight, and a scale a row.

    >>> small, scale = packed(np.array([[0.5, -1.0]], np.float32))
    >>> unpacked(small, scale).round(2).tolist()
    [[0.5, -1.0]]
    """
    scale = (np.abs(weights).max(1) / 127).astype(np.float16)
    scale = np.maximum(scale, np.float16(1e-4))
    return np.clip(np.rint(weights / scale[:, None].astype(np.float32)), -127, 127).astype(np.int8), scale


def unpacked(small: NDArray[np.int8], scale: NDArray[np.float16]) -> Floats:
    """The weights again."""
    return small.astype(np.float32) * scale[:, None].astype(np.float32)


def sentence_of(line: Sequence[Piece], known: Classes, numbers: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Pieces of a sentence as the stream wants them; `numbers`: the words to learn."""
    out = []
    for piece in line:
        seen = input_number(piece, known)
        if seen is not None:
            word = numbers.get(spelling(piece.text), 0) if piece.kind is Kind.WORD else 0
            out.append((seen, case_number(piece), word))
    return out
