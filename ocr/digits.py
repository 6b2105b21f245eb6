"""Handwritten digits: a strip of ink → the strings it may be, with their probabilities.

A small network looks at 32 columns of the strip and gives each the odds of ten digits and of none between them
(connectionist temporal classification, Graves 2006), so digits that touch need not be cut apart. What it is
and how well it reads: docs/digits-card.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from ocr.page import Guess
from ocr.render import Pixels

MODEL = Path(__file__).parent / "data" / "digits.onnx"
BLANK = 10
CLASSES = 11
_MOST = 5  # digits in a number
_BEAM = 40  # strings kept from column to column
_GIVEN = 8  # strings handed on
_NEVER = 1e-7  # odds of a digit in a column that add nothing to a probability of four places
_LEAST = 0.002  # probability of a string that is worth handing on

Columns = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def read_number(strip: Pixels) -> tuple[Guess, ...]:
    """What a number filled in by hand may be, likeliest first; empty where no digits can be made out.

    The probabilities add up to at most one: the rest is everything else, also that these are no digits.
    """
    found = {text: p for text, p in _strings(_columns(strip)).items() if text}
    return _ranked(found.items())


def read_day(strip: Pixels) -> tuple[Guess, ...]:
    """The same for a day of the month, as written: `5` and `05` are two guesses."""
    return _one_of(range(1, 32), strip)


def read_month(strip: Pixels) -> tuple[Guess, ...]:
    """The same for a month."""
    return _one_of(range(1, 13), strip)


def _one_of(values: range, strip: Pixels) -> tuple[Guess, ...]:
    columns = _columns(strip)
    forms = [form for value in values for form in dict.fromkeys((str(value), f"{value:02}"))]
    return _ranked((form, _likelihood(columns, form)) for form in forms)


def _ranked(found: Iterable[tuple[str, float]]) -> tuple[Guess, ...]:
    best = sorted(found, key=lambda pair: (-pair[1], pair[0]))[:_GIVEN]
    return tuple(Guess(text, round(min(1.0, p), 4)) for text, p in best if p >= _LEAST)


@lru_cache(maxsize=1)
def _network() -> cv2.dnn.Net:
    return cv2.dnn.readNetFromONNX(str(MODEL))


def _columns(strip: Pixels) -> Columns:
    """Odds of the ten digits and the blank in each column, 32 × 11, rows adding up to one."""
    network = _network()
    network.setInput(np.asarray(strip, np.float32)[None, None] / np.float32(255))
    logits = np.asarray(network.forward(), np.float64).reshape(CLASSES, -1).T
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float64)


def _strings(columns: Columns) -> dict[str, float]:
    """Probable strings of at most five digits: prefix search with a beam; each ends in a blank or in its digit."""
    beam = {"": (1.0, 0.0)}
    for odds in columns.tolist():
        grown: dict[str, tuple[float, float]] = {}
        probable = [(str(d), p) for d, p in enumerate(odds[:BLANK]) if p > _NEVER]
        for text, (blank, digit) in beam.items():
            both = blank + digit
            again = digit * odds[int(text[-1])] if text else 0.0
            _add(grown, text, both * odds[BLANK], again)
            if len(text) < _MOST:
                for d, p in probable:
                    _add(grown, text + d, 0.0, (blank if text[-1:] == d else both) * p)
        kept = sorted(grown.items(), key=lambda item: (-sum(item[1]), item[0]))[:_BEAM]
        beam = dict(kept)
    return {text: float(blank + digit) for text, (blank, digit) in beam.items()}


def _add(grown: dict[str, tuple[float, float]], text: str, blank: float, digit: float) -> None:
    old = grown.get(text, (0.0, 0.0))
    grown[text] = (old[0] + blank, old[1] + digit)


def _likelihood(columns: Columns, text: str) -> float:
    """The probability of one string: all ways in which the columns may spell it.

    >>> sure = np.eye(11)[[10, 1, 1, 10, 2, 10]]
    >>> _likelihood(sure, "12"), _likelihood(sure, "112")
    (1.0, 0.0)
    """
    states = [BLANK, *(s for digit in text for s in (int(digit), BLANK))]
    skips = [k >= 2 and states[k] != BLANK and states[k] != states[k - 2] for k in range(len(states))]
    ways = np.zeros(len(states))
    ways[0], ways[1] = columns[0, BLANK], columns[0, states[1]]
    for odds in columns[1:]:
        stepped = ways + np.concatenate(([0.0], ways[:-1]))
        stepped += np.where(skips, np.concatenate(([0.0, 0.0], ways[:-2])), 0.0)
        ways = stepped * odds[states]
    return float(ways[-1] + ways[-2])
