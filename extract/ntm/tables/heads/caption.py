"""What stands over a table: its caption, and the level of the programme that it, or else the notice's title, names."""

from __future__ import annotations

import re

from extract.field import Field
from extract.notice import Target
from extract.ntm.levels import names_body, target_field, targets_in, titled_target
from extract.ntm.survey import Survey
from extract.reading import Span

ABOVE = 500  # letters before a table in which its title may stand
# Bảng 1. Số tiêu chí đạt của các xã · Phụ lục · TỔNG HỢP KẾT QUẢ … · TIẾN ĐỘ THỰC HIỆN CÁC TIÊU CHÍ …; folded
_CAPTION = re.compile(
    r"\W*(?:bang|bieu|phu\s*luc|phu\s*bieu|danh\s*sach|tong\s*hop|ket\s*qua|tien\s*do|thong\s*ke|phan\s*(?:loai|nhom))\b"
)
# (Kèm theo Báo cáo số 12 của Ban Chỉ đạo xây dựng nông thôn mới huyện)
_ENCLOSED = re.compile(r"\W*\(|\W*(?:ban\s*hanh\s*)?kem\s*theo\b")


def table_target(survey: Survey, start: int) -> tuple[Target, Field[Target] | None]:
    """The level that the caption of the table at `start` names, else the paragraph that leads to it, else all above it,
    else the notice's title, else plain."""
    for span in (caption_of(survey, start), led_by(survey, start)):
        named = row_target(survey, span) if span else None
        if named is not None:
            return named
    above, titled = row_target(survey, (max(0, start - ABOVE), start)), titled_target(survey)
    if above is None:
        return (titled.value, titled) if titled else (Target.NTM, None)
    level, field = above
    differs = titled is not None and titled.value is not level
    return level, field.doubt("the title speaks of another level", 0.75) if differs else field


def led_by(survey: Survey, start: int) -> Span | None:
    """The paragraph right above a table that ends in a colon: `kết quả theo 19 tiêu chí nông thôn mới nâng cao:`."""
    whole = survey.whole
    above = [line for line in whole.text.lines if start - ABOVE <= line.start and line.end <= start]
    if not above or not whole.string[above[-1].start : above[-1].end].rstrip().endswith(":"):
        return None
    last = above[-1]
    first = next((k for k in range(len(above) - 1, 0, -1) if above[k - 1].block != last.block), 0)
    return above[first].start, last.end


def caption_of(survey: Survey, start: int) -> Span | None:
    """The lines from the nearest that begins as captions do, to the bracket that says what the table belongs to."""
    whole = survey.whole
    lines = [line for line in whole.text.lines if start - ABOVE <= line.start and line.end <= start]
    first = next((i for i in reversed(range(len(lines))) if _CAPTION.match(whole.flowing, lines[i].start)), None)
    if first is None:
        return None
    stop = next((line.start for line in lines[first + 1 :] if _ENCLOSED.match(whole.flowing, line.start)), start)
    return lines[first].start, stop


def row_target(survey: Survey, span: Span) -> tuple[Target, Field[Target]] | None:
    """The one level that a stretch names; names of offices and committees say none."""
    named = [one for one in targets_in(survey.whole, *span) if not names_body(survey.whole, one)]
    if not named or len({target for target, _, _ in named}) > 1:
        return None
    return named[-1][0], target_field(survey, named[-1])
