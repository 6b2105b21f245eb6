"""How far a reading lies from a true name, in letters, counting what OCR confuses as little.

The costs come from `data/confusions.csv`: what Tesseract's English model read for Vietnamese letters, counted
on rendered official text by `tools/make_confusions.py`.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import accumulate

from normalize.data import FOLDER as DATA
from normalize.fold import fold

GAP = 0.8  # a letter lost or put in
BLANK_GAP = 0.3  # a blank lost or put in: words run together, letters fall apart
SEEN = 0.6  # the most that a confusion that was seen can cost
OTHER_MARK = 0.25  # right letter, other mark, where the reading carries marks at all
NO_MARK = 0.2  # right letter, mark missing, in a reading that carries marks elsewhere
BARE = 0.1  # right letter, whatever its mark, in a reading whose marks prove nothing
HOPELESS = 0.4  # share of wrong letters past which nothing is measured any more
STRAY = 5  # letters by which a reading may run ahead or behind
SPELLING = 0.2  # Quí and Quý, Sĩ and Sỹ, Đắk and Đắc are spellings of one name
STRANGER = 1.0  # another letter

_TONE_LAST = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe",
              "oẽ": "õe", "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
_TONE = re.compile(rf"({'|'.join(_TONE_LAST)})(?![^\W\d_])")
_DROPPED = re.compile(r"[\s.,;:!?\"“”«»()\[\]{}/\\|_*=+~^`…–—-]+")
_ZEROS = re.compile(r"\b0+(?=\d)")


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name as it is compared: NFC, small letters, one tone style, single blanks, `03` as `3`.

    >>> plain("Xã  HOÀ Bình"), plain("Phường 03"), plain("Bà Rịa - Vũng Tàu")
    ('xã hòa bình', 'phường 3', 'bà rịa vũng tàu')
    """
    text = _DROPPED.sub(" ", unicodedata.normalize("NFC", name).lower()).strip()
    return _ZEROS.sub("", _TONE.sub(lambda m: _TONE_LAST[m[0]], text))


def has_marks(read: str) -> bool:
    """Does a reading carry marks that an engine without Vietnamese cannot give?

    é is no proof: the English model reads it for ê, ô, ơ and their kin.

    >>> has_marks("Hoằng Phụ"), has_marks("Tiéu chi"), has_marks("Hoang Phu")
    (True, False, False)
    """
    return any(c != fold(c) and c not in "éÉ" for c in read if not c.isupper() or fold(c) != c.lower())


@lru_cache(maxsize=65536)
def distance(read: str, name: str, marked: bool) -> float:
    """The least cost of the steps from `name` to `read`, both as `plain` gives them; 0 is equal.

    Past HOPELESS a lower bound is given: the exact figure no longer matters.

    `marked`: the reading comes from an engine that reads marks, so a missing mark counts.

    >>> distance("pong y", "đồng ý", marked=False) < 1 < distance("pong y", "hưng vũ", marked=False)
    True
    >>> distance("hoằng phụ", "hoằng phú", marked=True)
    0.25
    """
    if len(read) == len(name) and fold(read) == fold(name):
        return round(sum(_swap(true, letter, marked) for true, letter in zip(name, read, strict=True)), 3)
    extra = [_gap(letter) for letter in read]
    row = list(accumulate(extra, initial=0.0))
    limit, width = HOPELESS * len(name) + 1, abs(len(read) - len(name)) + STRAY
    for i, true in enumerate(name):
        row = _next_row(row, _table(true, marked), read, extra, range(max(0, i - width), min(len(read), i + width + 1)))
        if (least := min(row)) > limit:
            return round(least, 3)
    return round(row[-1], 3)


def _next_row(row: list[float], table: _Table, read: str, extra: list[float], reach: range) -> list[float]:
    """One more true letter: the least cost for each beginning of the reading, within reach of the diagonal.

    Half of extraction was spent here: comparisons cost a third of what `min` does.
    """
    new = [math.inf] * len(row)
    gap, pairs = table.gap, table.pairs
    left = new[reach.start] = row[0] + gap if reach.start == 0 else math.inf
    for j in reach:
        cost = row[j] + table[read[j]]
        if (lost := row[j + 1] + gap) < cost:
            cost = lost
        if (put_in := left + extra[j]) < cost:
            cost = put_in
        if pairs and j and (pair := pairs.get(read[j - 1 : j + 1])) is not None:
            cost = min(cost, row[j - 1] + pair)
        left = new[j + 1] = cost
    return new


class _Table(dict[str, float]):
    """What it costs to read one true letter as each other, filled as they are met; to lose it; as which pairs."""

    def __init__(self, true: str, marked: bool) -> None:
        self.true, self.marked = true, marked
        self.gap = min(_gap(true), _singles().get(true, GAP))
        self.pairs = {key[1:]: cost for key, cost in _pairs().items() if key[0] == true}

    def __missing__(self, read: str) -> float:
        return self.setdefault(read, _swap(self.true, read, self.marked))


_table = lru_cache(maxsize=1024)(_Table)


@lru_cache(maxsize=1024)
def _gap(letter: str) -> float:
    return BLANK_GAP if letter == " " or not letter.isalnum() else GAP


def _swap(true: str, read: str, marked: bool) -> float:
    """The cost of reading one letter for another."""
    if true == read:
        return 0.0
    same = fold(true) == fold(read)
    if marked and same:
        return NO_MARK if read == fold(read) else OTHER_MARK
    seen = _singles().get(true + read)
    if same:
        return BARE if seen is None else min(BARE, seen)
    if {fold(true), fold(read)} in ({"i", "y"}, {"c", "k"}):
        return SPELLING if true == fold(true) or read == fold(read) else SPELLING + BARE
    if marked:
        return STRANGER if seen is None else SEEN  # an engine with Vietnamese makes these mistakes seldom
    if seen is None:
        seen = _singles().get(fold(true) + fold(read))
    return STRANGER if seen is None else seen


@lru_cache(maxsize=1)
def _costs() -> dict[tuple[str, str], float]:
    """(true, read) → cost from 0 (always read so) to SEEN (once in a thousand or less), letter case ignored."""
    with (DATA / "confusions.csv").open(encoding="utf-8", newline="") as file:
        counts = [(row["true"], row["read"], int(row["count"])) for row in csv.DictReader(file)]
    totals: Counter[str] = Counter()
    for true, _, n in counts:
        totals[true] += n
    costs: dict[tuple[str, str], float] = {}
    for true, read, n in counts:
        key = true.lower(), read.lower()
        cost = round(min(SEEN, -SEEN * math.log(n / totals[true]) / math.log(1000)), 3)
        costs[key] = min(cost, costs.get(key, SEEN))
    return costs


@lru_cache(maxsize=1)
def _singles() -> dict[str, float]:
    """One letter read as one, or lost: `ươ` as `u`."""
    return {true + read: cost for (true, read), cost in _costs().items() if len(true) == 1 and len(read) < 2}


@lru_cache(maxsize=1)
def _pairs() -> dict[str, float]:
    """One true letter read as two: `ũ` as `ii`, `ứ` as `it`."""
    return {true + read: cost for (true, read), cost in _costs().items() if len(true) == 1 and len(read) == 2}
