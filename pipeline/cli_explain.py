"""`thongbao explain`: how a value came about, or why there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli_options import language_option


@click.command(short_help="Say how a value came about, or why there is none.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("pointer")
@click.option("--notice", "which", default=1, show_default=True, help="Which notice of the file, from 1.")
@language_option
def explain(file: Path, pointer: str, which: int, language: str) -> None:
    """Read FILE (a scan or a dump) and say in plain words how the value at POINTER came about.

    POINTER is a JSON Pointer into the notice, as the keys of its `evidence` are. It may lead to a value, a whole
    part, or to something that is missing: then the rules that looked for it are named, with what they saw, and the
    lines that come nearest.

    \b
    thongbao explain tb-316.pdf /document/date
    thongbao explain tb-316.pdf /document/secrecy         why is there none?
    thongbao explain tb-316.pdf /ntm/assessments/0        all values of a part
    """
    from ocr.errors import ThongbaoError
    from ocr.read import ReadSettings
    from pipeline.batch.progress import Progress
    from pipeline.explain.pointer import NoSuchPlace
    from pipeline.explain.run import NoSuchNotice
    from pipeline.explain.run import explain as account
    from pipeline.explain.tell import tell
    from pipeline.settings import Settings

    settings = Settings(ocr=ReadSettings(language=language))
    try:
        with Progress(1, quiet=not sys.stderr.isatty()) as progress:
            progress.begin(file)
            told = tell(account(file, pointer, which, settings, progress.page))
    except ThongbaoError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except (NoSuchPlace, NoSuchNotice) as error:
        raise click.UsageError(str(error)) from error
    click.echo(told.encode(), nl=False)  # bytes: the locale has no say in it
