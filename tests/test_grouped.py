"""What gathers communes: rows across a table, counts by criterion, labels that wrap, lists with numbers in brackets."""

from __future__ import annotations

from extract.notice import Notice
from ocr.formats.dump import read_dump_page
from tests.ruled_notices import LETTER, noticed, page_of, told
from tests.test_annex import FOOT, HEAD


def read(text: str) -> Notice:
    return noticed([read_dump_page(HEAD + text + FOOT, 1)])


def bands(notice: Notice) -> list[tuple[int, int, int | None, list[str]]]:
    found = notice.ntm.bands if notice.ntm else ()
    return [(band.min, band.max, band.count, [unit.name for unit in band.communes]) for band in found]


def test_rows_across_a_table_gather_those_below() -> None:
    numbers = " | ".join(str(n) for n in range(1, 20))
    marks = {19: " | ".join(["+"] * 19), 15: " | ".join(["+"] * 15 + [""] * 4)}
    across = " | ".join(["<"] * 20)
    rows = f"""
TT | Xã | {numbers}
A. Nhóm xã đạt 19 tiêu chí (02 xã) | {across}
1 | Tân Lập | {marks[19]}
2 | Vũ Sơn | {marks[19]}
B. Nhóm xã đạt từ 15 đến 18 tiêu chí (01 xã) | {across}
3 | Long Đống | {marks[15]}
"""
    notice = noticed([read_dump_page(LETTER, 1), page_of(rows)])
    assert bands(notice) == [(19, 19, 2, ["Tân Lập", "Vũ Sơn"]), (15, 18, 1, ["Long Đống"])]
    assert told(notice)["Long Đống", 15][0] == "achieved"


def test_one_line_counts_who_has_a_criterion_and_who_has_not() -> None:
    found = told(
        read(
            "1. Số tiêu chí: xã Tân Lập đạt 19/19, xã Vũ Sơn đạt 19/19, xã Long Đống đạt 17/19 tiêu chí.\n"
            "2. Tiêu chí số 1 - Quy hoạch: 3/3 xã đạt.\n"
            "3. Tiêu chí số 2 - Giao thông: 02 xã đạt (Tân Lập, Vũ Sơn); 01 xã chưa đạt (Long Đống).\n"
            "4. Tiêu chí số 5 - Trường học: 03 xã đạt (Tân Lập, Vũ Sơn).\n"
        )
    )
    assert {key: status for key, (status, _) in found.items() if key[1] == 2} == {
        ("Tân Lập", 2): "achieved",
        ("Vũ Sơn", 2): "achieved",
        ("Long Đống", 2): "not_achieved",
    }
    assert all(found[name, 1][0] == "achieved" for name in ("Tân Lập", "Vũ Sơn", "Long Đống"))
    assert not any(number == 5 for _, number in found), "fewer are named than counted"


def test_labels_of_bands_wrap_around_their_rows() -> None:
    notice = read(
        "TT Nhóm xã Số xã Tên xã\n"
        "1 Đạt 19 tiêu chí 01 Tân Lập\n"
        "Đạt từ 15 đến 18 tiêu\n2 02 Vũ Sơn, Long Đống\nchí\n"
        "Đạt từ 10 đến 14 tiêu Chiến Thắng, Vũ Lễ,\n3 03\nchí Tân Tri\n"
    )
    assert bands(notice) == [
        (19, 19, 1, ["Tân Lập"]),
        (15, 18, 2, ["Vũ Sơn", "Long Đống"]),
        (10, 14, 3, ["Chiến Thắng", "Vũ Lễ", "Tân Tri"]),
    ]


def test_two_known_pairs_of_name_and_number_make_a_list_of_all() -> None:
    found = told(read("1. Xã Tân Lập đạt 15/19 tiêu chí; chưa đạt: Giao thông (2); Thu nhập (10); Hộ nghẻo đa (11).\n"))
    assert {number for (_, number), (status, _) in found.items() if status == "not_achieved"} == {2, 10, 11}


def test_figures_of_a_head_that_one_blank_parts_are_columns() -> None:
    numbers = "  ".join(str(n) for n in range(1, 10)) + " " + " ".join(str(n) for n in range(10, 20))
    marks = {True: "  ".join("x" * 19), False: "  ".join("x" * 9 + "-" + "x" * 9)}
    notice = read(
        f"1. Kết quả của từng xã (x là đạt, - là chưa đạt):\nTT  Xã         {numbers}   Kết quả\n"
        f"1   Tân Lập    {marks[True]}   19/19\n2   Vũ Sơn     {marks[False]}   18/19\n"
        f"3   Long Đống  {marks[False]}   18/19\n"
    )
    found = told(notice)
    assert len(found) == 57
    missing = {key for key, (status, _) in found.items() if status == "not_achieved"}
    assert missing == {("Vũ Sơn", 10), ("Long Đống", 10)}


def test_the_last_row_tells_what_all_add_up_to() -> None:
    names = ["Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học"]
    rows = "TT | Tiêu chí | Kết quả | Đánh giá\n" + "\n".join(
        f"{i} | {name} | 100% | {'Chưa đạt' if i == 2 else 'Đạt'}" for i, name in enumerate(names, 1)
    )
    rows += "\nTổng cộng | < | Đạt 16/19 tiêu chí; chưa đạt 03 tiêu chí | <"
    letter = LETTER.replace("1. Kết quả thực hiện các tiêu chí tại Phụ lục", "1. Kết quả tại xã Tân Lập: theo Phụ lục")
    notice = noticed([read_dump_page(letter, 1), page_of(rows)])
    assert notice.ntm is not None
    stated = [(one.unit.name, one.stated.achieved, one.stated.not_achieved) for one in notice.ntm.assessments]
    assert stated == [("Tân Lập", 16, 3)]


def test_counts_of_other_things_are_no_counts_of_criteria() -> None:
    notice = read(
        "1. Xã Tân Lập được UBND huyện đánh giá cao, nâng tổng số xã đạt chuẩn nông thôn mới của huyện lên 12 xã.\n"
        "2. Xã Vũ Sơn: số hồ sơ đạt: 14; cơ sở đạt là 9; số tiêu chí đạt là 15.\n"
    )
    assert notice.ntm is not None
    stated = {one.unit.name: one.stated.achieved for one in notice.ntm.assessments}
    assert stated.get("Tân Lập") is None
    assert stated["Vũ Sơn"] == 15


def test_an_item_whose_end_hangs_below_its_row_is_in_doubt() -> None:
    notice = read(
        "1. Kinh phí (triệu đồng):\nTT   Nội dung                        Nguồn vốn        Số tiền\n"
        "1    Nhựa hóa đường trục thôn        Ngân sách tỉnh   120\n"
        "2    Hỗ trợ xây dựng nhà văn hóa     Ngân sách xã     310\n"
        "     và khu thể thao\n3    Mua thiết bị trường học         Ngân sách xã     250\n"
    )
    assert notice.ntm is not None
    marked = [f"/ntm/funding/{i}/source" in notice.review.fields for i, _ in enumerate(notice.ntm.funding)]
    assert marked == [False, True, False]
