"""The samples hold together: files, schema, units, criteria, counts, and the gold says only what is printed."""

from __future__ import annotations

import csv
import json
import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from extract.notice import Citation, Document, Ntm, Task
from normalize.lexicon.criteria import set_by_id
from normalize.lexicon.units import Units
from tools.gold import gold as spelled_out

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/*/notice.toml"))
OLD_UNITS = ROOT.parent / "shared" / "gazetteer" / "units-2017-10-15.csv"
LEVELS = ("light", "medium", "heavy")
EVERY = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")


def gold_of(sample: Path) -> dict[str, Any]:
    return json.loads((sample / "gold.json").read_text("utf-8"))


def folded(text: str) -> str:
    """One case, one blank, one kind of dash: what a comparison with the printed text must not mind."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("–", "-").replace("'", "’").split())


def body_of(sample: Path) -> list[str]:
    return tomllib.loads((sample / "notice.toml").read_text("utf-8"))["body"]["text"].splitlines()


def printed(sample: Path) -> str:
    """The printed text, page numbers left out."""
    return folded(re.sub(r"\f\d+\n|\n+\d+\n(?=\f)", " ", (sample / "truth.txt").read_text("utf-8")))


def assessments(sample: Path) -> list[dict[str, Any]]:
    return (gold_of(sample)["ntm"] or {}).get("assessments", [])


def units_in(value: object) -> list[dict[str, Any]]:
    """Every UNIT anywhere in a document."""
    if isinstance(value, dict):
        own = [value] if "level" in value else []
        return own + [unit for part in value.values() for unit in units_in(part)]
    return [unit for part in value for unit in units_in(part)] if isinstance(value, list) else []


def test_there_are_twelve_to_judge_by_and_twice_as_many_to_write_on_and_they_differ():
    halves = {half: [p for p in SAMPLES if p.parent.name == half] for half in ("seen", "held_out")}
    documents = [gold_of(sample)["document"] for sample in SAMPLES]
    assert [len(found) for found in halves.values()] == [24, 12]
    for found in halves.values():
        types = {gold_of(sample)["document"]["type"] for sample in found}
        assert types >= {"thong_bao", "bao_cao", "cong_van", "quyet_dinh", "ke_hoach"}
    assert len({(d["issuer"], d["place"]) for d in documents}) == len(SAMPLES)
    assert len({d["place"] for d in documents}) == len(SAMPLES)
    assert {int(d["date"][:4]) for d in documents} >= {2012, 2014, *range(2018, 2026)}


def test_the_halves_do_not_repeat_each_other():
    def runs(half: str) -> set[tuple[str, ...]]:
        found = set()
        for sample in SAMPLES:
            if sample.parent.name == half:
                words = printed(sample).split()
                found |= {tuple(words[i : i + 12]) for i in range(len(words) - 11)}
        return found

    seen, held_out = runs("seen"), runs("held_out")
    assert len(seen & held_out) < 0.02 * len(held_out)


def test_all_samples_together_stay_small():
    assert sum(path.stat().st_size for sample in SAMPLES for path in sample.iterdir()) <= 36_000_000


@EVERY
def test_every_file_is_there_and_every_scan_has_all_pages(sample: Path):
    pages = (sample / "truth.txt").read_text("utf-8").count("\f")
    assert 1 <= pages <= 4
    assert (sample / "dump.txt").read_text("utf-8").count("\f") == pages
    for level in LEVELS:
        with pikepdf.open(sample / f"{level}.pdf") as scan:
            assert len(scan.pages) == pages


@EVERY
def test_gold_is_what_its_source_says(sample: Path):
    notice = tomllib.loads((sample / "notice.toml").read_text("utf-8"))
    assert gold_of(sample) == spelled_out(notice), f"run tools/make_samples.py --gold --only {sample.name}"


@EVERY
def test_gold_follows_the_contract(sample: Path):
    gold = gold_of(sample)
    Document.model_validate(gold["document"])
    for citation in gold["citations"]:
        Citation.model_validate(citation)
    for task in gold["tasks"]:
        Task.model_validate(task)
    if gold["ntm"] is not None:
        Ntm.model_validate({"period": None} | gold["ntm"])


@EVERY
def test_units_stand_under_their_code_on_the_day_of_the_notice(sample: Path):
    gold = gold_of(sample)
    on_that_day = Units.on(date.fromisoformat(gold["document"]["date"]))
    for unit in units_in(gold["ntm"]):
        listed = on_that_day.get(unit["code"])
        assert listed is not None, unit
        assert (listed.name, listed.type) == (unit["name"], unit["type"])
        for parent in ("district", "province"):
            if parent in unit:
                above = on_that_day.get(unit[parent]["code"])
                assert above is not None
                assert above.name == unit[parent]["name"]


@EVERY
def test_units_of_old_notices_had_their_code_in_2017(sample: Path):
    gold = gold_of(sample)
    if gold["document"]["date"] >= "2020":
        return
    if not OLD_UNITS.is_file():
        pytest.skip("no benchmark folder beside the project")
    with OLD_UNITS.open(encoding="utf-8-sig", newline="") as lines:
        old = {row["Mã PX"]: row["Phường Xã"] for row in csv.DictReader(lines)}
    for unit in units_in(gold["ntm"]):
        if unit["level"] == "commune":
            assert folded(old[unit["code"]]) == folded(f"{unit['type']} {unit['name']}")


@EVERY
def test_criteria_have_their_official_names_and_agree_with_the_counts(sample: Path):
    for one in assessments(sample):
        marks = [criterion["status"] for criterion in one["criteria"]]
        stated = one["stated"]
        for criterion in one["criteria"]:
            official = set_by_id(one["criteria_set"]).criterion(criterion["number"])
            assert official is not None
            assert criterion["name"] == official.name
        for status in ("achieved", "not_achieved"):
            if status in marks and stated[status] is not None:
                assert marks.count(status) == stated[status], one["unit"]["name"]
        if stated["total"] is not None and stated["not_achieved"] is not None:
            assert stated["achieved"] + stated["not_achieved"] == stated["total"]
        elif stated["total"] is not None and "not_achieved" in marks:
            assert stated["achieved"] + marks.count("not_achieved") == stated["total"]
        assert (one["criteria_set"] is None) == (stated["achieved"] is None and not marks)


@EVERY
def test_bands_average_and_money_add_up(sample: Path):
    ntm = gold_of(sample)["ntm"] or {}
    bands = ntm.get("bands", [])
    for band in bands:
        assert len(band["communes"]) == band["count"]
    names = [(band["target"], commune["code"]) for band in bands for commune in band["communes"]]
    assert len(names) == len(set(names))
    bands = [band for band in bands if band["target"] == "ntm"]
    if not bands:
        return
    total, average = ntm["communes_total"], ntm["average_criteria"]
    assert sum(band["count"] for band in bands) == total
    if average is not None:
        low, high = (sum(band[end] * band["count"] for band in bands) for end in ("min", "max"))
        assert low <= average * total <= high
        assert abs(average * total - round(average * total)) <= 0.005 * total
    for one in ntm["assessments"]:
        held = [b for b in bands for c in b["communes"] if c["code"] == one["unit"]["code"]]
        if one["target"] == "ntm" and one["stated"]["achieved"] is not None:
            assert held[0]["min"] <= one["stated"]["achieved"] <= held[0]["max"]


@EVERY
def test_gold_says_only_what_is_printed(sample: Path):
    gold, text = gold_of(sample), printed(sample)
    document = gold["document"]
    mark = document["code"].removeprefix(document["number"])
    assert mark[1:] == document["symbol"]
    said = [document["number"], mark, document["subject"], document["signer"]["name"]]
    said += [document["signer"]["title"], document["type_name"] if document["type"] != "cong_van" else ""]
    said += [one["code"] or one["subject"] for one in gold["citations"]]
    said += [one["subject"] or "" for one in gold["citations"]]
    said += [one["issuer"] or "" for one in gold["citations"]]
    said += [name for task in gold["tasks"] for name in task["addressees"] if " xã " not in name]
    said += [word for one in (gold["ntm"] or {}).get("funding", []) for word in one["source"].split()]  # cells wrap
    said += [unit["name"] for unit in units_in(gold["ntm"]) if unit["level"] != "province"]  # known by its district
    assert [one for one in said if folded(one) not in text] == []


@EVERY
def test_deadlines_and_dates_are_printed(sample: Path):
    gold, text = gold_of(sample), printed(sample)
    days = [task["deadline"] for task in gold["tasks"] if task["deadline"]]
    days += [one["date"] for one in gold["citations"] if one["date"]]
    days += [day for key in ("inspected_on", "as_of") if (day := (gold["ntm"] or {}).get(key))]
    for day in days:
        year, month, number = day.split("-")
        month = month if int(month) < 3 else str(int(month))
        assert any(
            form in text
            for form in (
                f"{number}/{month}/{year}",
                f"{number}/{int(month):02}/{year}",
                f"{number} tháng {month} năm {year}",
            )
        ), day


@EVERY
def test_the_rows_and_columns_of_an_annex_add_up(sample: Path):
    """Tables of marks (x or blank, + or -): the last cell of a row and of a column counts the marks before it."""
    rows = [line.removeprefix("|").split("|") for line in body_of(sample) if line.startswith("|")]
    marked = [row for row in rows if {"x", "+"} & set(row)]
    if not marked:
        return
    counts = [[cell.strip() in {"x", "+"} for cell in row[2:-1]] for row in marked]
    assert [int(row[-1]) for row in marked] == [sum(row) for row in counts]
    totals = [int(cell.strip("*")) for cell in rows[-1][2:]]
    assert totals == [*(sum(column) for column in zip(*counts, strict=True)), sum(map(sum, counts))]
