"""OCR dumps: bytes → text → pages of words that know their offsets."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence

from ocr.formats import legacy
from ocr.formats.legacy import Encoding
from ocr.page import Line, Page, Word

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.01  # share of control characters above which bytes are no text
_SHORTEST_PAGE = 10  # filled lines; a blank at a line's start nearer to the last page's start is a stray one
_MOST_BLANK_STARTS = 0.08  # share of lines; above it the dump is indented and blanks say nothing about pages
CONFIDENCE = 1.0  # a dump says nothing about certainty: what was read is taken as read, later stages judge


def decode(data: bytes) -> str | None:
    """Turn a dump's bytes into text, or None if they are no text.

    Line ends become `\\n`. Bytes that are no UTF are read as cp1258, the Vietnamese Windows code page (its
    letters are cp1252's but for the combining marks), its few undefined bytes as Latin-1; as Latin-1 altogether
    where they are of a legacy encoding, which `read_dump_page` then converts.

    >>> decode("Số".encode("utf-16")), decode("Thị".encode("cp1252", "ignore") + b"\\xea"), decode(bytes(range(9)))
    ('Số', 'Thê', None)
    """
    text, old = _decoded(data)
    controls = 0 if old else len(_CONTROL.findall(text))  # VISCII and VPS have capitals among them
    if "\x00" in text or controls > _MOST_CONTROLS * max(len(text), 1):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its bytes are of a legacy encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), False
    if data[:400].count(0) * 3 > len(data[:400]):  # UTF-16 without a mark: every second byte of ASCII is 0
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace"), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        text = data.decode("latin-1")
        windows = text.translate(_CP1258)
        old = not legacy.reads_modern(windows) and bool(legacy.recognise(text.split("\n")))
        return (text if old else windows), old


_CP1258 = {byte: bytes([byte]).decode("cp1258", "ignore") or chr(byte) for byte in range(128, 256)}


def split_pages(text: str) -> list[str]:
    """Cut a dump into pages; joined they give the text again.

    A form feed ends a page. Where there is none, a line that starts with one blank begins a page (Tesseract's
    text output of later pages does that), unless so many lines do that the dump is simply indented, or the
    page before would have hardly any lines.

    >>> split_pages("a\\fb"), len(split_pages("\\n".join(["dong"] * 12 + [" trang hai"] + ["dong"] * 12)))
    (['a\\x0c', 'b'], 2)
    """
    if "\f" in text:
        return _at_form_feeds(text)
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    filled = [line for line in lines if line.strip()]
    blank = [line for line in filled if line[0].isspace()]
    if len(blank) > max(1, _MOST_BLANK_STARTS * len(filled)):
        return [text]
    return _at_blanks(lines)


def _at_form_feeds(text: str) -> list[str]:
    pages = re.split(r"(?<=\f)", text)
    while len(pages) > 1 and not pages[-1].strip():  # the feed after the last page begins no new one
        last = pages.pop()
        pages[-1] += last
    return pages


def _at_blanks(lines: list[str]) -> list[str]:
    pages, filled = [""], 0
    for line in lines:
        if filled >= _SHORTEST_PAGE and re.match(r" \S", line):
            pages.append("")
            filled = 0
        pages[-1] += line
        filled += bool(line.strip())
    return pages


def read_dump_page(raw: str, number: int, among: Sequence[Encoding] = ()) -> Page:
    """Words with offsets into `raw`, no boxes; blank lines part the blocks.

    `among`: the legacy encodings of the whole dump (`legacy.recognise`); the words are converted, `raw` is not.

    >>> [(line.block, line.text) for line in read_dump_page("Số: 1\\n\\nTHONG BAO\\n", 1).lines]
    [(0, 'Số: 1'), (1, 'THONG BAO')]
    >>> [line.text for line in read_dump_page("Sè: 1 ngµy 2", 1, [Encoding.TCVN3]).lines]
    ['Số: 1 ngày 2']
    """
    lines: list[Line] = []
    block, gap, start = 0, False, 0
    rows = raw.split("\n")
    for row, encoding in zip(rows, legacy.encodings_of(rows, among), strict=True):
        words = _words(row, start, number, encoding)
        if words:
            block += gap and bool(lines)
            lines.append(Line(words, block=block))
        gap = not words
        start += len(row) + 1
    return Page(number, 0, 0, tuple(lines), raw, notes=(legacy.note(among),) if among else ())


def _words(row: str, start: int, page: int, encoding: Encoding | None) -> tuple[Word, ...]:
    found = list(legacy.word_pattern(encoding).finditer(row))
    given = [match[0] for match in found]
    texts = legacy.turn(given, encoding) if encoding else [unicodedata.normalize("NFC", word) for word in given]
    return tuple(
        Word(text, None, CONFIDENCE, page, start + match.start(), start + match.end())
        for text, match in zip(texts, found, strict=True)
    )
