"""Names of persons: what a signer's line looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

from extract.words.letters import SMALL
from normalize.fold import fold
from normalize.syllable import pronounceable, spelling

# H'Luyn Niê: a woman's name among the Ê Đê, given name first; K'Brịp Hùng, K’ Brơi: a man's among the Cơ Ho and Mạ
_GIVEN_FIRST = re.compile(r"[HK]['’][^\W\d_]+")
_APART = re.compile(r"\b([HK]['’])[ \t]+(?=[^\W\d_])")
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


@cache
def name_syllables() -> dict[str, tuple[str, ...]]:
    """Syllables of middle and given names by their folded form, the commonest first.

    >>> name_syllables()["dinh"]
    ('Đình', 'Định', 'Đinh')
    """
    text = (files("extract") / "data" / "name_syllables.txt").read_text("utf-8")
    named: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        for name in () if line.startswith("#") else line.split():
            named[fold(name)] = (*named.get(fold(name), ()), *(() if name in named.get(fold(name), ()) else (name,)))
    return named


def as_name(raw: Sequence[str], restored: Sequence[str]) -> list[str]:
    """A person's name from words whose marks were lost: by what names are made of, not by what texts say.

    `raw`: the words as a foreign model read them, `restored`: as they were restored for running text, which is kept
    where no name has such letters.

    >>> as_name(["Phan", "Dinh", "Luong"], ["Phân", "Định", "Lượng"])
    ['Phan', 'Đình', 'Lương']
    """
    first = surnames().get(fold(raw[0]), ()) if raw else ()
    words = [first[0] if first and restored[0] not in first else restored[0]] if raw else []
    for read, kept in zip(raw[1:], restored[1:], strict=True):
        known = [name for name in name_syllables().get(fold(read), ()) if _may_be(read, name)]
        words.append(known[0] if known else kept)
    return words


# én Văn Lành Em · > ng Quang Thiều: what the seal has left of a surname, before the rest of the name
_CUT = re.compile(rf"(?:^|(?<=[ \t]))(?P<tail>{SMALL}{{2,5}})(?P<rest>(?:[ \t]+[^\W\d_]{{1,7}}){{2,3}})[\s.,;'’]*$")


def cut_name(line: str) -> tuple[int, int, tuple[str, ...]] | None:
    """A name whose surname lost its beginning: its span, and the surnames that end so, the commonest first.

    >>> start, end, surnames_so = cut_name("én Văn Lành Em")
    >>> start, end, surnames_so[0]
    (0, 14, 'Nguyễn')
    """
    match = _CUT.search(line)
    if match is None or not match["tail"].islower() or not all(map(_is_name_word, match["rest"].split())):
        return None
    ends = tuple(name for names in surnames().values() for name in names if fold(name).endswith(fold(match["tail"])))
    return (*match.span("tail")[:1], match.end("rest"), ends) if ends else None


def _may_be(read: str, name: str) -> bool:
    """May a model without Vietnamese marks read a name so? It adds none where there are none."""
    letters = zip(read, name, strict=True) if len(read) == len(name) else ()
    return all(a == b or a.casefold() == fold(a) or b.casefold() != fold(b) for a, b in letters)


def near_surnames(line: str) -> tuple[str, ...]:
    """The surnames that a line's first word may be a misreading of, if the line is like a name but for that word.

    >>> near_surnames("Yố Thành Ngoãn")[0], near_surnames("Võ Thành Ngoãn")
    ('Võ', ())
    """
    words = line.split()
    if not _named_but_for_first(words):
        return ()
    near = (name for name in surnames() if len(name) > 1 and Levenshtein.distance(fold(words[0]), name) == 1)
    return tuple(surnames()[name][0] for name in near)


def rare_surname(line: str) -> bool:
    """Is the first word of a name no surname of the list, but a syllable?

    >>> rare_surname("Báo Xuân Thìn"), rare_surname("Yố Thành Ngoãn"), rare_surname("Võ Thành Ngoãn")
    (True, False, False)
    """
    words = line.split()
    return _named_but_for_first(words) and pronounceable(spelling(words[0]))


def _named_but_for_first(words: Sequence[str]) -> bool:
    """Are words like a name, but the first is no surname?"""
    if not 3 <= len(words) <= 5 or not all(map(_is_name_word, words)) or fold(words[0]) in surnames():
        return False
    return any(fold(word) in name_syllables() for word in words[1:])


def looks_like_name(text: str) -> bool:
    """Is this line a person's name: two to five words, each capitalised, the first a surname?

    >>> looks_like_name("Nguyễn Văn Minh"), looks_like_name("PHÓ GIÁM ĐỐC"), looks_like_name("Lê Văn An (đã ký)")
    (True, False, False)
    >>> looks_like_name("Siu H'Nhen"), looks_like_name("H’Luyn Niê"), looks_like_name("K’ Brơi")
    (True, True, True)
    """
    words = _APART.sub(r"\1", text).split()
    given = bool(words) and _GIVEN_FIRST.fullmatch(words[0]) is not None
    headed = given or (bool(words) and fold(words[0]) in surnames())
    fewest = 1 if given and words[0][0] == "K" else 2  # K'Brơi is a whole name
    return fewest <= len(words) <= 5 and all(map(_is_name_word, words)) and headed


def _is_name_word(word: str) -> bool:
    """`Nguyễn`, `A`, `K’Brin`, `Niê-Kđăm`: one capital, then small letters."""
    return _WORD.fullmatch(word) is not None and word[0].isupper() and (len(word) == 1 or not word[1:].isupper())


# Đại tá · ThS. · BSCKII. · PGS.TS.: ranks and degrees that stand before a name
_RANK = re.compile(
    r"(?:(?:(?:[Đđ]ại|[Tt]hượng|[Tt]rung|[Tt]hiếu)\s+(?:tướng|tá|úy)|[Bb]ác sĩ|[Kk]ỹ sư|[Ll]uật sư|"
    r"(?:PGS|GS|TS|T[Hh][Ss]|B[Ss]|BSCK|CK|DS|KS|CN|LS|NGƯT|TTND|TTƯT)[IVX]*)[\s.]*)+$"
)


def rank_start(before: str) -> int:
    """Where rank and degree begin that end what stands before a name; its length where there are none.

    >>> rank_start("VT, P.ĐT. ThS. "), rank_start("PGS.TS. "), rank_start("Lưu: VT, ")
    (10, 0, 9)
    """
    found = _RANK.search(before)
    return found.start() if found and not before[: found.start()][-1:].isalpha() else len(before)


def name_within(text: str) -> tuple[int, int] | None:
    """The span of the last run of capitalised words that begins with a surname, noise around it left out.

    >>> text = "XỒ~ x42 Trần Thanh Phong ."
    >>> start, end = name_within(text)
    >>> text[start:end]
    'Trần Thanh Phong'
    """
    word = r"(?:[HK]['’][ \t]*)?[^\W\d_]\w*(?:['’]\w+)*"
    runs = list(re.finditer(rf"{word}(?:[ \t]+{word})*", text))
    for run in reversed(runs):
        words = list(re.finditer(r"\S+", run.group()))
        for first in range(len(words)):
            candidate = run.group()[words[first].start() :]
            if looks_like_name(candidate):
                return run.start() + words[first].start(), run.end()
    return None
