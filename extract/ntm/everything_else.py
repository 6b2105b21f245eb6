"""`Các tiêu chí còn lại đều đạt`: criteria that are judged together, by what is left when the others are named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.draft import StatedDraft
from extract.field import Field
from extract.notice import Criterion, Method, Status
from extract.ntm.plans import is_intended
from extract.reading import Reading
from extract.words.phrases import Span
from normalize.lexicon.criteria import CriteriaSet

# 17 tiêu chí kia đều đã hoàn thành · tất cả tiêu chí khác xã đều đạt · cả bảy tiêu chí khác đều chưa hoàn thành;
# not `02 tiêu chí còn lại là số 2 và số 17`, which names them
_ELSE = re.compile(
    r"(?:tieu\s+chi|tc)\s+(?:con\s+lai|khac|kia)\s+(?:\([^)]*\)\s*)?(?:(?:xa|deu|da|hien|nay|cung|van|duoc)\s+)*"
    r"(?P<not>chua\s+|khong\s+)?(?:dat|hoan\s+thanh|bao\s+dam|du\s+ho\s+so)(?!\w)(?!\s*(?:[:(]|gom|la\b))"
)
Told = tuple[Span, Status]  # where it is said of all others, and how they are judged


def find_else(whole: Reading, start: int, end: int) -> Told | None:
    """Where a stretch judges all criteria that it does not name, and how."""
    found = next(_ELSE.finditer(whole.flowing, start, end), None)
    if found is None or is_intended(whole, found.start(), since=start):
        return None
    return found.span(), Status.NOT_ACHIEVED if found["not"] else Status.ACHIEVED


def everything_else(
    whole: Reading, told: Told, named: Sequence[Field[Criterion]], chosen: CriteriaSet, stated: StatedDraft
) -> tuple[Field[Criterion], ...]:
    """The criteria of a set that are not named; in doubt where no count says how many, none where it is another."""
    (start, end), status = told
    numbers = {field.value.number for field in named}
    left = [one for one in chosen.criteria if one.number not in numbers] if named else []
    values = [Criterion(number=one.number, name=one.name, status=status) for one in left]
    fields = tuple(whole.field(value, start, end, "everything_else", Method.INFERRED) for value in values)
    count = _counted(stated, status)
    if count is None:
        return tuple(field.doubt("told with all that are not named", 0.75) for field in fields)
    return fields if count == len(left) + sum(field.value.status is status for field in named) else ()


def _counted(stated: StatedDraft, status: Status) -> int | None:
    """How many criteria the notice says have this status; None where it does not say."""
    own, other = stated.achieved, stated.not_achieved
    if status is Status.NOT_ACHIEVED:
        own, other = other, own
    if own is None and other and stated.total:
        return stated.total.value - other.value
    return own.value if own else None
