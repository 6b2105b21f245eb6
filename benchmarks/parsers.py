"""A thousand hypothesis cases for each parser (tests/test_parsers.py): a document or a typed error, nothing else.

    python -m benchmarks.parsers [--cases 1000] [--seed 1] [--only NAME]…

Other seeds give other cases. Fails where any case ends with another exception, and shows the smallest such.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from hypothesis import seed


class Folder:
    """What pytest's `tmp_path_factory` is to the tests."""

    def __init__(self, base: str) -> None:
        self._base = Path(base)

    def getbasetemp(self) -> Path:
        return self._base


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    options = parser.parse_args()
    os.environ.update(THONGBAO_CASES=str(options.cases), THONGBAO_SEED=str(options.seed))
    from tests import test_parsers

    failed = 0
    for name, test in vars(test_parsers).items():
        if not name.startswith("test_") or (options.only and name not in options.only):
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as base:
            try:
                seed(options.seed)(test)(Folder(base))
                told = "each a document or a typed error"
            except BaseException as error:  # groups of them, too
                traceback.print_exception(error, limit=-4)
                failed, told = failed + 1, f"FAILED: {type(error).__name__}"
        print(f"{name:50} {options.cases} cases, {time.monotonic() - began:4.0f} s: {told}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
