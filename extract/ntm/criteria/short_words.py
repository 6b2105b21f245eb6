"""Criteria's names with their words shortened: `CSVC văn hóa`, `MT và ATTP`; the words are `data/short_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalize.fold import fold

SHORTEST = 4  # letters of a shortened name; fewer may stand for anything


@dataclass(frozen=True, slots=True)
class Short:
    """Words and the forms that stand for them; each example holds one."""

    words: str
    forms: tuple[str, ...]
    examples: tuple[str, ...]


@cache
def shorts() -> tuple[Short, ...]:
    """All records of `data/short_words.toml`."""
    data = tomllib.loads((files("extract") / "data" / "short_words.toml").read_text("utf-8"))
    return tuple(Short(row["words"], tuple(row["forms"]), tuple(row["examples"])) for row in data["short"])


def shortened(names: Iterable[str]) -> set[str]:
    """Names, folded, with every way to shorten their words.

    >>> sorted(shortened(["moi truong va an toan thuc pham"]))[:3]
    ['moi truong va an toan thuc pham', 'moi truong va at thuc pham', 'moi truong va attp']
    """
    found = set(names)
    for short in shorts():
        words = re.compile(rf"(?<!\w){fold(short.words)}(?!\w)")
        found |= {words.sub(fold(form), name) for name in found if words.search(name) for form in short.forms}
    return {name for name in found if len(name) >= SHORTEST}


def written_out(name: str) -> str:
    """A name as printed with its shortened words written out.

    >>> written_out("Tổ chức SX và PTKT nông thôn"), written_out("Thu nhập")
    ('Tổ chức sản xuất và phát triển kinh tế nông thôn', 'Thu nhập')
    """
    for form, words in _forms():
        name = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", words, name)
    return name[:1].upper() + name[1:]


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Forms with their words, the longest first."""
    pairs = [(form, short.words) for short in shorts() for form in short.forms]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
