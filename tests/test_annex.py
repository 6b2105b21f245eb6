"""What stands behind the signature, over a page's end, or told the other way round: each as whole notices have it."""

from __future__ import annotations

from extract.notice import Notice
from ocr.formats.dump import read_dump_page
from tests.ruled_notices import noticed, told

HEAD = """UBND HUYỆN BẮC SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND Bắc Sơn, ngày 20 tháng 11 năm 2020

BÁO CÁO
Kết quả thẩm tra xây dựng nông thôn mới năm 2020

"""
FOOT = """
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- UBND tỉnh; CHỦ TỊCH
- Lưu: VT.
Nguyễn Văn Minh
"""


def read(*pages: str) -> Notice:
    return noticed([read_dump_page(page, number) for number, page in enumerate(pages, 1)])


def test_an_annex_is_of_the_unit_that_its_head_names() -> None:
    body = "1. Xã Tân Lập: qua thẩm tra mới đạt 17/19 tiêu chí.\n"
    annex = """PHỤ LỤC
KẾT QUẢ THẨM TRA XÃ TÂN LẬP
(Kèm theo Báo cáo số 12/BC-UBND ngày 20/11/2020 của UBND huyện Bắc Sơn)

Tiêu chí số 1 - Quy hoạch: có quy chế quản lý. Đánh giá: Đạt.
Tiêu chí số 2 - Giao thông: đường xã đạt 71%. Đánh giá: Chưa đạt.
"""
    found = told(read(HEAD + body + FOOT, annex))
    assert found["Tân Lập", 1][0] == "achieved"
    assert found["Tân Lập", 2][0] == "not_achieved"


def test_another_office_s_paper_behind_the_signature_is_no_annex() -> None:
    body = "1. Xã Tân Lập: qua thẩm tra mới đạt 17/19 tiêu chí.\n"
    other = "Danh mục hồ sơ\nTiêu chí số 2 - Giao thông: đường xã đạt 71%. Đánh giá: Chưa đạt.\n"
    assert ("Tân Lập", 2) not in told(read(HEAD + body + FOOT, other))


def test_a_name_that_a_page_ends_in_is_one_name() -> None:
    first = "1. Kết quả: 02 xã đạt từ 13 đến 14 tiêu chí, gồm các xã Tân Lập, Long"
    second = "2\n\nĐống; các xã còn lại đạt dưới 13 tiêu chí.\n"
    notice = read(HEAD + first, second + FOOT)
    assert notice.ntm is not None
    assert [unit.name for unit in notice.ntm.bands[0].communes] == ["Tân Lập", "Long Đống"]


def test_results_told_criterion_by_criterion() -> None:
    body = """1. Tiêu chí số 15 về Y tế
Đạt: xã Tân Lập, xã Vũ Sơn.
Chưa đạt: xã Long Đống (trạm y tế xã Đồng Ý giúp).
"""
    found = told(read(HEAD + body + FOOT))
    assert {key: status for key, (status, _) in found.items()} == {
        ("Tân Lập", 15): "achieved",
        ("Vũ Sơn", 15): "achieved",
        ("Long Đống", 15): "not_achieved",
    }


def test_a_withdrawn_recognition_recognises_nobody() -> None:
    body = (
        "Điều 1. Thu hồi Quyết định số 1340/QĐ-UBND ngày 28/12/2018 của UBND tỉnh về việc công nhận xã Tân Lập "
        "đạt chuẩn nông thôn mới năm 2018.\n"
    )
    notice = read(HEAD + body + FOOT)
    outcomes = [one.outcome.value for one in notice.ntm.assessments] if notice.ntm else []
    assert "recognised" not in outcomes


def test_a_range_above_all_criteria_is_no_band() -> None:
    body = "1. Toàn huyện có 18 xã; 05 xã đạt trên 19 tiêu chí; 03 xã đạt dưới 0 tiêu chí; 02 xã đạt 19 tiêu chí.\n"
    notice = read(HEAD + body + FOOT)
    assert [(b.min, b.max, b.count) for b in (notice.ntm.bands if notice.ntm else ())] == [(19, 19, 2)]


def test_a_year_misread_in_a_citation_moves_no_notice() -> None:
    body = (
        "Căn cứ Nghị quyết số 53/NQ-HĐND ngày 20/12/2029 của HĐND huyện; Kế hoạch năm 2020, kết quả năm 2020:\n"
        "1. Xã Tân Lập đạt 17/19 tiêu chí.\n"
    )
    notice = read(HEAD + body + FOOT)
    assert notice.document.date is not None
    assert notice.document.date.year == 2020
    assert notice.ntm is not None
    assert all(one.unit.code and one.unit.district for one in notice.ntm.assessments)


def test_symbols_of_other_authors_share_none() -> None:
    body = (
        "Theo Quyết định số 318/QĐ-TTg ngày 08/3/2022, Quyết định số 1372/QĐ-UBND ngày 16/6/2022 của UBND tỉnh, "
        "Quyết định số 1373/QĐ-UBND, 1374/QĐ-UBND ngày 17/6/2022 của UBND tỉnh:\n"
    )
    notice = read(HEAD.replace("2020", "2022") + body + FOOT)
    assert [(one.code, one.issuer) for one in notice.citations] == [
        ("318/QĐ-TTg", None),
        ("1372/QĐ-UBND", "UBND tỉnh"),
        ("1373/QĐ-UBND", "UBND tỉnh"),
        ("1374/QĐ-UBND", "UBND tỉnh"),
    ]


def test_the_parts_of_a_list_of_recognised_communes_give_the_level() -> None:
    head = (
        HEAD.replace(
            "BÁO CÁO\nKết quả thẩm tra xây dựng nông thôn mới năm 2020",
            ("QUYẾT ĐỊNH\nVề việc công nhận xã đạt chuẩn nông thôn mới nâng cao, nông thôn mới kiểu mẫu năm 2020"),
        )
        .replace("UBND HUYỆN BẮC SƠN", "UBND TỈNH LẠNG SƠN")
        .replace("Bắc Sơn,", "Lạng Sơn,")
        .replace("BC-", "QĐ-")
    )
    body = "Điều 1. Công nhận 03 xã, có danh sách kèm theo.\n"
    annex = """DANH SÁCH
(Kèm theo Quyết định số 12/QĐ-UBND ngày 20/11/2020 của UBND tỉnh)
I XÃ NÔNG THÔN MỚI NÂNG CAO
TT Huyện Xã
1 Bắc Sơn Tân Lập
2 Vũ Sơn
II XÃ NÔNG THÔN MỚI KIỂU MẪU
TT Huyện Xã Lĩnh vực
1 Bắc Sơn Long Đống Văn hóa
"""
    notice = read(head + body + FOOT, annex)
    assert notice.ntm is not None
    assert [(one.unit.name, one.target.value, one.outcome.value) for one in notice.ntm.assessments] == [
        ("Tân Lập", "nang_cao", "recognised"),
        ("Vũ Sơn", "nang_cao", "recognised"),
        ("Long Đống", "kieu_mau", "recognised"),
    ]


def test_a_year_that_stands_in_the_head_alone_is_the_one_the_text_speaks_of() -> None:
    body = "1. Năm 2020, xã Tân Lập đạt 17/19 tiêu chí; năm 2020 xã Vũ Sơn đạt 12/19 tiêu chí.\n"
    for misread in ("2029", "2099"):
        page = read_dump_page(HEAD.replace("tháng 11 năm 2020", f"tháng 11 năm {misread}") + body + FOOT, 1)
        notice = noticed([page])
        assert notice.document.date is not None
        assert notice.document.date.isoformat() == "2020-11-20"
        assert notice.evidence["/document/date"].review
    kept = noticed([read_dump_page(HEAD.replace("11 năm 2020", "11 năm 2021") + body + FOOT, 1)])
    assert kept.document.date is not None
    assert kept.document.date.year == 2021


def test_a_letter_that_names_only_older_years_keeps_its_own() -> None:
    body = (
        "Căn cứ Nghị định số 34/2016/NĐ-CP ngày 14/5/2016 và Thông tư số 41/2016/TT-BTC ngày 01/3/2016 của Bộ "
        "Tài chính,\n"
    )
    head = HEAD.replace("20 tháng 11 năm 2020", "20 tháng 11 năm 2019").replace(" năm 2020\n", "\n")
    notice = noticed([read_dump_page(head + body + "1. Xã Tân Lập đạt 17/19 tiêu chí.\n" + FOOT, 1)])
    assert notice.document.date is not None
    assert notice.document.date.isoformat() == "2019-11-20"
