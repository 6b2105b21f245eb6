"""Titles of signers: finding and reading them, in capitals as they are printed."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile

from rapidfuzz import fuzz, process

from extract.words.casing import sentence_case
from normalize.fold import fold
from normalize.letters import UPPER
from normalize.lexicon.titles import signer_titles


@cache
def _titles() -> dict[str, str]:
    """The signers' titles by their folded form."""
    return {fold(title): title for title in signer_titles()}


def match_title(text: str, cutoff: float = 80) -> str | None:
    """The title that a line names, sentence case, or None.

    >>> match_title("PHO GIAM BOC")
    'Phó Giám đốc'
    """
    exact = _best(text, 97)
    if exact is None and (field := _with_field(text)) is not None:
        return field
    found = _best(text, cutoff)
    return _titles()[found[0]] if found else None


def _with_field(text: str) -> str | None:
    """A title and what it is over: `TRƯỞNG PHÒNG QUẢN LÝ BẢO VỆ RỪNG` → `Trưởng phòng Quản lý bảo vệ rừng`."""
    text = re.sub(rf"(?<=[{UPPER}])-(?=[{UPPER}])", " ", text)  # CHÁNH-VĂN-PHÒNG THƯỜNG TRỰC
    key = fold(text).strip()
    for head in sorted(_titles(), key=len, reverse=True):
        words = text.strip()[len(head) :].split()
        if key.startswith(head + " ") and words and text.isupper() and all(map(_of_field, words)):
            cased = sentence_case(" ".join(words)).split()
            rest = [word if _is_short(word) else lowered for word, lowered in zip(words, cased, strict=True)]
            return " ".join([_titles()[head], *rest])
    return None


def _of_field(word: str) -> bool:
    """A word (`QUẢN LÝ THU - SỔ, THẺ`), a dash between two, or the one word of a letter, of health: `NGHIỆP VỤ Y`."""
    bare = word.removesuffix(",")
    return (bare.isalpha() and (len(bare) > 1 or bare == "Y")) or word in ("-", "–")


def _is_short(word: str) -> bool:
    """An abbreviation: capitals that no vowel makes a syllable of (`QLBVR`, `TCCB`)."""
    return word.isupper() and not set(fold(word)) & set("aeiouy")


def _best(text: str, cutoff: float) -> tuple[str, float] | None:
    """The folded title most like a text, and how like (0..100)."""
    key = " ".join(re.findall(r"[a-z]+", fold(text)))  # CHÁNH-VĂN-PHÒNG: words joined by dashes, too
    found = process.extractOne(key, list(_titles()), scorer=fuzz.ratio, score_cutoff=cutoff)
    return (found[0], found[1]) if found else None


def titles_like(text: str) -> tuple[str, ...]:
    """The titles that end in these words.

    >>> titles_like("VĂN PHÒNG")
    ('Chánh Văn phòng', 'Phó Chánh Văn phòng', 'Phó Văn phòng')
    """
    key = " ".join(re.findall(r"[a-z]+", fold(text)))
    return tuple(title for folded, title in _titles().items() if key and folded.endswith(" " + key))


def title_at_end(line: str) -> int | None:
    """Where a title in capitals begins that ends a line, or None.

    >>> title_at_end("- UBND tỉnh (để B/c); PHÓ GIÁM ĐỐC")
    22
    >>> title_at_end("- Như trên; TRƯỞNG PHÒNG NÔNG NGHIỆP VÀ MÔI TRƯỜNG")
    12
    >>> title_at_end("- Ban KTNS, HĐND tỉnh;") is None, title_at_end("- Văn phòng Tỉnh ủy; _—_.PHÓ BÍ THƯ")
    (True, 25)
    """
    words = list(re.finditer(r"[^\W_]\S*|[-–](?=\s)", line))  # =~CHỦ TỊCH, _—_.PHÓ BÍ THƯ: the edge of a seal
    capitals = list(takewhile(lambda word: word[0].isupper() or word[0] in "-–", reversed(words)))
    if capitals and _with_field(line[capitals[-1].start() :]):
        return capitals[-1].start()
    best: tuple[float, int] | None = None
    for word in words:
        rest = line[word.start() :]
        found = _best(rest, 78) if len(rest) >= 6 and sum(c.islower() for c in rest) <= len(rest) // 8 else None
        if found and word.group()[0].isalpha() and (best is None or found[1] > best[0]):
            best = (found[1], word.start())
    return best[1] if best else None
