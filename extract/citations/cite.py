"""Putting citations together: type, code, date, issuer, subject and role of each document named."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from rapidfuzz import fuzz

from extract.citations.bodies import is_body
from extract.citations.context import Context, date_after, issuer_field, role_at
from extract.citations.days import date_elsewhere
from extract.citations.initials import mend_by_issuer, one_off
from extract.citations.issuers import issuer_acting, issuer_after, issuer_before, issuer_fronted, issuers_after
from extract.citations.laws import SLUGS, canonical_name, find_laws, law_before
from extract.citations.mentions import Mention, find_mentions
from extract.citations.named import named_laws
from extract.citations.once import once_each
from extract.citations.share import share
from extract.draft import CitationDraft
from extract.field import Field, Method
from extract.parts.foot import ENCLOSED
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.words.codes import LOST_D, Code, doubtful_d
from extract.words.dates import find_dates
from normalize.fold import fold
from normalize.letters import UPPER
from normalize.lexicon.types import type_by_slug, type_of_symbol

T = TypeVar("T")

# 1. Công tác chỉ đạo: short, without a stop, and the next line begins anew; marks off
_HEADING = re.compile(
    r"(?m)^\s*(?:[IVX]{1,4}|\d{1,2}(?:\.\d{1,2})*|[a-z])[.)]\s+[A-Z][^.;:,/\d\n]{2,55}"
    r"(?<! cua)(?<! va)(?<! cac)(?<! tai)(?<! theo)(?<! so)(?<! ngay)\n(?=\s*[A-Z])"
)
# 03/TT for 03/TTr-VPĐP: a type and no office; old decrees have an office and no type (89/CP, 298/TTg)
_TYPES_ALONE = frozenset({"TT", "TTr", "QĐ", "NĐ", "NQ", "KH", "BC", "TB", "CV", "HD", "KL", "QĐ-TT", "QĐ-UB"})
_STROKE = re.compile(r"[/⁄∕]")  # 617KH-UBND has none: 61/KH-UBND
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
    return tuple(_all_doubtful(draft) for draft in once_each(drafts))


def _enclosed(zones: Zones) -> list[tuple[int, int]]:
    """The regulation that a notice puts into force and prints behind its signature."""
    start = zones.annex_start
    return [(start, len(zones.whole.string))] if ENCLOSED.match(zones.whole.folded, start) else []


def _all_doubtful(draft: CitationDraft) -> CitationDraft:
    """Where the code is in doubt, so is of which document date, issuer and role are told: none is surer than it."""
    if draft.code is None:
        return draft
    if not draft.code.review:
        most = draft.code.confidence
        return replace(
            draft,
            date=draft.date and _at_most(draft.date, most),
            issuer=draft.issuer and _at_most(draft.issuer, most),
            role=_at_most(draft.role, most),
        )
    why = "the code is in doubt"
    return replace(
        draft,
        type=draft.type.doubt(why, 0.75),
        date=draft.date and draft.date.doubt(why, 0.75),
        issuer=draft.issuer and draft.issuer.doubt(why, 0.75),
        role=draft.role.doubt(why, 0.75),
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
        code=_typed(_code_field(reading, code), mention),
        date=reading.field(dated.value, dated.start, dated.end, "citation_date") if dated else None,
        issuer=_of_its_kind(mention, issuer_field(reading, issuer)) if issuer else None,
        subject=_law_name(reading, mention) or _subject(reading, tail),
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
        code=_code_field(reading, mention.code),
        date=None,
        issuer=None,
        subject=_law_name(reading, mention),
        role=role_at(context, mention.start),
        at=mention.start,
    )


def _law_name(reading: Reading, mention: Mention) -> Field[str] | None:
    """The name of a coded law: `Luật Đất đai` before `số 31/2024/QH15`."""
    if mention.slug not in SLUGS.values() or mention.start == mention.code.start:
        return None
    law = law_before(reading, mention.start, mention.code.start)
    name = re.sub(r"[\s,]*(?:số|sô|só)?[\s:]*$", "", reading.flat(mention.start, mention.code.start))
    return reading.field(law.name if law else canonical_name(name), mention.start, mention.code.start, "law_name")


def _code_field(reading: Reading, code: Code) -> Field[str]:
    method = Method.RESTORED if code.repaired else None
    field = reading.field(code.text, code.start, code.end, "citation_code", method, 0.97 if code.repaired else 1.0)
    if code.symbol in _TYPES_ALONE and not code.year:
        return field.doubt("the symbol names no office: its end may be lost", 0.6)
    last = code.number[-1]
    if last in "17" and not code.party and _STROKE.search(reading.string, code.start, code.end) is None:
        shorter = replace(code, number=code.number[:-1]).text
        return replace(field, alternatives=(shorter,)).doubt(f"no stroke was read: it may be the {last}", 0.6)
    return field.doubt(LOST_D, 0.6) if reading.mangled and doubtful_d(code.symbol) else field


def _typed(field: Field[str], mention: Mention) -> Field[str]:
    """`Tờ trình số 215/TTIr-UBND`: the type's word says what the symbol begins with, where no type was read."""
    kind = type_by_slug(mention.slug)
    head, dash, rest = mention.code.symbol.partition("-")
    if kind is None or not kind.symbols or not dash or mention.head == mention.code.start:
        return field
    right = kind.symbols[0]
    # the symbol of a type, though of another; a court's: QĐST-DS
    if type_of_symbol(head) != "cong_van" or re.fullmatch(rf"{right}[A-ZĐ]{{2,}}", head):
        return field
    if not one_off(right, head) and fuzz.ratio(head.upper(), right.upper()) < 60:
        short = len(head) < 4 and head[:1] == right[:1]  # 148/Ti-UBND
        return field.doubt(f"a {kind.name} has {right} where {head} was read", 0.7) if short else field
    value = field.value.removesuffix(mention.code.symbol) + f"{right}-{rest}"
    return replace(field, value=value, method=Method.RESTORED, confidence=min(field.confidence, 0.93))


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
