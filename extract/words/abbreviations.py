"""Abbreviations that somebody knows: one that nobody does was probably misread."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from normalize.letters import UPPER
from normalize.lexicon.agencies import agencies
from normalize.model import packaged

_CAPITALS = re.compile(rf"(?<!\w)[{UPPER}]{{2,}}(?:\d*|[a-zđ])(?!\w)")
_WITH_SMALL = frozenset({"TTg", "TTr", "CTr", "CTrHĐ", "QĐi"})  # with a small letter
ODD = 3  # letters: two may stand for anything


def odd_abbreviation(text: str) -> str | None:
    """An abbreviation that nobody knows, as a misread one: `NNS` for NN5, `PTNÏ`; None where all are known.

    Of 916 abbreviations in the recipients and 305 in the filing lines of written notices the model's counts know 93 and
    81 %, the list of offices the rest; so to be asked of scans and mangled dumps only, where letters are misread.

    >>> odd_abbreviation("VPĐP, NN5, KTHT"), odd_abbreviation("NNS"), odd_abbreviation("Sở NN và PTNÏ")
    (None, 'NNS', 'PTNÏ')
    >>> odd_abbreviation("TTr Huyện ủy"), odd_abbreviation("TIr Huyện ủy")
    (None, 'TIr')
    """
    return next((word for word in _CAPITALS.findall(text) if not _is_known(word)), None)


def odd_group(symbol: str) -> str | None:
    """A group of a symbol that nobody knows, as a misread one; None where all are known. Of 1,206 right codes on
    scans 9 have one, of 18 wrong ones 5, so to be asked of scans only.

    >>> odd_group("TTr-SNN&PTNT"), odd_group("TTr-SNN&PPTNT"), odd_group("QĐ-TIr"), odd_group("QĐ-Tr")
    (None, 'PPTNT', 'TIr', 'Tr')
    """
    groups = (group for group in re.split(r"[-/&.]", symbol) if group not in _groups())
    return next((group for group in groups if not _is_known(group)), None)


@cache
def _groups() -> frozenset[str]:
    """Groups of symbols: those with a small letter, and those of the agencies that are known (STNMT)."""
    return _WITH_SMALL | {group for agency in agencies() for group in agency.short}


def _is_known(word: str) -> bool:
    bare = word.rstrip("0123456789")
    if bare in _WITH_SMALL or bare in packaged().abbreviations or bare in _listed():
        return True
    return len(bare) < ODD and (bare.isupper() or not bare)


@cache
def _listed() -> frozenset[str]:
    data = tomllib.loads((files("extract") / "data" / "words.toml").read_text("utf-8"))
    return frozenset(data["abbreviations"])
