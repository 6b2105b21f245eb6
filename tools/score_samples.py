#!/usr/bin/env python3
"""Read the samples of one half with thongbao and judge them against their gold, as `thongbao evaluate` does.

    python tools/score_samples.py [--half seen|held_out] [--level light|medium|heavy|dump|all] [--only NAME]…
                                  [--misses] [--json] [--keep DIR] [--against RUN.json] [--save RUN.json]
                                  [--html FILE] [--png FILE] [--scorer PATH]

Each level's total stands in a line of its own with `--level all`; the last line is always the total of everything.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = {"light": "light.pdf", "medium": "medium.pdf", "heavy": "heavy.pdf", "dump": "dump.txt"}
PASSED_ON = ("against", "save", "html", "png")
COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def gather(half: str, levels: list[str], only: list[str], into: Path) -> tuple[Path, Path]:
    """Copies of the scans (a folder a level) and of the gold documents, each named for its sample: (scans, gold)."""
    scans, gold = into / "scans", into / "gold"
    gold.mkdir(parents=True)
    samples = [
        p.parent for p in sorted((ROOT / "samples" / half).glob("*/gold.json")) if not only or p.parent.name in only
    ]
    for level in levels:
        (scans / level).mkdir(parents=True)
        for sample in samples:
            shutil.copyfile(sample / FILES[level], scans / level / (sample.name + Path(FILES[level]).suffix))
    for sample in samples:
        shutil.copyfile(sample / "gold.json", gold / f"{sample.name}.json")
    if not samples:
        raise SystemExit(f"no sample of {half} has such a name")
    return scans, gold


def read(scans: Path, out: Path) -> None:
    """Run `thongbao read` over the folder in its own process; a notice that fails is missing, and the score tells.

    SystemExit when nothing at all was read.
    """
    out.mkdir(parents=True)
    files = [str(path) for path in sorted(scans.iterdir())]
    subprocess.run([*COMMAND, "read", "--out", str(out), *files], cwd=ROOT, stdout=sys.stderr)
    if not any(out.iterdir()):
        raise SystemExit("nothing was read: see the message above, or run `thongbao doctor`")


def parsed() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--half", choices=("seen", "held_out"), default="seen")
    ask.add_argument("--level", choices=(*FILES, "all"), default="light")
    ask.add_argument("--only", action="append", default=[], metavar="NAME", help="only this sample; repeatable")
    ask.add_argument("--scorer", type=Path, help="judge with this program instead (the benchmark folder's score.py)")
    ask.add_argument("--keep", type=Path, help="keep scans, gold and documents in this new folder")
    ask.add_argument("--misses", action="store_true", help="list each wrong and each missed fact")
    ask.add_argument("--json", action="store_true", help="print the whole report as JSON")
    for name in PASSED_ON:
        ask.add_argument(f"--{name}", type=Path, help="as in `thongbao evaluate`")
    return ask.parse_args()


def judge(asked: argparse.Namespace, gold: Path, made: Path) -> int:
    flags = [flag for flag, wanted in (("--misses", asked.misses), ("--json", asked.json)) if wanted]
    if asked.scorer:
        return subprocess.run([sys.executable, str(asked.scorer), str(gold), str(made), *flags]).returncode
    levels = ["--levels"] if asked.level == "all" else []
    kept = [f"--{name}={path.absolute()}" for name in PASSED_ON if (path := getattr(asked, name))]
    return subprocess.run([*COMMAND, "evaluate", str(gold), str(made), *levels, *flags, *kept], cwd=ROOT).returncode


def main() -> int:
    asked = parsed()
    levels = list(FILES) if asked.level == "all" else [asked.level]
    if asked.scorer and len(levels) > 1:
        raise SystemExit("another scorer judges one level at a time")
    with tempfile.TemporaryDirectory() as scratch:
        work = (asked.keep or Path(scratch)).absolute()
        scans, gold = gather(asked.half, levels, asked.only, work)
        out = work / "out"
        for level in levels:
            read(scans / level, out / level if len(levels) > 1 else out)
        return judge(asked, gold, out)


if __name__ == "__main__":
    sys.exit(main())
