"""What must agree with what. A notice says many things twice; where the two disagree, somebody must look.

Each check is one function from the draft to its verdicts. `pass`, `fail`, or `unknown` where the notice does not
state enough to decide; a check that does not apply gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from extract.checks import assessments, bands, document, known, tables
from extract.checks.legible import legible
from extract.checks.verdict import FAILED, Verdict
from extract.draft import NoticeDraft
from ocr.page import Word

__all__ = ["CHECKS", "FAILED", "Verdict", "legible", "run_checks"]

CHECKS: tuple[Callable[[NoticeDraft], Iterator[Verdict]], ...] = (
    document.number_read,
    document.type_agrees,
    document.title_fits_issuer,
    document.deputy_signs_for,
    document.signs_with_authority,
    document.signer_centred,
    document.citations_earlier,
    document.citation_years,
    document.deadlines_later,
    document.inspected_before,
    document.seasons_in_row,
    known.cited_as_known,
    known.cited_by_title,
    assessments.listed_equals_stated,
    assessments.stated_sums,
    assessments.missing_leave_room,
    assessments.criteria_within_set,
    assessments.numbers_agree_with_names,
    bands.band_counts,
    bands.bands_disjoint,
    bands.bands_apart,
    bands.assessed_within_band,
    bands.bands_sum,
    bands.total_of_district,
    bands.average_possible,
    tables.column_totals,
    tables.money_totals,
)


def run_checks(draft: NoticeDraft, words: Sequence[Word]) -> tuple[Verdict, ...]:
    """All checks in their order, over a whole draft and the words that it was read from."""
    return (*(verdict for check in CHECKS for verdict in check(draft)), *legible(draft, words))
