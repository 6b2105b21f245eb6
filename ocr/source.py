"""What a file is: a scan, a digital document or an OCR dump. Nothing is decoded here, only looked at."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ocr.errors import EmptyFile, NotADocument, TooLarge, Unreadable
from ocr.formats.sheet import Sheet
from ocr.limits import Limits


class Kind(StrEnum):
    """What a reader of the notice document is told about its source."""

    SCAN = "scan"
    DIGITAL = "digital"  # a PDF whose text layer is used
    TEXT = "text"  # an OCR dump


class Container(StrEnum):
    """How the file's bytes are laid out."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read: what it is, and enough to read it page by page."""

    path: Path
    kind: Kind
    container: Container
    sha256: str
    sheets: tuple[Sheet, ...]

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def pages(self) -> int:
        return len(self.sheets)


_IMAGE_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_NAMED_OTHERWISE = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_PDF_HEADER_WITHIN = 1024  # bytes; readers accept a PDF header after some leading rubbish


def identify(path: Path, limits: Limits | None = None) -> Source:
    """Say what a file is, without reading it through an engine.

    Raises one of the typed errors of `ocr.errors` for whatever is not a readable document.
    """
    limits = limits or Limits()
    path = Path(path)
    head = _head(path, limits)
    container = _container(path, head)
    if container is Container.PDF:
        from ocr.formats.pdf import look_at_pdf  # pikepdf takes 0.1 s to load, and dumps do without

        sheets = look_at_pdf(path, limits)
        kind = Kind.DIGITAL if sum(sheet.layer for sheet in sheets) * 2 > len(sheets) else Kind.SCAN
    elif container is Container.IMAGE:
        from ocr.formats.picture import look_at_image

        kind, sheets = Kind.SCAN, look_at_image(path, limits)
    else:
        from ocr.formats.dump import split_pages

        kind, sheets = Kind.TEXT, (Sheet(0, 0),) * len(split_pages(read_text(path, limits)))
    return Source(path, kind, container, _sha256(path), sheets)


def read_text(path: Path, limits: Limits) -> str:
    """Decode a dump: UTF-8, UTF-16, else cp1258 (Vietnamese Windows)."""
    from ocr.formats.dump import decode

    if path.stat().st_size > limits.text_size:
        raise TooLarge(path, f"the text is longer than {limits.text_size:,} bytes", "Split it by document.")
    text = decode(path.read_bytes())
    if text is None:
        raise NotADocument(path)
    if not any(letter.isalnum() for letter in text):
        raise EmptyFile(path, "the text holds no letter")
    return text


def _head(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():
            raise Unreadable(path, "this is a folder" if path.is_dir() else "")
        size = path.stat().st_size
        if size == 0:
            raise EmptyFile(path)
        if size > limits.size:
            raise TooLarge(path, f"{size:,} bytes are more than the {limits.size:,} allowed")
        with path.open("rb") as file:
            return file.read(4096)
    except OSError as error:
        raise Unreadable(path, error.strerror or "") from error


def _container(path: Path, head: bytes) -> Container:
    """Judge by the bytes, not by the name; but text that calls itself a PDF is neither."""
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return Container.PDF
    if head.startswith(_IMAGE_MAGIC):
        return Container.IMAGE
    if path.suffix.lower() in _NAMED_OTHERWISE:
        raise NotADocument(path, f"this is no {path.suffix.lower().lstrip('.').upper()} file, whatever its name says")
    return Container.TEXT


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
