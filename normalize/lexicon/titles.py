"""Titles of those who sign, and the marks of the authority they sign with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from normalize.data import FOLDER as DATA


@dataclass(frozen=True, slots=True)
class Authority:
    """A mark before a title: `TM`, `KT`, `TL`, `TUQ`, `Q` (Decree 30/2020)."""

    mark: str
    meaning: str
    examples: tuple[str, ...]


def signer_titles() -> tuple[str, ...]:
    """Every title in sentence case.

    >>> "Phó Chi cục trưởng" in signer_titles()
    True
    """
    return tuple(title_examples())


@lru_cache(maxsize=1)
def title_examples() -> dict[str, tuple[str, ...]]:
    """Each title with lines that name it, as printed or read."""
    return {record["name"]: tuple(record["examples"]) for record in _records()["titles"]}


@lru_cache(maxsize=1)
def authorities() -> tuple[Authority, ...]:
    """The marks of authority."""
    return tuple(Authority(r["mark"], r["meaning"], tuple(r["examples"])) for r in _records()["authorities"])


def _records() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads((DATA / "titles.toml").read_text("utf-8"))
