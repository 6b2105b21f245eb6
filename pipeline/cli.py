"""The command `thongbao`. Each command loads what it needs when it runs, so that help is there at once."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli_evaluate import evaluate
from pipeline.cli_explain import explain
from pipeline.cli_folder import forget, retry, status, verify
from pipeline.cli_options import language_option, review_below_option
from pipeline.cli_restore import restore
from pipeline.cli_run import run
from pipeline.cli_units import units

if TYPE_CHECKING:
    from pipeline.batch.progress import Progress
    from pipeline.batch.run import Make
    from pipeline.settings import Settings

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(path_type=Path)
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=HELP)
@click.version_option(package_name="thongbao")
def main() -> None:
    """Scanned Vietnamese administrative notices into data that people can trust.

    \b
    thongbao doctor                          is all there that is needed?
    thongbao read tb-316.pdf                 one notice, as JSON
    thongbao read scans/*.pdf --out notices  many notices, a file each
    thongbao explain tb-316.pdf /document/date   how did this value come about?
    thongbao run scans --out notices         a whole folder; stop and go on as you like
    thongbao export notices --to csv         tables of them all
    thongbao units find "Long Dong"          which unit is that, and what is it today?
    """
    # nearly all that a run makes is still wanted at its end: looking for garbage less often saves a tenth of the start
    gc.set_threshold(100_000, 50, 50)


@main.command(short_help="Read scans and OCR dumps into notice documents.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--out", type=FOLDER, help="Write DIR/<stem>.json for each file instead of printing.", metavar="DIR")
@click.option("--text", is_flag=True, help="Give the restored full text, page by page, instead of JSON.")
@language_option
@review_below_option
@click.option("--quiet", is_flag=True, help="Say nothing but failures.")
def read(
    files: tuple[Path, ...], out: Path | None, text: bool, language: str, review_below: float, quiet: bool
) -> None:
    """Read scans (PDF, PNG, JPEG, TIFF) and OCR dumps (text) into notice documents.

    One file prints its JSON on standard output; several need --out. A file that holds several notices gives one
    document each, on standard output one after the other, in DIR as <stem>.json, <stem>-2.json, and so on. Progress
    goes to standard error. Files with the same stem cannot be read in one run; an existing result is replaced, an
    original never.

    \b
    thongbao read tb-316.pdf | jq .document
    thongbao read --out notices scans/*.pdf dumps/*.txt
    thongbao read --text tb-316.pdf            a form feed ends each page

    With several files the others still come out when one fails; the exit code is that of the first failure.

    \b
    0  all were read                  9  too large
    2  wrong usage                   10  Tesseract is missing
    3  no such file                  11  a language is missing
    4  empty                         12  no page could be read
    5  no PDF, image or text         13  poppler is missing
    6  damaged                       14  no notice
    7  encrypted                     15  the result cannot be written
    8  no pages                      16  two results of one name
    1  a fault of thongbao itself
    """
    if out is None and len(files) > 1:
        raise click.UsageError("Several files need a folder for their results: --out DIR.")
    from ocr.read import ReadSettings
    from pipeline.settings import Settings

    make = _maker(Settings(ocr=ReadSettings(language=language), review_below=review_below), text)
    sys.exit(_print_one(files[0], make, quiet) if out is None else _write_all(files, out, make, text, quiet))


@main.command(short_help="Say what is installed and what is missing.")
def doctor() -> None:
    """Say what is installed, which versions and languages, and what to do about what is missing."""
    from pipeline.doctor import examine, report

    findings = examine()
    click.echo(report(findings))
    sys.exit(0 if all(finding.good for finding in findings) else 1)


@main.command(short_help="Print the JSON Schema of a notice document.")
def schema() -> None:
    """Print the JSON Schema (2020-12) of a notice document.

    \b
    thongbao schema > notice.schema.json
    """
    import json

    from extract.notice import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@main.command(short_help="Make tables of notice documents.")
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--to", "form", type=click.Choice(["csv", "parquet"]), required=True, help="The form of the tables.")
@click.option("--out", type=FOLDER, metavar="DIR", help="Where the tables go; DIR itself unless given.")
def export(folder: Path, form: str, out: Path | None) -> None:
    """Make tables of the notice documents in DIR: one row a notice, and one a notice × unit × criterion.

    \b
    thongbao export notices --to csv                   notices/notices.csv and notices/results.csv
    thongbao export notices --to parquet --out tables

    CSV is UTF-8 with a byte order mark, so that Excel shows Vietnamese letters. A document that is not valid is
    named on standard error and left out; the exit code is then 17.
    """
    from ocr.errors import ThongbaoError
    from pipeline.export.tables import export_folder

    try:
        made, bad = export_folder(folder, form, out or folder)
    except ThongbaoError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    for failure in bad:
        click.echo(f"error: {failure}", err=True)
    for path, rows in made.items():
        click.echo(f"{path}: {rows} rows", err=True)
    sys.exit(bad[0].exit_code if bad else 0)


main.add_command(evaluate)
main.add_command(explain)
main.add_command(units)
main.add_command(restore)
for command in (run, status, retry, verify, forget):
    main.add_command(command)


def _maker(settings: Settings, text: bool) -> Make:
    from extract.notice import to_json
    from pipeline.read import read_notices, read_text

    def make(file: Path, progress: Progress) -> list[str]:
        if text:
            return [read_text(file, settings, progress.page)]
        return [to_json(notice) for notice in read_notices(file, settings, progress.page)]

    return make


def _print_one(file: Path, make: Make, quiet: bool) -> int:
    from ocr.errors import ThongbaoError
    from pipeline.batch.progress import Progress
    from pipeline.batch.run import made

    with Progress(1, quiet) as progress:
        progress.begin(file)
        try:
            results = made(file, make, progress)
        except ThongbaoError as error:
            progress.failed(error)
            return error.exit_code
        progress.done()
    click.echo("".join(results).encode(), nl=False)  # bytes: the locale has no say in it
    return 0


def _write_all(files: tuple[Path, ...], out: Path, make: Make, text: bool, quiet: bool) -> int:
    from ocr.errors import ThongbaoError
    from pipeline.batch.output import plan
    from pipeline.batch.progress import Progress
    from pipeline.batch.run import run

    try:
        targets = plan(files, out, ".txt" if text else ".json")
    except ThongbaoError as error:
        click.echo(f"error: {error}", err=True)
        return error.exit_code
    with Progress(len(targets), quiet) as progress:
        return run(targets, make, progress)
