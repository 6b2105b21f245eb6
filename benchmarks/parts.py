#!/usr/bin/env python3
"""What each part gains: the samples read with all parts, and with one switched off at a time.

    python -m benchmarks.parts [--half held_out|seen] [--level light …] [--level dump …]

The switches are this script's: it puts something in a part's place that does nothing. What is gained is the whole's
figure less that without the part; a part that shows no gain here may still earn its place on other notices.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from normalize.pieces.gate import Block, Regime
from normalize.restore import Restored
from normalize.text import Text
from ocr.source import identify
from pipeline.evaluate.folders import load
from pipeline.evaluate.judge import Judgement, judge, summed
from pipeline.read import DEFAULT, notice_of, pages_of

ROOT = Path(__file__).resolve().parent.parent
FILES = {"light": "light.pdf", "medium": "medium.pdf", "heavy": "heavy.pdf", "dump": "dump.txt"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part and what stands in its place. `eyes`: it works on the image, so pages must be read anew without it."""

    name: str
    instead: dict[str, Callable[..., Any]]
    eyes: bool = False


def _as_read(text: Text, *_: object, **__: object) -> Restored:
    return Restored(text, (), (1.0,) * len(text.words), (Block(0, len(text.string), Regime.ACCENTED),))


def _first(value: object, *_: object, **__: object) -> object:
    return value


def _second(_: object, value: object, *__: object, **___: object) -> object:
    return value


def _nothing(*_: object, **__: object) -> None:
    return None


def _none_of_it(*_: object, **__: object) -> tuple[()]:
    return ()


PARTS = (
    Part("decoder", {"extract.build.restore": _as_read}),
    Part("tables", {"ocr.scan.find_grids": _none_of_it}, eyes=True),
    Part("digits", {"ocr.hand._guesses": _none_of_it}, eyes=True),
    Part(
        "inference",
        {
            "extract.ntm.survey.backed": _second,
            "extract.ntm.units.where._province_of": _nothing,
            "extract.rules.issue_date._inferred": _nothing,
            "extract.rules.number._mended": _first,
            "extract.rules.signer._deputy": _first,
            "extract.citations.cite.mend_by_issuer": _first,
            "extract.ntm.programme.bands.communes.vouched": _first,
            "extract.ntm.assessments.vouched": _first,
        },
    ),
)


@contextmanager
def without(part: Part | None) -> Iterator[None]:
    """A part switched off for a while."""
    with ExitStack() as stack:
        for name, instead in part.instead.items() if part else ():
            stack.enter_context(mock.patch(name, instead))
        yield


class Reader:
    """Reads samples; pages that a part does not touch are read once."""

    def __init__(self, folders: Sequence[Path], level: str) -> None:
        self._folders = folders
        self._level = level
        self._pages: dict[Path, tuple[Any, ...]] = {}

    def read(self, part: Part | None) -> list[Judgement]:
        with without(part):
            return [self._judged(folder, anew=part is not None and part.eyes) for folder in self._folders]

    def _judged(self, folder: Path, anew: bool) -> Judgement:
        source = identify(folder / FILES[self._level])
        if anew or source.path not in self._pages:
            pages = pages_of(source, DEFAULT)
            if not anew:
                self._pages[source.path] = pages
        else:
            pages = self._pages[source.path]
        document = notice_of(pages, source, DEFAULT).model_dump(mode="json")
        return judge(folder.name, load(folder / "gold.json"), document, self._level)


def row(name: str, judged: list[Judgement], whole: float | None) -> str:
    """F1, what the part gains of it, silent errors per 1,000 and the share marked."""
    summary = summed(judged)
    f1 = summary.strict.f1
    gain = "" if whole is None else f"{100 * (whole - f1):+7.2f}"
    return f"  {name:<18} {f1:.4f} {gain:>8}   {summary.per_1000 or 0:6.2f}   {summary.share_flagged or 0:.3f}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--half", choices=("seen", "held_out"), default="held_out")
    ask.add_argument("--level", action="append", choices=tuple(FILES), default=None)
    asked = ask.parse_args()
    folders = sorted(path.parent for path in (ROOT / "samples" / asked.half).glob("*/gold.json"))
    for level in asked.level or ["light", "dump"]:
        print(f"{asked.half} {level}, {len(folders)} notices")
        print(f"  {'without':<18} {'F1':<6} {'gain':>8}   {'silent':>6}   marked")
        reader = Reader(folders, level)
        everything = reader.read(None)
        print(row("(nothing)", everything, None), flush=True)
        whole = summed(everything).strict.f1
        for part in PARTS:
            if level != "dump" or not part.eyes:
                print(row(part.name, reader.read(part), whole), flush=True)


if __name__ == "__main__":
    main()
