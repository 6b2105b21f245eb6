"""Short pieces of mangled text that are no words: Roman numerals whose strokes were read as letters, `Viv` for V/v.

Counted on 5,680 lines of pairs and on 2,903 rendered ones: Ill was III each of 8 times, Il was II in 7 of 9 (else III),
HI and IIT were III (3 of 3), Viv was V/v (2 of 2).
"""

from __future__ import annotations

import re

SURE = {"III": 0.95, "II": 0.8, "V/v": 0.95}  # how sure each is
_THREE = re.compile(r"(?=.*I)[Il]{3}|I[Il1][T1]|HI")
_TWO = re.compile(r"Il|lI")


def short_form(text: str) -> str | None:
    """What a piece of mangled text was, if it is one of these.

    >>> [short_form(text) for text in ("Ill", "Il", "IIT", "HI", "Viv", "II", "lil", "Hi")]
    ['III', 'II', 'III', 'III', 'V/v', None, None, None]
    """
    if _THREE.fullmatch(text):
        return "III" if text != "III" else None
    if _TWO.fullmatch(text):
        return "II"
    return "V/v" if text == "Viv" else None
