#!/usr/bin/env python3
"""Read the samples of one half with thongbao and score them against their gold.

    python tools/score_samples.py [--half seen|held_out] [--level light|medium|heavy|dump] [--misses] [--json]
                                  [--scorer PATH] [--keep DIR]

The scorer is the benchmark folder's score.py beside the project; it is run, not copied.
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


def gather(half: str, level: str, into: Path) -> tuple[Path, Path]:
    """Copies of the scans and gold documents, each named for its sample: (scans, gold)."""
    scans, gold = into / "scans", into / "gold"
    scans.mkdir(parents=True)
    gold.mkdir()
    for sample in sorted(p.parent for p in (ROOT / "samples" / half).glob("*/gold.json")):
        shutil.copyfile(sample / "gold.json", gold / f"{sample.name}.json")
        shutil.copyfile(sample / FILES[level], scans / (sample.name + Path(FILES[level]).suffix))
    return scans, gold


def read(scans: Path, out: Path) -> None:
    """Run `thongbao read` over the folder in its own process; a notice that fails is missing, and the score tells.

    SystemExit when nothing at all was read.
    """
    start = "from pipeline.cli import main; main()"
    files = [str(path) for path in sorted(scans.iterdir())]
    subprocess.run([sys.executable, "-c", start, "read", "--out", str(out), *files], cwd=ROOT, stdout=sys.stderr)
    if not any(out.iterdir()):
        raise SystemExit("nothing was read: see the message above, or run `thongbao doctor`")


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--half", choices=("seen", "held_out"), default="seen")
    ask.add_argument("--level", choices=tuple(FILES), default="light")
    ask.add_argument("--scorer", type=Path, default=ROOT.parent / "shared" / "bench" / "score.py")
    ask.add_argument("--keep", type=Path, help="keep scans, gold and documents in this new folder")
    ask.add_argument("--misses", action="store_true", help="list each wrong and each missed fact")
    ask.add_argument("--json", action="store_true", help="print the scorer's whole report as JSON")
    asked = ask.parse_args()
    if not asked.scorer.is_file():
        ask.error(f"no scorer at {asked.scorer}; name one with --scorer")
    with tempfile.TemporaryDirectory() as scratch:
        work = asked.keep or Path(scratch)
        scans, gold = gather(asked.half, asked.level, work)
        (work / "out").mkdir()
        read(scans, work / "out")
        flags = [flag for flag, wanted in (("--misses", asked.misses), ("--json", asked.json)) if wanted]
        return subprocess.run([sys.executable, str(asked.scorer), str(gold), str(work / "out"), *flags]).returncode


if __name__ == "__main__":
    sys.exit(main())
