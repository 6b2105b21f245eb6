"""`python -m normalize.train FOLDER`: the restoration model from a folder of text and pairs, the same bytes each time.

Text: `*.txt`, `*.txt.xz`, a paragraph a line, which counts several times in files named `phrases*` and `notices*`.
Pairs: `*.jsonl`, `[true line, English model, Vietnamese model?, …]`, or counted as in `channel/paired.py`:
`pairs*.tsv.xz`.
Files with `heldout` in their names are left alone.
"""

from __future__ import annotations

import csv
import json
import lzma
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from normalize.channel.candidates import Channel, Stripped, make_ready
from normalize.channel.learning import believable, estimate, remembered
from normalize.channel.paired import LETTERS, READERS, Counted, counted, joined, read_counts
from normalize.fold import unmark
from normalize.model import context, initials
from normalize.model.context import Context
from normalize.model.language import BITS, END, SPECIAL, LanguageModel, train
from normalize.model.trained import PACKAGED, Model, compounded, kept, save
from normalize.pieces.tokens import Kind, Piece, pieces
from normalize.syllable import Case, case_of, in_case, pronounceable, spelling

LIMITS = {"eng": 28, "vie": 8}  # candidates of a word
TIMES = {"phrases": 3, "notices": 2}  # that a line counts, by how the name of its file begins
DAY = "ngày 01 tháng 01 năm 2020"  # any day: figures are all one to the language model


@click.command()
@click.argument("places", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=PACKAGED)
@click.option("--cost", default=0.0, help="nats a million words under which an n-gram is dropped")
def main(places: tuple[Path, ...], out: Path, cost: float) -> None:
    """Train from text and pairs in PLACES (files or folders), and write the model."""
    every = (f for place in places for f in (sorted(place.iterdir()) if place.is_dir() else [place]))
    files = [f for f in every if "heldout" not in f.name]
    model = build(lines_of(files), counts_of(files), cost, compounds_of(files))
    save(model, out)
    sizes = ", ".join(f"{len(g.keys):,}" for g in model.language.grams)
    click.echo(f"{out.name}: {len(model.syllables):,} syllables, n-grams {sizes}, {out.stat().st_size / 1e6:.2f} MB")


def build(lines: Iterable[str], pairs: Counted, cost: float = 0.0, compounds: Iterable[str] = ()) -> Model:
    """A model from lines of true text, from counted pairs of words, and from a list of compounds."""
    cut = [list(pieces(line)) for line in lines]
    words, syllables, abbreviations = _vocabulary(cut)
    numbers = {word: i for i, word in enumerate(words)}
    known = {word: numbers[word] for word in syllables}
    shell = Model(None, numbers, known, {})  # type: ignore[arg-type]  # numbers pieces only
    sentences = list(_sentences(cut, shell))
    language = train(sentences, words, cost)
    prior = dict(enumerate(kept(language.grams[0].logp).tolist()))
    channels: dict[str, Channel | Stripped] = {reader: channel_of(reader, pairs, known, prior) for reader in READERS}
    pairs_of_words = compound_keys(compounds, known)
    return Model(
        language, numbers, known, channels, abbreviations=abbreviations, context=_context(cut, known, language),
        compounds=compounded(pairs_of_words, language), initials=initials.counted(sentences, known, pairs_of_words),
    )  # fmt: skip


def lines_of(files: Iterable[Path]) -> Iterator[str]:
    """The paragraphs of all text files, and the names of all lists of units (columns code, parent, type, name)."""
    for file in files:
        if file.name.startswith("units") and file.suffix == ".csv":
            yield from unit_lines(file)
        if file.name.startswith("criteria") and file.suffix == ".toml":
            yield from criteria_lines(file)
        if file.name.endswith((".txt", ".txt.xz")) and not file.name.startswith("compounds"):
            with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as f:
                lines = [line.rstrip("\n") for line in f if not line.startswith("#")]
            yield from lines * next((many for kind, many in TIMES.items() if file.name.startswith(kind)), 1)


def criteria_lines(file: Path) -> Iterator[str]:
    """`tiêu chí số 2 Giao thông` and the name alone, for each criterion of a set and each of its aliases."""
    for row in tomllib.loads(file.read_text(encoding="utf-8")).get("criteria", ()):
        for name in (row["name"], *row.get("aliases", ())):
            yield f"tiêu chí số {row['number']} {name}"
            yield f"tiêu chí {name}"


def unit_lines(file: Path) -> Iterator[str]:
    """`xã Long Đống huyện Bắc Sơn tỉnh Lạng Sơn`: each unit with those above it; and letterheads."""
    with file.open(encoding="utf-8", newline="") as f:
        rows = {row["code"]: row for row in csv.DictReader(f)}
    greater = sorted({row["parent"] for row in rows.values()} & rows.keys())
    yield from letterheads(rows[code]["name"] for code in greater)
    for row in rows.values():
        line, above = f"{row['type']} {row['name']}", row["parent"]
        while above in rows:
            line, above = f"{line} {rows[above]['type']} {rows[above]['name']}", rows[above]["parent"]
        yield line


def letterheads(places: Iterable[str]) -> Iterator[str]:
    """Place and day of notices from everywhere, or the few places that notices are learnt from would be likelier than
    what stands there: `Bình Thuận, ngày` was read for `Ninh Thuận, ngày`.

    >>> list(letterheads(["Lạng Sơn"]))
    ['Lạng Sơn, ngày 01 tháng 01 năm 2020', '18/TB-UBND Lạng Sơn, ngày 01 tháng 01 năm 2020']
    """
    for place in places:
        yield from (f"{place}, {DAY}", f"18/TB-UBND {place}, {DAY}")


def compounds_of(files: Iterable[Path]) -> Iterator[str]:
    """The words of all lists of compounds, `compounds*.txt.xz`, one a line."""
    for file in files:
        if file.name.startswith("compounds"):
            with lzma.open(file, "rt", encoding="utf-8") as f:
                yield from (line.strip() for line in f)


def compound_keys(compounds: Iterable[str], known: Mapping[str, int]) -> NDArray[np.int64]:
    """Neighbours in compounds of two to four syllables, as keys of two words.

    >>> [divmod(int(key), 1 << BITS) for key in compound_keys(["sân khấu", "Tet"], {"khấu": 7, "sân": 8})]
    [(8, 7)]
    """
    keys = set()
    for compound in compounds:
        numbers = [known.get(spelling(word)) for word in compound.split()]
        if len(numbers) <= 4:
            keys |= {a << BITS | b for a, b in pairwise(numbers) if a is not None and b is not None}
    return np.array(sorted(keys), np.int64)


def counts_of(files: Iterable[Path]) -> Counted:
    """The pairs of words of all files of pairs."""
    return joined(
        read_counts(file) if file.name.endswith(".tsv.xz") else counted(pairs_of(file))
        for file in files
        if file.suffix == ".jsonl" or (file.name.startswith("pairs") and file.name.endswith(".tsv.xz"))
    )


def pairs_of(file: Path) -> Iterator[list[str]]:
    """The rows of a file of pairs."""
    with file.open(encoding="utf-8") as f:
        yield from map(json.loads, f)


def _vocabulary(cut: list[list[Piece]]) -> tuple[list[str], list[str], dict[str, int]]:
    """All words of the language model; those that restoration may write; abbreviations and their counts."""
    words: Counter[str] = Counter()
    short: Counter[str] = Counter()
    for line in cut:
        words.update(spelling(p.text) for p in line if p.kind is Kind.WORD and p.text.isalpha())
        short.update(p.text for p in line if p.kind is Kind.ABBREVIATION and p.text.isalpha())
    syllables = sorted(
        w for w, many in words.items() if many >= (2 if pronounceable(w) else 60) and len(w) < 8 and w.isalpha()
    )
    rest = sorted(w for w, many in words.items() if many >= 60 and w not in set(syllables))
    every = [*SPECIAL, *syllables, *rest, *sorted(w for w, many in short.items() if many >= 20)]
    if len(every) >= 1 << BITS:
        raise ValueError(f"{len(every)} words do not fit into {BITS} bits")
    for line in cut:
        for piece in line:
            if piece.kind is Kind.CODE and "@" not in piece.text:
                short.update(part for part in re.split(r"[\d\W_]+", piece.text) if part.isupper())
    return every, syllables, {w: many for w, many in sorted(short.items()) if len(w) < 10}


def _sentences(cut: Iterable[list[Piece]], shell: Model) -> Iterator[list[int]]:
    for line in cut:
        sentence: list[int] = []
        for piece in line:
            number = shell.number(piece)
            if number == END:
                yield sentence
                sentence = []
            elif number is not None:
                sentence.append(number)
        yield sentence


def _context(cut: Iterable[list[Piece]], known: dict[str, int], language: LanguageModel) -> Context:
    """The network over neighbours, from the same sentences."""
    alike = context.classes(known)
    sentences = (context.sentence_of(s, alike, known) for line in cut for s in _between_stops(line))
    seen, _ = context.stream(sentences)
    return context.assemble(alike, *context.train(seen, alike), language.grams[0].logp)


def _between_stops(line: list[Piece]) -> Iterator[list[Piece]]:
    sentence: list[Piece] = []
    for piece in line:
        if piece.kind is Kind.STOP:
            yield sentence
            sentence = []
        else:
            sentence.append(piece)
    yield sentence


def usable(pairs: Mapping[tuple[str, str], int], known: Mapping[str, int]) -> Counter[tuple[str, str]]:
    """Pairs whose true word is in the inventory, in its one spelling."""
    out: Counter[tuple[str, str]] = Counter()
    for (true, seen), many in pairs.items():
        if 0 < len(true) < 9 and 0 < len(seen) < 12 and spelling(true) in known:
            out[in_case(spelling(true), case_of(true)), seen] += many
    return out


def channel_of(reader: str, counts: Counted, known: dict[str, int], prior: dict[int, float]) -> Channel:
    """The channel of one reader, with what it says of the commonest words kept ready."""
    pairs = usable(counts.get(reader, {}), known)
    emissions = estimate(pairs, counts.get(reader + LETTERS))
    memory = remembered(believable(pairs, emissions))
    channel = Channel(emissions, known, memory, prior, LIMITS[reader])
    often = [seen for seen, row in memory.items() if sum(row.values()) > 1]
    printed = [in_case(word, case) for word in known for case in Case]
    channel.ready = make_ready(channel, often + (printed if reader == "vie" else list(map(unmark, printed))))
    return channel


if __name__ == "__main__":
    main()
