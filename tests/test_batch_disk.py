"""A full disk, a read-only one, a clock that is wrong: a clear error, nothing lost, and the next run goes on."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest

from pipeline.batch import mend, survey
from pipeline.batch.intake.walk import items
from pipeline.batch.output import OutputFailed
from pipeline.batch.start import Order, carry_out
from tests.test_batch_conduct import BY_TIME, Script, folder, run  # noqa: F401 - a fixture

MOUNT, UMOUNT = shutil.which("mount"), shutil.which("umount")


@pytest.fixture
def disk(tmp_path):
    """A disk of its own, which can be full or read-only; only root may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    if not MOUNT or subprocess.run([MOUNT, "-t", "tmpfs", "-o", "size=64m", "tmpfs", place]).returncode:
        pytest.skip("a disk of its own needs root")
    yield place
    subprocess.run([UMOUNT, "-l", place], check=True)


def read(folder, out, script):  # noqa: F811
    order = Order(out, quiet=True)
    return carry_out(order, lambda others: items([str(folder / "in")], others=others), script.hire)


def test_a_full_disk(folder, disk):  # noqa: F811
    assert read(folder, disk / "out", Script()).exit_code == 0
    (folder / "in" / "new.pdf").write_bytes(b"%PDF new")
    (disk / "filler").write_bytes(b"x" * 60_000_000)
    with pytest.raises(OutputFailed, match="the disk is nearly full"):
        read(folder, disk / "out", Script())
    (disk / "filler").unlink()
    again = Script()
    assert read(folder, disk / "out", again).exit_code == 0
    assert {name for _, name in again.asked} == {"new.pdf", "new.pdf:1", "new.pdf:2"}
    assert mend.verify(disk / "out").whole == 4


def test_a_page_is_not_given_up_for_want_of_space(folder, disk):  # noqa: F811
    with pytest.raises(OutputFailed, match="the disk is nearly full"):
        read(folder, disk / "out", Script(read={("a.pdf", 1): [BY_TIME]}))
    assert survey.status(survey.look(disk / "out")).states == {"waiting": 1}


def test_a_read_only_disk(folder, disk):  # noqa: F811
    assert read(folder, disk / "out", Script()).exit_code == 0
    subprocess.run([MOUNT, "-o", "remount,ro", disk], check=True)
    with pytest.raises(OutputFailed, match="Read-only file system"):
        read(folder, disk / "out", Script())
    assert survey.status(survey.look(disk / "out")).states == {"done": 3}
    assert mend.verify(disk / "out").whole == 3


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_wrong(folder, monkeypatch, years):  # noqa: F811
    run(folder, Script())
    now, now_ns = time.time, time.time_ns
    monkeypatch.setattr(time, "time", lambda: now() + years * 3e7)
    monkeypatch.setattr(time, "time_ns", lambda: now_ns() + years * 30_000_000_000_000_000)
    (folder / "in" / "new.pdf").write_bytes(b"%PDF new")
    again = Script()
    assert run(folder, again).exit_code == 0
    assert {name.partition(":")[0] for _, name in again.asked} == {"new.pdf"}
    (folder / "in" / "a.pdf").write_bytes(b"%PDF changed")
    run(folder, again)
    assert ("look", "a.pdf") in again.asked
