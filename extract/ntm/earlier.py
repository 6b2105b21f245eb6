"""Figures of another time: `Đầu năm 2023, huyện có 5 xã đạt 19 tiêu chí`, `Theo kế hoạch, đến cuối năm 2022 …`."""

from __future__ import annotations

import re

from extract.ntm.survey import Survey
from extract.parts.clauses import clause_start, open_bracket

_OTHER_TIME = re.compile(
    r"\W*(?:[a-z ]{0,24},?\s)?(?:dau\s+(?:nam|ky|giai\s+doan|nhiem\s+ky)|"
    r"truoc\s+(?:khi\s+)?(?:sap\s+xep|sap\s+nhap|thuc\s+hien|ngay\s+\d+)|khi\s+bat\s+dau)(?!\w)"
)
_PLANNED = re.compile(
    r"\W*(?:[a-z ]{0,24},?\s)?(?:nhiem\s+vu\s+nam|(?<!thuc hien )theo\s+ke\s+hoach(?!\s+so)|"
    r"(?:chi\s+tieu|ke\s+hoach|muc\s+tieu)\s+(?:nam|den|giao|de\s+ra))(?!\w)"
)
_YEAR = re.compile(r"\W*(?:(?:den|cuoi|het)\s+)*nam\s+(?P<year>20\d\d)(?!\w)(?!\s*[-–])")
_NOW = re.compile(
    r"(?<!\w)(?:den\s+nay|(?<!thuc\s)hien|(?:tinh\s+)?den\s+(?:het\s+)?(?:ngay|thang)|thuc\s+te|ket\s+qua|"
    r"qua\s+(?:ra\s+soat|kiem\s+tra|danh\s+gia))(?!\w)"
)
_DONE = re.compile(r"(?<!\w)da(?!\w)")  # of a plan or a year: a fact; `Đầu năm, huyện đã có 5 xã` is still earlier


def is_earlier(survey: Survey, start: int, at: int) -> bool:
    """Does the clause before `at` lead off with another time or a plan, and nothing tells of now behind that?

    `start`: where the sentence begins. A bracket and a semicolon begin clauses of their own.
    """
    text = survey.whole.flowing
    opened = open_bracket(text, start, at)
    clause = clause_start(text, start, at)
    since = clause if opened is None else max(clause, opened + 1)
    earlier = _OTHER_TIME.match(text, since, at)
    lead = earlier or _PLANNED.match(text, since, at) or _of_year(survey, since, at)
    if lead is None or _NOW.search(text, lead.end(), at):
        return False
    return earlier is not None or _DONE.search(text, lead.end(), at) is None


def _of_year(survey: Survey, since: int, at: int) -> re.Match[str] | None:
    """A year that lies two years and more before the notice's own."""
    found = _YEAR.match(survey.whole.flowing, since, at)
    return found if found and int(found["year"]) < survey.where.day.year - 1 else None
