"""The encodings: which there are, which letters are theirs, and what a word is in each."""

from __future__ import annotations

import re
from enum import StrEnum


class Encoding(StrEnum):
    """What is converted, named as in viparse."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    VISCII = "viscii"
    VPS = "vps"


CHARSETS = (Encoding.VISCII, Encoding.VPS)  # one for a whole file; TCVN3 and VNI change with the font
_C0_LETTERS = "\x02-\x06\x10-\x15\x19\x1c-\x1e"  # capitals of VISCII and VPS
_SPACED = re.compile(r"\S+")
_UNSPACED = re.compile(r"[^ \t\n\r\v\f]+")  # in VISCII and VPS what Python takes for blanks are letters
TOUCHED = re.compile(f"[{_C0_LETTERS}\x80-\xff\u2212\u2219]")


def split(line: str, encoding: Encoding | None) -> list[str]:
    """The words of a line. In VISCII and VPS, U+0085 and U+00A0 are letters, and so are some controls.

    >>> split("x\\xa0 y", Encoding.VISCII), split("x\\xa0 y", None)
    (['x\\xa0', 'y'], ['x', 'y'])
    """
    return word_pattern(encoding).findall(line)


def word_pattern(encoding: Encoding | None) -> re.Pattern[str]:
    """What a word is in a text of this encoding, None for Unicode."""
    return _UNSPACED if encoding in (Encoding.VISCII, Encoding.VPS) else _SPACED
