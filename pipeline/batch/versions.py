"""What, besides a file's bytes, decides what is read from it: settings, code, engine, data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from ocr.installed import probe
from pipeline.settings import Settings, data_versions

_READING = ("ocr",)  # packages whose code decides the reading of a page
_MAKING = ("ocr", "normalize", "extract")
_ORDER = ("read.py", "settings.py")  # of pipeline: the order of the stages


@dataclass(frozen=True, slots=True)
class Versions:
    """Digests of all that decides. `reading`: of a page; `making`: of the documents; `told`: in words."""

    reading: str
    making: str
    told: dict[str, object]


def versions(settings: Settings) -> Versions:
    """The versions of this installation with these settings."""
    engine = probe().version
    code, data = _code(_MAKING, with_order=True), data_versions().model_dump(mode="json")
    reading = _digest([_code(_READING), engine, asdict(settings.ocr)])
    told: dict[str, object] = {
        "settings": settings.fingerprint(),
        "code": code,
        "tesseract": engine,
        "data": data,
        "reading": reading,
    }
    return Versions(reading, _digest(told), told)


@cache  # what is installed does not change while a process runs
def installed() -> str:
    """A digest of code, engine and data without settings, by which two machines can be compared."""
    return _digest([_code(_MAKING, with_order=True), probe().version, data_versions().model_dump(mode="json")])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:24]


def _code(packages: Iterable[str], *, with_order: bool = False) -> str:
    """The head of SHA-256 over the source files and the small data files of packages, by name and content."""
    files = [file for name in packages for file in _files(Path(str(import_module(name).__file__)).parent)]
    if with_order:
        files += [Path(__file__).parent.parent / name for name in _ORDER]
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.parent.name}/{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".toml", ".csv"})
