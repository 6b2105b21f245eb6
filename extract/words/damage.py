"""Signs that a name was damaged in reading: what no printed name of a body holds."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

from extract.reading import Reading
from normalize.fold import fold
from normalize.letters import SMALL, UPPER
from normalize.lexicon.units import unit_names
from normalize.model import packaged
from normalize.syllable import pronounceable, spelling

_CAPITALS = re.compile(rf"(?<!\w)[{UPPER}]{{2,}}\d*(?!\w)")
ODD = 3  # letters: two may stand for anything
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# và-PTNT · tR&} · xã| · Cục* · Giao° · nông.thôn · Văn Nhuệ., · trung ương: +: : marks that stand in no name
_STRAY = re.compile(
    rf"(?<!\w)(?:và|của)\s?[-–]\s?(?=\w)|[^\w\s.,;:()/&+'’\"“”…–—-]|_|(?<=[,;])\s*['’](?=\w)|\.(?=,)|\+\s*:|"
    rf"(?<={SMALL})\.(?={SMALL})(?!(?:[\w-]+\.)*(?:vn|com|org|net)\b)"
)
# ThS, TTg, PTTgCP, HĐNDtỉnh: capitals first; TrườngAn has small letters before a capital
_CASE = re.compile(rf"{SMALL}{{2,}}[{UPPER}]")
_FIGURE = re.compile(rf"{SMALL}\d|\d[^\W\d_]{{2,}}")  # N1 vụ stands under `words`; Nộ1 vụ, 1ường
_DOT = re.compile(r"(?<![.…])\b(?P<word>[^\W\d_]+)\.\s+(?=[^\W\d_])")
_NOISE = re.compile(r"(?<!\S)(?![-–—&+/(]+(?!\S))[^\w\s…]+(?!\S)")  # ,„ between two words
# huyện Bắc Sơn · tỉnh Phú: the name behind the word for a unit
_UNIT = re.compile(
    r"(?<!\w)(?:[tT]ỉnh|[hH]uyện|[tT]hành phố|[tT]hị xã|xã|[pP]hường|[tT]hị trấn)\s+"
    rf"(?P<name>[{UPPER}]\S*(?:\s+[{UPPER}]\S*)*)"
)


def damage(text: str, shortened: bool = True) -> str | None:
    """What is wrong with a name of a body as it was read, in words for a reviewer; None where nothing shows.

    `shortened`: may it hold words with a stop behind them (`TT. Tỉnh ủy`)? Others are doubted always.

    >>> damage("UBND các xã, thị trấn"), damage("Ủy ban nhân dân huyện Cư M’gar")
    (None, None)
    >>> damage("Phòng Nôỉng nghiệp")
    "'Nôỉng' is no word"
    >>> damage("Sở Y tế (b/c"), damage("UBND. Xã")
    ('a bracket is open', "a stop stands behind 'UBND'")
    """
    if any(text.startswith(left) for left in _listed()["headless"]):
        return "its first word seems lost"
    stray = _STRAY.search(text)
    if stray:
        return f"{stray[0]!r} stands in it"
    if text.count("(") != text.count(")"):
        return "a bracket is open"
    mixed = _CASE.search(text) or _FIGURE.search(text)
    if mixed and not any(mixed[0] in word for word in _known_words()):
        return f"{mixed[0]!r} stands in a word"
    stop = next((m["word"] for m in _DOT.finditer(text) if not (shortened and _is_short(m["word"]))), None)
    if stop:
        return f"a stop stands behind {stop!r}"
    place = next((m["name"] for m in _UNIT.finditer(text) if not _is_unit(m["name"])), None)
    if place:
        return f"no unit is named {place!r}"
    strange = next((word for word in _WORD.findall(text) if not _is_word(word)), None)
    return f"{strange!r} is no word" if strange else None


def with_commas(text: str) -> str:
    """A list of bodies with commas where stops were read; those behind shortened words are print, one in a unit's name
    is a speck.

    >>> with_commas("TT. Huyện ủy. HĐND. UBND huyện"), with_commas("UBND huyện Lạc. Thủy")
    ('TT. Huyện ủy, HĐND, UBND huyện', 'UBND huyện Lạc Thủy')
    """
    return _DOT.sub(_instead, text)


_UNIT_SHORT = frozenset({"h", "x", "tx", "tp", "tt", "p", "q"})  # UBND h. Phú Lương


def _instead(stop: re.Match[str]) -> str:
    """What stands for a word and the stop behind it."""
    if _is_short(stop["word"]) or stop["word"] in _UNIT_SHORT:
        return stop[0]
    following = re.match(r"\w+", stop.string[stop.end() :])
    named = stop["word"][0].isupper() and following and fold(f"{stop['word']} {following[0]}") in _units()
    return f"{stop['word']} " if named else f"{stop['word']}, "


def misread(reading: Reading, start: int, end: int, text: str) -> str | None:
    """What is wrong with a body's name at [start, end): `damage`, and abbreviations that nobody knows where letters are
    misread: on a scan, or in what a foreign model left."""
    wrong = damage(text)
    if wrong or not (reading.mangled or any(word.box for word in reading.words(start, end))):
        return wrong
    odd = odd_abbreviation(text)
    return f"no list holds the abbreviation {odd!r}" if odd else None


def odd_abbreviation(text: str) -> str | None:
    """An abbreviation that nobody knows, as a misread one: `NNS` for NN5, `PTNÏ`; None where all are known.

    Of 916 abbreviations in the recipients and 305 in the filing lines of written notices the model's counts know 93 and
    81 %, the list of offices the rest; so to be asked of scans only, where letters are misread.

    >>> odd_abbreviation("VPĐP, NN5, KTHT"), odd_abbreviation("NNS"), odd_abbreviation("Sở NN và PTNÏ")
    (None, 'NNS', 'PTNÏ')
    """
    return next((word for word in _CAPITALS.findall(text) if not _is_known(word)), None)


def _is_known(word: str) -> bool:
    bare = word.rstrip("0123456789")
    return len(bare) < ODD or bare in packaged().abbreviations or bare in _listed()["abbreviations"]


def without_noise(text: str) -> str:
    """A text without the specks that were read as words of marks alone.

    >>> without_noise("Văn phòng Điều phối nông thôn ,„ mới"), without_noise("Vụ Pháp chế - Bộ Tài chính")
    ('Văn phòng Điều phối nông thôn mới', 'Vụ Pháp chế - Bộ Tài chính')
    """
    return " ".join(_NOISE.sub(" ", text).split())


def respelled(read: str, known: str) -> bool:
    """Is `known` what was read but for misread letters? A word that is another word is none: `Thành` is not `Tỉnh`.

    >>> respelled("Số Tài chinh", "Sở Tài chính"), respelled("Văn phòng Thành ủy", "Văn phòng Tỉnh ủy")
    (True, False)
    >>> respelled("TT. Tỉnh ủy", "TT Tỉnh ủy"), respelled("Sở Nộm vụ", "Sở Nội vụ")
    (False, True)
    """
    pairs = list(zip(read.split(), known.split(), strict=False))
    if len(read.split()) != len(known.split()) or read.casefold() == known.casefold():
        return False
    differ = [(a, b) for a, b in pairs if a.casefold() != b.casefold()]
    if any(a.isupper() and b.isupper() and len(fold(a)) != len(fold(b)) for a, b in differ):
        return False  # VP ĐPNTM is not VPĐP NTM: abbreviations that differ are others
    return all(_misread(fold(a), fold(b)) for a, b in differ)


def _misread(read: str, known: str) -> bool:
    """Folded words: the same letters, or one letter off, or no word at all as read. Stops and dashes are print."""
    bare = [re.sub(r"\W", "", word) for word in (read, known)]
    if bare[0] == bare[1]:
        return read == known
    return Levenshtein.distance(*bare) <= 1 + (not pronounceable(bare[0])) and len(bare[1]) > 1


def _is_short(word: str) -> bool:
    """A shortened word or title: `TT`, `VP`, `PCT`, `Cty`, `Đ`; not `UBND`, which has no stop, nor `Du`."""
    capitals = sum(c.isupper() for c in word)
    return (len(word) <= 3 and capitals > len(word) // 2) or word in _listed()["shortened"]


def _is_word(word: str) -> bool:
    """A syllable, an abbreviation, a number, or a word that names hold though no syllable: `Website`, `Đắk`."""
    letters = re.sub(r"\d+$", "", word)
    if len(letters) < 2 or letters[:2].isupper() or word.isdigit():
        return True
    return pronounceable(spelling(letters)) or fold(word) in _known_words()


def _is_unit(name: str) -> bool:
    """Does a list of units hold the name, or the first words of it (`Lạng Sơn Khóa XVII`)?"""
    words = fold(name).replace("’", "'").strip(" ,.;:()").split()
    return any(" ".join(words[:count]).strip(" ,.;:()") in _units() for count in range(len(words), 0, -1))


@cache
def _units() -> frozenset[str]:
    return frozenset(name.replace("’", "'") for name in unit_names()) | {fold(word) for word in _listed()["cities"]}


@cache
def _listed() -> dict[str, list[str]]:
    data: dict[str, list[str]] = tomllib.loads((files("extract") / "data" / "words.toml").read_text("utf-8"))
    return data


@cache
def _known_words() -> frozenset[str]:
    """Folded words of names that are no syllables: those of units, and those of words.toml."""
    of_units = {word for name in unit_names() for word in re.split(r"[\s-]+", name)}
    return frozenset(of_units | {fold(word) for word in _listed()["foreign"]})
