"""Results: what a notice says that a unit has and has not achieved, by counts, by criteria, or by both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.field import Field
from extract.notice import Status, Target, Unit
from extract.ntm.criteria.hidden import hidden_spans
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.ref import Ref
from extract.ntm.survey import Survey
from extract.ntm.units.link import Mention
from extract.ntm.units.together import find_together
from extract.ntm.verdicts.cues import find_cues
from extract.ntm.verdicts.headed import as_opened
from extract.ntm.verdicts.results.levels import target_of
from extract.ntm.verdicts.results.stated import StatedCount, stated_by
from extract.ntm.verdicts.results.subjects import Subject, judged_districts, spoken_of, tells_of_unit
from extract.ntm.verdicts.statuses import judged_refs
from extract.parts.items import Item
from extract.reading import Reading, Span, within
from normalize.letters import UPPER

# Xã Tề Lỗ: đạt 19/19 tiêu chí nông thôn mới. Đối chiếu với Bộ tiêu chí xã nông thôn mới nâng cao, xã đạt 14/19
_OTHER_SET = re.compile(
    r"(?<=[.;]\s)(?:doi chieu|danh gia|ra soat|tinh)?\s*(?:voi|theo)\s+(?:cac\s+|bo\s+)?tieu chi[^.;:]{0,70}?"
    r"(?:nang cao|kieu mau)[^.;:,]{0,40}[,:]"
)
# Đạt 15/19 tiêu chí, đề nghị lùi sang năm sau: xã Chấn Thịnh: the next commune's, right before its name
_RESULT_AHEAD = re.compile(
    r"(?:\W*|.*[.;]\s+)(?P<result>(?:da\s+|moi\s+)?(?:dat|hoan\s+thanh)\s+\d{1,2}\s*/\s*\d{1,2}\s+tieu\s+chi[^.;:]{0,80}:\s*)$",
    re.DOTALL,
)


# Chiềng Hoa     11/19   chưa đạt: 2, 3: a line of a name and a count tells of another commune, known or not
_NEXT_ROW = re.compile(rf"\n\s*[{UPPER}][\w'’]*(?:\s[{UPPER}][\w'’]*){{1,4}}\s+\d{{1,2}}\s*/\s*(?:19|10|9)(?!\d)")

# 1 | Đạt 19 tiêu chí 09: a row of a table of bands, whose communes stand elsewhere in a dump
_BAND_ROW = re.compile(
    r"^[^\w\n]{0,6}\d?[^\w\n]{0,6}(?:xa\s)?dat\s(?:tu\s)?\d{1,2}(?:\s?(?:-|–|den)\s?\d{1,2})?\stieu\schi"
    r"[^\w\n]{1,8}\d{1,2}[^\w\n]{0,8}$",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Result:
    """What is said in one place of one unit, or of several at once. `cue`: the span that says it."""

    units: tuple[Field[Unit], ...]
    target: Field[Target] | None
    cue: Span
    counts: tuple[StatedCount, ...]
    refs: tuple[tuple[Ref, Status], ...]


def find_results(survey: Survey, taken: Sequence[Span], told: Sequence[Span] = ()) -> list[Result]:
    """Every result, in order, outside of bands and of the part with tasks.

    `told`: what other rules read there, whose communes may still be spoken of behind it.
    """
    taken = [*taken, *(row.span() for row in _BAND_ROW.finditer(survey.whole.folded))]
    found: list[Result] = []
    subject: Subject | None = None
    for index, item in enumerate(survey.items):
        if (index in survey.asking and not tells_of_unit(survey, item)) or item.end <= survey.figures_start:
            continue
        results, subject = _of_item(survey, index, item, spoken_of(survey, index, subject), taken, told)
        found += results
    return found


def _of_item(
    survey: Survey, index: int, item: Item, inherited: Subject | None, taken: Sequence[Span], told: Sequence[Span]
) -> tuple[list[Result], Subject | None]:
    """The results of an item, run by run: each list of units begins a new run."""
    hidden = hidden_spans(survey.whole, item.content, item.end)
    named = [*survey.communes_in(item.content, item.end), *judged_districts(survey, item)]
    named += find_together(survey.whole, survey.communes, item.content, item.end)
    mentions = sorted((m for m in named if not within(m.start, [*hidden, *taken])), key=lambda m: m.start)
    starts = [m for k, m in enumerate(mentions) if not k or mentions[k - 1].group != m.group]
    starts = [m for m in starts if not _again_of(survey, m, inherited)]
    results: list[Result] = []
    subject, at = inherited, item.content
    for mention in [*starts, None]:
        begins = _ahead(survey.whole, at, mention.start) if mention else item.end
        row = _NEXT_ROW.search(survey.whole.string, at, begins) if subject and subject.index == index else None
        stop = row.start() if row else begins
        anew = [m.start() for m in _OTHER_SET.finditer(survey.whole.flowing, at, stop)]
        for first, last in pairwise([at, *anew, stop]):
            results += _of_run(survey, index, subject, first, last, [*taken, *told])
        if mention:
            subject = Subject(tuple(m for m in mentions if m.group == mention.group), index)
            at = begins
    return results, subject


def _ahead(whole: Reading, start: int, name: int) -> int:
    """Where a result begins that stands right before the name of its commune; else the name itself."""
    result = _RESULT_AHEAD.match(whole.flowing, start, name)
    return result.start("result") if result else name


def _again_of(survey: Survey, mention: Mention, subject: Subject | None) -> bool:
    """`tiêu chí số 1 đến số 19 của xã Hoàng Nam đều bảo đảm` below `A. Xã Hoàng Nam`: still the same one."""
    codes = [m.unit.value.code for m in subject.mentions] if subject else []
    own = mention.unit.value.code
    return own is not None and codes == [own] and survey.whole.flowing[: mention.start].endswith(" cua ")


def _of_run(
    survey: Survey, index: int, subject: Subject | None, start: int, end: int, taken: Sequence[Span]
) -> Iterator[Result]:
    whole = survey.whole
    refs = [ref for ref in find_refs(whole, start, end) if not within(ref.start, taken)]
    since = survey.items[index].content
    cues = as_opened(survey, index, find_cues(whole, start, end, taken, _named_end(subject, index, start), since))
    if subject is None or not (cues or refs):
        return
    judged = judged_refs(survey, index, cues, refs, (start, end))
    counts = [count for cue in cues if cue.count for count in [stated_by(whole, cue)] if count]
    if not judged and not counts:
        return
    told = next(((cue.start, cue.end) for cue in cues if cue.count or judged), None)
    told = told or (judged[0][0].start, judged[0][0].end)
    units = tuple(mention.unit for mention in subject.mentions)
    yield Result(units, target_of(survey, index, subject, cues, told, start), told, tuple(counts), tuple(judged))


def _named_end(subject: Subject | None, index: int, start: int) -> int | None:
    """Where the name of the unit ends that a run begins with; the run's start where a heading names it."""
    if subject is None:
        return None
    return max(start, subject.mentions[-1].end) if subject.index == index else start
