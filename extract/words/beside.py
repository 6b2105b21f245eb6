"""Words that no name of a body, list of recipients or source of money has side by side: one of them was misread.

`Ớt, các PCT UBND huyện`, `Như Điều +4` and `TT Huyện ủy, T HĐND` hold words that there are, beside words that never
stand there. The pairs are counted by `tools/count_neighbours.py` from the gold of notices that we wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from extract.words.unit_spelling import spelled, spelled_units
from normalize.model import packaged
from normalize.syllable import spelling

EDGE, NAME, KIND, NUMBER = "^", "N", "K", "0"  # a name's beginning and end; a unit's name; its kind; figures
LONGEST = 4  # words of a unit's name
_SAID = {EDGE: "an end", NAME: "a unit's name", KIND: "a kind of unit", NUMBER: "a figure"}
_KINDS = frozenset(["xã", "huyện", "tỉnh", "phường", "quận", "phố", "trấn", "ấp", "bản", "thôn", "khóm"])
_CAPITALS = re.compile(r"[A-ZĐƯÔ]{2,}")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")


def neighbours(text: str) -> Iterator[tuple[str, str]]:
    """The pairs of words and marks of a name in its order, its edges with them: words in small letters, abbreviations
    as they are; a unit's name, its kind and figures are `N`, `K` and `0`, whichever they are.

    >>> list(neighbours("UBND xã Bắc Sơn"))
    [('^', 'UBND'), ('UBND', 'K'), ('K', 'N'), ('N', '^')]
    """
    return pairwise([EDGE, *_with_names(_TOKEN.findall(text)), EDGE])


def stranger(text: str) -> str | None:
    """The first two words that no name has side by side, in words for a reviewer; None where all pairs are known.

    >>> stranger("CT, các PCT UBND huyện"), stranger("UBND các xã: Yên Dương, Đạo Trù")
    (None, None)
    >>> stranger("Như Điều +4"), stranger("TT Huyện ủy, T HĐND huyện")
    ("'điều' beside '+'", "',' beside 't'")
    """
    strange = next((pair for pair in neighbours(text) if not _is_known(*pair)), None)
    return None if strange is None else " beside ".join(_SAID.get(word, f"'{word}'") for word in strange)


def _is_known(left: str, right: str) -> bool:
    """Have they stood side by side, in a name or, both words, in any text?

    A comma stands behind what names end in, and before what they begin with; a colon leads to such, too, and to the
    fields of departments. An abbreviation stands beside any word: real offices have more of them than any list.
    """
    known = _pairs()
    if (left, right) in known:
        return True
    if left in (",", ":"):
        return (EDGE, right) in known or ("sở", right) in known or _is_short(right)
    if right == ",":
        return (left, EDGE) in known or _is_short(left)
    if EDGE in (left, right):
        return _is_short(left) or _is_short(right)
    if not (left.isalpha() and right.isalpha()):
        return False
    rights = ("xã", "huyện", "tỉnh") if right == KIND else (right,)
    return _is_short(left) or _is_short(right) or any(packaged().heard(left, word) for word in rights)


def _is_short(token: str) -> bool:
    """An abbreviation, which has no tone: `KTNS`, not `ỚT`."""
    return _CAPITALS.fullmatch(token) is not None


def _with_names(tokens: list[str]) -> Iterator[str]:
    """The tokens in small letters, each unit's name as one; a single word is one behind another or a kind of unit."""
    at, before = 0, EDGE
    while at < len(tokens):
        size = _name_at(tokens, at, before)
        word = tokens[at] if _is_short(tokens[at]) else spelling(tokens[at].lower())
        before = NAME if size else NUMBER if word.isdigit() else KIND if word in _KINDS else word
        yield before
        at += size or 1


def _name_at(tokens: list[str], at: int, before: str) -> int:
    """How many tokens from `at` on are a unit's name; a single word is one behind its kind or another name alone."""
    if not tokens[at][0].isupper():
        return 0
    for size in range(min(LONGEST, len(tokens) - at), 0, -1):
        words = tokens[at : at + size]
        if all(word[0].isupper() or word == "-" for word in words) and " ".join(map(spelled, words)) in spelled_units():
            return size if size > 1 or before in (KIND, NAME) else 0
    return 0


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    lines = (files("extract") / "data" / "neighbours.txt").read_text("utf-8").splitlines()
    rows = (line.split(" ") for line in lines if line and not line.startswith("# "))
    return frozenset((left, right) for left, *found in rows for right in found)
