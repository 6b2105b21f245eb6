"""Vietnamese syllables: one spelling for each, cut into onset and rime, in the case that was read."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSET = re.compile(r"[bcdđghklmnpqrstvxfjwz]*", re.IGNORECASE)
_VOWEL = re.compile(r"[aăâeêioôơuưy]", re.IGNORECASE)
# The old placement (hòa, thủy) is what official text prints; the new one (hoà, thuỷ) is read as the same syllable.
_PLACED = re.compile(r"(?<!q)(o)([aae])([\u0300\u0301\u0303\u0309\u0323])$|(?<!q)(u)(y)([\u0300\u0301\u0303\u0309\u0323])$")


class Case(StrEnum):
    """How a word was printed."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"


@lru_cache(65536)
def spelling(word: str) -> str:
    """The one spelling of a syllable: lower case, NFC, tone mark on the vowel where official text puts it.

    >>> spelling("Hoà"), spelling("thuỷ"), spelling("quý"), spelling("HOÀN")
    ('hòa', 'thủy', 'quý', 'hoàn')
    """
    lower = unicodedata.normalize("NFC", word.lower())
    if lower.isascii():
        return lower
    apart = _apart(lower)
    moved = _PLACED.sub(lambda m: m[1] + m[3] + m[2] if m[1] else m[4] + m[6] + m[5], apart)
    return unicodedata.normalize("NFC", moved)


def _apart(word: str) -> str:
    """Take only the tone marks apart from their letters: ấ → â + acute."""
    pieces = []
    for letter in word:
        marks = [m for m in unicodedata.normalize("NFD", letter) if m in _TONES]
        base = "".join(m for m in unicodedata.normalize("NFD", letter) if m not in _TONES)
        pieces.append(unicodedata.normalize("NFC", base) + "".join(marks))
    return "".join(pieces)


@lru_cache(65536)
def parts(word: str) -> tuple[str, str]:
    """Cut a word before its first vowel letter.

    >>> parts("trường"), parts("uỷ"), parts("Quý")
    (('tr', 'ường'), ('', 'uỷ'), ('Q', 'uý'))
    """
    end = _ONSET.match(word).end()  # type: ignore[union-attr]  # the empty string always matches
    return word[:end], word[end:]


def in_case(word: str, case: Case) -> str:
    """Print a lower-case word in a case.

    >>> in_case("ủy", Case.TITLE), in_case("ban", Case.UPPER)
    ('Ủy', 'BAN')
    """
    if case is Case.UPPER:
        return word.upper()
    return word[:1].upper() + word[1:] if case is Case.TITLE else word


def case_of(word: str) -> Case:
    """The case of a word as read. One capital with nothing after it counts as title case.

    >>> [case_of(w).value for w in ("Sơn", "UBND", "xA", "Y", "S8")]
    ['title', 'upper', 'lower', 'title', 'title']
    """
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters or not letters[0].isupper():
        return Case.LOWER
    return Case.UPPER if capitals > 1 and capitals * 2 > len(letters) else Case.TITLE


def pronounceable(word: str) -> bool:
    """Has the word the letters of a Vietnamese syllable: onset, then vowels, then at most two final letters?

    >>> pronounceable("nghiêng"), pronounceable("ubnd"), pronounceable("internet")
    (True, False, False)
    """
    onset, rime = parts(word)
    plain = unicodedata.normalize("NFD", rime).encode("ascii", "ignore").decode()
    return len(onset) <= 3 and bool(re.fullmatch(r"[aeiouy]{1,3}(c|ch|m|n|ng|nh|p|t)?", plain)) and _one_tone(rime)


def _one_tone(rime: str) -> bool:
    return sum(mark in _TONES for mark in unicodedata.normalize("NFD", rime)) <= 1
