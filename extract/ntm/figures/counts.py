"""Numbers as notices count with them: `04`, `04 (bốn)`, `bốn`, `mười lăm`; never from inside a word."""

from __future__ import annotations

import re

_ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_OTHERS = {"tư": 4, "lăm": 5, "nhăm": 5, "mốt": 1, "bẩy": 7, "mười": 10, "chục": 10}
_WORD = "|".join(sorted([*_ONES, *_OTHERS, "mươi", "trăm", "linh", "lẻ"], key=len, reverse=True))
IN_WORDS = rf"(?:{_WORD})(?:\s+(?:{_WORD}))*"

# 04 · 04 (bốn) · bốn · 17/17; searched over the true text in small letters: `năm` is a number, `nam` is none
NUMBER = rf"(?:(?<![\w.,/])\d{{1,3}}(?!\d|[.,]\d)(?:\s*\(\s*{IN_WORDS}\s*\))?|(?<!\w){IN_WORDS}(?!\w))"

# 04 · 04 (bon) · 17/17 · muoi lam · bon (04); searched over folded text, where `nam` may be a year
_FOLDED = "mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi"
FOLDED_WORDS = rf"(?:{_FOLDED})(?:\s+(?:{_FOLDED}|lam|tu|mot))*(?!\w)"
COUNT = (
    r"(?:(?<![\d.,/])\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*\(\s*[a-z ]{2,20}\))?|"
    rf"(?<!\w){FOLDED_WORDS}(?:\s*\(\s*\d{{1,3}}\s*\))?)"
)


def parse_count(text: str) -> int | None:
    """The number that a count states, None where figures and words disagree or there is none.

    >>> [parse_count(text) for text in ("04", "04 (bốn)", "mười lăm", "hai mươi mốt", "04 (năm)", "t6")]
    [4, 4, 15, 21, None, None]
    """
    figures = re.match(r"\s*(\d{1,3})(?!\w)", text)
    words = re.search(IN_WORDS, text.lower())
    value = number_of(words[0]) if words else None
    value = value if value is None or value < 100 else None
    if figures is None:
        return value if words and words.start() == len(text) - len(text.lstrip()) else None
    return int(figures[1]) if value is None or value == int(figures[1]) else None


def number_of(words: str) -> int | None:
    """The number from 0 to 999 that words spell, in small letters; None where they spell none.

    >>> number_of("bốn mươi"), number_of("ba trăm linh năm"), number_of("năm trăm hai mươi mốt"), number_of("mươi")
    (40, 305, 521, None)
    """
    value, last = 0, 0
    for word in words.split():
        if word in ("mươi", "chục", "trăm"):
            value, last = value - last + last * (100 if word == "trăm" else 10), 0
        elif word in ("linh", "lẻ"):
            last = 0
        else:
            last = _ONES.index(word) if word in _ONES else _OTHERS[word]
            value += last
    return value if words.split()[0] not in ("mươi", "trăm", "linh", "lẻ") and value < 1000 else None
