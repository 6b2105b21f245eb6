"""Which communes a band has: the lists behind it, or the bullet below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.field import Field
from extract.notice import Level, Unit
from extract.ntm.figures.counts import COUNT
from extract.ntm.survey import Survey
from extract.ntm.trust import AGREED, COUNTED, vouched
from extract.ntm.units.link import link_unit, without_doubles
from extract.ntm.units.names import NameSpan, read_names
from extract.parts.item_marks import PLAIN
from extract.words.runs import NAME

_ENDS = re.compile(r"(?<!\w)(?:tang|giam|so voi|binh quan|trong do)(?!\w)")
_NEXT_GROUP = re.compile(rf";\s*(?:va\s+)?{COUNT}\s+xa(?!\w)")  # …; 05 xã …: others are told of
_NUMBERED = re.compile(r"\btieu\s+chi\s+(?:so\s+)?\d{1,2}\s*\(\Z")
_STARTS = re.compile(r"(?:[(:,;]|(?<=xa\s)[-–]|\b(?:gom|la|va|xa|tran|phuong|do))\s*[:(]?\s*(?=\w)")


def linked(survey: Survey, names: Sequence[NameSpan]) -> list[Field[Unit]]:
    """The communes that the names of one list mean, no two the same."""
    matches = without_doubles([match for *_, match in names])
    return [
        link_unit(survey.whole, a, b, match, Level.COMMUNE, kind, survey.where)
        for (a, b, kind, _), match in zip(names, matches, strict=True)
    ]


def communes_behind(survey: Survey, start: int, end: int) -> tuple[Field[Unit], ...]:
    """The communes listed behind a band, all lists of it together, each commune once."""
    whole = survey.whole
    ends = _ENDS.search(whole.flowing, start, end) or _NEXT_GROUP.search(whole.flowing, start, end)
    return once(linked(survey, _listed(survey, start, ends.start() if ends else end)))


def _listed(survey: Survey, start: int, end: int) -> list[NameSpan]:
    """The names of all lists of a stretch: `Cát Tân (17), Cát Vân (16)` has two of them."""
    whole, at = survey.whole, start
    spans: list[NameSpan] = []
    while opener := _STARTS.search(whole.flowing, at, end):
        numbered = _NUMBERED.search(whole.flowing, start, opener.start() + 1)  # tiêu chí số 10 (Thu nhập)
        named = NAME.match(whole.string, opener.end()) is not None and numbered is None
        names = list(read_names(whole, opener.end(), end, "xã", survey.where)) if named else []
        spans += [name for name in names if name[3].sure or name[3].score >= 0.5 or len(names) > 1]
        at = names[-1][1] if names else opener.end()
    return spans


def communes_below(survey: Survey, index: int, count: Field[int] | None) -> tuple[Field[Unit], ...]:
    """The communes of the bullet below `1. Nhóm đã đạt 19/19 tiêu chí NTM: 05 xã`, of the bullets or of the paragraph
    that a colon leads to, where they are as many."""
    items, below = survey.items, index + 1
    if count is None or below >= len(items):
        return ()
    if listed := _begun_with(survey, index, count.value):
        return listed
    led = items[index].depth == items[below].depth == PLAIN and survey.closes_with(index, ":")
    if not led and survey.parents[below] != index:
        return ()
    names = list(read_names(survey.whole, items[below].content, items[below].end, "xã", survey.where))
    names += _listed(survey, names[-1][1], items[below].end) if names else []
    sure = len(names) == count.value and all(match.sure for *_, match in names)
    return once(linked(survey, names)) if sure else ()


def _begun_with(survey: Survey, index: int, count: int) -> tuple[Field[Unit], ...]:
    """The communes that bullets begin with below `03 xã đạt từ 15 đến 18 tiêu chí, cụ thể:`, where they are as many."""
    below = [survey.items[child] for child, parent in enumerate(survey.parents) if parent == index]
    if len(below) != count or not survey.closes_with(index, ":"):
        return ()
    first = [survey.communes_in(item.content, item.end)[:1] for item in below]
    begun = [m[0].unit for m, item in zip(first, below, strict=True) if m and m[0].start <= item.content + 1]
    return once(begun) if len(begun) == count else ()


def agreeing(
    communes: tuple[Field[Unit], ...], count: Field[int] | None
) -> tuple[tuple[Field[Unit], ...], Field[int] | None]:
    """A list as long as its count vouches for it, and the count for the list."""
    if count is None or count.value != len(communes) or not communes:
        return communes, count
    return tuple(vouched(unit, COUNTED) if unit.value.code else unit for unit in communes), vouched(count, AGREED)


def once(fields: Sequence[Field[Unit]]) -> tuple[Field[Unit], ...]:
    """Each commune once, by its code or, where it has none, its name."""
    kept: dict[str, Field[Unit]] = {}
    for field in fields:
        kept.setdefault(field.value.code or field.value.name, field)
    return tuple(kept.values())
