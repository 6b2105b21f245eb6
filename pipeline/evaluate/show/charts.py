"""The reliability diagram and the risk-coverage curve of a calibration."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate.calibration import Calibration, Point
from pipeline.evaluate.show.shapes import INK, RED, RULE, SOFT, Bar, Dot, Drawing, Label, Shape, Stroke, beside

WIDTH, HEIGHT = 460, 420
_LEFT, _TOP, _SIDE, _FOOT = 62.0, 56.0, 372.0, 296.0  # the plot's corner, its width and its height
_FILLED, _FAINT = "#b9d0ea", "#e6eef7"
_FEW = 10  # values; a bar of fewer is faint, as it says little
_STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def reliability_diagram(calibration: Calibration) -> Drawing:
    """Said against right, a bar a bin; a bar on the dashed line is honest, below it the document was too sure."""
    shapes = [*_frame("Reliability", _told(calibration), "confidence said", "share that is right", 1.0)]
    most = max((b.count for b in calibration.bins), default=0)
    for b in calibration.bins:
        if b.count:
            colour = _FILLED if b.count >= _FEW else _FAINT
            shapes.append(Bar(_x(b.low) + 2, _y(b.right, 1.0), _x(b.high) - 2, _y(0, 1.0), colour))
            shapes.append(Dot(_x(b.said), _y(b.right, 1.0), 2.5 + 4 * (b.count / most) ** 0.5))
            shapes.append(Label(_x((b.low + b.high) / 2), _y(0, 1.0) - 5, f"{b.count:,}", 10, INK, "middle"))
    shapes.append(Stroke(((_x(0), _y(0, 1.0)), (_x(1), _y(1, 1.0))), SOFT, 1.3, dashed=True))
    return Drawing(WIDTH, HEIGHT, tuple(shapes), f"Reliability diagram, {_told(calibration)}")


def both(calibration: Calibration) -> Drawing:
    """The two charts side by side."""
    return beside([reliability_diagram(calibration), risk_coverage_curve(calibration)])


def _told(calibration: Calibration) -> str:
    return f"ECE {calibration.ece}" if calibration.ece is not None else "no value has a confidence"


def risk_coverage_curve(calibration: Calibration) -> Drawing:
    """What is wrong among the surest values, by how many of all they are: down and flat is good."""
    top = _ceiling(max((point.risk for point in calibration.curve), default=0.0))
    told = f"area {calibration.area}" if calibration.area is not None else _told(calibration)
    across = "coverage: share of values taken, the surest first"
    shapes = [*_frame("Risk and coverage", told, across, "share that is wrong", top)]
    if calibration.curve:
        points = tuple((_x(point.coverage), _y(point.risk, top)) for point in calibration.curve)
        shapes.append(Stroke(((_x(0), points[0][1]), *points), RED, 2.0))
        shapes += list(_named(calibration.curve, top))
    return Drawing(WIDTH, HEIGHT, tuple(shapes), f"Risk-coverage curve, {told}")


def _named(curve: tuple[Point, ...], top: float) -> Iterator[Shape]:
    """Where the values surer than a round figure end."""
    for low in (0.95, 0.9, 0.8):
        at = next((point for point in reversed(curve) if point.confidence >= low), None)
        if at is not None:
            yield Dot(_x(at.coverage), _y(at.risk, top), 3.5, RED)
            yield Label(_x(at.coverage) - 7, _y(at.risk, top) - 7, f"{low:g} and surer", 10, INK, "end")


def _ceiling(highest: float) -> float:
    """The top of an axis: the first round figure above.

    >>> _ceiling(0.031), _ceiling(0.0), _ceiling(0.7)
    (0.05, 0.01, 1.0)
    """
    return next((step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if highest <= step), 1.0)


def _x(share: float) -> float:
    return _LEFT + share * _SIDE


def _y(share: float, top: float) -> float:
    return _TOP + _FOOT * (1 - share / top)


def _frame(title: str, told: str, across: str, up: str, top: float) -> Iterator[Shape]:
    yield Label(_LEFT, 24, title, 16)
    yield Label(_LEFT + _SIDE, 24, told, 12, SOFT, "end")
    yield Label(_LEFT, _TOP - 10, up, 11, SOFT)
    yield Label(_LEFT + _SIDE, _TOP + _FOOT + 38, across, 11, SOFT, "end")
    for step in _STEPS:
        y = _y(step * top, top)
        yield Stroke(((_LEFT, y), (_LEFT + _SIDE, y)), RULE)
        yield Label(_LEFT - 8, y + 4, f"{step * top:.3g}", 11, SOFT, "end")
        yield Label(_x(step), _TOP + _FOOT + 17, f"{step:g}", 11, SOFT, "middle")
    yield Stroke(((_LEFT, _TOP + _FOOT), (_LEFT + _SIDE, _TOP + _FOOT)), SOFT)
