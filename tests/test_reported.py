"""What looks like a verdict and is none, or is none of now: cases/reported.toml; and names that begin as totals do."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from extract.ntm.tables.heads.communes import TOTAL_ROW
from normalize.fold import fold
from normalize.lexicon.units import Units
from tests.ruled_notices import told
from tests.test_annex import FOOT, HEAD, read

CASES = tomllib.loads((Path(__file__).parent / "cases/reported.toml").read_text("utf-8"))["case"]


def written(status: str, number: int, review: bool) -> str:
    return f"{'+' if status == 'achieved' else '-'}{number}{'?' if review else ''}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_only_what_is_reported_is_a_verdict(case) -> None:  # type: ignore[no-untyped-def]
    notice = read(HEAD + case["body"].strip() + "\n" + FOOT)
    judged = notice.ntm.assessments if notice.ntm else ()
    found: dict[str, set[str]] = {}
    for (commune, number), (status, review) in told(notice).items():
        found.setdefault(commune, set()).add(written(status, number, review))
    if "criteria" in case:
        assert found == {commune: set(marks.split()) for commune, marks in case["criteria"].items()}
    if "counts" in case:
        counts = {one.unit.name: (one.stated.achieved, one.stated.not_achieved) for one in judged if any_count(one)}
        assert {name: f"{a or ''}/{b or ''}" for name, (a, b) in counts.items()} == case["counts"]
    if "recognised" in case:
        assert [one.unit.name for one in judged if one.outcome.value == "recognised"] == case["recognised"]


def any_count(assessment) -> bool:  # type: ignore[no-untyped-def]
    return assessment.stated.achieved is not None or assessment.stated.not_achieved is not None


@pytest.mark.parametrize("day", [dt.date(2023, 4, 8), dt.date(2025, 7, 1)])
def test_no_commune_is_called_as_a_row_of_totals(day: dt.date) -> None:
    communes = Units.on(day).communes()
    assert len(communes) > 1000
    taken = {unit.name for unit in communes if TOTAL_ROW.match(fold(unit.name).lower())}
    assert taken <= {"Trung Bình"}
