"""A whole text in Unicode: `convert`, and the `note` that a page has of it."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.formats.legacy.encoding import Encoding, word_pattern
from ocr.formats.legacy.recognition import encodings_of, recognise
from ocr.formats.legacy.unicode import turn


def convert(text: str) -> tuple[str, tuple[Encoding, ...]]:
    """A text in Unicode, and what it was in: itself and nothing where it was recognised as no legacy encoding.

    >>> convert("Céng hoµ x· héi chñ nghÜa ViÖt Nam\\n§éc lËp - Tù do - H¹nh phóc")[0]
    'Cộng hoà xã hội chủ nghĩa Việt Nam\\nĐộc lập - Tự do - Hạnh phúc'
    """
    lines = text.split("\n")
    among = recognise(lines)
    if not among:
        return text, ()
    rows = zip(lines, encodings_of(lines, among), strict=True)
    return "\n".join(_converted(line, encoding) for line, encoding in rows), among


def _converted(line: str, encoding: Encoding | None) -> str:
    if encoding is None:
        return line
    pattern = word_pattern(encoding)
    turned = iter(turn(pattern.findall(line), encoding))
    return pattern.sub(lambda _: next(turned), line)


def note(among: Sequence[Encoding]) -> str:
    """What a page says of its conversion.

    >>> note([Encoding.TCVN3])
    'converted from TCVN3'
    """
    return "converted from " + " and ".join(encoding.name for encoding in among)
