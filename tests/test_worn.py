"""Tables of money and of counts that lost their rules: read where the figures bear them out, else not at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.read import read_notices
from tests.test_bodies import notice

CASES = tomllib.loads((Path(__file__).parent / "cases/worn.toml").read_text("utf-8"))["case"]


def _read(case, tmp_path):
    lines = [*case["body"].strip().splitlines(), "", "Chương trình xây dựng nông thôn mới của huyện có 18 xã."]
    record = {
        "province": "tỉnh Lạng Sơn",
        "district": "huyện Bắc Sơn",
        "day": "2022-12-14",
        "title": "Kết quả xây dựng nông thôn mới năm 2022",
        "lines": lines,
    }
    path = tmp_path / "worn.txt"
    path.write_text(notice(record), "utf-8")
    return read_notices(path)[0].ntm


@pytest.mark.parametrize("case", [c for c in CASES if "money" in c], ids=lambda c: c["why"])
def test_money(case, tmp_path):
    told = {
        f"{entry.source}: {entry.item}" if entry.item else entry.source: entry.amount_vnd / 1_000_000
        for entry in _read(case, tmp_path).funding
    }
    assert told == case["money"]


@pytest.mark.parametrize("case", [c for c in CASES if "counts" in c], ids=lambda c: c["why"])
def test_counts(case, tmp_path):
    told = {
        one.unit.name: "/".join(str(n) for n in (one.stated.achieved, one.stated.not_achieved) if n is not None)
        for one in _read(case, tmp_path).assessments
    }
    assert told == case["counts"]
