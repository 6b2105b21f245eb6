#!/usr/bin/env python3
"""How long `thongbao --help` takes to be there: asked for ≤ 0.3 s. Printed beside a bare Python of the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
ASKED = 0.3  # seconds


def seconds(command: list[str]) -> float:
    """The median wall time of a command, the first run (cold files) left out."""
    taken = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])


def main() -> int:
    bare = seconds([sys.executable, "-c", "pass"])
    program = str(Path(sys.executable).with_name("thongbao"))
    shown = seconds([program, "--help"])
    print(f"python -c pass   {bare:.3f} s")
    print(f"thongbao --help  {shown:.3f} s  ({shown / bare:.1f} × bare Python; asked for ≤ {ASKED} s)")
    return int(shown > ASKED)


if __name__ == "__main__":
    sys.exit(main())
