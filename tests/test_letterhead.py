"""Issuer, number, place, date, title: the head of a notice as dumps give it."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.build import draft_document
from extract.citations import find_citations
from extract.rules.issue_date import find_issued
from extract.rules.issuer import find_issuers
from extract.rules.number import find_number
from extract.rules.title import find_subject, find_type
from tests.notices import FOOT, zones_of

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def notice(left: list[str], number: str, date: str, title: str, body: str = "Căn cứ quy định hiện hành.") -> str:
    rows = [f"{left[0]} {STATE}", f"{left[1] if len(left) > 1 else ''} {MOTTO}", *left[2:], f"{number} {date}", title]
    return "\n".join(rows) + f"\n\n{body}\n\n{FOOT}"


TITLE = "THÔNG BÁO\nVề kết quả kiểm tra"
DATE = "Lào Cai, ngày 05 tháng 7 năm 2022"


@pytest.mark.parametrize(
    ("left", "issuer", "parent"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"], "Ủy ban nhân dân tỉnh Lào Cai", None),
        (["UBND HUYỆN BẮC HÀ"], "UBND huyện Bắc Hà", None),
        (["UBND TỈNH LÀO CAI", "SỞ NÔNG NGHIỆP VÀ", "PHÁT TRIỂN NÔNG THÔN"],
         "Sở Nông nghiệp và Phát triển nông thôn", "UBND tỉnh Lào Cai"),
        (["UBND TỈNH LÀO CAI", "VĂN PHÒNG ĐIỀU PHỐI", "NÔNG THÔN MỚI"],
         "Văn phòng Điều phối nông thôn mới", "UBND tỉnh Lào Cai"),
        (["TỈNH ĐOÀN PHÚ YÊN", "BAN CHẤP HÀNH", "ĐOÀN HUYỆN SÔNG HINH"],
         "Ban Chấp hành Đoàn huyện Sông Hinh", "Tỉnh Đoàn Phú Yên"),
        (["TỔNG CÔNG TY", "HÀNG HẢI VIỆT NAM", "CÔNG TY CỔ PHẦN CẢNG HẢI PHÒNG"],
         "Công ty cổ phần Cảng Hải Phòng", "Tổng công ty Hàng hải Việt Nam"),
        (["UBND HUYỆN HƯNG HÀ", "BAN CHỈ ĐẠO", "PHÒNG, CHỐNG THIÊN TAI"],
         "Ban Chỉ đạo phòng, chống thiên tai", "UBND huyện Hưng Hà"),
        (["UBND HUYỆN BẮC HÀ", "HỘI ĐỒNG BỒI THƯỜNG,", "HỖ TRỢ VÀ TÁI ĐỊNH CƯ"],
         "Hội đồng bồi thường, hỗ trợ và tái định cư", "UBND huyện Bắc Hà"),
        (["TẬP ĐOÀN CÔNG NGHIỆP", "CAO SU VIỆT NAM", "CÔNG TY TNHH MTV CAO SU", "CHƯ SÊ"],
         "Công ty TNHH MTV cao su Chư Sê", "Tập đoàn Công nghiệp Cao su Việt Nam"),
        (["TẬP ĐOÀN CÔNG NGHIỆP", "THAN - KHOÁNG SẢN VIỆT NAM", "CÔNG TY TNHH MTV", "THAN MẠO KHÊ"],
         "Công ty TNHH MTV than Mạo Khê", "Tập đoàn Công nghiệp Than - Khoáng sản Việt Nam"),
        (["ỦY BAN NHÂN DÂN", "TINH LÀO CAI"], "Ủy ban nhân dân tỉnh Lào Cai", None),
    ],
)  # fmt: skip
def test_bodies_over_one_to_three_lines(left, issuer, parent):
    found = find_issuers(zones_of(notice(left, "Số: 12/TB-UBND", DATE, TITLE)))
    assert [body.value.casefold() if body else None for body in found] == [
        issuer.casefold(), parent.casefold() if parent else None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 316/TB-STNMT", "316", "TB-STNMT"),
        ("Số: 05 /QĐ-UBND", "05", "QĐ-UBND"),
        ("S6: 117/QD-UBND", "117", "QĐ-UBND"),
        ("86: 236 /VPDP-NVGS", "236", "VPĐP-NVGS"),
        ("Số: /UBND-KTTH", None, "UBND-KTTH"),
        ("Số: 4/2 /BC-UBND", None, "BC-UBND"),
    ],
)
def test_number_line(line, number, symbol):
    found = find_number(zones_of(notice(["UBND HUYỆN BẮC HÀ"], line, DATE, TITLE)))
    assert (found.number.value if found.number else None) == number
    assert found.symbol.value == symbol


def test_a_gap_before_the_stroke_of_a_dump_is_doubted():
    found = find_number(zones_of(notice(["UBND HUYỆN BẮC HÀ"], "Số: 316 /TB-UBND", DATE, TITLE)))
    assert found.number.review and found.code.review


def test_a_symbol_that_contradicts_the_title_is_mended_and_marked():
    found = find_number(zones_of(notice(["UBND HUYỆN BẮC HÀ"], "Số: 12/TJr-UBND", DATE, "TỜ TRÌNH\nVề việc giao đất")))
    assert (found.symbol.value, found.code.value) == ("TTr-UBND", "12/TTr-UBND")
    assert found.symbol.review and found.symbol.method.value == "inferred"


class TestDay:
    """The day, which is often filled in by hand."""

    def issued(self, day: str, body: str = "Căn cứ quy định.", word: str = "ngày", month: str = "11"):
        date = f"Bắc Hà, {word}{day} tháng {month} năm 2023"
        text = notice(["UBND HUYỆN BẮC HÀ"], "Số: 12/TB-UBND", date, TITLE, body)
        zones = zones_of(text)
        past = tuple(c.date.value for c in find_citations(zones) if c.date)
        return find_issued(zones, past).date

    def test_as_printed(self):
        date = self.issued(" 08")
        assert date.value == dt.date(2023, 11, 8) and not date.review

    @pytest.mark.parametrize(
        ("word", "day", "month", "value"),
        [
            ("ngày", " Í [", "8", dt.date(2023, 8, 11)),
            ("ngày", " 17", "§", dt.date(2023, 8, 17)),
            ("ngàu", " 4", "10", dt.date(2023, 10, 4)),
            ("risàty", " 21", "10", dt.date(2023, 10, 21)),
        ],
    )
    def test_worn_figures_and_words_are_read_and_doubted(self, word, day, month, value):
        date = self.issued(day, word=word, month=month)
        assert date.value == value
        assert date.review

    def test_no_day_of_the_calendar_is_inferred_from_what_the_body_names_as_past(self):
        date = self.issued("70", "Căn cứ Công văn số 139/BCĐ-NTM ngày 28/11/2023 của Ban Chỉ đạo tỉnh;")
        assert date.value == dt.date(2023, 11, 30)
        assert date.review and date.method.value == "inferred"
        assert date.alternatives == ("2023-11-28", "2023-11-29")
        assert "28/11/2023" in date.why

    def test_a_day_before_what_it_cites_is_not_passed_on(self):
        date = self.issued(" 08", "Căn cứ Công văn số 139/BCĐ-NTM ngày 28/11/2023 của Ban Chỉ đạo tỉnh;")
        assert date is None or (date.review and date.value >= dt.date(2023, 11, 28))

    def test_nothing_read_gives_nothing(self):
        assert self.issued("…") is None


def test_title_and_subject_over_two_lines():
    zones = zones_of(
        notice(
            ["UBND HUYỆN BẮC HÀ"],
            "Số: 12/QĐ-UBND",
            DATE,
            "QUYẾT ĐỊNH\nVề việc công nhận xã đạt chuẩn\nnông thôn mới năm 2022",
        )
    )
    slug, name = find_type(zones, None)
    assert (slug.value, name.value) == ("quyet_dinh", "Quyết định")
    assert find_subject(zones).value == "công nhận xã đạt chuẩn nông thôn mới năm 2022"


def test_the_end_of_an_offices_name_above_the_number_is_no_title():
    left = ["UBND HUYỆN LÂM BÌNH", "BAN CHỈ ĐẠO CÁC", "CHƯƠNG TRÌNH MTQG"]
    zones = zones_of(notice(left, "Số: 87/BC-BCĐ", DATE, "BÁO CÁO\nMức độ đạt chuẩn nông thôn mới"))
    slug, _ = find_type(zones, None)
    assert slug.value == "bao_cao"
    assert find_issuers(zones)[0].value.casefold() == "ban chỉ đạo các chương trình mtqg"


def test_a_letter_has_its_subject_under_the_number():
    text = (
        f"UBND TỈNH LÀO CAI {STATE}\nSỞ TÀI CHÍNH {MOTTO}\nSố: 99/STC-NS {DATE}\n"
        "V/v thẩm định dự toán\nkinh phí năm 2022\n\n"
        "Kính gửi: UBND huyện Bắc Hà; Phòng Tài chính - Kế hoạch huyện.\n\n"
        f"Thực hiện quy định, Sở Tài chính đề nghị.\n\n{FOOT}"
    )
    document = draft_document(zones_of(text), ())
    assert document.type.value == "cong_van"
    assert document.subject.value == "thẩm định dự toán kinh phí năm 2022"
    assert [who.value for who in document.addressed_to] == ["UBND huyện Bắc Hà", "Phòng Tài chính - Kế hoạch huyện"]
    assert document.issuer.value == "Sở Tài chính"


def test_a_sentence_below_the_title_is_no_subject():
    head = notice(["SỞ TƯ PHÁP"], "Số: 12/GGT-STP", DATE, "GIẤY GIỚI THIỆU", "Sở Tư pháp giới thiệu bà Lê Thị An.")
    assert find_subject(zones_of(head)) is None
    body = "THÔNG BÁO\nLịch tiếp công dân tháng 8\nSở Tư pháp thông báo lịch tiếp công dân như sau: ngày 10."
    found = find_subject(zones_of(notice(["SỞ TƯ PHÁP"], "Số: 12/TB-STP", DATE, body)))
    assert found.value == "Lịch tiếp công dân tháng 8"


def test_urgency_stamped_above_the_subject():
    document = draft_document(zones_of(notice(["UBND HUYỆN BẮC HÀ"], "Số: 12/TB-UBND", DATE, f"HỎA TỐC\n{TITLE}")), ())
    assert document.urgency.value.value == "hoa_toc"


@pytest.mark.parametrize(
    ("place", "value", "review"),
    [("Giáo", "Phú Giáo", True), ("Phú Giáo", "Phú Giáo", False), ("Hà Nội", "Hà Nội", False)],
)
def test_a_place_whose_first_word_is_lost_is_the_issuers_seat(place, value, review):
    office, date = ["ỦY BAN NHÂN DÂN", "HUYỆN PHÚ GIÁO"], f"{place}, ngày 05 tháng 6 năm 2019"
    document = draft_document(zones_of(notice(office, "Số: 12/TB-UBND", date, "THÔNG BÁO")), ())
    assert document.place.value == value
    assert document.place.review is review
