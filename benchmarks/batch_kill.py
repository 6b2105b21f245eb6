"""Kill `thongbao run` at random moments, resume it, and compare what comes out with a run that nobody disturbed.

    python -m benchmarks.batch_kill [--files 200] [--kills 100] [--seed 1] [--within]

The files are single pages cut from the samples, a quarter of them dumps, each with bytes of its own. Kills hit in turn
the run itself, a worker, Tesseract, and the server that workers are forked from; all with SIGKILL. So that there is a
Tesseract to kill, the disturbed runs have it apart (--tesseract-apart), the undisturbed one within its workers, as is
usual; with --within both have, and it dies with its worker. After each death of the run, what it left behind must be
gone within seconds. Fails unless documents are byte-identical, none is lost, doubled or torn, and nothing half-written
lies in the folder.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from ocr.limits import Limits
from ocr.render import render
from ocr.source import identify
from pipeline.batch.mend import verify
from pipeline.batch.survey import look, status
from pipeline.batch.work.strays import children

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
DPI, SHARE = 110, 0.42  # small pages: the letterhead, the title and some lines
TARGETS = ("run", "worker", "tesseract", "server")
PATIENCE = 20.0  # seconds for orphans to go


def make_files(folder: Path, count: int, seed: int) -> None:
    """Small notices of `count` contents, in subfolders of 20."""
    noise = np.random.default_rng(seed)
    scans = [render(identify(path), 1, DPI, Limits()).grey for path in sorted(ROOT.glob("samples/seen/*/light.pdf"))]
    dumps = [path.read_text("utf-8") for path in sorted(ROOT.glob("samples/seen/*/dump.txt"))]
    for k in range(count):
        place = folder / f"{k // 20:03}"
        place.mkdir(parents=True, exist_ok=True)
        if k % 4 == 3:
            lines = dumps[k % len(dumps)].splitlines()[: 20 + k % 7]
            (place / f"tb-{k:04}.txt").write_text("\n".join([*lines, f"So luu {k}"]) + "\n", "utf-8")
            continue
        page = scans[k % len(scans)]
        page = page[: round(page.shape[0] * SHARE)].copy()
        page[-8:, :40] = noise.integers(200, 255, (8, 40))
        cv2.imwrite(str(place / f"tb-{k:04}.png"), page)


def begin(source: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [*COMMAND, "run", str(source), "--out", str(out), "--workers", "2", "--quiet", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def descendants(process: int) -> list[int]:
    below = children(process)
    return below + [further for child in below for further in descendants(child)]


def label(process: int) -> str:
    """What a process of the run is, by what it runs and whose child it is."""
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return "gone"
    if b"tesseract" in command.split(b" ")[0]:
        return "tesseract"
    if b"forkserver" not in command:
        return "other"
    return "worker" if session(process) == process else "server"  # a worker leads a session; bubblewrap's is no worker


def session(process: int) -> int:
    try:
        return os.getsid(process)
    except OSError:
        return 0


def victims(run: int, target: str) -> list[int]:
    if target == "run":
        return [run]
    return [process for process in descendants(run) if label(process) == target]


@dataclass
class Tally:
    kills: Counter[str] = field(default_factory=Counter)
    runs: int = 0
    rounds: int = 0
    slowest_orphan: float = 0.0
    within: bool = False

    @property
    def targets(self) -> list[str]:
        return [target for target in TARGETS if not (self.within and target == "tesseract")]

    @property
    def options(self) -> list[str]:
        return [] if self.within else ["--tesseract-apart"]


def disturb(source: Path, out: Path, kills: int, dice: random.Random, tally: Tally) -> None:
    """Run to the end, killing on the way while there are kills left."""
    while True:
        process = begin(source, out, *tally.options)
        tally.runs += 1
        while process.poll() is None and sum(tally.kills.values()) < kills:
            time.sleep(dice.uniform(0.05, 6.0) if not list(out.rglob("*.json")) else dice.uniform(0.05, 1.5))
            target = tally.targets[sum(tally.kills.values()) % len(tally.targets)]
            if not strike(process, target, dice, tally):
                continue
            if target == "run":
                break
        if process.wait() >= 0:
            if process.returncode:
                told = process.stderr.read().decode() if process.stderr else ""
                sys.exit(f"the run ended with {process.returncode}: {told[-600:]}")
            return


def strike(process: subprocess.Popen[bytes], target: str, dice: random.Random, tally: Tally) -> bool:
    """Kill one process of this kind, if there is one just now."""
    deadline = time.monotonic() + 5
    while process.poll() is None and time.monotonic() < deadline:
        found = victims(process.pid, target)
        family = descendants(process.pid)
        if found:
            try:
                os.kill(dice.choice(found), signal.SIGKILL)
            except ProcessLookupError:
                continue
            tally.kills[target] += 1
            if target == "run":
                process.wait()
                tally.slowest_orphan = max(tally.slowest_orphan, mourned(family))
            return True
        time.sleep(0.005)
    return False


def mourned(family: list[int]) -> float:
    """Seconds until all that the run had started is gone."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if all(state(process) in ("", "Z", "X") for process in family):
            return time.monotonic() - began
        time.sleep(0.02)
    sys.exit(f"still there {PATIENCE:g} s after the run was killed: {[described(p) for p in family if state(p)]}")


def described(process: int) -> str:
    told = subprocess.run(["ps", "-o", "pid,ppid,sid,stat,etimes,args", "-p", str(process)], capture_output=True)
    return told.stdout.decode("utf-8", "replace")


def state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text("latin-1").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def documents(out: Path) -> dict[str, bytes]:
    found = (path for path in out.rglob("*") if path.is_file() and ".thongbao" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def compare(out: Path, expected: dict[str, bytes]) -> list[str]:
    """What is wrong with a folder, against the undisturbed one."""
    found, wrong = documents(out), []
    wrong += [f"lost: {name}" for name in expected.keys() - found.keys()]
    wrong += [f"too many: {name}" for name in found.keys() - expected.keys()]
    wrong += [f"differs: {name}" for name in expected.keys() & found.keys() if expected[name] != found[name]]
    checked, counted = verify(out), status(look(out))
    if checked.whole != len(expected) or checked.sources:
        wrong.append(f"the ledger has {checked.whole} whole documents of {len(expected)}")
    if counted.states != {"done": len(expected)}:
        wrong.append(f"states {counted.states}")
    wrong += [f"left over: {path}" for path in (out / ".thongbao" / "tmp").rglob("*") if path.is_file()]
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--within", action="store_true")
    options = parser.parse_args()
    dice, tally, wrong = random.Random(options.seed), Tally(within=options.within), list[str]()  # noqa: S311
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        make_files(work / "in", options.files, options.seed)
        began = time.monotonic()
        quiet = begin(work / "in", work / "undisturbed")
        if quiet.wait():
            sys.exit(f"the undisturbed run failed: {quiet.stderr.read().decode()[-600:] if quiet.stderr else ''}")
        expected = documents(work / "undisturbed")
        print(f"undisturbed: {len(expected)} documents of {options.files} files in {time.monotonic() - began:.0f} s")
        wrong += compare(work / "undisturbed", expected)
        while sum(tally.kills.values()) < options.kills and not wrong:
            tally.rounds += 1
            disturb(work / "in", work / "out", options.kills, dice, tally)
            wrong += compare(work / "out", expected)
            shutil.rmtree(work / "out")
            print(f"round {tally.rounds}: {dict(tally.kills)} killed in {tally.runs} runs", flush=True)
    print(f"orphans were gone at most {tally.slowest_orphan:.2f} s after the run")
    for each in wrong:
        print(each)
    print("identical" if not wrong else f"{len(wrong)} differences")
    return 1 if wrong or len(expected) != options.files else 0


if __name__ == "__main__":
    sys.exit(main())
