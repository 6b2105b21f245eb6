"""Hostile files, a good part of `benchmarks.hostile`: each ends with its category, and nothing leaves the folder."""

from __future__ import annotations

import os
import subprocess

from benchmarks.hostile import COMMAND, ROOT, seen, told, too_slow, wrong_ends
from tests.hostile import corpus, make_all

# in every Python process of the run: no connection but to a socket of this machine, and a mark where one is tried
BLOCKED = """
import os, socket
real = socket.socket.connect
def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        open(os.environ["TRIED"], "a").write(repr(address))
        raise OSError("blocked")
    return real(self, address)
class Blocked(socket.socket):
    connect = connect_ex = connect
socket.socket = Blocked
"""


def test_each_ends_with_its_category_and_nothing_leaves_the_folder(tmp_path):
    files = [each for each in corpus() if each.quick]
    assert len(files) >= 60
    make_all(tmp_path / "in", files)
    before = seen(tmp_path / "in")
    for name in ("home", "here", "site", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(BLOCKED)
    command = [*COMMAND, "run", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--page-seconds", "30", "--quiet"]
    environment = {
        **os.environ,
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "PYTHONPATH": f"{tmp_path / 'site'}:{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "TRIED": str(tmp_path / "tried"),
    }
    log = tmp_path / "out.log"
    done = subprocess.run(
        [*command, "--log-json", str(log)], cwd=tmp_path / "here", env=environment, capture_output=True
    )
    assert done.returncode == 40, done.stderr[-800:]
    lines = told(log, tmp_path / "in")
    assert wrong_ends(files, lines) == []
    assert too_slow(lines) == []
    assert not (tmp_path / "tried").exists()
    assert seen(tmp_path / "in") == before
    assert [seen(tmp_path / name) for name in ("home", "here", "tmp")] == [{}, {}, {}]
    assert [path for path in (tmp_path / "out" / ".thongbao" / "tmp").rglob("*") if path.is_file()] == []
