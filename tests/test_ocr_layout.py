"""Reading order: what stands side by side is not read across, and what is no print stays out of it."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.bullets import put_dashes
from ocr.clean import CleanPage
from ocr.layout import arrange
from ocr.page import Box, Region
from ocr.tesseract import ReadWord

WIDTH, HEIGHT = 1654, 2339


def row(text: str, left: int, top: int, line: int, confidence: float = 0.95, letter: int = 17, height: int = 30):
    """Words of one printed row; two blanks or more are as wide as that many letters."""
    words, at = [], left
    for part in text.split(" "):
        if part:
            words.append(ReadWord(part, Box(at, top, at + letter * len(part), top + height), confidence, line))
        at += letter * (len(part) + 1) if part else letter
    return words


def page(*rows):
    return [word for words in rows for word in words]


def texts(words, region=None, noise=()):
    layout = arrange(words, WIDTH, HEIGHT, noise)
    return [" ".join(w.text for w in r.words) for r in layout.rows if region in (None, r.region)]


BODY = [
    row("Căn cứ Nghị quyết số 12 của Hội đồng nhân dân huyện về việc xây dựng nông thôn mới", 200, 700, 50),
    row("và Kế hoạch   số 18 của   Ủy ban nhân   dân tỉnh   về việc   thực hiện   các tiêu", 200, 745, 51),
    row("chí   quốc gia   năm 2023   trên   địa bàn   huyện   của   các xã   và thị   trấn", 200, 790, 52),
]
HEAD = [
    row("ỦY BAN NHÂN DÂN", 290, 210, 1) + row("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 750, 210, 1),
    row("HUYỆN BẮC SƠN", 300, 255, 2) + row("Độc lập - Tự do - Hạnh phúc", 880, 255, 2),
    row("Số: 12/TB-UBND", 300, 345, 3) + row("Bắc Sơn, ngày 08 tháng 5 năm 2023", 820, 348, 3),
]
TITLE = row("THÔNG BÁO", 780, 450, 9)
SIGNED = [
    row("Nơi nhận:", 200, 1500, 60) + row("KT. CHỦ TỊCH", 1040, 1496, 60),
    row("- Như trên;", 200, 1536, 61, letter=13, height=24),
    row("PHÓ CHỦ TỊCH", 1035, 1542, 62),
    row("- UBND các xã: Long Đống, Đồng Ý,", 200, 1572, 63, letter=13, height=24),
    row("Vũ Sơn;", 215, 1608, 64, letter=13, height=24),
    row("- Lưu: VT.", 200, 1644, 65, letter=13, height=24),
    row("Trần Văn Mẫu", 1050, 1760, 66),
]


def test_the_letterhead_is_read_column_by_column():
    words = page(*HEAD, TITLE, *BODY)
    assert texts(words, Region.LEFT) == ["ỦY BAN NHÂN DÂN", "HUYỆN BẮC SƠN", "Số: 12/TB-UBND"]
    assert texts(words, Region.RIGHT)[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert texts(words)[6] == "THÔNG BÁO"


def test_a_justified_body_with_wide_blanks_stays_in_one_column():
    words = page(*HEAD, TITLE, *BODY)
    assert texts(words, Region.BODY)[1:] == [" ".join(w.text for w in line) for line in BODY]


def test_the_signature_block_stands_beside_the_recipients():
    words = page(*BODY, *SIGNED)
    assert texts(words, Region.LEFT) == [
        "Nơi nhận:",
        "- Như trên;",
        "- UBND các xã: Long Đống, Đồng Ý,",
        "Vũ Sơn;",
        "- Lưu: VT.",
    ]
    assert texts(words, Region.RIGHT) == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"]


def test_a_wrapped_recipient_shares_its_block():
    layout = arrange(page(*BODY, *SIGNED), WIDTH, HEIGHT)
    blocks = [r.block for r in layout.rows if r.region is Region.LEFT]
    assert blocks[2] == blocks[3]
    assert len(set(blocks)) == 4


def test_recipients_beside_which_only_scraps_were_read_are_a_signature_block():
    """The head of the list is misread, and of titles and name a seal left two scraps: a second look is needed there."""
    listed = [
        row("Nơi nhậm:", 200, 1500, 60),
        row("- Như trên;", 200, 1536, 61, letter=13, height=24),
        row("- Lưu: VT.", 200, 1572, 62, letter=13, height=24),
    ]
    scraps = [row("ề", 930, 1560, 63, confidence=0.3), row("SN JƠ", 1010, 1600, 64)]
    layout = arrange(page(*BODY, *listed, *scraps), WIDTH, HEIGHT)
    (zone,) = layout.zones
    assert zone.signed
    assert [segment.text for segment in zone.left] == ["Nơi nhậm:", "- Như trên;", "- Lưu: VT."]
    assert "SN JƠ" in [segment.text for segment in zone.right]


def test_the_subject_under_the_number_belongs_to_the_left_column():
    subject = [row("V/v báo cáo kết quả", 260, 385, 4), row("nông thôn mới", 300, 422, 5)]
    addressed = row("Kính gửi: Sở Nội vụ", 500, 520, 6)
    words = page(*HEAD, *subject, addressed, *BODY)
    assert texts(words, Region.LEFT)[-2:] == ["V/v báo cáo kết quả", "nông thôn mới"]
    assert texts(words, Region.BODY)[0] == "Kính gửi: Sở Nội vụ"


def test_an_urgency_stamp_keeps_its_line():
    words = page(*HEAD, row("HỎA TỐC", 300, 520, 7), *BODY)
    assert "HỎA TỐC" in texts(words, Region.BODY)


MARGINS = {
    "a page number": row("2", 820, 120, 90),
    "a page number at the foot": row("- 3 -", 1400, 2280, 90),
    "a signature's stamp": row("Thời gian ký: 15/01/2025 17:10:17", 1200, 40, 90, letter=9, height=15),
    "its small print": row("Tỉnh Lạng Sơn", 1200, 60, 90, letter=9, height=15),
    "a stroke": row("—", 1100, 1000, 90, confidence=0.2),
}


@pytest.mark.parametrize("name", MARGINS)
def test_what_is_not_of_the_notice_goes_to_the_margin(name):
    words = page(MARGINS[name], *BODY)
    assert texts(words, Region.MARGIN) == [" ".join(w.text for w in MARGINS[name])]


def test_guesses_within_a_seal_go_to_the_margin_and_print_does_not():
    seal = Box(900, 1550, 1200, 1850)
    scrap, name = row("IÔH", 950, 1650, 90, confidence=0.3), row("Trần Văn Mẫu", 950, 1760, 91, confidence=0.8)
    words = page(*BODY, scrap, name)
    assert texts(words, Region.MARGIN, noise=[seal]) == ["IÔH"]
    assert "Trần Văn Mẫu" in texts(words, noise=[seal])


def test_a_table_is_no_signature_block():
    table = [
        row("Tiêu chí", 200, top, 70 + k) + row("Đạt", 700, top, 70 + k) + row("CHỦ TỊCH", 1100, top, 70 + k)
        for k, top in enumerate(range(900, 1200, 60))
    ]
    assert texts(page(*BODY, *table), Region.LEFT) == []


def test_no_words_no_lines():
    assert arrange([], WIDTH, HEIGHT).rows == ()


def test_a_dash_that_the_engine_lost_in_the_body_is_found_in_the_ink():
    lines = [
        row("- 03 xã đạt 19 tiêu chí: Tân Lập, Vũ Sơn", 200, 700, 1),
        row("04 xã đạt từ 15 đến 18 tiêu chí: Long Đống", 234, 760, 2),
        row("và các xã còn lại của huyện Bắc Sơn", 200, 820, 3),
    ]
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    grey[773:776, 206:216] = 20  # beside the second line, where its dash stands
    layout = arrange(page(*lines), WIDTH, HEIGHT)
    found = put_dashes(layout.rows, CleanPage(grey, None, 200, 0.0, (), ()), layout.em)
    assert [one.words[0].text for one in found] == ["-", "-", "và"]
    assert found[1].words[0].confidence < 0.8
