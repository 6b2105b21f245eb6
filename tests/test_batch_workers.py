"""Real worker processes: what they may not do, and what becomes of those that hang, crash or eat memory."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.batch.work import sandbox
from pipeline.batch.work.call import Step
from pipeline.batch.work.cluster import _step

HARNESS = """
import sys, time
from pathlib import Path
from pipeline.batch.work import limits, pool
from pipeline.batch.work.limits import WorkLimits

def main():
    folder = Path(sys.argv[1]) / "work"
    folder.mkdir()
    pool.call, pool.PRELOAD = deed, []
    workers = pool.LocalWorkers(1, WorkLimits(sandbox=sys.argv[2] == "sandbox", memory=3_000_000_000), folder)
    began = time.monotonic()
    if sys.argv[3] == "refused":
        refuse(2)
    try:
        print(workers.start(sys.argv[3], float(sys.argv[4]), folder).result(60))
    except pool.Died as death:
        print("died", death.reason, "by time" if death.by_time else "", f"{time.monotonic() - began:.0f} s")
    print(workers.start("print", 5.0, folder).result(60))
    workers.close()

def deed(what, seconds, folder):
    import os, signal, socket, subprocess, time
    with limits.within(seconds):
        if what == "hang":
            import re
            re.match(r"(a+)+$", "a" * 40 + "b")
        if what == "sleep":
            subprocess.Popen(["sleep", "300"], start_new_session=True)
            time.sleep(300)
        if what == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if what == "litter":
            import tempfile
            Path(tempfile.mkdtemp(), "page.pgm").write_text("half")
            Path(tempfile.gettempdir(), "tess_1.tsv").write_text("half")
            Path(tempfile.gettempdir(), "unlocked-1.pdf").write_text("whole, and of use to others")
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "eat":
            try:
                bytearray(8_000_000_000)
            except MemoryError:
                return "no memory"
        if what == "write":
            return [attempt(lambda: Path(place, "x").write_text("x")) for place in (folder, folder.parent, "/var/tmp")]
        if what == "connect":
            return attempt(lambda: socket.create_connection(("192.0.2.1", 80), timeout=3))
        return "alive"

def refuse(times):
    # the fork server dies just as it is asked for a worker, so many times in a row
    given, left = pool.ProcessPool.schedule, [times]
    def schedule(self, *args, **kwargs):
        if left[0]:
            left[0] -= 1
            raise pool.BrokenProcessPool
        return given(self, *args, **kwargs)
    pool.ProcessPool.schedule = schedule

def attempt(act):
    try:
        act()
        return "done"
    except OSError as error:
        return type(error).__name__ + " " + str(error.errno)

if __name__ == "__main__":
    main()
"""


def does(tmp_path, what, seconds=10.0, where="free"):
    script = tmp_path / "harness.py"
    script.write_text(HARNESS)
    command = [sys.executable, str(script), str(tmp_path), where, what, str(seconds)]
    path = str(Path(__file__).parent.parent)
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=100, env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"}
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert second == "alive", "another worker took its place"
    return first


def sleepers():
    commands = (path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists())
    return sum(command == b"sleep\x00300\x00" for command in commands)


def test_a_worker_that_hangs_in_c_is_ended_by_the_kernel(tmp_path):
    assert does(tmp_path, "hang", 1.0).startswith("died signal 14 by time")


def test_a_worker_that_sleeps_is_ended_with_all_it_started(tmp_path):
    before = sleepers()
    assert does(tmp_path, "sleep", 1.0).startswith("died signal 14 by time")
    assert sleepers() == before


def test_a_worker_that_crashes_is_replaced(tmp_path):
    assert does(tmp_path, "crash").startswith("died signal 11")


def test_a_worker_is_asked_for_again_where_the_server_dies_twice(tmp_path):
    assert does(tmp_path, "refused") == "alive"


def test_what_a_dead_worker_left_goes(tmp_path):
    assert does(tmp_path, "litter").startswith("died signal 9")
    assert [path.name for path in (tmp_path / "work").rglob("*") if path.is_file()] == ["unlocked-1.pdf"]


def test_a_worker_gets_no_more_memory_than_it_may_have(tmp_path):
    assert does(tmp_path, "eat") == "no memory"


@pytest.mark.skipif(not sandbox.works(), reason="bubblewrap is not installed or not allowed here")
def test_in_the_sandbox_nothing_is_written_outside_and_there_is_no_network(tmp_path):
    assert does(tmp_path, "write", where="sandbox") == "['done', 'OSError 30', 'OSError 30']"
    shutil.rmtree(tmp_path / "work")
    assert does(tmp_path, "connect", where="sandbox") == "OSError 101", "network is unreachable"


FREED = """
import resource, sys
import numpy as np
from pipeline.batch.work.limits import keep_freed_memory
if sys.argv[1] == "keep":
    keep_freed_memory()
def page():
    return np.ones(8_000_000, np.uint8)
page()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
page()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")
def test_what_a_page_leaves_serves_the_next_one():
    asked = {
        way: int(subprocess.run([sys.executable, "-c", FREED, way], capture_output=True, text=True, check=True).stdout)
        for way in ("keep", "plain")
    }
    assert asked["keep"] < asked["plain"] / 10, asked


def test_a_node_with_another_version_is_refused():
    with pytest.raises(RuntimeError, match="has another version of thongbao"):
        _step(Step.LOOK, 1.0, "tb.pdf", b"", "another", ())
