"""What a scanner and a photocopier do to a page: three levels, each the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[Any]
SOURCE_DPI = 300


@dataclass(frozen=True, slots=True)
class Level:
    """How a level is stored: dots an inch, JPEG quality and the function that wears a page."""

    dpi: int
    quality: int
    wear: Callable[[Pixels, Pixels | None, np.random.Generator], Pixels]


def turned(page: Pixels, degrees: float) -> Pixels:
    """The page turned about its middle, corners filled with paper."""
    high, wide = page.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1)
    return cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250))


def scaled(page: Pixels, dpi: int) -> Pixels:
    ratio = dpi / SOURCE_DPI
    return cv2.resize(page, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)


def grey(page: Pixels) -> Pixels:
    return cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)


def noisy(page: Pixels, sigma: float, rng: np.random.Generator) -> Pixels:
    grain = rng.normal(0, sigma, page.shape[:2])
    spread = grain if page.ndim == 2 else grain[..., None]
    return np.clip(page + spread, 0, 255).astype(np.uint8)


def cloud(shape: tuple[int, ...], cells: int, rng: np.random.Generator) -> Pixels:
    """A smooth field of 0..1 with about `cells` hills across the page."""
    coarse = rng.random((cells + 2, cells + 2)).astype(np.float32)
    return np.clip(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), 0, 1)


def light(page: Pixels, _: Pixels | None, rng: np.random.Generator) -> Pixels:
    """A good office scanner: half a degree, a little blur and grain, grey."""
    worn = scaled(turned(grey(page), rng.uniform(0.3, 0.55) * rng.choice([-1, 1])), LEVELS["light"].dpi)
    return noisy(cv2.GaussianBlur(worn, (0, 0), 0.45), 2.5, rng)


def medium(page: Pixels, _: Pixels | None, rng: np.random.Generator) -> Pixels:
    """A page laid down in haste: one and a half degrees, uneven light, soft, in colour."""
    worn = scaled(turned(page, rng.uniform(1.2, 1.7) * rng.choice([-1, 1])), LEVELS["medium"].dpi)
    worn = cv2.GaussianBlur(worn, (0, 0), 0.75)
    shade = 0.78 + 0.2 * cloud(worn.shape, 2, rng)
    return noisy(worn * shade[..., None], 4, rng)


def heavy(page: Pixels, back: Pixels | None, rng: np.random.Generator) -> Pixels:
    """The photocopy of a photocopy: broken ink, the other side showing through, streaks and specks."""
    plate: Pixels = grey(turned(page, rng.uniform(0.5, 0.9) * rng.choice([-1, 1]))).astype(np.float32)
    plate = cv2.GaussianBlur(plate, (0, 0), 1.3)
    if back is not None:
        other = cv2.GaussianBlur(grey(back)[:, ::-1].astype(np.float32), (0, 0), 5)
        plate = np.minimum(plate, 255 - (255 - other) * 0.22)
    plate = broken(plate, rng)
    worn = noisy(scaled(plate, LEVELS["heavy"].dpi), 7, rng)
    return streaked(speckled(worn, rng), rng)


def broken(plate: Pixels, rng: np.random.Generator) -> Pixels:
    """Toner that took badly: the threshold of black wanders over the page, with pinholes in the strokes."""
    wander = 132 + 60 * cloud(plate.shape, 7, rng)
    holes = cv2.GaussianBlur(rng.normal(0, 1, plate.shape).astype(np.float32), (0, 0), 1.4) * 75
    steep = (plate - wander + holes) * 3 + 128
    toner: Pixels = np.clip(0.8 * np.clip(steep, 12, 248) + 0.2 * plate, 0, 255)
    return toner


def speckled(page: Pixels, rng: np.random.Generator) -> Pixels:
    high, wide = page.shape
    for x, y in zip(rng.integers(0, wide, 260), rng.integers(0, high, 260), strict=True):
        cv2.circle(page, (int(x), int(y)), int(rng.integers(0, 2)), int(rng.integers(20, 130)), -1)
    return page


def streaked(page: Pixels, rng: np.random.Generator) -> Pixels:
    """Two pale streaks of the drum and the dark edge of the lid."""
    for x in rng.integers(40, page.shape[1] - 40, 2):
        band = page[:, x : x + 2].astype(np.int16)
        page[:, x : x + 2] = np.clip(band - int(rng.integers(20, 60)), 0, 255)
    edge = int(rng.integers(6, 16))
    page[:, -edge:] = np.minimum(page[:, -edge:], rng.integers(30, 90, (page.shape[0], edge)))
    return page


LEVELS = {
    "light": Level(250, 32, light),
    "medium": Level(200, 25, medium),
    "heavy": Level(150, 30, heavy),
}


def worn_pages(pages: list[Image.Image], level: str, seed: int) -> list[Image.Image]:
    """All pages at one level; `seed` decides every accident."""
    rng = np.random.default_rng([seed, *level.encode()])
    plates = [np.asarray(page) for page in pages]
    backs = [back if back.shape == plate.shape else np.rot90(back).copy()      # a landscape annex behind the text
             for plate, back in pairwise(plates)]
    worn = [LEVELS[level].wear(plate, back, rng) for plate, back in zip(plates, [*backs, None], strict=True)]
    return [Image.fromarray(page) for page in worn]
