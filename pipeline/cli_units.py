"""`thongbao units`: look units up, add a list of them for a day."""

from __future__ import annotations

import sys
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from normalize.lexicon.units import Unit
    from normalize.match import Match

UNSURE, NOTHING = 18, 19  # exit codes of `find`
NARROW, WIDE = 80, 140  # characters of a table: on a small terminal, in a file
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def units() -> None:
    """Provinces, districts and communes as they stood on a day.

    \b
    thongbao units find "Vil Ling" --in "Bac Son" --on 2023-11-30
    thongbao units load units-2017-10-15.csv --as-of 2017-10-15
    thongbao units list
    """


@units.command(short_help="Look a name up, noise and all.")
@click.argument("name")
@click.option("--in", "parent", help="The district (from 2025-07-01 the province) it lies in, noise and all.")
@click.option("--province", help="The province it lies in.")
@click.option("--on", "day", type=DAY, metavar="YYYY-MM-DD", help="As on this day; today unless given.")
def find(name: str, parent: str | None, province: str | None, day: datetime | None) -> None:
    """Look a name up, as it was read, with or without its type (`xã`, `TP.`), and show what it may be.

    \b
    Exit codes:
     0  one unit is it
    18  several may be: they are shown, best first
    19  nothing is like it
    """
    from normalize.lexicon.find import find_unit
    from ocr.errors import ThongbaoError

    try:
        match = find_unit(name, parent, province, day.date() if day else date.today())
    except ThongbaoError as error:
        _fail(error)
    if match.why in ("no candidates", "too far"):
        click.echo(f"nothing is like {name!r}; {_nearest(match)}", err=True)
        sys.exit(NOTHING)
    _show(match)
    sys.exit(0 if match.sure else UNSURE)


@units.command(short_help="Add an official list of units for a day.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", "day", type=DAY, required=True, metavar="YYYY-MM-DD", help="The day the list holds for.")
def load(file: Path, day: datetime) -> None:
    """Add a list of units, a CSV in the columns of the General Statistics Office's export.

    It is kept in the user's data folder (or THONGBAO_DATA) and holds from its day until that of the next list. A list
    of the same day is replaced; nothing is kept of one with a fault (exit code 20, with the line).
    """
    from normalize.lexicon.loading import load_units
    from ocr.errors import ThongbaoError

    try:
        done = load_units(file, day.date())
    except ThongbaoError as error:
        _fail(error)
    click.echo(f"{done.provinces} provinces, {done.districts} districts, {done.communes} communes as of {done.as_of}")
    click.echo(f"kept as {done.path}", err=True)


@units.command("list", short_help="Show the lists there are.")
def list_() -> None:
    """Show the lists there are, by the day from which each holds."""
    from normalize.lexicon.unit_files import folder
    from normalize.lexicon.units import Level, Units
    from ocr.errors import ThongbaoError

    try:
        for day, path in sorted(Units.paths().items()):
            held = Units.on(day)
            counts = ", ".join(f"{len(held.all(level)):,} {level.value}s" for level in Level)
            click.echo(f"{day}  {'yours' if folder() in path.parents else 'ours '}  {counts}")
    except ThongbaoError as error:
        _fail(error)


def _show(match: Match[Unit]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text  # plain: a name from a user's list must not be taken for markup

    table = Table(title=None if match.sure else f"not sure: {match.why}", caption=match.note or None)
    for column in ("score", "code", "type", "name", "district", "province", "as of", "today"):
        table.add_column(column, overflow="fold")
    for candidate in match.candidates[: 1 if match.sure else None]:
        table.add_row(f"{candidate.score:.2f}", *(Text(cell) for cell in _cells(candidate.value)))
    page = StringIO()
    width = max(get_terminal_size().columns, NARROW) if sys.stdout.isatty() else WIDE
    Console(file=page, width=width).print(table)
    click.echo(page.getvalue().encode(), nl=False)  # bytes: the locale has no say in it


def _cells(unit: Unit) -> list[str]:
    parents = [parent.name if parent else "" for parent in (unit.district, unit.province)]
    today = ", ".join(f"{s.name} {s.code}{'' if s.whole else ' (part)'}" for s in unit.successors)
    return [unit.code, unit.type, unit.name, *parents, unit.as_of.isoformat(), today]


def _nearest(match: Match[Unit]) -> str:
    near = ", ".join(f"{c.value.type} {c.name}" for c in match.candidates[:3])
    return f"nearest: {near}" if near else "no unit lies there"


def _fail(error: Exception) -> None:
    click.echo(f"error: {error}", err=True)
    sys.exit(getattr(error, "exit_code", 1))
