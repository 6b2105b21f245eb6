"""Checks of number, type and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.checks.verdict import Verdict, verdict
from extract.draft import NoticeDraft
from extract.field import Field
from extract.notice import Authority
from normalize.fold import fold
from normalize.lexicon.types import type_of_symbol
from ocr.page import Box

FAR_AHEAD = 3  # years: of 1,987 last days none lies further off; one of 2028 in a notice of 2023 was misread
FAR_BEHIND = {"bien_ban": 7}  # days: of 45 minutes 44 are of the day they tell of, one of the day after
LONG_AGO = 100  # days: of 360 inspections and meetings none lies over 47 days behind the notice that tells of it
# năm học 2022 - 2023 · vụ Đông Xuân 2012-2013; folded
_SEASON = re.compile(r"(?<!\w)(?:nam hoc|dong xuan)\W+(?P<first>20\d\d)\s*[-–]\s*(?P<last>20\d\d)(?!\d)")
# what a committee issues as one; decisions, công văn and chỉ thị its head may sign in his own right
AS_A_BODY = frozenset({"bao_cao", "ke_hoach", "thong_bao", "to_trinh", "de_an", "chuong_trinh"})
# giữa học kỳ I, năm học · học kỳ 2 năm học; folded
_TERM = re.compile(r"(?<!\w)hoc ky\s+(?P<which>(?:i{1,3}|1|2|3|he)\W+)?nam hoc(?!\w)")
OFF_MIDDLE = 1.05  # heights of a line: of 449 signers read right on scans 8 stand further off, of 29 misread ones 10


def number_read(draft: NoticeDraft) -> Iterator[Verdict]:
    """A number line without a number: it was filled in by hand and could not be read, or is missing."""
    document = draft.document
    if document.symbol is not None:
        holds = None if document.number is None else True
        message = "the place of the number holds nothing that could be read" if holds is None else "the number was read"
        yield verdict("number-read", "/document/number", holds, message)


def type_agrees(draft: NoticeDraft) -> Iterator[Verdict]:
    """The type printed as the title and the type that the symbol begins with: `THÔNG BÁO`, `TB-STNMT`."""
    kind, symbol = draft.document.type, draft.document.symbol
    if kind is None or symbol is None:
        return
    told = type_of_symbol(symbol.value)
    holds = None if told is None else told == kind.value
    yield verdict(
        "type-agrees-with-symbol", "/document/type", holds, f"title {kind.value}, symbol {symbol.value}",
        "/document/type", "/document/type_name", "/document/symbol", "/document/code",
    )  # fmt: skip


def title_fits_issuer(draft: NoticeDraft) -> Iterator[Verdict]:
    """The head of a Chi cục is no Cục trưởng: the title's first word was lost."""
    issuer, title = draft.document.issuer, draft.document.signer.title
    if issuer is None or title is None or not issuer.value.startswith("Chi cục "):
        return
    holds = fold(title.value) != "cuc truong"
    message = f"{title.value} signs for {issuer.value}"
    yield verdict("title-fits-issuer", "/document/signer/title", holds, message, "/document/signer/title")


def deputy_signs_for(draft: NoticeDraft) -> Iterator[Verdict]:
    """A deputy of a people's committee signs KT. (Decree 30/2020, Article 13): TM. above him lost the line between.

    All 198 of our notices that a Phó signs for a committee have KT.; of the Party and of councils deputies sign TM.
    """
    issuer, signer = draft.document.issuer, draft.document.signer
    if issuer is None or signer.title is None or signer.authority is None or not signer.title.value.startswith("Phó "):
        return
    if fold(issuer.value).startswith(("uy ban nhan dan ", "ubnd ")):
        at, message = "/document/signer/authority", f"{signer.title.value} signs {signer.authority.value.value}."
        yield verdict("deputy-signs-for", at, signer.authority.value is Authority.KT, message, at)


def signs_with_authority(draft: NoticeDraft) -> Iterator[Verdict]:
    """A people's committee reports, plans and announces as a body, its head signing TM. (Decree 30/2020, Article 13):
    where no authority was read above his title, more may be lost, as `TL.` and `CHÁNH VĂN PHÒNG` of `TL. CHỦ TỊCH`.

    Of 400 such notices of ours 4 have none.
    """
    document, signer = draft.document, draft.document.signer
    if document.issuer is None or document.type is None or signer.title is None or signer.title.value != "Chủ tịch":
        return
    if document.type.value in AS_A_BODY and fold(document.issuer.value).startswith(("uy ban nhan dan ", "ubnd ")):
        at, message = "/document/signer/title", "a committee's head signs it TM., and no authority was read"
        yield verdict("signs-with-authority", at, signer.authority is not None, message, at)


def signer_centred(draft: NoticeDraft) -> Iterator[Verdict]:
    """A name stands in the middle below its title; where either stands off to the right, its first word was lost: `Lê
    Hoàng Đức` of Trần Lê Hoàng Đức, `CHỦ TỊCH` of PHÓ CHỦ TỊCH."""
    name, title = draft.document.signer.name, draft.document.signer.title
    below, above = _last_box(name), _last_box(title)
    if below is None or above is None or name is None or title is None or name.places[-1].page != title.places[-1].page:
        return
    off = (below.left + below.right - above.left - above.right) / 2 / (above.bottom - above.top)
    touched = "/document/signer/name" if off > 0 else "/document/signer/title"
    message = f"the name stands {off:+.1f} lines' heights off the middle of the title"
    yield verdict("signer-centred", "/document/signer/name", abs(off) <= OFF_MIDDLE, message, touched)


def _last_box(field: Field[str] | None) -> Box | None:
    """The box of a value's last line; None for what has no place on a page."""
    boxes = field.places[-1].boxes if field is not None and field.places else ()
    return boxes[-1] if boxes and boxes[-1].bottom > boxes[-1].top else None


def citations_earlier(draft: NoticeDraft) -> Iterator[Verdict]:
    """What is cited was issued before, at the latest on the same day."""
    issued = draft.document.date
    for index, citation in enumerate(draft.citations):
        if citation.date is None:
            continue
        at = f"/citations/{index}/date"
        holds = None if issued is None else citation.date.value <= issued.value
        message = f"cited {citation.date.value}, issued {issued.value if issued else 'unknown'}"
        doubtful = ["/document/date"] if issued is not None and issued.review else []
        yield verdict("cited-before-issued", at, holds, message, at, *doubtful)


def deadlines_later(draft: NoticeDraft) -> Iterator[Verdict]:
    """What is asked for is due after the notice's day; where no last day is, that day is in doubt."""
    issued = draft.document.date
    due = {f"/tasks/{i}": task.value.deadline for i, task in enumerate(draft.tasks) if task.value.deadline is not None}
    if issued is None or not due:
        return
    early = [at for at, day in due.items() if day < issued.value]
    late = [at for at, day in due.items() if day.year > issued.value.year + FAR_AHEAD]
    message = f"{len(early)} of {len(due)} last days lie before {issued.value}, {len(late)} years behind it"
    yield verdict(
        "due-after-issued", "/document/date", not early and not late, message,
        *(["/document/date"] if len(early) == len(due) else []), *early, *late,
    )  # fmt: skip


def inspected_before(draft: NoticeDraft) -> Iterator[Verdict]:
    """An inspection or meeting lies before the notice that tells of it, and not long before; minutes are of its day."""
    told, issued = draft.ntm.inspected_on if draft.ntm else None, draft.document.date
    if told is None or issued is None:
        return
    most = FAR_BEHIND.get(draft.document.type.value if draft.document.type else "", LONG_AGO)
    holds = 0 <= (issued.value - told.value).days <= most
    message = f"told of {told.value}, issued on {issued.value}"
    yield verdict("inspected-before-issued", "/ntm/inspected_on", holds, message, "/ntm/inspected_on", "/document/date")


def seasons_in_row(draft: NoticeDraft) -> Iterator[Verdict]:
    """A school year and a winter crop take two years in a row: `vụ Đông Xuân 2012-2018` has a misread figure; a term of
    a school year is the first or the second: `giữa học kỳ năm học` lost its I."""
    subject = draft.document.subject
    season = _SEASON.search(fold(subject.value)) if subject else None
    if season is not None:
        holds = int(season["last"]) - int(season["first"]) == 1
        yield verdict("season-of-two-years", "/document/subject", holds, season[0], "/document/subject")
    if subject is not None and (term := _TERM.search(fold(subject.value))):
        holds = term["which"] is not None
        yield verdict("term-is-numbered", "/document/subject", holds, term[0].strip(), "/document/subject")


def citation_years(draft: NoticeDraft) -> Iterator[Verdict]:
    """A code with a year in it (`30/2020/NĐ-CP`) is dated in that year."""
    for index, citation in enumerate(draft.citations):
        parts = citation.code.value.split("/") if citation.code else []
        if len(parts) != 3 or citation.date is None or not parts[1].isdigit():
            continue
        holds = int(parts[1]) == citation.date.value.year
        message = f"{citation.code.value if citation.code else ''} is dated {citation.date.value}"
        yield verdict(
            "code-year-is-date-year",
            f"/citations/{index}/code",
            holds,
            message,
            f"/citations/{index}/code",
            f"/citations/{index}/date",
        )
