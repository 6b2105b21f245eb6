"""The apostrophe of a name, read as another sign or a blank: `Ea H đinh`, `Ea M"nang` for Ea H'đinh, Ea M'nang."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from normalize.repairs.mended import Edit, apart
from normalize.text import Text

_SIGN = "'"
_READ_AS = r"(?P<bad>Ñ?[ \"“”´`.:ˆ^])"


def with_signs(text: Text, names: Collection[str]) -> Text:
    """The text with the apostrophe of each of these names that was read as something else.

    >>> from normalize.text import from_lines
    >>> with_signs(from_lines(['xã Ea H đinh đạt 18/19, Ea M"nang, Ea H lai']), ("Ea H'đinh", "Ea M'nang")).string
    "xã Ea H'đinh đạt 18/19, Ea M'nang, Ea H lai\\n"
    >>> with_signs(from_lines(["Đắk NˆDung, Nâm NÑ”Jang"]), ("Đắk N'Dung", "Nâm N'Jang")).string
    "Đắk N'Dung, Nâm N'Jang\\n"
    """
    signed = tuple(sorted({name.replace("’", _SIGN) for name in names if _SIGN in name.replace("’", _SIGN)}))
    edits = apart(_edits(text.string, signed)) if signed else []
    return text.replace_all(edits) if edits else text


def _edits(string: str, names: tuple[str, ...]) -> Iterator[Edit]:
    for pattern in _patterns(names):
        yield from ((*match.span("bad"), _SIGN) for match in pattern.finditer(string))


@lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """A pattern for each name with one apostrophe, blanks as they come."""
    parts = (tuple(map(re.escape, name.split(_SIGN))) for name in names if name.count(_SIGN) == 1)
    return tuple(re.compile(rf"(?<!\w){a}{_READ_AS}{b}(?!\w)".replace(r"\ ", r"\s+")) for a, b in parts)
