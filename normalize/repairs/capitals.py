"""Sở and Bộ that restoration leaves in capitals among small letters: `SO Công Thương` is Sở Công Thương.

A foreign model has no ở and no ộ and reads either as O, so that the word looks like an abbreviation. None has a tone.
"""

from __future__ import annotations

import re

from normalize.letters import SMALL, UPPER
from normalize.repairs.mended import Mended, mended
from normalize.text import Text

_WORD = re.compile(rf"(?<![\w&.-])[{UPPER}](?P<end>[ỞỘ])(?=\s[{UPPER}]?{SMALL})")
CERTAINTY = 0.75  # of such a word: of some fifty a foreign model read two with another first letter, SO for Bộ


def with_title_case(text: Text) -> Mended:
    """Put small letters where capitals can't have stood.

    >>> from normalize.text import from_lines
    >>> with_title_case(from_lines(["SỞ Công Thương, BỘ trưởng", "SỞ CÔNG THƯƠNG"])).text.string
    'Sở Công Thương, Bộ trưởng\\nSỞ CÔNG THƯƠNG\\n'
    """
    edits = [(*found.span("end"), found["end"].lower()) for found in _WORD.finditer(text.string)]
    return mended(text, edits)
