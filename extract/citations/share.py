"""What is printed once for documents named side by side, and holds for each: date, author, subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from extract.citations.context import Context, date_after, issuer_field
from extract.citations.issuers import KINDS, issuer_after
from extract.citations.mentions import Mention
from extract.draft import CitationDraft
from extract.field import Field
from normalize.fold import fold

_ALIKE = 60  # likeness of two symbols' authors, letters misread
# 103/2024/NĐ-CP ngày 30/7/2024 [và Nghị định số] 104/… : nothing between two but what joins them
_JOINT = re.compile(rf"[\s,;]*(?:va\s+)?(?:cac\s+)?(?:{KINDS}\s+)?(?:so\s*:?\s*)?")
# Báo cáo số 182/BC-UBND ngày D, [Tờ trình số 77/TTr-UBND ngày D của UBND huyện]
_SIDE_BY_SIDE = re.compile(r"\s*(?:,|,?\s+va)\s+")
# 318/QĐ-TTg ngày 08/3/2022 (được sửa đổi, bổ sung tại Quyết định số 211/QĐ-TTg ngày 01/3/2024) của Thủ tướng Chính phủ
_AMENDED = re.compile(
    r"\s*[,(]?\s*(?:da\s+)?(?:duoc\s+)?(?:sua\s+doi|bo\s+sung|dieu\s+chinh|thay\s+the)[^.;]{0,60}?\b(?:tai|boi|bang|theo)\s+"
    r"(?:cac\s+)?(?:quyet\s+dinh|nghi\s+dinh|nghi\s+quyet|thong\s+tu|ke\s+hoach)\s+(?:so\s*:?\s*)?"
)
# các Quyết định của UBND tỉnh Bắc Giang: Quyết định số 571 · các Quyết định cùng ngày 08/3/2022: số 318
_HEAD = re.compile(rf"\bcac\s+{KINDS}(?:\s+sau(?:\s+day)?)?(?P<of>\s[^:;.()]{{3,100}}?)?\s*:")
_ENDS = re.compile(r"\.\s|\n\s*\n|\bcan\s+cu\b|\btren\s+co\s+so\b|\bthuc\s+hien\b|\bxet\b|\btheo\s+de\s+nghi\b")
# …, đều của Thủ tướng Chính phủ · (đều do UBND tỉnh ban hành) · … phê duyệt kiểm kê rừng, cùng của UBND tỉnh
_ALL_OF = re.compile(r"(?P<of>\s*[,(]\s*(?:tat\s+ca\s+)?(?:deu|cung)\s+(?:cua|do|boi)\s)")
_ONE_DAY = re.compile(r"[\s,]*\(?\s*cung\s+ngay\s")
SIDE = 8  # documents side by side that one day may be told for
_STOP = re.compile(r"\.\s|\n\s*\n")
# Quyết định số 318/QĐ-TTg cùng ngày của Thủ tướng Chính phủ
_SAME_DAY = re.compile(r"\s*,?\s*cung\s+ngay\b(?!\s*\d)")


def share(context: Context, mentions: Sequence[Mention], drafts: list[CitationDraft]) -> list[CitationDraft]:
    """`1743/QĐ-BGTVT, 1744/QĐ-BGTVT ngày D của X`: what is printed once for documents side by side holds for all."""
    for i in range(len(drafts) - 2, -1, -1):
        drafts[i : i + 2] = _of_neighbours(context, mentions[i : i + 1 + SIDE], drafts[i], drafts[i + 1])
    _headed(context, mentions, drafts)
    _all_of(context, mentions, drafts)
    _of_one_day(context, mentions, drafts)
    return _share_on(context, mentions, drafts)


def _of_neighbours(
    context: Context, mentions: Sequence[Mention], here: CitationDraft, after: CitationDraft
) -> tuple[CitationDraft, CitationDraft]:
    """The first two of the mentions with what one of them tells for both."""
    first, second = mentions[:2]
    end = _printed_end(context, first, here)
    between = context.reading.folded[end : _joined_at(second, end)]
    amended = _AMENDED.fullmatch(context.reading.folded, end, second.code.start)
    if amended and first.code.symbol == second.code.symbol:
        return _of_amended(context, second, here, after)
    if first.slug != second.slug:
        return (_side_by_side(context, mentions, here, after) if _SIDE_BY_SIDE.fullmatch(between) else here), after
    if not _JOINT.fullmatch(between):
        return here, after
    # Nghị định số 64/CP; Nghị định số 02/CP ngày D: each entry of a list has its own day, and each author
    apart = ";" in between and second.head >= end
    return _joined(here, after, _of_one_author(first, second), apart), after


def _of_amended(
    context: Context, second: Mention, here: CitationDraft, after: CitationDraft
) -> tuple[CitationDraft, CitationDraft]:
    """A document and the one that amends it have one author, named behind both."""
    issuer = after.issuer or _behind_bracket(context, _printed_end(context, second, after))
    return replace(here, issuer=issuer or here.issuer), replace(after, issuer=issuer)


def _side_by_side(
    context: Context, mentions: Sequence[Mention], here: CitationDraft, after: CitationDraft
) -> CitationDraft:
    """A document beside one of another type: with its author if the symbols say so, its day if it is that of all."""
    issuer = after.issuer if _author(mentions[0]) == _author(mentions[1]) else None
    day = after.date if _for_all(context, mentions[1:]) else None
    return replace(here, issuer=here.issuer or issuer, date=here.date or day)


def _joined(here: CitationDraft, after: CitationDraft, one_author: bool, apart: bool) -> CitationDraft:
    """A document joined to one of its type: author and day are of both if one issued them, what they are about too."""
    return replace(
        here,
        date=here.date or (after.date if one_author and not apart else None),
        issuer=here.issuer or (after.issuer if one_author else None),
        subject=here.subject or (after.subject if here.date is None else None),
    )


def _all_of(context: Context, mentions: Sequence[Mention], drafts: list[CitationDraft]) -> None:
    """`101/2017/NĐ-CP ngày D và 89/2021/NĐ-CP ngày D, đều của Chính phủ`: who issued all of them."""
    for i, mention in enumerate(mentions):
        limit = min(_limit(mentions, i, context), context.paragraph_end(mention.code.end))
        told = _ALL_OF.search(context.reading.folded, mention.code.end, limit)
        owner = issuer_after(context.reading, told.start("of"), limit) if told else None
        if owner is None or _STOP.search(context.reading.folded, mention.code.end, owner[0]):
            continue
        for j in _without_own(context, mentions, drafts, i):
            drafts[j] = replace(drafts[j], issuer=issuer_field(context.reading, owner))


def _without_own(
    context: Context, mentions: Sequence[Mention], drafts: Sequence[CitationDraft], last: int
) -> Iterator[int]:
    """The documents up to one, back in its sentence, that have no author of their own behind them."""
    yield last
    for j in range(last - 1, -1, -1):
        end = _printed_end(context, mentions[j], drafts[j])
        own = issuer_after(context.reading, end, mentions[j + 1].start)
        if own or _STOP.search(context.reading.folded, end, mentions[j + 1].start):
            return
        yield j


def _limit(mentions: Sequence[Mention], i: int, context: Context) -> int:
    return mentions[i + 1].start if i + 1 < len(mentions) else len(context.reading.string)


def _for_all(context: Context, mentions: Sequence[Mention]) -> bool:
    """Is a day told behind the documents side by side as that of all: `…, 46/KH-UBND và 47/UBND-NL cùng ngày D`?"""
    for here, after in pairwise([*mentions[:SIDE], None]):
        if here is None:
            return False
        if _ONE_DAY.match(context.reading.folded, here.code.end):
            return True
        stop = _joined_at(after, here.code.end) if after else here.code.end
        if not _SIDE_BY_SIDE.fullmatch(context.reading.folded, here.code.end, stop):
            return False
    return False


def _joined_at(mention: Mention, end: int) -> int:
    """Where what joins a document to the one before ends: at its type's word, or its number where it has no word."""
    return mention.head if mention.head >= end else mention.code.start


def _author(mention: Mention) -> str:
    """The group of the symbol that tells who issued it: UBND of BC-UBND and of UBND-NL, TW of 24-QĐ/TW."""
    groups = re.split(r"[-/]", fold(mention.code.symbol))
    return groups[0] if mention.slug == "cong_van" and not mention.code.party else groups[-1]


def _of_one_author(a: Mention, b: Mention) -> bool:
    """May two symbols be of one author: not 318/QĐ-TTg and 1372/QĐ-UBND? A công văn's begins with him."""
    parts = [fold(m.code.symbol).split("-") for m in (a, b)]
    first, second = (part[0] if a.slug == "cong_van" else part[-1] for part in parts)
    return not first or not second or fuzz.ratio(first, second) >= _ALIKE


def _headed(context: Context, mentions: Sequence[Mention], drafts: list[CitationDraft]) -> None:
    """Date and author in the head of a list hold for each document below it that tells none of its own."""
    for head in _HEAD.finditer(context.reading.folded):
        owner = issuer_after(context.reading, head.start("of"), head.end()) if head["of"] else None
        issuer = issuer_field(context.reading, owner) if owner else None
        date = next((one for one in context.dates if head.start() < one.start and one.end <= head.end()), None)
        day = context.reading.field(date.value, date.start, date.end, "citation_date") if date else None
        for i in _members(context, mentions, head.end()):
            drafts[i] = replace(drafts[i], date=drafts[i].date or day, issuer=drafts[i].issuer or issuer)


def _members(context: Context, mentions: Sequence[Mention], at: int) -> Iterator[int]:
    """The documents of a list that begins at an offset, up to the end of its paragraph or sentence."""
    end = context.paragraph_end(at)
    for i, mention in enumerate(mentions):
        if at <= mention.start < end and _ENDS.search(context.reading.folded, at, mention.start) is None:
            yield i


def _of_one_day(context: Context, mentions: Sequence[Mention], drafts: list[CitationDraft]) -> None:
    """`319/QĐ-TTg ngày 08/3/2022 …; Quyết định số 318/QĐ-TTg cùng ngày của X`: the day before is this one's too."""
    for i in range(1, len(drafts)):
        same = _SAME_DAY.match(context.reading.folded, mentions[i].code.end)
        if same is None or drafts[i].date is not None or drafts[i - 1].date is None:
            continue
        owner = issuer_after(context.reading, same.end(), context.paragraph_end(same.end()))
        issuer = issuer_field(context.reading, owner) if owner else drafts[i].issuer
        drafts[i] = replace(drafts[i], date=drafts[i - 1].date, issuer=issuer)


def _behind_bracket(context: Context, end: int) -> Field[str] | None:
    """`(sửa đổi tại Quyết định số 211/QĐ-TTg ngày 01/3/2024) của Thủ tướng Chính phủ`: who issued both."""
    closed = re.compile(r"\s*\)").match(context.reading.string, end)
    owner = issuer_after(context.reading, closed.end(), context.paragraph_end(end)) if closed else None
    return issuer_field(context.reading, owner) if owner else None


def _share_on(context: Context, mentions: Sequence[Mention], drafts: list[CitationDraft]) -> list[CitationDraft]:
    """`đề nghị của X tại Tờ trình số 1 ngày D và Báo cáo số 2`: an author named before the first holds for the next."""
    for i in range(1, len(drafts)):
        before = drafts[i - 1]
        if drafts[i].issuer is not None or before.issuer is None or drafts[i].subject is not None:
            continue
        end = _printed_end(context, mentions[i - 1], before)
        if _JOINT.fullmatch(context.reading.folded[end : mentions[i].code.start]):
            drafts[i] = replace(drafts[i], issuer=before.issuer)
    return drafts


def _printed_end(context: Context, mention: Mention, draft: CitationDraft) -> int:
    date = date_after(context, mention.code.end, len(context.reading.string)) if draft.date else None
    return date.end if date else mention.code.end
