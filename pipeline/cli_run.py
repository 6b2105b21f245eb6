"""`thongbao run`: many files into a folder."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline.cli_options import language_option, review_below_option

if TYPE_CHECKING:
    from pipeline.batch.outcome import Threshold
    from pipeline.batch.start import Hire, Order, Take

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


_LIMITS = (
    click.option("--workers", type=click.IntRange(0), default=0, help="Processes; as many as cores unless given."),
    click.option("--max-failures", default="100%", metavar="N|N%", help="Stop when more files fail, as 10% or 50."),
    click.option(
        "--page-seconds", type=click.FloatRange(1), default=180.0, show_default=True, help="Time for one page."
    ),
    click.option("--memory", type=click.IntRange(500), default=4000, show_default=True, help="MB a process."),
    click.option("--new-only", is_flag=True, help="Leave alone what an earlier version or other settings have read."),
    click.option("--sandbox/--no-sandbox", default=True, help="Keep workers off network and disk if bubblewrap works."),
    click.option("--tesseract-apart", is_flag=True, help="Run Tesseract as a process for each image; dearer."),
    click.option(
        "--engine", type=click.Choice(["local", "ray"]), default="local", help="ray: a cluster that is there."
    ),
    click.option("--password-file", type=FILE, metavar="FILE", help="Passwords of encrypted PDFs, one a line."),
    click.option("--log-json", type=FILE, metavar="FILE", help="Add a line of JSON for each file."),
    click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on standard output."),
    language_option,
    review_below_option,
    click.option("--quiet", is_flag=True, help="Say nothing but failures."),
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The options that `run` and `retry` share."""

    workers: int
    max_failures: str
    page_seconds: float
    memory: int
    new_only: bool
    sandbox: bool
    tesseract_apart: bool
    engine: str
    password_file: Path | None
    log_json: Path | None
    as_json: bool
    language: str
    review_below: float
    quiet: bool


def with_wishes(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `Wishes`, as its last argument."""

    @wraps(command)
    def called(**given: Any) -> None:  # noqa: ANN401 - what click parsed
        mine = {field.name: given.pop(field.name) for field in fields(Wishes)}
        command(**given, wishes=Wishes(**mine))

    for option in reversed(_LIMITS):
        called = option(called)
    return called


@click.command(short_help="Read many files into a folder; can be stopped and resumed at any moment.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option("--out", required=True, type=FOLDER, metavar="DIR", help="Where documents and ledger go.")
@click.option("--documents", default="", metavar="URL", help="Put documents there instead, as s3://bucket/notices.")
@click.option("--watch", is_flag=True, help="Keep taking files that come into the folders, until stopped.")
@with_wishes
def run(inputs: tuple[str, ...], out: Path, documents: str, watch: bool, wishes: Wishes) -> None:
    """Read files, folders with all below them, patterns, zip and tar archives; `-` takes a list from standard input.

    \b
    thongbao run scans --out notices
    find . -name '*.pdf' -print0 | thongbao run - --out notices
    thongbao run s3://archive/scans --out notices --documents s3://archive/notices
    thongbao run '2023/**/*.tif' old.zip --out notices --max-failures 10%

    Documents lie in DIR as the files lie in their folders: scans/2023/tb-05.pdf gives DIR/2023/tb-05.json; where
    two files would give one document, part of their digest is added. DIR/.thongbao holds the ledger. Run again,
    only what is new or changed is read; after a crash it goes on where it was. The same bytes are read once,
    whatever their names.

    Exit codes: 0 all was read, 40 some files failed, 39 stopped by --max-failures, 37 another run is at work on
    DIR, 15 DIR cannot be written, 130 and 143 stopped by Ctrl-C and SIGTERM.
    """
    from pipeline.batch.intake.walk import items
    from pipeline.batch.intake.watching import arriving

    given, leave_out = _inputs(inputs), out.absolute()
    if watch and not any(Path(each).is_dir() for each in given):
        raise click.UsageError("--watch needs a folder among the inputs.")
    if watch:
        carry_out(out, wishes, lambda others: arriving(given, leave_out, others), documents, counted=False)
    carry_out(out, wishes, lambda others: items(given, leave_out, others), documents)


def carry_out(out: Path, wishes: Wishes, items: Take, documents: str = "", *, counted: bool = True) -> NoReturn:
    """Do what is wished with the items, and leave with the exit code."""
    from ocr.errors import ThongbaoError
    from pipeline.batch.start import carry_out

    try:
        report = carry_out(_order(out, wishes, documents, counted), items, _hire(wishes.engine))
    except ThongbaoError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    if wishes.as_json:
        click.echo(json.dumps(report.summary, ensure_ascii=False, indent=2))
    sys.exit(report.exit_code)


def _hire(engine: str) -> Hire:
    """Who gives workers."""
    if engine == "ray":
        from pipeline.batch.work.cluster import ClusterWorkers

        return ClusterWorkers
    from pipeline.batch.work.pool import LocalWorkers

    return LocalWorkers


def _order(out: Path, wishes: Wishes, documents: str, counted: bool) -> Order:
    from ocr.read import ReadSettings
    from pipeline.batch.start import Order
    from pipeline.batch.work.limits import WorkLimits
    from pipeline.settings import Settings

    return Order(
        out=out,
        settings=Settings(ocr=ReadSettings(language=wishes.language), review_below=wishes.review_below),
        limits=WorkLimits(
            page_seconds=wishes.page_seconds,
            memory=wishes.memory * 1_000_000,
            sandbox=wishes.sandbox,
            apart=wishes.tesseract_apart,
        ),
        workers=wishes.workers,
        threshold=_threshold(wishes.max_failures),
        documents=documents,
        new_only=wishes.new_only,
        passwords=_passwords(wishes.password_file),
        log=wishes.log_json,
        quiet=wishes.quiet,
        counted=counted,
    )


def _passwords(path: Path | None) -> tuple[str, ...]:
    """The lines of a file; they are written nowhere."""
    if path is None:
        return ()
    try:
        return tuple(line for line in path.read_text("utf-8").splitlines() if line)
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{path} cannot be read ({error})", param_hint="--password-file") from error


def _threshold(told: str) -> Threshold:
    from pipeline.batch.outcome import Threshold

    try:
        return Threshold.of(told)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--max-failures") from error


def _inputs(given: tuple[str, ...]) -> list[str]:
    from pipeline.batch.intake.walk import listed

    names = [name for name in given if name != "-"]
    return names + (listed(sys.stdin.buffer.read()) if "-" in given else [])
