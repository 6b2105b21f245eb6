"""The districts that a text names behind the type word: `huyện Bắc Sơn`, `các huyện Tiên Lãng, Vĩnh Bảo`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.notice import Level
from extract.ntm.units.link import Linked, Mention, Whereabouts, link_unit
from extract.ntm.units.names import NAME, NEXT
from extract.reading import Reading
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
    words = list(re.finditer(r"\S+", reading.string[start:end]))
    return match, start + words[len(match.read.split()) - 1].end()


@lru_cache(maxsize=512)
def district_of(read: str, day: dt.date, province: str | None, kind: str = "") -> Linked:
    """The district of a run of capitalised words, the words behind its name left out.

    `kind`: the type printed before it, which parts huyện Hồng Ngự from thành phố Hồng Ngự.
    """
    words = read.split()
    names = [" ".join(words[:k]) for k in range(1, len(words) + 1)]
    tried = [replace(match_district(f"{kind} {name}".strip(), day, province), read=name) for name in names]
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
        run = NAME.match(reading.string, opener.end())
        if run is None:
            continue
        match = find(" ".join(run.group().split()), DISTRICT_TYPES.get(" ".join(opener["type"].split()), ""))
        if match.sure and match.score > 0.75:
            width = len(match.read.split())
            words = list(re.finditer(r"\S+", run.group()))
            end = run.start() + words[width - 1].end()
            yield Vote(run.start(), end, match, match.score)
            if reading.flowing[: opener.start()].rstrip().endswith("cac"):
                yield from _next_votes(reading, end, find)


def _next_votes(reading: Reading, at: int, find: Callable[[str, str], Linked]) -> Iterator[Vote]:
    """`các huyện Tiên Lãng, Vĩnh Bảo`: the names that go on with a list."""
    while (joint := NEXT.match(reading.flowing, at)) and not joint["type"]:
        run = NAME.match(reading.string, joint.end())
        match = find(" ".join(run.group().split()), "") if run else None
        if run is None or match is None or not match.sure or match.score <= 0.75:
            return
        words = list(re.finditer(r"\S+", run.group()))
        at = run.start() + words[len(match.read.split()) - 1].end()
        yield Vote(run.start(), at, match, match.score)
