"""What can go wrong: one type and one exit code a kind of failure. Each message names the file and the remedy.

Exit code 2 is left to click (wrong usage), 1 to faults of the program itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class ThongbaoError(Exception):
    """The base of all expected failures.

    >>> str(EmptyFile(Path("scans/tb-316.pdf")))
    'scans/tb-316.pdf: the file is empty. Copy or scan it again.'
    """

    exit_code: ClassVar[int] = 1
    what: ClassVar[str] = "it cannot be read"
    remedy: ClassVar[str] = ""

    def __init__(self, path: Path | str | None = None, what: str = "", remedy: str = "") -> None:
        self.path = Path(path) if path is not None else None
        name = f"{path}: " if path is not None else ""
        super().__init__(f"{name}{what or self.what}. {remedy or self.remedy}".rstrip())


class Unreadable(ThongbaoError):
    """There is no such file, it is a folder, or it may not be read."""

    exit_code = 3
    what = "there is no such file, or it may not be read"
    remedy = "Check the path and the file's permissions."


class EmptyFile(ThongbaoError):
    """A file of no bytes, or a dump without a single letter."""

    exit_code = 4
    what = "the file is empty"
    remedy = "Copy or scan it again."


class NotADocument(ThongbaoError):
    """Neither PDF nor PNG, JPEG, TIFF nor text."""

    exit_code = 5
    what = "this is neither a PDF nor a PNG, JPEG or TIFF image nor a text dump"
    remedy = "Convert it to PDF first."


class DamagedFile(ThongbaoError):
    """A PDF or image that is cut short or broken."""

    exit_code = 6
    what = "the file is damaged or cut short"
    remedy = "Copy or scan it again."


class EncryptedFile(ThongbaoError):
    """A PDF that opens with a password only."""

    exit_code = 7
    what = "the PDF is protected by a password"
    remedy = "Save a copy without a password (qpdf --decrypt) and read that."


class NoPages(ThongbaoError):
    """A PDF without pages."""

    exit_code = 8
    what = "the PDF has no pages"
    remedy = "Export or scan it again."


class TooLarge(ThongbaoError):
    """More bytes, pages or pixels than the limits allow."""

    exit_code = 9
    what = "the file is larger than the limits allow"
    remedy = "Split it, or scan it at 200 to 300 dpi."


class EngineMissing(ThongbaoError):
    """Tesseract is not installed."""

    exit_code = 10
    what = "Tesseract is not installed"
    remedy = "Install it: apt-get install tesseract-ocr tesseract-ocr-vie."


class LanguageMissing(ThongbaoError):
    """Tesseract lacks the model of the language asked for."""

    exit_code = 11
    what = "Tesseract has no Vietnamese model"
    remedy = "Install it: apt-get install tesseract-ocr-vie."


class EngineFailed(ThongbaoError):
    """Tesseract could read none of the pages: it crashed, timed out or gave nothing usable."""

    exit_code = 12
    what = "Tesseract could read no page of it"
    remedy = "Run `thongbao doctor`, and look at the scan with another program."


class RendererMissing(ThongbaoError):
    """Poppler, which turns PDF pages into images, is not installed."""

    exit_code = 13
    what = "poppler-utils is not installed"
    remedy = "Install it: apt-get install poppler-utils."
