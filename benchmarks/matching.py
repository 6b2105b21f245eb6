"""How well names of communes are matched: right, unsure, and taken for another when the true one is not in the list.

Run as `python -m benchmarks.matching [COUNT]`. Each word of a name is replaced by a form in which it stood on a
held-out page (`../shared/corpus/pairs-heldout.jsonl`), read by the English or the Vietnamese model, or stripped of
marks; then the name is matched within its district, once with and once without the true commune among the candidates.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from normalize.fold import fold
from normalize.lexicon.find import against_strangers, match_unit
from normalize.lexicon.units import Unit, UnitList, Units
from normalize.match import Match

PAIRS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pairs-heldout.jsonl"
READERS = {"english model": 1, "vietnamese model": 2, "stripped": 0}
Forms = Mapping[str, Sequence[str]]


def main() -> None:
    """One line a reader."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    units = Units.on(date(2023, 5, 1))
    for reader, column in READERS.items():
        print(f"{reader:17}", report(measure(units, forms(column), count, True if column == 2 else None)))


def forms(column: int) -> Forms:
    """How each word was read; every word as itself without marks for column 0."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in PAIRS.read_text("utf-8").splitlines():
        pair = json.loads(line)
        true, read = pair[0].split(), pair[column].split()
        if len(true) == len(read):
            for a, b in zip(true, read, strict=True):
                form = fold(a) if column == 0 else b
                if form.strip(",.;:()"):
                    found[a.strip(",.;:()").lower()].append(form.strip(",.;:()"))
    return found


def measure(units: UnitList, read_as: Forms, count: int, marked: bool | None) -> Counter[str]:
    """Count the outcomes for `count` communes in districts drawn at random."""
    chance = random.Random(1)  # noqa: S311 -- a fixed draw, nothing secret
    outcomes: Counter[str] = Counter()
    districts = chance.sample(units.districts(), len(units.districts()))
    for unit, candidates in _communes(units, districts):
        words = [read_as.get(word.lower()) for word in unit.name.split()]
        if all(words) and outcomes["tried"] < count:
            read = " ".join(chance.choice(word).capitalize() for word in words if word)
            inside = against_strangers(match_unit(read, candidates, marked=marked), units, marked)
            others = [other for other in candidates if other is not unit]
            outside = against_strangers(match_unit(read, others, marked=marked), units, marked)
            outcomes.update(["tried", _outcome(inside, unit), "taken for another" if outside.sure else "left open"])
    return outcomes


def report(outcomes: Counter[str]) -> str:
    return ", ".join(f"{name} {outcomes[name]}" for name in ("tried", "right", "unsure", "wrong", "taken for another"))


def _communes(units: UnitList, districts: Sequence[Unit]) -> Iterator[tuple[Unit, Sequence[Unit]]]:
    for district in districts:
        communes = [unit for unit in units.communes(district.code) if unit.type == "xã"]
        yield from ((unit, communes) for unit in communes)


def _outcome(match: Match[Unit], unit: Unit) -> str:
    return "unsure" if not match.sure else "right" if match.best is unit else "wrong"


if __name__ == "__main__":
    main()
