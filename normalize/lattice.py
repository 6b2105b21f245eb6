"""Sentences of candidates → the likeliest words and how sure each is: a beam search over many sentences at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.language import BITS, END, START, LanguageModel

Floats = NDArray[np.float32]
Words = NDArray[np.int64]
Places = NDArray[np.intp]

BEAM = 12  # histories kept at each word
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


@dataclass(frozen=True, slots=True)
class Boost:
    """Pairs of neighbouring words that are expected here, with their log probability: sorted keys.

    `begin`: log probability of each word as the first one of an expected name; empty where none is expected.
    """

    keys: Words
    logp: Floats
    begin: Floats

    def raise_to(self, logp: Floats, before: Words, word: Words) -> Floats:
        """At least the boosted probability, where a pair is expected."""
        if not len(self.keys):
            return logp
        if len(self.begin):
            logp = np.maximum(logp, self.begin[word])
        key = before << BITS | word
        at = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
        return np.where(self.keys[at] == key, np.maximum(logp, self.logp[at]), logp)


NO_BOOST = Boost(np.zeros(0, np.int64), np.zeros(0, np.float32), np.zeros(0, np.float32))


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
    """Sentences sorted by falling length, so that those alive at a place are the first ones."""

    def __init__(
        self, model: LanguageModel, run: Sequence[Sequence[Options]], boost: Boost, weight: float
    ) -> None:
        self.model, self.boost, self.weight, self.run = model, boost, weight, run
        self.lengths = np.array([len(s) for s in run])
        self.steps: list[_Step] = []

    def decisions(self) -> list[list[Decision]]:
        histories = np.full((len(self.run), 1, 3), START, np.int64)
        alpha = np.zeros((len(self.run), 1), np.float32)
        total = alpha
        for place in range(int(self.lengths[0])):
            alive = int((self.lengths > place).sum())
            step = self._step(place, histories[:alive], alpha[:alive], total[:alive])
            self.steps.append(step)
            histories, alpha, total = step.histories, step.best, step.total
        return self._read_back()

    def _step(self, place: int, histories: Words, best: Floats, total: Floats) -> _Step:
        words, channel = self._candidates(place, len(histories))
        arcs = self._arcs(histories, best, words, channel)
        rows, _, many = arcs.shape
        reach = (best[:, :, None] + arcs).reshape(rows, -1)
        summed = (total[:, :, None] + arcs).reshape(rows, -1)
        width = min(2 * BEAM, reach.shape[1])
        kept = np.tile(np.arange(width), (rows, 1))
        if width < reach.shape[1]:
            kept = np.argpartition(-reach, width - 1, axis=1)[:, :width]
        kept = np.take_along_axis(kept, np.argsort(-np.take_along_axis(reach, kept, 1), axis=1, kind="stable"), 1)
        return _merged(histories, words, kept, reach, summed, arcs, many)

    def _candidates(self, place: int, alive: int) -> tuple[Words, Floats]:
        rows = [self.run[i][place] for i in range(alive)]
        many = max(len(row.words) for row in rows)
        words = np.zeros((alive, many), np.int64)
        channel = np.full((alive, many), DEAD, np.float32)
        for i, row in enumerate(rows):
            words[i, : len(row.words)] = row.words
            channel[i, : len(row.words)] = row.nats
        return words, channel

    def _arcs(self, histories: Words, best: Floats, words: Words, channel: Floats) -> Floats:
        """Log weight of every history × candidate: shape (rows, beam, candidates)."""
        live = (best[:, :, None] > DEAD / 2) & (channel[:, None, :] > DEAD / 2)
        row, state, pick = np.nonzero(live)
        flat = histories.reshape(-1, 3)
        backoff = self.model.backoffs(flat)
        at = row * histories.shape[1] + state
        word = words[row, pick]
        history = flat[at]
        logp = self.model.score(history, backoff[:, at], word)
        logp = self.boost.raise_to(logp, history[:, 2], word)
        arcs = np.full(live.shape, DEAD, np.float32)
        arcs[row, state, pick] = self.weight * logp + channel[row, pick]
        return arcs

    def _read_back(self) -> list[list[Decision]]:
        """Follow the best path and sum the paths through each candidate, from the last word to the first."""
        out: list[list[Decision]] = [[] for _ in self.run]
        count = len(self.run)
        at = np.zeros(count, np.intp)
        beta = np.zeros((0, 0), np.float32)
        for place in range(len(self.steps) - 1, -1, -1):
            step = self.steps[place]
            rows = len(step.best)
            fresh = len(beta)
            here = np.zeros_like(step.best)
            here[fresh:] = self._endings(step, fresh)
            if fresh:
                here[:fresh] = beta
            final = (step.best + here)[fresh:]
            at[fresh:rows] = final.argmax(1)
            for row, decision in zip(out, _decisions(step.picks, step.total + here, at[:rows]), strict=False):
                row.append(decision)
            beta = step.backward(here)
            at[:rows] = step.parents[np.arange(rows), at[:rows]]
        return [d[::-1] for d in out]

    def _endings(self, step: _Step, fresh: int) -> Floats:
        """Log probability that the sentence ends after each state, of the sentences from `fresh` on."""
        flat = step.histories[fresh:].reshape(-1, 3)
        ends = self.model.score(flat, self.model.backoffs(flat), np.full(len(flat), END, np.int64))
        return (self.weight * ends).reshape(step.best[fresh:].shape).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Step:
    """The states after one word: shapes (rows, states), with the arcs that led to them."""

    histories: Words
    best: Floats
    total: Floats
    parents: Places
    picks: Places
    arcs: Floats  # (rows, states before, candidates)
    goal: Places  # state that an arc leads to, or -1 where it was dropped

    def backward(self, beta: Floats) -> Floats:
        """Log mass of everything after each state before this word."""
        rows = np.arange(len(beta))[:, None, None]
        ahead = np.where(self.goal >= 0, self.arcs + beta[rows, np.maximum(self.goal, 0)], DEAD)
        top = ahead.max(2)
        after: Floats = (top + np.log(np.exp(ahead - top[:, :, None]).sum(2))).astype(np.float32)
        return after


def _merged(
    histories: Words,
    words: Words,
    kept: Places,
    reach: Floats,
    summed: Floats,
    arcs: Floats,
    many: int,
) -> _Step:
    """Join states that the language model cannot tell apart, and keep the best `BEAM` of them."""
    rows = np.arange(len(kept))[:, None]
    parent, pick = kept // many, kept % many
    new = np.concatenate([histories[rows, parent][:, :, 1:], words[rows, pick][:, :, None]], axis=2)
    score, mass = reach[rows, kept], summed[rows, kept]
    key = (new[:, :, 0] << 2 * BITS) | (new[:, :, 1] << BITS) | new[:, :, 2]
    first = (key[:, :, None] == key[:, None, :]).argmax(2)  # the best state with the same last three words
    leader = (first == np.arange(kept.shape[1])) & (score > DEAD / 2)
    rank = np.where(leader, np.cumsum(leader, axis=1) - 1, -1)
    rank = np.where(rank < BEAM, rank, -1)
    goal_of = np.where(score > DEAD / 2, np.take_along_axis(rank, first, 1), -1)
    width = max(int(rank.max()) + 1, 1)
    total = _summed(goal_of, mass, width)
    slot = np.argsort(np.where(rank >= 0, rank, kept.shape[1]), axis=1, kind="stable")[:, :width]
    dead = np.take_along_axis(rank, slot, 1) < 0
    best = np.where(dead, DEAD, score[rows, slot])
    goal = np.full(reach.shape, -1, np.intp)
    goal[rows, kept] = goal_of
    return _Step(
        new[rows, slot],
        best,
        np.where(dead, DEAD, total),
        parent[rows, slot],
        pick[rows, slot],
        arcs,
        goal.reshape(arcs.shape),
    )


def _summed(goal: Places, mass: Floats, width: int) -> Floats:
    """Log of the summed mass that flows into each state."""
    top = np.maximum(mass.max(1, keepdims=True), DEAD)
    part = np.where(goal >= 0, np.exp(np.maximum(mass - top, -80)), 0)
    sums = np.zeros((len(goal), width))
    for state in range(width):
        sums[:, state] = np.where(goal == state, part, 0).sum(1)
    logs: Floats = (top + np.log(np.maximum(sums, 1e-30))).astype(np.float32)
    return logs


def _decisions(picks: Places, mass: Floats, at: Places) -> list[Decision]:
    """For each row: the candidate of state `at`, its posterior, and the next likeliest candidate."""
    rows = np.arange(len(picks))
    share = np.exp(np.maximum(mass - mass.max(1, keepdims=True), -60))
    many = int(picks.max()) + 1
    sums = np.bincount((rows[:, None] * many + picks).ravel(), share.ravel(), len(picks) * many).reshape(-1, many)
    sums = sums / sums.sum(1, keepdims=True)
    best = picks[rows, at]
    posterior = sums[rows, best]
    sums[rows, best] = -1
    runner = sums.argmax(1)
    known = (sums[rows, runner] > 1e-6).tolist()
    return [
        Decision(b, r if k else None, p)
        for b, r, k, p in zip(best.tolist(), runner.tolist(), known, posterior.tolist(), strict=True)
    ]
