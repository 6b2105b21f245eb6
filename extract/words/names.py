"""Names of persons: what a signer's line looks like."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from normalize.fold import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@cache
def surnames() -> dict[str, tuple[str, ...]]:
    """Vietnamese surnames by their folded form; a few dozen cover nearly everyone.

    >>> surnames()["nguyen"]
    ('Nguyễn',)
    """
    lines = (files("extract") / "data" / "surnames.txt").read_text("utf-8").splitlines()
    named: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(line.strip() for line in lines if line.strip() and not line.startswith("#")):
        named[fold(name)] = (*named.get(fold(name), ()), name)
    return named


def looks_like_name(text: str) -> bool:
    """Is this line a person's name: two to five words, each capitalised, the first a surname?

    >>> looks_like_name("Nguyễn Văn Minh"), looks_like_name("PHÓ GIÁM ĐỐC"), looks_like_name("Lê Văn An (đã ký)")
    (True, False, False)
    """
    words = text.split()
    return 2 <= len(words) <= 5 and all(map(_is_name_word, words)) and fold(words[0]) in surnames()


def _is_name_word(word: str) -> bool:
    """`Nguyễn`, `A`, `K’Brin`, `Niê-Kđăm`: one capital, then small letters."""
    return _WORD.fullmatch(word) is not None and word[0].isupper() and (len(word) == 1 or not word[1:].isupper())


def name_within(text: str) -> tuple[int, int] | None:
    """The span of the last run of capitalised words that begins with a surname, noise around it left out.

    >>> text = "XỒ~ x42 Trần Thanh Phong ."
    >>> start, end = name_within(text)
    >>> text[start:end]
    'Trần Thanh Phong'
    """
    runs = list(re.finditer(r"[^\W\d_]\w*(?:[ \t]+[^\W\d_]\w*)*", text))
    for run in reversed(runs):
        words = list(re.finditer(r"\S+", run.group()))
        for first in range(len(words)):
            candidate = run.group()[words[first].start() :]
            if looks_like_name(candidate):
                return run.start() + words[first].start(), run.end()
    return None
