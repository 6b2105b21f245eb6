"""`Settings`: every default that can change a value or stop a reading, with its unit and its reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from extract.notice import DataVersions
from ocr.read import ReadSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """How files are read.

    ocr: language, resolution and limits of reading pages; told where they are made, in `ocr.read.ReadSettings`.
    review_below: confidence (0..1) under which a value is marked for review, as the contract has it.
    """

    ocr: ReadSettings = field(default_factory=ReadSettings)
    review_below: float = 0.8

    def fingerprint(self) -> str:
        """A hash over all settings, for `produced_by.settings`: equal settings, equal hash.

        >>> Settings().fingerprint() == Settings(review_below=0.8).fingerprint()
        True
        >>> Settings().fingerprint() == Settings(ocr=ReadSettings(language="eng")).fingerprint()
        False
        """
        written = json.dumps(asdict(self), sort_keys=True)
        return "sha256:" + hashlib.sha256(written.encode()).hexdigest()


def data_versions() -> DataVersions:
    """The versions of the data that decide values: dates of the unit lists, heads of hashes over the rest."""
    from normalize.data import FOLDER
    from normalize.lexicon.criteria import criteria_sets
    from normalize.lexicon.units import Units

    return DataVersions(
        units=Units.version(),
        criteria=f"{len(criteria_sets())} sets {_hash(tuple(sorted(FOLDER.glob('criteria-*.toml'))))}",
        model=_hash(tuple(sorted((FOLDER / "model").glob("*.bin")))),
    )


@cache  # the files are ours and do not change while the program runs
def _hash(files: tuple[Path, ...]) -> str | None:
    """The head of SHA-256 over names and contents; None of no files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12] if files else None
