"""Runs of capitalised words, which begin with a name, and lists of them: `các xã: Long Đống, Đồng Ý và Vũ Sơn Đã`."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import islice

from extract.reading import Reading
from normalize.fold import fold
from normalize.letters import UPPER

# Long Đống · Ka Đô · Ea H'leo · Sơn Kim 1 · LẠNG SƠN; over a line's end too
NAME = re.compile(rf"[{UPPER}][\w'’]*(?:[ \n][{UPPER}][\w'’]*){{0,4}}(?:[ \n]\d{{1,2}}(?![\d/%]|[.,]\d))?")
_JOINT = r"\s*(?:[,;]\s*(?:va\s+)?|\s+va\s+|\s*&\s*)"
_SPLIT = re.compile(_JOINT)
# Long Đống, Đồng Ý và xã Vũ Sơn: what stands between two names of a list; folded
NEXT = re.compile(rf"{_JOINT}(?:(?:cac\s+)?(?P<type>xa|phuong|thi\s+tran)\s*:?\s+)?(?=\w)")
_WORD = re.compile(r"\S+")


def split_list(text: str) -> list[str]:
    """What a list names, one by one.

    >>> split_list("Tiên Mỹ, Tiên Hà; Tiên An, và Tiên Sơn")
    ['Tiên Mỹ', 'Tiên Hà', 'Tiên An', 'Tiên Sơn']
    """
    joints = list(_SPLIT.finditer(fold(text)))
    starts, ends = [0, *(m.end() for m in joints)], [*(m.start() for m in joints), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def listed_runs(reading: Reading, at: int, end: int | None = None, communes: bool = True) -> Iterator[re.Match[str]]:
    """The runs of a list that begins at `at`, until something else stands there.

    `communes`: may a commune's type word lead one? Of `các huyện Tiên Lãng, Vĩnh Bảo và xã An Lão` it ends the list.

    >>> from normalize.text import from_lines
    >>> reading = Reading(from_lines(["các xã: Long Đống, xã Đồng Ý và Phương Viên đã đạt"]), (1.0,) * 12)
    >>> [joined(run) for run in listed_runs(reading, 8)]
    ['Long Đống', 'Đồng Ý', 'Phương Viên']
    >>> [joined(run) for run in listed_runs(reading, 8, communes=False)]
    ['Long Đống']
    """
    end = len(reading.string) if end is None else end
    while run := NAME.match(reading.string, at, end):
        yield run
        following = NEXT.match(reading.flowing, run.end(), end)
        if following is None or (is_type(reading, following) and not communes):
            return
        at = next_name(reading, following)


def next_name(reading: Reading, following: re.Match[str]) -> int:
    """Where the next name of a list begins, behind its type word if one stands there."""
    return following.start("type") if following["type"] and not is_type(reading, following) else following.end()


def is_type(reading: Reading, found: re.Match[str]) -> bool:
    """Was a type word found: `phường`, not the first word of `Phương Viên`?"""
    return bool(found["type"]) and "ương" not in reading.string[slice(*found.span("type"))].lower()


def joined(run: re.Match[str]) -> str:
    """The words of a run in one line."""
    return " ".join(run.group().split())


def prefixes(name: str, most: int | None = None) -> list[str]:
    """What a run may begin with, the longest first; of its first `most` words.

    >>> prefixes("Vũ Sơn Đã")
    ['Vũ Sơn Đã', 'Vũ Sơn', 'Vũ']
    """
    words = name.split()[:most]
    return [" ".join(words[:count]) for count in range(len(words), 0, -1)]


def known_prefix(name: str, known: Container[str]) -> str | None:
    """The longest thing known that a run begins with.

    >>> known_prefix("vu son da", {"vu", "vu son"})
    'vu son'
    """
    return next((prefix for prefix in prefixes(name) if prefix in known), None)


def prefix_end(text: str, start: int, prefix: str) -> int:
    """Where the first words of a run end that begins at `start`, as many as a prefix of it has.

    >>> prefix_end("xã Vũ  Sơn Đã đạt", 3, "Vũ Sơn")
    10
    """
    return next(islice(_WORD.finditer(text, start), len(prefix.split()) - 1, None)).end()


def of_name(reading: Reading, at: int) -> bool:
    """Is the word at `at` of a name, whatever it folds to? A capital behind a word: Phú Giáo asks not, nor Bàu Cạn.

    >>> from normalize.text import from_lines
    >>> reading = Reading(from_lines(["UBND huyện Phú Giáo báo cáo. Giao Phòng Kinh tế"]), (1.0,) * 9)
    >>> of_name(reading, 15), of_name(reading, 29)
    (True, False)
    """
    capital = reading.string[at : at + 1].isupper() and reading.string[at + 1 : at + 2].islower()
    return capital and re.search(r"[^\W\d_][ \n]$", reading.string[max(0, at - 2) : at]) is not None
