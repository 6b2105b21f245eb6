"""Several notices in one file, and what only looks like it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from extract.parts.bundle import split
from extract.parts.enclosures import Heading, encloses
from normalize.fold import fold
from normalize.text import from_pages
from ocr.page import Line, Page, Word

CASES = tomllib.loads((Path(__file__).parent / "cases" / "enclosures.toml").read_text("utf-8"))["case"]
LETTERHEAD = ["UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc"]
END = ["Nơi nhận: KT. GIÁM ĐỐC", "- Như trên; PHÓ GIÁM ĐỐC"]


def page(number, *rows):
    words = (tuple(Word(token, None, 1.0, number, 0, 0) for token in row.split()) for row in rows)
    return Page(number, 0, 0, tuple(Line(row) for row in words))


def first(number, code="Số: 05/TB-SNV", *rows):
    return page(number, *LETTERHEAD, code + " Lạng Sơn, ngày 14 tháng 3 năm 2023", "THÔNG BÁO", *rows)


def cut(*pages):
    return [[each.number for each in part] for part in split(pages)]


def test_one_notice_of_many_pages():
    assert cut(first(1), page(2, "2. Nội dung"), page(3, *END)) == [[1, 2, 3]]


def test_notices_of_one_office():
    assert cut(first(1), page(2, *END), first(3, "Số: 06/BC-SNV"), first(4, "Số: 07/TB-SNV")) == [[1, 2], [3], [4]]


def test_notices_of_different_offices():
    assert cut(first(1), page(2, *END), first(3, "Số: 18/KH-UBND")) == [[1, 2], [3]]


def test_an_enclosure_stays_with_its_letter():
    letter = first(1, "Số: 42/SNV-TH", "Sở Nội vụ gửi kèm Thông báo của Sở Xây dựng.", *END)
    assert cut(letter, first(2, "Số: 18/TB-SXD"), page(3, *END)) == [[1, 2, 3]]


def test_a_form_that_a_decree_brings_is_no_enclosure():
    notice = first(1, "Số: 05/TB-SNV", "Phiếu đăng ký theo mẫu ban hành kèm theo Nghị định số 115/2020/NĐ-CP.", *END)
    assert cut(notice, first(2, "Số: 18/TB-SXD"), page(3, *END)) == [[1], [2, 3]]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['text'][:40]} {case['paper'][1]}" for case in CASES])
def test_a_notice_encloses_what_it_names(case):
    own, paper = heading("", case["own"]), heading(*case["paper"])
    assert encloses(fold(case["text"]), own, paper) is case["encloses"]


def heading(words, code):
    number, symbol = code.split("/")
    return Heading(fold(words), number, symbol)


def test_a_list_that_is_enclosed_is_no_paper_of_another_office():
    report = first(1, "Số: 415/BC-SNV", "Kết quả từng xã tại Phụ lục kèm theo.", *END)
    annex = page(2, "PHỤ LỤC", "(Kèm theo Báo cáo số 415/BC-SNV ngày 28/9/2023 của Sở Nội vụ)", "1 Xã Yên Hoa 12")
    assert cut(report, annex, first(3, "Số: 18/TB-SXD"), page(4, *END)) == [[1, 2], [3, 4]]


def test_the_letterhead_of_a_form_begins_nothing():
    letter = first(1, "Số: 42/SNV-TH", "Các xã báo cáo trước ngày 15/12/2023.", *END)
    assert cut(letter, page(2, "Mẫu số 01", *LETTERHEAD, "Số: /BC-UBND", "BÁO CÁO")) == [[1, 2]]


def test_a_paper_of_the_party_begins_a_notice():
    head = ["ĐẢNG BỘ TỈNH HÀ TĨNH ĐẢNG CỘNG SẢN VIỆT NAM", "HUYỆN ỦY VŨ QUANG", "Số 1286-CV/HU Vũ Quang, ngày 16"]
    assert cut(first(1), page(2, *END), page(3, *head), first(4)) == [[1, 2], [3, 4]]
    assert cut(first(1), page(2, *END), page(3, *head), page(4, *END), first(5)) == [[1, 2], [3, 4], [5]]


def test_offices_of_one_symbol_are_told_apart_by_their_letterheads():
    other = ["ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HUYỆN TÂN KỲ Độc lập - Tự do - Hạnh phúc"]
    letter = first(1, "Số: 42/UBND-TH", "UBND tỉnh gửi kèm Báo cáo của huyện.", *END)
    assert cut(letter, page(2, *other, "Số: 18/BC-UBND")) == [[1, 2]]
    assert cut(letter, first(2, "Số: 43/UBND-TH")) == [[1], [2]]


def test_an_annex_is_part_of_its_notice():
    assert cut(first(1), page(2, *END), page(3, "PHỤ LỤC", "(Kèm theo Thông báo số 05/TB-SNV)")) == [[1, 2, 3]]


def test_a_quoted_number_line_begins_nothing():
    assert cut(first(1), page(2, "Số: 18/KH-UBND", *END)) == [[1, 2]]


def test_a_page_that_cannot_be_read_stays_with_the_notice_before():
    torn = Page(2, 0, 0, (), problem="torn")
    assert cut(first(1), torn, first(3)) == [[1, 2], [3]]


@pytest.mark.parametrize("pages", [(), (page(1),), (page(1, "x"), page(2))])
def test_odd_files(pages):
    assert sum(map(len, split(pages))) == len(pages)


def test_pages_keep_their_numbers():
    (_, second) = split((first(1), replace(first(2), number=2)))
    assert {word.page for word in from_pages(second).words} == {2}
