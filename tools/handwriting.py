"""What a hand adds to a printed notice: figures, a signature, a round seal. Drawn by strokes, never from a font."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, radians, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

Point = tuple[float, float]
Ink = tuple[int, int, int]

BLUE: Ink = (24, 40, 150)
BLACK: Ink = (22, 22, 30)
RED: Ink = (205, 32, 44)

# One figure is a list of strokes; a stroke is points in a box of width 1 and height 1, y downwards.
FIGURES: dict[str, list[list[Point]]] = {
    "0": [[(0.55, 0.02), (0.2, 0.2), (0.1, 0.6), (0.35, 0.98), (0.75, 0.85), (0.88, 0.4), (0.6, 0.04)]],
    "1": [[(0.3, 0.25), (0.58, 0.02), (0.52, 0.5), (0.46, 1.0)]],
    "2": [[(0.15, 0.25), (0.4, 0.02), (0.75, 0.15), (0.65, 0.5), (0.1, 0.97), (0.5, 0.92), (0.92, 0.96)]],
    "3": [[(0.18, 0.12), (0.55, 0.0), (0.78, 0.2), (0.42, 0.46), (0.8, 0.66), (0.6, 0.96), (0.12, 0.9)]],
    "4": [[(0.5, 0.02), (0.12, 0.6), (0.5, 0.62), (0.92, 0.58)], [(0.68, 0.3), (0.64, 0.7), (0.6, 1.02)]],
    "5": [[(0.3, 0.04), (0.24, 0.42), (0.62, 0.4), (0.82, 0.68), (0.55, 0.97), (0.12, 0.9)],
          [(0.3, 0.05), (0.82, 0.02)]],
    "6": [[(0.7, 0.02), (0.3, 0.35), (0.14, 0.75), (0.45, 0.99), (0.8, 0.78), (0.55, 0.52), (0.2, 0.7)]],
    "7": [[(0.12, 0.08), (0.5, 0.05), (0.86, 0.06), (0.6, 0.5), (0.42, 1.02)], [(0.34, 0.5), (0.78, 0.47)]],
    "8": [[(0.72, 0.14), (0.4, 0.02), (0.24, 0.24), (0.7, 0.6), (0.72, 0.9), (0.36, 0.98), (0.2, 0.74), (0.62, 0.4),
           (0.74, 0.16)]],
    "9": [[(0.78, 0.3), (0.45, 0.48), (0.18, 0.28), (0.42, 0.02), (0.78, 0.16), (0.74, 0.6), (0.5, 1.02)]],
}


def smooth(points: Sequence[Point], steps: int = 12) -> list[Point]:
    """A Catmull-Rom curve through `points`, `steps` points a span.

    >>> smooth([(0, 0), (1, 0)], steps=2)[-1]
    (1, 0)
    """
    padded = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append((_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t)))
    return [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def stroke(draw: ImageDraw.ImageDraw, points: Sequence[Point], ink: Ink, width: float, rng: Random) -> None:
    """One pen stroke whose width breathes as pressure does; pixels."""
    line = smooth(points)
    for a, b in pairwise(line):
        pressed = width * rng.uniform(0.8, 1.2)
        draw.line((*a, *b), fill=ink, width=max(1, round(pressed)))
        draw.ellipse((b[0] - pressed / 2, b[1] - pressed / 2, b[0] + pressed / 2, b[1] + pressed / 2), fill=ink)


def figures_width(text: str, height: float) -> float:
    """Pixels that `write_figures` takes for `text` at that height."""
    return len(text) * height * 0.62


def write_figures(draw: ImageDraw.ImageDraw, text: str, at: Point, height: float, ink: Ink, rng: Random) -> None:
    """Write figures from `at` (left, baseline), off the line and leaning, as a hand does."""
    slant, lift = rng.uniform(0.08, 0.25), rng.uniform(-0.08, 0.12) * height
    for place, figure in enumerate(text):
        size = height * rng.uniform(0.92, 1.08)
        left = at[0] + place * height * 0.62 + rng.uniform(-0.03, 0.03) * height
        top = at[1] - size + lift + rng.uniform(-0.06, 0.06) * height
        for points in FIGURES[figure]:
            wobble = [(x + rng.gauss(0, 0.025), y + rng.gauss(0, 0.02)) for x, y in points]
            placed = [(left + (x * 0.52 + slant * (1 - y)) * size, top + y * size) for x, y in wobble]
            stroke(draw, placed, ink, height * 0.085, rng)


def sign(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], ink: Ink, rng: Random) -> None:
    """A signature: a few loops and one long flourish inside `box` (left, top, right, bottom), another for each seed."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    loops, step, lean = rng.randrange(3, 8), rng.uniform(0.08, 0.15), rng.uniform(-0.04, 0.14)
    points: list[Point] = [(left, top + high * rng.uniform(0.3, 0.9))]
    for loop in range(loops):
        x = left + wide * (0.05 + step * loop)
        points += [(x, top + high * rng.uniform(0.45, 0.8)), (x + wide * lean, top + high * rng.uniform(0.0, 0.5)),
                   (x + wide * rng.uniform(0.0, 0.08), top + high * rng.uniform(0.5, 0.95))]
    end = left + wide * (0.1 + step * loops)
    points += [(end, top + high * rng.uniform(0.3, 1.0)), (right, top + high * rng.uniform(-0.05, 0.6))]
    if rng.random() < 0.5:
        points.append((left + wide * 0.1, top + high * rng.uniform(0.85, 1.05)))
    stroke(draw, points, ink, rng.uniform(4, 7), rng)


def smudge(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], ink: Ink, rng: Random) -> None:
    """Figures written over, so that nobody can be sure of them: a short zigzag across `box`."""
    left, top, right, bottom = box
    points = [(left + (right - left) * (turn + 0.5) / 7, rng.uniform(top, (top + bottom) / 2) if turn % 2
               else rng.uniform((top + bottom) / 2, bottom)) for turn in range(7)]
    stroke(draw, points, ink, (bottom - top) * 0.09, rng)


def seal(page: Image.Image, centre: Point, radius: int, words: str, fontfile: str, rng: Random) -> Image.Image:
    """`page` with a round red seal at `centre`: two rings, a star, words around; ink multiplies what lies under it."""
    size = 2 * radius + 20
    stamp = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(stamp)
    middle = size / 2
    for ring, width in ((1.0, 8), (0.93, 3), (0.6, 4)):
        reach = radius * ring
        draw.ellipse((middle - reach, middle - reach, middle + reach, middle + reach), outline=RED, width=width)
    _star(draw, middle, radius * 0.34)
    stamp = _ring_text(stamp, words, radius * 0.77, ImageFont.truetype(fontfile, round(radius * 0.2)))
    stamp = stamp.rotate(rng.uniform(-25, 25), fillcolor="white", resample=Image.Resampling.BICUBIC)
    stamp = _uneven(stamp, rng)
    under = Image.new("RGB", page.size, "white")
    under.paste(stamp, (round(centre[0] - middle), round(centre[1] - middle)))
    return ImageChops.multiply(page, under)


def _star(draw: ImageDraw.ImageDraw, middle: float, reach: float) -> None:
    corners = [(reach if corner % 2 == 0 else reach * 0.4, -pi / 2 + corner * pi / 5) for corner in range(10)]
    draw.polygon([(middle + length * cos(angle), middle + length * sin(angle)) for length, angle in corners], fill=RED)


def _ring_text(stamp: Image.Image, words: str, reach: float, font: ImageFont.FreeTypeFont) -> Image.Image:
    middle = stamp.width / 2
    for place, letter in enumerate(words):
        angle = 360 * place / len(words) - 90
        side = round(font.size) * 2
        glyph = Image.new("RGB", (side, side), "white")
        ImageDraw.Draw(glyph).text((side / 2, side / 2), letter, font=font, fill=RED, anchor="mm")
        glyph = glyph.rotate(-angle - 90, fillcolor="white", resample=Image.Resampling.BICUBIC)
        spot = Image.new("RGB", stamp.size, "white")
        spot.paste(glyph, (round(middle + reach * cos(radians(angle)) - side / 2),
                           round(middle + reach * sin(radians(angle)) - side / 2)))
        stamp = ImageChops.multiply(stamp, spot)
    return stamp


def _uneven(stamp: Image.Image, rng: Random) -> Image.Image:
    """Ink that a rubber stamp leaves: lighter here and there."""
    coarse = Image.new("L", (8, 8))
    coarse.putdata([rng.randrange(0, 110) for _ in range(64)])
    veil = coarse.resize(stamp.size, Image.Resampling.BICUBIC).convert("RGB")
    return ImageChops.lighter(stamp, ImageChops.add(stamp, veil))
