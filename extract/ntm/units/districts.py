"""The districts that a text names behind the type word: `huyện Bắc Sơn`, `các huyện Tiên Lãng, Vĩnh Bảo`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from extract.notice import Level
from extract.ntm.units.link import Linked, Mention, Whereabouts, link_unit
from extract.reading import Reading
from extract.words.runs import joined, listed_runs, prefix_end, prefixes
from normalize.lexicon.find import match_district

# huyện Bắc Sơn · Huyện ủy Thanh Bình
DISTRICT = re.compile(r"(?<!\w)(?P<type>huyen|thi\s+xa|thanh\s+pho|quan|tp\.?|tx\.?)\s+(?:uy\s+)?(?=\w)")
DISTRICT_TYPES = {"huyen": "huyện", "thi xa": "thị xã", "thanh pho": "thành phố", "quan": "quận"}


def find_districts(reading: Reading, where: Whereabouts, start: int, end: int) -> list[Mention]:
    """Every district named in a stretch, in order; those that no list decides are left out."""
    votes = find_votes(reading, DISTRICT, lambda read, kind: district_of(read, where.day, where.province_code, kind))
    return [
        Mention(v.start, v.end, -v.start, link_unit(reading, v.start, v.end, v.match, Level.DISTRICT, "huyện", where))
        for v in votes
        if start <= v.start < end
    ]


def match_named_district(
    reading: Reading, start: int, end: int, where: Whereabouts, kind: str = ""
) -> tuple[Linked, int]:
    """The district of a run of capitalised words, and where its name ends."""
    match = district_of(reading.flat(start, end), where.day, where.province_code, kind)
    return match, prefix_end(reading.string, start, match.read)


@lru_cache(maxsize=512)
def district_of(read: str, day: dt.date, province: str | None, kind: str = "") -> Linked:
    """The district of a run of capitalised words, the words behind its name left out.

    `kind`: the type printed before it, which parts huyện Hồng Ngự from thành phố Hồng Ngự.
    """
    return longest_best(
        [replace(match_district(f"{kind} {name}".strip(), day, province), read=name) for name in prefixes(read)]
    )


def longest_best(tried: Sequence[Linked]) -> Linked:
    """The best match of what a run may begin with; of two that are as good the one of the longer name."""
    return max(tried, key=lambda match: (match.sure, round(match.score, 2), len(match.read)))


@dataclass(frozen=True, slots=True)
class Vote:
    """What the name at [start, end) behind a type word was matched to; `weight`: how much it counts."""

    start: int
    end: int
    match: Linked
    weight: float


def find_votes(reading: Reading, pattern: re.Pattern[str], find: Callable[[str, str], Linked]) -> Iterator[Vote]:
    """What each name behind a type word means; `find` is asked with the name and the type."""
    for opener in pattern.finditer(reading.flowing):
        many = reading.flowing[: opener.start()].rstrip().endswith("cac")
        runs = listed_runs(reading, opener.end(), communes=False)
        kind = DISTRICT_TYPES.get(" ".join(opener["type"].split()), "")
        yield from _votes(reading, runs if many else islice(runs, 1), kind, find)


def _votes(
    reading: Reading, runs: Iterable[re.Match[str]], kind: str, find: Callable[[str, str], Linked]
) -> Iterator[Vote]:
    """`các huyện Tiên Lãng, Vĩnh Bảo`: one for each name of a list, until one means nothing for sure."""
    for run in runs:
        match = find(joined(run), kind)
        if not match.sure or match.score <= 0.75:
            return
        end, kind = prefix_end(reading.string, run.start(), match.read), ""
        yield Vote(run.start(), end, match, match.score)
        if end < run.end():
            return
