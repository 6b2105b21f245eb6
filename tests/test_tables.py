"""Ruled tables: rules found on worn pages, cells told apart by their ink, and what tables of known cells say."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import cv2
import numpy as np
import pytest

from extract.ntm.tables.kinds.bands import limits_in
from ocr.clean import CleanPage
from ocr.formats.dump import read_dump_page
from ocr.page import Box
from ocr.tables.bare import without_rules
from ocr.tables.cells import read_cells
from ocr.tables.ink import ink_of, mark_of
from ocr.tables.ruled import find_grids
from ocr.tesseract import EngineTrouble, Task
from tests.ruled_notices import LETTER, notice_with, noticed, page_of, told

TABLES = tomllib.loads((Path(__file__).parent / "cases/tables.toml").read_text("utf-8"))
CASES, LOOSE = TABLES["case"], TABLES["loose"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tables_of_known_cells_say_what_they_should(case) -> None:  # type: ignore[no-untyped-def]
    notice = notice_with(case["rows"], case.get("below", ""))
    found = told(notice)
    for status, key in (("achieved", "achieved"), ("not_achieved", "missing")):
        for commune, numbers in case.get(key, {}).items():
            for number in numbers:
                assert found[commune, number] == (status, False), (commune, number)
    for commune, numbers in case.get("turned", {}).items():
        assert all(found[commune, number] == ("not_achieved", True) for number in numbers), commune
    for commune, numbers in case.get("marked", {}).items():
        assert all(found[commune, number][1] for number in numbers), commune
    for commune, numbers in case.get("absent", {}).items():
        assert not any((commune, number) in found for number in numbers)
    statuses = {check.id: check.status.value for check in notice.checks if check.status != "pass"} or {}
    for ident, status in case.get("checks", {}).items():
        known = {check.id: check.status.value for check in notice.checks} | statuses
        assert known[ident] == status


@pytest.mark.parametrize("case", TABLES["verdicts"], ids=lambda case: case["name"])
def test_tables_of_verdicts_in_words(case) -> None:  # type: ignore[no-untyped-def]
    notice = notice_with(case["rows"])
    found = told(notice)
    assert notice.ntm is not None
    assert {one.unit.name: one.stated.achieved for one in notice.ntm.assessments} == case["stated"]
    assert [one.target.value for one in notice.ntm.assessments] == case["targets"]
    missing = {(commune, n): ("not_achieved", False) for commune, ns in case["missing"].items() for n in ns}
    marked = {(commune, n): ("not_achieved", True) for commune, ns in case.get("marked", {}).items() for n in ns}
    assert found == missing | marked


@pytest.mark.parametrize("case", LOOSE, ids=lambda case: case["name"])
def test_tables_that_lost_their_rules_say_what_is_certain(case) -> None:  # type: ignore[no-untyped-def]
    notice = noticed([read_dump_page(LETTER, 1), read_dump_page(case["text"], 2)])
    found = told(notice)
    assessments = notice.ntm.assessments if notice.ntm else ()
    told_counts = {one.unit.name: one.stated.achieved for one in assessments}
    assert told_counts == {name: None if count == "none" else count for name, count in case["stated"].items()}
    told_left = {one.unit.name: left for one in assessments if (left := one.stated.not_achieved) is not None}
    assert told_left == case.get("left", told_left)
    for status, key in (("achieved", "achieved"), ("not_achieved", "missing")):
        for commune, numbers in case.get(key, {}).items():
            assert all(found[commune, number] == (status, False) for number in numbers), commune
    for commune, numbers in case.get("marked", {}).items():
        assert all(found[commune, number][1] for number in numbers), commune
    for commune, numbers in case.get("absent", {}).items():
        assert not any((commune, number) in found for number in numbers)


def test_evidence_of_a_mark_is_its_cell() -> None:
    notice = notice_with(CASES[0]["rows"], CASES[0]["below"])
    empty = notice.evidence["/ntm/assessments/0/criteria/2"]
    assert empty.page == 2
    assert empty.boxes == ((400, 40, 500, 80),)
    assert empty.raw == ""


def test_bands_and_their_counts() -> None:
    notice = notice_with(
        "TT | Nhóm xã | Số xã | Tên xã\n1 | 15 - 18 tiêu chí | 02 | Tân Lập, Vũ Sơn\n"
        "2 | Dưới 10 tiêu chí | 01 | Long Đống\n"
    )
    bands = notice.ntm.bands if notice.ntm else ()
    assert [(b.min, b.max, b.count, [u.name for u in b.communes]) for b in bands] == [
        (15, 18, 2, ["Tân Lập", "Vũ Sơn"]),
        (0, 9, 1, ["Long Đống"]),
    ]
    assert limits_in("tong cong") is None


def test_lists_that_wrap_around_their_row_go_to_the_row_that_counts_them() -> None:
    text = """
TT Mức Số xã Tên xã
Tân Lập, Vũ Sơn, Long
1 19/19 tiêu chí 4 Đống, Đồng Ý
Vũ Lăng, Nhất
> | Từ 16 đến 18 tiêu chí 2
Hòa
3 Dưới 16 tiêu chí 1 Tân Hương
Cộng 7
"""
    notice = noticed([read_dump_page(LETTER, 1), read_dump_page(text, 2)])
    bands = notice.ntm.bands if notice.ntm else ()
    assert [(b.min, b.max, b.count, [u.name for u in b.communes]) for b in bands] == [
        (19, 19, 4, ["Tân Lập", "Vũ Sơn", "Long Đống", "Đồng Ý"]),
        (16, 18, 2, ["Vũ Lăng", "Nhất Hòa"]),
        (0, 15, 1, ["Tân Hương"]),
    ]


def test_rows_of_bands_without_end_are_no_table() -> None:
    rows = "\n".join(f"{n % 9} 19/19 tiêu chí 1\nTân Lập" for n in range(3000))
    notice = noticed([read_dump_page(LETTER, 1), read_dump_page(rows, 2)])
    assert notice.document.symbol == "BC-UBND"


def test_rows_below_a_source_are_its_items() -> None:
    rows = """TT | Nguồn vốn | Kế hoạch (triệu đồng)
1 | Ngân sách Trung ương | 21.460
1.1 | Vốn đầu tư phát triển | 16.800
1.2 | Vốn sự nghiệp | 4.660
2 | Ngân sách tỉnh | 9.250
 | Tổng cộng | 30.710"""
    notice = notice_with(rows)
    assert notice.ntm is not None
    assert [(one.source, one.item, one.amount_vnd // 10**6) for one in notice.ntm.funding] == [
        ("Ngân sách Trung ương", "Vốn đầu tư phát triển", 16_800),
        ("Ngân sách Trung ương", "Vốn sự nghiệp", 4_660),
        ("Ngân sách tỉnh", None, 9_250),
    ]
    assert not notice.review.fields


def test_money_of_several_sources_a_column_each() -> None:
    rows = """
    TT | Nội dung | Đơn vị thực hiện | Ngân sách trung ương | Ngân sách huyện | Tổng cộng
    1 | Hỗ trợ phát triển sản xuất | Phòng NN&PTNT | 2.150 | 320 | 2.470
    2 | Đào tạo nghề cho lao động | Phòng LĐ-TB&XH | 840 | | 840
    3 | Xử lý rác thải | Phòng TN&MT | 1.275 | 1g0 | 1.455
     | Tổng cộng | | 4.265 | 500 | 4.765
    """
    notice = noticed(
        [read_dump_page(f"{LETTER}Đơn vị tính: triệu đồng\n", 1), page_of(rows.replace("\n    ", "\n").strip())]
    )
    assert notice.ntm is not None
    got = [(one.source, one.item, one.amount_vnd, f"/ntm/funding/{i}/amount_vnd" in notice.review.fields)
           for i, one in enumerate(notice.ntm.funding)]  # fmt: skip
    works = ("Hỗ trợ phát triển sản xuất", "Đào tạo nghề cho lao động", "Xử lý rác thải")
    assert got == [
        ("Ngân sách trung ương", works[0], 2_150_000_000, False),
        ("Ngân sách trung ương", works[1], 840_000_000, False),
        ("Ngân sách trung ương", works[2], 1_275_000_000, False),
        ("Ngân sách huyện", works[0], 320_000_000, False),
        ("Ngân sách huyện", works[2], 180_000_000, True),
    ]


@pytest.mark.parametrize(("total", "status"), [("1.500", "pass"), ("1.400", "fail")])
def test_money_adds_up_or_is_marked(total: str, status: str) -> None:
    notice = notice_with(
        "TT | Nguồn vốn | Số tiền (triệu đồng)\n1 | Ngân sách tỉnh | 1.000\n2 | Vốn tín dụng | 500\n | Tổng cộng | "
        + total
    )
    funding = notice.ntm.funding if notice.ntm else ()
    assert [(f.source, f.amount_vnd) for f in funding] == [
        ("Ngân sách tỉnh", 1_000_000_000),
        ("Vốn tín dụng", 500_000_000),
    ]
    assert {c.id: c.status.value for c in notice.checks}["table-money-total"] == status
    assert notice.evidence["/ntm/funding/0/amount_vnd"].review is (status == "fail")


def drawn(
    rows: int, columns: int, *, dpi: int = 200, broken: bool = False, lean: float = 0.0, faint: int = 20
) -> np.ndarray:
    """A page with a grid of 8 x 20 mm cells."""
    unit = dpi / 25.4
    page = np.full((round(200 * unit), round(190 * unit)), 248, np.uint8)
    xs = [round((15 + 20 * c) * unit) for c in range(columns + 1)]
    ys = [round((30 + 8 * r) * unit) for r in range(rows + 1)]
    for y in ys:
        page[y : y + 2, xs[0] : xs[-1]] = faint
    for x in xs:
        page[ys[0] : ys[-1], x : x + 2] = faint
    if broken:
        gap = round(0.9 * unit)
        for place, y in enumerate(ys):
            for x in range(xs[0] + 3 * place + gap, xs[-1], 6 * gap):
                page[y - 1 : y + 3, x : x + gap] = 248
        for place, x in enumerate(xs):
            for y in range(ys[0] + 5 * place + gap, ys[-1], 6 * gap):
                page[y : y + gap, x - 1 : x + 3] = 248
    if lean:
        high, wide = page.shape
        page = cv2.warpAffine(
            page, cv2.getRotationMatrix2D((wide / 2, high / 2), lean, 1), (wide, high), borderValue=248
        )
    return page


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("how", [{}, {"broken": True}, {"lean": 0.2}, {"faint": 190}], ids=str)
def test_grids_are_found(dpi: int, how: dict[str, object]) -> None:
    grids = find_grids(drawn(6, 5, dpi=dpi, **how), dpi)  # type: ignore[arg-type]
    assert [(g.rows, g.columns, len(g.cells)) for g in grids] == [(6, 5, 30)]


def test_joined_cells_are_one() -> None:
    page, unit = drawn(4, 4), 200 / 25.4
    page[round(31 * unit) : round(37 * unit), round(36 * unit) : round(54 * unit)] = 248
    page[round(31 * unit) : round(37.5 * unit), round(34 * unit) : round(36 * unit)] = (
        248  # the rule between columns 1, 2
    )
    spans = {(c.row, c.column, c.rows, c.columns) for c in find_grids(page, 200)[0].cells}
    assert (0, 0, 1, 2) in spans
    assert len(spans) == 15


def test_letterheads_and_frames_are_no_tables() -> None:
    page = np.full((2000, 1600), 250, np.uint8)
    page[300:303, 200:500] = 10
    page[300:303, 900:1300] = 10
    cv2.rectangle(page, (200, 400), (500, 460), 10, 3)  # a box around HỎA TỐC
    assert find_grids(page, 200) == ()


def test_names_that_touch_their_rules_keep_their_letters() -> None:
    page = np.full((90, 120), 245, np.uint8)
    page[:, 20:22] = page[:, 100:102] = page[10:12] = page[80:82] = 20
    page[40:60, 22:26] = page[40:60, 96:100] = 20  # stems on both rules
    bare = without_rules(page, [Box(21, 11, 101, 81)], 8.0)
    ink = ink_of(bare.grey, bare.boxes[0], 8.0)
    assert ink is not None and ink.box.left <= 23 and ink.box.right >= 98


def test_a_rule_that_letters_touch_on_both_sides_still_parts_its_cells() -> None:
    page = np.full((600, 900), 250, np.uint8)
    xs = (100, 187, 274, 361, 448)
    for y in (100, 176, 220, 264):
        page[y : y + 3, xs[0] : xs[-1] + 3] = 0
    for x in xs:
        page[100:267, x : x + 3] = 0
    for x, y in product(xs[:-1], (134, 167)):
        cv2.putText(page, "HNHH", (x + 2, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    assert [(cell.column, cell.columns) for cell in find_grids(page, 200)[0].cells[:4]] == [(c, 1) for c in range(4)]


def test_a_fold_through_a_table_is_no_rule_of_it() -> None:
    page = np.full((1200, 900), 250, np.uint8)
    for y in (500, 560, 620):
        page[y : y + 2, 100:801] = 0
    for x in (100, 300, 800):
        page[500:621, x : x + 2] = 0
    page[100:1100, 550:552] = 0
    assert [(grid.rows, grid.columns) for grid in find_grids(page, 150)] == [(2, 2)]


def test_marks_are_told_by_their_ink() -> None:
    unit = 200 / 25.4
    found = []
    for draw in ("x", "+", "-", "short dash", "+ and speck", "", "speck"):
        page = np.full((90, 90), 245, np.uint8)
        if draw == "x":
            cv2.line(page, (36, 36), (54, 54), 20, 3)
            cv2.line(page, (36, 54), (54, 36), 20, 3)
        elif draw == "+":
            cv2.line(page, (36, 45), (54, 45), 20, 3)
            cv2.line(page, (45, 36), (45, 54), 20, 3)
        elif draw == "-":
            cv2.line(page, (38, 45), (52, 45), 20, 2)
        elif draw == "short dash":
            page[43:48, 42:49] = 20
        elif draw == "+ and speck":
            cv2.line(page, (36, 45), (54, 45), 20, 3)
            cv2.line(page, (45, 36), (45, 54), 20, 3)
            page[30:33, 56:59] = 60
        elif draw == "speck":
            page[44:47, 44:47] = 60
        ink = ink_of(page, Box(10, 10, 80, 80), unit)
        found.append("empty" if ink is None else mark_of(ink, unit)[0])
    assert found == ["x", "+", "-", "-", "+", "empty", "empty"]


class Silent:
    """An engine that can read nothing."""

    def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
        raise EngineTrouble(f"{image}: nothing")


def test_every_table_of_a_page_keeps_all_its_cells(tmp_path: Path) -> None:
    page = np.vstack([drawn(3, 3), drawn(2, 4), drawn(2, 3)])
    grids = find_grids(page, 200)
    cells = read_cells(grids, CleanPage(page, None, 200, 0.0, (), ()), Silent(), tmp_path / "cells.png")
    assert [len(own) for own in cells] == [9, 8, 6]
    assert [own[0].place for own in cells] == [grid.cells[0] for grid in grids]
