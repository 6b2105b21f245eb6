"""`Text`: a string whose every character knows the word, and so the box, that it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ocr.page import Box, Line, Page, Region, Word

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[`´](?=[^\W\d_])")  # Cư M`gar
_SEEN = re.compile(r"(?<=[^\W\d_])[`´'](?=[^\W\d_])")  # Cư M'gar: an engine has one sign for ' and ’, print mostly ’
NONE = -1  # origin of a character that nobody printed: a blank between words, a line's end


@dataclass(frozen=True, slots=True)
class Place:
    """Where on paper a span of text stands: one entry a page. `boxes`: one a line, pixels; empty for a dump."""

    page: int
    raw: str
    start: int
    end: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a notice. `origin[i]` is the index in `words` that character i came from, or `NONE`.

    `lines` are the half-open character ranges of the printed lines with what is known of each, in reading
    order; `raws` the untouched text of each page, as (page number, text).
    """

    string: str
    origin: tuple[int, ...]
    words: tuple[Word, ...]
    lines: tuple[TextLine, ...]
    raws: tuple[tuple[int, str], ...]

    def __post_init__(self) -> None:
        if len(self.string) != len(self.origin):
            raise ValueError("each character needs an origin")

    def replace(self, start: int, end: int, new: str) -> Text:
        """Put `new` in place of [start, end), its characters dealt over the words that stood there.

        >>> text = from_lines(["H oa B inh"])
        >>> text.replace(0, 10, "Hòa Bình").words_at(0, 3)[-1].text
        'oa'
        """
        return self.replace_all([(start, end, new)])

    def replace_all(self, edits: Sequence[tuple[int, int, str]]) -> Text:
        """Apply many edits, given in rising order and not overlapping, in one pass."""
        pieces: list[str] = []
        origin: list[int] = []
        at = 0
        shifts: list[tuple[int, int]] = []  # (old offset from which it holds, shift so far)
        shift = 0
        for start, end, new in edits:
            if start < at:
                raise ValueError("edits must rise and must not overlap")
            pieces += [self.string[at:start], new]
            origin += self.origin[at:start]
            origin += _deal(self.origin[start:end], len(new))
            at = end
            shift += len(new) - (end - start)
            shifts.append((end, shift))
        pieces.append(self.string[at:])
        origin += self.origin[at:]
        return Text("".join(pieces), tuple(origin), self.words, _shifted(self.lines, shifts), self.raws)

    def select(self, spans: Sequence[tuple[int, int]]) -> Text:
        """The text of these spans alone, a newline after each, still over the same words and pages.

        >>> from_lines(["Số: 12 Hà Nội"]).select([(0, 6), (7, 13)]).string
        'Số: 12\\nHà Nội\\n'
        """
        pieces: list[str] = []
        origin: list[int] = []
        lines: list[TextLine] = []
        length = 0
        for start, end in spans:
            pieces += [self.string[start:end], "\n"]
            origin += [*self.origin[start:end], NONE]
            lines += [line.clipped(start, end, length - start) for line in self.lines if line.meets(start, end)]
            length += end - start + 1
        return Text("".join(pieces), tuple(origin), self.words, tuple(lines), self.raws)

    def words_at(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that the characters [start, end) came from, in reading order."""
        seen = dict.fromkeys(i for i in self.origin[start:end] if i != NONE)
        return tuple(self.words[i] for i in seen)

    def is_read(self, start: int, end: int) -> bool:
        """Do the characters [start, end) come from words that have a place on a page? Not those of a dump.

        >>> from_lines(["THÔNG BÁO"]).is_read(0, 5)
        False
        """
        words = self.words_at(start, end)
        return bool(words) and all(word.box is not None for word in words)

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where [start, end) stands on paper: raw text, offsets into the page's raw text, a box a line."""
        return tuple(
            _place(page, tuple(group), dict(self.raws).get(page, ""))
            for page, group in groupby(self.words_at(start, end), key=lambda word: word.page)
        )


@dataclass(frozen=True, slots=True)
class TextLine:
    """A printed line as a half-open range of characters, with its region, paragraph and geometry."""

    start: int
    end: int
    page: int
    region: Region
    block: int
    indent: float = 0.0
    size: float = 0.0

    def meets(self, start: int, end: int) -> bool:
        """Does the line share a character with [start, end)?"""
        return self.start < end and start < self.end

    def clipped(self, start: int, end: int, shift: int) -> TextLine:
        """The part of the line inside [start, end), moved by `shift`."""
        return replace(self, start=max(self.start, start) + shift, end=min(self.end, end) + shift)


def from_pages(pages: Iterable[Page]) -> Text:
    """Join the lines of all readable pages with newlines. Lines of the margin are left out.

    Neither blank lines nor form feeds stand in the string, because sentences run over both; where a paragraph
    or a page begins is known from `TextLine.block` and `TextLine.page`.
    """
    pages = list(pages)
    pieces: list[str] = []
    origin: list[int] = []
    words: list[Word] = []
    lines: list[TextLine] = []
    length = 0
    for page in pages:
        for line in (line for line in page.lines if line.region is not Region.MARGIN and line.words):
            start = length
            for k, word in enumerate(line.words):
                lead = " " if k else ""
                pieces.append(lead + (_SEEN if word.box else _APOSTROPHE).sub("’", word.text))
                origin += [NONE] * len(lead) + [len(words)] * len(word.text)
                length += len(lead) + len(word.text)
                words.append(word)
            lines.append(TextLine(start, length, page.number, line.region, line.block, line.indent, line.size))
            pieces.append("\n")
            origin.append(NONE)
            length += 1
    raws = tuple((page.number, page.raw) for page in pages)
    return Text("".join(pieces), tuple(origin), tuple(words), tuple(lines), raws)


def from_lines(lines: Iterable[str], page: int = 1) -> Text:
    """A text of one page without boxes, for examples and tests.

    >>> from_lines(["Số: 12/TB-UBND", "THÔNG BÁO"]).string
    'Số: 12/TB-UBND\\nTHÔNG BÁO\\n'
    """
    rows, raw = [], ""
    for line in lines:
        words = []
        for token in line.split():
            start = len(raw)
            raw += token + " "
            words.append(Word(token, None, 1.0, page, start, start + len(token)))
        rows.append(Line(tuple(words)))
    return from_pages([Page(page, 0, 0, tuple(rows), raw)])


def _deal(old: tuple[int, ...], count: int) -> list[int]:
    """Deal `count` new characters evenly over the words that the old ones came from."""
    if not old:
        return [NONE] * count
    dealt = [old[min(len(old) - 1, i * len(old) // max(count, 1))] for i in range(count)]
    known = [i for i in old if i != NONE]
    return [i if i != NONE or not known else known[0] for i in dealt]


def _shifted(lines: tuple[TextLine, ...], shifts: list[tuple[int, int]]) -> tuple[TextLine, ...]:
    since = [at for at, _ in shifts]

    def moved(offset: int) -> int:
        past = bisect_right(since, offset)
        return offset + (shifts[past - 1][1] if past else 0)

    return tuple(replace(line, start=moved(line.start), end=moved(line.end)) for line in lines)


def _place(page: int, words: tuple[Word, ...], raw: str) -> Place:
    start, end = min(word.start for word in words), max(word.end for word in words)
    return Place(page, raw[start:end], start, end, _line_boxes(words))


def _line_boxes(words: tuple[Word, ...]) -> tuple[Box, ...]:
    """Join the boxes of words that stand side by side: one box a line."""
    boxes: list[Box] = []
    for word in words:
        if word.box is None:
            continue
        if boxes and word.box.left >= boxes[-1].left and _level(boxes[-1], word.box):
            boxes[-1] |= word.box
        else:
            boxes.append(word.box)
    return tuple(boxes)


def _level(a: Box, b: Box) -> bool:
    """Do two boxes stand on one line: do they share half of the lower one's height?"""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared * 2 > min(a.height, b.height)
