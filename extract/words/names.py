"""Names of persons: what a signer's line looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

from normalize.fold import fold
from normalize.letters import SMALL
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
    named: dict[str, tuple[str, ...]] = {}
    for line in _name_lines():
        for name in line.split() if ":" not in line else ():
            named[fold(name)] = (*named.get(fold(name), ()), *(() if name in named.get(fold(name), ()) else (name,)))
    return named


@cache
def _of_place(place: str) -> dict[str, str]:
    """Syllables by their folded form that stand in one place of a name: `middle`, or `women`, behind Thị.

    >>> _of_place("middle")["van"], _of_place("women")["van"]
    ('Văn', 'Vân')
    """
    found = (line.partition(":")[2] for line in _name_lines() if line.startswith(f"{place}:"))
    return {fold(name): name for line in found for name in line.split()}


def _name_lines() -> list[str]:
    text = (files("extract") / "data" / "name_syllables.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def as_name(raw: Sequence[str], restored: Sequence[str]) -> list[str]:
    """A person's name from words whose marks were lost: by what names are made of, not by what texts say.

    `raw`: the words as a foreign model read them, `restored`: as they were restored for running text, which is kept
    where no name has such letters.

    >>> as_name(["Phan", "Dinh", "Luong"], ["Phân", "Định", "Lượng"])
    ['Phan', 'Đình', 'Lượng']
    >>> as_name(["Trinh", "Thi", "Cam", "Van"], ["Trình", "Thị", "Cam", "Văn"])
    ['Trịnh', 'Thị', 'Cẩm', 'Vân']
    >>> as_name(["Hoang", "Thi", "Van", "Khanh"], ["Hoàng", "Thị", "Văn", "Khanh"])
    ['Hoàng', 'Thị', 'Vân', 'Khánh']
    """
    words = [_surname(raw[0], restored[0])] if raw else []
    for at, (read, kept) in enumerate(zip(raw[1:], restored[1:], strict=True), 1):
        behind = "thi" in map(fold, raw[1:at])  # Hoàng Thị Vân Khánh
        place = "women" if behind else "middle" if at < len(raw) - 1 else "men"
        own = _of_place(place).get(fold(read), "")
        known = [name for name in (own, *name_syllables().get(fold(read), ())) if name and _may_be(read, name)]
        words.append(known[0] if known else kept if kept[0].isupper() else read)
    return words


_ACUTE = str.maketrans("âêôÂÊÔ", "ấếốẤẾỐ")


def lost_acute(name: str) -> tuple[str, str] | None:
    """A word of a man's name that may have lost the acute over its hat, and what it then was: of 22 names with a mark
    misread on the scans of 168 notices nine had lost one.

    >>> lost_acute("Huỳnh Tân Lâm"), lost_acute("Lê Đình Tuân"), lost_acute("Nguyễn Văn Lâm")
    (('Tân', 'Tấn'), ('Tuân', 'Tuấn'), None)
    """
    words = name.split()[1:]
    pairs = ((word, word.translate(_ACUTE)) for word in words if "Thị" not in words)
    return next(((word, as_was) for word, as_was in pairs if as_was != word and as_was in _given(word)), None)


def _given(word: str) -> tuple[str, ...]:
    return name_syllables().get(fold(word), ())


_TITLE = re.compile(r"[A-Z](?:['’][A-Z])?[^\W\d_]*|[A-Z][^\W\d_]*6")
_READ_AS = {"p": "d", "b": "d"}  # Đ with its stroke: pang Ngoc Quynh Nhu is a Đặng


def raw_name(raw: Sequence[str]) -> list[str] | None:
    """A whole line as a person's name by what the engine read, before texts made other words of it; None for others.

    >>> raw_name(["Lo", "Van", "Inh"]), raw_name(["pang", "Ngoc", "Quynh", "Nhw"]), raw_name(["UBND", "huyén", "Muong"])
    (['Lo', 'Van', 'Inh'], ['Dang', 'Ngoc', 'Quynh', 'Nhw'], None)
    """
    if not 3 <= len(raw) <= 5 or not all(_TITLE.fullmatch(word) and not word[1:].isupper() for word in raw[1:]):
        return None
    first = raw[0]
    ways = [first, first.replace("6", "o")] if first[0].isupper() else [_READ_AS.get(first[0], "-").upper() + first[1:]]
    head = next((way for way in ways if fold(way) in surnames()), None) or _near(first, raw[1:])
    return [head, *raw[1:]] if head else None


def _near(first: str, rest: Sequence[str]) -> str | None:
    """The surname a letter off, if the words behind are those of names: `Gidp Van Tho` of a Giáp, `Néong` of a Nông."""
    if len(first) < 4 or not any(fold(word) in name_syllables() for word in rest[-2:]):
        return None
    near = (name for name in surnames() if name[0] == fold(first)[0] and Levenshtein.distance(fold(first), name) == 1)
    return next((name.capitalize() for name in near), None)


def _surname(read: str, restored: str) -> str:
    """The commonest surname of these letters: Trịnh, not the Trình of texts."""
    known = [name for name in surnames().get(fold(read), ()) if _may_be(read, name)]
    return known[0] if known else restored


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
    >>> all(map(looks_like_name, ("Siu H'Nhen", "H’Luyn Niê", "H Liên Knul", "K’ Brơi")))
    True
    """
    words = _APART.sub(r"\1", text).split()
    given = bool(words) and _GIVEN_FIRST.fullmatch(words[0]) is not None
    given = given or (len(words) > 2 and words[0] == "H" and fold(words[1]) not in surnames())  # H Liên Knul
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
