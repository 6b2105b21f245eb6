"""Read a file once more with the rules' trail kept, and account for one pointer."""

from __future__ import annotations

from pathlib import Path

from extract import build
from extract.parts.bundle import split
from extract.trail import listening
from normalize.text import from_pages
from ocr.source import identify
from pipeline.explain.account import Account, account_for
from pipeline.read import Watch, notice_of, pages_of
from pipeline.settings import Settings


class NoSuchNotice(ValueError):
    """A number beyond the notices that a file holds."""


def explain(path: Path, pointer: str, which: int, settings: Settings, watch: Watch | None = None) -> Account:
    """The account of a pointer into the file's notice number `which`, from 1.

    Raises a `ThongbaoError` where the file cannot be read, `NoSuchNotice`, `NoSuchPlace`.
    """
    source = identify(path)
    parts = split(pages_of(source, settings, watch))
    if not 1 <= which <= len(parts):
        raise NoSuchNotice(f"{path} holds {len(parts)} notice{'s' if len(parts) > 1 else ''}, no number {which}.")
    pages = parts[which - 1]
    with listening() as trail:
        notice = notice_of(pages, source, settings)
    return account_for(notice, build.reading(from_pages(pages)), trail, pointer)
