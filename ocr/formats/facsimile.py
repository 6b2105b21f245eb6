"""A PDF page that is nothing but one JPEG → its pixels as poppler renders them, at a third of its CPU or less.

Most scanners make such pages. Decoding the JPEG alone is cheaper still, but reads worse (docs/reliability.md): poppler
lays it over the whole pixels that the page touches, so even at the scan's own resolution it grows by one and is blurred
by a trace, which suits the engine. Here it shrinks to the bit, and grows in poppler's two steps with shares of 256ths:
one or two pixels of 100 differ, by two grey levels at most, at a tenth of the cost of the very same. Other pages: None.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray

from ocr.formats.broken import BROKEN
from ocr.formats.grow import Pixels, grown
from ocr.formats.sheet import Sheet

_POINTS = 72.0
_SHORT = 1000  # bytes of a page's contents; drawing one image takes 60, and no bomb fits into as many
_PLACED = re.compile(rb"\s*q\s+([\d.]+)\s+0\s+0\s+([\d.]+)\s+0\s+0\s+cm\s*(/[!-~]+?)\s+Do\s+Q\s*")  # q 595.2 0 0 …
_PLAIN = frozenset(
    ["/Type", "/Subtype", "/Name", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/Filter", "/Length"]
)  # keys of an image that is drawn as it is
_CHANNELS = {"/DeviceGray": 1, "/DeviceRGB": 3}
_DEEPEST = 20  # nodes of the page tree over a page that are asked; loops end here
_FRAMES = (0xC0, 0xC1, 0xC2)  # of JPEG: sequential and progressive ones
_MOST_SCANS = 20  # over the image; progressive JPEGs have up to ten, and each of thousands would cost as much as one
_MOST_GROWN = 1.1  # times; a page is not rendered more finely than it was scanned, but for a pixel or two
_BLOCK = 32  # rows at a time, which stay in the processor's cache


@dataclass(frozen=True, slots=True)
class _Placed:
    """An image by its JPEG, and the points of the page that it takes from the upper left corner on."""

    jpeg: bytes
    width: float
    height: float


def facsimile(path: Path, number: int, sheet: Sheet, dpi: int) -> Pixels | None:
    """Page `number` (from 1) at `dpi`: rows x columns of grey levels, or of BGR; None where poppler must be asked."""
    if not sheet.dpi:
        return None
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            page = pdf.pages[number - 1]
            placed = _placed(page, bare=sheet.bare)
            size = _media_size(page)
    except (*BROKEN, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError):
        return None
    if placed is None or size is None:
        return None
    return _laid(placed, size, dpi, grey=not sheet.colour)


def _media_size(page: pikepdf.Page) -> tuple[float, float] | None:
    """Width and height in points of a page that lies at the origin, unturned and uncut."""
    box = [float(edge) for edge in page.mediabox]
    crop = _inherited(page.obj, "/CropBox")
    if box[:2] != [0.0, 0.0] or (crop is not None and [float(edge) for edge in crop] != box):
        return None
    if int(_inherited(page.obj, "/Rotate") or 0) or "/UserUnit" in page.obj:
        return None
    return box[2], box[3]


def _inherited(node: Any, key: str) -> Any:  # noqa: ANN401 - an object of pikepdf's
    for _ in range(_DEEPEST):
        if node is None or key in node:
            return None if node is None else node[key]
        node = node.get("/Parent")
    raise ValueError("the page tree does not end")


def _placed(page: pikepdf.Page, *, bare: bool) -> _Placed | None:
    """The page's one image, if the page draws nothing else. `bare`: annotations are not drawn."""
    contents, notes = page.obj["/Contents"], page.obj.get("/Annots")
    if not bare and notes is not None and len(notes):
        return None
    if isinstance(contents, pikepdf.Array) and len(contents) == 1:
        contents = contents[0]
    if not isinstance(contents, pikepdf.Stream) or int(contents["/Length"]) > _SHORT:
        return None
    found = _PLACED.fullmatch(contents.read_bytes())
    if found is None:
        return None
    jpeg = _jpeg(page.obj["/Resources"]["/XObject"][found[3].decode("ascii")])
    return None if jpeg is None else _Placed(jpeg, float(found[1]), float(found[2]))


def _jpeg(image: Any) -> bytes | None:  # noqa: ANN401 - an object of pikepdf's
    """The bytes of a plain image that is a whole JPEG of the size and colours that the PDF tells."""
    if not isinstance(image, pikepdf.Stream) or set(image.keys()) - _PLAIN or image["/Subtype"] != "/Image":
        return None
    filters = image["/Filter"]
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        filters = filters[0]
    if filters != "/DCTDecode" or int(image["/BitsPerComponent"]) != 8:
        return None
    channels = _CHANNELS.get(str(image["/ColorSpace"]))
    jpeg = image.read_raw_bytes()
    told = (int(image["/Height"]), int(image["/Width"]), channels)
    ends = jpeg.rstrip(b"\0\r\n").endswith(b"\xff\xd9")
    return jpeg if ends and _frame(jpeg) == told and jpeg.count(b"\xff\xda") <= _MOST_SCANS else None


def _frame(jpeg: bytes) -> tuple[int, int, int] | None:
    """Height, width and channels that the head of a JPEG of 8 bits tells; None for another.

    >>> _frame(cv2.imencode(".jpg", np.zeros((30, 40), np.uint8))[1].tobytes())
    (30, 40, 1)
    """
    at = 2
    while jpeg[:2] == b"\xff\xd8" and at + 9 < len(jpeg) and jpeg[at] == 0xFF:
        kind, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):  # tables, reserved, conditioning: no frames
            high, wide = (int.from_bytes(jpeg[at + k : at + k + 2], "big") for k in (5, 7))
            return (high, wide, jpeg[at + 9]) if kind in _FRAMES and jpeg[at + 4] == 8 else None
        at += 2 + max(2, length)
    return None


def _laid(placed: _Placed, page: tuple[float, float], dpi: int, *, grey: bool) -> Pixels | None:
    """The image over the pixels that it touches, cut to those of the page."""
    scale = dpi / _POINTS
    left_out = page[1] * scale - placed.height * scale  # above the image: poppler counts from the page's foot
    if math.floor(left_out) or not 0 <= page[0] - placed.width < 1:
        return None
    wide, high = math.floor(placed.width * scale) + 1, math.floor(placed.height * scale + left_out) + 1
    image = cv2.imdecode(np.frombuffer(placed.jpeg, np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None or (image.ndim == 2) != grey:
        return None
    laid = _scaled(np.asarray(image, np.uint8), high, wide)
    bottom, right = (math.ceil(side * dpi / _POINTS) for side in (page[1], page[0]))
    return None if laid is None or right > wide or bottom > high else np.ascontiguousarray(laid[:bottom, :right])


def _scaled(image: Pixels, high: int, wide: int) -> Pixels | None:
    """Made larger or smaller as poppler does; None where one side grows and the other shrinks.

    >>> _scaled(np.array([[0, 100], [100, 200]], np.uint8), 1, 1).tolist()
    [[100]]
    """
    rows, columns = image.shape[:2]
    if high >= rows and wide >= columns:
        small = high > _MOST_GROWN * rows or wide > _MOST_GROWN * columns
        return None if small else grown(image, high, wide)
    return _shrunk(image, high, wide) if high < rows and wide < columns else None


def _shrunk(image: Pixels, high: int, wide: int) -> Pixels | None:
    """Means of groups of pixels whose sizes differ by one at most, rounded down as poppler does; None past 256."""
    channels = image.shape[2] if image.ndim == 3 else 1
    rows, columns = _groups(image.shape[0], high), _groups(image.shape[1], wide)
    if int(np.diff(rows).max() * np.diff(columns).max()) > 256:
        return None
    flat, small = image.reshape(image.shape[0], -1), np.empty((high, wide * channels), np.uint8)
    widths = np.repeat(np.diff(columns), channels)
    for top in range(0, high, _BLOCK):
        bounds = rows[top : top + _BLOCK + 1]
        part = _columns_summed(_rows_summed(flat, bounds), columns, channels)
        small[top : top + _BLOCK] = _shares(part, np.diff(bounds), widths)
    return small.reshape(high, wide, *image.shape[2:])


def _rows_summed(flat: Pixels, bounds: NDArray[np.intp]) -> NDArray[np.uint16]:
    """The sums of groups of rows, and a last column of zeros."""
    total = np.zeros((bounds.size - 1, flat.shape[1] + 1), np.uint16)
    for k in range(int(np.diff(bounds).max())):
        for row, (first, end) in enumerate(pairwise(bounds.tolist())):
            if first + k < end:
                total[row, :-1] += flat[first + k]
    return total


def _columns_summed(lines: NDArray[np.uint16], bounds: NDArray[np.intp], channels: int) -> NDArray[np.uint16]:
    """The sums of groups of columns; a group with fewer takes the last, empty column for what it lacks."""
    sizes, total = np.diff(bounds), None
    for k in range(int(sizes.max())):
        at = (bounds[:-1, None] + k) * channels + np.arange(channels)
        at[sizes <= k] = lines.shape[1] - 1
        more = lines.take(at.ravel(), axis=1)
        total = more if total is None else np.add(total, more, out=total)
    return total if total is not None else lines


def _shares(sums: NDArray[np.uint16], heights: NDArray[np.intp], widths: NDArray[np.intp]) -> Pixels:
    """Sums over the sizes of their groups, by poppler's division in fixed point."""
    if max(heights.max(), widths.max()) <= 2:  # the same as a shift, on half as many bytes
        return (sums >> np.add.outer(heights - 1, widths - 1).astype(np.uint8)).astype(np.uint8)
    share = ((1 << 23) // np.outer(heights, widths)).astype(np.uint32)
    return ((sums * share) >> 23).astype(np.uint8)


def _groups(size: int, wanted: int) -> NDArray[np.intp]:
    """Where groups begin, and the end: whole steps, with one more wherever the rest adds up to another.

    >>> _groups(5, 3).tolist()
    [0, 1, 3, 5]
    """
    whole, rest = divmod(size, wanted)
    steps = np.arange(wanted + 1)
    return steps * whole + steps * rest // wanted
