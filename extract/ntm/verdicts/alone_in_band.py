"""A band of one commune with what it lacks: `01 xã đạt 17 tiêu chí là xã Hải Khê, còn tiêu chí số 10 … chưa đạt`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.notice import Status
from extract.ntm.criteria.named import find_refs
from extract.ntm.survey import Survey
from extract.ntm.verdicts.reported import is_reported
from extract.ntm.verdicts.results.find import Result
from extract.ntm.verdicts.results.stated import StatedCount

# 01 xã đạt 17 tiêu chí là xã Hải Khê, còn tiêu chí số 10 (Thu nhập) … chưa đạt · 01 xã đạt 18/19 tiêu chí (xã Hải Khê,
# chưa đạt tiêu chí số 17) · 01 xã đạt 17 tiêu chí là xã Phú Diên (chưa đạt tiêu chí 2 …); folded
_ALONE = re.compile(
    r"(?<!\w)(?:0?1|mot)\s+xa\s+dat\s+(?P<n>\d{1,2})(?:\s*/\s*(?P<total>\d{1,2}))?\s+tieu\s+chi\s*"
    r"(?:,?\s*(?:do\s+)?la|,?\s*gom|:|\()\s*(?P<who>xa\s+[^,;.:()]{2,30}?)\s*[,(]\s*"
    r"(?P<lacks>(?:con|chua\s+dat|chua\s+hoan\s+thanh|thieu)\s[^;.]{3,300})"
)


def find_alone_in_band(survey: Survey) -> Iterator[Result]:
    """What such a band tells of its commune: its count, and the criteria that it has not reached."""
    whole = survey.whole
    for match in _ALONE.finditer(whole.flowing, survey.report_start, survey.zones.body_end):
        named = survey.communes_in(*match.span("who"))
        refs = find_refs(whole, *match.span("lacks"))
        if len(named) != 1 or not refs or not is_reported(survey, match.start()):
            continue
        total = whole.field(int(match["total"]), *match.span("total"), "result") if match["total"] else None
        count = StatedCount(Status.ACHIEVED, whole.field(int(match["n"]), *match.span("n"), "result"), total)
        yield Result((named[0].unit,), None, match.span(), (count,), tuple((ref, Status.NOT_ACHIEVED) for ref in refs))
