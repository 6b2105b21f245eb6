"""Segments: words that stand together on a row, the pieces from which columns and lines are put together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from ocr.page import Box
from ocr.tesseract import ReadWord

_SPLIT = 0.9  # em; a wider blank parts two segments, which are joined again where there is no gutter
_SPECKS = frozenset(".,:;-")
_NOISE = 0.35  # confidence below which a segment does not decide about columns


@lru_cache(maxsize=4096)  # columns are looked for at every gutter, among the same segments
def bare(text: str) -> str:
    """Lower case without marks, one letter for one letter.

    >>> bare("Nơi nhận: Đảng ủy")
    'noi nhan: dang uy'
    """
    return text.lower().translate(_BARE)


class _Bare(dict[int, str]):
    """Each letter's code with the letter without marks, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, unicodedata.normalize("NFD", chr(code))[0])


_BARE = _Bare({ord("đ"): "d"})


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together on a row."""

    words: tuple[ReadWord, ...]
    box: Box

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def bare(self) -> str:
        """Lower case without marks, as hints are looked for."""
        return bare(self.text)

    @property
    def certain(self) -> bool:
        return sum(word.confidence for word in self.words) / len(self.words) >= _NOISE

    @property
    def middle(self) -> float:
        return (self.box.left + self.box.right) / 2


def letter_height(words: Iterable[ReadWord]) -> float:
    """The usual height of a word in pixels."""
    heights = [word.box.height for word in words if sum(c.isalpha() for c in word.text) >= 2]
    return float(median(heights)) if heights else 20.0


def segments_of(words: Sequence[ReadWord], em: float) -> list[Segment]:
    """The engine's lines, cut at wide blanks."""
    lines: dict[int, list[ReadWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [segment for line in lines.values() for segment in _cut(line, em)]


def _cut(line: list[ReadWord], em: float) -> list[Segment]:
    parts: list[list[ReadWord]] = []
    for word in sorted(line, key=lambda word: word.box.left):
        if parts and word.box.left - parts[-1][-1].box.right <= _SPLIT * em:
            parts[-1].append(word)
        else:
            parts.append([word])
    return [segment_of(part) for part in parts]


def segment_of(words: Iterable[ReadWord]) -> Segment:
    """The words with the box around them; a speck read as a stop behind the last makes it no wider."""
    ordered = tuple(words)
    box = ordered[0].box
    for word in ordered[1:-1] if ordered[-1].text in _SPECKS else ordered[1:]:
        box |= word.box
    return Segment(ordered, box)


def without(segments: Iterable[Segment], taken: Iterable[Segment]) -> list[Segment]:
    gone = {id(segment) for segment in taken}
    return [segment for segment in segments if id(segment) not in gone]


def beside(a: Segment, b: Segment) -> bool:
    """Do they stand on one row, `a` left of `b` or the other way round, sharing half the lower one's height?"""
    shared = min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top)
    return shared * 2 >= min(a.box.height, b.box.height) and (a.box.right <= b.box.left or b.box.right <= a.box.left)
