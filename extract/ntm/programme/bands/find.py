"""Bands: communes grouped by the number of criteria they reach, in bullets or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.draft import BandDraft
from extract.ntm.criteria.ref import USUAL_TOTAL
from extract.ntm.criteria.sets import criteria_of_communes
from extract.ntm.programme.bands.communes import agreeing, communes_behind, communes_below
from extract.ntm.programme.bands.counts import LISTED, count_field, counted_at
from extract.ntm.programme.bands.found import BandAt, merged
from extract.ntm.programme.bands.levels import target_of
from extract.ntm.programme.bands.listed import is_of_another_time, rows, shared, uncounted, with_list_first
from extract.ntm.programme.bands.openers import BARE, short, spoken, with_more
from extract.ntm.programme.bands.ranges import limits_of
from extract.ntm.survey import Survey
from extract.ntm.units.together import find_together
from extract.parts.clauses import sentences
from extract.reading import Reading, Span, within
from extract.trail import missed

_REST = re.compile(r";\s*(?:cac xa|xa|so xa)?\s*(?:con lai|rieng)(?!\w)")
_COLON = re.compile(r":\s*\n\s*(?=(?:Đạt|Số xã|Nhóm|Xã đạt|Có \d))")


def find_bands(survey: Survey, taken: Sequence[Span]) -> list[BandAt]:
    """Every band, in order; one told in two groups comes once. `taken`: tables that are read by cells."""
    found: list[BandAt] = []
    for index, item in enumerate(survey.items):
        if index in survey.asking:
            continue
        for start, end in sentences(survey.whole, item.content, item.end):
            for first, last in _below_colon(survey.whole, start, end):
                found += _in_sentence(survey, index, first, last)
    return merged([at for at in found if not within(at.start, taken)])


def _below_colon(whole: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """`Kết quả đến ngày 20/12/2021:` and, on the next line, `Đạt 19 tiêu chí có 6 xã`: two parts of one paragraph."""
    cuts = [start, *(match.end() for match in _COLON.finditer(whole.string, start, end)), end]
    yield from pairwise(cuts)


def _in_sentence(survey: Survey, index: int, start: int, end: int) -> Iterator[BandAt]:
    listed = [*with_list_first(survey, index, start, end), *rows(survey, index, start, end)]
    listed += [*shared(survey, index, start, end), *uncounted(survey, index, start, end)]
    yield from listed
    opened = _opened(survey.whole, start, end, listed)
    starts = sorted([*(match.start() for match, _ in opened), *(one.start for one in listed), end])
    for match, count in opened:
        stop = next(at for at in starts if at > match.start())
        rest = _REST.search(survey.whole.flowing, match.end(), stop)
        stop = rest.start() if rest else stop  # what is told of the others is no part of the band
        if band := _band(survey, index, match, count, (start, stop, end)):
            yield BandAt(match.start(), stop, band)


def _opened(whole: Reading, start: int, end: int, listed: Sequence[BandAt]) -> list[tuple[re.Match[str], Span]]:
    """The words that open bands, each with the span of its count, outside of bands that lists tell."""
    bare = BARE.match(whole.flowing, start, end)
    bare = bare if bare and (bare["unit"] or "dat" in bare[0]) else None  # not `Nhóm 1: Sáu xã đạt 19 tiêu chí`
    matches = with_more(whole, bare, end) if bare else spoken(whole, start, end) or short(whole, start, end)
    return [
        (match, count)
        for match in matches
        if (count := counted_at(whole, match, end))
        and not any(one.start < match.end() and match.start() < one.end for one in listed)
    ]


def _band(
    survey: Survey, index: int, match: re.Match[str], count: Span, within: tuple[int, int, int]
) -> BandDraft | None:
    """What a match tells, if it tells of now. `within`: where its sentence begins, the next band, and its end."""
    whole, (start, stop, end) = survey.whole, within
    limits, text = limits_of(match, criteria_of_communes(survey.where.day)), whole.string[match.start() : stop]
    if limits is None:
        missed("/ntm/bands", "band_count", f"no range of at most {USUAL_TOTAL} criteria", text)
        return None
    if any(one.end > match.start() for one in find_together(whole, survey.communes, start, match.end())):
        missed("/ntm/bands", "band_count", "said of communes that were named", text)  # cả 04 xã đều đạt 19/19 tiêu chí
        return None
    if is_of_another_time(survey, index, start, match.start()):
        missed("/ntm/bands", "band_count", "intended, or of another time", text)
        return None
    told = match.end() if LISTED.match(whole.flowing, count[0] - 1, end) else max(match.end(), count[1])
    counted = count_field(whole, *count)
    communes = communes_behind(survey, told, stop) or communes_below(survey, index, counted)
    communes, counted = agreeing(communes, counted)
    return BandDraft(target_of(survey, index, match, told, start), *limits, counted, communes)
