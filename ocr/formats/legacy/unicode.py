"""Words of an encoding turned to Unicode: one by one, and those of a line with their capitals."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from ocr.formats.legacy.encoding import CHARSETS, Encoding
from ocr.formats.legacy.syllable import LETTERS, is_syllable

_GAPS = (("aú", "ẳ"), ("AÚ", "Ẳ"), ("Aú", "Ẳ"), ("î", "ỵ"), ("Î", "Ỵ"))  # of viparse 0.1.31's VNI table
_CAPITALS = "¡¢£¤¥¦§"  # ĂÂÊÔƠƯĐ, which TCVN3 does have
_MARKS = "–—•“”‘’…"  # at a word's edge they are what they look like, though VISCII and VPS have letters for their bytes


@lru_cache(maxsize=20_000)
def to_unicode(word: str, encoding: Encoding) -> str:
    """A word in Unicode, NFC.

    >>> to_unicode("Qu¶ng", Encoding.TCVN3), to_unicode("t-íng", Encoding.TCVN3), to_unicode("huyeän", Encoding.VNI)
    ('Quảng', 'tướng', 'huyện')
    """
    if encoding in CHARSETS:
        return _of_charset(word, encoding)
    look = word.translate(_shown())
    if encoding is Encoding.VNI:
        for given, letter in _GAPS:
            look = look.replace(given, letter)
    if encoding is Encoding.TCVN3 and "-" in look.strip("-") + look[-1:]:
        horned = _fixed(look.replace("-", "\xad"), encoding)
        return horned if _is_horned(horned) else _fixed(look, encoding)
    return _fixed(look, encoding)


def _of_charset(word: str, encoding: Encoding) -> str:
    turned = _fixed(bytes_look(word), encoding)
    core = word.strip(_MARKS)
    if core == word or (core and all(map(is_syllable, LETTERS.findall(turned)))):
        return turned
    head = word[: len(word) - len(word.lstrip(_MARKS))]
    return head + (_fixed(bytes_look(core), encoding) + word[len(head) + len(core) :] if core else "")


def _fixed(look: str, encoding: Encoding) -> str:
    from viparse import fix  # 0.1 s to load, and nearly no file needs it

    turned: str = fix(look, encoding=encoding.value)
    return turned or unicodedata.normalize("NFC", look)  # viparse drops what shows nothing


def _is_horned(word: str) -> bool:
    """Is that a word in which ư came as a hyphen? Both are 0xAD to a PDF's reader: `t-íng` is tướng."""
    core = word.strip('.,;:()"”“/')
    return core[:1] != "ư" and (len(core) > 2 or core == "tư") and is_syllable(core)


def turn(words: Sequence[str], encoding: Encoding) -> list[str]:
    """The words of a line in Unicode, NFC.

    TCVN3 has no toned capitals: .VnTimeH draws them from small letters. They are put back where the other letters
    of the word, of the words beside it, or of all the line show it.

    >>> turn(["ñY", "BAN", "NH¢N", "D¢N", "X·"], Encoding.TCVN3), turn(["Së", "N¤NG", "Tù", "do"], Encoding.TCVN3)
    (['ỦY', 'BAN', 'NHÂN', 'DÂN', 'XÃ'], ['SỞ', 'NÔNG', 'Tự', 'do'])
    """
    turned = [to_unicode(word, encoding) for word in words]
    if encoding is not Encoding.TCVN3:
        return turned
    capitals = [_capitals(word) for word in words]
    every = max(capitals, default=0) > 1 and not any(c.isascii() and c.islower() for word in words for c in word)
    sure = [many > 1 and is_syllable(word) for many, word in zip(capitals, turned, strict=True)]
    loud = [every or many > 1 or (many == 1 and _amid(capitals, sure, at)) for at, many in enumerate(capitals)]
    return [word.upper() if shout else word for word, shout in zip(turned, loud, strict=True)]


def _amid(capitals: Sequence[int], sure: Sequence[bool], at: int) -> bool:
    """Does a word with one capital stand before words in capitals?"""
    return max(capitals[at + 1 : at + 2], default=0) > 1 and any(sure[max(at - 1, 0) : at + 2])


def _capitals(word: str) -> int:
    """How many letters that have two cases a word has, where all are capitals; else 0. Codes (12/N§-CP) say nothing."""
    plain = [c for c in word if (c.isascii() and c.isalpha()) or c in _CAPITALS]
    if any(c.isascii() and c.isdigit() for c in word):  # ¹ is a letter in TCVN3
        return 0
    return len(plain) if not any(map(str.islower, plain)) else 0


@cache
def _shown() -> dict[int, str]:
    """What Windows shows for the bytes 0x80 to 0x9f."""
    shown = ((byte, bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return {byte: letter for byte, letter in shown if letter}


@cache
def _folding() -> dict[int, int]:
    return {ord(letter): byte for byte, letter in _shown().items()}


def bytes_look(word: str) -> str:
    """A word as the Latin-1 look of its bytes, also where Windows showed them."""
    return word.translate(_folding())
