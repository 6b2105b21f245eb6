"""Communes spoken of together after they were named: `Cả hai xã nêu trên đạt 19/19 tiêu chí`, `mỗi xã đạt 18/19`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.ntm.figures.counts import FOLDED_WORDS, parse_count
from extract.ntm.units.link import Mention
from extract.reading import Reading

_ABOVE = r"(?:neu|noi|vua|ke)\s+tren|tren|nay"  # hai xã nêu trên · các xã này
_JUDGED = r"(?:(?:deu|da|moi|cung)\s+)*(?:dat|con|chua)(?!\s+them)(?!\w)"
# cả hai xã · 04 xã nêu trên · ba xã cùng đạt · cả hai cùng · mỗi xã đạt · mỗi xã nêu tại Quyết định này đạt ·
# các xã này; not `02 xã đạt`, which is a band, nor `mỗi xã tăng 2 tiêu chí`
_TOGETHER = re.compile(
    rf"(?<!\w)(?:(?P<all>ca\s+)?(?P<many>\d{{1,2}}|{FOLDED_WORDS})\s+xa(?(all)(?!\w)|(?=\s+(?:{_ABOVE}|cung|deu)(?!\w)))|"
    r"ca\s+(?P<bare>hai|ba|bon)(?=\s+(?:cung|deu|con|chua|da|dat)(?!\w))|"
    rf"(?P<each>moi\s+xa)(?=\s+(?:(?:neu|co\s+ten)\s[^.;,]{{0,40}}?)?{_JUDGED})|"
    rf"(?:cac|nhung)\s+xa(?=\s+(?:{_ABOVE})(?!\w)))(?:\s+(?:{_ABOVE}))?"
)
# Cả 8 xã của huyện đều đạt 19/19 tiêu chí, gồm: Lạc Xuân, Đạ Ròn: a band with its list, said of none named before
_LISTED_BEHIND = re.compile(r"[^.;:]{0,80}?tieu\s+chi\s*,?\s*(?:(?:gom|la|do\s+la)\b|[:(])")
_ON_AVERAGE = re.compile(r"(?:binh\s+quan|trung\s+binh)[^.;]{0,40}$")  # bình quân mỗi xã đạt 15 tiêu chí


def find_together(reading: Reading, communes: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """A mention of each of them where such words stand; none where it is not certain who they are.

    `communes`: all that the notice names, in order; those of [start, end), a paragraph, are meant before others.
    """
    found = (m for m in _TOGETHER.finditer(reading.flowing, start, end) if not _averaged(reading, m))
    return [mention for match in found for mention in _mentions(reading, communes, match, start)]


def _averaged(reading: Reading, match: re.Match[str]) -> bool:
    return _ON_AVERAGE.search(reading.flowing, max(0, match.start() - 60), match.start()) is not None


def _mentions(reading: Reading, communes: Sequence[Mention], match: re.Match[str], since: int) -> Iterator[Mention]:
    many = (
        parse_count(reading.flat(*match.span("many" if match["many"] else "bare")))
        if match["many"] or match["bare"]
        else None
    )
    before = [mention for mention in communes if mention.end <= match.start()]
    if not before and not match["each"] and _LISTED_BEHIND.match(reading.flowing, match.end()):
        return
    lists = [_distinct(list(group)) for _, group in groupby(before, key=lambda mention: mention.group)]
    beside = _distinct([mention for mention in before if mention.start >= since])
    meant = [beside, *lists[-1:], _distinct(before), *reversed(lists), _distinct(communes)]
    if match["each"]:  # each of those just listed, or of those that a decision lists below
        meant = lists[-1:] or [_distinct(communes)]
    for group in meant:
        if len(group) > 1 and len(group) == (many or len(group)):
            yield from (Mention(*match.span(), -1 - match.start(), mention.unit) for mention in group)
            return


def _distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention of each commune; none where one is in doubt."""
    first = {mention.unit.value.code: mention for mention in reversed(mentions)}
    return [] if None in first else list(reversed(first.values()))
