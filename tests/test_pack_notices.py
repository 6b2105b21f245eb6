"""The notices that restoration learns from: none that something is measured on, and packed as the tool packs them."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from click.testing import CliRunner

from tools.pack_notices import main, name_of, runs, sentences, texts_of

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ROOT / "tests" / "cases" / "whole"
SHARED = ROOT.parent / "shared"
PACKED = ROOT / "normalize" / "data" / "model" / "notices.txt.xz"
WITHOUT = (ROOT / "samples", WHOLE / "dumps", WHOLE / "judge")


def packed_lines() -> list[str]:
    with lzma.open(PACKED, "rt", encoding="utf-8") as f:
        return [line for line in f.read().splitlines() if not line.startswith("#")]


def test_names_of_one_notice_are_one():
    assert name_of(Path("dump-bc-an-bien-2014.txt")) == name_of(Path("made-bc-an-bien-2014.json")) == "bc-an-bien-2014"
    assert name_of(Path("bb-binh-luc-2022-25.txt")) == "bb-binh-luc-2022"


def test_lines_that_wrap_are_joined_and_columns_parted():
    page = "UBND TỈNH      CỘNG HÒA\n\nCác xã đạt\nchuẩn; còn lại:\n- Xã Tân An."
    assert list(sentences(page)) == ["UBND TỈNH", "CỘNG HÒA", "Các xã đạt chuẩn; còn lại:", "- Xã Tân An."]


def test_notices_that_are_measured_on_are_left_out(tmp_path):
    for folder, name in (("own", "made-a.txt"), ("own", "b.txt"), ("dumps", "dump-a.txt")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(f"Xã {name} đạt chuẩn nông thôn mới năm nay.", encoding="utf-8")
    (tmp_path / "own" / "c.txt").write_text("Một hai ba bốn năm sáu.\n\nXã này chưa đạt.", encoding="utf-8")
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed" / "s.txt").write_text("mot hai ba\nbon nam sau", encoding="utf-8")
    wish = [str(tmp_path / "own"), str(tmp_path / "out.txt.xz"), "--without", str(tmp_path / "dumps")]
    done = CliRunner().invoke(main, [*wish, "--unlike", str(tmp_path / "seed")])
    assert done.exit_code == 0, done.output
    lines = lzma.decompress((tmp_path / "out.txt.xz").read_bytes()).decode().splitlines()
    kept = [line for line in lines if line[0] != "#"]
    assert kept == ["Xã b.txt đạt chuẩn nông thôn mới năm nay.", "Xã này chưa đạt."]


def test_what_is_shipped_holds_nothing_that_is_measured_on():
    if not SHARED.is_dir():
        pytest.skip("the benchmark folder is not beside the project")
    measured = {run for place in ("bench/seed", "corpus") for text in texts_of(SHARED / place) for run in runs(text)}
    assert all(measured.isdisjoint(runs(line)) for line in packed_lines())


def test_no_judged_notice_is_among_those_shipped():
    barred = {name_of(file) for place in WITHOUT for file in place.rglob("*")}
    lines = set(packed_lines())
    for file in (WHOLE / "write").glob("*.txt"):
        if name_of(file) in barred:
            own = [line for line in sentences(file.read_text(encoding="utf-8")) if len(line.split()) > 12]
            assert sum(line in lines for line in own) <= len(own) / 3, file.name  # formulas are common to many
