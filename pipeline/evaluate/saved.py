"""A saved evaluation, and what another one gained and lost against it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.evaluate.errors import NoRun
from pipeline.evaluate.facts import Fact, folded
from pipeline.evaluate.judge import Judgement

FORM = "thongbao evaluation 1"

Row = tuple[str, str, str, str, str]  # notice, level, group, what it is about, value: as they stand in the document


@dataclass(frozen=True, slots=True)
class Key:
    """A fact of a notice. Equal where it is the same fact, however it is written."""

    notice: str
    level: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Turn:
    """A fact that changed sides. `kind`: gained, lost (a gold fact), worse (newly wrong), mended (wrong no more)."""

    kind: str
    notice: str
    level: str
    group: str
    anchor: str
    value: str


@dataclass(frozen=True, slots=True)
class Run:
    """What is kept of an evaluation: the facts that were right, the wrong ones, and the names that were judged."""

    right: Counter[Key]
    wrong: Counter[Key]
    judged: frozenset[tuple[str, str]]


def run_of(judged: Sequence[Judgement]) -> Run:
    """What of judgements is worth keeping."""
    return Run(
        right=Counter(_key(one, value.fact) for one in judged for value in one.given if value.right),
        wrong=Counter(_key(one, value.fact) for one in judged for value in one.given if not value.right),
        judged=frozenset((one.name, one.level) for one in judged),
    )


def _key(one: Judgement, fact: Fact) -> Key:
    return Key(one.name, one.level, replace(fact, at=""))


def run_to_json(run: Run) -> str:
    """A run as text, one fact a line, sorted: two of them can be compared with diff, too."""
    lines = [f'{{"form": {json.dumps(FORM)}']
    for name, rows in (("judged", sorted(run.judged)), ("right", _rows(run.right)), ("wrong", _rows(run.wrong))):
        inner = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        lines.append(f'"{name}": [\n{inner}\n]')
    return ",\n".join(lines) + "}\n"


def _rows(counts: Counter[Key]) -> list[Row]:
    return sorted((k.notice, k.level, k.fact.group, k.fact.about, k.fact.said) for k in counts.elements())


def load_run(path: Path) -> Run:
    """Read what --save wrote. Raises `NoRun`."""
    try:
        told = json.loads(path.read_bytes())
        if told["form"] != FORM:
            raise NoRun(path)
        right, wrong = (Counter(_loaded(*row) for row in told[side]) for side in ("right", "wrong"))
        return Run(right, wrong, frozenset((str(name), str(level)) for name, level in told["judged"]))
    except OSError as error:
        raise NoRun(path, error.strerror or "it cannot be read") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoRun(path) from error


def _loaded(notice: str, level: str, group: str, about: str, said: str) -> Key:
    return Key(notice, level, Fact(group, folded(about), folded(said), "", about, said))


def turns(before: Run, after: Run) -> list[Turn]:
    """Gains and losses over the notices that both runs judged.

    >>> was = Run(Counter(), Counter([_loaded("a", "", "place", "", "Kỳ Sơ")]), frozenset([("a", "")]))
    >>> now = Run(Counter([_loaded("a", "", "place", "", "Kỳ Sơn")]), Counter(), was.judged)
    >>> [(turn.kind, turn.value) for turn in turns(was, now)]
    [('gained', 'Kỳ Sơn'), ('mended', 'Kỳ Sơ')]
    """
    both = before.judged & after.judged
    sides = (
        ("gained", after.right - before.right),
        ("lost", before.right - after.right),
        ("worse", after.wrong - before.wrong),
        ("mended", before.wrong - after.wrong),
    )
    return [Turn(kind, *row) for kind, counts in sides for row in _rows(counts) if row[:2] in both]
