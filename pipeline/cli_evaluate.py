"""`thongbao evaluate`: judge documents against gold ones."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.evaluate.report import Report

FILE = click.Path(path_type=Path)


def _pattern(_: click.Context, __: click.Parameter, value: str | None) -> re.Pattern[str] | None:
    if value is None:
        return None
    try:
        pattern = re.compile(value)
    except re.error as error:
        raise click.BadParameter(f"{value!r} is no regular expression: {error}.") from error
    if {"name", "level"} - set(pattern.groupindex):
        raise click.BadParameter("it must name two groups: (?P<name>…) and (?P<level>…).")
    return pattern


@click.command(short_help="Judge documents against gold ones.")
@click.argument("gold", type=FILE)
@click.argument("made", type=FILE, metavar="PRED")
@click.option(
    "--misses", is_flag=True, help="List each wrong and each missed fact, with page, box, raw and confidence."
)
@click.option("--levels", is_flag=True, help="Group by level of scan: PRED/light/NAME.json or PRED/NAME.light.json.")
@click.option(
    "--level-pattern", callback=_pattern, metavar="REGEX", help="Name and level in a path, (?P<name>…) (?P<level>…)."
)
@click.option("--against", type=FILE, metavar="RUN.json", help="Show gains and losses against this saved run.")
@click.option("--save", type=FILE, metavar="RUN.json", help="Keep what was right and wrong, for --against.")
@click.option("--png", type=FILE, metavar="FILE", help="Draw the reliability diagram and the risk-coverage curve.")
@click.option("--html", type=FILE, metavar="FILE", help="Write all of it as one page that needs nothing else.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON instead of lines.")
def evaluate(
    gold: Path,
    made: Path,
    misses: bool,
    levels: bool,
    level_pattern: re.Pattern[str] | None,
    against: Path | None,
    save: Path | None,
    png: Path | None,
    html: Path | None,
    as_json: bool,
) -> None:
    """Judge the documents in PRED against the gold ones in GOLD, fact by fact.

    GOLD holds NAME.json (or NAME/gold.json, as samples/ does), PRED the documents of the same names; two single
    files do, too. A gold document may be partial: a key it lacks is not judged, a key that is null or empty says
    that the notice states no such thing. A document that PRED lacks misses all of its facts.

    \b
    thongbao evaluate samples/seen out                           figures by group and notice
    thongbao evaluate gold out --misses --html report.html       what is wrong, and where it stands
    thongbao evaluate gold out --save before.json                keep a run …
    thongbao evaluate gold out --against before.json             … and see what a change gained and lost
    thongbao evaluate gold out --levels                          out/light/NAME.json, out/dump/NAME.json, …

    \b
    strict   equal but for case, blanks, outer punctuation and the place of the tone mark (hoà = hòa)
    soft     free text (subject, recipients, issuers, …) may differ by a tenth of its letters
    macro    the mean of strict F1 over notices, so that one long table does not decide
    silent   wrong and not marked for review, per 1,000 values given out: the figure to keep low
    flagged  the share of values that are marked for review
    ECE      how far the confidence is from being the share that is right, in ten bins; 0 is best
    gained, lost    gold facts that are right now and were not, and the other way round
    worse, mended   wrong values that are new, and those that are gone

    \b
    Exit codes:
     0  judged, however badly       46  a file holds no document
    15  cannot be written           47  --against names no saved run
    45  there is nothing to judge
    """
    from ocr.errors import ThongbaoError
    from pipeline.batch.output import write
    from pipeline.evaluate.folders import by_name, by_name_and_level, judge_all
    from pipeline.evaluate.report import lines, report_on, to_json
    from pipeline.evaluate.saved import load_run, run_of, run_to_json, turns

    try:
        by_levels = levels or level_pattern is not None
        judged = judge_all(by_name_and_level(gold, made, level_pattern) if by_levels else by_name(gold, made))
        run = run_of(judged)
        report = report_on(judged, turns(load_run(against), run) if against else None)
        if save is not None:
            write(save, run_to_json(run).encode())
        _show(report, png, html)
    except ThongbaoError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    text = to_json(report) if as_json else "".join(line + "\n" for line in lines(report, misses))
    click.echo(text.encode(), nl=False)


def _show(report: Report, png: Path | None, html: Path | None) -> None:
    from pipeline.batch.output import write

    if png is not None:
        from pipeline.evaluate.show.charts import both
        from pipeline.evaluate.show.shapes import to_png

        write(png, to_png(both(report.calibration)))
    if html is not None:
        from pipeline.evaluate.show.page import page

        write(html, page(report).encode())
