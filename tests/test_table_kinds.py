"""Ruled tables of many kinds, as other offices head them: counts by date, levels, bands, money, tables over pages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extract.notice import Notice
from ocr.formats.dump import read_dump_page
from tests.ruled_notices import LETTER, noticed, page_of, told

CASES = tomllib.loads((Path(__file__).parent / "cases/tables_kinds.toml").read_text("utf-8"))["case"]
TITLE = next(line for line in LETTER.split("\n") if line.startswith("Kết quả xây dựng"))


def made(case: dict[str, str]) -> Notice:
    letter = LETTER.replace(TITLE, case.get("title", TITLE)) + (f"{case['above'].strip()}\n" if "above" in case else "")
    parts = [case["rows"], *([case["then"]] if "then" in case else [])]
    below = ["" for _ in parts[1:]] + [case.get("below", "")]
    pages = [page_of(rows, text, number) for number, (rows, text) in enumerate(zip(parts, below, strict=True), 2)]
    return noticed([read_dump_page(letter, 1), *pages])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tables_of_other_offices(case) -> None:  # type: ignore[no-untyped-def]
    notice = made(case)
    assert notice.ntm is not None
    if "stated" in case:
        counts = {one.unit.name: one.stated for one in notice.ntm.assessments if one.stated.achieved is not None}
        assert {name: [s.achieved, s.total] for name, s in counts.items()} == {
            name: value if isinstance(value, list) else [value, None] for name, value in case["stated"].items()
        }
    if "stated" in case or "target" in case:
        plain = case.get("target", "ntm")
        assert {one.target.value for one in notice.ntm.assessments if one.stated.achieved is not None} == {plain}
        levels = {"recognised": plain, "recognised_higher": "nang_cao"}
        for key, level in levels.items():
            got = [one.unit.name for one in notice.ntm.assessments
                   if one.outcome.value == "recognised" and one.target.value == level]  # fmt: skip
            assert (key == "recognised_higher" and plain == level) or got == case.get(key, [])
    for level, communes in case.get("levels", {}).items():
        assert [one.unit.name for one in notice.ntm.assessments if one.target.value == level] == communes
    planned = [one.unit.name for one in notice.ntm.assessments if one.outcome.value == "planned"]
    assert planned == case.get("planned", [])
    assert notice.ntm.communes_total == case.get("total", notice.ntm.communes_total)
    assert notice.ntm.average_criteria == case.get("average")
    if "funding" in case:
        got = [[one.source, one.item or "", one.amount_vnd / 10**6] for one in notice.ntm.funding]
        assert got == case["funding"]
    if "bands" in case:
        bands = [[b.target.value, b.min, b.max, b.count, ", ".join(u.name for u in b.communes)]
                 for b in notice.ntm.bands]  # fmt: skip
        assert bands == case["bands"]
        marked = [i for i, b in enumerate(bands) if b[3] and notice.evidence[f"/ntm/bands/{i}/count"].review]
        assert marked == case.get("marked_bands", [])


@pytest.mark.parametrize("case", [case for case in CASES if case.keys() & {"achieved", "missing", "checks"}],
                         ids=lambda case: case["name"])  # fmt: skip
def test_cells_of_tables_of_other_offices(case) -> None:  # type: ignore[no-untyped-def]
    notice = made(case)
    found = told(notice)
    for status, key in (("achieved", "achieved"), ("not_achieved", "missing")):
        for commune, numbers in case.get(key, {}).items():
            listed = sorted(n for (name, n), (value, marked) in found.items()
                            if name == commune and value == status and not marked)  # fmt: skip
            assert listed == numbers, commune
    known = {check.id: check.status.value for check in notice.checks}
    for ident, status in case.get("checks", {}).items():
        assert known[ident] == status


def test_a_level_above_a_table_that_the_title_contradicts_is_marked() -> None:
    case = {
        "title": "Kết quả thẩm định xã đạt chuẩn nông thôn mới nâng cao năm 2023 của huyện Bắc Sơn, tỉnh Lạng Sơn",
        "above": "Đoàn đã xem hồ sơ, sổ sách của từng xã và đi thực tế tại các thôn.\n" * 8
        + "Các xã được đánh giá theo quy định về địa phương đạt chuẩn nông thôn mới.",
        "rows": next(one["rows"] for one in CASES if one["name"].startswith("a commune and a criterion a row")),
    }
    notice = made(case)
    assert notice.ntm is not None and len(notice.ntm.assessments) == 3
    for i, one in enumerate(notice.ntm.assessments):
        assert one.target.value == "ntm" and notice.evidence[f"/ntm/assessments/{i}/target"].review
