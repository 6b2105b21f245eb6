"""A recorded engine: Tesseract's answers kept by the image and the question, so that most tests run without it.

`THONGBAO_RECORD=1 pytest` asks the installed Tesseract for what is missing and writes it to `tests/cassettes`.
Without a recording the installed Tesseract is asked; without that the test skips and says so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ocr.installed import probe
from ocr.tesseract import Task, Tesseract, reading_with

CASSETTES = Path(__file__).parent / "cassettes"
MANIFEST = CASSETTES / "manifest.json"


@dataclass(frozen=True)
class Recorded:
    """Answers from the cassettes. `label` says in the manifest which document asked."""

    label: str
    language: str = "vie"

    def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
        key = self._key(image, dpi, task)
        cassette = CASSETTES / f"{key}.tsv.gz"
        if cassette.exists():
            return gzip.decompress(cassette.read_bytes()).decode()
        if not probe().installed or not probe().speaks(self.language):
            pytest.skip(f"no recording of this image of {self.label}, and no Tesseract with {self.language}")
        tsv = _words_only(Tesseract(self.language).read(image, dpi, task))
        if os.environ.get("THONGBAO_RECORD") == "1":
            _record(cassette, tsv, f"{self.label} {task.name.lower()}")
        return tsv

    def _key(self, image: Path, dpi: int, task: Task) -> str:
        question = f"{self.language} {task.name} {dpi}".encode()
        return hashlib.sha256(image.read_bytes() + question).hexdigest()[:16]


def _words_only(tsv: str) -> str:
    head, *rows = tsv.splitlines()
    return "\n".join([head, *(row for row in rows if row.startswith("5\t"))]) + "\n"


def _record(cassette: Path, tsv: str, label: str) -> None:
    CASSETTES.mkdir(exist_ok=True)
    cassette.write_bytes(gzip.compress(tsv.encode(), mtime=0))
    manifest = json.loads(MANIFEST.read_text("utf-8")) if MANIFEST.exists() else {}
    manifest[cassette.name.split(".")[0]] = {"of": label, "tesseract": probe().version}
    MANIFEST.write_text(json.dumps(dict(sorted(manifest.items())), ensure_ascii=False, indent=1) + "\n", "utf-8")


@contextmanager
def recorded(label: str) -> Iterator[None]:
    """Read with recordings within the block."""
    with reading_with(Recorded(label)):
        yield
