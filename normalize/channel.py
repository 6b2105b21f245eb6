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
from numpy.typing import NDArray

from normalize.fold import fold, unmark
from normalize.syllable import Case, case_of, in_case, parts, spelling

FLOOR = -9.0  # nats of a confusion never seen
NEAR = 10.0  # nats behind the best at which a candidate is dropped
WORST = -30.0  # nats at which a reading is like nothing
SLIPPED = -10.0  # nats of a character too many
TWICE = -6.0  # nats of a letter read twice, in two ways: vé6i for với, DPong for Đống
WORD_WEIGHT = 20.0  # readings of a word that its letters' confusions are worth
POOLED = 0.05  # weight of other letters of the same base: the next scanner sees other marks
LETTERS = 0.5  # least share of what the letters say: noise has a long tail
DOUBTFUL = -4.5  # nats a letter under which two words are not one
COMMON = 0.8  # weight of a word's frequency when candidates are ranked
# Nats under which a word with digits inside is no damaged syllable, by its length: `b2` may be a code, `n6dng` is none.
SURE = (-8.0, -8.0, -8.0, -10.0, -10.0, -14.0)
LIMIT = 28  # candidates of a word: the true one is among them for 99 in 100
LIKE = {"onset": 8, "rime": 40, "whole": 40}
FRONT = 4  # characters that an onset may have been read as
STEP = 1 / 8  # nats a step of a stored probability
NOBODY = 65535
LONGEST = 12  # characters of a word as read; `nghiêng` has seven
CACHED = 100_000
CALM = 30.0  # letters of a text that weigh as much as all pairs
TELLING = 1500  # different words of a text that are asked how it damages letters
Emissions = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have stood there: its number in the language model, and log P(read | it)."""

    word: int
    logp: float


def align(true: str, seen: str, emissions: Emissions) -> list[tuple[str, str]]:
    """The likeliest way in which each letter of `true` gave 0 to 2 characters of `seen`."""
    size = len(seen)
    score = [0.0] + [-math.inf] * size
    took: list[list[int]] = []  # by letter and end: characters that the letter gave
    for i, letter in enumerate(true):
        row, ahead, widths = emissions.get(letter, {}), [-math.inf] * (size + 1), [-1] * (size + 1)
        for j in range(max(size - 2 * (len(true) - i), 0), min(size, 2 * i) + 1):
            for end in range(j, min(j + 2, size) + 1):
                shown = seen[j:end]
                reached = score[j] + (row[shown] if shown in row else _blind(letter, shown))
                if reached > ahead[end]:
                    ahead[end], widths[end] = reached, end - j
        score = ahead
        took.append(widths)
    return _traced(true, seen, took)


def _traced(true: str, seen: str, took: Sequence[Sequence[int]]) -> list[tuple[str, str]]:
    out, j = [], len(seen)
    for i in range(len(true) - 1, -1, -1):
        width = took[i][j]
        if width < 0:
            return []
        out.append((true[i], seen[j - width : j]))
        j -= width
    return out[::-1] if j == 0 else []


def _blind(letter: str, seen: str) -> float:
    """Log probability of a confusion before anything is known."""
    if seen in (letter, unmark(letter)):
        return -0.5
    if seen.lower() == unmark(letter).lower():
        return -3.0
    return FLOOR if len(seen) == 1 else FLOOR - 2


Pairs = Mapping[tuple[str, str], int]
Memory = dict[str, dict[str, int]]  # as read → what it was → how often


def estimate(pairs: Pairs, letters: Pairs | None = None, rounds: int = 4) -> dict[str, dict[str, float]]:
    """EM (Viterbi) over word pairs with their counts: letter → what it was read as → log probability.

    `letters`: counts of single letters that no pair of words stands for.
    """
    emissions: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for (true, seen), many in pairs.items():
            for letter, shown in align(true, seen, emissions):
                counts[letter][shown] += many
        for (letter, shown), many in (letters or {}).items():
            counts[letter][shown] += many
        emissions = {letter: _smoothed(letter, row, counts) for letter, row in sorted(counts.items())}
    return emissions


def believable(pairs: Pairs, emissions: Emissions) -> dict[tuple[str, str], int]:
    """The pairs that are one word read twice, not two words side by side in a badly cut line."""
    return {(t, s): n for (t, s), n in pairs.items() if _mean(t, align(t, s, emissions), emissions) > DOUBTFUL}


def _mean(true: str, shown: Sequence[tuple[str, str]], emissions: Emissions) -> float:
    total = sum(emissions.get(letter, {}).get(s, FLOOR) for letter, s in shown)
    return total / len(true) if shown else -math.inf


def remembered(pairs: Pairs) -> Memory:
    """How often each word was read as what."""
    words: Memory = defaultdict(dict)
    for (true, seen), many in sorted(pairs.items()):
        words[seen][true] = many
    return dict(words)


def _totals(memory: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for row in memory.values():
        for true, many in row.items():
            totals[true] += many
    return totals


def _smoothed(letter: str, row: Mapping[str, float], counts: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Mix a letter's own counts with what letters of the same base were read as."""
    pool: dict[str, float] = defaultdict(float)
    for other, shown in counts.items():
        if unmark(other).lower() == unmark(letter).lower():
            for seen, many in shown.items():
                same = seen if other.islower() == letter.islower() else seen.swapcase()
                pool[letter if seen == other else same] += many
    total, mass = sum(row.values()), sum(pool.values())
    extra = 4 + POOLED * total
    mixed = {s: (row.get(s, 0.0) + extra * pool[s] / mass) / (total + extra) for s in pool}
    return {s: round(math.log(p), 3) for s, p in sorted(mixed.items()) if p > math.exp(FLOOR)}


def _mixed(row: Mapping[str, float], seen: Mapping[str, float]) -> dict[str, float]:
    """A letter's log probabilities with those counted in one text mixed in."""
    total = sum(seen.values())
    if not total:
        return dict(row)
    own = total / (total + CALM)
    shares = {s: (1 - own) * math.exp(row.get(s, -math.inf)) + own * seen.get(s, 0) / total for s in {*row, *seen}}
    return {s: math.log(p) for s, p in sorted(shares.items()) if p > math.exp(FLOOR)}


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
    _tables: dict[tuple[Case, str], _Table] = field(default_factory=dict)
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
        mixed = {letter: _mixed(row, counts.get(letter, {})) for letter, row in self.emissions.items()}
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

    def _table(self, case: Case, what: str) -> _Table:
        key = (case, what)
        if key not in self._tables:
            self._tables[key] = self._made(case, what)
        return self._tables[key]

    def _made(self, case: Case, what: str) -> _Table:
        both = [parts(word) for word in self.words]
        wanted = {
            "onset": {o for o, _ in both},
            "rime": {r for o, r in both if o},
            "whole": {r for o, r in both if not o},
        }
        plain = sorted(wanted[what])
        printed = plain if what == "rime" and case is Case.TITLE else [in_case(p, case) for p in plain]
        return _Table(plain, printed, self.emissions, LIKE[what])


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


class _Table:
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
