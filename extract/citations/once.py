"""A document that is named several times is one citation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from extract.draft import CitationDraft
from extract.field import Field
from normalize.fold import fold


def once_each(drafts: Sequence[CitationDraft]) -> tuple[CitationDraft, ...]:
    """Later mentions of a document fill in what its first one does not say."""
    kept: list[CitationDraft] = []
    for draft in drafts:
        same = next((i for i, one in enumerate(kept) if _same(one, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            kept[same] = _merged(kept[same], draft)
    return tuple(kept)


def _same(a: CitationDraft, b: CitationDraft) -> bool:
    """One document under one code; two dates or authors make two (a number is unique in a year and an office only)."""
    if a.code and b.code:
        return a.code.value == b.code.value and _agree(a.date, b.date) and _of_one_body(a.issuer, b.issuer)
    names = [fold(draft.subject.value) if draft.subject else None for draft in (a, b)]
    laws = all(draft.type.value in {"luat", "bo_luat", "phap_lenh", "hien_phap"} for draft in (a, b))
    return laws and names[0] is not None and names[0] == names[1] and _agree(a.date, b.date)


def _agree(a: Field[dt.date] | None, b: Field[dt.date] | None) -> bool:
    return a is None or b is None or a.value == b.value


def _of_one_body(a: Field[str] | None, b: Field[str] | None) -> bool:
    """May two authors be one, so that the longer name holds all words of the shorter: UBND huyện, UBND huyện Bắc Sơn?

    Of what is in doubt nothing is said.
    """
    if a is None or b is None or a.review or b.review:
        return True
    shorter, longer = sorted((_words(a.value), _words(b.value)), key=len)
    return shorter <= longer


def _words(name: str) -> frozenset[str]:
    full = fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")
    return frozenset(full.replace("chu tich ", "").split())


def _merged(first: CitationDraft, later: CitationDraft) -> CitationDraft:
    return replace(
        first,
        code=first.code or later.code,
        date=first.date or later.date,
        issuer=first.issuer or later.issuer,
        subject=first.subject or later.subject,
    )
