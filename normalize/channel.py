"""The confusion channel: what a true letter was read as, learnt from pairs; candidates for a word as read.

One true letter becomes none, one or two observed characters. A word is an onset and a rime; both are scored against
all onsets and rimes of the inventory at once, so that a page's words cost a few array operations.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from normalize.fold import fold, unmark
from normalize.syllable import Case, case_of, in_case, parts

FLOOR = -9.0  # nats of a confusion never seen
Emissions = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have stood there: its number in the language model, and log P(read | it)."""

    word: int
    logp: float


def align(true: str, seen: str, emissions: Emissions) -> list[tuple[str, str]]:
    """The likeliest way in which each letter of `true` gave 0 to 2 characters of `seen`."""
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for i, letter in enumerate(true):
        row = emissions.get(letter, {})
        for j in range(len(seen) + 1):
            if (i, j) not in best:
                continue
            for width in (0, 1, 2):
                if j + width > len(seen):
                    break
                score = best[i, j][0] + row.get(seen[j : j + width], _blind(letter, seen[j : j + width]))
                if score > best.get((i + 1, j + width), (-math.inf, 0))[0]:
                    best[i + 1, j + width] = (score, width)
    return _traced(true, seen, best)


def _traced(true: str, seen: str, best: Mapping[tuple[int, int], tuple[float, int]]) -> list[tuple[str, str]]:
    out, j = [], len(seen)
    if (len(true), j) not in best:
        return []
    for i in range(len(true), 0, -1):
        width = best[i, j][1]
        out.append((true[i - 1], seen[j - width : j]))
        j -= width
    return out[::-1]


def _blind(letter: str, seen: str) -> float:
    """Log probability of a confusion before anything is known."""
    if seen in (letter, unmark(letter)):
        return -0.5
    if seen.lower() == unmark(letter).lower():
        return -3.0
    return FLOOR if len(seen) == 1 else FLOOR - 2


def estimate(pairs: Mapping[tuple[str, str], int], rounds: int = 4) -> dict[str, dict[str, float]]:
    """EM (Viterbi) over word pairs with their counts: letter → what it was read as → log probability."""
    emissions: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (true, seen), many in pairs.items():
            for letter, shown in align(true, seen, emissions):
                counts[letter][shown] += many
        emissions = {letter: _smoothed(letter, row, counts) for letter, row in sorted(counts.items())}
    return emissions


def _smoothed(letter: str, row: Mapping[str, float], counts: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Mix a letter's own counts with what letters of the same base were read as (weight 4)."""
    pool: dict[str, float] = defaultdict(float)
    for other, shown in counts.items():
        if unmark(other).lower() == unmark(letter).lower():
            for seen, many in shown.items():
                same = seen if other.islower() == letter.islower() else seen.swapcase()
                pool[letter if seen == other else same] += many
    total, mass = sum(row.values()), sum(pool.values())
    mixed = {s: (row.get(s, 0.0) + 4 * pool[s] / mass) / (total + 4) for s in pool}
    return {s: round(math.log(p), 3) for s, p in sorted(mixed.items()) if p > math.exp(FLOOR)}


@dataclass(slots=True)
class Channel:
    """Scores words as read against the inventory. `words` are the numbers and spellings of what may be restored."""

    emissions: Emissions
    words: Mapping[str, int]
    memo: Mapping[str, Sequence[tuple[str, float]]]  # a word as read → (true word, log P(read | true)) seen in pairs
    _tables: dict[Case, tuple[_Table, _Table]] = field(default_factory=dict)
    _known: dict[tuple[str, Case, str], list[tuple[str, float]]] = field(default_factory=dict)
    _cache: dict[tuple[str, Case], tuple[Candidate, ...]] = field(default_factory=dict)

    def candidates(self, seen: str, case: Case, limit: int = 16) -> tuple[Candidate, ...]:
        """The likeliest true words, best first."""
        key = (seen, case)
        if key not in self._cache:
            if len(self._cache) > 200_000:
                self._cache.clear()
            self._cache[key] = self._found(seen, case, limit)
        return self._cache[key]

    def _found(self, seen: str, case: Case, limit: int) -> tuple[Candidate, ...]:
        scores: dict[int, float] = {}
        for word, logp in self._split(seen, case):
            number = self.words.get(word)
            if number is not None and logp > scores.get(number, -math.inf):
                scores[number] = logp
        for word, logp in self.memo.get(seen, ()):
            number = self.words.get(word)
            if number is not None:
                scores[number] = max(scores.get(number, -math.inf), logp)
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return tuple(Candidate(word, logp) for word, logp in ranked)

    def _split(self, seen: str, case: Case) -> Iterable[tuple[str, float]]:
        """Every cut of the word as read, its left part against the onsets, its right part against the rimes."""
        if len(seen) > 12:
            return
        for cut in range(min(len(seen), 5) + 1):
            for onset, a in self._near(seen[:cut], case, "onset"):
                for rime, b in self._near(seen[cut:], case, "rime" if onset else "whole"):
                    yield onset + rime, a + b

    def _near(self, seen: str, case: Case, what: str) -> list[tuple[str, float]]:
        key = (seen, case, what)
        if key not in self._known:
            self._known[key] = self._table(case, what).near(seen, 8 if what == "onset" else 40)
        return self._known[key]

    def _table(self, case: Case, what: str) -> _Table:
        key = (case, what)
        if key not in self._tables:
            self._tables[key] = self._made(case, what)
        return self._tables[key]

    def _made(self, case: Case, what: str) -> _Table:
        both = [parts(word) for word in self.words]
        wanted = {"onset": {o for o, _ in both}, "rime": {r for o, r in both if o}, "whole": {r for o, r in both if not o}}
        plain = sorted(wanted[what])
        if what == "rime" and case is Case.TITLE:
            return _Table(plain, plain, self.emissions)
        return _Table(plain, [in_case(p, case) for p in plain], self.emissions)


@dataclass(frozen=True, slots=True)
class Stripped:
    """The channel that only takes marks off: every word that folds to what was read."""

    folded: Mapping[str, tuple[int, ...]]

    def candidates(self, seen: str, case: Case) -> tuple[Candidate, ...]:
        """All words with these letters; the case says nothing here."""
        del case
        return tuple(Candidate(word, 0.0) for word in self.folded.get(fold(seen), ()))


class _Table:
    """Strings to be scored against what was read, all at once."""

    def __init__(self, plain: Sequence[str], printed: Sequence[str], emissions: Emissions) -> None:
        self.plain = plain
        self.width = max(map(len, printed))
        self.letters = sorted({c for p in printed for c in p})
        at = {c: i for i, c in enumerate(self.letters)}
        self.codes = np.array([[at[c] for c in p] + [-1] * (self.width - len(p)) for p in printed], np.int32)
        self.sizes = np.array([len(p) for p in printed])
        self.emissions = emissions
        self._columns: dict[str, np.ndarray] = {}

    def _column(self, seen: str) -> np.ndarray:
        """Log P(seen | letter) for every string's letter at every place: shape (strings, width)."""
        if seen not in self._columns:
            row = [self.emissions.get(c, {}).get(seen, _unseen(c, seen)) for c in self.letters] + [-math.inf]
            self._columns[seen] = np.array(row, np.float32)[self.codes]
            if len(self._columns) > 4000:
                self._columns.pop(next(iter(self._columns)))
        return self._columns[seen]

    def near(self, seen: str, limit: int) -> list[tuple[str, float]]:
        """The strings likeliest read as `seen`, best first, within 12 nats of the best."""
        size = len(seen)
        if size > 2 * self.width:
            return []
        score = np.full((size + 1, len(self.plain)), -np.inf, np.float32)
        score[0] = 0
        final = np.where(self.sizes == 0, score[size], -np.inf)
        none = self._column("")
        for place in range(self.width):
            new = score + none[:, place]
            for j in range(1, size + 1):
                new[j] = np.maximum(new[j], score[j - 1] + self._column(seen[j - 1])[:, place])
                if j > 1:
                    new[j] = np.maximum(new[j], score[j - 2] + self._column(seen[j - 2 : j])[:, place])
            score = new
            final = np.where(self.sizes == place + 1, score[size], final)
        order = np.argsort(-final, kind="stable")[:limit]
        best = final[order[0]]
        return [(self.plain[i], float(final[i])) for i in order if final[i] > max(best - 12, -40)]


def _unseen(letter: str, seen: str) -> float:
    if seen == "":
        return -7.0
    return FLOOR if len(seen) == 1 else FLOOR - 3


def word_pairs(lines: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Count (true word, word as read) over line pairs whose lines cut into equally many blank-separated words."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for true, seen in lines:
        a, b = true.split(), seen.split()
        if len(a) == len(b):
            for x, y in zip(a, b, strict=True):
                counts[x.strip(".,;:()\"“”"), y.strip(".,;:()\"“”")] += 1
    return dict(counts)


__all__ = ["Candidate", "Channel", "align", "case_of", "estimate", "word_pairs"]
