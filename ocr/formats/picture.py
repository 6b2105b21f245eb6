"""Looking at PNG, JPEG and TIFF files without decoding them, and reading one page of them."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from ocr.errors import DamagedFile, TooLarge
from ocr.formats.sheet import Sheet
from ocr.limits import Limits

Image.MAX_IMAGE_PIXELS = None  # the size in the header is checked here, before anything is decoded
_FORMATS = ("PNG", "JPEG", "TIFF", "MPO")
_GREY_MODES = ("1", "L", "LA", "I", "I;16", "F")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, UnidentifiedImageError)


def look_at_image(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """One sheet a frame, from the headers alone. Too many pixels raise TooLarge before memory is taken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as image:
                return _sheets(path, image, limits)
    except _BROKEN as error:
        raise DamagedFile(path) from error


def _sheets(path: Path, image: Image.Image, limits: Limits) -> tuple[Sheet, ...]:
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if frames > limits.pages:
        raise TooLarge(path, f"{frames:,} pages are more than the {limits.pages:,} allowed")
    sheets = []
    for frame in range(frames):
        if frame:
            image.seek(frame)
        width, height = image.size
        if width * height > limits.pixels:
            raise TooLarge(path, f"{width:,} x {height:,} pixels are more than the {limits.pixels:,} allowed")
        sheets.append(Sheet(width, height, _dpi(image), image.mode not in _GREY_MODES, pixels=width * height))
    return tuple(sheets)


def _dpi(image: Image.Image) -> float:
    """The resolution that the file states, if it is one that scanners have; else 0."""
    stated = image.info.get("dpi", (0, 0))
    try:
        dpi = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return dpi if 70 <= dpi <= 1200 else 0.0


def load_frame(path: Path, frame: int) -> Image.Image:
    """Decode one frame as grey or RGB, upright as its EXIF says. Raises OSError or ValueError if it is broken."""
    from PIL import ImageOps

    with Image.open(path, formats=_FORMATS) as image:
        image.seek(frame)
        image.load()
        upright = ImageOps.exif_transpose(image)
        return _flat(upright)


def _flat(image: Image.Image) -> Image.Image:
    """Grey stays grey, 16 bits become 8, and what is transparent becomes paper."""
    if image.mode.startswith("I") or image.mode == "F":
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("L" if image.mode in _GREY_MODES else "RGB")
