"""Titles of signers: finding and reading them, in capitals as they are printed."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from normalize.fold import fold
from normalize.lexicon.titles import signer_titles

_CAPITALS = re.compile(r"(?:[^\W\d_a-zà-ỹ]+[ .,;:'|]*)+$")


def match_title(text: str, cutoff: float = 80) -> str | None:
    """The title that a line names, sentence case, or None.

    >>> match_title("PHO GIAM BOC")
    'Phó Giám đốc'
    """
    titles = {fold(title): title for title in signer_titles()}
    key = " ".join(re.findall(r"[a-z]+", fold(text)))
    found = process.extractOne(key, list(titles), scorer=fuzz.ratio, score_cutoff=cutoff)
    return titles[found[0]] if found else None


def title_at_end(line: str) -> int | None:
    """Where a title in capitals begins that ends a line, or None.

    >>> title_at_end("- UBND tỉnh (để B/c); PHÓ GIÁM ĐỐC")
    22
    >>> title_at_end("- Ban KTNS, HĐND tỉnh;") is None
    True
    """
    words = list(re.finditer(r"\S+", line))
    for first in range(len(words)):
        rest = line[words[first].start() :]
        if sum(c.islower() for c in rest) <= len(rest) // 8 and len(rest) >= 6 and match_title(rest, 78):
            return words[first].start()
    return None
