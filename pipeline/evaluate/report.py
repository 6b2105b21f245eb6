"""All that an evaluation found, as one value, as JSON and as lines for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.evaluate.calibration import Calibration, calibrate
from pipeline.evaluate.facts import Fact
from pipeline.evaluate.judge import LARGE, Judgement, Rates, Summary, summed
from pipeline.evaluate.saved import Turn


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of all that was judged, or of one level of scan."""

    figures: Summary
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Report:
    """`levels` is empty where levels were not asked for, `turns` where there is nothing to compare with."""

    judged: tuple[Judgement, ...]
    total: Summary
    calibration: Calibration
    levels: dict[str, Part]
    turns: tuple[Turn, ...] | None = None


def report_on(judged: Sequence[Judgement], turns: Sequence[Turn] | None = None) -> Report:
    """Add up and calibrate."""
    return Report(
        judged=tuple(judged),
        total=summed(judged),
        calibration=calibrate(judged),
        levels=dict(_parts(judged)),
        turns=None if turns is None else tuple(turns),
    )


def _parts(judged: Sequence[Judgement]) -> Iterator[tuple[str, Part]]:
    for level in dict.fromkeys(one.level for one in judged if one.level):
        those = [one for one in judged if one.level == level]
        yield level, Part(summed(those), calibrate(those))


@dataclass(frozen=True, slots=True)
class Miss:
    """A value that is wrong (`kind` silent or flagged, `said`), or a gold fact that is missed (`want`).

    `gold`: what stands in the gold document in place of a wrong value, where that is plain.
    """

    notice: str
    level: str
    kind: str
    group: str
    anchor: str
    said: str | None = None
    want: str | None = None
    gold: str | None = None
    at: str | None = None
    page: int | None = None
    boxes: tuple[tuple[int, ...], ...] = ()
    raw: str | None = None
    confidence: float | None = None
    why: str | None = None


def misses(judged: Sequence[Judgement]) -> Iterator[Miss]:
    """What is wrong with its evidence, then what is missed, notice by notice."""
    for one in judged:
        for value in one.given:
            if not value.right:
                fact, kind = value.fact, "silent" if value.silent else "flagged"
                gold = _instead(fact, one.missed)
                told = {"said": fact.said, "gold": gold, "at": fact.at, **asdict(value.proof)}
                yield Miss(one.name, one.level, kind, fact.group, fact.about, **told)
        for fact in one.missed:
            yield Miss(one.name, one.level, "missed", fact.group, fact.about, want=fact.said)


def _instead(fact: Fact, missed: Sequence[Fact]) -> str | None:
    """The one missed fact of the same kind about the same thing."""
    same = [other.said for other in missed if (other.group, other.anchor) == (fact.group, fact.anchor)]
    return same[0] if len(same) == 1 else None


def to_json(report: Report) -> str:
    """Everything, indented; lists of notices and misses in full."""
    told: dict[str, Any] = _figures(report.total)
    told["groups"] = {name: _rates(rates) for name, rates in report.total.groups}
    told["notices"] = [
        {"notice": one.name, "level": one.level, **_rates(one.strict), "silent": one.silent} for one in report.judged
    ]
    told["levels"] = {
        level: {**_figures(part.figures), "ece": part.calibration.ece} for level, part in report.levels.items()
    }
    told["calibration"] = asdict(report.calibration)
    told["misses"] = [_filled(asdict(miss)) for miss in misses(report.judged)]
    if report.turns is not None:
        told["turns"] = [asdict(turn) for turn in report.turns]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value not in (None, ())}


def _rates(rates: Rates) -> dict[str, Any]:
    return {"precision": rates.precision, "recall": rates.recall, "f1": rates.f1, **asdict(rates)}


def _figures(summary: Summary) -> dict[str, Any]:
    return {
        "strict": _rates(summary.strict),
        "soft": _rates(summary.soft),
        "macro_f1": summary.macro,
        "worst_group": summary.worst(),
        "worst_large_group": summary.worst(LARGE),
        "whole_notices_right": f"{summary.whole}/{summary.notices}",
        "silent_errors_per_1000": summary.per_1000,
        "flagged_share": summary.share_flagged,
        "right_but_flagged": summary.right_but_flagged,
    }


def lines(report: Report, listed: bool = False) -> Iterator[str]:
    """The report for a terminal; the last line is the total. `listed`: each miss first."""
    if listed:
        yield from (line for miss in misses(report.judged) for line in _miss(miss))
    for name, rates in report.total.groups:
        yield f"{name:22} {_row(rates)}"
    for one in report.judged:
        yield f"{_named(one.name, one.level):34} {_row(one.strict)} silent {one.silent}"
    for level, part in report.levels.items():
        yield f"{level:10} ECE {part.calibration.ece} · {_means(part.figures)}"
        yield f"{'':10} {_totals(part.figures)}"
    yield from _turns(report.turns)
    yield _sure(report.calibration)
    yield _means(report.total)
    yield _totals(report.total)


def _named(name: str, level: str) -> str:
    return f"{name} {level}".strip()


def _row(rates: Rates) -> str:
    return f"F1 {rates.f1:.3f}  right {rates.right:4} wrong {rates.wrong:3} missed {rates.missed:3}"


def _means(summary: Summary) -> str:
    large = summary.worst(LARGE)
    return f"macro F1 {summary.macro:.4f} · worst group {summary.worst()} · of those of {LARGE} and more {large}"


def _totals(summary: Summary) -> str:
    return (
        f"strict F1 {summary.strict.f1:.4f} · soft F1 {summary.soft.f1:.4f} · whole notices right "
        f"{summary.whole}/{summary.notices} · silent errors per 1000 {summary.per_1000} · "
        f"flagged {summary.share_flagged}"
    )


def _sure(calibration: Calibration) -> str:
    without = f", {calibration.unproven} without evidence left out" if calibration.unproven else ""
    return (
        f"ECE {calibration.ece} over {calibration.count} values{without} · area under risk-coverage {calibration.area}"
    )


def _miss(miss: Miss) -> Iterator[str]:
    gold = f" for {miss.gold}" if miss.gold is not None else ""
    said = f"want {miss.want}" if miss.said is None else f"got {miss.said}{gold}"
    yield f"{miss.kind:8} {_named(miss.notice, miss.level):24} {miss.group:20} {miss.anchor[:40]:40} {said}"
    if miss.at is not None:
        boxes = "; ".join(" ".join(map(str, box)) for box in miss.boxes)
        where = f"page {miss.page}" + (f" box {boxes}" if boxes else "") if miss.page is not None else "no place"
        yield f"         {miss.at} · {where} · confidence {miss.confidence} · read {miss.raw!r}"


def _turns(turns: Sequence[Turn] | None) -> Iterator[str]:
    if turns is None:
        return
    for turn in turns:
        yield f"{turn.kind:8} {_named(turn.notice, turn.level):24} {turn.group:20} {turn.anchor[:40]:40} {turn.value}"
    counts = {kind: sum(turn.kind == kind for turn in turns) for kind in ("gained", "lost", "worse", "mended")}
    yield "against the saved run: " + " · ".join(f"{many} {kind}" for kind, many in counts.items())
