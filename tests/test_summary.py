"""What a person sees of a set of notices."""

from __future__ import annotations

import io

from rich.console import Console

from pipeline.summary import as_table, rows, total
from tests.documents import a_notice


def test_a_row_says_what_matters():
    (row,) = rows([("tb-05", a_notice())])
    assert (row.code, row.issuer, row.date) == ("05/TB-SNV", "Sở Nội vụ", "2023-03-14")
    assert row.results == "xã Long Đống: assessed, ntm 1/19"
    assert (row.review, row.failed) == ("2 of 6", "")


def test_what_is_not_known_is_told():
    bare = a_notice(document={}, ntm=None, checks=(), evidence={}, review={})
    (row,) = rows([("x", bare)])
    assert (row.code, row.issuer, row.date, row.results) == ("?", "?", "?", "")


def test_text_of_a_scan_is_no_markup():
    sly = a_notice(document={"issuer": "[red]Sở[/red] [/]"}, evidence={}, review={})
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(as_table(rows([("a[b]", sly)])))
    shown = console.export_text()
    assert "[red]Sở[/red]" in shown
    assert "a[b]" in shown


def test_total_counts():
    assert total([a_notice()] * 2) == "2 notices, 12 values, 4 for a person to look at, 0 checks failed"
