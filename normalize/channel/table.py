"""The table of the confusion channel: onsets, rimes or whole words, all scored at once against what was read."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from normalize.channel.learning import FLOOR, Emissions

NEAR = 10.0  # nats behind the best at which a candidate is dropped
WORST = -30.0  # nats at which a reading is like nothing
SLIPPED = -10.0  # nats of a character too many
TWICE = -6.0  # nats of a letter read twice, in two ways: vé6i for với, DPong for Đống
CACHED = 100_000


class Table:
    """Strings to be scored against what was read: all strings against many readings at once."""

    def __init__(self, plain: Sequence[str], printed: Sequence[str], emissions: Emissions, limit: int) -> None:
        self.plain, self.limit = plain, limit
        self.width = max(map(len, printed))
        self.letters = sorted({c for p in printed for c in p})
        at = {c: i for i, c in enumerate(self.letters)}
        self.codes = np.array([[at[c] for c in p] + [-1] * (self.width - len(p)) for p in printed], np.int32)
        self.sizes = np.array([len(p) for p in printed])
        self._by_seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for letter, i in at.items():
            for seen, logp in emissions.get(letter, {}).items():
                self._by_seen[seen].append((i, logp))
        self._rows: dict[str, NDArray[np.float32]] = {}
        self._near: dict[str, list[tuple[str, float]]] = {}

    def near(self, seen: str) -> list[tuple[str, float]]:
        """The strings likeliest read as `seen`, best first."""
        if seen not in self._near:
            self.fill({seen})
        return self._near[seen]

    def top(self, seen: str) -> float:
        """Log probability of the likeliest."""
        near = self.near(seen)
        return near[0][1] if near else -math.inf

    def fill(self, many: Iterable[str]) -> None:
        """Score readings, in batches of one length."""
        if len(self._near) > CACHED:
            self._near.clear()
        lengths: dict[int, list[str]] = defaultdict(list)
        for seen in sorted(many):
            if seen not in self._near:
                lengths[len(seen)].append(seen)
        for size, batch in lengths.items():
            for i in range(0, len(batch), 64):
                self._score(batch[i : i + 64], size)

    def _score(self, batch: Sequence[str], size: int) -> None:
        if size > 2 * self.width:
            self._near |= {seen: [] for seen in batch}
            return
        final = self._final(batch, size)
        best = final.max(1)
        order = np.argsort(-final, axis=1, kind="stable")[:, : self.limit]
        score = np.take_along_axis(final, order, 1)
        for row, seen in enumerate(batch):
            count = int((score[row] > max(best[row] - NEAR, WORST)).sum())
            names = [self.plain[i] for i in order[row, :count].tolist()]
            self._near[seen] = list(zip(names, score[row, :count].tolist(), strict=True))

    def _final(self, batch: Sequence[str], size: int) -> NDArray[np.float32]:
        """Log P(reading | string), shape (readings, strings), by dynamic programming over the strings' letters."""
        none = self._emit([""])
        ones = [self._emit([seen[j : j + 1] for seen in batch]) for j in range(size)]
        twos = [self._emit([seen[j : j + 2] for seen in batch]) for j in range(size - 1)]
        score = np.full((size + 1, len(batch), len(self.plain)), -np.inf, np.float32)
        score[0] = 0
        final = np.where(self.sizes == 0, score[size], -np.inf)
        for place in range(self.width):
            letter = self.codes[:, place]
            new = score + none[:, letter]
            for j in range(1, size + 1):
                np.maximum(new[j], score[j - 1] + ones[j - 1][:, letter], out=new[j])
                if j > 1:
                    np.maximum(new[j], score[j - 2] + twos[j - 2][:, letter], out=new[j])
            score = new
            final = np.where(self.sizes == place + 1, score[size], final)
        return final.astype(np.float32)

    def _emit(self, seen: Sequence[str]) -> NDArray[np.float32]:
        """Log P(seen | letter): shape (len(seen), letters + 1); the last column is for strings that have ended."""
        return np.array([self._row(s) for s in seen], np.float32)

    def _row(self, seen: str) -> NDArray[np.float32]:
        if seen not in self._rows:
            row = np.full(len(self.letters) + 1, _unseen(seen), np.float32)
            row[-1] = -np.inf
            for letter, logp in self._by_seen.get(seen, ()):
                row[letter] = logp
            if len(seen) == 2:  # one of the two may have slipped in: Vian for Văn, DPong for Đống
                one, two = self._row(seen[0]), self._row(seen[1])
                row = np.maximum(row, np.maximum(np.maximum(one, two) + SLIPPED, one + two + TWICE))
            self._rows[seen] = row
        return self._rows[seen]


def _unseen(seen: str) -> float:
    """Log probability of a confusion that no pair showed, by its length."""
    return (-7.0, FLOOR, FLOOR - 3)[len(seen)]
