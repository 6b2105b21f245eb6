"""`Settings`: every default that can change a value or stop a reading, with its unit and its reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path

from extract.notice import DataVersions

_UNITS, _CRITERIA, _MODEL = "units*", "criteria*", "model*"  # file names under normalize/data


@dataclass(frozen=True, slots=True)
class Settings:
    """How files are read.

    language: Tesseract's name of the main language. `vie` reads notices with .7 to .9 % wrong letters, the English
        model with 21.6 %.
    review_below: confidence (0..1) under which a value is marked for review. At 0.8 one marked value in about four
        is wrong, which is what a person can be asked to look at.
    """

    language: str = "vie"
    review_below: float = 0.8

    def fingerprint(self) -> str:
        """A hash over all settings, for `produced_by.settings`: equal settings, equal hash.

        >>> Settings().fingerprint() == Settings(review_below=0.8).fingerprint()
        True
        >>> Settings().fingerprint() == Settings(language="eng").fingerprint()
        False
        """
        written = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return "sha256:" + hashlib.sha256(written.encode()).hexdigest()


def data_versions() -> DataVersions:
    """The head of a hash over each kind of data file: another file, another version."""
    return DataVersions(units=_hash(_UNITS) or "none", criteria=_hash(_CRITERIA) or "none", model=_hash(_MODEL))


def _hash(pattern: str) -> str | None:
    digest = hashlib.sha256()
    files = sorted(file for file in _data_files() if fnmatch(file.name, pattern))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"sha256:{digest.hexdigest()[:12]}" if files else None


def _data_files() -> list[Path]:
    with resources.as_file(resources.files("normalize") / "data") as folder:
        return [file for file in folder.rglob("*") if file.is_file()]
