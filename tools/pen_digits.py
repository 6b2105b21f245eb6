"""Digits as Vietnamese hands write them, drawn by splines: what MNIST, written by Americans, lacks.

1 with a long upstroke, 7 with a bar, 2 and 3 with loops, 4 and 9 open, 5 with a roof that flies to the right,
several digits in one stroke. To train on only: the samples' figures are drawn by `tools/handwriting.py`, from other
shapes, so that reading them proves something.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

Points = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Image = np.ndarray[tuple[int, int], np.dtype[np.uint8]]

# Each shape: strokes as `x,y` in hundredths of the digit's height, y downwards, 0 at its top; and its weight.
SHAPES: dict[str, list[tuple[float, str]]] = {
    "0": [
        (4, "32,2 14,14 5,45 10,82 27,99 46,84 54,50 47,13 31,2"),
        (2, "45,10 28,1 10,20 6,60 20,97 42,90 54,55 44,12 30,8"),
        (2, "28,0 8,22 4,60 18,96 36,96 50,62 48,24 30,2 20,6"),
        (1, "50,20 34,2 12,16 4,56 18,94 40,94 56,60 52,22 40,8 52,0"),
        (1, "20,10 4,40 8,84 28,98 50,78 52,36 34,6 18,8"),
    ],
    "1": [
        (3, "0,48 18,24 36,0 33,50 29,100"),
        (3, "2,36 20,18 34,0 34,48 32,100"),
        (2, "4,62 22,30 42,2 37,52 31,102"),
        (2, "8,26 24,2 23,50 20,100"),
        (2, "14,0 13,50 11,100"),
        (1, "6,30 24,2 22,50 20,98|4,99 22,97 40,98"),
        (1, "2,44 20,22 36,0 30,60 26,98 34,92"),
    ],
    "2": [
        (3, "10,22 20,3 42,2 48,24 34,56 10,86 4,98 14,80 28,88 42,98 58,90"),
        (2, "18,26 10,14 24,0 46,8 46,34 26,68 6,94 2,84 16,82 34,96 56,92"),
        (2, "6,24 16,4 40,2 46,26 30,60 4,97 28,96 54,97"),
        (2, "24,30 14,28 14,10 32,0 48,14 42,42 18,78 4,92 6,80 20,84 38,98 56,84"),
        (1, "6,14 24,2 44,10 42,38 20,76 2,98 26,92 50,98 58,88"),
        (1, "4,8 44,6 30,40 4,96 50,94"),
        (2, "28,28 16,24 20,6 38,0 50,18 40,50 14,86 2,94 4,82 18,82 36,94 54,94"),
    ],
    "3": [
        (3, "6,14 22,0 42,8 40,32 20,46 42,56 48,80 30,100 8,94 2,80"),
        (2, "14,22 10,8 28,0 46,12 38,36 20,44 28,46 48,62 46,90 22,100 4,88"),
        (2, "6,4 46,2 22,38 44,50 50,76 32,98 4,92"),
        (1, "8,12 28,0 44,14 34,40 18,44 18,50 30,46 48,66 40,94 16,100 0,86"),
        (2, "20,24 10,18 22,2 42,6 44,26 22,44 40,50 46,72 34,96 12,102 0,90 8,82"),
    ],
    "4": [
        (3, "26,0 14,34 2,66 30,64 58,60|42,34 40,66 36,100"),
        (2, "18,2 12,34 8,58 30,58 54,54|46,6 42,54 38,102"),
        (2, "44,2 22,34 2,70 30,68 58,66|44,4 42,50 40,102"),
        (2, "40,0 20,34 0,64 12,70 36,64 60,60|46,30 40,66 34,100"),
        (1, "8,4 6,40 20,54 44,42|50,0 46,50 42,100"),
        (1, "38,100 42,50 46,2 24,34 2,66 30,64 58,62"),
        (1, "30,2 14,36 4,60 20,62 46,52|48,22 42,60 38,104"),
    ],
    "5": [
        (3, "18,8 14,26 10,44 28,38 46,52 46,80 28,99 4,92|18,8 44,5 70,0"),
        (2, "20,6 14,42 34,38 48,60 40,90 16,100 0,88|16,8 40,6 62,4"),
        (2, "56,2 22,4 14,42 34,38 48,62 38,92 14,100 0,88"),
        (1, "14,14 10,44 30,40 46,58 42,86 20,100 2,90|20,4 60,-4 92,-10"),
        (1, "50,0 20,8 12,34 26,44 44,56 44,82 24,98 4,92"),
        (1, "20,12 14,44 36,42 46,66 34,94 8,98|24,6 50,2"),
    ],
    "6": [
        (3, "44,4 22,20 6,56 10,90 30,100 48,82 42,60 24,56 8,72"),
        (2, "38,0 16,30 4,70 18,98 42,92 48,68 30,54 10,66"),
        (2, "48,10 36,0 16,16 4,56 10,92 32,98 46,78 36,58 18,60 6,74"),
        (1, "30,0 10,40 2,76 16,99 38,92 40,68 20,62 4,78"),
        (1, "50,12 42,0 22,10 6,50 8,88 26,100 46,84 44,62 26,58 12,72"),
    ],
    "7": [
        (3, "2,10 26,7 52,6 38,46 26,100|16,50 34,47 54,44"),
        (2, "4,16 8,4 30,8 54,2 40,48 28,102|14,54 50,48"),
        (2, "4,4 50,2 34,50 24,100"),
        (1, "0,14 6,2 22,10 48,4 36,44 30,100"),
        (1, "2,6 28,8 52,2 40,36 32,70 28,104|18,46 36,50 52,42"),
        (1, "6,18 8,6 50,6 36,48 18,98|10,52 48,50"),
    ],
    "8": [
        (3, "44,14 28,1 10,14 18,40 40,60 44,86 26,100 6,86 12,62 36,42 46,18"),
        (2, "30,46 12,28 18,4 38,2 44,24 28,46 6,66 6,92 28,100 44,84 40,60 26,46"),
        (1, "46,6 26,0 10,18 24,42 42,66 38,94 16,100 2,82 14,58 38,36 52,10"),
        (1, "28,44 14,24 26,2 42,14 36,36 26,46|26,46 6,66 10,94 32,100 46,78 26,46"),
        (1, "40,4 16,4 10,26 34,54 42,80 28,100 6,90 6,70 30,44 44,20 36,0"),
    ],
    "9": [
        (3, "44,20 30,2 10,10 4,34 18,48 36,38 44,14 44,50 34,98"),
        (3, "46,22 36,2 14,6 4,32 16,50 34,40 45,14 46,58 36,92 14,102 2,92"),
        (2, "42,8 22,0 6,18 8,42 26,46 42,26 46,6 42,56 32,100"),
        (1, "38,10 16,8 4,30 14,46 32,36|44,4 42,50 34,102"),
        (1, "48,16 28,0 8,20 14,44 38,40 48,12 46,66 30,98 8,96"),
        (1, "40,24 38,6 18,2 4,24 12,46 32,40 42,18 38,60 24,104"),
    ],
}


@dataclass(frozen=True, slots=True)
class Hand:
    """How one writer writes: lean and turn of the digits, width over height, tremor, which shape of each digit."""

    lean: float
    wide: float
    tremor: float
    lift: float
    joined: float
    curl: float
    shapes: dict[str, str]


def new_hand(rng: np.random.Generator) -> Hand:
    """A writer, another for each state of `rng`."""
    shapes = {}
    for digit, choice in SHAPES.items():
        weights = np.array([weight for weight, _ in choice], np.float64)
        shapes[digit] = choice[int(rng.choice(len(choice), p=weights / weights.sum()))][1]
    return Hand(
        lean=float(rng.normal(0.14, 0.13)),
        wide=float(rng.uniform(0.75, 1.35)),
        tremor=float(rng.uniform(0.008, 0.035)),
        lift=float(rng.uniform(0.0, 0.08)),
        joined=float(rng.choice([0.0, 0.0, 0.1, 0.5])),
        curl=float(rng.choice([0.0, 0.1, 0.3])),
        shapes=shapes,
    )


def draw_hand(text: str, height: float, hand: Hand, rng: np.random.Generator) -> tuple[list[Points], float]:
    """Strokes of a string of digits in pixels, and its width. The top of the digits lies about 0."""
    strokes: list[Points] = []
    at, step = 0.0, float(rng.uniform(-0.02, 0.22))
    for digit in text:
        drawn, wide = _digit(digit, hand, rng)
        size = height * rng.uniform(0.88, 1.12)
        shift = np.array([at, height - size + rng.normal(0, hand.lift) * height])
        placed = [stroke * size + shift for stroke in drawn]
        if strokes and rng.random() < hand.joined:
            strokes[-1] = np.vstack([strokes[-1], placed[0]])  # the pen stays down
            placed = placed[1:]
        strokes += placed
        at += (wide + max(-0.08, step + rng.normal(0, 0.05))) * size
    return [_spline(stroke) for stroke in strokes], at


def _digit(digit: str, hand: Hand, rng: np.random.Generator) -> tuple[list[Points], float]:
    """Strokes of one digit of height 1, wobbling, leaning, and its width."""
    shape = hand.shapes[digit]
    if rng.random() < 0.12:  # nobody writes one digit always alike
        shape = SHAPES[digit][int(rng.integers(len(SHAPES[digit])))][1]
    strokes = [_points(part) for part in shape.split("|")]
    warp, turn = rng.normal(0, 0.05, 4), rng.normal(0, 0.05)
    wide = hand.wide * rng.uniform(0.88, 1.12)
    made = []
    for points in strokes:
        x, y = points[:, 0].copy(), points[:, 1].copy()
        x = x + warp[0] * np.sin(3 * y + 9 * warp[1])
        y = y + warp[2] * np.sin(4 * x + 9 * warp[3])
        x = x * wide + hand.lean * (1 - y) + turn * (y - 0.5)
        wobble = rng.normal(0, hand.tremor, (len(x), 2))
        moved = np.stack([x, y], axis=1) + wobble
        moved += rng.normal(0, 0.02, 2) if len(strokes) > 1 else 0.0
        if rng.random() < hand.curl:
            moved = _curled(moved, rng)
        made.append(moved)
    everything = np.vstack(made)
    low = everything[:, 0].min()
    return [stroke - [low, 0.0] for stroke in made], float(np.percentile(everything[:, 0], 96) - low)


def _points(part: str) -> Points:
    return np.array([[float(value) / 100 for value in pair.split(",")] for pair in part.split()], np.float64)


def _curled(points: Points, rng: np.random.Generator) -> Points:
    """A small hook where the pen is put down or taken off."""
    size = rng.uniform(0.03, 0.1)
    angle = rng.uniform(0, 2 * np.pi)
    hook = size * np.array([[np.cos(angle), np.sin(angle)], [np.cos(angle + 1.4), np.sin(angle + 1.4)]])
    return np.vstack([points[0] + hook, points]) if rng.random() < 0.5 else np.vstack([points, points[-1] + hook])


def _spline(points: Points, steps: int = 7) -> Points:
    """A smooth line through the points (Catmull-Rom with chords of unequal length weighed by a half)."""
    if len(points) < 3:
        return points
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    a, b, c, d = ends[:-3], ends[1:-2], ends[2:-1], ends[3:]
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    near, far = (c - a) * 0.45, (d - b) * 0.45
    b3, c3, near3, far3 = b[:, None], c[:, None], near[:, None], far[:, None]
    curve = (
        (2 * t**3 - 3 * t**2 + 1) * b3
        + (t**3 - 2 * t**2 + t) * near3
        + (3 * t**2 - 2 * t**3) * c3
        + (t**3 - t**2) * far3
    )
    return np.vstack([curve.reshape(-1, 2), points[-1:]])


def ink(strokes: list[Points], shape: tuple[int, int], pen: float, rng: np.random.Generator, chisel: bool) -> Image:
    """Strokes as ink (0 paper, 255 ink), drawn four times as large and made small. `chisel`: a nib, not a ball."""
    zoom = 4
    canvas = np.zeros((shape[0] * zoom, shape[1] * zoom), np.uint8)
    angle = rng.uniform(0.5, 1.1)
    for points in strokes:
        pressure = 1 + 0.18 * np.sin(np.linspace(0, rng.uniform(2, 9), len(points)) + rng.uniform(0, 6))
        steps = np.diff(points, axis=0)
        nib = 0.55 + 0.9 * np.abs(np.sin(np.arctan2(steps[:, 1], steps[:, 0]) + angle)) if chisel else 1.0
        widths = np.maximum(1, np.rint(pen * pressure[:-1] * nib * zoom)).astype(int)
        at = np.rint(points * zoom).astype(np.int32)
        for k in range(0, len(at) - 1, 2):
            cv2.polylines(canvas, [at[k : k + 3]], False, 255, int(widths[k]), cv2.LINE_8)
    return np.asarray(cv2.resize(canvas, (shape[1], shape[0]), interpolation=cv2.INTER_AREA), np.uint8)
