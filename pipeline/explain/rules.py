"""What each rule looks at and looks for: `extract/data/rules.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """`gives`: patterns of pointers, `i` for an index; `cues`: words that a line must hold for the rule to fire."""

    name: str
    gives: tuple[str, ...]
    looks: str
    seeks: str
    cues: tuple[str, ...]
    examples: tuple[str, ...]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name."""
    data = tomllib.loads((files("extract") / "data" / "rules.toml").read_text("utf-8"))
    return {
        row["name"]: Rule(
            row["name"], tuple(row["gives"]), row["looks"], row["seeks"], tuple(row["cues"]), tuple(row["examples"])
        )
        for row in data["rule"]
    }


def pattern_of(pointer: str) -> str:
    """A pointer with `i` for each index.

    >>> pattern_of("/ntm/bands/0/communes/3")
    '/ntm/bands/i/communes/i'
    """
    return re.sub(r"/(?:\d+|-)(?=/|$)", "/i", pointer)


def rules_for(pointer: str) -> tuple[Rule, ...]:
    """The rules that can give a value at a pointer, above it or below it.

    >>> [rule.name for rule in rules_for("/document/secrecy")]
    ['stamp']
    """
    asked = pattern_of(pointer)
    return tuple(
        rule for rule in rules().values() if any(_nests(asked, gives) or _nests(gives, asked) for gives in rule.gives)
    )


def _nests(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(outer.rstrip("/") + "/")
