"""`--log-json`: one line a file, for machines."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from pipeline.batch.outcome import Ending
from pipeline.batch.output import OutputFailed


def open_log(path: Path) -> TextIO:
    """A log that lines are added to. Raises `OutputFailed`."""
    try:
        return path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise OutputFailed(path, f"it cannot be written ({error.strerror})") from error


def line(ending: Ending, run: int) -> str:
    """One file: when, which run, what came of it, seconds by step.

    >>> line(Ending("tb.pdf", "00", documents=("tb.json",), seconds={"look": 0.1}), 1).partition('"run"')[2]
    ': 1, "name": "tb.pdf", "sha256": "00", "documents": ["tb.json"], "seconds": {"look": 0.1}}\\n'
    """
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    facts = {key: value for key, value in asdict(ending).items() if value}
    return json.dumps({"at": at, "run": run, **facts}, ensure_ascii=False) + "\n"
