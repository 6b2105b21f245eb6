"""An evaluation as one HTML page: no script, no font, nothing to fetch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import compress

from pipeline.evaluate.judge import LARGE, Rates, Summary
from pipeline.evaluate.report import Miss, Part, Report, misses
from pipeline.evaluate.saved import Turn
from pipeline.evaluate.show.charts import reliability_diagram, risk_coverage_curve
from pipeline.evaluate.show.shapes import Drawing, to_svg

_STYLE = """
:root { color-scheme: light; --ink: #1d2733; --soft: #5d6b7a; --rule: #dfe4ea; --bad: #c2452d; --doubt: #a86a00; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: #fff; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; } p { color: var(--soft); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem; padding: 0; }
.tiles li { list-style: none; border: 1px solid var(--rule); border-radius: .5rem; padding: .6rem .9rem; }
.tiles b { display: block; font-size: 1.45rem; font-weight: 600; }
.tiles span { color: var(--soft); font-size: .85rem; }
.charts { display: flex; flex-wrap: wrap; gap: 1rem; } .charts svg { width: 460px; max-width: 100%; height: auto; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .88rem; }
th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th { color: var(--soft); font-weight: 500; } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
td.t { max-width: 22rem; overflow-wrap: anywhere; } td.w { white-space: nowrap; }
.silent, .lost, .worse { color: var(--bad); font-weight: 600; }
.flagged { color: var(--doubt); } .missed { color: var(--soft); } .gained, .mended { color: #2b7a3d; }
"""
_UNBROKEN = 32  # characters; shorter words are not broken over lines
_FIGURES = ("right", "wrong", "missed", "precision", "recall", "F1")


def page(report: Report, title: str = "Evaluation") -> str:
    """The page as text."""
    parts = [
        f"<h1>{escape(title)}</h1>",
        _tiles(report),
        "<h2>Confidence</h2>",
        '<div class="charts">' + "".join(map(to_svg, _charts(report))) + "</div>",
        f"<p>{escape(_counted(report))}</p>",
        *_levels(report.levels),
        "<h2>Groups of facts</h2>",
        _table(("group", *_FIGURES), [(name, *_rates(rates)) for name, rates in report.total.groups]),
        "<h2>Notices</h2>",
        _table(
            ("notice", "level", *_FIGURES, "silent"),
            [(one.name, one.level, *_rates(one.strict), one.silent) for one in report.judged],
        ),
        *_turns(report.turns),
        *_misses(list(misses(report.judged))),
    ]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n'
    )


def _charts(report: Report) -> tuple[Drawing, Drawing]:
    return reliability_diagram(report.calibration), risk_coverage_curve(report.calibration)


def _counted(report: Report) -> str:
    told = report.calibration
    return (
        f"{told.count:,} values with evidence; {told.unproven:,} without are in neither chart. "
        "A bar below the dashed line was too sure of itself. Figures in the bars are numbers of values."
    )


def _tiles(report: Report) -> str:
    total = report.total
    told = (
        ("strict F1", total.strict.f1),
        ("soft F1", total.soft.f1),
        ("macro F1 over notices", total.macro),
        ("whole notices right", f"{total.whole}/{total.notices}"),
        ("silent errors per 1,000", total.per_1000),
        ("marked for review", "–" if total.share_flagged is None else f"{total.share_flagged:.1%}"),
        ("ECE", report.calibration.ece),
    )
    rows = "".join(f"<li><b>{escape(str(value))}</b><span>{escape(name)}</span></li>" for name, value in told)
    return f'<ul class="tiles">{rows}</ul>'


def _rates(rates: Rates) -> tuple[object, ...]:
    return rates.right, rates.wrong, rates.missed, rates.precision, rates.recall, rates.f1


def _levels(levels: dict[str, Part]) -> Iterator[str]:
    if levels:
        yield "<h2>Levels of scan</h2>"
        yield _table(
            (
                "level",
                "strict F1",
                "soft F1",
                "macro F1",
                "silent per 1,000",
                "marked",
                "ECE",
                "worst group of 20 and more",
            ),
            [
                (name, *_level(part.figures), part.calibration.ece, _worst(part.figures))
                for name, part in levels.items()
            ],
        )


def _level(told: Summary) -> tuple[object, ...]:
    return told.strict.f1, told.soft.f1, told.macro, told.per_1000, told.share_flagged


def _worst(told: Summary) -> str:
    worst = told.worst(LARGE)
    return f"{worst[1]} {worst[0]:.3f}" if worst else "–"


def _turns(turns: Sequence[Turn] | None) -> Iterator[str]:
    if turns is None:
        return
    yield "<h2>Gains and losses against the saved run</h2>"
    rows = [(t.kind, t.notice, t.level, t.group, t.anchor, t.value) for t in turns]
    yield _table(("", "notice", "level", "group", "of what", "value"), rows) if rows else "<p>Nothing changed.</p>"


def _misses(found: Sequence[Miss]) -> Iterator[str]:
    yield "<h2>What is wrong or missed</h2>"
    if not found:
        yield "<p>Nothing.</p>"
        return
    yield "<p>silent: wrong, and nothing says so; flagged: wrong, and marked; missed: in the gold document only.</p>"
    order = {"silent": 0, "flagged": 1, "missed": 2}
    rows = sorted(found, key=lambda miss: (order[miss.kind], miss.notice, miss.level))
    yield _table(
        ("", "notice", "level", "group", "of what", "said", "gold", "confidence", "page", "box", "as read", "why"),
        [_row(miss) for miss in rows],
    )


def _row(miss: Miss) -> tuple[object, ...]:
    boxes = "; ".join(" ".join(map(str, box)) for box in miss.boxes)
    where = (miss.confidence, miss.page, boxes, miss.raw, miss.why)
    return miss.kind, miss.notice, miss.level, miss.group, miss.anchor, miss.said, miss.want or miss.gold, *where


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    rows = list(rows)
    filled = [any(row[i] not in (None, "") for row in rows) for i in range(len(heads))]  # others are left out
    body = "".join("<tr>" + "".join(map(_cell, compress(row, filled))) + "</tr>" for row in rows)
    numbers = {"right", "wrong", "missed", "precision", "recall", "F1", "silent", "confidence", "page"}
    top = "".join(
        f'<th class="{"n" if head in numbers else "t"}">{escape(head)}</th>' for head in compress(heads, filled)
    )
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(value: object) -> str:
    if isinstance(value, (int, float)):
        return f'<td class="n">{value if isinstance(value, int) else f"{value:.3f}"}</td>'
    text = "" if value is None else str(value)
    kind = text if text in ("silent", "flagged", "missed", "gained", "lost", "worse", "mended") else "t"
    kind = "w" if kind == "t" and " " not in text and len(text) < _UNBROKEN else kind
    return f'<td class="{kind}">{escape(text)}</td>'
