"""Names in words that the language model does not know (Ia Hrung, Bờ Ngoong): the letters that were read say which.

Restoration makes common words of them (`là Trung`, `bộ Ngoong`). Where the letters of all words of an expected name
stand in a row, the name is put there, whatever restoration made of them; and any name where its marks were read, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from normalize.fold import fold
from normalize.letters import SMALL, UPPER
from normalize.model.trained import packaged
from normalize.syllable import spelling
from normalize.text import NONE, Text

CERTAINTY = 0.93  # of a name put so: its letters are all there, but for its marks
SHORTEST = 4  # letters of a name that is put: Bon Phặt is, a lone Dun is not
_LETTERS = re.compile(r"[^\W_](?:.*[^\W_])?")
_IA = "Ia "  # la Phìn: the model knows both words, but no name begins with la
_CASED = re.compile(rf"{SMALL}[{UPPER}]")  # a capital within a word is a misread letter
_PARTS = re.compile(r"\w+")
# Letters that are read for one another: Ia as la and 1a, Bờ as B0.
_ALIKE = str.maketrans({"l": "i", "1": "i", "|": "i", "j": "i", "0": "o", "6": "o"})


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text with its names spelled, and the words (indices into `text.words`) that were changed."""

    text: Text
    words: frozenset[int]


def spell(text: Text, names: tuple[str, ...]) -> Spelled:
    """Put the expected names that have words which are no syllables where their letters stand.

    >>> from normalize.restore import restore
    >>> from normalize.text import from_lines
    >>> read = restore(from_lines(["Uy ban nhan dan cac xa: la Hrung, Bo Ngoong trién khai"]), settle=False)
    >>> spell(read.text, ("Ia Hrung", "Bờ Ngoong", "Kông Bờ La")).text.string
    'Ủy ban nhân dân các xã: Ia Hrung, Bờ Ngoong triển khai\\n'
    >>> cell = from_lines(["Côn Lôn"])  # which restoration made another word of
    >>> spell(cell.replace(0, 3, "Còn"), ("Côn Lôn",)).text.string
    'Côn Lôn\\n'
    """
    wanted = _by_letters(names)
    found = _found([_letters(word.text) for word in text.words], wanted) if wanted else {}
    # of others its marks stand: Krông; not KrêÌ, of Krêl
    meant = {i: part for i, part in found.items() if (word := text.words[i].text).isascii() or _CASED.search(word)}
    meant |= _found([_marked(word.text) for word in text.words], _by_marks(names))
    spans = [(i, start, end) for i, start, end in _spans(text) if i in meant] if meant else []
    edits = {i: edit for i, start, end in spans if (edit := _edit(text, start, end, meant[i]))}
    return Spelled(text.replace_all(list(edits.values())), frozenset(edits))


@lru_cache(maxsize=64)
def _by_letters(names: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """The names with an unknown word, or whose I is read as l, by the letters of their words; two that are alike are
    left out."""
    known = packaged().numbers
    found: dict[tuple[str, ...], str] = {}
    odd = {name for name in set(names) if not all(spelling(part) in known for part in _PARTS.findall(name))}
    for name in odd | {name for name in names if name.startswith(_IA)}:
        key = tuple(map(_letters, name.split()))
        if sum(map(len, key)) >= SHORTEST:
            found[key] = "" if key in found else name
    return {key: name for key, name in found.items() if name}


@lru_cache(maxsize=64)
def _by_marks(names: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """The names of two words and more by their words with their marks: what was read so was not misread."""
    marked = {tuple(map(_marked, name.split())): name for name in names if " " in name and not name.isascii()}
    return {key: name for key, name in marked.items() if all(key)}


def _marked(word: str) -> str:
    """What is read of a word of a name, in one spelling and without the signs around it; `xã hội, An ninh` has none."""
    core = _LETTERS.search(word)
    return spelling(core[0].lower()) if core and not core[0][0].islower() else ""


def _letters(word: str) -> str:
    """What is read of a word when its marks are lost, without the signs around it."""
    core = _LETTERS.search(fold(word))
    return core[0].translate(_ALIKE) if core else ""


def _found(letters: list[str], wanted: Mapping[tuple[str, ...], str]) -> dict[int, str]:
    """The words that spell a name, each with its part of the name; the longest names first where they overlap."""
    lengths = sorted({len(key) for key in wanted}, reverse=True)
    out: dict[int, str] = {}
    at = 0
    while at < len(letters):
        here = (wanted.get(tuple(letters[at : at + n])) for n in lengths)
        parts = next((name.split() for name in here if name), [])
        out |= dict(enumerate(parts, at))
        at += max(len(parts), 1)
    return out


def _spans(text: Text) -> list[tuple[int, int, int]]:
    """Each word of a text, by its index, as the characters [start, end) that it came to, in rising order."""
    spans: dict[int, tuple[int, int]] = {}
    for at, i in enumerate(text.origin):
        if i != NONE:
            spans[i] = (spans.get(i, (at, at))[0], at + 1)
    return sorted(((i, *span) for i, span in spans.items()), key=lambda one: one[1])


def _edit(text: Text, start: int, end: int, part: str) -> tuple[int, int, str] | None:
    """A part of a name in place of the letters of [start, end), in capitals where those are; None where it stands."""
    letters = _LETTERS.search(text.string, start, end)
    if letters is None:
        return None
    new = part.upper() if len(part) > 1 and letters[0].isupper() else part
    same = letters[0].replace("’", "'") == new.replace("’", "'")  # Cư M’gar: as the page prints it
    return None if same else (*letters.span(), new)
