"""Checks of what is said of single units: counts, criteria, their numbers and names."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.verdict import Verdict, verdict
from extract.draft import AssessmentDraft, NoticeDraft
from extract.field import Field, Method
from extract.notice import Criterion, Status
from normalize.lexicon.criteria import set_by_id

MANY, FEW = 5, 2  # criteria of a list, and those that it may have lost


def listed_equals_stated(draft: NoticeDraft) -> Iterator[Verdict]:
    """As many criteria listed as stated, for each status of which any is listed.

    Of a long list that lost one or two what is listed is right all the same (303 of 303; of others 230 of 247), so the
    count alone is touched.
    """
    for at, assessment in _assessments(draft):
        for status, stated in (
            (Status.ACHIEVED, assessment.stated.achieved),
            (Status.NOT_ACHIEVED, assessment.stated.not_achieved),
        ):
            listed = [i for i, c in enumerate(assessment.criteria) if c.value.status is status]
            if stated is None or not listed:
                continue
            short = 0 < stated.value - len(listed) <= FEW and len(listed) >= MANY
            touched = [] if short else [f"{at}/criteria/{i}" for i in listed]
            message = f"{len(listed)} {status.value} listed, {stated.value} stated"
            holds = None if 0 < stated.value - len(listed) <= _unread(assessment) else len(listed) == stated.value
            yield verdict("listed-equals-stated", at, holds, message, f"{at}/stated/{status.value}", *touched)


def _unread(assessment: AssessmentDraft) -> int:
    """How many criteria a row of a table leaves open: cells that nobody could read may hold what is counted."""
    if assessment.criteria_set is None or any(one.rule != "table_cell" for one in assessment.criteria):
        return 0
    return len(set_by_id(assessment.criteria_set.value).criteria) - len(assessment.criteria)


def stated_sums(draft: NoticeDraft) -> Iterator[Verdict]:
    """Achieved and not achieved make the total; where none is stated they are no more than the set has."""
    for at, assessment in _assessments(draft):
        stated, chosen = assessment.stated, assessment.criteria_set
        if stated.achieved is None or stated.not_achieved is None:
            continue
        sum_ = stated.achieved.value + stated.not_achieved.value
        told = f"{stated.achieved.value} achieved and {stated.not_achieved.value} not"
        touched = [f"{at}/stated/achieved", f"{at}/stated/not_achieved"]
        if stated.total is not None:
            holds, message = sum_ == stated.total.value, f"{told}, of {stated.total.value}"
            yield verdict("stated-counts-sum", f"{at}/stated", holds, message, *touched, f"{at}/stated/total")
        elif chosen is not None:
            size = len(set_by_id(chosen.value).criteria)
            fits = None if sum_ < size else sum_ == size  # some may not have been judged
            yield verdict("stated-counts-sum", f"{at}/stated", fits, f"{told}; the set has {size}", *touched)


def missing_leave_room(draft: NoticeDraft) -> Iterator[Verdict]:
    """What is achieved and the criteria listed as missing make the whole set. Of 1,329 counts in gold documents none
    made more, ten less: some criteria had not been judged, or not all were named."""
    for at, assessment in _assessments(draft):
        stated, chosen = assessment.stated, assessment.criteria_set
        missing = [i for i, c in enumerate(assessment.criteria) if c.value.status is Status.NOT_ACHIEVED]
        if stated.achieved is None or chosen is None or not missing:
            continue
        size = stated.total.value if stated.total is not None else len(set_by_id(chosen.value).criteria)
        sum_ = stated.achieved.value + len(missing)
        message = f"{stated.achieved.value} achieved and {len(missing)} listed as missing, of {size}"
        touched = [f"{at}/stated/achieved", *(f"{at}/criteria/{i}" for i in missing)]
        yield verdict("missing-leave-room", at, None if sum_ < size else sum_ == size, message, *touched)


def criteria_within_set(draft: NoticeDraft) -> Iterator[Verdict]:
    """Each criterion belongs to the set, under its official name, and only one status is given to it."""
    for at, assessment in _assessments(draft):
        if assessment.criteria_set is None or not assessment.criteria:
            continue
        criteria = set_by_id(assessment.criteria_set.value)
        wrong = [
            i for i, field in enumerate(assessment.criteria)
            if (own := criteria.criterion(field.value.number)) is None or own.name != field.value.name
        ]  # fmt: skip
        message = (
            f"{len(assessment.criteria) - len(wrong)} of {len(assessment.criteria)} criteria stand in {criteria.id}"
        )
        yield verdict("criteria-within-set", at, not wrong, message, *(f"{at}/criteria/{i}" for i in wrong))


def numbers_agree_with_names(draft: NoticeDraft) -> Iterator[Verdict]:
    """Number and name of each criterion, where both are printed, mean the same one."""
    for at, assessment in _assessments(draft):
        if not assessment.criteria:
            continue
        doubtful = [i for i, field in enumerate(assessment.criteria) if _disputed(field)]
        message = (
            "numbers and names agree" if not doubtful else f"{len(doubtful)} criteria whose number and name disagree"
        )
        yield verdict("criterion-number-and-name", at, not doubtful, message, *(f"{at}/criteria/{i}" for i in doubtful))


def _disputed(field: Field[Criterion]) -> bool:
    return field.method is Method.INFERRED and field.rule != "table_cell"  # those follow from totals


def _assessments(draft: NoticeDraft) -> Iterator[tuple[str, AssessmentDraft]]:
    for index, assessment in enumerate(draft.ntm.assessments if draft.ntm else ()):
        yield f"/ntm/assessments/{index}", assessment
