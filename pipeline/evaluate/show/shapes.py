"""Shapes on a canvas, drawn as SVG, and as PNG with Pillow: two charts are no reason for a plotting library."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PIL import Image, ImageDraw, ImageFont

INK, SOFT, RULE, BLUE, RED, PAPER = "#1d2733", "#5d6b7a", "#dfe4ea", "#2f6db5", "#c2452d", "#ffffff"
_FINE = 3  # a PNG is drawn so much larger and made smaller, which smooths its edges
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}  # SVG's words for Pillow's


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points. Pixels, top left origin, as everything here."""

    points: tuple[tuple[float, float], ...]
    colour: str = INK
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    left: float
    top: float
    right: float
    bottom: float
    colour: str = BLUE


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float = 3.5
    colour: str = BLUE


@dataclass(frozen=True, slots=True)
class Label:
    """Text on a base line. `anchor`: start, middle or end."""

    x: float
    y: float
    text: str
    size: float = 12
    colour: str = INK
    anchor: str = "start"


Shape = Stroke | Bar | Dot | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on paper, the later above the earlier."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    title: str = ""


def beside(drawings: Sequence[Drawing], gap: int = 24) -> Drawing:
    """Drawings side by side as one.

    >>> beside([Drawing(10, 20, ()), Drawing(30, 10, (Dot(1, 1),))], gap=5).shapes
    (Dot(x=16, y=1, radius=3.5, colour='#2f6db5'),)
    """
    shapes: list[Shape] = []
    left = 0
    for drawing in drawings:
        shapes += [_moved(shape, left) for shape in drawing.shapes]
        left += drawing.width + gap
    return Drawing(left - gap, max(drawing.height for drawing in drawings), tuple(shapes))


def _moved(shape: Shape, by: float) -> Shape:
    match shape:
        case Stroke(points, colour, width, dashed):
            return Stroke(tuple((x + by, y) for x, y in points), colour, width, dashed)
        case Bar(left, top, right, bottom, colour):
            return Bar(left + by, top, right + by, bottom, colour)
        case Dot(x, y, radius, colour):
            return Dot(x + by, y, radius, colour)
        case Label(x, y, text, size, colour, anchor):
            return Label(x + by, y, text, size, colour, anchor)


def to_svg(drawing: Drawing) -> str:
    """An SVG element to stand in a page; the title is what a screen reader says.

    >>> to_svg(Drawing(9, 9, (Dot(1, 2, 3),), "a < b"))[-73:]
    '<title>a &lt; b</title><circle cx="1" cy="2" r="3" fill="#2f6db5"/></svg>'
    """
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}" role="img"'
    inner = "".join(map(_svg, drawing.shapes))
    return f'{head} font-family="system-ui, sans-serif"><title>{escape(drawing.title)}</title>{inner}</svg>'


def _svg(shape: Shape) -> str:
    match shape:
        case Stroke(points, colour, width, dashed):
            at = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            dash = ' stroke-dasharray="5 4"' if dashed else ""
            return f'<polyline points="{at}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dash}/>'
        case Bar(left, top, right, bottom, colour):
            size = f'width="{right - left:.1f}" height="{bottom - top:.1f}"'
            return f'<rect x="{left:.1f}" y="{top:.1f}" {size} fill="{colour}"/>'
        case Dot(x, y, radius, colour):
            return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}"/>'
        case Label(x, y, text, size, colour, anchor):
            where = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
            return f'<text {where} fill="{colour}">{escape(text)}</text>'


def to_png(drawing: Drawing, scale: int = 2) -> bytes:
    """The same as a PNG of `scale` × its size in pixels.

    >>> to_png(Drawing(8, 8, (Bar(0, 0, 8, 8),)))[:4]
    b'\\x89PNG'
    """
    fine = scale * _FINE
    image = Image.new("RGB", (drawing.width * fine, drawing.height * fine), PAPER)
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _paint(pen, shape, fine)
    packed = io.BytesIO()
    image.resize((drawing.width * scale, drawing.height * scale), Image.Resampling.LANCZOS).save(packed, "PNG")
    return packed.getvalue()


def _paint(pen: ImageDraw.ImageDraw, shape: Shape, fine: int) -> None:
    match shape:
        case Stroke(points, colour, width, dashed):
            pieces = _dashes(points) if dashed else [points]
            for piece in pieces:
                pen.line([(x * fine, y * fine) for x, y in piece], colour, round(width * fine), joint="curve")
        case Bar(left, top, right, bottom, colour):
            pen.rectangle((left * fine, top * fine, right * fine, bottom * fine), colour)
        case Dot(x, y, radius, colour):
            pen.circle((x * fine, y * fine), radius * fine, colour)
        case Label(x, y, text, size, colour, anchor):
            pen.text((x * fine, y * fine), text, colour, ImageFont.load_default(size * fine), _ANCHORS[anchor])


def _dashes(
    points: Sequence[tuple[float, float]], on: float = 5, off: float = 4
) -> list[tuple[tuple[float, float], ...]]:
    """A straight line cut into dashes: Pillow draws none itself."""
    (x, y), (to_x, to_y) = points[0], points[-1]
    length = max(((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5, 1e-9)
    across, down = (to_x - x) / length, (to_y - y) / length
    starts = [i * (on + off) for i in range(int(length / (on + off)) + 1)]
    ends = [min(start + on, length) for start in starts]
    return [((x + a * across, y + a * down), (x + b * across, y + b * down)) for a, b in zip(starts, ends, strict=True)]
