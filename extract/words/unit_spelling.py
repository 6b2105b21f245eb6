"""Names of units in one spelling, to be looked up mark by mark however they are written."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from normalize.lexicon.units import unit_spellings
from normalize.syllable import spelling


def spelled(word: str) -> str:
    """A word of a unit's name in one spelling.

    >>> spelled("Hoà"), spelled("Đăk"), spelled("M’gar")
    ('hòa', 'đắk', "m'gar")
    """
    return spelling(word.lower()).replace("’", "'").replace("đăk", "đắk")


@cache
def spelled_units() -> frozenset[str]:
    """The names of all units of any list, and of the cities of words.toml, word by word in one spelling.

    >>> "bắc sơn" in spelled_units(), "bac son" in spelled_units()
    (True, False)
    """
    cities = tomllib.loads((files("extract") / "data" / "words.toml").read_text("utf-8"))["cities"]
    return frozenset(" ".join(map(spelled, name.split())) for name in unit_spellings() | set(cities))
