"""Pack notices of our own writing into a text that restoration learns from: `normalize/data/model/notices.txt.xz`.

    python -m tools.pack_notices tests/cases/whole/write OUT.txt.xz \
        --without samples --without tests/cases/whole/dumps --without tests/cases/whole/judge \
        --unlike ../shared/bench/seed --unlike ../shared/corpus

A sentence a line, in the order of the files' names. Notices that stand in a folder of `--without` are left out, under
whatever form of their name, so that dumps of them judge what has not been learnt; so are lines that share six words in
a row with the seed notice or a held-out file of `--unlike`. The same notices give the same bytes.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from normalize.fold import fold
from normalize.pieces.tokens import Kind, pieces

RUN = 6  # words in a row that make a line one of another text
_GAP = re.compile(r"[ \t|]{3,}|\t|[+=-]{4,}|[…._]{4,}")  # between columns and rows; dots to be filled in
_FORM = re.compile(r"^(?:made|dump)-|-\d\d$")  # what a notice's name gets before and behind it
_HEAD = """# Notices written for this project (people, figures and documents in them do not exist), a sentence a line:
# {many} of tests/cases/whole/write, packed by tools/pack_notices.py. Apache-2.0 as the project.
"""
Run = tuple[str, ...]
Folder = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("folder", type=Folder)
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--without", multiple=True, type=Folder, help="a folder of notices that are to be left out")
@click.option("--unlike", multiple=True, type=Folder, help="a folder of texts whose lines are to be left out")
def main(folder: Path, out: Path, without: tuple[Path, ...], unlike: tuple[Path, ...]) -> None:
    """Pack the notices of FOLDER into OUT."""
    barred = {name_of(file) for place in without for file in place.rglob("*")}
    taken = {file.read_text(encoding="utf-8"): name_of(file) for file in sorted(folder.glob("*.txt"))}
    notices = [text for text, name in taken.items() if name not in barred]
    measured = set(chain.from_iterable(runs(text) for place in unlike for text in texts_of(place)))
    lines = [line for text in notices for line in sentences(text) if measured.isdisjoint(runs(line))]
    packed = _HEAD.format(many=len(notices)) + "\n".join(lines) + "\n"
    out.write_bytes(lzma.compress(packed.encode(), preset=9))
    click.echo(f"{len(notices)} of {len(taken)} notices, {len(lines):,} lines, {len(packed.split()):,} words")


def name_of(file: Path) -> str:
    """What a notice is called, whatever form of it a file holds.

    >>> name_of(Path("dump-bc-an-bien-2014.txt")), name_of(Path("bb-binh-luc-2022-25.txt"))
    ('bc-an-bien-2014', 'bb-binh-luc-2022')
    """
    return _FORM.sub("", file.stem)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a notice that is wrapped and set in columns, each on one line.

    >>> list(sentences("UBND TỈNH      CỘNG HÒA\\n\\nCác xã đạt\\nchuẩn; còn lại:\\n- Xã Tân An."))
    ['UBND TỈNH', 'CỘNG HÒA', 'Các xã đạt chuẩn; còn lại:', '- Xã Tân An.']
    """
    text, at = _GAP.sub("\n\n", text), 0
    ends = [(p.start, p.end) for p in pieces(text) if p.kind is Kind.STOP and "\n" in p.text]
    for start, end in [*ends, (len(text), len(text))]:
        line, at = " ".join(text[at:start].split()), end
        if line:
            yield line


def runs(text: str) -> set[Run]:
    """All runs of six words of a text, marks and case aside.

    >>> runs("Ủy ban nhân dân huyện Bắc Sơn") >= {("uy", "ban", "nhan", "dan", "huyen", "bac")}
    True
    """
    words = re.findall(r"[^\W_]+", fold(text).lower())
    return set(zip(*(words[i:] for i in range(RUN)), strict=False))


def texts_of(place: Path) -> Iterator[str]:
    """The texts of a folder that is measured on: all, or those held out where some are; of pairs the true lines.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     rows = '["Các xã", "Cac xa"]\\n["đạt chuẩn", "dat"]'
    ...     _ = (Path(folder) / "pairs-heldout.jsonl").write_text(rows, "utf-8")
    ...     list(texts_of(Path(folder)))
    ['Các xã đạt chuẩn']
    """
    files = sorted(file for file in place.iterdir() if file.name.endswith((".txt", ".txt.xz", ".jsonl")))
    held = [file for file in files if "heldout" in file.name]
    for file in held or files:
        with lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8") as f:
            yield " ".join(json.loads(line)[0] if file.suffix == ".jsonl" else line for line in f)


if __name__ == "__main__":
    main()
