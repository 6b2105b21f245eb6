"""`thongbao status`, `retry`, `verify`, `forget`: what can be asked of the folder of a run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from pipeline.cli_run import FOLDER, Wishes, carry_out, with_wishes

P = ParamSpec("P")
T = TypeVar("T")

_out = click.argument("out", type=FOLDER, metavar="DIR")
_category = click.option("--category", "categories", multiple=True, metavar="WORD", help="Of these failures only.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")


def _told(command: Callable[P, T]) -> Callable[P, T]:
    """End with the message and the exit code of an expected failure."""

    @wraps(command)
    def called(*args: P.args, **kwargs: P.kwargs) -> T:
        from ocr.errors import ThongbaoError

        try:
            return command(*args, **kwargs)
        except ThongbaoError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(error.exit_code)

    return called


@click.command(short_help="Say how far a folder of `run` is, and what failed.")
@_out
@click.option("--failures", is_flag=True, help="List the files that failed, with the reason, tab-separated.")
@_category
@_json
@_told
def status(out: Path, failures: bool, categories: tuple[str, ...], as_json: bool) -> None:
    """Say how far DIR is: contents by state, failures by category, documents, doubtful values. A run may be at work.

    \b
    thongbao status notices
    thongbao status notices --failures --category damaged-file
    """
    from dataclasses import asdict

    from pipeline.batch import survey
    from pipeline.batch.progress import printable

    ledger = survey.look(out)
    if failures or categories:
        for failed in survey.failed(ledger, categories):
            told = json.dumps(asdict(failed), ensure_ascii=False) if as_json else ""
            click.echo(told or "\t".join(map(printable, (failed.name, failed.category, failed.message))))
        return
    found = survey.status(ledger)
    click.echo(json.dumps(found.told(), ensure_ascii=False, indent=2) if as_json else survey.report(found))


@click.command(short_help="Read again what failed.")
@_out
@_category
@with_wishes
@_told
def retry(out: Path, categories: tuple[str, ...], wishes: Wishes) -> None:
    """Read again the files of DIR that failed or lack pages; pages that were read are not read again.

    \b
    thongbao retry notices
    thongbao retry notices --category time-up --page-seconds 600
    thongbao retry notices --category failed-pages
    """
    from pipeline.batch.mend import items_of, wait_again

    names = wait_again(out, categories)
    carry_out(out, wishes, lambda _: items_of(names))


@click.command(short_help="Compare every document of a folder with the ledger.")
@_out
@click.option("--again", is_flag=True, help="Let the next run make what is missing or changed again.")
@_json
@_told
def verify(out: Path, again: bool, as_json: bool) -> None:
    """Hash every document in DIR again and name those that are missing or changed; the exit code is then 41.

    \b
    thongbao verify notices
    thongbao verify notices --again          the next run makes them again, without reading pages again
    """
    from dataclasses import asdict

    from pipeline.batch.errors import ChangedOutput
    from pipeline.batch.mend import make_again
    from pipeline.batch.mend import verify as verified

    found = verified(out)
    if again and found.sources:
        make_again(out, found.sources)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        for label, paths in (("missing", found.missing), ("changed", found.changed)):
            for path in paths:
                click.echo(f"{label}\t{path}")
        click.echo(f"{found.whole} whole, {len(found.missing)} missing, {len(found.changed)} changed", err=True)
    sys.exit(ChangedOutput.exit_code if found.sources else 0)


@click.command(short_help="Strike files out of a folder, with their documents.")
@_out
@click.argument("what", nargs=-1, required=True, metavar="WHAT…")
@_told
def forget(out: Path, what: tuple[str, ...]) -> None:
    """Strike WHAT out of DIR, with its documents: names of files or folders, or digests (8 hex digits or more).

    The files themselves stay where they are; the next run reads them again if it is given them.

    \b
    thongbao forget notices scans/2023/tb-05.pdf
    thongbao forget notices scans/2019 3fa4c1d2
    """
    from pipeline.batch.mend import forget as forgotten

    removed = forgotten(out, what)
    for path in removed:
        click.echo(path)
    click.echo(f"{len(removed)} documents removed", err=True)
