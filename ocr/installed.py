"""What is installed of Tesseract: is it there, which version, which languages?"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ocr.errors import EngineMissing, LanguageMissing

_PACKAGES = {"vie": "tesseract-ocr-vie", "script/Vietnamese": "tesseract-ocr-script-viet", "eng": "tesseract-ocr-eng"}
_PROBE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class ToolProbe:
    """What is installed of Tesseract; empty where it is not.

    >>> ToolProbe(True, "5.3.0", ("eng",)).remedy("vie")
    'apt-get install tesseract-ocr-vie'
    """

    installed: bool
    version: str = ""
    languages: tuple[str, ...] = ()

    def remedy(self, language: str = "vie") -> str:
        """The command that mends what is missing, or nothing."""
        if not self.installed:
            return f"apt-get install tesseract-ocr {_package(language)}"
        missing = [part for part in language.split("+") if not self.speaks(part)]
        return f"apt-get install {' '.join(map(_package, missing))}" if missing else ""

    def speaks(self, language: str) -> bool:
        """Is the language's model there? Debian lists `script/Vietnamese` without its folder."""
        return language in self.languages or language.removeprefix("script/") in self.languages

    def require(self, language: str, path: Path | None = None) -> None:
        """Raise EngineMissing or LanguageMissing unless this language can be read."""
        remedy = f"Install it: {self.remedy(language)}."
        if not self.installed:
            raise EngineMissing(path, remedy=remedy)
        if not all(self.speaks(part) for part in language.split("+")):
            raise LanguageMissing(path, f"Tesseract has no model for {language}", remedy)


def _package(language: str) -> str:
    return _PACKAGES.get(language, f"tesseract-ocr-{language}")


@lru_cache(maxsize=1)
def probe() -> ToolProbe:
    """Ask the installed Tesseract once for its version and languages."""
    try:
        version = _say("--version")
        listed = _say("--list-langs")
    except (OSError, subprocess.SubprocessError):
        return ToolProbe(False)
    found = re.search(r"tesseract v?(\S+)", version)
    languages = tuple(line.strip() for line in listed.splitlines() if line.strip() and not line.endswith(":"))
    return ToolProbe(True, found[1] if found else "", languages)


def _say(option: str) -> str:
    command = ["tesseract", option]
    done = subprocess.run(command, capture_output=True, timeout=_PROBE_SECONDS, check=True)
    return (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
