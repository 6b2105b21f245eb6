"""One document against its gold one, and many such judgements added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.evaluate.facts import Fact, Json, facts_of
from pipeline.evaluate.marks import Marks, Proof
from pipeline.evaluate.pairing import Paired, paired

SCORABLE, LARGE = 5, 20  # gold facts; a group of fewer is not called the worst, or the worst large one


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts of facts, and precision, recall and F1 in four digits."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Rates) -> Rates:
        return Rates(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return round(self._precision, 4)

    @property
    def recall(self) -> float:
        return round(self._recall, 4)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Rates(right=8, wrong=1, missed=2).f1, Rates().f1
        (0.8421, 1.0)
        """
        total = self._precision + self._recall
        return round(2 * self._precision * self._recall / total, 4) if total else 0.0

    @property
    def _precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def _recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a document gives out: its fact, whether it is right and marked, and its evidence."""

    fact: Fact
    right: bool
    flagged: bool
    proof: Proof

    @property
    def silent(self) -> bool:
        """Wrong, and nothing says so: the error that spoils a data set."""
        return not self.right and not self.flagged


@dataclass(frozen=True, slots=True)
class Judgement:
    """One notice at one level of scan ("" where levels do not matter)."""

    name: str
    level: str
    strict: Rates
    soft: Rates
    given: tuple[Given, ...]
    missed: tuple[Fact, ...]

    @property
    def silent(self) -> int:
        return sum(value.silent for value in self.given)


def judge(name: str, gold: Json, document: Json, level: str = "") -> Judgement:
    """Judge one document; an empty one misses everything.

    >>> judged = judge("tb-1", {"document": {"number": "12"}}, {"document": {"number": "13"}})
    >>> judged.strict, judged.silent
    (Rates(right=0, wrong=1, missed=1), 1)
    """
    want, got, marks = facts_of(gold, gold), facts_of(document, gold), Marks(document)
    strict = paired(want, got)
    right, wrong = (
        tuple(Given(fact, good, marks.flagged(fact.at), marks.proof(fact.at)) for fact in facts)
        for good, facts in ((True, strict.right), (False, strict.wrong))
    )
    return Judgement(name, level, _rates(strict), _rates(paired(want, got, soft=True)), right + wrong, strict.missed)


def _rates(pairs: Paired) -> Rates:
    return Rates(len(pairs.right), len(pairs.wrong), len(pairs.missed))


@dataclass(frozen=True, slots=True)
class Summary:
    """Many judgements in figures. `per_1000` and `share_flagged` are None where nothing was given out."""

    strict: Rates
    soft: Rates
    macro: float
    whole: int
    notices: int
    silent: int
    given: int
    flagged: int
    right_but_flagged: int
    groups: tuple[tuple[str, Rates], ...]

    @property
    def per_1000(self) -> float | None:
        return round(1000 * self.silent / self.given, 2) if self.given else None

    @property
    def share_flagged(self) -> float | None:
        return round(self.flagged / self.given, 4) if self.given else None

    def worst(self, fewest: int = SCORABLE) -> tuple[float, str] | None:
        """The group of the lowest F1 among those with so many gold facts."""
        enough = ((rates.f1, name) for name, rates in self.groups if rates.right + rates.missed >= fewest)
        return min(enough, default=None)


def summed(judged: Sequence[Judgement]) -> Summary:
    """Add judgements up; `macro` is the mean over notices, so that one long table does not decide."""
    values = [value for one in judged for value in one.given]
    return Summary(
        strict=sum((one.strict for one in judged), Rates()),
        soft=sum((one.soft for one in judged), Rates()),
        macro=round(sum(one.strict.f1 for one in judged) / max(1, len(judged)), 4),
        whole=sum(not one.strict.wrong and not one.strict.missed for one in judged),
        notices=len(judged),
        silent=sum(value.silent for value in values),
        given=len(values),
        flagged=sum(value.flagged for value in values),
        right_but_flagged=sum(value.flagged and value.right for value in values),
        groups=_groups(judged),
    )


def _groups(judged: Iterable[Judgement]) -> tuple[tuple[str, Rates], ...]:
    found: dict[str, Rates] = {}

    def count(group: str, rates: Rates) -> None:
        found[group] = found.get(group, Rates()) + rates

    for one in judged:
        for value in one.given:
            count(value.fact.group, Rates(right=value.right, wrong=not value.right))
        for fact in one.missed:
            count(fact.group, Rates(missed=1))
    return tuple(sorted(found.items()))
