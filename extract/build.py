"""Text → notice: restore, cut into zones, ask the rules, check, assemble."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from extract.assemble import assemble
from extract.checks import run_checks
from extract.citations import find_citations
from extract.draft import CitationDraft, DocumentDraft, NoticeDraft
from extract.errors import NotANotice
from extract.expect import expected_names, expected_units
from extract.field import Field
from extract.marked import mark_units
from extract.notice import Notice, ProducedBy, Source
from extract.ntm import build_ntm
from extract.ntm.criteria.names import name_pattern
from extract.ntm.tables.shapes.grid import grids_of
from extract.ntm.tables.shapes.pages import joined_over_pages
from extract.own_district import by_its_communes
from extract.parts.zones import Zones, find_zones
from extract.reading import Reading
from extract.rules.addressed import find_addressed
from extract.rules.issue_date import find_issued
from extract.rules.issuer import find_issuers
from extract.rules.marks import find_secrecy, find_urgency
from extract.rules.meeting_day import by_meeting_day, held_on
from extract.rules.number import find_number
from extract.rules.recipients import find_recipients
from extract.rules.signer import find_signer
from extract.rules.tasks import find_tasks
from extract.rules.title import find_subject, find_type
from normalize.lexicon.agencies import agency_names
from normalize.pieces.gate import Block, Regime
from normalize.repairs.bodies import with_strokes
from normalize.repairs.capitals import CERTAINTY as LOWERED
from normalize.repairs.capitals import with_offices, with_title_case
from normalize.repairs.doubled import without_doubles
from normalize.repairs.figures import CERTAINTY as MENDED
from normalize.repairs.figures import mend_figures
from normalize.repairs.ranges import with_ranges
from normalize.repairs.signs import with_signs
from normalize.repairs.specks import without_specks
from normalize.repairs.spelled import CERTAINTY as SPELLED
from normalize.repairs.spelled import spell
from normalize.repairs.stops import join_lists
from normalize.restore import Restored, restore
from normalize.text import Text
from ocr.page import Table

HEAD = 600  # characters in which the state's name stands
_STATE = re.compile(r"cong hoa xa hoi chu nghia viet nam")


def extract(
    text: Text,
    *,
    ident: str,
    source: Source,
    produced_by: ProducedBy,
    review_below: float,
    tables: Sequence[Table] = (),
) -> Notice:
    """The notice that a text holds, with evidence for every value.

    `review_below`: values less certain than this (0..1) are marked for review. `tables`: the ruled tables of its
    pages. Raises `NotANotice` where neither letterhead nor number nor type nor issuer is found.
    """
    zones = find_zones(reading(text).without_page_numbers())
    draft = draft_notice(zones, tables)
    if not _is_notice(draft.document, zones):
        raise NotANotice(source.name)
    verdicts = run_checks(draft, text.words)
    return assemble(draft, verdicts, ident=ident, source=source, produced_by=produced_by, review_below=review_below)


def reading(text: Text) -> Reading:
    """Restore a text in two passes: the first tells which district it is about, the second expects its communes."""
    cleaned = without_specks(without_doubles(text))
    mended = mend_figures(cleaned.text)
    touched = {**cleaned.certainty, **dict.fromkeys(mended.words, MENDED)}
    first = _reading(restore(mended.text, settle=False), touched)
    if any(block.regime in (Regime.MANGLED, Regime.STRIPPED) for block in first[1]):
        second = _reading(restore(mended.text, expected_names(first[0]), settle=False), touched)[0]
        return mark_units(_spelled(second))
    return mark_units(_spelled(first[0]))


def _reading(restored: Restored, touched: Mapping[int, float]) -> tuple[Reading, tuple[Block, ...]]:
    """The restored text with what is known of each word; those that were mended before are less certain."""
    mangled = any(block.regime is Regime.MANGLED for block in restored.blocks)
    text = restored.text
    if mangled:
        lowered = with_title_case(with_strokes(with_ranges(text)))
        text, touched = lowered.text, {**touched, **dict.fromkeys(lowered.words, LOWERED)}
    offices = with_offices(text, agency_names())
    text, touched = offices.text, {**touched, **dict.fromkeys(offices.words, MENDED)}
    certainty = tuple(min(c, touched.get(i, c)) for i, c in enumerate(restored.certainty))
    return Reading(text, certainty, mangled), restored.blocks


def _spelled(reading: Reading) -> Reading:
    """The reading with names in words that the model does not know spelled right: `la Tôr` is Ia Tôr."""
    units = expected_units(reading)
    names = spell(reading.text, units)
    certainty = (SPELLED if i in names.words else c for i, c in enumerate(reading.certainty))
    text = with_signs(join_lists(names.text, units, name_pattern()), units)
    changed = text is not reading.text
    return Reading(text, tuple(certainty), reading.mangled) if changed else reading


def draft_notice(zones: Zones, tables: Sequence[Table] = ()) -> NoticeDraft:
    """Ask every rule."""
    citations = find_citations(zones)
    document = draft_document(zones, citations)
    ntm = build_ntm(zones, document, tables)
    issued = document.date.value if document.date else held_on(zones) or max(_past(citations), default=None)
    return NoticeDraft(
        document=by_its_communes(document, ntm),
        citations=tuple(citation for citation in citations if not _is_own(citation, document)),
        tasks=find_tasks(zones, issued, _cells(zones, tables)),
        ntm=ntm,
    )


def _cells(zones: Zones, tables: Sequence[Table]) -> list[list[list[tuple[int, int]]]]:
    """The spans of the cells of each ruled table, row by row."""
    grids = joined_over_pages(zones.whole, grids_of(zones.whole, tables))
    return [[[cell.span for cell in row] for row in grid.rows] for grid in grids]


def _is_own(citation: CitationDraft, document: DocumentDraft) -> bool:
    """Does a notice name itself: (Ban hành kèm theo Quyết định số 905/QĐ-UBND ngày …)?"""
    if citation.code is None or document.code is None or citation.code.value != document.code.value:
        return False
    return citation.date is None or document.date is None or citation.date.value == document.date.value


def draft_document(zones: Zones, citations: tuple[CitationDraft, ...]) -> DocumentDraft:
    """The parts that every administrative document has."""
    numbered = find_number(zones)
    slug, name = find_type(zones, numbered.symbol)
    issuer, parent = find_issuers(zones)
    issued = find_issued(zones, _past(citations), tuple(body.value for body in (issuer, parent) if body))
    date = by_meeting_day(zones, slug.value if slug else None, issued.date)
    recipients, filing = find_recipients(zones)
    return DocumentDraft(
        type=slug,
        type_name=name,
        number=numbered.number,
        symbol=numbered.symbol,
        code=numbered.code,
        issuer=issuer,
        issuer_parent=parent,
        place=issued.place,
        date=date,
        subject=find_subject(zones),
        addressed_to=find_addressed(zones),
        urgency=find_urgency(zones.whole),
        secrecy=find_secrecy(zones.whole),
        signer=find_signer(zones),
        recipients=recipients,
        filing=filing,
    )


def _past(citations: tuple[CitationDraft, ...]) -> tuple[dt.date, ...]:
    """The days on which cited documents were issued: the notice is no older than the latest."""
    dates: tuple[Field[dt.date] | None, ...] = tuple(citation.date for citation in citations)
    return tuple(date.value for date in dates if date is not None)


def _is_notice(document: DocumentDraft, zones: Zones) -> bool:
    """Two of the signs that Decree 30/2020 requires: a number line, an issuer, a place and date, a title, the state's
    name."""
    state = _STATE.search(zones.whole.folded[:HEAD])  # a record of a meeting has neither issuer nor number
    signs = (document.symbol, document.issuer, document.date or document.place, zones.title.string.strip(), state)
    return sum(bool(sign) for sign in signs) >= 2
