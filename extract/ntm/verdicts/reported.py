"""Is a verdict reported as a fact of now, or asked for, aimed at, or told of another time?"""

from __future__ import annotations

from extract.ntm.earlier import is_earlier
from extract.ntm.plans import is_intended
from extract.ntm.survey import Survey
from extract.parts.clauses import sentences


def is_reported(survey: Survey, at: int, aims: bool = True) -> bool:
    """Does the item at `at` report, and its clause speak of now?

    Not so `Phấn đấu năm 2023: Thạnh Lộc 19/19 tiêu chí`, nor a part of tasks, nor `đầu năm 2022 có 02 xã`.
    `aims`: may what stands there be aimed at?
    """
    index = next((k for k, item in enumerate(survey.items) if item.content <= at < item.end), None)
    if index is None or index in survey.asking or survey.items[index].end <= survey.figures_start:
        return False
    item = survey.items[index]
    start = next((a for a, b in sentences(survey.whole, item.content, item.end) if a <= at < b), item.content)
    intended = aims and is_intended(survey.whole, at, since=item.content)
    return not intended and not is_earlier(survey, start, at)
