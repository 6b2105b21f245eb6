"""Notices of a letter and a ruled table whose cells are known: made from rows of text, a row a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract import build
from extract.notice import Kind, Notice, ProducedBy, Source
from normalize.text import from_pages
from ocr.formats.dump import read_dump_page
from ocr.page import Box, Cell, Line, Page, Table, Word
from pipeline.settings import data_versions

LETTER = """ỦY BAN NHÂN DÂN
HUYỆN BẮC SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 21/BC-UBND
Bắc Sơn, ngày 30 tháng 11 năm 2023
BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2023 trên địa bàn huyện Bắc Sơn, tỉnh Lạng Sơn
UBND huyện Bắc Sơn báo cáo kết quả như sau:
1. Kết quả thực hiện các tiêu chí tại Phụ lục kèm theo.
Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Hoàng Văn Mẫu
"""


def page_of(rows: str, below: str = "", number: int = 2) -> Page:
    """A page with a table of these cells, 100 x 40 pixels each, and a line below it.

    `?` is ink nobody could read; `<` goes on with the cell before it, `^` with the one above.
    """
    raw, lines, cells = "", [], []
    table = [[cell.strip() for cell in row.split("|")] for row in rows.strip("\n").split("\n")]
    for r, row in enumerate(table):
        line: list[Word] = []
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            words = tuple(_words("" if text == "?" else text, Box(c * 100 + 5, r * 40 + 5, c * 100 + 95, r * 40 + 35),
                                 len(raw), number))  # fmt: skip
            raw += "".join(f"{word.text} " for word in words)
            high, wide = _size(table, r, c)
            box = Box(c * 100, r * 40, (c + wide) * 100, (r + high) * 40)
            cells.append(Cell(r, c, high, wide, box, words, text == "?"))
            line += words
        lines.append(Line(tuple(line), block=r))
    lines += [Line((word,), block=99) for word in _words(below, Box(0, 900, 90, 930), len(raw), number)]
    box = Box(0, 0, 100 * len(table[0]), 40 * len(table))
    made = Table(number, box, len(table), len(table[0]), tuple(cells))
    return Page(number, 2000, 1400, tuple(lines), raw + below, tables=(made,))


def _words(text: str, box: Box, at: int, page: int) -> Iterator[Word]:
    for token in text.split():
        yield Word(token, box, 0.97, page, at, at + len(token))
        at += len(token) + 1


def _size(table: Sequence[Sequence[str]], row: int, column: int) -> tuple[int, int]:
    """How many rows and columns a cell takes."""
    wide = next((n for n, text in enumerate(table[row][column + 1 :], 1) if text != "<"), len(table[row]) - column)
    high = next((n for n, below in enumerate(table[row + 1 :], 1) if below[column] != "^"), len(table) - row)
    return high, wide


def notice_with(rows: str, below: str = "") -> Notice:
    return noticed([read_dump_page(LETTER, 1), page_of(rows, below)])


def noticed(pages: list[Page]) -> Notice:
    return build.extract(
        from_pages(pages),
        ident="0" * 16,
        source=Source(name="a.pdf", sha256="0" * 64, kind=Kind.SCAN, pages=len(pages), range=(1, len(pages))),
        produced_by=ProducedBy(thongbao="0", ocr=None, settings="sha256:" + "0" * 64, data=data_versions()),
        review_below=0.8,
        tables=[table for page in pages for table in page.tables],
    )


def told(notice: Notice) -> dict[tuple[str, int], tuple[str, bool]]:
    """(commune, criterion) → status, marked for review."""
    return {
        (one.unit.name, c.number): (c.status.value, notice.evidence[f"/ntm/assessments/{i}/criteria/{j}"].review)
        for i, one in enumerate(notice.ntm.assessments if notice.ntm else ())
        for j, c in enumerate(one.criteria)
    }
