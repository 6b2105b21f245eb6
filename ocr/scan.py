"""One page of a scan or of a digital PDF → `Page`: the stations of the stage in their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2

from ocr.bullets import put_dashes
from ocr.clean import CleanPage, clean
from ocr.formats.legacy import note
from ocr.formats.pdf import LayerWord, in_unicode, text_layer, without_stamps
from ocr.hand import PLACEHOLDER, mark_hand
from ocr.layout import Row, arrange
from ocr.limits import Limits
from ocr.page import Box, Line, Page, Word
from ocr.render import PageImage, PageTrouble, render
from ocr.second import look_again
from ocr.source import Source
from ocr.tables.cells import read_cells, without_grids
from ocr.tables.layer import tables_of_layer
from ocr.tables.ruled import find_grids
from ocr.tables.weave import ReadTable, tables_of, weave
from ocr.tesseract import Engine, EngineTrouble, ReadWord, words_of
from ocr.upright import Upright, is_better, reads_well, sheets_of, ways_to_try

_POINTS = 72.0
_SPECK = 0.8  # mm; the smallest letters of 10 points are 1.5 mm high


def read_scanned_page(source: Source, number: int, dpi: int, limits: Limits, engine: Engine, folder: Path) -> Page:
    """Render, clean, recognise, arrange. Whatever goes wrong becomes the page's problem."""
    try:
        image = render(source, number, dpi, limits)
    except PageTrouble as trouble:
        return Page(number, 0, 0, (), problem=str(trouble))
    height, width = image.grey.shape
    try:
        return _read(image, number, engine, folder)
    except EngineTrouble as trouble:
        return Page(number, width, height, (), problem=str(trouble))
    except (cv2.error, MemoryError) as error:
        return Page(number, width, height, (), problem=f"the image could not be prepared ({type(error).__name__})")


@dataclass(frozen=True, slots=True)
class _First:
    """A page cleaned and read once, standing one way up."""

    upright: Upright
    cleaned: CleanPage
    tables: list[ReadTable]
    words: list[ReadWord]


def _read(image: PageImage, number: int, engine: Engine, folder: Path) -> Page:
    height, width = image.grey.shape
    page = Page(number, width, height, ())
    for part in sheets_of(image):
        page = _with_part(page, _right_way_up(part, engine, folder / f"page-{number}.pgm"), engine, folder)
    return page


def _with_part(page: Page, first: _First, engine: Engine, folder: Path) -> Page:
    """The page and what stands on one more part of it; nearly always there is but one."""
    cleaned, tables, words = first.cleaned, first.tables, first.words
    high, wide = cleaned.grey.shape
    layout = arrange(words, wide, high, cleaned.seals)
    better = look_again(words, layout, cleaned, engine, folder / f"page-{page.number}.pgm")
    if better != words:
        layout = arrange(better, wide, high, cleaned.seals)
    marked = put_dashes(mark_hand(layout.rows, cleaned), cleaned, layout.em)
    rows = weave(marked, tables)

    def original(box: Box) -> Box:
        return first.upright.original(cleaned.original(box), page.width, page.height)

    lines, raw = _lines(rows, page.number, cleaned, original, len(page.raw))
    found = tables_of(tables, rows, lines, original, page.number)
    blocks = max((line.block for line in page.lines), default=-1) + 1
    steps = (first.upright.step, *cleaned.steps) if first.upright.step else cleaned.steps
    return replace(
        page,
        lines=page.lines + tuple(replace(line, block=line.block + blocks) for line in lines),
        raw=page.raw + raw,
        notes=page.notes + steps,
        tables=page.tables + found,
    )


def _right_way_up(standing: Upright, engine: Engine, file: Path) -> _First:
    """Read a part of the page as it stands, and turned where that reads badly."""
    best = _first(standing, engine, file)
    for turns in ways_to_try(standing.image.grey, best.words):
        other = _first(standing.turned(turns), engine, file)
        if is_better(other.words, best.words):
            best = other
        if reads_well(best.words):
            break
    return best


def _first(upright: Upright, engine: Engine, file: Path) -> _First:
    whole = clean(upright.image)
    tables = _tables(whole, engine, file)
    cleaned = replace(whole, grey=without_grids(whole.grey, [table.grid for table in tables])) if tables else whole
    return _First(upright, cleaned, tables, _recognise(cleaned, engine, file))


def _tables(page: CleanPage, engine: Engine, file: Path) -> list[ReadTable]:
    grids = find_grids(page.grey, page.dpi)
    cells = read_cells(grids, page, engine, file) if grids else []
    return [ReadTable(grid, tuple(own)) for grid, own in zip(grids, cells, strict=True)]


def _recognise(cleaned: CleanPage, engine: Engine, file: Path) -> list[ReadWord]:
    cv2.imwrite(str(file), cleaned.grey)  # PGM costs nothing to write and to read; PNG up to half a recognition
    try:
        words = words_of(engine.read(file, cleaned.dpi))
    finally:
        file.unlink(missing_ok=True)
    return [word for word in words if not _is_speck(word, cleaned.dpi)]


def _is_speck(word: ReadWord, dpi: int) -> bool:
    """A speck that was read as a letter or figure: no print is so small."""
    return word.text.isalnum() and max(word.box.width, word.box.height) < _SPECK / 25.4 * dpi


def _lines(
    rows: Sequence[Row],
    number: int,
    cleaned: CleanPage | None,
    original: Callable[[Box], Box] | None = None,
    before: int = 0,
) -> tuple[tuple[Line, ...], str]:
    """Lines with offsets into the page's raw text, which is the engine's words in reading order.

    original: where a box stands on the page as rendered. before: characters of the page's raw text before these.
    """
    lines, raw = [], ""
    for row in rows:
        words = []
        for word in row.words:
            box = original(word.box) if original is not None else word.box
            seal = cleaned is not None and any(_touches(word.box, seal) for seal in cleaned.seals)
            text = "" if word.by_hand and word.text == PLACEHOLDER else word.text  # nobody read that
            span = before + len(raw), before + len(raw) + len(text)
            words.append(
                Word(word.text, box, word.confidence, number, *span, word.by_hand, from_seal=seal, guesses=word.guesses)
            )
            raw += text + " "
        raw = raw[:-1] + "\n"
        lines.append(Line(tuple(words), row.region, row.block, row.indent, row.size))
    return tuple(lines), raw


def _touches(box: Box, seal: Box) -> bool:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return seal.left <= x <= seal.right and seal.top <= y <= seal.bottom


def read_digital_page(source: Source, number: int, dpi: int, limits: Limits) -> Page:
    """The words of a text layer, laid out as a scan's; boxes in pixels at `dpi`."""
    scale = dpi / _POINTS
    sheet = source.sheets[number - 1]
    width, height = round(sheet.width * scale), round(sheet.height * scale)
    given = text_layer(source.path, number, number, limits.probe_seconds).get(number, [])
    layer = without_stamps(in_unicode(given, sheet.legacy))
    words = [ReadWord(unicodedata.normalize("NFC", word.text), _scaled(word, scale), 1.0, word.line) for word in layer]
    tables = tables_of_layer(source.path, number, (sheet.width, sheet.height), words, scale)
    ruled = {id(word) for table in tables for cell in table.cells for word in cell.words}
    rows = weave(arrange([word for word in words if id(word) not in ruled], width, height).rows, tables)
    lines, raw = _lines(rows, number, None)
    notes = (note(sheet.legacy),) if sheet.legacy else ()
    if sheet.legacy:
        lines, raw = _untouched(lines, {_scaled(word, scale): word.text for word in given})
    found = tables_of(tables, rows, lines, _unturned, number)
    return Page(number, width, height, lines, raw, notes=notes, tables=found)


def _unturned(box: Box) -> Box:
    """A text layer stands upright: its boxes are the page's."""
    return box


def _scaled(word: LayerWord, scale: float) -> Box:
    return _box(word.left * scale, word.top * scale, word.right * scale, word.bottom * scale)


def _untouched(lines: Sequence[Line], given: Mapping[Box, str]) -> tuple[tuple[Line, ...], str]:
    """The raw text as it was before conversion, and the lines with offsets into it. `given`: the word in each box."""
    found, raw = [], ""
    for line in lines:
        words = []
        for word in line.words:
            text = given.get(word.box, word.text) if word.box else word.text
            words.append(replace(word, start=len(raw), end=len(raw) + len(text)))
            raw += text + " "
        raw = raw[:-1] + "\n"
        found.append(replace(line, words=tuple(words)))
    return tuple(found), raw


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    x, y = max(0, round(left)), max(0, round(top))
    return Box(x, y, max(x, round(right)), max(y, round(bottom)))
