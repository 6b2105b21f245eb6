"""Whole notices by somebody who did not know the rules: `write/` to write rules on, `judge/` only to judge by.

Each is a `NAME.txt`, as a perfect reading gives it, and a `NAME.json`, the gold document; a key that the gold lacks is
not judged. What the sets reach may only rise; `judge/` reached its figures at first sight. `dumps/`: the same kind of
notices as an English model dumps them from a scan, tables and all.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from extract.errors import NotANotice
from extract.notice import to_json
from pipeline.evaluate.judge import Summary, judge, summed
from pipeline.read import read_notices

WHOLE = Path(__file__).parent / "cases" / "whole"


@dataclass(frozen=True, slots=True)
class Floor:
    """Strict F1 over all values, its mean over notices, and silent errors per 1,000 values, as measured."""

    strict: float
    macro: float
    silent: float


FLOORS = {
    "write": Floor(0.9905, 0.9915, 0.8),
    "judge": Floor(0.97, 0.968, 13.3),
    "dumps": Floor(0.92, 0.938, 1.45),
}


@lru_cache
def total(half: str) -> Summary:
    with ProcessPoolExecutor() as pool:  # 1,800 notices are minutes of work for one core
        return summed(list(pool.map(judged, sorted((WHOLE / half).glob("*.json")), chunksize=8)))


def judged(gold: Path):
    try:
        made = json.loads(to_json(read_notices(gold.with_suffix(".txt"))[0]))
    except NotANotice:
        made = {}
    return judge(gold.stem, json.loads(gold.read_text("utf-8")), made, "text")


@pytest.mark.parametrize("half", FLOORS)
def test_what_was_reached_stays(half: str):
    reached, floor = total(half), FLOORS[half]
    print(f"{half}: {reached}")
    assert reached.strict.f1 >= floor.strict
    assert reached.macro >= floor.macro
    assert (reached.per_1000 or 0) <= floor.silent


def test_each_text_has_its_gold_and_no_name_comes_twice():
    texts = [path.stem for path in WHOLE.glob("*/*.txt")]
    assert sorted(texts) == sorted(path.stem for path in WHOLE.glob("*/*.json"))
    assert len(texts) == len(set(texts))
