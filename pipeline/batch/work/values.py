"""What steps give back. Light to load: the run itself needs only these, the stages are loaded in its workers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocr.errors import ThongbaoError
from pipeline.batch.errors import category

UNLOCKED = "unlocked-"  # begins the names of copies without a password


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a step gave nothing. `category`: the word for it in the ledger."""

    category: str
    message: str


@dataclass(frozen=True, slots=True)
class Timed:
    """What a step gave, how long it took on the clock, and how much CPU, with all that it started; in seconds."""

    value: object
    seconds: float
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A copy of an encrypted file that opens without a password, and its digest in hex."""

    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of a file as JSON text; how many values they state, and how many of these are doubtful."""

    documents: tuple[str, ...]
    stated: int
    doubtful: int
    failed_pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A page, packed. `whole`: it could be read."""

    packed: bytes
    whole: bool


def failure(error: ThongbaoError) -> Failure:
    """An expected error as a value; the path is left out, as the ledger knows it."""
    return Failure(category(type(error)), str(error).removeprefix(f"{error.path}: "))
