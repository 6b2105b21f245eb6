"""What numbers the rows of a table of money, from the whole to its parts: `II`, `1`, `1.1`, `a`, `-`."""

from __future__ import annotations

import re

# II (an I may be read with dots) · 1 · 1.1 · 1.1.1 · a · - or +: what numbers rows, from the whole to its parts
_ROMAN, _DOTTED = r"[A-ZĐÏÍÌ]|[IVXÏl|]+", r"\d{1,2}\.\d{1,2}"
_MARKS = tuple(map(re.compile, (_ROMAN, r"\d{1,2}", _DOTTED, r"\d(?:\.\d{1,2}){2}", r"[a-zđ]", r"[-–+*]")))
DASH = re.compile(r"[-–+*](?=\s)")


def rank_of(mark: str) -> int:
    """The place of a mark in `II`, `1`, `1.1`, `a`, `-`; of none behind all.

    >>> rank_of("II"), rank_of("2"), rank_of("1.1"), rank_of("-") < rank_of("")
    (0, 1, 2, True)
    """
    return next((rank for rank, pattern in enumerate(_MARKS) if pattern.fullmatch(mark)), len(_MARKS))


def is_part(mark: str, head: str) -> bool:
    """`1.1` or a dash below `1`, not `II` below `I`; below a payer without a mark what a dash leads.

    >>> is_part("1.1", "1"), is_part("II", "I"), is_part("-", ""), is_part("2", "")
    (True, False, True, False)
    """
    return rank_of(mark) > rank_of(head) if mark and head else bool(DASH.match(f"{mark} "))
