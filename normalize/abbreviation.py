"""Abbreviations and the letters of codes: Đ put back where a closed list leaves no doubt (QD, Qb, QP → QĐ)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product

# What Đ was read as by models of other languages (Ð is the Icelandic letter), and by Vietnamese ones (doubled).
READ_AS = ("D", "P", "B", "b", "Ð", "ĐÐ", "ÐĐ", "DP")
# Times that an abbreviation stands in the corpus, and times that it is commoner than the one that stands there (if
# that is one too), before it is taken for it. Two letters are soon something else (TD: tín dụng), and codes are exact.
SURE = (60, 50)
LIKELY = (8, 20)
_PART = re.compile(r"[^\W\d_]{2,}")


def variants(known: Mapping[str, int], exact: bool = True) -> dict[str, str]:
    """Damaged form → the abbreviation that it is, for those with Đ in `known` (abbreviation → count).

    `exact`: for the letters of codes; without it, longer ones need less to be taken.

    >>> forms = variants({"QĐ": 900, "BCĐ": 80, "DB": 40, "ĐB": 90})
    >>> forms["QD"], forms["QP"], forms["BCD"], "BCH" in forms, "DB" in forms
    ('QĐ', 'QĐ', 'BCĐ', False, False)
    """
    forms: dict[str, str] = {}
    for name in sorted(known, key=lambda n: (-known[n], n)):
        least, times = SURE if exact or len(name) < 3 else LIKELY
        for form in _damaged(name) if known[name] >= least else ():
            if known[name] >= times * known.get(form, 0):
                forms.setdefault(form, name)
    return forms


def _damaged(name: str) -> Sequence[str]:
    if "Đ" not in name or name.count("Đ") > 2:
        return ()
    pieces = name.split("Đ")
    ways = product(READ_AS, repeat=len(pieces) - 1)
    return ["".join(a + b for a, b in zip(pieces, (*way, ""), strict=True)) for way in ways]


def repaired(code: str, forms: Mapping[str, str]) -> str:
    """A code with the damaged parts of its letters put right.

    >>> repaired("374/QD-UBND", {"QD": "QĐ"})
    '374/QĐ-UBND'
    """
    return _PART.sub(lambda m: forms.get(m[0], m[0]), code)
