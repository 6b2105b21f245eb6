"""`thongbao run` as a user runs it: on dumps, which need no engine, in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.batch.outcome import Threshold

SAMPLES = Path(__file__).parent.parent / "samples" / "seen"
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def thongbao(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options)


def documents(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*.json"))
        if ".thongbao" not in path.parts
    }


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    """Four dumps, one of them twice, and one file that is none."""
    folder = tmp_path_factory.mktemp("scans")
    for k, path in enumerate(sorted(SAMPLES.glob("*/dump.txt"))[:4]):
        (folder / f"{k}").mkdir()
        (folder / f"{k}" / "tb.txt").write_bytes(path.read_bytes())
    (folder / "3" / "copy.txt").write_bytes((folder / "0" / "tb.txt").read_bytes())
    (folder / "empty.pdf").write_bytes(b"")
    old = time.time() - 100
    for path in folder.rglob("*.*"):
        os.utime(path, (old, old))
    time.sleep(2.1)  # the kernel's own time of change cannot be set
    return folder


@pytest.fixture(scope="module")
def done(scans, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    result = thongbao("run", scans, "--out", out, "--workers", 2, "--json", "--log-json", out / ".log")
    return out, result


def test_each_content_gives_its_documents_once(done):
    out, result = done
    assert result.returncode == 40, result.stderr
    assert sorted(documents(out)) == ["0/tb.json", "1/tb.json", "2/tb.json", "3/tb.json"]
    summary = json.loads(result.stdout)
    assert (summary["read"], summary["failed"], summary["unchanged"]) == (4, 1, 1)
    assert summary["categories"] == {"empty-file": 1}


def test_the_documents_are_those_of_read(done, scans):
    out, _ = done
    alone = thongbao("read", scans / "0" / "tb.txt")
    assert documents(out)["0/tb.json"] == alone.stdout.encode()


def test_the_log_has_a_line_a_file_with_times(done):
    lines = [json.loads(line) for line in (done[0] / ".log").read_text("utf-8").splitlines()]
    assert len(lines) == 5
    assert all("make" in line["seconds"] for line in lines if "documents" in line)


def test_a_second_run_does_nothing(done, scans):
    out, _ = done
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.json")}
    result = thongbao("run", scans, "--out", out, "--json")
    assert result.returncode == 0, result.stderr
    summary = json.loads(result.stdout)
    assert (summary["read"], summary["failed"], summary["unchanged"]) == (0, 0, 6)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.json")} == before


def test_both_names_of_a_content_are_kept(done):
    db = sqlite3.connect(f"file:{done[0]}/.thongbao/ledger.db?mode=ro", uri=True)
    several = db.execute("SELECT count(*) FROM name GROUP BY source HAVING count(*) > 1").fetchall()
    assert several == [(2,)]


def test_a_list_on_standard_input(done, scans):
    names = f"{scans}/0/tb.txt\0{scans}/1/tb.txt\0"
    result = thongbao("run", "-", "--out", done[0], "--json", input=names)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["unchanged"] == 2


def test_two_runs_on_one_folder(tmp_path, scans):
    from pipeline.batch.ledger.opening import locked

    with locked(tmp_path):
        result = thongbao("run", scans, "--out", tmp_path)
    assert result.returncode == 37
    assert "another run is at work" in result.stderr
    assert str(os.getpid()) in result.stderr


def test_a_folder_that_cannot_be_written(tmp_path, scans):
    (tmp_path / "out").write_text("a file")
    result = thongbao("run", scans, "--out", tmp_path / "out" / "deep")
    assert result.returncode == 15
    assert "cannot be written" in result.stderr


def test_terminated_runs_end_clean_and_go_on(tmp_path, scans, done):
    process = subprocess.Popen([*COMMAND, "run", str(scans), "--out", str(tmp_path)], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(tmp_path.rglob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=60)
    assert process.returncode in (143, 40), told
    assert not list((tmp_path / ".thongbao" / "tmp").glob("*/*"))
    thongbao("run", scans, "--out", tmp_path)
    assert documents(tmp_path) == documents(done[0])


@pytest.mark.parametrize("told", ["x", "-1", "101%", "10%%", ""])
def test_a_bound_that_is_none(told):
    with pytest.raises(ValueError, match="neither a number"):
        Threshold.of(told)
