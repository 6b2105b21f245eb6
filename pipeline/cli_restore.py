"""`thongbao restore`: put the diacritics of a text back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from normalize.restore import Change

LARGEST = 50_000_000  # bytes of a text


@click.command(short_help="Put the diacritics of a text back.")
@click.argument("file", metavar="FILE")
@click.option("--changes", "listed", is_flag=True, help="List what was changed, with how sure it is, tab-separated.")
@click.option("--expect", multiple=True, metavar="NAME", help="A name that stands in it, as a commune; repeatable.")
def restore(file: str, listed: bool, expect: tuple[str, ...]) -> None:
    """Print FILE (`-` for standard input) with its diacritics restored.

    The text is UTF-8 or, recognised by its letters, TCVN3, VNI, VISCII or VPS.

    \b
    thongbao restore dump.txt > right.txt
    thongbao restore --changes dump.txt      line, before, after, certainty, runner-up
    """
    from normalize.restore import restore_string
    from ocr.errors import ThongbaoError

    try:
        string = _text(file)
    except ThongbaoError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    restored, changes = restore_string(string, expect)
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text stream has it
    sys.stdout.write(_rows(restored, changes) if listed else restored)


def _text(file: str) -> str:
    """The text of a file. Raises the typed errors of `ocr.errors`."""
    from ocr.errors import NotADocument, TooLarge, Unreadable
    from ocr.formats.legacy import convert, note

    try:
        with click.open_file(file, "rb") as f:
            raw: bytes = f.read(LARGEST + 1)
    except OSError:
        raise Unreadable(file) from None
    if len(raw) > LARGEST:
        raise TooLarge(file)
    try:
        return convert(raw.decode("utf-8-sig"))[0]
    except UnicodeDecodeError:
        turned, among = convert(raw.decode("latin-1"))
    if not among:
        raise NotADocument(file, "this is no text in UTF-8, nor in an older encoding", "Convert it to UTF-8 first.")
    click.echo(note(among), err=True)
    return turned


def _rows(restored: str, changes: tuple[Change, ...]) -> str:
    """One row a change: line (from 1), before, after, certainty, runner-up."""
    rows, line, at = [], 1, 0
    for change in changes:
        line += restored.count("\n", at, change.start)
        at = change.start
        rows.append(f"{line}\t{change.before}\t{change.after}\t{change.certainty:.4f}\t{change.runner_up or ''}\n")
    return "".join(rows)
