"""What thongbao needs, what of it is there, and what to do about the rest."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from ocr.installed import probe
from ocr.read import ReadSettings
from pipeline.batch.work import sandbox

_ENOUGH_PYTHON = (3, 11)
_POPPLER = ("pdftoppm", "pdftotext", "pdfimages")
_SECONDS = 20.0  # for a tool to say its version; it takes some milliseconds


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: its name, what was found, whether that will do, and the remedy if it won't."""

    name: str
    found: str
    good: bool = True
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at everything, from the interpreter to the data."""
    return [_python(), *_tesseract(ReadSettings().language), *_poppler(), _sandbox(), *_packages(), *_data()]


def report(findings: list[Finding]) -> str:
    """A line a finding, then what is to be done.

    >>> print(report([Finding("python", "3.12.1"), Finding("poppler", "missing", False, "apt-get install …")]))
    ok       python   3.12.1
    MISSING  poppler  missing
    <BLANKLINE>
    To do:
      apt-get install …
    """
    width = max(len(finding.name) for finding in findings)
    lines = [f"{'ok' if f.good else 'MISSING':8} {f.name:{width}}  {f.found}" for f in findings]
    remedies = dict.fromkeys(finding.remedy for finding in findings if not finding.good)
    todo = ["", "To do:", *(f"  {remedy}" for remedy in remedies)] if remedies else ["", "All is there."]
    return "\n".join(lines + todo)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= _ENOUGH_PYTHON
    return Finding("python", found, good, "Install Python 3.11 or newer and run `make demo` with it.")


def _tesseract(language: str) -> Iterator[Finding]:
    tool = probe()
    yield Finding("tesseract", tool.version or "missing", tool.installed, tool.remedy(language))
    speaks = tool.installed and not tool.remedy(language)
    yield Finding(f"language {language}", "there" if speaks else "missing", speaks, tool.remedy(language))
    yield Finding("other languages", ", ".join(sorted(set(tool.languages) - {language})) or "none")


def _poppler() -> Iterator[Finding]:
    for tool in _POPPLER:
        found = _version(tool)
        yield Finding(tool, found or "missing", bool(found), "apt-get install poppler-utils")


def _version(tool: str) -> str:
    """The version that a poppler tool prints, empty where it does not run."""
    path = shutil.which(tool)
    if path is None:
        return ""
    try:
        done = subprocess.run([path, "-v"], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(rb"version (\S+)", done.stderr + done.stdout)
    return found[1].decode("ascii", "replace") if found else "of unknown version"


def _sandbox() -> Finding:
    """It may be missing: `run` then works without, within limits of time and memory all the same."""
    if not sandbox.version():
        return Finding("sandbox", "none; workers are not kept off the network (apt-get install bubblewrap)")
    found = "works" if sandbox.works() else "is not allowed here, so workers are not kept off the network"
    return Finding("sandbox", f"{sandbox.version()} {found}")


def _packages() -> Iterator[Finding]:
    """thongbao and what its metadata says that it needs, without the extras."""
    yield _package("thongbao")
    for requirement in metadata.requires("thongbao") or ():
        name = re.match(r"[\w.-]+", requirement)
        if name and "extra ==" not in requirement:
            yield _package(name[0])


def _package(name: str) -> Finding:
    try:
        return Finding(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, "missing", False, f"pip install {name}, or `make demo`, which sets all up")


def _data() -> Iterator[Finding]:
    again = "The installation is not whole: install thongbao again (`make demo` does)."
    try:
        from normalize.lexicon.criteria import criteria_sets
        from normalize.lexicon.unit_files import folder
        from normalize.lexicon.units import Units
        from pipeline.settings import data_versions
    except ImportError as error:
        yield Finding("data", f"cannot be looked at ({error})", False, again)
        return
    yield Finding("unit lists", Units.version() or "missing", bool(Units.paths()), again)
    yield Finding("your own lists", str(folder() / "units"))
    yield Finding("criteria sets", str(len(criteria_sets())), bool(criteria_sets()), again)
    model = data_versions().model
    yield Finding("restoration model", model or "missing", model is not None, again)
