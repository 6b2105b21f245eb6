"""Putting citations together: type, code, date, issuer, subject and role of each document named."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from extract.citations.bodies import is_body
from extract.citations.context import Context, date_after, issuer_field, role_at
from extract.citations.days import date_elsewhere
from extract.citations.fields import code_field, date_field, law_name, typed
from extract.citations.initials import mend_by_issuer
from extract.citations.issuers import issuer_acting, issuer_after, issuer_before, issuer_fronted, issuers_after
from extract.citations.known import borne_out
from extract.citations.laws import find_laws
from extract.citations.mentions import Mention, find_mentions
from extract.citations.named import named_laws
from extract.citations.once import once_each
from extract.citations.share import share
from extract.draft import CitationDraft
from extract.field import Field, Method
from extract.parts.foot import ENCLOSED
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.words.dates import find_dates
from normalize.fold import fold
from normalize.letters import UPPER

T = TypeVar("T")

# 1. Công tác chỉ đạo: short, without a stop, and the next line begins anew; marks off
_HEADING = re.compile(
    r"(?m)^\s*(?:[IVX]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]\s+[A-Z][^.;:,/\d\n]{2,55}"
    r"(?<! cua)(?<! va)(?<! cac)(?<! tai)(?<! theo)(?<! so)(?<! ngay)\n(?=\s*[A-Z])"
)
_SUBJECT = re.compile(r"\s*,?\s*(?:ve\s+viec|v\s*/\s*v|ve)\s+")
_SUBJECT_END = re.compile(r"\s*;|\.\s|\.$|\s*\(|,\s+(?:so\s+\d|cu\s+the)|\s+va\s+so\s+\d|,\s+va\s|\n\s*\n|\s*:\s")
_SENTENCE = re.compile(rf"(?<!\b[Tt][Pp])[.;]\s+(?=\W*[{UPPER}])|\n\s*(?=[-–—+*•]\s)|\n\s*(?=\d+\.\s)|\bnhư sau:\s*\n")
# who signs with a symbol's last group; a Chủ tịch huyện, too, with UBND
_SIGN_AS = {
    "TTg": ("chinh phu", "thu tuong"),
    "CP": ("chinh phu", "thu tuong"),
    "UBND": ("ubnd", "uy ban", "chu tich"),
    "HĐND": ("hdnd", "hoi dong"),
}
_OF_STATE = re.compile(r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|chinh phu|thu tuong)\b")


def find_citations(zones: Zones) -> tuple[CitationDraft, ...]:
    """Every other document that title and body name, once each, in order of first mention."""
    spans = zones.subject_spans
    lead = sum(end - start + 1 for start, end in spans)
    reading = zones.whole.part([*spans, (zones.body_start, zones.body_end), *_enclosed(zones)])
    paragraphs = sorted({*([lead] if lead else []), *_paragraphs(reading), *_below_headings(reading)})
    context = Context(
        reading,
        lead + zones.opening_end - zones.body_start,
        tuple(find_dates(reading)),
        tuple(sorted({0, *(match.end() for match in _SENTENCE.finditer(reading.string)), *paragraphs})),
        tuple(paragraphs),
        tuple(find_laws(reading, 0, len(reading.string))),
    )
    drafts = sorted([*map(mend_by_issuer, _coded(context)), *named_laws(context)], key=lambda draft: draft.at)
    return tuple(_no_surer(borne_out(draft)) for draft in once_each(drafts))


def _enclosed(zones: Zones) -> list[tuple[int, int]]:
    """The regulation that a notice puts into force and prints behind its signature."""
    start = zones.annex_start
    return [(start, len(zones.whole.string))] if ENCLOSED.match(zones.whole.folded, start) else []


def _no_surer(draft: CitationDraft) -> CitationDraft:
    """Of which document date, issuer and role are told is no surer than its code."""
    if draft.code is None:
        return draft
    most = draft.code.confidence
    return replace(
        draft,
        date=draft.date and _at_most(draft.date, most),
        issuer=draft.issuer and _at_most(draft.issuer, most),
        role=_at_most(draft.role, most),
    )


def _at_most(field: Field[T], confidence: float) -> Field[T]:
    return replace(field, confidence=min(field.confidence, confidence))


def _paragraphs(reading: Reading) -> list[int]:
    """Where each paragraph begins; a blank line inside a sentence, `Thủ tướng Chính` / `phủ`, begins none."""
    lines = reading.text.lines
    parted = ((a, b) for a, b in pairwise(lines) if (a.block, a.page) != (b.block, b.page) and a.page == b.page)
    return [b.start for a, b in parted if not _goes_on(reading.string[: a.end], reading.string[b.start : b.end])]


def _goes_on(before: str, text: str) -> bool:
    return before.rstrip()[-1:].isalpha() and text.lstrip()[:1].islower() and text.lstrip()[1:2].isalpha()


def _below_headings(reading: Reading) -> list[int]:
    """Where the line below a heading begins, which no stop ends: `1. Công tác chỉ đạo`."""
    return [match.end() for match in _HEADING.finditer(reading.unmarked)]


def _coded(context: Context) -> list[CitationDraft]:
    mentions = find_mentions(context.reading)
    drafts = [
        _draft(context, mention, mentions[i + 1] if i + 1 < len(mentions) else None)
        for i, mention in enumerate(mentions)
    ]
    return share(context, mentions, drafts)


def _draft(context: Context, mention: Mention, after: Mention | None) -> CitationDraft:
    code, limit = mention.code, after.start if after else len(context.reading.string)
    if any(law.amends and law.start < code.start < law.end for law in context.laws):
        return _inner_law(context, mention)
    date = date_after(context, code.end, limit)
    issuer = _issuer(context, mention, date.end if date else code.end, limit)
    tail = max([code.end, *([date.end] if date else []), *([issuer[1]] if issuer and issuer[0] > code.end else [])])
    dated = date or date_elsewhere(context, mention, limit)
    reading = context.reading
    return CitationDraft(
        type=reading.field(mention.slug, mention.start, code.end, "citation_type", Method.MATCHED),
        code=typed(reading, code_field(reading, code), mention),
        date=date_field(reading, dated, code) if dated else None,
        issuer=_of_its_kind(mention, issuer_field(reading, issuer)) if issuer else None,
        subject=law_name(reading, mention) or _subject(reading, tail),
        role=role_at(context, mention.start),
        at=mention.start,
    )


def _of_its_kind(mention: Mention, issuer: Field[str]) -> Field[str]:
    """The issuer, in doubt where the State is said to have issued what the Party or a body like it numbers so: 05-NQ/HU
    of a UBND."""
    symbol = mention.code.symbol
    of_party = mention.code.party and "/" in symbol and "UBND" not in symbol
    if of_party and _OF_STATE.match(fold(issuer.value)):
        return issuer.doubt(f"{mention.code.symbol} is no symbol of the State", 0.5)
    return issuer


def _inner_law(context: Context, mention: Mention) -> CitationDraft:
    """A law inside an amending law's name: date and author behind it are the amending law's."""
    reading = context.reading
    return CitationDraft(
        type=reading.field(mention.slug, mention.start, mention.code.end, "citation_type", Method.MATCHED),
        code=code_field(reading, mention.code),
        date=None,
        issuer=None,
        subject=law_name(reading, mention),
        role=role_at(context, mention.start),
        at=mention.start,
    )


def _issuer(context: Context, mention: Mention, end: int, limit: int) -> tuple[int, int] | None:
    """The span of the issuer's name: behind date or code, inside the list's head, or before the type."""
    limit = min(limit, context.paragraph_end(max(mention.code.start, end - 1)))  # a blank line may part it from its day
    find = issuers_after if mention.slug == "thong_tu_lien_tich" else issuer_after
    after = find(context.reading, end, limit) or find(context.reading, mention.code.end, limit)
    if after:
        return after
    if mention.owner:
        return mention.owner
    start = context.sentence(mention.head)
    fronted = issuer_fronted(context.reading, mention.head, end, limit)
    if fronted:
        return fronted
    before = issuer_before(context.reading, start, mention.head)
    acting = before or issuer_acting(context.reading, start, mention.head)
    if acting and _of_another(mention.code.symbol, fold(context.reading.flat(*acting))):
        return None
    # Sau nửa năm thực hiện bộ tiêu chí ban hành kèm theo …: a subject that is no body issued nothing
    return acting if before or (acting and is_body(context.reading.flat(*acting).strip(" ,"))) else None


def _of_another(symbol: str, issuer: str) -> bool:
    """Does a symbol name the Government, its head, a committee or a council, and the sentence another author?

    >>> _of_another("QĐ-TTg", "ubnd tinh"), _of_another("NĐ-CP", "chinh phu"), _of_another("KH-UBND", "phong noi vu")
    (True, False, True)
    """
    signs = next((signs for end, signs in _SIGN_AS.items() if symbol.endswith(f"-{end}")), ())
    return bool(signs) and not any(sign in issuer for sign in signs)


def _subject(reading: Reading, tail: int) -> Field[str] | None:
    lead = _SUBJECT.match(reading.folded, tail)
    start = lead.end() if lead else tail
    if lead is None and not re.match(
        r"\s+(?:quy|sua|ban|phe|huong|dieu|thong|cong)\w*\s", reading.folded[tail : tail + 12]
    ):
        return None
    stop = _SUBJECT_END.search(reading.folded, start, start + 600)
    end = stop.start() if stop else min(len(reading.string), start + 600)
    value = reading.flat(start, end).strip(" ,.;")
    return reading.field(value, start, end, "citation_subject") if value else None
