"""A second look at the signature block, where the seal, the pen and small faint print cost most.

Both columns are cut out and read once more as blocks, in one run: the recipients as they are, the titles and
the name with everything but the blackest ink taken out, since a seal is red or, on a grey scan, paler than
print. The two readings of a line are weighed by their confidence. Only a doubtful column is read again, which
costs up to an eighth of a page's recognition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from ocr.clean import CleanPage
from ocr.crops import Crop, lines_of, read_crops
from ocr.layout import Layout, Zone
from ocr.layout.segment import Segment
from ocr.name_line import bands, name_of, voted
from ocr.page import Box, Region
from ocr.render import Pixels
from ocr.tesseract import Engine, EngineTrouble, ReadWord

_DEEP = 80.0  # mm from the first title to below the name
_COLOURED = 60  # grey levels between a pixel's lightest and darkest channel
_SOME = 0.002  # share of coloured pixels from which a crop has coloured ink
_BLACK = 60  # grey levels above the darkest print that still are print and no seal
_DOUBT_TITLE = 0.9  # mean confidence under which a title or name is read again
_DOUBT_LIST = 0.8  # and a recipient: a wrong letter there costs less
_DOUBT_NAME = 0.95  # a word of the signer's name, in which a wrong letter costs all
_FOR = re.compile(r"T/?M|KT|TL|TUQ")  # TM. ỦY BAN NHÂN DÂN: a title stands below
_REACH = 3  # heights of a word below the recipients that are read again with them
_ASIDE = 1.5  # heights of a line between its middle and that of its column
_SHORTEST_TITLE = 5  # letters: BÍ THƯ
_SURE = 0.5  # mean confidence a line needs that the first reading did not have at all
_BETTER = 1.03  # times the first reading's weight that the second must have
_SIGNS = "-–—_~=:;.,+*'\"`“”‘’^°|/<>"


def look_again(
    words: Sequence[ReadWord], layout: Layout, page: CleanPage, engine: Engine, file: Path
) -> list[ReadWord]:
    """The page's words, those of its signature block read twice. A failing second look changes nothing."""
    kept = list(words)
    for zone in _blocks([zone for zone in layout.zones if zone.signed], layout.em):
        kept = _look(kept, zone, layout, page, engine, file)
    return kept


def _blocks(zones: Sequence[Zone], em: float) -> list[Zone]:
    """The signature blocks, those that a wide line parted in two as one: what both hold would be read twice."""
    blocks: list[Zone] = []
    for zone in sorted(zones, key=lambda zone: zone.top):
        if blocks and zone.top < _foot(blocks[-1]) + _REACH * em:
            blocks[-1] = Zone((*blocks[-1].left, *zone.left), (*blocks[-1].right, *zone.right), True)
        else:
            blocks.append(zone)
    return blocks


def _foot(zone: Zone) -> int:
    return max(segment.box.bottom for segment in zone.left)


def _look(
    words: list[ReadWord], zone: Zone, layout: Layout, page: CleanPage, engine: Engine, file: Path
) -> list[ReadWord]:
    columns = [column for column in (zone.left, zone.right) if _is_doubtful(column, column is zone.right)]
    signing = [word for segment in zone.right for word in segment.words]
    try:
        found = read_crops([_crop(column, zone, layout, page) for column in columns], engine, page.dpi, file)
        for column, again in zip(columns, found, strict=True):
            old = {id(word) for segment in column for word in segment.words}
            first, second = lines_of(word for word in words if id(word) in old), again
            if column is zone.right:
                first, second = _trimmed(first), _trimmed(second)
            best = _weighed(first, second, layout.em)
            words = [word for word in words if id(word) not in old] + best
            signing = best if column is zone.right else signing
        name = _doubtful_name(lines_of(signing))
        alone = read_crops(bands(name, page.grey, _gutter(zone, layout)), engine, page.dpi, file) if name else []
    except EngineTrouble:
        return words
    return _named(words, name, alone) if name else words


def _doubtful_name(lines: Sequence[list[ReadWord]]) -> list[ReadWord] | None:
    """The line with the name, if not all of it is sure, or if it is short: its head may be lost."""
    name = name_of(lines)
    sure = name is not None and len(name) > 2 and all(word.confidence >= _DOUBT_NAME for word in name)
    return None if sure else name


def _named(words: list[ReadWord], name: list[ReadWord], again: Sequence[list[list[ReadWord]]]) -> list[ReadWord]:
    """The words with the name that its readings vote for in the place of what stands there."""
    here = [word for word in words if _level([word], name) and word.box.right > min(w.box.left for w in name)]
    readings = [here or name, *(max(lines, key=_weight) for lines in again if lines)]
    best = [replace(word, line=name[0].line) for word in voted(readings)]
    if not best:
        return words
    gone = {id(word) for word in here}
    return [word for word in words if id(word) not in gone] + best


def _is_doubtful(column: Sequence[Segment], signs: bool) -> bool:
    """Is a line unsure, a line missing from a list, no name under the titles, or no title above the name?"""
    lines = lines_of(word for segment in column for word in segment.words)
    if any(_confidence(line) < (_DOUBT_TITLE if signs else _DOUBT_LIST) for line in lines):
        return True
    if signs:
        named = any(len(line) > 1 and line[-1].text[1:].islower() for line in lines)
        return not named or _lacks_title([line for line in lines if _is_title(line)])
    feet = sorted(_span(line)[1] for line in lines)
    steps = [b - a for a, b in pairwise(feet)]
    return bool(steps) and max(steps) > 1.7 * float(np.median(steps))


def _lacks_title(titles: Sequence[list[ReadWord]]) -> bool:
    """Is there no title, or only whom somebody signs for (`TM. ỦY BAN NHÂN DÂN`), or one that lost an end to the seal?

    Titles stand in the middle of their column: one beside the middle of those above has lost letters.
    """
    if not titles:
        return True
    last = max(titles, key=lambda line: _span(line)[1])
    middle = median(_middle(line) for line in titles)
    cut = any(abs(_middle(line) - middle) > _ASIDE * _height(line) for line in titles)
    return cut or _FOR.match(last[0].text) is not None


def _middle(line: Sequence[ReadWord]) -> float:
    return (min(word.box.left for word in line) + max(word.box.right for word in line)) / 2


def _height(line: Sequence[ReadWord]) -> float:
    return median(word.box.height for word in line)


def _is_title(line: Sequence[ReadWord]) -> bool:
    """Does a line end in two words of capitals, `BÍ THƯ`? The scraps of a seal are shorter: `SN JƠ`."""
    last = [word.text for word in line[-2:]]
    return len(last) > 1 and all(word.isupper() for word in last) and len("".join(last)) >= _SHORTEST_TITLE


def _confidence(line: Sequence[ReadWord]) -> float:
    return sum(word.confidence for word in line) / len(line)


def _crop(column: Sequence[Segment], zone: Zone, layout: Layout, page: CleanPage) -> Crop:
    """The left column as it is, the right one without its paler inks; neither reaches into what follows."""
    height, width = page.grey.shape
    em = round(layout.em)
    gutter = _gutter(zone, layout)
    top = max(0, zone.top - em)
    below = [row.box.top for row in layout.rows if row.region is Region.BODY and row.box.top > zone.top + 2 * em]
    if column is zone.right:
        deep = min([height, top + round(_DEEP / 25.4 * page.dpi), *below])
        return Crop(_black_ink(page, Box(gutter, top, width, max(top, deep))), gutter, top)
    foot = min([height, _foot(zone) + _REACH * em, *below])
    edge = max(0, min(s.box.left for s in zone.left) - em)
    return Crop(page.grey[top:foot, edge:gutter], edge, top)


def _gutter(zone: Zone, layout: Layout) -> int:
    return max(s.box.right for s in zone.left if s.certain) + round(layout.em) // 2


def _black_ink(page: CleanPage, box: Box) -> Pixels:
    rows, columns = slice(box.top, box.bottom), slice(box.left, box.right)
    grey = page.grey[rows, columns]
    colour = page.colour(box)
    if colour is not None and colour.size:
        blue, green, red = cv2.split(colour)
        lightest, darkest = np.maximum(np.maximum(blue, green), red), np.minimum(np.minimum(blue, green), red)
        if np.count_nonzero(lightest - darkest > _COLOURED) > _SOME * lightest.size:
            return np.asarray(np.maximum(grey, lightest), np.uint8)
    dark = grey[grey < 128]
    limit = min(150.0, (float(np.percentile(dark, 10)) if dark.size else 20.0) + _BLACK)
    return np.where(grey < limit, grey, np.uint8(255))


def _trimmed(lines: list[list[ReadWord]]) -> list[list[ReadWord]]:
    """Titles and names without the scraps of seal and pen at their ends: none begins with a sign."""
    return [trimmed for line in lines if (trimmed := _without_scraps(line))]


def _without_scraps(line: list[ReadWord]) -> list[ReadWord]:
    words = list(line)
    while words and _is_scrap(words[0]):
        words.pop(0)
    while words and _is_scrap(words[-1]):
        words.pop()
    return [replace(words[0], text=words[0].text.lstrip(_SIGNS)), *words[1:]] if words else []


def _is_scrap(word: ReadWord) -> bool:
    letters = sum(c.isalpha() for c in word.text)
    is_name = letters > 1 and word.text[:1].isupper() and word.text[1:].islower()
    return letters == 0 or (letters == 1 and word.confidence < 0.8) or (not is_name and word.confidence < 0.25)


def _weighed(first: list[list[ReadWord]], second: list[list[ReadWord]], em: float) -> list[ReadWord]:
    """Of two readings of the same rows the weightier; a row that only the second has must be sure."""
    taken: list[ReadWord] = []
    left = list(first)
    for line in second:
        rivals = [other for other in left if _level(line, other)]
        if (rivals and _weight(line) > _BETTER * sum(map(_weight, rivals))) or (not rivals and _is_print(line, em)):
            left = [other for other in left if not any(other is rival for rival in rivals)]
            taken += line
    return [word for line in left for word in line] + taken


def _weight(line: list[ReadWord]) -> float:
    """Letters and digits, each counted with the square of its word's confidence."""
    return sum(word.confidence**2 * sum(c.isalnum() for c in word.text) for word in line)


def _is_print(line: list[ReadWord], em: float) -> bool:
    letters = sum(c.isalpha() for word in line for c in word.text)
    sure = _confidence(line) >= _SURE
    heights = sorted(word.box.height for word in line)
    return sure and letters >= 4 and 0.5 * em < heights[len(heights) // 2] < 2 * em


def _level(line: list[ReadWord], other: list[ReadWord]) -> bool:
    top, bottom = _span(line)
    upper, lower = _span(other)
    return min(bottom, lower) - max(top, upper) > 0.5 * min(bottom - top, lower - upper)


def _span(line: list[ReadWord]) -> tuple[float, float]:
    """The row's upper and lower edge, by the middle of its words', as single boxes run over."""
    return median(w.box.top for w in line), median(w.box.bottom for w in line)
