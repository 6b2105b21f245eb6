"""`thongbao run` over a folder of hostile files (tests/hostile.py): each ends within its limits and with its category.

    python -m benchmarks.hostile [--quick] [--no-trace]

Fails where a file is not told of or ends otherwise than it may, where a step takes longer than its limit, where the run
ends with anything but 40 (some failed), where anything appears or changes outside the output folder, or, with strace
installed, where any process of the run tries a connection over the Internet's protocols or makes a file elsewhere.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline.batch.work.limits import WorkLimits
from tests.hostile import Hostile, corpus, make_all

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
ROOT = Path(__file__).resolve().parent.parent
PAGE_SECONDS = 30
SPARE = 5.0  # seconds that the kernel may be late on a busy machine
CALLS = "trace=socket,connect,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,symlink,symlinkat,link,linkat"
# devices, the locks and the socket of Python's own fork server
_OURS = re.compile(r"^(/dev/(null|shm|tty|zero)|/newroot/dev/|/proc/|.*/pymp-|.*/tmp/\w{8}$)")
_MADE = re.compile(r'^\d+\s+(?:(?:open|openat|creat).*?"(?P<file>[^"]*)".*(?:O_CREAT|O_WRONLY|O_RDWR|creat)|'
                   r'(?:mkdir|mkdirat|rename\w*|symlink\w*|link\w*)\(.*"(?P<made>[^"]*)")')  # fmt: skip


def seen(folder: Path) -> dict[str, tuple[int, int]]:
    """Everything below a folder with its size and time of change."""
    found = {}
    for place, _, names in os.walk(os.fsencode(folder)):
        for name in names:
            status = os.lstat(os.path.join(place, name))  # noqa: PTH118 - bytes
            found[os.fsdecode(place + b"/" + name)] = (status.st_size, status.st_mtime_ns)
    return found


def run(work: Path, trace: bool) -> tuple[int, float]:
    """Run in a home, a place for temporary files and a current folder of its own."""
    for name in ("home", "tmp", "here"):
        (work / name).mkdir()
    command = [*COMMAND, "run", str(work / "in"), "--out", str(work / "out"), "--workers", "2", "--quiet"]
    command += ["--page-seconds", str(PAGE_SECONDS), "--log-json", str(work / "out.log"), "--json"]
    if trace:
        command = [
            "strace",
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-s",
            "4096",
            "-e",
            CALLS,
            "-o",
            str(work / "trace"),
            *command,
        ]
    environment = {**os.environ, "HOME": str(work / "home"), "TMPDIR": str(work / "tmp"), "PYTHONPATH": str(ROOT),
                   "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(command, cwd=work / "here", env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 40:
        print(done.stderr[-2000:])
    return done.returncode, time.monotonic() - began


def told(log: Path, folder: Path) -> dict[str, list[dict[str, object]]]:
    """The log's lines by the file that each is about, members of archives under the archive's name."""
    lines: dict[str, list[dict[str, object]]] = {}
    for line in log.read_text("utf-8").splitlines():
        entry = json.loads(line)
        name = entry["name"].removeprefix(f"{folder}/").partition("!/")[0]
        lines.setdefault(name, []).append(entry)
    return lines


def wrong_ends(files: list[Hostile], lines: dict[str, list[dict[str, object]]]) -> list[str]:
    wrong = []
    for each in files:
        name = each.name.decode("utf-8", "replace")
        ends = {str(entry.get("category", "")) for entry in lines.get(name, [])}
        if each.ends is None:
            wrong += [f"{name!r} was to be left alone: {ends}"] if ends else []
        elif not ends:
            wrong.append(f"{name!r} was not told of")
        elif not ends <= each.ends | ({"failed-pages"} if "" in each.ends else set()):
            wrong.append(f"{name!r} ended as {ends}, which is none of {set(each.ends)}")
    return wrong


def too_slow(lines: dict[str, list[dict[str, object]]]) -> list[str]:
    limits, wrong = WorkLimits(), []
    for name, entries in lines.items():
        for entry in entries:
            for step, seconds in dict(entry.get("seconds", {})).items():  # type: ignore[call-overload]
                most = {"look": limits.look_seconds, "make": limits.notice_seconds * 3, "wall": limits.file_seconds}
                if float(seconds) > most.get(step, PAGE_SECONDS if step.startswith("page") else 60.0) + SPARE:
                    wrong.append(f"{name!r}: {step} took {seconds} s")
    return wrong


def traced(trace: Path, out: Path) -> list[str]:
    """Sockets of the Internet's families, and files made elsewhere than in the output folder."""
    wrong: Counter[str] = Counter()
    with trace.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            # urllib3, which spaCy brings, makes a socket when it is loaded, to see whether there is IPv6
            if "connect(" in line and re.search(r"\bAF_INET6?\b", line):
                wrong[f"network: {line.strip()[:160]}"] += 1
            made = _MADE.match(line)
            if made and " = -1 " not in line:
                path = made["file"] or made["made"] or ""
                if (
                    path.startswith("/")
                    and not path.startswith((str(out), str(out) + ".log"))
                    and not _OURS.match(path)
                ):
                    wrong[f"made elsewhere: {path}"] += 1
    return [f"{what} ({count} times)" for what, count in wrong.items()]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-trace", action="store_true")
    options = parser.parse_args()
    files = [each for each in corpus() if each.quick or not options.quick]
    trace = shutil.which("strace") is not None and not options.no_trace
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        make_all(work / "in", files)
        before = seen(work / "in")
        code, seconds = run(work, trace)
        lines = told(work / "out.log", work / "in")
        wrong = wrong_ends(files, lines) + too_slow(lines)
        wrong += [] if code == 40 else [f"the run ended with {code}"]
        wrong += [f"changed: {path!r}" for path, _ in set(before.items()) ^ set(seen(work / "in").items())]
        left = {place: seen(work / place) for place in ("home", "tmp", "here")}
        wrong += [f"left in {place}: {list(found)[:5]}" for place, found in left.items() if found]
        wrong += traced(work / "trace", work / "out") if trace else []
        over = [path for path in (work / "out" / ".thongbao" / "tmp").rglob("*") if path.is_file()]
        wrong += [f"left over: {path}" for path in over]
        ends = Counter(str(e.get("category", "")) or "document" for entries in lines.values() for e in entries)
        slowest = max(
            (float(e["seconds"].get("wall", 0)), n) for n, es in lines.items() for e in es if e.get("seconds")
        )  # type: ignore[attr-defined]
    print(f"{len(files)} files in {seconds:.0f} s{' under strace' if trace else ''}: {dict(ends.most_common())}")
    print(f"slowest {slowest[0]:.1f} s: {slowest[1]}")
    for each in wrong:
        print(each)
    print("as it should be" if not wrong else f"{len(wrong)} things wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
