"""Small notices made of lines, for tests: a letterhead, a body, a signature block."""

from __future__ import annotations

from extract.parts.zones import Zones, find_zones
from extract.reading import Reading
from normalize.text import from_pages
from ocr.page import Line, Page, Region, Word


def reading_of(text: str) -> Reading:
    """A reading of a text without boxes, in which every word is certain. Blank lines part blocks, form feeds pages."""
    pages = tuple(_page(number, body) for number, body in enumerate(text.split("\f"), 1))
    whole = from_pages(pages)
    return Reading(whole, (1.0,) * len(whole.words))


def zones_of(text: str) -> Zones:
    return find_zones(reading_of(text))


def with_body(body: str) -> Zones:
    """The zones of a notice with this body."""
    return zones_of(f"{HEAD}\nTHÔNG BÁO\nVề kết quả kiểm tra\n\n{body.strip()}\n\n{FOOT}")


HEAD = """UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số: 45/TB-SNV Lạng Sơn, ngày 28 tháng 12 năm 2023
"""
FOOT = """Nơi nhận: GIÁM ĐỐC
- UBND tỉnh (b/c);
- Lưu: VT.
Nguyễn Văn An"""


def _page(number: int, body: str) -> Page:
    lines, block, at = [], 0, 0
    for row in body.split("\n"):
        words, cursor = [], at
        for token in row.split():
            cursor = body.index(token, cursor)
            words.append(Word(token, None, 1.0, number, cursor, cursor + len(token)))
            cursor += len(token)
        at += len(row) + 1
        block += not words
        if words:
            lines.append(Line(tuple(words), Region.BODY, block))
    return Page(number, 0, 0, tuple(lines), body)
