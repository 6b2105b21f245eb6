"""The way of the first stage: a source → its pages, one at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ocr.errors import EngineFailed, EngineMissing, LanguageMissing
from ocr.limits import Limits
from ocr.page import REFUSED, Page
from ocr.source import Container, Kind, Source


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How pages are read.

    language: Tesseract's name of a model. dpi: pages are rendered at most so finely; 200 costs a fifth less
    than 300 and reads as well (docs/design.md).
    """

    language: str = "vie"
    dpi: int = 200
    limits: Limits = field(default_factory=Limits)


def read_pages(source: Source, settings: ReadSettings | None = None) -> Iterator[Page]:
    """Yield the pages of a source in order. A page that cannot be read says so in `problem`, the others come.

    Raises EngineMissing, LanguageMissing or RendererMissing before the first page, EngineFailed after the last
    if none could be read.
    """
    settings = settings or ReadSettings()
    if source.kind is Kind.TEXT:
        yield from _dump(source, settings)
        return
    problems: list[str] = []
    for page in _images(source, settings):
        problems += [page.problem] if page.problem is not None else []
        yield page
    if len(problems) == source.pages:
        raise EngineFailed(source.path, f"no page of it could be read ({problems[0]})")


def _dump(source: Source, settings: ReadSettings) -> Iterator[Page]:
    from ocr.formats.dump import read_dump_page, split_pages
    from ocr.formats.legacy import recognise
    from ocr.source import read_text

    text = read_text(source.path, settings.limits)
    among = recognise(text.split("\n"))
    for number, raw in enumerate(split_pages(text), start=1):
        yield read_dump_page(raw, number, among)


def _images(source: Source, settings: ReadSettings) -> Iterator[Page]:
    for number in range(1, source.pages + 1):
        yield read_page(source, number, settings)


def read_page(source: Source, number: int, settings: ReadSettings) -> Page:
    """Read page `number` (from 1) of a scan or digital PDF. What goes wrong with the page becomes its problem.

    Raises EngineMissing, LanguageMissing or RendererMissing; DamagedFile where the file is one image.
    """
    from ocr.scan import read_digital_page, read_scanned_page
    from ocr.tesseract import current_engine

    limits, sheet = settings.limits, source.sheets[number - 1]
    if sheet.layer and source.container is Container.PDF and (sheet.legacy or _is_true(source, number, settings)):
        return read_digital_page(source, number, settings.dpi, limits)
    engine = current_engine(source.path, settings.language, limits.page_seconds, limits.memory)
    with tempfile.TemporaryDirectory(prefix="thongbao-") as folder:
        page = read_scanned_page(source, number, settings.dpi, limits, engine, Path(folder))
    return replace(page, notes=(REFUSED, *page.notes)) if sheet.layer else page


def _is_true(source: Source, number: int, settings: ReadSettings) -> bool:
    """Does the page's text layer agree with its print? Believed where there is no engine to ask."""
    from ocr.agreement import agrees
    from ocr.tesseract import current_engine

    limits = settings.limits
    try:
        engine = current_engine(source.path, settings.language, limits.page_seconds, limits.memory)
    except (EngineMissing, LanguageMissing):
        return True
    with tempfile.TemporaryDirectory(prefix="thongbao-") as folder:
        return agrees(source, number, limits, engine, Path(folder))
