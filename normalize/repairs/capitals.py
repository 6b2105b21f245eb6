"""Sở and Bộ that look like other words: `SO Công Thương` is Sở Công Thương, and so is `Số Công Thương` on a page.

A foreign model has no ở and no ộ and reads either as O, so that the word looks like an abbreviation. None has a tone.
Tesseract's Vietnamese model takes the hook of an ở for an acute, which makes a word as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

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


def with_offices(text: Text, agencies: Iterable[str]) -> Mended:
    """Put Sở where Số stands before the field of a department of these.

    >>> from normalize.text import from_lines
    >>> said = from_lines(["Số Y tế (b/c); SỎ NÔNG NGHIỆP VÀ PTNT; Công văn Số 12"])
    >>> with_offices(said, ["Sở Y tế", "Sở Nông nghiệp và Môi trường"]).text.string
    'Sở Y tế (b/c); SỞ NÔNG NGHIỆP VÀ PTNT; Công văn Số 12\\n'
    """
    found = _before_field(tuple(agencies)).finditer(text.string)
    return mended(text, [(*match.span("bad"), "ở" if match["bad"].islower() else "Ở") for match in found])


@lru_cache(maxsize=4)
def _before_field(agencies: tuple[str, ...]) -> re.Pattern[str]:
    """Số before what only a department is for, in capitals or not."""
    fields = {" ".join(name.split()[1:3]).rstrip(",") for name in agencies if name.startswith("Sở ")}
    ways = sorted({re.escape(way).replace(r"\ ", r"\s") for field in fields for way in (field, field.upper())})
    return re.compile(rf"(?<!\w)S(?P<bad>[ốỐỏỎ])(?=\s(?:{'|'.join(ways)})(?!\w))")
