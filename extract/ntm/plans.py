"""What a notice only intends: `phấn đấu năm 2023 xã X đạt 19/19 tiêu chí` reports nothing."""

from __future__ import annotations

import re

from extract.reading import Reading
from extract.words.phrases import find_phrases

REACH = 160  # letters that one clause with its lists has at most
_STOP = re.compile(r"\.(?=\s)|\n\s*(?=[-+•*])")
# … phấn đấu về đích, đến nay đã đạt 17/19 tiêu chí: a fact again
_FACT = re.compile(r"(?<!\w)(?:da|hien|den nay|ket qua|tinh den|qua kiem tra|qua tham tra|thuc te|moi)(?!\w)")


def is_intended(whole: Reading, at: int, group: str = "intended") -> bool:
    """Does a word of intent stand before `at` in its clause, and nothing behind it that tells a fact?

    `group`: the cues of intent; `asked` are those that ask somebody to do it.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["Phấn đấu năm 2023, xã Nga My đạt 19/19 tiêu chí. Xã phấn đấu nhiều, nay đã đạt 17"])
    >>> reading = Reading(text, (1.0,) * len(text.words))
    >>> is_intended(reading, 29), is_intended(reading, 76)
    (True, False)
    """
    start = max(0, at - REACH)
    start = max((m.end() for m in _STOP.finditer(whole.folded, start, at)), default=start)
    found = [span for span in find_phrases(whole, group, start, at) if not bracketed(whole, span[0], at)]
    return bool(found) and _reaches(whole.flowing[found[-1][1] : at])


def _reaches(between: str) -> bool:
    """Does intent reach over these words? Past a semicolon only where it leads in a list: `Mục tiêu: …; …`."""
    clause, semicolon, _ = between.partition(";")
    return _FACT.search(between) is None and (not semicolon or ":" in clause)


def bracketed(whole: Reading, start: int, at: int) -> bool:
    """`Xã Bằng Lang (xã đăng ký đạt chuẩn năm 2019) đạt 17/19`: does a bracket close before `at`?"""
    opened = whole.string.find("(", start, at)
    closed = whole.string.find(")", start, at)
    return closed >= 0 and not 0 <= opened < closed
