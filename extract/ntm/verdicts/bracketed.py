"""Counts behind a commune's name in a list: `là Mỹ Lung (đạt 18/19 tiêu chí) và Xuân Thủy (đạt 16/19 tiêu chí)`,
`các xã còn lại: Vĩnh Bình Nam 17 tiêu chí, Bình Minh 16 tiêu chí`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.field import Field
from extract.notice import Level, Status, Target
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.ref import Ref
from extract.ntm.levels import target_field, targets_in
from extract.ntm.survey import Survey
from extract.ntm.units.link import link_unit
from extract.ntm.verdicts.reported import is_reported
from extract.ntm.verdicts.results.find import Result
from extract.ntm.verdicts.results.stated import StatedCount
from extract.reading import Reading, Span, within
from extract.words.runs import NAME
from normalize.lexicon.find import match_commune

# (đạt 18/19 tiêu chí) · (hiện đạt 16/19 TC) · (17/19 tiêu chí); folded
_BRACKET = re.compile(
    r"\s*\(\s*(?:(?:hien|da|moi)\s+)*(?:dat\s+)?(?P<n>\d{1,2})\s*/\s*(?P<total>\d{1,2})\s*(?:tieu\s+chi|tc)"
    r"\s*(?:[,;]\s*(?:(?:con\s+)?(?:chua\s+dat|thieu|khong\s+dat|con))(?P<rest>[^()]{0,200}))?\)"
)
# Vĩnh Bình Nam 17 tiêu chí, Bình Minh: 16/19 tiêu chí: an entry of a list and nothing but a count; folded
_BARE = re.compile(
    r"[ :]+(?:(?:hien|da|moi|dat)\s+)*(?P<n>\d{1,2})(?:\s*/\s*(?P<total>\d{1,2}))?\s+(?:tieu\s+chi|tc)"
    r"(?=\s*(?:[,;.]|va\s|$))"
)
LONGEST = 40  # characters of a commune's name, looked back from the bracket


def find_bracketed(survey: Survey, taken: Sequence[Span]) -> list[Result]:
    """The counts that stand in brackets behind names, outside the spans that tell bands."""
    whole = survey.whole
    span = survey.report_start, survey.zones.body_end
    found = [*_BRACKET.finditer(whole.flowing, *span), *(m for m in _BARE.finditer(whole.flowing, *span) if _listed(m))]
    free = (match for match in found if not within(match.start(), taken) and _is_fact(survey, match))
    return [result for match in free for result in _result(survey, match)]


def _is_fact(survey: Survey, match: re.Match[str]) -> bool:
    """Is a count reported? Fewer than all in a bracket is what there is, whatever communes aim at:
    `Hai xã phấn đấu về đích năm 2019: Vĩnh Lạc (18/19 tiêu chí)`."""
    short = match.re is _BRACKET and int(match["n"]) < int(match["total"])
    return is_reported(survey, match.start(), aims=not short)


def _listed(match: re.Match[str]) -> bool:
    """Does the name before the count begin right behind a colon or a comma, so that nothing else is said of it?"""
    before = match.string[max(0, match.start() - 60) : match.start()]
    return re.search(r"[:,;]\s+(?!(?:xa|huyen|thi|thanh|tinh|phuong)\s)(?:\w+\s){0,4}\w+$", before) is not None


def _result(survey: Survey, match: re.Match[str]) -> Iterator[Result]:
    """The result, where a commune of the district surely stands before the bracket."""
    whole, where = survey.whole, survey.where
    for start in _starts(survey, match.start()):
        name = whole.flat(start, match.start())
        linked = match_commune(name, where.day, where.district_code, where.province_code)
        if linked.sure and not _ends_list(survey, start):
            unit = link_unit(whole, start, match.start(), linked, Level.COMMUNE, "xã", where)
            n, total = (
                whole.field(int(match[part]), *match.span(part), "bracketed_count") if match[part] else None
                for part in ("n", "total")
            )
            if n is None:
                return
            stated = (StatedCount(Status.ACHIEVED, n, total),)
            yield Result((unit,), _target(survey, start), match.span(), stated, _missing(whole, match))
            return


def _target(survey: Survey, at: int) -> Field[Target] | None:
    """The one level named before a name in its paragraph: `1. Đạt chuẩn NTM nâng cao: xã A (19/19 tiêu chí)`."""
    item = next((item for item in survey.items if item.content <= at < item.end), None)
    named = targets_in(survey.whole, item.content, at) if item else []
    return target_field(survey, named[-1]) if len({target for target, _, _ in named}) == 1 else None


def _ends_list(survey: Survey, start: int) -> bool:
    """Is a name the last of a list that shares the count: `hai xã Long Định, Lấp Vò đạt 19/19 tiêu chí`?"""
    before = [mention for mention in survey.communes_in(max(0, start - LONGEST), start) if mention.end <= start]
    return bool(before) and re.fullmatch(r"\s*(?:,|va)\s*", survey.whole.flowing[before[-1].end : start]) is not None


def _missing(whole: Reading, match: re.Match[str]) -> tuple[tuple[Ref, Status], ...]:
    """The criteria behind the count: `Vĩnh Thuận Tây (18/19 tiêu chí, chưa đạt tiêu chí 17)`."""
    rest = match.span("rest") if "rest" in match.re.groupindex and match["rest"] else None
    return tuple((ref, Status.NOT_ACHIEVED) for ref in find_refs(whole, *rest)) if rest else ()


def _starts(survey: Survey, end: int) -> list[int]:
    """Where a name that ends at the bracket may begin, the longest first."""
    text = survey.whole.string
    runs = [run for run in NAME.finditer(text, max(0, end - LONGEST), end) if run.end() == end]
    return [run.start() + word.start() for run in runs for word in re.finditer(r"\S+", run.group())]
