"""Where sentences, clauses and brackets begin and end: one meaning each, for all rules that look no further than one.

A *sentence* ends at a full stop before a capital. A *clause* is what semicolons cut a sentence into. A *statement* ends
at a semicolon or a full stop, whatever stands behind it: for stretches that were not cut into sentences before.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extract.reading import Reading, Span
from normalize.letters import UPPER

_SENTENCE = re.compile(rf"(?<!TP)(?<!TX)(?<!TT)(?<!Tp)\.+\s+(?=[{UPPER}\"“\-+(])|\.\s*$|\.?/\.")
STATEMENT_END = re.compile(r";|\.(?!\d)")  # not in 14.574 đồng
FULL_STOP = re.compile(r"\.(?=\s)|\n\s*(?=[-+•*])")  # a line with a mark begins anew, as an item does


def sentences(whole: Reading, start: int, end: int) -> list[Span]:
    """The sentences of a span: they end at a full stop before a capital or at the end.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["Đạt 14.574 đồng. Còn 03 tiêu chí."])
    >>> sentences(Reading(text, (1.0,) * 7), 0, 33)
    [(0, 17), (17, 33)]
    """
    cuts = [start]
    cuts += [match.end() for match in _SENTENCE.finditer(whole.string, start, end)]
    cuts.append(end)
    return [(a, b) for a, b in pairwise(cuts) if whole.string[a:b].strip()]


def sentence_end(whole: Reading, at: int, end: int) -> int:
    """Where the words of the sentence end that `at` stands in: at its full stop, else at `end`.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["Có mặt: Sở Y tế TP. Hà Nội. Vắng: Sở Tư pháp"])
    >>> sentence_end(Reading(text, (1.0,) * 12), 8, 44)
    26
    """
    stop = _SENTENCE.search(whole.string, at, end)
    return stop.start() if stop else end


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause begins that `at` stands in: behind the last semicolon since `start`, else at `start`.

    >>> clause_start("xã An đạt; xã Bình chưa đạt", 0, 22), clause_start("xã An đạt", 3, 6)
    (10, 3)
    """
    return max(start, text.rfind(";", start, at) + 1)


def clause_end(text: str, at: int, end: int) -> int:
    """Where the clause ends that `at` stands in: at the next semicolon before `end`, else at `end`.

    >>> clause_end("xã An đạt; xã Bình chưa đạt", 3, 27), clause_end("xã An đạt; xã Bình chưa đạt", 12, 27)
    (9, 27)
    """
    stop = text.find(";", at, end)
    return stop if stop >= 0 else end


def statement_start(text: str, start: int, at: int) -> int:
    """Where the statement begins that `at` stands in: behind the last semicolon or full stop since `start`.

    >>> statement_start("Đạt 14.574 đồng. Xã An đạt", 0, 20), statement_start("Đạt 14.574 đồng", 0, 14)
    (16, 0)
    """
    return max((stop.end() for stop in STATEMENT_END.finditer(text, start, at)), default=start)


def statement_end(text: str, at: int, end: int | None = None) -> int:
    """Where the statement ends that `at` stands in: at the next semicolon or full stop, else at `end`.

    >>> statement_end("Xã An đạt 14.574 đồng. Xã Bình", 3)
    21
    """
    end = len(text) if end is None else end
    stop = STATEMENT_END.search(text, at, end)
    return stop.start() if stop else end


def open_bracket(text: str, start: int, at: int) -> int | None:
    """The bracket that is open at `at`, if one is.

    >>> open_bracket("Phòng Y tế (báo vắng), Điện lực", 0, 16), open_bracket("Phòng Y tế (báo vắng), Điện lực", 0, 25)
    (11, None)
    """
    opened = text.rfind("(", start, at)
    return opened if opened >= 0 and text.find(")", opened, at) < 0 else None
