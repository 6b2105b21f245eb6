"""`Reading`: what a rule looks at. Restored text, its folded twin, and how sure each word is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from extract.field import Field, Method
from normalize.fold import fold, unmark
from normalize.text import Text, TextLine
from ocr.page import Word

T = TypeVar("T")
_UNSURE, _WORN = 0.8, 0.028  # the engine's confidence in a word, and the share of words below it on a worn scan
Span = tuple[int, int]  # [start, end) as offsets into the string of a reading


@dataclass(frozen=True)
class Reading:
    """A text and, for each of its words, the certainty (0..1) that the word as it now stands is right.

    Rules search `folded` (no marks, no capitals) and read `string` at the same offsets.
    """

    text: Text
    certainty: tuple[float, ...]
    mangled: bool = False  # read by a foreign model, which has no Đ: a D in a code may be one

    @property
    def string(self) -> str:
        return self.text.string

    @cached_property
    def folded(self) -> str:
        return fold(self.text.string)

    @cached_property
    def unmarked(self) -> str:
        """Marks off, capitals kept: tells a verb (`tại`) from the same syllable in a name (`Sở Tài`)."""
        return unmark(self.text.string)

    @cached_property
    def flowing(self) -> str:
        """`folded` with line ends as blanks, for what runs over them; numbers of pages are blank too."""
        flat = self.folded.replace("\n", " ")
        for start, end in self._page_numbers():
            flat = flat[:start] + " " * (end - start) + flat[end:]
        return flat

    def _page_numbers(self) -> Iterator[tuple[int, int]]:
        """The lines that hold nothing but the number of a page, at the head or the foot of one but the first."""
        lines = self.text.lines
        for k, line in enumerate(lines):
            number = _PAGE.fullmatch(self.folded, line.start, line.end)
            if number and 0 < k < len(lines) - 1 and (number[1] == str(line.page) or _turns(lines, k)):
                yield line.start, line.end

    def without_page_numbers(self) -> Reading:
        """The reading without the lines that hold nothing but a page's number: what a page's end cut runs on.

        >>> from normalize.text import from_lines
        >>> text = from_lines(["Hua", "2", "Trai"], page=2)
        >>> Reading(text, (1.0,) * 3).without_page_numbers().string.split()
        ['Hua', 'Trai']
        """
        numbers = list(self._page_numbers())
        starts = [0, *(min(end + 1, len(self.string)) for _, end in numbers)]
        ends = [*(max(start - 1, 0) for start, _ in numbers), len(self.string)]
        return self.part(list(zip(starts, ends, strict=True))) if numbers else self

    @cached_property
    def worn(self) -> bool:
        """Was it read from so poor a scan that the engine was unsure of many words?

        Of 189 notices drawn at three levels 88 % of the heavy scans, 3 of the medium and 5 of the light ones.
        """
        read = [word.confidence for word in self.text.words if word.box is not None]
        return bool(read) and sum(one < _UNSURE for one in read) >= _WORN * len(read)

    def part(self, spans: Sequence[tuple[int, int]]) -> Reading:
        """The reading of these spans alone; evidence still points to the page."""
        return Reading(self.text.select(spans), self.certainty, self.mangled)

    def finditer(self, pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Matches of a pattern over the folded text."""
        return pattern.finditer(self.folded, start, len(self.folded) if end is None else end)

    def line(self, line: TextLine) -> str:
        """A line as printed."""
        return self.string[line.start : line.end]

    def words(self, start: int, end: int) -> tuple[Word, ...]:
        return self.text.words_at(start, end)

    def flat(self, start: int, end: int) -> str:
        """The text of a span in one line. In a scan a raised comma inside a word, `Cư M’gar`, is an apostrophe, and a
        stroke that stands alone behind a word, `khóa l`, a numeral."""
        flat = " ".join(self.string[start:end].split())
        scanned = any(word.box for word in self.text.words[:1])
        return _LONE.sub("I", _RAISED.sub("'", flat)) if scanned else flat

    def inset(self, at: int) -> int:
        """How many letters into its raw line the word at an offset begins; 0 where none stands there."""
        words = self.words(at, at + 1)
        raw = dict(self.text.raws).get(words[0].page, "") if words else ""
        return words[0].start - (raw.rfind("\n", 0, words[0].start) + 1) if words else 0

    def blanks(self, before: int, after: int) -> int:
        """How many blanks of the raw page part the word that ends before one offset from the word at another.

        1 for words of a scan, whose raw text keeps none, and of two pages.
        """
        left, right = self.words(before - 1, before), self.words(after, after + 1)
        parted = left and right and left[0].box is None and left[0].page == right[0].page
        return right[0].start - left[0].end if parted else 1

    def confidence(self, start: int, end: int) -> float:
        """The probability that every word of the span is right: the product over its words."""
        seen = dict.fromkeys(i for i in self.text.origin[start:end] if i >= 0)
        words = math.prod(min(self.certainty[i], trust(self.text.words[i])) for i in seen)
        return words * 0.5 ** len(_RUBBISH.findall(self.string[start:end]))

    def field(
        self,
        value: T,
        start: int,
        end: int,
        rule: str,
        method: Method | None = None,
        factor: float = 1.0,
        why: str | None = None,
        alternatives: tuple[str, ...] = (),
    ) -> Field[T]:
        """Make a field of a span. `factor` scales the words' confidence by how far the rule itself is trusted.

        Without a `method`, it is `READ` or `RESTORED`, as the raw text is or is not what stands here now. What
        was filled in by hand, and what was inferred, is marked for review.
        """
        words = self.words(start, end)
        by_hand = any(word.by_hand for word in words)
        chosen = method or self._method(words, start, end)
        note = why or ("filled in by hand" if by_hand else None)
        return Field(
            value,
            round(min(1.0, self.confidence(start, end) * factor), 4),
            chosen,
            rule,
            self.text.places(start, end),
            alternatives,
            by_hand or chosen is Method.INFERRED,
            note,
        )

    def _method(self, words: tuple[Word, ...], start: int, end: int) -> Method:
        here = "".join(self.string[start:end].split())
        return Method.READ if here in "".join(word.text for word in words) else Method.RESTORED


_LONE = re.compile(r"(?<=[^\W\d_] )[lỊÏ](?![\w'’])")
_RAISED = re.compile(r"(?<=\w)’(?=\w)")  # both are printed; units' lists have the straight one
_PAGE = re.compile(r"[\s\-–]*(\d{1,3})[\s\-–]*")


def _turns(lines: Sequence[TextLine], k: int) -> bool:
    """Is a line the first or the last of its page?"""
    return lines[k].page != lines[k - 1].page or lines[k].page != lines[k + 1].page


# tR&} · xây|exn · Giao o W e: letters run together with what no word holds
_RUBBISH = re.compile(r"(?<!\S)(?=\S*[^\W\d_])\S*[{}|<>~^€¢§\\\[\]]\S*")


def trust(word: Word) -> float:
    """How often a word that Tesseract read with this confidence is right.

    Measured shape (see docs/design.md): errors crowd below 0.9, where Tesseract's own figure is too low rather
    than too high; above it is nearly always right. Under a seal it is too high. Digits by hand have a reader of
    their own, whose figure is calibrated (docs/digits-card.md).
    """
    if word.by_hand:
        return word.confidence
    if word.from_seal:
        return min(0.85, word.confidence)
    if word.confidence >= 0.9:
        return 0.998
    if word.confidence >= 0.6:
        return 0.97
    return 0.55 + 0.6 * word.confidence


def within(at: int, spans: Iterable[Span]) -> bool:
    """Does an offset lie inside of one of these?"""
    return any(start <= at < end for start, end in spans)
