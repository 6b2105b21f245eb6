"""`python -m tools.count_neighbours FOLDER…`: which words stand side by side in the names that gold documents hold.

Recipients, addressees, who files a copy, who took part, issuers of what is cited, sources of money and what it is for.
Writes `extract/data/neighbours.txt`: a word or mark a line, behind it all that stood behind it in any name.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from extract.words.beside import neighbours

OUT = Path(__file__).parent.parent / "extract" / "data" / "neighbours.txt"
HEAD = "# Words and marks of bodies' names, and what stood behind each: counted by tools/count_neighbours.py.\n"


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=OUT)
def main(folders: tuple[Path, ...], out: Path) -> None:
    """Count the pairs of all gold documents (`*.json`) below FOLDERS."""
    documents = (json.loads(file.read_text("utf-8")) for folder in folders for file in sorted(folder.rglob("*.json")))
    rows = table(name for document in documents for name in names_in(document))
    out.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    click.echo(f"{out.name}: {len(rows)} words, {sum(row.count(' ') for row in rows)} pairs")


def table(names: Iterable[str]) -> list[str]:
    """A line for each word: the word and what stands behind it, in order.

    >>> table(["UBND tỉnh", "UBND xã Bắc Sơn"])
    ['K N ^', 'N ^', 'UBND K', '^ UBND']
    """
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for left, right in neighbours(name):
            found[left].add(right)
    return [" ".join((left, *sorted(rights))) for left, rights in sorted(found.items())]


def names_in(document: dict[str, Any]) -> Iterator[str]:
    """The names of bodies and of sources of money that a gold document holds."""
    own, programme = document.get("document") or {}, document.get("ntm") or {}
    yield from (recipient["name"] for recipient in own.get("recipients") or [])
    yield from own.get("addressed_to") or []
    yield from own.get("filing") or []
    yield from (cited["issuer"] for cited in document.get("citations") or [] if cited.get("issuer"))
    money = [(entry.get("source"), entry.get("item")) for entry in programme.get("funding") or []]
    yield from (name for pair in money for name in pair if name)
    for present in (programme.get("attendance") or {}).values():
        yield from present


if __name__ == "__main__":
    main()
