"""Percentiles of grey levels: how light a crop's paper is, how dark its ink."""

from __future__ import annotations

import math

import numpy as np

from ocr.render import Pixels


def level(grey: Pixels, percent: float) -> float:
    """The grey level, 0..255, that `percent` of the pixels do not exceed; between two, as far along as numpy's.

    Bytes are sorted by counting: a cell's crop costs a tenth of `np.percentile`, and tables have hundreds of cells.
    Raises ValueError where there are no pixels.

    >>> level(np.array([[10, 20], [30, 40]], np.uint8), 80), np.percentile([10, 20, 30, 40], 80)
    (34.0, np.float64(34.0))
    """
    if not grey.size:
        raise ValueError("no pixels")
    ordered = np.sort(grey, axis=None, kind="stable")
    at = percent / 100 * (ordered.size - 1)
    before = math.floor(at)
    low, high = int(ordered[before]), int(ordered[min(before + 1, ordered.size - 1)])
    return low + (high - low) * (at - before)
