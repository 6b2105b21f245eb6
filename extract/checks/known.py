"""Citations against documents that nearly every notice on the programme cites: `data/known_documents.csv`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from extract.checks.verdict import Verdict, verdict
from extract.citations.known import Known, known_documents
from extract.draft import NoticeDraft
from normalize.fold import fold


def cited_as_known(draft: NoticeDraft) -> Iterator[Verdict]:
    """A well-known code has its own day, and on that day no code that differs in one figure is meant.

    Numbers begin anew each year: another year under the same number is another document.
    """
    for index, citation in enumerate(draft.citations):
        if citation.code is None or citation.date is None:
            continue
        code, day, at = citation.code.value, citation.date.value, f"/citations/{index}"
        near = [one for one in known_documents() if _meant(one, code, day)]
        if near and not any(one.code == code and one.date == day for one in near):
            told = f"{near[0].code} is of {near[0].date}; {code} of {day} is cited"
            yield verdict("cited-as-known", f"{at}/code", False, told, f"{at}/code", f"{at}/date")
        elif near:
            yield verdict("cited-as-known", f"{at}/code", True, f"{code} is of {day}")


def cited_by_title(draft: NoticeDraft) -> Iterator[Verdict]:
    """Of well-known documents of one day whose codes differ in a figure, the one that the title tells of is meant: 318
    for villages, 319 for model ones, 320 for districts."""
    for index, citation in enumerate(draft.citations):
        if citation.code is None or citation.date is None or citation.subject is None:
            continue
        code, title = citation.code.value, fold(citation.subject.value)
        near = [one for one in known_documents() if one.about and _meant(one, code, citation.date.value)]
        own = [one for one in near if one.code == code]
        told = [one.code for one in near if re.search(one.about, title)]
        if own and told:
            at = f"/citations/{index}/code"
            yield verdict("cited-by-title", at, code in told, f"the title is that of {told[0]}, {code} is cited", at)


def _meant(one: Known, code: str, day: dt.date) -> bool:
    """Is this document probably cited: its code with a day of its year, or its day with nearly its code?"""
    if one.code == code:
        return one.date.year == day.year
    return one.alone and one.date == day and Levenshtein.distance(one.code, code) == 1
