"""Communes named without the word xã, anywhere in what is said of criteria: `Ia Drăng đạt 18/19, Bàu Cạn đạt 17/19`.

Only names that the notice writes with the word elsewhere, or that its district has, letter by letter; and only where
what stands around them leaves no other name: not `thôn Minh Sơn`, `Nguyễn Minh Sơn`, `Minh Sơn Tây`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.notice import Level
from extract.ntm.units.link import Mention, Whereabouts, link_unit
from extract.ntm.units.names import commune_of
from extract.parts.clauses import sentences
from extract.reading import Reading, Span
from normalize.fold import fold
from normalize.letters import SMALL
from normalize.lexicon import units as lexicon

# what an item on criteria holds; folded
_ON_CRITERIA = re.compile(r"tieu\s+chi|(?<!\w)tc\s*\d|\d\s*/\s*(?:19|10|9)(?!\d)|(?<!\w)dat(?!\w)")
# Tiêu chí không đạt của Minh Hưng: … · Tại Pô Kô, 14 tiêu chí đạt · riêng An Lương chưa đạt: words before a name
_LEADS = re.compile(
    r"(?:^|[,;:(.|+•*–-]|(?<!\w)(?:[Cc]ủa|[Ởở]|[Tt]ại|[Rr]iêng|và|[Cc]òn|là|có|gồm|[Vv]ới|thì|cả|như|giảm|nay|lại|"
    r"đối với|biểu dương|đánh giá|ghi nhận|cho thấy|xác định|kết luận|thống nhất|xã))\s*$"
)
# a word in small letters ends a name: `Thạnh Tân thấp nhất`
_FOLLOWS = re.compile(rf"\s*(?:[,;:(.|–-]|$|{SMALL}|\d{{1,2}}\s*/\s*\d)")
_IN_ROW = re.compile(r"\s+\d{1,2}\s*/\s*(?:19|10|9)(?!\d)")  # a line `Chiềng Hoa     11/19`
# Tam Lập đạt 14/19 tiêu chí
_COUNTED = re.compile(
    r"\s+(?:(?:da|moi|hien|co)\s+)*(?:dat|hoan\s+thanh)\s+(?:duoc\s+)?\d{1,2}(?:\s*/\s*\d{1,2})?\s+tieu\s+chi"
)
JOINT = 6  # letters at most between two names of a list
COLUMN = 3  # blanks that part a name from what is told of it
_JOINED = re.compile(r"\s*(?:,\s*(?:và\s+)?|và\s+|&\s*)")


def find_bare(reading: Reading, where: Whereabouts, within: Sequence[Span], known: Sequence[Mention]) -> list[Mention]:
    """The communes that stretches which speak of criteria name so. `known`: those that were found with the word."""
    named = {mention.unit.value.name for mention in known if mention.unit.value.code}
    pattern = _pattern(frozenset(named), where.day, where.district_code, where.province_code)
    if pattern is None:
        return []
    taken = [(mention.start, mention.end) for mention in known]
    found = [span for stretch in within for span in _in_stretch(reading, pattern, stretch, taken)]
    if reading.mangled:  # without marks, anything else may be a name
        found = [span for span in found if _is_counted(reading, *span)]
    lists = list(_lists(reading, found))
    return [
        mention
        for spans in lists
        for mention in _mentions(reading, where, spans, _group(reading, spans[0], known))
        if len(spans) > 1 or " " in mention.unit.value.name or mention.unit.value.name in named
    ]


@lru_cache(maxsize=64)
def _pattern(named: frozenset[str], day: dt.date, district: str | None, province: str | None) -> re.Pattern[str] | None:
    listed = _of_district(day, district) if district else _of_province(day, province) if province else ()
    names = {*named, *listed}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    ways = (r"\s+".join(map(re.escape, fold(name).split())) for name in longest_first)
    either = "|".join(ways).replace("’", "'").replace("'", "['’]")
    return re.compile(rf"(?<!\w)(?:{either})(?![\w’'])") if names else None


@lru_cache(maxsize=64)
def _of_district(day: dt.date, district: str) -> tuple[str, ...]:
    return tuple(unit.name for unit in lexicon.Units.on(day).communes(district))


@lru_cache(maxsize=64)
def _of_province(day: dt.date, province: str) -> tuple[str, ...]:
    """The communes of a province that has no districts any more: where it has, they are too many to be told apart."""
    units = lexicon.Units.on(day)
    return () if units.districts(province) else tuple(unit.name for unit in units.communes(province))


def _in_stretch(reading: Reading, pattern: re.Pattern[str], stretch: Span, taken: Sequence[Span]) -> Iterator[Span]:
    told = _ON_CRITERIA.search(reading.flowing, *stretch) is not None
    for start, end in sentences(reading, *stretch) if told else ():
        for match in pattern.finditer(reading.flowing, start, end):
            free = not any(a < match.end() and match.start() < b for a, b in taken)
            if free and _is_name(reading, *match.span()) and _stands_apart(reading, *match.span(), start):
                yield match.span()


def _is_counted(reading: Reading, start: int, end: int) -> bool:
    """`Tam Lap dat 14/19 tiéu chi`: a name of two words right before what it has achieved."""
    return " " in reading.flat(start, end) and _COUNTED.match(reading.flowing, end) is not None


def _is_name(reading: Reading, start: int, end: int) -> bool:
    return all(word[0].isupper() or word[0].isdigit() for word in reading.string[start:end].split())


def _stands_apart(reading: Reading, start: int, end: int, since: int) -> bool:
    """Does nothing around a name make it part of another: `thôn …`, `Nguyễn …`, `… Tây`?"""
    before, after = reading.string[max(since, start - 24) : start], reading.string[end : end + 24]
    following = end + len(after) - len(after.lstrip())
    alone = reading.blanks(end, following) >= COLUMN  # Đại Minh      Phần mềm ghi 19, phúc tra đạt 18/19 tiêu chí
    row = before.endswith("\n") and _IN_ROW.match(after) is not None
    return row or (_LEADS.search(before) is not None and (alone or _FOLLOWS.match(after) is not None))


def _lists(reading: Reading, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """The names that follow each other in one list: `Húc, Xy, Thanh`."""
    group: list[Span] = []
    for span in spans:
        if group and not _JOINED.fullmatch(reading.string, group[-1][1], span[0]):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _group(reading: Reading, first: Span, known: Sequence[Mention]) -> int:
    """The list that a list without the word goes on with, `xã An Thủy, Tân Thủy`; one of its own else."""
    before = [mention for mention in known if mention.end <= first[0] <= mention.end + JOINT]
    joined = before and _JOINED.fullmatch(reading.string, before[-1].end, first[0])
    return before[-1].group if joined else -1 - first[0]


def _mentions(reading: Reading, where: Whereabouts, spans: Sequence[Span], group: int) -> Iterator[Mention]:
    for start, end in spans:
        name = f"xã {reading.flat(start, end)}"
        match = commune_of(name, where.day, where.district_code, where.province_code, mangled=False)
        if match.sure and match.score >= 0.99:
            unit = link_unit(reading, start, end, match, Level.COMMUNE, "xã", where)
            yield Mention(start, end, group, unit)
