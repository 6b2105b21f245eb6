"""Results of clauses that speak of a criterion first and then of communes, or of a criterion that was named before.

Tiêu chí 2, tiêu chí 9: Thạch Hóa đạt, Cao Quảng chưa đạt.
Tiêu chí số 6: đạt có Nam Dong, Tâm Thắng; chưa đạt có Đắk Wil, Ea Pô.
Chưa đạt tiêu chí 4: Sảng Mộc, Thượng Nung.
Chợ nông thôn: xã Đồng Phong đạt, xã Văn Phú chưa đạt. Trường học: hai xã cùng chưa đạt.

Each clause is a row of criteria (R), communes (C) and verdicts (V); its letters tell how it is to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.field import Field
from extract.notice import Status, Unit
from extract.ntm.criteria.hidden import hidden_spans
from extract.ntm.criteria.named import find_refs
from extract.ntm.criteria.ref import Ref
from extract.ntm.figures.counts import FOLDED_WORDS, parse_count
from extract.ntm.survey import Survey
from extract.ntm.verdicts.counted import Cue
from extract.ntm.verdicts.cues import find_cues
from extract.ntm.verdicts.results.find import Result
from extract.parts.clauses import STATEMENT_END
from extract.reading import Span, within

# RCVCV, RVCVC: of the criteria first; CV, VC: of those named before; VRC; VCR: `chưa đạt của Minh Hưng: 13, 15`
_SHAPES = re.compile(
    r"(?P<first>C?R(?:CV)+|R(?:VC)+)|(?P<before>(?:CV)+|(?:VC)+)|(?P<turned>(?:VRC)+)|(?P<of>VCR(?:CR)*)"
)
# hai xã cùng chưa đạt · cả 03 xã đều đạt: all that the notice names; folded
_ALL = re.compile(
    rf"(?<!\w)(?:ca\s+)?(?P<many>\d{{1,2}}|{FOLDED_WORDS})\s+xa(?=\s+(?:tren|nay|cung|deu|da|chua|khong|dat))"
)
# Chưa xã nào trong 03 xã đạt · không xã nào đạt: none of all that the notice names; folded
_NONE = re.compile(
    rf"(?<!\w)(?:chua|khong)\s+(?:co\s+)?xa\s+nao\s+(?:trong\s+(?:so\s+)?(?P<many>\d{{1,2}}|{FOLDED_WORDS})\s+xa\s+)?"
    r"(?P<verdict>dat)(?=\s*(?:$|[.;,]|tieu\s+chi|chuan))"
)
# between communes and what judges them, either way
_LINK = re.compile(
    r"(?:[\s,:()]|(?<!\w)(?:deu|cung|da|van|hien|duoc danh gia|la|thi|con|moi|co|o|tai|gom|cac|xa|va|ca|hai|ba|bon|nam|"
    r"\d{1,2}|cua|rieng|den nay|thuoc|doi voi|nhu sau|ket qua)(?!\w))*"
)
_LISTS = re.compile(r"\s*\)?\s*(?:nam\s+20\d\d\s*)?(?::|gom|la|o|tai|co)(?!\w)")
_JOINED = re.compile(r"[\s,:;()–-]*(?:(?:va|xa|ubnd|cac|so|tieu chi|hai|ca)[\s,:]*)*")


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands at [start, end) of a clause: criteria (R), communes (C) or a verdict (V); anything else is an X."""

    kind: str
    start: int
    end: int
    refs: tuple[Ref, ...] = ()
    units: tuple[Field[Unit], ...] = ()
    status: Status | None = None


def find_by_topic(survey: Survey, taken: Sequence[Span]) -> Iterator[Result]:
    """What such clauses say, each with its span: no other rule reads it too."""
    everybody = tuple({m.unit.value.code: m.unit for m in reversed(survey.communes)}.values())[::-1]
    titled = _of_title(survey)
    for index, item in enumerate(survey.items):
        if index in survey.asking or item.end <= survey.figures_start:
            continue
        topic = titled
        for start, end in _clauses(survey, item.content, item.end):
            if any(a < end and start < b for a, b in taken):
                continue
            parts = _parts(survey, start, end, everybody)
            letters = "".join(part.kind for part in parts)
            shape = _SHAPES.fullmatch(letters)
            if letters.startswith("CR") and ":" in survey.whole.string[parts[0].end : parts[1].start]:
                parts = parts[1:]  # Qua giám sát tại UBND xã Thạnh Mỹ, UBND xã Thạnh Lộc: các tiêu chí …
            told = list(_told(parts, topic)) if shape and _linked(survey, parts) else []
            yield from (Result(units, None, (start, end), (), refs) for units, refs in told)
            topic = _next_topic(parts, letters, topic, titled)


def _of_title(survey: Survey) -> tuple[Ref, ...]:
    """The one criterion that the trích yếu names: `Kết quả kiểm tra tiêu chí số 15 - Y tế`."""
    spans = survey.zones.subject_spans
    refs = find_refs(survey.whole, spans[0][0], spans[-1][1]) if spans else []
    return tuple(refs) if len({ref.number or ref.name for ref in refs}) == 1 else ()


def _clauses(survey: Survey, start: int, end: int) -> Iterator[Span]:
    at, text = start, survey.whole.string
    for stop in STATEMENT_END.finditer(text, start, end):
        if text.count("(", at, stop.start()) <= text.count(")", at, stop.start()):
            yield at, stop.start()
            at = stop.end()
    yield at, end


def _parts(survey: Survey, start: int, end: int, everybody: tuple[Field[Unit], ...]) -> list[_Part]:
    """The parts of a clause in order, neighbours of one kind made one."""
    whole = survey.whole
    found = [_Part("R", ref.start, ref.end, refs=(ref,)) for ref in find_refs(whole, start, end)]
    why = hidden_spans(whole, start, end)
    named = (m for m in survey.communes_in(start, end) if not within(m.start, why))
    found += [_Part("C", m.start, m.end, units=(m.unit,)) for m in named]
    for cue in find_cues(whole, start, end, (), since=start):
        if _explains(cue, found):
            continue
        # Mười bảy tiêu chí đạt của Xuân Phú gồm tiêu chí 1 đến 4
        counted = cue.count is not None and not whole.flowing[cue.last : cue.last + 6].lstrip().startswith("cua ")
        judges = cue.status is not None and not counted and not cue.weak
        found.append(_Part("V" if judges else "X", cue.start, cue.end, status=cue.status))
    for match in _ALL.finditer(whole.flowing, start, end):
        if parse_count(match["many"]) == len(everybody):
            found.append(_Part("C", *match.span(), units=everybody))
    for match in _NONE.finditer(whole.flowing, start, end):
        told = not match["many"] or parse_count(match["many"]) == len(everybody)
        found = [part for part in found if not match.start() <= part.start < match.end()]
        found.append(_Part("C" if told else "X", match.start(), match.start("verdict"), units=everybody))
        found.append(_Part("V", *match.span("verdict"), status=Status.NOT_ACHIEVED))
    joined: list[_Part] = []
    for part in sorted(found, key=lambda one: (one.start, one.end)):
        last = joined[-1] if joined else None
        beside = last and _JOINED.fullmatch(whole.flowing, min(last.end, part.start), part.start)
        if last and beside and last.kind == part.kind in "RC":
            joined[-1] = _Part(part.kind, last.start, part.end, (*last.refs, *part.refs), (*last.units, *part.units))
        else:
            joined.append(part)
    return joined


def _explains(cue: Cue, before: Sequence[_Part]) -> bool:
    """`Xã Tập Ngãi chưa đạt, còn thiếu bác sĩ`: a weak cue behind a verdict, with nothing that it could judge."""
    alone = cue.weak and cue.count is None and not any(part.start > cue.start for part in before)
    return alone and any(part.kind == "V" for part in before)


def _linked(survey: Survey, parts: Sequence[_Part]) -> bool:
    """Does nothing but small words stand between each commune and what judges it?"""
    if [part.kind for part in parts[:3]] == ["V", "C", "R"]:  # Tiêu chí không đạt của Minh Hưng: 13, 15, 17
        return survey.whole.flowing[parts[0].end : parts[1].start].strip() in ("cua", "cua xa")
    if [part.kind for part in parts[:2]] == ["V", "R"]:  # Chưa đạt tiêu chí 4: Sảng Mộc, Thượng Nung
        pairs = [(a, b) for a, b in pairwise(parts) if (a.kind, b.kind) == ("R", "C")]
        text = survey.whole.flowing  # `4: Sảng Mộc` may pass for a criterion with its name
        return all(b.start < a.end or _LISTS.match(text, a.end, b.start) for a, b in pairs)
    beside = [(a, b) for a, b in pairwise(parts) if {a.kind, b.kind} == {"C", "V"} and _begins_pair(parts, a)]
    return all(_LINK.fullmatch(survey.whole.flowing, a.end, b.start) for a, b in beside)


def _begins_pair(parts: Sequence[_Part], a: _Part) -> bool:
    """Does a part belong with the one behind it: in CVCV the first and the third?"""
    row = [part for part in parts if part.kind in "CV"]
    return row.index(a) % 2 == 0 or len(row) % 2 == 1


def _told(
    parts: Sequence[_Part], topic: tuple[Ref, ...]
) -> Iterator[tuple[tuple[Field[Unit], ...], tuple[tuple[Ref, Status], ...]]]:
    """Each group of communes with its criteria and their status."""
    refs, status = topic, None
    units: tuple[Field[Unit], ...] = ()
    for part in parts:
        refs, units, status = part.refs or refs, part.units or units, part.status or status
        if part.kind == parts[-1].kind and units and refs and status:
            yield units, tuple((ref, status) for ref in refs)


def _next_topic(
    parts: Sequence[_Part], letters: str, topic: tuple[Ref, ...], titled: tuple[Ref, ...]
) -> tuple[Ref, ...]:
    """The criteria that a following clause without any speaks of: those of a clause that tells of them first, or of
    them alone."""
    if re.fullmatch("R(?:(?:CV)*|(?:VC)*)", letters):
        return parts[0].refs
    if letters == "CVR" and len({ref.number or ref.name for ref in parts[2].refs}) == 1:
        return parts[2].refs
    return topic if "R" not in letters and "X" not in letters else titled
