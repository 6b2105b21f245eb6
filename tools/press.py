"""Words set on pages with Pillow at 300 dpi: faces, lines and paragraphs, in millimetres and points.

A page is drawn and its true text kept at the same time, so that the two cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

DPI = 300
WIDTH, HEIGHT = 2480, 3508                       # A4
Word = tuple[str, str]                           # text, style: "", "b", "i" or "bi"

_LIBERATION = Path("/usr/share/fonts/truetype/liberation2")
_TINOS = Path("/usr/share/fonts/truetype/croscore")
_GYRE = Path("/usr/share/texmf/fonts/opentype/public/tex-gyre")


def _gyre(name: str) -> dict[str, Path]:
    """A family of TeX Gyre; the small stamp above the letterhead is always without serifs."""
    ends = {"": "regular", "b": "bold", "i": "italic", "bi": "bolditalic"}
    faces = {style: _GYRE / f"texgyre{name}-{end}.otf" for style, end in ends.items()}
    return faces | {"sans": _GYRE / "texgyreheros-regular.otf"}


FAMILIES: dict[str, dict[str, Path]] = {
    "liberation": {"": _LIBERATION / "LiberationSerif-Regular.ttf", "b": _LIBERATION / "LiberationSerif-Bold.ttf",
                   "i": _LIBERATION / "LiberationSerif-Italic.ttf",
                   "bi": _LIBERATION / "LiberationSerif-BoldItalic.ttf",
                   "sans": _LIBERATION / "LiberationSans-Regular.ttf"},
    "tinos": {"": _TINOS / "Tinos-Regular.ttf", "b": _TINOS / "Tinos-Bold.ttf",
              "i": _TINOS / "Tinos-Italic.ttf", "bi": _TINOS / "Tinos-BoldItalic.ttf",
              "sans": _TINOS / "Arimo-Regular.ttf"},
    "arial": {"": _LIBERATION / "LiberationSans-Regular.ttf", "b": _LIBERATION / "LiberationSans-Bold.ttf",
              "i": _LIBERATION / "LiberationSans-Italic.ttf", "bi": _LIBERATION / "LiberationSans-BoldItalic.ttf",
              "sans": _LIBERATION / "LiberationSans-Regular.ttf"},
    **{name: _gyre(name) for name in ("termes", "schola", "pagella", "bonum")},
}


def mm(length: float) -> int:
    """Millimetres in pixels.

    >>> mm(25.4)
    300
    """
    return round(length * DPI / 25.4)


@cache
def face(family: str, style: str, points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FAMILIES[family][style]), round(points * DPI / 72))


def words_of(markup: str, style: str = "") -> list[Word]:
    """Words of a paragraph with `**bold**` and `*italic*` taken out.

    >>> words_of("**Điều 1.** Giao")
    [('Điều', 'b'), ('1.', 'b'), ('Giao', '')]
    """
    found: list[Word] = []
    for part in re.split(r"(\*\*.+?\*\*|\*.+?\*)", markup):
        mark = "b" if part.startswith("**") else "i" if part.startswith("*") else ""
        merged = "".join(s for s in "bi" if s in style + mark)
        found += [(word, merged) for word in part.strip("*").split()]
    return found


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of text on a page: left and baseline in pixels."""

    left: float
    baseline: float
    text: str


@dataclass(slots=True)
class Sheet:
    """One page: its image and the pieces of text on it."""

    image: Image.Image
    placed: list[Placed] = field(default_factory=list)

    def text(self, leading: float) -> str:
        """The page's true text: pieces of one baseline joined by a blank, a blank line where a gap stands."""
        lines: list[str] = []
        last = None
        for row in rows(self.placed, leading * 0.3):
            if last is not None and row[0].baseline - last > leading * 1.18:
                lines.append("")
            lines.append(" ".join(piece.text for piece in row))
            last = row[0].baseline
        return "\n".join(lines) + "\n"


def rows(placed: Iterable[Placed], tolerance: float) -> list[list[Placed]]:
    """Pieces grouped by baseline, top to bottom, each row left to right."""
    grouped: list[list[Placed]] = []
    for piece in sorted(placed, key=lambda p: p.baseline):
        if grouped and piece.baseline - grouped[-1][0].baseline <= tolerance:
            grouped[-1].append(piece)
        else:
            grouped.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in grouped]


class Press:
    """Sets words on pages, from the top down; `form` is the part of a notice.toml that tells how."""

    def __init__(self, form: dict[str, Any]) -> None:
        self.form, self.family, self.points = form, form["font"], float(form["points"])
        self.leading = self.points * DPI / 72 * form.get("leading", 1.22)
        self.gap = form.get("gap", 6) * DPI / 72
        self.left, self.top = mm(form.get("left", 30)), mm(20)
        self.wide, self.high = WIDTH, HEIGHT
        self.sheets: list[Sheet] = []
        self.y = 0.0
        self.new_page()

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.sheet.image)

    @property
    def right(self) -> int:
        return self.wide - mm(self.form.get("right", 17))

    @property
    def bottom(self) -> int:
        return self.high - mm(20)

    def new_page(self, landscape: bool | None = None) -> None:
        """Start a page, like the last one unless told; from the second on it bears its number (Circular 01/2011:
        bottom right; Decree 30/2020: top centre)."""
        if landscape is not None:
            self.wide, self.high = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
        self.sheets.append(Sheet(Image.new("RGB", (self.wide, self.high), "white")))
        self.y = self.top + self.leading
        if len(self.sheets) > 1:
            low = self.form.get("page_number") == "bottom-right"
            x, y = (self.right, self.high - mm(11)) if low else (self.wide / 2, mm(14))
            self.put([(str(len(self.sheets)), "")], x, y, self.points, anchor="r" if low else "m")

    def width(self, words: Sequence[Word], points: float | None = None) -> float:
        size = points or self.points
        blank = face(self.family, "", size).getlength(" ")
        return sum(face(self.family, s, size).getlength(w) for w, s in words) + blank * (len(words) - 1)

    def put(self, words: Sequence[Word], x: float, y: float, points: float | None = None, anchor: str = "l",
            blank: float | None = None) -> float:
        """Print words from `x` on the baseline `y` (anchor l, m centred, r ending there); returns the right edge."""
        size = points or self.points
        start = x - self.width(words, size) * {"l": 0, "m": 0.5, "r": 1}[anchor]
        x, step = start, face(self.family, "", size).getlength(" ") if blank is None else blank
        for text, style in words:
            font = face(self.family, style, size)
            self.draw.text((x, y), text, font=font, fill=(16, 16, 18), anchor="ls")
            x += font.getlength(text) + step
        self.sheet.placed.append(Placed(start, y, " ".join(w for w, _ in words)))
        return x - step

    def broken(self, words: Sequence[Word], width: float, first: float = 0,
               points: float | None = None) -> list[list[Word]]:
        """Words in lines no wider than `width`; the first line is shorter by `first`."""
        lines: list[list[Word]] = [[]]
        for word in words:
            room = width - (first if len(lines) == 1 else 0)
            if lines[-1] and self.width([*lines[-1], word], points) > room:
                lines.append([])
            lines[-1].append(word)
        return lines

    def paragraph(self, markup: str, style: str = "", indent: float = 12.7, centred: bool = False) -> None:
        """A paragraph over the full width: justified with an indented first line, or centred."""
        first, wide = (0 if centred else mm(indent)), self.right - self.left
        lines = self.broken(words_of(markup, style), wide, first)
        if self.y + self.leading * (min(2, len(lines)) - 1) > self.bottom:
            self.new_page()
        for place, line in enumerate(lines):
            if self.y > self.bottom:
                self.new_page()
            self._line(line, first if place == 0 else 0, centred, last=place == len(lines) - 1)
            self.y += self.leading
        self.y += self.gap

    def _line(self, line: list[Word], first: float, centred: bool, last: bool) -> None:
        if centred:
            self.put(line, (self.left + self.right) / 2, self.y, anchor="m")
            return
        spare = self.right - self.left - first - self.width(line)
        blank = face(self.family, "", self.points).getlength(" ")
        if not last and len(line) > 1:
            blank += spare / (len(line) - 1)
        self.put(line, self.left + first, self.y, blank=blank)
