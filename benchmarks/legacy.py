"""`python -m benchmarks.legacy [SHARED]`: text from before Unicode, recognised and converted, and what is left alone.

The held-out text of SHARED (default: the folder `shared` beside the project) is put into each encoding, a few lines at
a time, recognised, converted back and compared. viparse's own detector stands beside ours. Its tables make the
encoding too; that they are right was checked once against iconv, recode and a chart of VNI (docs/restore.md).
"""

from __future__ import annotations

import json
import lzma
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from viparse import detect_text_encoding
from viparse.normalize.encodings import CHARMAPS

from normalize.fold import unmark
from ocr.formats.legacy import Encoding, convert, recognise

ROOT = Path(__file__).resolve().parent.parent
SIZES = ((1, 7), (3, 9), (8, 24), (25, 75))  # lines of a text, and how far apart the texts begin
GAPS = {"ẳ": "aú", "Ẳ": "AÚ", "ỵ": "î", "Ỵ": "Î"}  # what viparse 0.1.31 lacks of VNI
TONED = {"tcvn3": "ĂÂÊÔƠƯĐ"}  # TCVN3 has no other capitals with marks


def table(encoding: Encoding) -> dict[str, str]:
    """Unicode letter → legacy letters."""
    found = {true: given for given, true in CHARMAPS[encoding.value].pairs}
    return {**found, **(GAPS if encoding is Encoding.VNI else {})}


def encoded(text: str, encoding: Encoding, letters: dict[str, str]) -> str:
    """The Latin-1 look of a text; what the encoding lacks stays."""
    keep = TONED.get(encoding.value)
    if keep is not None:
        text = "".join(c if c.isascii() or c in keep else c.lower() for c in text)
    return "".join(letters.get(c, c) for c in text)


def rows(lines: list[str]) -> Iterator[str]:
    """A row an encoding and size: texts, recognised as what they are, as something else, words right; viparse's."""
    for encoding in Encoding:
        letters = table(encoding)
        for size, step in SIZES:
            texts = ["\n".join(lines[at : at + size]) for at in range(0, len(lines), step)]
            texts = [text for text in texts if not text.isascii()]
            told = [(text, *convert(encoded(text, encoding, letters))) for text in texts]
            right = sum(among == (encoding,) for _, _, among in told)
            words = [
                pair for text, got, among in told if among for pair in zip(text.split(), got.split(), strict=False)
            ]
            same = sum(a.lower() == b.lower() for a, b in words)
            theirs = sum(detect_text_encoding(encoded(t, encoding, letters)) == encoding.value for t in texts[::5])
            yield (
                f"{encoding.value:7s} {size:3d} {len(texts):6,d} {100 * right / len(texts):6.1f} "
                f"{sum(bool(among) and among != (encoding,) for _, _, among in told):5d} "
                f"{100 * same / max(len(words), 1):8.3f} {100 * theirs / len(texts[::5]):8.1f}"
            )


def harmed(name: str, texts: Iterable[str]) -> str:
    """How many texts that are not legacy would be converted, by us and by viparse (every fifth)."""
    texts = list(texts)
    ours = sum(bool(recognise(text.split("\n"))) for text in texts)
    theirs = sum(detect_text_encoding(text) is not None for text in texts[::5])
    return f"{name:44s} {ours:4d} of {len(texts):6,d}   viparse {theirs:4d} of {len(texts[::5]):6,d}"


def chunks(lines: list[str], size: int) -> list[str]:
    return ["\n".join(lines[at : at + size]) for at in range(0, len(lines), size)]


def main() -> None:
    """Print both tables."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    if not shared.is_dir():
        sys.exit(f"{shared}: not there; give the folder that holds corpus/")
    with lzma.open(shared / "corpus/heldout.txt.xz", "rt", encoding="utf-8") as f:
        lines = [unicodedata.normalize("NFC", " ".join(line.split())) for line in f]
    print("        lines texts  known % other  words %  viparse %")
    print(*rows(lines), sep="\n")
    pairs = [json.loads(row) for name in ("heldout", "train") for row in (shared / f"corpus/pairs-{name}.jsonl").open()]
    dumps = [row[1] for row in pairs]
    print("\nconverted though not legacy")
    for size in (1, 25):
        print(harmed(f"held-out text, {size} lines", chunks(lines, size)))
        print(harmed(f"dumps of the English model, {size} lines", chunks(dumps, size)))
    print(harmed("marks stripped, 25 lines", map(unmark, chunks(lines, 25))))
    print(harmed("UTF-8 read as Latin-1, 25 lines", (t.encode().decode("latin-1") for t in chunks(lines, 25))))
    print(harmed("dumps and true texts of the samples", (p.read_text("utf-8") for p in ROOT.glob("samples/*/*/*.txt"))))


if __name__ == "__main__":
    main()
