"""The best name for a reading, with its margin to the runner-up; too close or too far is not sure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from normalize.confusion import distance, has_marks, plain
from normalize.fold import fold

T = TypeVar("T")
SHORTLIST = 12  # names that get the exact distance; the rest lose on rapidfuzz's quick ratio
ALWAYS = 5  # of these, measured however far behind
BEHIND = 30  # of 100 in rapidfuzz's ratio, behind the best of the short list
KEPT = 5  # candidates told to the caller
MARGIN = 0.2  # letters between best and runner-up: one mark read right, see `confusion.NO_MARK`
FAR = 0.25  # share of the name's letters that may be wrong: 0.3 took 2 in 1,000 other words for communes, 0.2 none
FAR_MARKED = 0.2  # the same where the reading carries marks: its engine errs less
LIMITS = {"too close": 0.4, "too far": 0.1}  # of the confidence of what is unsure, as tried on corrupted names


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """One possible name. `cost`: wrong letters, weighted; `score`: 1 − cost / length, 0..1."""

    value: T
    name: str
    cost: float
    score: float


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """What a reading was matched to.

    `best` is the value of the best candidate, also when `sure` is false; None without candidates. `score` 0..1;
    `margin`: weighted letters between best and runner-up (infinite without one); `confidence` 0..1;
    `why` says what makes it unsure, empty when sure; `note` what a reviewer should know besides.
    """

    read: str
    best: T | None
    score: float
    margin: float
    confidence: float
    sure: bool
    candidates: tuple[Candidate[T], ...]
    why: str = ""
    note: str = ""

    @property
    def value(self) -> T | None:
        """The best value if it is sure, else None."""
        return self.best if self.sure else None


def best_of(read: str, names: Sequence[str], marked: bool | None = None) -> Match[str]:
    """Match a reading against plain names; see `best_match`.

    >>> best_of("Pong Y", ["Long Đống", "Đồng Ý", "Vũ Sơn"]).value
    'Đồng Ý'
    >>> best_of("Hoằng Phụ", ["Hoằng Phú", "Hoằng Phụ"]).value
    'Hoằng Phụ'
    >>> unsure = best_of("Hoang Phu", ["Hoằng Phú", "Hoằng Phụ"])
    >>> unsure.sure, [candidate.name for candidate in unsure.candidates]
    (False, ['Hoằng Phú', 'Hoằng Phụ'])
    """
    return _best_of(read, tuple(names), marked)


@lru_cache(maxsize=8192)
def _best_of(read: str, names: tuple[str, ...], marked: bool | None) -> Match[str]:
    return best_match(read, names, lambda name: name, marked)


def best_match(read: str, values: Sequence[T], name_of: Callable[[T], str], marked: bool | None = None) -> Match[T]:
    """Rank `values` by how far their names lie from a reading.

    `marked`: were the marks read from paper by an engine that reads marks? False for text whose marks were
    restored: they are guesses. None judges by the reading itself. Values with equal names make a match unsure.
    """
    key = plain(read)
    marked = has_marks(read) if marked is None else marked
    short = shortlist(key, [plain(name_of(value)) for value in values])
    return decide(read, [candidate(read, values[i], name_of(values[i]), marked) for i in short], far(marked))


def candidate(read: str, value: T, name: str, marked: bool) -> Candidate[T]:
    """Measure one name against a reading."""
    cost = distance(plain(read), plain(name), marked)
    return Candidate(value, name, cost, score_of(cost, name))


def score_of(cost: float, name: str) -> float:
    """The share of a name's letters that was read right, 0..1."""
    return round(max(0.0, 1 - cost / max(len(plain(name)), 1)), 4)


def far(marked: bool) -> float:
    """The share of wrong letters past which a match is unsure."""
    return FAR_MARKED if marked else FAR


def decide(read: str, candidates: Iterable[Candidate[T]], most_wrong: float) -> Match[T]:
    """Rank candidates by cost and say whether the best is sure: not `most_wrong` (0..1) off, nor too close."""
    ranked = sorted(candidates, key=lambda c: (c.cost, c.name))
    if not ranked:
        return Match(read, None, 0.0, 0.0, 0.0, False, (), "no candidates")
    best = ranked[0]
    margin = round(ranked[1].cost - best.cost, 3) if len(ranked) > 1 else math.inf
    wrong = 1 - best.score
    why = "too far" if wrong > most_wrong else "too close" if margin < max(MARGIN, 0.5 * best.cost) else ""
    confidence = min(_confidence(wrong, margin), LIMITS.get(why, 1.0))
    return Match(read, best.value, best.score, margin, confidence, not why, tuple(ranked[:KEPT]), why)


def shortlist(key: str, names: Sequence[str]) -> list[int]:
    """Indices of the names worth measuring; key and names as `plain` gives them."""
    ranked = process.extract(fold(key), _folded(tuple(names)), scorer=fuzz.ratio, limit=SHORTLIST)
    best = ranked[0][1] if ranked else 0.0
    return [i for place, (_, ratio, i) in enumerate(ranked) if place < ALWAYS or ratio >= best - BEHIND]


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...]) -> list[str]:
    return [fold(name) for name in names]


def _confidence(wrong: float, margin: float) -> float:
    """The chance that the best is right: falls with the share of wrong letters, rises with the margin.

    On names of communes corrupted as held-out pages were, one in twenty not in the list: 1.00 right where it says
    0.99 or more, 0.99 where 0.9 to 0.99.
    """
    logit = 1.0 + 5 * min(margin, 1.2) - 9 * wrong
    return round(1 / (1 + math.exp(-logit)), 3)
