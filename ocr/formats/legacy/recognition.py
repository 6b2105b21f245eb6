"""Which encodings a text is in, and which of them each line; how much speaks for each is counted word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ocr.formats.legacy.encoding import CHARSETS, TOUCHED, Encoding, split
from ocr.formats.legacy.syllable import LETTERS, is_syllable, is_written
from ocr.formats.legacy.unicode import bytes_look, to_unicode

_FONTS = (
    (re.compile(r"(?i)^(?:[a-z]{6}\+)?\.vn"), Encoding.TCVN3),
    (re.compile(r"(?i)^(?:[a-z]{6}\+)?vni"), Encoding.VNI),
)
_MODERN = re.compile(r"[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_LONGEST = 30  # characters; no word of Vietnamese is longer, rubbish is
_SAMPLE = 6_000  # words are enough to judge a text by, and bound the time
# different words that speak for an encoding; less will do where the font's name says the same
_FEWEST, _FEWEST_NAMED = 6, 2
_FEWEST_LETTERS = 5  # different ones in these words; 25 legacy lines have 9 and more, a damaged dump has at most 2
_BESIDE = 0.1  # of the commonest encoding's words; a second encoding of fewer is chance
_SOUND = 0.85  # share of an encoding's words that become syllables; measured .86 and more, .92 in 19 of 20
_ODD = 0.5  # share of them that were syllables as they stood; measured .38 and less; in modern text nearly all are
_MOST = 0.5  # share of a text's doubtful words that speak for what was recognised; dumps reach .48
_ABBREVIATION = re.compile("[BCDĐGHKLMNPQRSTVX]+")  # QĐ, NĐ: no syllables in any encoding


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
    if first in CHARSETS:
        return (first,)
    beside = [e for e in found if e is not first and e not in CHARSETS and found[e] >= _BESIDE * found[first]]
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
    maybe = [line for line in lines if TOUCHED.search(line) and not _MODERN.search(line)]
    words = sum(1 + line.count(" ") for line in maybe)
    for line in maybe[:: 1 + words // _SAMPLE]:
        yield line[: _SAMPLE * 6]


def _counts(line: str) -> dict[Encoding, _Count]:
    return {encoding: _count(_touched(line, encoding), encoding) for encoding in Encoding}


def _count(words: Iterable[str], encoding: Encoding) -> _Count:
    return sum((_judge(word, encoding) for word in words), _Count())


def _touched(line: str, encoding: Encoding) -> Iterator[str]:
    return (word for word in split(line, encoding) if len(word) <= _LONGEST and TOUCHED.search(bytes_look(word)))


@lru_cache(maxsize=20_000)
def _judge(word: str, encoding: Encoding) -> _Count:
    turned = to_unicode(word, encoding)
    runs = LETTERS.findall(turned)
    if turned == word or not runs or turned.isascii() or all(map(_ABBREVIATION.fullmatch, runs)):
        return _Count()
    return _Count(1, all(map(is_syllable, runs)), is_written(word))


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
        carried = mine if TOUCHED.search(bytes_look(line)) or mine is None else carried
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


def reads_modern(text: str) -> bool:
    """Are the words with Vietnamese letters of a text syllables, nearly all of them?

    >>> reads_modern("Độc lập - Tự do - Hạnh phúc"), reads_modern("§éc lËp - Tù do - H¹nh phóc")
    (True, False)
    """
    runs = [
        run for run in LETTERS.findall(unicodedata.normalize("NFC", text[: _LONGEST * _SAMPLE])) if not run.isascii()
    ]
    return bool(runs) and sum(map(is_syllable, runs)) >= _SOUND * len(runs)
