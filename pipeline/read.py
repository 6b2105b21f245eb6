"""One file → its notices. Reads as a few verbs: identify, read the pages, split, restore and extract."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from extract import build, notice
from extract.errors import NotANotice
from extract.parts.bundle import split
from normalize.text import Text, from_pages
from ocr.installed import probe
from ocr.page import REFUSED, Page
from ocr.read import read_pages
from ocr.source import Kind, Source, identify
from pipeline.settings import Settings, data_versions

Watch = Callable[[Page, int], None]  # called with each page that was read, and the number of pages there are
DEFAULT = Settings()


def read_notices(
    path: str | Path, settings: Settings = DEFAULT, watch: Watch | None = None
) -> tuple[notice.Notice, ...]:
    """Read one scan (PDF, PNG, JPEG, TIFF) or OCR dump (text) into the notices that it holds, at least one.

    Raises a `ThongbaoError` that names the file and the remedy. `watch` is told of every page.
    """
    source = identify(Path(path))
    parts = split(pages_of(source, settings, watch))
    return tuple(notice_of(part, source, settings) for part in parts)


def read_notice(path: str | Path, settings: Settings = DEFAULT, watch: Watch | None = None) -> notice.Notice:
    """The notice of a file that holds one; of several the first, with a warning. Otherwise as `read_notices`."""
    first, *others = read_notices(path, settings, watch)
    if others:
        warnings.warn(f"{path}: {len(others) + 1} notices; read_notices gives them all", stacklevel=2)
    return first


def notice_of(pages: tuple[Page, ...], source: Source, settings: Settings) -> notice.Notice:
    """Extract the notice that stands on these pages of a file."""
    try:
        made = build.extract(
            from_pages(pages),
            ident=notice_id(source.path, pages[0].number),
            source=facts(source, pages),
            produced_by=produced_by(source, settings, pages),
            review_below=settings.review_below,
            tables=[table for page in pages for table in page.tables],
        )
    except NotANotice as error:  # extraction knows the file's name only
        raise NotANotice(source.path) from error
    return doubted(made) if made.source.failed_pages else made


def doubted(made: notice.Notice) -> notice.Notice:
    """A notice some of whose pages could not be read: a failed check, and every value is for a person to look at.

    What stood on those pages may belong to any of them: a list may go on there, a date be told again.
    """
    numbers = ", ".join(map(str, made.source.failed_pages))
    message = f"page {numbers} could not be read, so values may be missing or cut short"
    check = notice.Check(id="pages-read", at="/source/failed_pages", status=notice.CheckStatus.FAIL, message=message)
    evidence = {
        pointer: entry.model_copy(update={"review": True, "why": entry.why or message})
        for pointer, entry in made.evidence.items()
    }
    changed = {"checks": (*made.checks, check), "evidence": evidence, "review": notice.Review.of(evidence)}
    return notice.Notice.model_validate(made.model_copy(update=changed).model_dump())


def pages_of(source: Source, settings: Settings, watch: Watch | None = None) -> tuple[Page, ...]:
    """Read every page, readable or not, one after the other."""
    pages = []
    for page in read_pages(source, settings.ocr):
        pages.append(page)
        if watch is not None:
            watch(page, source.pages)
    return tuple(pages)


def read_text(path: str | Path, settings: Settings = DEFAULT, watch: Watch | None = None) -> str:
    """The restored text of a file, page by page: a form feed ends each page, as in Tesseract's own text output."""
    source = identify(Path(path))
    pages = pages_of(source, settings, watch)
    return by_page(build.reading(from_pages(pages)).text, pages)


def by_page(text: Text, pages: tuple[Page, ...]) -> str:
    """The lines of a text, dealt to the pages they stand on.

    >>> from normalize.text import from_lines
    >>> by_page(from_lines(["THÔNG BÁO"]), (Page(1, 0, 0, ()), Page(2, 0, 0, ())))
    'THÔNG BÁO\\n\\x0c\\x0c'
    """
    lines: dict[int, list[str]] = {page.number: [] for page in pages}
    for line in text.lines:
        lines[line.page].append(text.string[line.start : line.end] + "\n")
    return "".join("".join(rows) + "\f" for rows in lines.values())


def facts(source: Source, pages: tuple[Page, ...]) -> notice.Source:
    """What the notice on these pages says about its file."""
    return notice.Source(
        name=source.name.encode(errors="replace").decode(),  # a name that is no UTF-8 cannot stand in JSON
        sha256=source.sha256,
        kind=notice.Kind(source.kind),
        pages=source.pages,
        range=(pages[0].number, pages[-1].number),
        failed_pages=tuple(page.number for page in pages if page.problem is not None),
    )


def produced_by(source: Source, settings: Settings, pages: Sequence[Page] = ()) -> notice.ProducedBy:
    """What it takes to make the same document again."""
    believed = all(sheet.layer for sheet in source.sheets) and not any(REFUSED in page.notes for page in pages)
    seen = source.kind is not Kind.TEXT and not believed
    engine = f"tesseract {probe().version} {settings.ocr.language}" if seen else None
    return notice.ProducedBy(
        thongbao=version("thongbao"), ocr=engine, settings=settings.fingerprint(), data=data_versions()
    )


def notice_id(path: Path, first_page: int) -> str:
    """16 hex digits: the head of SHA-256 over the file's bytes, a newline and the first page's number in ASCII."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(f"\n{first_page}".encode())
    return digest.hexdigest()[:16]
