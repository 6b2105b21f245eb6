"""Marks off, one letter for one letter, so that an offset in the folded text holds in the true text."""

from __future__ import annotations

import unicodedata

_MARKED = "".join(chr(c) for c in range(0xC0, 0x1EFA) if unicodedata.decomposition(chr(c)))


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() and base.isalpha() else letter


_TABLE = str.maketrans({letter: _plain(letter) for letter in _MARKED} | {"đ": "d", "Đ": "D"})
_LOWER = str.maketrans({letter: _plain(letter).lower() for letter in _MARKED} | {"đ": "d", "Đ": "d"})
_ASCII_LOWER = str.maketrans({chr(c): chr(c + 32) for c in range(65, 91)})


def unmark(text: str) -> str:
    """Take the marks off, keeping the case. The length never changes.

    >>> unmark("Đồng Ý"), len(unmark("Hoà")) == len("Hoà")
    ('Dong Y', True)
    """
    return text.translate(_TABLE)


def fold(text: str) -> str:
    """Take marks and case off. The length never changes.

    >>> fold("Ủy ban nhân dân TỈNH Lạng Sơn")
    'uy ban nhan dan tinh lang son'
    """
    return text.translate(_LOWER).translate(_ASCII_LOWER)
