"""The confusion channel: candidates for a word as read, from what true letters were read as.

A word is an onset and a rime; both are scored against all onsets and rimes of the inventory at once, so that a page's
words cost a few array operations.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from normalize.channel.learning import Emissions, Memory, Pairs, align, mixed_in
from normalize.channel.table import CACHED, NEAR, WORST, Table
from normalize.fold import fold
from normalize.syllable import Case, case_of, in_case, parts, spelling

WORD_WEIGHT = 20.0  # readings of a word that its letters' confusions are worth
LETTERS = 0.5  # least share of what the letters say: noise has a long tail
COMMON = 0.8  # weight of a word's frequency when candidates are ranked
# Nats under which a word with digits inside is no damaged syllable, by its length: `b2` may be a code, `n6dng` is none.
SURE = (-8.0, -8.0, -8.0, -10.0, -10.0, -14.0)
LIMIT = 28  # candidates of a word: the true one is among them for 99 in 100
LIKE = {"onset": 8, "rime": 40, "whole": 40}
FRONT = 4  # characters that an onset may have been read as
STEP = 1 / 8  # nats a step of a stored probability
NOBODY = 65535
LONGEST = 12  # characters of a word as read; `nghiêng` has seven
TELLING = 1500  # different words of a text that are asked how it damages letters


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have stood there: its number in the language model, and log P(read | it)."""

    word: int
    logp: float


def _totals(memory: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for row in memory.values():
        for true, many in row.items():
            totals[true] += many
    return totals


@dataclass(frozen=True, slots=True)
class Ready:
    """Candidates found when the model was made, for the commonest words: rows of numbers and −log P in steps."""

    rows: Mapping[str, int]
    words: NDArray[np.uint16]  # (rows, candidates); NOBODY fills up
    steps: NDArray[np.uint8]

    def find(self, key: str) -> tuple[Candidate, ...] | None:
        """The candidates of a key as `ready_key` makes it, if it is there."""
        row = self.rows.get(key)
        if row is None:
            return None
        pairs = zip(self.words[row].tolist(), self.steps[row].tolist(), strict=True)
        return tuple(Candidate(word, -step * STEP) for word, step in pairs if word != NOBODY)


def ready_key(seen: str, case: Case) -> str:
    """The key of a word as read; only words whose case can be read from them are kept ready."""
    return seen if case_of(seen) is case else ""


def make_ready(channel: Channel, seen: Iterable[str]) -> Ready:
    """Find the candidates of many words, to be stored with the model."""
    keys = sorted({word for word in seen if 0 < len(word) <= LONGEST})
    channel.prepare((word, case_of(word)) for word in keys)
    found = [channel.candidates(word, case_of(word)) for word in keys]
    words = np.full((len(keys), channel.limit), NOBODY, np.uint16)
    steps = np.zeros((len(keys), channel.limit), np.uint8)
    for i, row in enumerate(found):
        words[i, : len(row)] = [c.word for c in row]
        steps[i, : len(row)] = [min(round(-c.logp / STEP), 255) for c in row]
    return Ready({key: i for i, key in enumerate(keys)}, words, steps)


NOTHING_READY = Ready({}, np.zeros((0, 0), np.uint16), np.zeros((0, 0), np.uint8))


@dataclass(slots=True)
class Channel:
    """Scores words as read against the inventory. `words`: spelling → number of what may be restored.

    `memory`: words as read in pairs, which count beside their letters; `prior`: number → log probability of a word.
    """

    emissions: Emissions
    words: Mapping[str, int]
    memory: Memory
    prior: Mapping[int, float] = field(default_factory=dict)
    limit: int = LIMIT
    ready: Ready = NOTHING_READY
    _totals: dict[str, int] = field(init=False)
    _tables: dict[tuple[Case, str], Table] = field(default_factory=dict)
    _cache: dict[tuple[str, Case], tuple[Candidate, ...]] = field(default_factory=dict)
    _aligned: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._totals = _totals(self.memory)

    def adapted(self, pairs: Pairs) -> Channel:
        """The channel of one text, from words of it that are sure: each scanner damages letters in its own way."""
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (true, seen), many in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:TELLING]:
            for letter, shown in self._alignment(true, seen):
                counts[letter][shown] += many
        mixed = {letter: mixed_in(row, counts.get(letter, {})) for letter, row in self.emissions.items()}
        return Channel(mixed, self.words, self.memory, self.prior, self.limit)

    def _alignment(self, true: str, seen: str) -> list[tuple[str, str]]:
        if len(self._aligned) > CACHED:
            self._aligned.clear()
        if (true, seen) not in self._aligned:
            self._aligned[true, seen] = align(true, seen, self.emissions)
        return self._aligned[true, seen]

    def prepare(self, seen: Iterable[tuple[str, Case]]) -> None:
        """Find the candidates of many words at once, which costs far less than one by one."""
        if len(self._cache) > CACHED:
            self._cache.clear()
        new = [key for key in dict.fromkeys(seen) if len(key[0]) <= LONGEST and not self._at_hand(key)]
        for case in Case:
            words = [word for word, c in new if c is case]
            cuts = {word: self._cuts(word, case) for word in self._fronts(words, case)}
            self._tails(cuts, case)
            for word in words:
                self._cache[word, case] = self._found(word, case, cuts[word])

    def candidates(self, seen: str, case: Case) -> tuple[Candidate, ...]:
        """The likeliest true words, best first; none for a word too long to be a syllable."""
        if len(seen) > LONGEST:
            return ()
        if (seen, case) not in self._cache:
            self.prepare([(seen, case)])
        return self._cache[seen, case]

    def as_figure(self, seen: str) -> tuple[Candidate, ...]:
        """The likeliest small words that were read as a figure, however far from it; the words around must tell."""
        cuts = {seen: self._cuts(seen, Case.LOWER)}
        self._tails(cuts, Case.LOWER)
        return self._found(seen, Case.LOWER, cuts[seen], sure=-math.inf)

    def _at_hand(self, key: tuple[str, Case]) -> bool:
        if key not in self._cache:
            found = self.ready.find(ready_key(*key))
            if found is None:
                return False
            self._cache[key] = found
        return True

    def _fronts(self, words: Sequence[str], case: Case) -> Sequence[str]:
        fronts = {word[:cut] for word in words for cut in range(min(len(word), FRONT) + 1)}
        self._table(case, "onset").fill(fronts)
        return words

    def _cuts(self, word: str, case: Case) -> list[int]:
        """Where the onset may end: cuts whose front is like some onset."""
        table = self._table(case, "onset")
        tops = [(table.top(word[:cut]), cut) for cut in range(min(len(word), FRONT) + 1)]
        return [cut for top, cut in sorted(tops, reverse=True) if top > -NEAR]

    def _tails(self, cuts: Mapping[str, Sequence[int]], case: Case) -> None:
        tails = {word[cut:] for word, at in cuts.items() for cut in at}
        self._table(case, "rime").fill(tails)
        self._table(case, "whole").fill({word[cut:] for word, at in cuts.items() for cut in at if cut < 2})

    def _found(self, seen: str, case: Case, cuts: Sequence[int], sure: float | None = None) -> tuple[Candidate, ...]:
        scores: dict[str, float] = {}
        for cut in cuts:
            self._joined(seen[:cut], seen[cut:], case, scores)
        self._recall(seen, case, scores)
        known = [(self.words[word], logp) for word, logp in scores.items() if word in self.words]
        if any(c.isdigit() for c in seen):  # `s6` is số, but `b2` may be a code: only confusions that were seen count
            least = SURE[min(len(seen), 5)] if sure is None else sure
            known = [item for item in known if item[1] > least]
        ranked = sorted((-logp - COMMON * self.prior.get(word, 0.0), word, logp) for word, logp in known)
        return tuple(Candidate(word, logp) for rank, word, logp in ranked[: self.limit] if rank < ranked[0][0] + NEAR)

    def _recall(self, seen: str, case: Case, scores: dict[str, float]) -> None:
        """Mix what the letters say with how often the whole word was read so."""
        row = {spelling(true): many for true, many in self.memory.get(seen, {}).items() if case_of(true) is case}
        for word in dict.fromkeys((*scores, *row)):
            total = self._totals.get(in_case(word, case), 0)
            share = max(WORD_WEIGHT / (total + WORD_WEIGHT), LETTERS)
            whole = (1 - share) * row.get(word, 0) / max(total, 1)
            scores[word] = math.log(share * math.exp(scores.get(word, WORST)) + whole)

    def _joined(self, front: str, tail: str, case: Case, scores: dict[str, float]) -> None:
        """Add the words made of an onset like `front` and a rime like `tail`, if they come near the best so far."""
        best = max(scores.values(), default=-math.inf)
        for onset, a in self._table(case, "onset").near(front):
            if not onset and len(front) > 1:
                continue
            for rime, b in self._table(case, "rime" if onset else "whole").near(tail):
                logp = a + b
                if logp < best - NEAR:
                    break
                word = onset + rime
                if logp > scores.get(word, -math.inf) and word in self.words:
                    scores[word] = logp
                    best = max(best, logp)

    def _table(self, case: Case, what: str) -> Table:
        key = (case, what)
        if key not in self._tables:
            self._tables[key] = self._made(case, what)
        return self._tables[key]

    def _made(self, case: Case, what: str) -> Table:
        both = [parts(word) for word in self.words]
        wanted = {
            "onset": {o for o, _ in both},
            "rime": {r for o, r in both if o},
            "whole": {r for o, r in both if not o},
        }
        plain = sorted(wanted[what])
        printed = plain if what == "rime" and case is Case.TITLE else [in_case(p, case) for p in plain]
        return Table(plain, printed, self.emissions, LIKE[what])


@dataclass(frozen=True, slots=True)
class Stripped:
    """The channel that only takes marks off: every word that folds to what was read."""

    folded: Mapping[str, tuple[int, ...]]

    def prepare(self, seen: Iterable[tuple[str, Case]]) -> None:
        """Nothing to prepare."""

    def candidates(self, seen: str, case: Case) -> tuple[Candidate, ...]:
        """All words with these letters; the case says nothing here."""
        del case
        return tuple(Candidate(word, 0.0) for word in self.folded.get(fold(seen), ()))
