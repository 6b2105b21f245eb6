"""What a seal and a signature leave behind an entry of the left column, in dumps that run both columns together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.reading import Reading
from normalize.fold import fold
from normalize.model import packaged
from normalize.syllable import pronounceable, spelling

# How a second body begins behind a semicolon: Sở Y tế; Sở LĐ-TB&XH · VPĐP NTM tỉnh; Chi cục BVMT
_HEADS = re.compile(
    r"(?:s[o6@d]|ubnd|hdnd|bcd|ban|bo|cong|phong|van|vp|vpdp|ttr?|cac|huyen|tinh|chi|hoi|trung|mat|mttq|dang|lien|lanh|"
    r"thanh|chu|p?ct|giam|gd|thuong|uy|kbnn|ldld|doan|truong)$"
)
_EDGES = "'`‘’.,;:|\\"
_LEAST = 6  # letters of a body's name
_LIST = re.compile(r":[^,;]*;")  # Các Sở: Nội vụ; Y tế
_SPECK = 4  # letters of what a seal is read as, at most
_BEHIND = re.compile(r"(?<=[;,:.)])[\s.:]*(?P<tail>[^\s;,:()](?:[^;,:()]*[^\s;,:()])?)[\s.]*$")


def before_seal(reading: Reading, start: int, end: int) -> int:
    """The end of an entry without what stands behind its last semicolon, comma or bracket and is no body.

    `UBND 06 xã; now fa` · `Thường trực Tỉnh ủy (b/c), zo nin` · `UBND huyện, 7 5`; but `Sở Y tế; Sở LĐ-TB&XH` is one
    entry with two bodies.
    """
    found = _BEHIND.search(reading.string, start, end)
    while found is not None and _is_left(reading, start, found):
        end = found.start()
        while end > start and reading.string[end - 1] in " \n;,:.":
            end -= 1
        found = _BEHIND.search(reading.string, start, end)
    return end


def _is_left(reading: Reading, start: int, found: re.Match[str]) -> bool:
    raw = [word.text.strip(_EDGES) for word in reading.words(*found.span("tail"))]
    before, between = reading.string[start : found.start()], reading.string[found.start() : found.start("tail")]
    if before.endswith(";") and not _LIST.search(before):
        first = found["tail"].split()[0]
        goes_on = "\n" in between and first.islower() and pronounceable(spelling(first))  # Trung ; / ương
        goes_on = goes_on or _wraps(found["tail"])
        return not goes_on and not _is_body(raw)
    words = found["tail"].split()
    if "\n" in found["tail"] and words[-1].istitle() and reading.string.startswith(";", found.end()):
        return False  # Minh Lương, VÕ / Lao;
    short = len(raw) == len(words) and all(len(word) <= _SPECK for word in raw)
    return short and _is_speck(raw[0]) and _is_speck(words[0].strip(_EDGES))


def _wraps(tail: str) -> bool:
    """`; Cổng <SN` / `an tỉnh`: what a second line goes on with in two words is of the entry, with the seal in it."""
    line = tail.rpartition("\n")[2].split()
    return (
        "\n" in tail and len(line) > 1 and line[0].islower() and all(pronounceable(spelling(word)) for word in line[:2])
    )


def _is_body(words: Sequence[str]) -> bool:
    """By what the engine read: a seal is restored into words, too (`Se wa` as Sở xã)."""
    letters = sum(char.isalpha() for word in words for char in word)
    return letters >= _LEAST and bool(words) and _HEADS.match(fold(words[0].split(".")[0])) is not None


def _is_speck(word: str) -> bool:
    """A figure, a sign, or letters that are neither a syllable nor a known abbreviation: `7`, `\\2`, `zn`, `ys`."""
    if not word.isalpha():
        return not any(char.isalpha() for char in word) or not word.isalnum()
    if word.isupper() and len(word) > 1:
        return len(word) == 2 and word not in packaged().abbreviations
    return not pronounceable(spelling(word)) if len(word) > 1 else word.islower()
