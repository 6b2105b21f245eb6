"""Dashes that the engine lost: a line without its dash would be taken for the wrapped end of the one above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import cv2
import numpy as np

from ocr.clean import CleanPage
from ocr.layout import Row
from ocr.page import Box, Region
from ocr.tesseract import ReadWord

_DASH = re.compile(r"\W*[-–—+*•]")
_CONFIDENCE = 0.6  # of a dash that was seen in the ink and not by the engine
_REACH = 1.1  # em left of the first word


def put_dashes(rows: Sequence[Row], page: CleanPage, em: float) -> list[Row]:
    """Give the lines of recipients and of the body the dash that stands before them on paper.

    Only where other lines of the column have one.
    """
    placed: list[Row] = []
    for region, group in groupby(rows, key=lambda row: row.region):
        column = list(group)
        listed = region in (Region.LEFT, Region.BODY) and any(_DASH.match(row.words[0].text) for row in column)
        placed += [_with_dash(row, page, em) for row in column] if listed else column
    return placed


def _with_dash(row: Row, page: CleanPage, em: float) -> Row:
    first = row.words[0]
    if _DASH.match(first.text):
        return row
    dash = _dash_in(page, _before(first.box, row.box, em), em)
    if dash is None:
        return row
    word = ReadWord("-", dash, _CONFIDENCE, first.line)
    return replace(row, words=(word, *row.words), box=row.box | dash)


def _before(word: Box, row: Box, em: float) -> Box:
    """The strip left of the first word, at the height where a dash stands."""
    middle = (word.top + word.bottom) // 2
    half = round(0.4 * min(em, row.height))
    return Box(max(0, word.left - round(_REACH * em)), max(0, middle - half), max(0, word.left - 2), middle + half)


def _dash_in(page: CleanPage, box: Box, em: float) -> Box | None:
    crop = page.grey[box.top : box.bottom, box.left : box.right]
    if crop.size == 0:
        return None
    stats = cv2.connectedComponentsWithStats(np.asarray(crop < 150, np.uint8), connectivity=8)[2]
    for left, top, width, height, area in stats[1:].tolist():
        flat = 0.15 * em < width < 0.7 * em and height < 0.22 * em and width > 1.4 * height
        inside = left > 0 and top > 0 and top + height < crop.shape[0]
        if flat and inside and area > 0.5 * width * height:
            x, y = box.left + left, box.top + top
            return Box(x, y, x + width, y + height)
    return None
