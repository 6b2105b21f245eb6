"""`python -m benchmarks.restore [SHARED]`: what restoration repairs and what it harms, with counts; docs/restore.md.

SHARED holds `bench/seed` and `corpus` (default: the folder `shared` beside the project). They are for measuring only.
"""

from __future__ import annotations

import csv
import importlib
import json
import lzma
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from normalize.fold import unmark
from normalize.model import packaged
from normalize.restore import Restored, restore
from normalize.syllable import spelling
from normalize.text import from_lines

ROOT = Path(__file__).resolve().parent.parent
EDGES = ".,;:!?()[]{}\"“”'‘’`«»…*<>|/-–—_"
SEED_LINES = 213  # of the seed notice; its last lines are a seal read across the signature
TYPES = {"QĐ": "quyết định", "NĐ": "nghị định", "HĐND": "hội đồng nhân dân", "HĐ": "hợp đồng"}
NEAR = 8  # words before a code among which its type may be named
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01)


@dataclass(slots=True)
class Score:
    """Counts over syllables (words of letters only), case and tone placement ignored, and over words with figures."""

    name: str
    syllables: int = 0
    before: int = 0
    after: int = 0
    helped: int = 0
    harmed: int = 0
    figures: int = 0
    figures_helped: int = 0
    figures_harmed: int = 0
    digits_harmed: int = 0
    slips: list[tuple[str, str]] = field(default_factory=list)  # errors of the true text itself that were put right
    unaligned: int = 0
    seconds: float = 0.0  # of the first time, and of a second one with the words' candidates at hand
    warm: float = 0.0
    bands: dict[float, list[int]] = field(default_factory=lambda: {low: [0, 0] for low in BANDS[:-1]})
    misses: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def word(self, true: str, given: str, got: str, certainty: float, before: Sequence[str] = ()) -> None:
        """Count one word; `before`: the true words before it in its line."""
        if any(c.isdigit() for c in true):
            self._figure(true, given, got, " ".join(before).lower())
            return
        for a, b, c in zip(*map(_split, (true, given, got)), strict=False):
            if a.isalpha():
                self._syllable(a, b, c, certainty)

    def _figure(self, true: str, given: str, got: str, before: str) -> None:
        """Count a word with digits. What changed though it agreed with the true text is a slip of that text only
        where its own words before the code name the type that was put in its place; all others are harm."""
        self.figures += 1
        self.figures_helped += given != true == got
        self.digits_harmed += _digits(given) == _digits(true) != _digits(got)
        if given == true != got:
            signs = [sign for sign in TYPES if sign in got and sign not in true]
            slip = any(TYPES[sign] in before or sign.lower() in before for sign in signs)
            self.slips += [(true, got)] * slip
            self.figures_harmed += not slip

    def _syllable(self, true: str, given: str, got: str, certainty: float) -> None:
        was, is_ = spelling(given) == spelling(true), spelling(got) == spelling(true)
        self.syllables += 1
        self.before += was
        self.after += is_
        self.helped += is_ and not was
        self.harmed += was and not is_
        band = max(low for low in self.bands if low <= certainty)
        self.bands[band][0] += 1
        self.bands[band][1] += is_
        if not is_:
            self.misses[true, given, got] = self.misses.get((true, given, got), 0) + 1

    def __str__(self) -> str:
        share = 100 / max(self.syllables, 1)
        return (
            f"{self.name:44s} {self.syllables:7,d} {self.before * share:6.2f} {self.after * share:6.2f} "
            f"{self.helped:7,d} {self.harmed:6,d} {self.harmed * share:6.3f} "
            f"{self.figures_harmed + len(self.slips):4d}/{self.figures:<6,d} "
            f"{self.syllables / max(self.seconds, 1e-9):8,.0f} "
            f"{self.syllables / (self.warm or self.seconds or 1):8,.0f}"
        )


def _digits(word: str) -> str:
    return "".join(c for c in word if c.isdigit())


def _split(word: str) -> list[str]:
    return [part.strip(EDGES) for part in word.strip(EDGES).replace("/", "-").replace("–", "-").split("-")]


def measure(name: str, true: Sequence[str], given: Sequence[str], boost: Sequence[str] = ()) -> Score:
    """Restore the given lines as one text and compare them with the true ones, word by word."""
    score = Score(name)
    text = from_lines(given)
    start = time.process_time()
    found = restore(text, boost)
    score.seconds = time.process_time() - start
    start = time.process_time()
    restore(text, boost)
    score.warm = time.process_time() - start
    for a, b, words in zip(true, given, _words(found, given), strict=True):
        if not len(a.split()) == len(b.split()) == len(words):
            score.unaligned += 1
            continue
        before: list[str] = []
        for x, y, (z, certainty) in zip(a.split(), b.split(), words, strict=True):
            score.word(x, y, z, certainty, before[-NEAR:])
            before.append(x)
    return score


def _words(found: Restored, given: Sequence[str]) -> Iterator[list[tuple[str, float]]]:
    """The restored words of each given line, with their certainty."""
    lines = iter(found.text.lines)
    at = 0
    for line in given:
        many = len(line.split())
        if not many:
            yield []
            continue
        printed = next(lines)
        got = found.text.string[printed.start : printed.end].split()
        yield list(zip(got, found.certainty[at : at + many], strict=False)) if len(got) == many else []
        at += many


def district_names(found: Restored) -> list[str]:
    """The second pass: the communes of the district that the restored text names oftenest."""
    with (ROOT / "normalize/data/units-2023-04-08.csv").open(encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    text = found.text.string.replace("\n", " ").lower()
    districts = [r for r in rows if r["type"] in ("huyện", "thị xã")]
    best = max(districts, key=lambda r: text.count(f"{r['type']} {r['name']}".lower()))
    names = [r["name"] for r in rows if r["parent"] == best["code"]]
    return [*names, *(f"xã {name}" for name in names), f"{best['type']} {best['name']}"]


def scores(shared: Path) -> Iterator[Score]:
    """Every set of the issue's table."""
    seed = shared / "bench" / "seed"
    true, given = (
        (seed / f"316-tb-stnmt{end}").read_text(encoding="utf-8").split("\n")[:SEED_LINES]
        for end in (".truth.txt", ".txt")
    )
    yield measure("seed dump, first pass", true, given)
    yield measure("seed dump, district's names boosted", true, given, district_names(restore(from_lines(given))))
    rows = [json.loads(line) for line in (shared / "corpus/pairs-heldout.jsonl").open(encoding="utf-8")]
    yield measure("held-out pages, English model", [r[0] for r in rows], [r[1] for r in rows])
    yield measure("held-out pages, Vietnamese model", [r[0] for r in rows], [r[2] for r in rows])
    with lzma.open(shared / "corpus/heldout.txt.xz", "rt", encoding="utf-8") as f:
        lines = [" ".join(line.split()) for line in f]
    yield measure("held-out text, marks stripped", lines, [unmark(line) for line in lines])
    yield measure("held-out text as it is", lines, lines)


PEERS = (
    ("pyvi.ViUtils", "add_accents"),
    ("underthesea", "text_normalize"),
)  # no dependencies; `pip install` to compare
PEER_LINES = 1000  # of the held-out text: pyvi takes a second for sixty lines


def peers(shared: Path) -> Iterator[str]:
    """pyvi and underthesea beside ours on the same lines, where they are installed."""
    with lzma.open(shared / "corpus/heldout.txt.xz", "rt", encoding="utf-8") as f:
        lines = [" ".join(line.split()) for line in f][:PEER_LINES]
    rows = [json.loads(line) for line in (shared / "corpus/pairs-heldout.jsonl").open(encoding="utf-8")]
    sets = (
        ("stripped", lines, [unmark(line) for line in lines]),
        ("English model", [row[0] for row in rows], [row[1] for row in rows]),
        ("Vietnamese model", [row[0] for row in rows], [row[2] for row in rows]),
        ("as it is", lines, lines),
    )
    for name, true, given in sets:
        yield str(measure(f"ours, {name}", true, given))
        for module, function in PEERS:
            yield _beside(f"{module}.{function}, {name}", module, function, true, given)


def _beside(name: str, module: str, function: str, true: Sequence[str], given: Sequence[str]) -> str:
    try:
        peer: Callable[[str], str] = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError):
        return f"{module}.{function}: not installed here"
    score = Score(name)
    peer("khoi dong")  # what it loads at its first call is not counted
    start = time.process_time()
    told = [_recut(_tried(peer, line), line) for line in given]
    score.seconds = time.process_time() - start
    for a, b, c in zip(true, given, told, strict=True):
        if not len(a.split()) == len(b.split()) == len(c.split()):
            score.unaligned += 1
            continue
        for words in zip(a.split(), b.split(), c.split(), strict=True):
            score.word(*words, 1.0)
    return f"{score}  ({score.unaligned} of {len(true)} lines not aligned or failed on)"


def _recut(told: str, given: str) -> str:
    """Words cut as they were given, letter for letter: underthesea sets punctuation apart. As told if that fails."""
    letters = iter("".join(told.split()))
    if len("".join(told.split())) != len("".join(given.split())):
        return told
    return " ".join("".join(next(letters) for _ in word) for word in given.split())


def _tried(peer: Callable[[str], str], line: str) -> str:
    try:
        return peer(line)
    except (LookupError, TypeError, ValueError):  # pyvi 0.1.1 raises KeyError on some syllables
        return ""


def reliability(every: Sequence[Score]) -> Iterator[str]:
    """Said so sure, was right so often: a row a band."""
    for low, high in pairwise(BANDS):
        many = sum(s.bands[low][0] for s in every)
        right = sum(s.bands[low][1] for s in every)
        yield f"{low:5.3f} to {min(high, 1.0):5.3f}  {many:8,d}  {100 * right / max(many, 1):6.2f}"


def main() -> None:
    """Print the table, the reliability of the posteriors, and the commonest misses."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    if not shared.is_dir():
        sys.exit(f"{shared}: not there; give the folder that holds bench/ and corpus/")
    start = time.process_time()
    packaged()
    print(f"model loaded in {time.process_time() - start:.2f} s of CPU")
    print(f"{'':44s} syllabl. before  after  helped harmed      %  figures harmed   per s   warm, syllables")
    every = []
    for score in scores(shared):
        print(score, flush=True)
        every.append(score)
    print("\nnumbers, dates and codes: mended; changed though right; slips of the true text put right; digits changed")
    for score in every:
        shown = "; ".join(f"{true} as {got}" for true, got in score.slips)
        counts = f"{score.figures_helped:6d} {score.figures_harmed:4d} {len(score.slips):4d} {score.digits_harmed:4d}"
        print(f"{score.name:44s} {counts}  {shown}")
    for title, some in (("repaired text", every[1:5]), ("text that was right", every[5:])):
        print(f"\nreliability, {title}: certainty, syllables, right %")
        print(*reliability(some), sep="\n")
    for score in every[1:4]:
        top = sorted(score.misses.items(), key=lambda item: -item[1])[:12]
        print(f"\nmisses, {score.name}:", "; ".join(f"{a} ({b}) as {c} {n}" for (a, b, c), n in top))
    print()
    print(*peers(shared), sep="\n")


if __name__ == "__main__":
    main()
