"""Abbreviations and the letters of codes: Đ put back where a closed list leaves no doubt (QD, Qb, QP → QĐ)."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from normalize.model.initials import NO_INITIALS, Initials

# What Đ was read as by models of other languages (Ð is the Icelandic letter), and by Vietnamese ones (doubled).
READ_AS = ("D", "P", "B", "b", "Ð", "ĐÐ", "ÐĐ", "DP")
# A T whose bar is thin was read as I; in texts of the programme, not in the corpus, the true ones are everywhere.
THIN = {"NIM": "NTM", "PINT": "PTNT", "GIVT": "GTVT"}
# Times that an abbreviation stands in the corpus, and times that it is commoner than the one that stands there (if
# that is one too), before it is taken for it. Two letters are soon something else (TD: tín dụng), and codes are exact.
SURE = (60, 50)
LIKELY = (8, 20)
EASY = (1, 4)  # for D alone, which every model without Đ reads
SPELLED = 0.7  # weight of how often phrases of the corpus have these initials, beside the letters around
MOST = 4  # D of an abbreviation for which all ways to spell it are tried
_CALM = 1.0  # abbreviations that a shorter context is worth
_PART = re.compile(r"[^\W\d_]{2,}")


def variants(known: Mapping[str, int], exact: bool = True) -> dict[str, str]:
    """Damaged form → the abbreviation that it is, for those with Đ in `known` (abbreviation → count), and THIN ones.

    `exact`: for the letters of codes; without it, D and longer ones need less to be taken.

    >>> forms = variants({"QĐ": 900, "BCĐ": 80, "DB": 40, "ĐB": 90})
    >>> forms["QD"], forms["QP"], forms["BCD"], forms["NIM"], "BCH" in forms, "DB" in forms
    ('QĐ', 'QĐ', 'BCĐ', 'NTM', False, False)
    """
    forms = dict(THIN)
    for name in sorted(known, key=lambda n: (-known[n], n)):
        for form in _damaged(name):
            least, times = _needed(name, form, exact)
            if known[name] >= max(least, times * known.get(form, 0)):
                forms.setdefault(form, name)
    return forms


def _needed(name: str, form: str, exact: bool) -> tuple[int, int]:
    if not exact and form == name.replace("Đ", "D"):
        return EASY
    return SURE if exact or len(name) < 3 else LIKELY


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


Counts = Mapping[tuple[str, ...], tuple[float, float]]


def contexts(known: Mapping[str, int]) -> Counts:
    """How many abbreviations have D, and how many Đ, between which letters.

    >>> counts = contexts({"HĐND": 9, "DN": 2})
    >>> counts["after", "N"], counts["before", "H"], counts["before", "N"]
    ((1.0, 1.0), (0.0, 1.0), (1.0, 0.0))
    """
    counts: dict[tuple[str, ...], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for name in known:
        for at in _strokes(name) if name.isupper() else ():
            for key in _around(name, at):
                plain, barred = counts[key]
                counts[key] = (plain + (name[at] == "D"), barred + (name[at] == "Đ"))
    return counts


def guessed(name: str, counts: Counts, initials: Initials = NO_INITIALS) -> tuple[str, float]:
    """An unknown abbreviation as it is likeliest by the letters around each D and by the phrases that it may stand for,
    and how sure that is. Of 423 known ones, left out one by one, about 342 come right, by the letters alone 322.

    >>> guessed("KHDT", contexts({"BKHĐT": 9, "ĐT": 9, "DN": 5, "TVĐT": 3, "DS": 2, "ĐTNN": 1}))[0]
    'KHĐT'
    """
    places = list(_strokes(name))
    if not 0 < len(places) <= MOST:
        return name, 1.0
    shares = [_share(name, at, counts) for at in places]
    weights: dict[str, float] = {}
    for letters in product("DĐ", repeat=len(places)):
        spelled = _with(name, places, letters)
        chance = math.prod(s if c == "Đ" else 1 - s for s, c in zip(shares, letters, strict=True))
        weights[spelled] = chance * initials.likelihood(spelled) ** SPELLED
    best = max(weights, key=weights.__getitem__)
    return best, weights[best] / sum(weights.values())


def _with(name: str, places: Sequence[int], letters: Sequence[str]) -> str:
    """A name with other letters at some places."""
    out = list(name)
    for at, letter in zip(places, letters, strict=True):
        out[at] = letter
    return "".join(out)


def _strokes(name: str) -> Iterator[int]:
    return (i for i, c in enumerate(name) if c in "DĐ")


def _around(name: str, at: int) -> tuple[tuple[str, ...], ...]:
    """Keys of the letters around one: none, the one before, after, both, two before, two after."""
    bare = f"^^{name}$$".replace("Đ", "D")
    at += 2
    before, after = bare[at - 1], bare[at + 1]
    single = (), ("before", before), ("after", after)
    return *single, ("both", before, after), ("two before", bare[at - 2 : at]), ("two after", bare[at + 1 : at + 3])


def _share(name: str, at: int, counts: Counts) -> float:
    """Probability of Đ at a place: what both neighbours say, corrected by the letters next to them."""
    none, before, after, both, two, three = _around(name, at)
    start = _smooth(counts.get(none, (1.0, 1.0)), 0.5)
    one, other = (_smooth(counts.get(key, (0.0, 0.0)), start) for key in (before, after))
    base = _logit(one) + _logit(other) - _logit(start)
    found = _logit(_smooth(counts.get(both, (0.0, 0.0)), _unit(base)))
    found += 0.5 * (_logit(_smooth(counts.get(two, (0.0, 0.0)), one)) - _logit(one))
    found += 0.5 * (_logit(_smooth(counts.get(three, (0.0, 0.0)), other)) - _logit(other))
    return _unit(found)


def _smooth(counts: tuple[float, float], base: float) -> float:
    return (counts[1] + _CALM * base) / (sum(counts) + _CALM)


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


def _unit(x: float) -> float:
    return 1 / (1 + math.exp(-x))
