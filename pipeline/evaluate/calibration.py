"""Can the confidence be trusted? Reliability in ten bins, their expected error, and the risk at each coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.evaluate.judge import Judgement

BINS = 10

Answer = tuple[float, bool]  # how sure a document was of a value, and whether it was right


@dataclass(frozen=True, slots=True)
class Bin:
    """Values said to be this sure: [low, high), the last one closed. `said`, `right`: means, 0.0 where empty."""

    low: float
    high: float
    count: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Point:
    """Only values at least this sure taken: the share of all that they are, and the share of them that is wrong."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`ece`: expected calibration error over the bins; `area` under the risk-coverage curve; None without values.

    `unproven`: values without an evidence entry, which are in none of the figures.
    """

    bins: tuple[Bin, ...]
    curve: tuple[Point, ...]
    ece: float | None
    area: float | None
    count: int
    unproven: int


def calibrate(judged: Iterable[Judgement]) -> Calibration:
    """Figures over all values given out, right and wrong; a value that two facts share (name and code) counts twice."""
    sure = [(value.proof.confidence, value.right) for one in judged for value in one.given]
    answers = [(confidence, right) for confidence, right in sure if confidence is not None]
    curve = risk_by_coverage(answers)
    return Calibration(
        bins=reliability(answers),
        curve=curve,
        ece=expected_error(answers),
        area=_area(curve),
        count=len(answers),
        unproven=len(sure) - len(answers),
    )


def reliability(answers: Sequence[Answer]) -> tuple[Bin, ...]:
    """Ten bins of equal width.

    >>> [(b.low, b.count, b.said, b.right) for b in reliability([(0.95, True), (0.97, False), (0.3, True)]) if b.count]
    [(0.3, 1, 0.3, 1.0), (0.9, 2, 0.96, 0.5)]
    """
    inside: list[list[Answer]] = [[] for _ in range(BINS)]
    for answer in answers:
        inside[min(int(round(answer[0] * BINS, 9)), BINS - 1)].append(answer)
    return tuple(
        Bin(i / BINS, (i + 1) / BINS, len(those), _mean([a for a, _ in those]), _mean([float(b) for _, b in those]))
        for i, those in enumerate(inside)
    )


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def expected_error(answers: Sequence[Answer]) -> float | None:
    """ECE: the distance between said and right, averaged over the bins by how many values they hold (Guo et al. 2017).

    >>> expected_error([(0.95, True), (0.95, False)]), expected_error([])
    (0.45, None)
    """
    if not answers:
        return None
    return round(sum(b.count * abs(b.said - b.right) for b in reliability(answers)) / len(answers), 4)


def risk_by_coverage(answers: Sequence[Answer]) -> tuple[Point, ...]:
    """A point for each confidence that occurs, the surest first: equally sure values cannot be told apart.

    >>> [(p.coverage, p.risk) for p in risk_by_coverage([(0.9, True), (0.9, False), (0.5, False), (1.0, True)])]
    [(0.25, 0.0), (0.75, 0.3333333333333333), (1.0, 0.5)]
    """
    points, taken, wrong = [], 0, 0
    for confidence, those in groupby(sorted(answers, key=lambda a: -a[0]), key=lambda a: a[0]):
        rights = [right for _, right in those]
        taken += len(rights)
        wrong += rights.count(False)
        points.append(Point(confidence, taken / len(answers), wrong / taken))
    return tuple(points)


def _area(curve: Sequence[Point]) -> float | None:
    if not curve:
        return None
    before = [0.0, *(point.coverage for point in curve)]
    return round(sum(p.risk * (p.coverage - low) for p, low in zip(curve, before, strict=False)), 4)
