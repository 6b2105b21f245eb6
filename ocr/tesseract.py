"""The one file that lets Tesseract read: what does it find in an image?"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import resource
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Protocol

from ocr.errors import EngineMissing
from ocr.installed import probe
from ocr.page import Box, Guess

_LANGUAGE = re.compile(r"[A-Za-z_]+(/[A-Za-z_]+)?(\+[A-Za-z_]+(/[A-Za-z_]+)?)*")
_VARIABLES = (("tessedit_do_invert", "0"),)  # no white print on black: saves 4 %


class Task(Enum):
    """What an image holds: Tesseract's page segmentation mode, and the only signs that may be read, if not all.

    4 loses lines on uneven pages; 6 reads a column's crop best.
    """

    PAGE = (3, "")
    BLOCK = (6, "")
    FIGURES = (6, "0123456789,;.-")

    @property
    def mode(self) -> int:
        """Tesseract's number for how the image is cut into lines."""
        return self.value[0]

    @property
    def signs(self) -> str:
        """The signs that may be read; empty: all."""
        return self.value[1]


class EngineTrouble(Exception):
    """One page could not be read; the message says why, for `Page.problem`."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of the engine: box in pixels of the image, confidence 0..1, the engine's own line number.

    `by_hand` and `guesses` are never the engine's: `ocr.hand` sets them.
    """

    text: str
    box: Box
    confidence: float
    line: int
    by_hand: bool = False
    guesses: tuple[Guess, ...] = ()


class Engine(Protocol):
    """Whatever reads an image: Tesseract, or a recording of it in tests."""

    def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
        """The TSV of one image. Raises EngineTrouble if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The engine: one process and one thread an image, killed with all it started when time is up.

    One thread because OpenMP's default quadruples the CPU at no gain (docs/design.md).
    """

    language: str = "vie"
    seconds: float = 120.0
    memory: int = 3_000_000_000

    def __post_init__(self) -> None:
        if not _LANGUAGE.fullmatch(self.language):
            raise ValueError(f"not a Tesseract language: {self.language!r}")

    def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
        """Run Tesseract over an image file (PGM is cheapest) and return its TSV."""
        pytesseract = _pytesseract()
        _Session.memory = self.memory
        settings = (f"-c {name}={value}" for name, value in variables(dpi, task))
        try:
            told = pytesseract.image_to_data(
                str(image),
                lang=self.language,
                config=" ".join([f"--psm {task.mode}", *settings]),
                timeout=self.seconds,
                output_type=pytesseract.Output.BYTES,
            )
        except pytesseract.TesseractNotFoundError as error:
            raise EngineMissing from error
        except (RuntimeError, OSError, UnicodeDecodeError) as error:
            raise EngineTrouble(_reason(error, self.seconds)) from error
        return _decoded(told)


def variables(dpi: int, task: Task) -> tuple[tuple[str, str], ...]:
    """Tesseract's settings for an image of this resolution, by name; all are told each time, as an engine keeps them.

    >>> variables(200, Task.FIGURES)[:2]
    (('user_defined_dpi', '200'), ('tessedit_char_whitelist', '0123456789,;.-'))
    """
    return ("user_defined_dpi", str(dpi)), ("tessedit_char_whitelist", task.signs), *_VARIABLES


def _decoded(told: bytes) -> str:
    try:
        text = told.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EngineTrouble("Tesseract's output is not UTF-8") from error
    if not text.startswith("level\t"):
        raise EngineTrouble("Tesseract gave no table of words")
    return text


def _reason(error: Exception, seconds: float) -> str:
    if "timeout" in str(error):
        return f"Tesseract took more than {seconds:g} s"
    if isinstance(error, FileNotFoundError):
        return "Tesseract wrote no output"
    lines = str(getattr(error, "message", error)).strip().splitlines()
    return f"Tesseract failed: {lines[-1][:200] if lines else type(error).__name__}"


class _Session(subprocess.Popen[bytes]):
    """A process in a session of its own, so that whatever it started dies with it.

    pytesseract ends the process it started and nothing else: when `tesseract` is a wrapper, what the wrapper
    runs would live on after the time is up.
    """

    memory: ClassVar[int] = 0  # bytes of address space

    def communicate(self, input: bytes | None = None, timeout: float | None = None) -> tuple[bytes, bytes]:  # noqa: A002
        try:
            return super().communicate(input, timeout)
        except BaseException:  # the time is up, or the user interrupts
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.wait()
            raise


def _start(command: list[str], *, env: Mapping[str, str], **options: Any) -> _Session:  # noqa: ANN401
    """Start a process alone in its session, on one thread and within the memory limit."""
    process = _Session(command, env={**env, "OMP_THREAD_LIMIT": "1"}, start_new_session=True, **options)
    if _Session.memory and hasattr(resource, "prlimit"):
        with contextlib.suppress(OSError, ValueError):  # already gone, or the user's own limit is lower
            resource.prlimit(process.pid, resource.RLIMIT_AS, (_Session.memory, _Session.memory))
    return process


@lru_cache(maxsize=1)
def _pytesseract() -> ModuleType:
    """Import pytesseract without pandas, which it wants for a table type not used here and which costs 0.4 s."""
    absent = object()
    before = sys.modules.get("pandas", absent)
    if before is absent:
        sys.modules["pandas"] = None  # type: ignore[assignment]  # None makes the import fail at once
    try:
        import pytesseract
    finally:
        if before is absent:
            del sys.modules["pandas"]
    pytesseract.pytesseract.subprocess = _Processes
    return pytesseract  # type: ignore[no-any-return]


class _Processes:
    """What pytesseract uses of `subprocess`, with processes that can be ended whole."""

    Popen = staticmethod(_start)
    PIPE = subprocess.PIPE
    DEVNULL = subprocess.DEVNULL
    STDOUT = subprocess.STDOUT
    TimeoutExpired = subprocess.TimeoutExpired
    run = staticmethod(subprocess.run)
    check_output = staticmethod(subprocess.check_output)


def words_of(tsv: str) -> list[ReadWord]:
    """The words of Tesseract's TSV in its own order; rows that are no words are left out.

    >>> row = "5\\t1\\t1\\t1\\t2\\t1\\t10\\t20\\t30\\t12\\t96.5\\tSố:"
    >>> word = words_of(HEADER + row)[0]
    >>> word.text, word.box, word.confidence
    ('Số:', Box(left=10, top=20, right=40, bottom=32), 0.965)
    """
    words: list[ReadWord] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.reader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != "5" or not row[11].strip():
            continue
        left, top, width, height = (max(0, int(cell)) for cell in row[6:10])
        line = lines.setdefault(tuple(row[1:5]), len(lines))
        confidence = min(1.0, max(0.0, float(row[10]) / 100))
        text = unicodedata.normalize("NFC", row[11].strip())
        words.append(ReadWord(text, Box(left, top, left + width, top + height), round(confidence, 4), line))
    return words


HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


_put: ContextVar[Engine | None] = ContextVar("engine", default=None)


def current_engine(path: Path, language: str, seconds: float, memory: int) -> Engine:
    """The engine for a file. Raises EngineMissing or LanguageMissing, which name it."""
    put = _put.get()
    if put is not None:
        return put
    probe().require(language, path)
    return Tesseract(language, seconds, memory)


@contextmanager
def reading_with(engine: Engine) -> Iterator[None]:
    """Let another engine read within the block, as tests do with recordings and failures."""
    token = _put.set(engine)
    try:
        yield
    finally:
        _put.reset(token)
