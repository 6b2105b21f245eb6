"""One page of a source → its image in memory, grey and, where the page has colour, colour."""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.errors import DamagedFile, RendererMissing
from ocr.formats.sheet import Sheet
from ocr.limits import Limits
from ocr.source import Container, Source

Pixels = NDArray[np.uint8]

cv2.setNumThreads(1)  # threads that wait for each other cost CPU, and pages are read beside each other anyway

_POINTS = 72.0
_LOWEST_DPI = 70  # a page that would need less than this to stay within the limits is not rendered


class PageTrouble(Exception):
    """One page could not be rendered; the message says why, for `Page.problem`."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels. `grey`: rows x columns; `colour`: the same in BGR, None where all is grey."""

    grey: Pixels
    colour: Pixels | None
    dpi: int


def render(source: Source, number: int, dpi: int, limits: Limits) -> PageImage:
    """Render page `number` (from 1) at `dpi`, or at the scan's own resolution where that is lower.

    200 dpi cut recognition by a fifth at no loss on clean and light pages; more pixels than were scanned
    nearly double the errors of poor ones (docs/design.md). Raises PageTrouble.
    """
    sheet = source.sheets[number - 1]
    if sheet.pixels > limits.pixels:
        raise PageTrouble(f"its image has {sheet.pixels:,} pixels, more than the {limits.pixels:,} allowed")
    if source.container is Container.PDF:
        return _from_pdf(source.path, number, sheet, _dpi(sheet, dpi, limits), limits)
    try:
        return _from_image(source.path, number, sheet, dpi)
    except PageTrouble as trouble:
        if source.pages == 1:  # then it is the file that is damaged, not one page of many
            raise DamagedFile(source.path, str(trouble)) from trouble
        raise


def _dpi(sheet: Sheet, wanted: int, limits: Limits) -> int:
    """The resolution at which a PDF page is rendered: never finer than its scan, never over the limits."""
    inches = (sheet.width / _POINTS) * (sheet.height / _POINTS)
    if inches <= 0:
        raise PageTrouble("the page has no area")
    finest = math.floor(math.sqrt(limits.pixels / inches))
    dpi = min(wanted, round(sheet.dpi) if sheet.dpi >= _LOWEST_DPI else wanted, finest)
    if dpi < _LOWEST_DPI:
        raise PageTrouble(f"the page measures {sheet.width / _POINTS:.0f} x {sheet.height / _POINTS:.0f} inches")
    return dpi


def _from_pdf(path: Path, number: int, sheet: Sheet, dpi: int, limits: Limits) -> PageImage:
    from ocr.formats.facsimile import facsimile

    pixels = facsimile(path, number, sheet, dpi)
    return _checked(_by_poppler(path, number, sheet, dpi, limits) if pixels is None else pixels, sheet, dpi)


def _by_poppler(path: Path, number: int, sheet: Sheet, dpi: int, limits: Limits) -> Pixels:
    import pdf2image
    from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError

    options: dict[str, Any] = {"first_page": number, "last_page": number, "paths_only": True, "thread_count": 1}
    with tempfile.TemporaryDirectory(prefix="thongbao-") as folder:
        try:
            files = pdf2image.convert_from_path(
                path.absolute(),
                dpi,
                output_folder=folder,
                grayscale=not sheet.colour,
                hide_annotations=sheet.bare,
                timeout=limits.page_seconds,  # type: ignore[arg-type]
                **options,
            )
        except PDFInfoNotInstalledError as error:
            raise RendererMissing(path) from error
        except PDFPopplerTimeoutError as error:
            raise PageTrouble(f"rendering took more than {limits.page_seconds:g} s") from error
        except (PDFPageCountError, OSError, ValueError) as error:
            raise PageTrouble("poppler could not render the page") from error
        return _load(files)


def _load(files: list[Any]) -> Pixels:
    pixels = cv2.imread(str(files[0]), cv2.IMREAD_UNCHANGED) if files else None
    if pixels is None:
        raise PageTrouble("poppler could not render the page")
    return np.asarray(pixels, dtype=np.uint8)


def _checked(pixels: Pixels, sheet: Sheet, dpi: int) -> PageImage:
    """Poppler gives a single white pixel for a page too large for it: the size must be the page's."""
    expected = sheet.width * sheet.height * (dpi / _POINTS) ** 2
    if not 0.5 * expected < pixels.shape[0] * pixels.shape[1] < 2 * expected + 1000:
        raise PageTrouble(f"the renderer gave {pixels.shape[1]} x {pixels.shape[0]} pixels")
    return _page_image(pixels, dpi)


def _page_image(pixels: Pixels, dpi: int) -> PageImage:
    if pixels.ndim == 2:
        return PageImage(pixels, None, dpi)
    return PageImage(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8), pixels, dpi)


def _from_image(path: Path, number: int, sheet: Sheet, dpi: int) -> PageImage:
    from ocr.formats.picture import load_frame

    try:
        frame = np.asarray(load_frame(path, number - 1), dtype=np.uint8)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise PageTrouble("the image is damaged or cut short") from error
    pixels = frame if frame.ndim == 2 else np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR), np.uint8)
    own = sheet.dpi or _guessed_dpi(pixels)
    if own <= dpi * 1.1:
        return _page_image(pixels, round(own))
    scale = dpi / own
    smaller = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _page_image(np.asarray(smaller, np.uint8), dpi)


def _guessed_dpi(pixels: Pixels) -> float:
    """The resolution if the image is an A4 page, as notices are."""
    long, short = max(pixels.shape[:2]), min(pixels.shape[:2])
    return float(min(600.0, max(72.0, min(long / 11.69, short / 8.27))))
