"""Vietnamese from before Unicode: is a text in TCVN3, VNI, VISCII or VPS, and what does it say in Unicode.

Such a text comes as the Latin-1 look of its bytes: `B¸o c¸o` is Báo cáo set in .VnTime. viparse has the tables; its
detector judges a whole text by frequencies of letters and leaves VPS out, so recognition is ours: a text is legacy
where conversion turns words that no Vietnamese writes into syllables that Vietnamese can have (docs/restore.md has
the measurement).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache


class Encoding(StrEnum):
    """What is converted, named as in viparse."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    VISCII = "viscii"
    VPS = "vps"


_CHARSETS = (Encoding.VISCII, Encoding.VPS)  # one for a whole file; TCVN3 and VNI change with the font
_FONTS = (
    (re.compile(r"(?i)^(?:[a-z]{6}\+)?\.vn"), Encoding.TCVN3),
    (re.compile(r"(?i)^(?:[a-z]{6}\+)?vni"), Encoding.VNI),
)
_GAPS = (("aú", "ẳ"), ("AÚ", "Ẳ"), ("Aú", "Ẳ"), ("î", "ỵ"), ("Î", "Ỵ"))  # of viparse 0.1.31's VNI table
_C0_LETTERS = "\x02-\x06\x10-\x15\x19\x1c-\x1e"  # capitals of VISCII and VPS
_SPACED = re.compile(r"\S+")
_UNSPACED = re.compile(r"[^ \t\n\r\v\f]+")  # in VISCII and VPS what Python takes for blanks are letters
_TOUCHED = re.compile(f"[{_C0_LETTERS}\x80-\xff\u2212\u2219]")
_MODERN = re.compile(r"[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LONGEST = 30  # characters; no word of Vietnamese is longer, rubbish is
_SAMPLE = 6_000  # words are enough to judge a text by, and bound the time
_FEWEST, _FEWEST_NAMED = (
    6,
    2,
)  # different words that speak for an encoding; less will do where the font's name says the same
_FEWEST_LETTERS = 5  # different ones in these words; 25 legacy lines have 9 and more, a damaged dump has at most 2
_BESIDE = 0.1  # of the commonest encoding's words; a second encoding of fewer is chance
_SOUND = 0.85  # share of an encoding's words that become syllables; measured .86 and more, .92 in 19 of 20
_ODD = 0.5  # share of them that were syllables as they stood; measured .38 and less; in modern text nearly all are
_MOST = 0.5  # share of a text's doubtful words that speak for what was recognised; dumps reach .48

_ABBREVIATION = re.compile("[BCDĐGHKLMNPQRSTVX]+")  # QĐ, NĐ: no syllables in any encoding
_CAPITALS = "¡¢£¤¥¦§"  # ĂÂÊÔƠƯĐ, which TCVN3 does have
_MARKS = "–—•“”‘’…"  # at a word's edge they are what they look like, though VISCII and VPS have letters for their bytes
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = {"\u0301", "\u0323"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:(?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|uyê|oo)(?:(?P<stop>[cpt])|ng|[mn])"
    r"|(?:a|ê|i|y|oa|uê|uy)(?:(?P<front>ch)|nh)"
    r"|a|e|ê|i|o|ô|ơ|u|ư|y|ia|ua|ưa|uê|uơ|uy|oa|oe|uya|eo|êu|iu|iêu|yêu|ao|au|âu|ai|ay|ây|oi|ôi|ơi|ui|ưi|uôi|ươi"
    r"|oai|oay|oao|oeo|uây|ưu|ươu|uyu)"
)


@dataclass(frozen=True, slots=True)
class _Count:
    """Of some words: how many conversion would change, how many of these are syllables after and before it."""

    changed: int = 0
    after: int = 0
    before: int = 0

    def __add__(self, other: _Count) -> _Count:
        return _Count(self.changed + other.changed, self.after + other.after, self.before + other.before)

    @property
    def gain(self) -> int:
        return self.after - self.before


def recognise(lines: Sequence[str], fonts: Iterable[str] = ()) -> tuple[Encoding, ...]:
    """The legacy encodings that a text is in, the commonest first; none for nearly every text.

    `fonts`: names of a PDF's fonts. `.VnTime` and `VNI-Times` let fewer words do; they never decide alone, as
    such names are given to Unicode text too.

    >>> recognise(["Céng hoµ x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc"])
    (<Encoding.TCVN3: 'tcvn3'>,)
    >>> recognise(["Cộng hòa xã hội chủ nghĩa Việt Nam", "Thuc hién Ké hoach s6 12 cua Uy ban nhan dan huyén"])
    ()
    """
    named = {encoding for font in fonts for pattern, encoding in _FONTS if pattern.search(font)}
    speaking: dict[Encoding, list[str]] = {}
    odd = 0
    for line in _sample(lines):
        counts = _counts(line)
        best = max(counts, key=lambda e: (counts[e].gain, counts[e].after))
        if counts[best].gain > 0:
            speaking.setdefault(best, []).extend(_touched(line, best))
            odd += counts[best].changed
        else:
            odd += max(count.changed for count in counts.values())
    found = {e: n for e, words in speaking.items() if (n := _evidence(words, e, e in named))}
    if not found or sum(found.values()) < _MOST * odd:
        return ()
    first = max(found, key=lambda e: found[e])
    if first in _CHARSETS:
        return (first,)
    beside = [e for e in found if e is not first and e not in _CHARSETS and found[e] >= _BESIDE * found[first]]
    return (first, *beside)


def _evidence(words: Sequence[str], encoding: Encoding, named: bool) -> int:
    """How many of the words speak for an encoding; 0 where it is not enough."""
    count = _count(words, encoding)
    distinct = {word for word in words if _judge(word, encoding).after}
    letters = {c for word in distinct for c in word if not c.isascii() or not c.isprintable()}
    enough = (
        len(distinct) >= (_FEWEST_NAMED if named else _FEWEST)
        and len(letters) >= (_FEWEST_NAMED if named else _FEWEST_LETTERS)
        and count.after >= _SOUND * count.changed
        and count.before <= _ODD * count.changed
    )
    return count.after if enough else 0


def doubtful(lines: Sequence[str]) -> bool:
    """Is there a line that may be legacy? A cheap question: most text has none."""
    return any(True for _ in _sample(lines))


def _sample(lines: Sequence[str]) -> Iterator[str]:
    """Lines that may be legacy, evenly from all of a long text."""
    maybe = [line for line in lines if _TOUCHED.search(line) and not _MODERN.search(line)]
    words = sum(1 + line.count(" ") for line in maybe)
    for line in maybe[:: 1 + words // _SAMPLE]:
        yield line[: _SAMPLE * 6]


def _counts(line: str) -> dict[Encoding, _Count]:
    return {encoding: _count(_touched(line, encoding), encoding) for encoding in Encoding}


def _count(words: Iterable[str], encoding: Encoding) -> _Count:
    return sum((_judge(word, encoding) for word in words), _Count())


def _touched(line: str, encoding: Encoding) -> Iterator[str]:
    return (word for word in split(line, encoding) if len(word) <= _LONGEST and _TOUCHED.search(_bytes_look(word)))


def split(line: str, encoding: Encoding | None) -> list[str]:
    """The words of a line. In VISCII and VPS, U+0085 and U+00A0 are letters, and so are some controls.

    >>> split("x\\xa0 y", Encoding.VISCII), split("x\\xa0 y", None)
    (['x\\xa0', 'y'], ['x', 'y'])
    """
    return word_pattern(encoding).findall(line)


def word_pattern(encoding: Encoding | None) -> re.Pattern[str]:
    """What a word is in a text of this encoding, None for Unicode."""
    return _UNSPACED if encoding in (Encoding.VISCII, Encoding.VPS) else _SPACED


@lru_cache(maxsize=20_000)
def _judge(word: str, encoding: Encoding) -> _Count:
    turned = to_unicode(word, encoding)
    runs = _LETTERS.findall(turned)
    if turned == word or not runs or turned.isascii() or all(map(_ABBREVIATION.fullmatch, runs)):
        return _Count()
    return _Count(1, all(map(is_syllable, runs)), _is_written(word))


def _is_written(word: str) -> bool:
    """Can the word stand in modern text? Edges of punctuation do no harm."""
    runs = _LETTERS.findall(word)
    return bool(runs) and all(map(is_syllable, runs)) and not _TOUCHED.search(_LETTERS.sub("", word).strip("«»·°–"))


def is_syllable(word: str) -> bool:
    """Can Vietnamese have such a syllable? By its parts and its tone, not by a list.

    >>> is_syllable("nghiệm"), is_syllable("Ủy"), is_syllable("huyén"), is_syllable("niẹo"), is_syllable("mạt")
    (True, True, False, False, True)
    """
    parted = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parted if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in parted if c not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    if found is None or len(tones) > 1:
        return False
    return not (found["stop"] or found["front"]) or bool(_STOP_TONES.intersection(tones)) or word.isascii()


@lru_cache(maxsize=20_000)
def to_unicode(word: str, encoding: Encoding) -> str:
    """A word in Unicode, NFC.

    >>> to_unicode("Qu¶ng", Encoding.TCVN3), to_unicode("t-íng", Encoding.TCVN3), to_unicode("huyeän", Encoding.VNI)
    ('Quảng', 'tướng', 'huyện')
    """
    if encoding in _CHARSETS:
        return _of_charset(word, encoding)
    look = word.translate(_shown())
    if encoding is Encoding.VNI:
        for given, letter in _GAPS:
            look = look.replace(given, letter)
    if encoding is Encoding.TCVN3 and "-" in look.strip("-") + look[-1:]:
        horned = _fixed(look.replace("-", "\xad"), encoding)
        return horned if _is_horned(horned) else _fixed(look, encoding)
    return _fixed(look, encoding)


def _of_charset(word: str, encoding: Encoding) -> str:
    turned = _fixed(_bytes_look(word), encoding)
    core = word.strip(_MARKS)
    if core == word or (core and all(map(is_syllable, _LETTERS.findall(turned)))):
        return turned
    head = word[: len(word) - len(word.lstrip(_MARKS))]
    return head + (_fixed(_bytes_look(core), encoding) + word[len(head) + len(core) :] if core else "")


def _fixed(look: str, encoding: Encoding) -> str:
    from viparse import fix  # 0.1 s to load, and nearly no file needs it

    turned: str = fix(look, encoding=encoding.value)
    return turned or unicodedata.normalize("NFC", look)  # viparse drops what shows nothing


def _is_horned(word: str) -> bool:
    """Is that a word in which ư came as a hyphen? Both are 0xAD to a PDF's reader: `t-íng` is tướng."""
    core = word.strip('.,;:()"”“/')
    return core[:1] != "ư" and (len(core) > 2 or core == "tư") and is_syllable(core)


def turn(words: Sequence[str], encoding: Encoding) -> list[str]:
    """The words of a line in Unicode, NFC.

    TCVN3 has no toned capitals: .VnTimeH draws them from small letters. They are put back where the other letters
    of the word, of the words beside it, or of all the line show it.

    >>> turn(["ñY", "BAN", "NH¢N", "D¢N", "X·"], Encoding.TCVN3), turn(["Së", "N¤NG", "Tù", "do"], Encoding.TCVN3)
    (['ỦY', 'BAN', 'NHÂN', 'DÂN', 'XÃ'], ['SỞ', 'NÔNG', 'Tự', 'do'])
    """
    turned = [to_unicode(word, encoding) for word in words]
    if encoding is not Encoding.TCVN3:
        return turned
    capitals = [_capitals(word) for word in words]
    every = max(capitals, default=0) > 1 and not any(c.isascii() and c.islower() for word in words for c in word)
    sure = [many > 1 and is_syllable(word) for many, word in zip(capitals, turned, strict=True)]
    loud = [every or many > 1 or (many == 1 and _amid(capitals, sure, at)) for at, many in enumerate(capitals)]
    return [word.upper() if shout else word for word, shout in zip(turned, loud, strict=True)]


def _amid(capitals: Sequence[int], sure: Sequence[bool], at: int) -> bool:
    """Does a word with one capital stand before words in capitals?"""
    return max(capitals[at + 1 : at + 2], default=0) > 1 and any(sure[max(at - 1, 0) : at + 2])


def _capitals(word: str) -> int:
    """How many letters that have two cases a word has, where all are capitals; else 0. Codes (12/N§-CP) say nothing."""
    plain = [c for c in word if (c.isascii() and c.isalpha()) or c in _CAPITALS]
    if any(c.isascii() and c.isdigit() for c in word):  # ¹ is a letter in TCVN3
        return 0
    return len(plain) if not any(map(str.islower, plain)) else 0


@cache
def _shown() -> dict[int, str]:
    """What Windows shows for the bytes 0x80 to 0x9f."""
    shown = ((byte, bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return {byte: letter for byte, letter in shown if letter}


@cache
def _folding() -> dict[int, int]:
    return {ord(letter): byte for byte, letter in _shown().items()}


def _bytes_look(word: str) -> str:
    """A word as the Latin-1 look of its bytes, also where Windows showed them."""
    return word.translate(_folding())


def encodings_of(lines: Sequence[str], among: Sequence[Encoding]) -> list[Encoding | None]:
    """The encoding of each line of a text in which `among` were recognised; None where it stands in Unicode.

    A line that says nothing goes with the line before, the first ones with the commonest.

    >>> lines = ["§éc lËp - Tù do", "Độc lập - Tự do", "Ñoäc laäp - Töï do"]
    >>> [encoding and encoding.value for encoding in encodings_of(lines, [Encoding.TCVN3, Encoding.VNI])]
    ['tcvn3', None, 'vni']
    """
    found: list[Encoding | None] = []
    carried: Encoding | None = among[0] if among else None
    for line in lines:
        mine = _encoding_of(line, among, carried)
        carried = mine if _TOUCHED.search(_bytes_look(line)) or mine is None else carried
        found.append(mine)
    return found


def _encoding_of(line: str, among: Sequence[Encoding], carried: Encoding | None) -> Encoding | None:
    if not among or _MODERN.search(line):
        return None
    counts = _counts(line[: _SAMPLE * 6])
    best = max(among, key=lambda e: (counts[e].gain, e is carried))
    if counts[best].gain > 0:
        return best
    if carried is None or counts[carried].gain < 0:
        return None
    return carried


def convert(text: str) -> tuple[str, tuple[Encoding, ...]]:
    """A text in Unicode, and what it was in: itself and nothing where it was recognised as no legacy encoding.

    >>> convert("Céng hoµ x· héi chñ nghÜa ViÖt Nam\\n§éc lËp - Tù do - H¹nh phóc")[0]
    'Cộng hoà xã hội chủ nghĩa Việt Nam\\nĐộc lập - Tự do - Hạnh phúc'
    """
    lines = text.split("\n")
    among = recognise(lines)
    if not among:
        return text, ()
    rows = zip(lines, encodings_of(lines, among), strict=True)
    return "\n".join(_converted(line, encoding) for line, encoding in rows), among


def _converted(line: str, encoding: Encoding | None) -> str:
    if encoding is None:
        return line
    pattern = word_pattern(encoding)
    turned = iter(turn(pattern.findall(line), encoding))
    return pattern.sub(lambda _: next(turned), line)


def reads_modern(text: str) -> bool:
    """Are the words with Vietnamese letters of a text syllables, nearly all of them?

    >>> reads_modern("Độc lập - Tự do - Hạnh phúc"), reads_modern("§éc lËp - Tù do - H¹nh phóc")
    (True, False)
    """
    runs = [
        run for run in _LETTERS.findall(unicodedata.normalize("NFC", text[: _LONGEST * _SAMPLE])) if not run.isascii()
    ]
    return bool(runs) and sum(map(is_syllable, runs)) >= _SOUND * len(runs)


def note(among: Sequence[Encoding]) -> str:
    """What a page says of its conversion.

    >>> note([Encoding.TCVN3])
    'converted from TCVN3'
    """
    return "converted from " + " and ".join(encoding.name for encoding in among)
