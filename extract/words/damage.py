"""Signs that a name was damaged in reading: what no printed name of a body holds."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise

from rapidfuzz.distance import Levenshtein

from extract.reading import Reading
from extract.words.abbreviations import odd_abbreviation
from extract.words.beside import stranger
from extract.words.unit_spelling import spelled, spelled_units
from normalize.fold import fold
from normalize.letters import SMALL, UPPER
from normalize.lexicon.agencies import agency_names
from normalize.lexicon.units import Units, unit_names, unit_spellings
from normalize.model import packaged
from normalize.syllable import pronounceable, spelling, syllabic

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# và-PTNT · UBND - huyện · Phòng NÑ · tR&} · xã| · Cục* · Giao° · nông.thôn · viên.BCĐ · Văn Nhuệ.,
_STRAY = re.compile(
    r"(?<!\w)(?:và|của)\s?[-–]\s?(?=\w)|UBND\s?[-–]\s?(?=(?:tỉnh|huyện|xã|thị|thành)\b)|"
    r"[ÑñÇçÄäÖöÜüÅåÆæßÎîÏïËëÛûŠšŽž]|"
    rf"[^\w\s.,;:()/&+'’\"“”…–—-]|_|(?<=[,;])\s*['’](?=\w)|\.(?=,)|"
    rf"(?<={SMALL})-(?=(?!xã|kinh|kế|thương){SMALL})|"
    rf"(?<={SMALL}{{2}})(?<!Cty)(?<!Ths)\.(?=[^\W\d_])(?!(?:[\w-]+\.)*(?:vn|com|org|net)\b)"
)
# ThS, TTg, PTTgCP, HĐNDtỉnh: capitals first; TrườngAn has small letters before a capital
_CASE = re.compile(rf"{SMALL}{{2,}}[{UPPER}]")
# Nộ1 vụ · 1ường · Văn phòng 1S; N1 vụ stands under `words`
_FIGURE = re.compile(rf"{SMALL}\d|\d[^\W\d_]{{2,}}|(?<![\w/.-])\d[C-Z](?!\w)")
_DOT = re.compile(r"(?<![.…])\b(?P<word>[^\W\d_]+)\.\s+(?=[^\W\d_])")
# Phòng NN-TN. TH, or a comma
_ABBREVIATIONS = re.compile(rf"(?<![^\W_])(?P<word>[{UPPER}]{{2,}})\.\s+(?=[{UPPER}]{{2,}})")
_TITLES = frozenset({"TT", "CT", "PCT", "VP", "TP", "BTV", "CVP", "LĐ", "TX"})  # TT. HĐND: Thường trực
_LISTED = re.compile(r"(?<=^Các [Ss]ở)[;.](?=\s)|(?<=^Các [Pp]hòng)[;.](?=\s)|(?<=^UBND các xã)[;.](?=\s)")
_HEADED = re.compile(r"(?<=^CT);(?=\s*các\s)")  # CT; các PCT UBND huyện: of 4,208 printed names none has a semicolon
# Mặt trận Tổ Tổ quốc; Xã hội Hội đồng is print
_TWICE = re.compile(r"(?<!\w)(?!Hội)(?P<word>\w{2,}) (?i:(?P=word))(?!\w)(?<!hội Hội)")
# Văn phòng Tỉnh ủy, V · UBMTTQVN huy · Sở Nông nghiệp và Phát triển nông thôn t
_CUT = re.compile(r"[,;]\s*[^\W\d_]$|\s(?:huy|huyệ|tỉn|thàn|phườ|(?![yý])[^\W\d_A-ZĐ])$")
_KINDS_ALONE = frozenset(
    {"Ban Chỉ", "Bộ", "Bộ trưởng Bộ", "Hội Liên hiệp", "Huyện", "Liên đoàn", "Tỉnh", "UBND", "Ủy ban"}
    | {"Ủy ban nhân dân", "Văn phòng", "Xã"}
)  # of which, was lost; `Quyết định số 18/QĐ-SLĐTBXH … của Sở` is whole
_NOISE = re.compile(r"(?<!\S)(?![-–—&+/(]+(?!\S))[^\w\s…]+(?!\S)")  # ,„ between two words
# Sở Thương, of Công Thương; an abbreviation has its own list
_DEPARTMENT = re.compile(rf"(?<!\w)Sở (?P<field>[{UPPER}]{SMALL}+(?:\s[^\W\d_]+)?)")
# huyện Bắc Sơn · tỉnh Phú: the name behind the word for a unit
_UNIT = re.compile(
    r"(?<!\w)(?:[tT]ỉnh|[hH]uyện|[tT]hành phố|[tT]hị xã|xã|[pP]hường|[tT]hị trấn)\s+"
    rf"(?P<name>[{UPPER}]\S*(?:\s+[{UPPER}]\S*)*)"
)

_PROVINCE = re.compile(
    rf"(?<!\w)[tT]ỉnh\s+(?!Đoàn(?!\w)|[ỦU])(?P<name>[{UPPER}]\w*(?:[\s-]+[{UPPER}]\w*)*)"
)  # UBND tỉnh Lâm


def damage(text: str, shortened: bool = True) -> str | None:
    """What is wrong with a name of a body as it was read, in words for a reviewer; None where nothing shows.

    `shortened`: may it hold words with a stop behind them (`TT. Tỉnh ủy`)? Others are doubted always.

    >>> damage("UBND các xã, thị trấn"), damage("Ủy ban nhân dân huyện Cư M’gar")
    (None, None)
    >>> damage("Phòng Nôỉng nghiệp")
    "'Nôỉng' is no word"
    >>> damage("Sở Y tế (b/c"), damage("UBND. Xã"), damage("Sở Nông")
    ('a bracket is open', "a stop stands behind 'UBND'", 'its end seems lost')
    >>> damage("Mặt trận Tổ tổ quốc"), damage("Ban Kinh tế - Xã hội Hội đồng nhân dân huyện")
    ("'Tổ' stands twice", None)
    >>> damage("Sở Thương"), damage("Sở Công Thương")
    ("no department is named 'Sở Thương'", None)
    >>> damage("UBND tỉnh Lâm"), damage("UBND tỉnh Lâm Đồng"), damage("UBND tỉnh Thừa Thiên Huế")
    ("no province is named 'Lâm'", None, None)
    """
    return next(chain(_of_marks(text), _of_words(text, shortened)), None)


def _of_marks(text: str) -> Iterator[str]:
    """Words lost at either end, and marks that stand in no name."""
    if any(text.startswith(left) for left in _listed()["headless"]):
        yield "its first word seems lost"
    if fold(text) in _torn() or text in _KINDS_ALONE or _CUT.search(text):
        yield "its end seems lost"
    if stray := _STRAY.search(text):
        yield f"{stray[0]!r} stands in it"
    if twice := _TWICE.search(text):
        yield f"{twice['word']!r} stands twice"
    if text.count("(") != text.count(")"):
        yield "a bracket is open"
    if text.count("“") != text.count("”"):
        yield "a quotation is open"


def _of_words(text: str, shortened: bool) -> Iterator[str]:
    """Words that no name has: capitals within, stops behind, units and syllables that there are not."""
    mixed = _CASE.search(text) or _FIGURE.search(text)
    if mixed and not any(mixed[0] in word for word in _known_words()):
        yield f"{mixed[0]!r} stands in a word"
    stops = (m["word"] for m in _DOT.finditer(text) if not (shortened and _is_short(m["word"])))
    parted = (m["word"] for m in _ABBREVIATIONS.finditer(text) if m["word"] not in _TITLES)
    yield from (f"a stop stands behind {word!r}" for word in (*stops, *parted))
    yield from (f"no unit is named {m['name']!r}" for m in _UNIT.finditer(text) if not _is_unit(m["name"]))
    above = (m["name"] for m in _PROVINCE.finditer(text) if not _begins(m["name"], _province_names()))
    yield from (f"no province is named {name!r}" for name in above)
    departments = (m for m in _DEPARTMENT.finditer(text) if fold(m["field"]) not in _fields())
    yield from (f"no department is named {m[0]!r}" for m in departments)
    yield from (f"{word!r} is no word" for word in _WORD.findall(text) if not _is_word(word))


def with_commas(text: str) -> str:
    """A list of bodies with commas where stops were read; those behind shortened words are print, one in a unit's name
    is a speck.

    >>> with_commas("TT. Huyện ủy. HĐND. UBND huyện"), with_commas("UBND huyện Lạc. Thủy"), with_commas("CT. các PCT")
    ('TT. Huyện ủy, HĐND, UBND huyện', 'UBND huyện Lạc Thủy', 'CT, các PCT')
    >>> with_commas("TT. TU. TT. HĐND tỉnh")
    'TT. TU, TT. HĐND tỉnh'
    >>> with_commas("CT; các PCT UBND huyện")
    'CT, các PCT UBND huyện'
    >>> with_commas("Các Sở; GTVT, GD&ĐT, TN&MT")
    'Các Sở: GTVT, GD&ĐT, TN&MT'
    """
    return _DOT.sub(_instead, _LISTED.sub(":", _HEADED.sub(",", text)))


_COMMITTEES = frozenset({"TU", "HU", "ĐU"})  # TT. TU. TT. HĐND tỉnh
_UNIT_SHORT = frozenset({"h", "x", "tx", "tp", "tt", "p", "q"})  # UBND h. Phú Lương


def _instead(stop: re.Match[str]) -> str:
    """What stands for a word and the stop behind it."""
    following = re.match(r"\w+", stop.string[stop.end() :])
    listed = following is not None and following[0] == "các"  # CT. các PCT UBND huyện
    listed = listed or (following is not None and stop["word"] in _COMMITTEES and following[0].isupper())
    if not listed and (_is_short(stop["word"]) or stop["word"] in _UNIT_SHORT):
        return stop[0]
    named = stop["word"][0].isupper() and following and fold(f"{stop['word']} {following[0]}") in _units()
    return f"{stop['word']} " if named else f"{stop['word']}, "


def misread(reading: Reading, start: int, end: int, text: str) -> str | None:
    """What is wrong with a body's name at [start, end): `damage`; where letters are misread, on a scan or in what a
    foreign model left, also an abbreviation that nobody knows, and words that never stand side by side.

    By pairs counted without them, on the heavy scans of 168 notices these found 12 of 15 wrong names that nothing else
    did and doubted 5 of 1,246 right ones.
    """
    wrong = damage(text)
    if wrong or not (reading.mangled or reading.text.is_read(start, end)):
        return wrong
    odd = odd_abbreviation(text)
    return f"no list holds the abbreviation {odd!r}" if odd else stranger(text)


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
    if any(a in ("-", "–") for a, _ in differ):
        return False  # Phòng Văn hóa - Thông tin is not Phòng Văn hóa và Thông tin
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
    if syllabic(letters.lower()):  # Thuc is no word, though Thúc is one
        return pronounceable(spelling(letters)) or spelling(letters) in _known_words()
    return fold(word) in _known_words()


def _is_unit(name: str) -> bool:
    """Does a list of units hold the name, mark by mark, or the first words of it (`Lạng Sơn Khóa XVII`)?"""
    words = [spelled(word.strip(" ,.;:()")) for word in name.split()]
    return any(" ".join(words[:count]) in spelled_units() for count in range(len(words), 0, -1))


def _begins(name: str, known: frozenset[str]) -> bool:
    """Is a name, or what it begins with, one of these: `Bắc Giang Vì`?"""
    words = re.findall(r"[a-z]+", fold(name))  # Bà Rịa - Vũng Tàu
    return any(" ".join(words[:k]) in known for k in range(1, len(words) + 1))


@cache
def _province_names() -> frozenset[str]:
    days = (dt.date(2023, 4, 8), dt.date(2025, 7, 1))
    names = {fold(unit.name) for day in days for unit in Units.on(day).provinces} | {"ha tay"}  # cited still
    return frozenset(" ".join(re.findall(r"[a-z]+", name)) for name in names)


@cache
def _units() -> frozenset[str]:
    return frozenset(name.replace("’", "'") for name in unit_names()) | {fold(word) for word in _listed()["cities"]}


@cache
def _listed() -> dict[str, list[str]]:
    data: dict[str, list[str]] = tomllib.loads((files("extract") / "data" / "words.toml").read_text("utf-8"))
    return data


@cache
def _fields() -> frozenset[str]:
    """The first two words of what departments are for, folded: all of their names have two at least."""
    named = [name.removeprefix("Sở ") for name in agency_names() if name.startswith("Sở ")]
    return frozenset(fold(" ".join(name.split()[:2]).rstrip(",")) for name in (*named, *_listed()["departments"]))


@cache
def _known_words() -> frozenset[str]:
    """Words of names that are no syllables, of units and of words.toml: folded, and as they are spelled."""
    words = {word for name in unit_spellings() for word in re.split(r"[\s-]+", name)} | set(_listed()["foreign"])
    odd = {word for word in words if not pronounceable(spelling(word))}
    return frozenset({fold(word) for word in words if not syllabic(word.lower())} | {spelling(word) for word in odd})


@cache
def _torn() -> frozenset[str]:
    """Folded beginnings of offices' names that end within a compound or before its `và`: Sở Nông, Phòng Tư, Sở Khoa
    học."""
    found: set[str] = set()
    for name in agency_names():
        words = name.split()
        bound = [False, *(packaged().bound(*pair) for pair in pairwise(words)), False]
        cuts = (k for k in range(2, len(words)) if (bound[k] and not bound[k - 1]) or words[k] == "và")
        found.update(fold(" ".join(words[:cut])) for cut in cuts)  # not Ủy ban, a word of its own
    return frozenset(found - {fold(name) for name in agency_names()})
