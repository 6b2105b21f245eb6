"""Whom a clause with `công nhận` recognises: communes behind it, before it in the passive, or a district."""

from __future__ import annotations

import re

from extract.field import Field
from extract.notice import Level, Unit
from extract.ntm.levels import targets_in
from extract.ntm.survey import Survey
from extract.ntm.units.districts import find_districts, match_named_district
from extract.ntm.units.link import Mention, link_unit
from extract.parts.clauses import clause_end, clause_start, statement_start
from extract.reading import Span
from extract.words.phrases import find_phrases
from extract.words.runs import NAME

_DISTRICT = re.compile(r"\s*(?:huyen|thi\s+xa|thanh\s+pho)\s+(?=\w)")
# xã Định Hòa (năm 2014), xã Sa Bình (huyện Sa Thầy); xã Đắk Kan: one list, whatever stands in its brackets
_GOES_ON = re.compile(r"(?:[\s,;]|\([^()]*\)|va\s|xa\s|cac\s)*")
# Huyện Hóc Môn có 11 xã, tất cả đã được công nhận đạt chuẩn · … 24 xã, đến ngày 31/12/2022 tất cả đều …: its communes
# Huyện Mang Thít có 11 xã, đến ngày 15/9/2022 đã có 10 xã được công nhận đạt chuẩn
_OF_COMMUNES = re.compile(
    r"\bxa\s*[,;]\s*(?:tat\s+ca|ca|deu|toan\s+bo|den\s+nay|da)(?!\w)|\bxa\b.*\b(?:tat\s+ca|toan\s+bo)(?!\w)|"
    r"\d\s+xa(?:\s+(?:da|deu|moi|dau\s+tien))*\s+(?:duoc\b[^.;]{0,60})?$"
)
_DENIED = re.compile(r"(?<!\w)(?:chua|khong)(?!\w)")  # xã B chưa đạt chuẩn
# công nhận 04 xã đạt chuẩn nông thôn mới, gồm: xã Sa Nghĩa, xã Sa Bình
_OPENS = re.compile(r"(?::|\bgom)\s*(?:cac\s+)?$")


def recognised_at(survey: Survey, start: int, cue: Span, end: int) -> list[Mention]:
    """The communes that a clause recognises: behind the cue, `xã X được … công nhận` before it."""
    text = survey.whole.flowing
    stop = clause_end(text, cue[1], end)
    if told_of := passive(survey, start, cue):
        return told_of
    behind = _with_level(survey, survey.communes_in(cue[1], end), end)
    # gồm: xã Sa Nghĩa, xã Sa Bình (huyện Sa Thầy); xã Đắk Kan: the list goes on behind a semicolon
    listed = behind and _OPENS.search(text, cue[1], behind[0].start) is not None
    if not listed:
        groups = {mention.group for mention in behind if mention.start < stop or _reaches(survey, mention, end)}
        behind = [mention for mention in behind if mention.group in groups]
    return behind


def _with_level(survey: Survey, behind: list[Mention], end: int) -> list[Mention]:
    """The list that begins behind the cue, and each later one that a level follows which is not denied it.

    `công nhận xã A đạt chuẩn, xã B chưa đạt chuẩn`, `công nhận xã A trên cơ sở kết quả thẩm định tại xã B`.
    """
    text, kept = survey.whole.flowing, list[Mention]()
    for k, mention in enumerate(behind):
        stop = next((later.start for later in behind[k:] if later.group != mention.group), end)
        last = max(later.end for later in behind if later.group == mention.group)
        goes_on = not k or _GOES_ON.fullmatch(text, behind[k - 1].end, mention.start)
        named = targets_in(survey.whole, last, stop) and not _DENIED.search(text, last, stop)
        if (goes_on and len(kept) == k) or named:
            kept.append(mention)
    return kept


def passive(survey: Survey, start: int, cue: Span) -> list[Mention]:
    """`xã Đồng Kho được công nhận đạt chuẩn`: the list of communes that the clause of a passive cue begins with."""
    text = survey.whole.flowing
    window = text[max(start, cue[0] - 40) : cue[1]]
    if "duoc" not in window and "co quyet dinh" not in window:  # đã có quyết định của UBND tỉnh công nhận
        return []
    first = statement_start(text, start, cue[0])
    before = survey.communes_in(first, cue[0])
    # ba xã được công nhận đạt chuẩn là Yên Trung, Yên Bình: the list begins with `ba xã` and goes on behind the cue
    return [mention for mention in survey.communes if before and mention.group == before[-1].group]


def _reaches(survey: Survey, mention: Mention, end: int) -> bool:
    """`…; xã Úc Kỳ đạt chuẩn nông thôn mới nâng cao`: is a unit of a later clause recognised with its own level?"""
    text = survey.whole.flowing
    first, stop = clause_start(text, 0, mention.start), clause_end(text, mention.end, end)
    reached = find_phrases(survey.whole, "reached", mention.end, stop)
    asked = find_phrases(survey.whole, "addressing", first, mention.start)
    denied = _DENIED.search(text, mention.end, stop)
    return bool(reached and targets_in(survey.whole, mention.end, stop) and not asked and not denied)


def district_before(survey: Survey, start: int, cue: Span) -> Field[Unit] | None:
    """`huyện Ninh Hải được Thủ tướng Chính phủ công nhận huyện đạt chuẩn`: the district of a passive clause."""
    text = survey.whole.flowing
    if "duoc" not in text[max(start, cue[0] - 40) : cue[1]]:
        return None
    first = statement_start(text, start, cue[0])
    named = find_districts(survey.whole, survey.where, first, cue[0])
    if not named or _OF_COMMUNES.search(text, named[-1].end, cue[0]):
        return None
    return named[-1].unit


def district_behind(survey: Survey, start: int, end: int) -> Field[Unit] | None:
    """`Công nhận huyện Yên Lạc, tỉnh Vĩnh Phúc đạt chuẩn`: the district right behind."""
    opener = _DISTRICT.match(survey.whole.flowing, start, end)
    run = NAME.match(survey.whole.string, opener.end(), end) if opener else None
    if run is None:
        return None
    match, stop = match_named_district(survey.whole, run.start(), run.end(), survey.where)
    return link_unit(survey.whole, run.start(), stop, match, Level.DISTRICT, "huyện", survey.where)
