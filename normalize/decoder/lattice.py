"""Sentences of candidates → the likeliest words and how sure each is: a beam search over many sentences at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from normalize.model.expected import NO_BOOST, Boost
from normalize.model.language import BITS, END, START, LanguageModel

Floats = NDArray[np.float32]
Words = NDArray[np.int64]
Places = NDArray[np.intp]

BEAM = 12  # histories kept at each word
WIDTH = 10.0  # nats behind the best of a sentence at which a history is dropped: twelve are rarely worth keeping
DEAD = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Options:
    """What may stand at one place: word numbers, and nats of each but for the language model; the two are as long."""

    words: Words
    nats: Floats


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided for one word: the index of the best candidate, of the runner-up (or None), the posterior."""

    best: int
    runner_up: int | None
    posterior: float


def decide(
    model: LanguageModel,
    sentences: Sequence[Sequence[Options]],
    boost: Boost = NO_BOOST,
    weight: float = 1.0,
) -> list[list[Decision]]:
    """Decide every word of every sentence. `weight` is how much the language model counts against the channel."""
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    out: list[list[Decision]] = [[] for _ in sentences]
    run = [sentences[i] for i in order if sentences[i]]
    if run:
        for i, decisions in zip(order, _Batch(model, run, boost, weight).decisions(), strict=False):
            out[i] = decisions
    return out


class _Batch:
    """Sentences sorted by falling length, so that those alive at a place are the first ones.

    All that may stand at a place lies in one flat row, sentence by sentence, without the hopeless: `words`, `nats`,
    `picks` (its index among the options of its slot), `first[slot]` and `many[slot]` (where a slot begins, how long).
    Slots are numbered place by place; `base[place]` is the first of a place.
    """

    def __init__(self, model: LanguageModel, run: Sequence[Sequence[Options]], boost: Boost, weight: float) -> None:
        self.model, self.boost, self.weight = model, boost, weight
        lengths = np.array([len(s) for s in run])
        self.alive = [int((lengths > place).sum()) for place in range(int(lengths[0]))]
        self.base = np.cumsum([0, *self.alive]).tolist()
        slots = [run[i][place] for place, alive in enumerate(self.alive) for i in range(alive)]
        nats = np.concatenate([slot.nats for slot in slots])
        sizes = np.array([len(slot.nats) for slot in slots])
        live = np.nonzero(nats > DEAD / 2)[0]
        owner = np.repeat(np.arange(len(slots)), sizes)[live]
        self.words = np.concatenate([slot.words for slot in slots])[live]
        self.nats = nats[live]
        self.picks = live - (np.cumsum(sizes) - sizes)[owner]
        self.many = np.bincount(owner, minlength=len(slots))
        self.first = np.append(np.cumsum(self.many) - self.many, len(live))

    def decisions(self) -> list[list[Decision]]:
        rows = self.alive[0]
        states = _States(np.arange(rows), np.full((rows, 3), START, np.int64), *np.zeros((2, rows), np.float32))
        steps = []
        for place, alive in enumerate(self.alive):
            step = self._step(place, states.of_first(alive))
            steps.append(step)
            states = step.states
        return self._read_back(steps)

    def _step(self, place: int, before: _States) -> _Step:
        slot = self.base[place] + before.row
        many = self.many[slot]
        source = np.repeat(np.arange(len(slot)), many)
        option = np.arange(len(source)) - np.repeat(np.cumsum(many) - many - self.first[slot], many)
        arc = self._arcs(before.history, source, option)
        reach = before.best[source] + arc
        row = before.row[source]
        top = np.maximum.reduceat(reach, np.searchsorted(row, np.arange(self.alive[place])))
        near = np.nonzero(reach > top[row] - WIDTH)[0]
        return _merged(before, _Arcs(source[near], option[near], arc[near], reach[near]), self.words, top)

    def _arcs(self, histories: Words, source: Places, option: Places) -> Floats:
        """Log weight of each option after each history."""
        word, history = self.words[option], histories[source]
        logp = self.model.score(history, self.model.backoffs(histories)[:, source], word)
        logp = self.boost.raise_to(logp, history[:, 2], word)
        weighed: Floats = self.weight * logp + self.nats[option]
        return weighed

    def _read_back(self, steps: Sequence[_Step]) -> list[list[Decision]]:
        """Follow the best path and sum the paths through each candidate, from the last word to the first."""
        out: list[list[Decision]] = [[] for _ in range(self.alive[0])]
        at, after = np.zeros(0, np.intp), np.zeros(0, np.float32)
        for place in range(len(steps) - 1, -1, -1):
            step = steps[place]
            fresh = np.searchsorted(step.states.row, len(at))
            ending = self._endings(step.states.history[fresh:])
            here = np.concatenate([after, ending])
            final = (step.states.best + here)[fresh:]
            at = np.concatenate([at, fresh + _best_of(step.states.row[fresh:], final)])
            for row, decision in zip(out, self._decided(place, step, here, at), strict=False):
                row.append(decision)
            after = step.backward(here)
            at = step.parents[at]
        return [d[::-1] for d in out]

    def _endings(self, histories: Words) -> Floats:
        """Log probability that the sentence ends after each history."""
        end = np.full(len(histories), END, np.int64)
        ends: Floats = (self.weight * self.model.score(histories, self.model.backoffs(histories), end)).astype(
            np.float32
        )
        return ends

    def _decided(self, place: int, step: _Step, after: Floats, at: Places) -> list[Decision]:
        """For each row: the candidate of state `at`, its posterior, and the next likeliest candidate."""
        rows, low = self.alive[place], self.first[self.base[place]]
        starts = self.first[self.base[place] : self.base[place + 1]] - low
        mass = step.states.total + after
        top = np.maximum.reduceat(mass, np.searchsorted(step.states.row, np.arange(rows)))
        share = np.exp(np.maximum(mass - top[step.states.row], -60))
        sums = np.bincount(step.options - low, share, int(self.first[self.base[place + 1]] - low)).astype(np.float64)
        best = step.options[at] - low
        posterior = sums[best] / np.add.reduceat(sums, starts)
        sums[best] = -1
        owner = np.repeat(np.arange(rows), self.many[self.base[place] : self.base[place + 1]])
        runner = _best_of(owner, sums)
        known = (sums[runner] > 1e-6 * posterior).tolist()
        picks = self.picks[low:]
        return [
            Decision(b, r if k else None, p)
            for b, r, k, p in zip(picks[best].tolist(), picks[runner].tolist(), known, posterior.tolist(), strict=True)
        ]


def _best_of(group: Places, score: NDArray[np.floating[Any]]) -> Places:
    """The place of the highest score of each group; groups are numbered from any number on, in rising order."""
    if not len(group):
        return np.zeros(0, np.intp)
    starts = np.concatenate([[0], np.nonzero(np.diff(group))[0] + 1])
    top = np.repeat(np.maximum.reduceat(score, starts), np.diff([*starts, len(group)]))
    highest = np.nonzero(score == top)[0]
    return highest[np.searchsorted(highest, starts)]


@dataclass(frozen=True, slots=True)
class _States:
    """Histories that are alive, sentence by sentence: row of the sentence, last three words, best path, all paths."""

    row: Places
    history: Words
    best: Floats
    total: Floats

    def of_first(self, rows: int) -> _States:
        """Those of the first sentences, as the others have ended."""
        end = np.searchsorted(self.row, rows)
        return _States(self.row[:end], self.history[:end], self.best[:end], self.total[:end])


@dataclass(frozen=True, slots=True)
class _Arcs:
    """From state `source` by an option, with its weight, and the best path that ends so; in order of the sources."""

    source: Places
    option: Places
    weight: Floats
    reach: Floats


@dataclass(frozen=True, slots=True)
class _Step:
    """The states after one word, with the best state before each and the option taken, and the arcs that led there."""

    states: _States
    parents: Places
    options: Places
    before: int  # states before the word
    source: Places
    weight: Floats
    goal: Places  # state that an arc leads to

    def backward(self, beta: Floats) -> Floats:
        """Log mass of everything after each state before this word."""
        after = np.full(self.before, DEAD, np.float32)
        ahead = self.weight + beta[self.goal]
        starts = np.concatenate([[0], np.nonzero(np.diff(self.source))[0] + 1])
        top = np.maximum.reduceat(ahead, starts)
        sums = np.add.reduceat(np.exp(ahead - np.repeat(top, np.diff([*starts, len(ahead)]))), starts)
        after[self.source[starts]] = top + np.log(sums)
        return after


def _merged(before: _States, arcs: _Arcs, words: Words, top: Floats) -> _Step:
    """Join arcs to states that the language model cannot tell apart, and keep the best `BEAM` of each sentence.

    `top`: the best path of each sentence.
    """
    row, word = before.row[arcs.source], words[arcs.option]
    kept = before.history[arcs.source, 1:]
    key = row << 3 * BITS | kept[:, 0] << 2 * BITS | kept[:, 1] << BITS | word
    order = np.lexsort((-arcs.reach, key))
    starts = np.concatenate([[0], np.nonzero(np.diff(key[order]))[0] + 1])
    leader = order[starts]
    mass = np.exp(before.total[arcs.source] + arcs.weight - top[row])
    total = np.log(np.add.reduceat(mass[order], starts)) + top[row[leader]]
    rank = np.lexsort((-arcs.reach[leader], row[leader]))
    rows = row[leader][rank]
    rank = rank[np.arange(len(rows)) - np.searchsorted(rows, rows) < BEAM]
    number = np.full(len(leader), -1, np.intp)
    number[rank] = np.arange(len(rank))
    goal = np.empty(len(order), np.intp)
    goal[order] = np.repeat(number, np.diff([*starts, len(order)]))
    live, leader = np.nonzero(goal >= 0)[0], leader[rank]
    histories = np.concatenate([kept[leader], word[leader][:, None]], 1)
    states = _States(row[leader], histories, arcs.reach[leader], total[rank].astype(np.float32))
    return _Step(
        states,
        arcs.source[leader],
        arcs.option[leader],
        len(before.row),
        arcs.source[live],
        arcs.weight[live],
        goal[live],
    )
