"""The steps of one file, as they run in a worker: look at it, read a page, make its documents.

Each returns a value that can be pickled, a `Failure` among them; only the end of the process itself is an exception.
"""

from __future__ import annotations

import functools
import hashlib
import os
import tempfile
import time
import traceback
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from pydantic import TypeAdapter

from extract.notice import Notice, to_json
from extract.parts.bundle import split
from ocr.errors import DamagedFile, EncryptedFile, EngineFailed, ThongbaoError
from ocr.page import Page
from ocr.read import ReadSettings, read_page, read_pages
from ocr.resident import resident
from ocr.source import Kind, Source, identify
from ocr.tesseract import Engine, EngineTrouble, Task, Tesseract, current_engine, reading_with
from pipeline.batch.errors import ChangedFile, OutOfMemory
from pipeline.batch.run import ProgramFault
from pipeline.batch.work.limits import within
from pipeline.batch.work.values import UNLOCKED, Failure, Made, Reading, Timed, Unlocked, failure
from pipeline.read import notice_of
from pipeline.settings import Settings

_PAGE = TypeAdapter(Page)
_ATTEMPTS = 3  # of the engine at one image, unless it was the time that was up

P = ParamSpec("P")
T = TypeVar("T")


def timed(step: Callable[Concatenate[Path, P], T]) -> Callable[Concatenate[float, Path, P], Timed]:
    """The step within a time in seconds, its failures as values."""

    def run(seconds: float, path: Path, /, *args: P.args, **kwargs: P.kwargs) -> Timed:
        began, before = time.monotonic(), _cpu()
        with within(seconds):
            value = _outcome(functools.partial(step, path, *args, **kwargs), path)
        return Timed(value, time.monotonic() - began, _cpu() - before)

    return functools.update_wrapper(run, step)


def _cpu() -> float:
    """Seconds of CPU of this process and of those that it has started and that ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _outcome(step: Callable[[], T], path: Path) -> T | Failure:
    try:
        return step()
    except ThongbaoError as error:
        return failure(error)
    except MemoryError:
        return failure(OutOfMemory(path))
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        what = (
            f"thongbao failed on it ({type(error).__name__}: {error}; {Path(last.filename).name}, line {last.lineno})"
        )
        return failure(ProgramFault(path, what))


@timed
def look(path: Path, sha256: str, settings: Settings) -> Source:
    """Say what the file is. Its bytes must be those of the digest."""
    source = identify(path, settings.ocr.limits)
    if source.sha256 != sha256:
        raise ChangedFile(path)
    return source


@timed
def unlock(path: Path, passwords: Sequence[str]) -> Unlocked:
    """Write a copy of an encrypted PDF that opens without a password. Raises EncryptedFile where none fits."""
    import pikepdf

    from ocr.formats.broken import BROKEN

    for password in passwords:
        try:
            with pikepdf.open(path, password=password) as pdf:
                handle, name = tempfile.mkstemp(prefix=UNLOCKED, suffix=".pdf")
                os.close(handle)
                pdf.save(name, static_id=True)
                return Unlocked(Path(name), _sha256(Path(name)))
        except pikepdf.PasswordError:
            continue
        except BROKEN as error:
            raise DamagedFile(path) from error
    raise EncryptedFile(path, "none of the passwords opens the PDF", "Add the right one to the --password-file.")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@timed
def read(path: Path, source: Source, number: int, settings: Settings, apart: bool = False) -> Reading:
    """The reading of one page. A page that could not be read says so in it; it is no failure of the file.

    apart: Tesseract runs as a process of its own for each image, instead of within the worker.
    """
    engine = Steady(_engine(path, settings.ocr, apart), settings.ocr.limits.page_seconds)
    with reading_with(engine):
        page = read_page(replace(source, path=path), number, settings.ocr)
    return Reading(pack(page), page.problem is None)


def _engine(path: Path, settings: ReadSettings, apart: bool) -> Engine:
    limits = settings.limits
    engine = current_engine(path, settings.language, limits.page_seconds, limits.memory)
    within_worker = resident(settings.language) if isinstance(engine, Tesseract) and not apart else None
    return within_worker or engine


@timed
def make(path: Path, source: Source, readings: Sequence[bytes] | None, settings: Settings) -> Made:
    """The documents of a file from the readings of its pages; a dump's pages are read here."""
    source = replace(source, path=path)
    pages = tuple(read_pages(source, settings.ocr)) if readings is None else tuple(map(unpack, readings))
    failed = tuple(page.number for page in pages if page.problem is not None)
    if source.kind is not Kind.TEXT and len(failed) == len(pages):
        raise EngineFailed(path, f"no page of it could be read ({pages[0].problem})")
    notices = [notice_of(part, source, settings) for part in split(pages)]
    return Made(tuple(map(to_json, notices)), *_counted(notices), failed)


def _counted(notices: Sequence[Notice]) -> tuple[int, int]:
    return sum(len(n.evidence) for n in notices), sum(len(n.review.fields) for n in notices)


def pack(page: Page) -> bytes:
    """A page as compressed JSON: no code runs when it is read back.

    >>> unpack(pack(Page(1, 0, 0, (), problem="torn"))).problem
    'torn'
    """
    return zlib.compress(_PAGE.dump_json(page), 6)


def unpack(reading: bytes) -> Page:
    return _PAGE.validate_json(zlib.decompress(reading))


@dataclass(frozen=True, slots=True)
class Steady:
    """An engine that is asked again when it died: somebody may have killed it, and the second look must not differ."""

    engine: Engine
    seconds: float

    def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
        for _ in range(_ATTEMPTS - 1):
            began = time.monotonic()
            try:
                return self.engine.read(image, dpi, task)
            except EngineTrouble:
                if time.monotonic() - began >= self.seconds:
                    raise
        return self.engine.read(image, dpi, task)
