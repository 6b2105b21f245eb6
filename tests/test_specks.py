"""Specks of a page that an engine reads as marks, and print that it reads twice: mended on scans alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.repairs.doubled import without_doubles
from normalize.repairs.figures import mend_figures
from normalize.repairs.specks import CERTAINTY, PERHAPS, without_specks
from normalize.text import Text, from_lines, from_pages
from ocr.page import Box, Line, Page, Word


def scanned(*lines: str) -> Text:
    """A page with a box for each word, thirty pixels high, ten wide a letter."""
    rows, raw = [], ""
    for row, line in enumerate(lines):
        words = []
        for token in line.split():
            at = len(raw)
            raw += token + " "
            words.append(
                Word(token, Box(at * 10, row * 40, (at + len(token)) * 10, row * 40 + 30), 0.95, 1, at, len(raw) - 1)
            )
        rows.append(Line(tuple(words)))
    return from_pages([Page(1, 0, 0, tuple(rows), raw)])


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Ban Chấp hành Trung.ương Đảng", "Ban Chấp hành Trung ương Đảng"),
        ("Phòng Tư.pháp, Sở Xây. dựng", "Phòng Tư pháp, Sở Xây dựng"),
        ("- UBND'08 xã;", "- UBND 08 xã;"),
        ("SỞ NÔNG NGHIỆP-VÀ PTNT", "SỞ NÔNG NGHIỆP VÀ PTNT"),
        ("Các phòng, ban,.ngành huyện", "Các phòng, ban, ngành huyện"),
        ("Liên minh Hợp tác xã thành-phố", "Liên minh Hợp tác xã thành phố"),
        ("UBND.các xã: Định Môn", "UBND các xã: Định Môn"),
        ("cho đoàn viên. người lao động", "cho đoàn viên, người lao động"),
        ("của Thủ tướng. Chính phủ", "của Thủ tướng Chính phủ"),
        ("HUYỆN ỦY, VŨ QUANG", "HUYỆN ỦY VŨ QUANG"),
        ("ngân sách tỉnh:.3 tỷ 120 triệu đồng", "ngân sách tỉnh: 3 tỷ 120 triệu đồng"),
        (".02 trạm bơm điện", "02 trạm bơm điện"),
    ],
)
def test_no_print_has_these_marks(read: str, printed: str) -> None:
    assert without_specks(scanned(read)).text.string == f"{printed}\n"
    assert without_specks(from_lines([read])).text.string == f"{read}\n"  # typed text has its own slips


@pytest.mark.parametrize(
    "line",
    [
        "Website: ubnd.quangnam.gov.vn, thư điện tử vpub@quangnam.gov.vn",
        "TT. Huyện ủy; Tp.Hồ Chí Minh; Đ/c Y Thắng; Đắk R’lấp",
        "đạt 17/19 tiêu chí. Xã Tân Lập đạt 18/19 tiêu chí. có 02 xã",
        "Nông nghiệp - Phát triển nông thôn; 14.230 triệu đồng; v.v. và",
    ],
)
def test_print_that_has_marks_keeps_them(line: str) -> None:
    assert without_specks(scanned(line)).text.string == f"{line}\n"


def test_a_comma_that_may_be_a_speck_is_less_sure() -> None:
    cleaned = without_specks(scanned("cho đoàn viên. người lao động của Thủ tướng. Chính phủ"))
    words = {cleaned.text.words[i].text: sure for i, sure in cleaned.certainty.items()}
    assert words == {"viên.": PERHAPS, "tướng.": CERTAINTY}


@given(st.lists(st.text(alphabet="aăđêôơưÂĐxXáàạ .,:;'’-/0123\n", max_size=40), max_size=6))
def test_any_page_keeps_its_letters(lines: list[str]) -> None:
    page = scanned(*(" ".join(line.split()) for line in lines))
    cleaned = without_specks(page).text
    assert "".join(filter(str.isalnum, cleaned.string)) == "".join(filter(str.isalnum, page.string))


@given(st.text(alphabet="0123456789IlÏ§OØ|L!õó[] .,/()-TTr:tháng triệu tỷ xã năm\n", max_size=60))
def test_figures_are_mended_once_each(line: str) -> None:
    page = from_lines(line.split("\n"))
    assert len(mend_figures(page).text.lines) == len(page.lines)


def test_print_read_twice_stands_once() -> None:
    raw = "UBND xí xã Tam Lãnh"
    at = {
        "UBND": (1025, 1090, 0.92),
        "xí": (1102, 1127, 0.84),
        "xã": (1112, 1136, 0.92),
        "Tam": (1150, 1190, 0.95),
        "Lãnh": (1200, 1250, 0.95),
    }
    words = tuple(
        Word(
            token,
            Box(at[token][0], 10, at[token][1], 40),
            at[token][2],
            1,
            raw.index(token),
            raw.index(token) + len(token),
        )
        for token in raw.split()
    )
    page = from_pages([Page(1, 0, 0, (Line(words),), raw)])
    assert without_doubles(page).string == "UBND xã Tam Lãnh\n"
    assert without_doubles(scanned("tháng 12 năm 2019")).string == "tháng 12 năm 2019\n"
