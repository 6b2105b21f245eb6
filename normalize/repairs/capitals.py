"""Sở and Bộ that restoration leaves in capitals among small letters: `SO Công Thương` is Sở Công Thương.

A foreign model has no ở and no ộ and reads either as O, so that the word looks like an abbreviation. None has a tone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.letters import SMALL, UPPER
from normalize.text import NONE, Text

_WORD = re.compile(rf"(?<![\w&.-])[{UPPER}](?P<end>[ỞỘ])(?=\s[{UPPER}]?{SMALL})")
CERTAINTY = 0.75  # of such a word: of some fifty a foreign model read two with another first letter, SO for Bộ


@dataclass(frozen=True, slots=True)
class Lowered:
    """A text with such words as they begin a name, and the words (indices into `text.words`) that were."""

    text: Text
    words: frozenset[int]


def with_title_case(text: Text) -> Lowered:
    """Put small letters where capitals can't have stood.

    >>> from normalize.text import from_lines
    >>> with_title_case(from_lines(["SỞ Công Thương, BỘ trưởng", "SỞ CÔNG THƯƠNG"])).text.string
    'Sở Công Thương, Bộ trưởng\\nSỞ CÔNG THƯƠNG\\n'
    """
    edits = [(*found.span("end"), found["end"].lower()) for found in _WORD.finditer(text.string)]
    words = frozenset(i for start, end, _ in edits for i in text.origin[start:end] if i != NONE)
    return Lowered(text.replace_all(edits), words)
