"""Pixels → a few more rows and columns of them, between their neighbours, as poppler puts them in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
_Lines = NDArray[np.uint16]

_BLOCK = 128  # rows at a time: what is computed with 16 bits stays in the processor's cache


@dataclass(frozen=True, slots=True)
class _Axis:
    """For each new pixel along an axis: the old one at or before it (-1 before the first), and its share in 256ths."""

    before: NDArray[np.intp]
    share: NDArray[np.uint16]

    def runs(self) -> list[tuple[int, int]]:
        """From where to where old and new pixels go on side by side.

        >>> _axis(4, 5).runs(), _axis(4, 6).before.tolist(), _axis(4, 6).runs()
        ([(0, 5)], [-1, 0, 1, 1, 2, 3], [(0, 3), (3, 6)])
        """
        breaks = np.flatnonzero(np.diff(self.before) != 1) + 1
        return list(pairwise([0, *breaks.tolist(), len(self.before)]))


def _axis(old: int, new: int) -> _Axis:
    place = (np.arange(new) + 0.5) * old / new - 0.5
    before = np.floor(place).astype(np.intp)
    return _Axis(before, np.rint((before + 1 - place) * 256).astype(np.uint16))


def grown(image: Pixels, high: int, wide: int) -> Pixels:
    """Rows x columns [x BGR], no fewer than there are, cut to whole levels after columns and after rows.

    >>> grown(np.arange(0, 240, 20, dtype=np.uint8)[None], 1, 13).tolist()
    [[0, 17, 36, 54, 73, 91, 110, 128, 146, 165, 183, 202, 220]]
    """
    channels = image.shape[2] if image.ndim == 3 else 1
    flat, down, across = image.reshape(image.shape[0], -1), _axis(image.shape[0], high), _axis(image.shape[1], wide)
    out, last = np.empty((high, wide * channels), np.uint8), image.shape[0] - 1
    for top in range(0, high, _BLOCK):
        before = down.before[top : top + _BLOCK]
        first = max(0, int(before[0]))
        wider = _wider(flat[first : before[-1] + 2], across, channels)
        rows = np.clip(before, 0, last) - first, np.clip(before + 1, 0, last) - first
        mixed = _mixed(wider[rows[0]], wider[rows[1]], down.share[top : top + _BLOCK, None])
        out[top : top + _BLOCK] = mixed
    return out.reshape(high, wide, *image.shape[2:])


def _wider(rows: Pixels, across: _Axis, channels: int) -> _Lines:
    """Rows with columns put in; beyond an edge the pixel at it stands again."""
    padded = np.pad(rows.astype(np.uint16), ((0, 0), (channels, channels)), "edge")
    share, out = np.repeat(across.share, channels), np.empty((len(rows), len(across.before) * channels), np.uint16)
    for start, end in across.runs():
        at, many = (int(across.before[start]) + 1) * channels, (end - start) * channels
        new = slice(start * channels, end * channels)
        left, right = padded[:, at : at + many], padded[:, at + channels : at + channels + many]
        out[:, new] = _mixed(left, right, share[new])
    return out


def _mixed(one: _Lines, other: _Lines, share: _Lines) -> _Lines:
    """`share` 256ths of one and the rest of the other, rounded down."""
    mixed = one * share
    mixed += other * (256 - share)
    mixed >>= 8
    return mixed
