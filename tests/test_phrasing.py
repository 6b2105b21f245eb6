"""How administrations tell results, from whole texts: all cases for writing rules, and counts of those for judging."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

import pytest

from tests.notice_lines import FOLDER, Case, cases, outcome
from tests.phrasing_score import score

OPEN = tomllib.loads((FOLDER / "open.toml").read_text("utf-8"))["open"]
WRITE = [case for name in ("phrasing_write", "letters_write", "reports_write", "dump_tables") for case in cases(name)]


@dataclass(frozen=True, slots=True)
class Floor:
    """What a file kept for judging reached when it was first looked at; it may only rise."""

    share: float
    silent: int


FLOORS = {"phrasing_judge": Floor(0.84, 4), "letters_judge": Floor(0.96, 7), "reports_judge": Floor(0.92, 11)}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case.ident, marks=pytest.mark.xfail(strict=True, reason="open") if case.ident in OPEN else ()
        )
        for case in WRITE
    ],
)
def test_what_is_told_comes_out(case: Case) -> None:
    assert outcome(case).flaws == []


def test_open_cases_are_cases() -> None:
    assert set(OPEN) <= {case.ident for case in WRITE}


@pytest.mark.parametrize("name", FLOORS)
def test_cases_kept_for_judging_are_counted(name: str) -> None:
    counts = score(name)
    print(f"{name}: {counts}")
    assert counts.share >= FLOORS[name].share and counts.wrong <= FLOORS[name].silent, str(counts)
