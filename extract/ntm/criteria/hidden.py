"""Stretches whose numbers and names are no criteria: sub-criteria, groups, counts, and reasons for a result."""

from __future__ import annotations

import re

from extract.reading import Reading, Span
from extract.words.phrases import find_phrases
from normalize.letters import UPPER

# số tiêu chí được nhất trí đạt là 16
_HOW_MANY = re.compile(r"so\s+tieu\s+chi(?:\s+(?!so\b)[a-z]+){0,8}\s+la\s*:?\s*(?P<n>\d{1,2})(?!\d|\s*/)")
_WHY = re.compile(
    r"(?<!\w)(?:do(?! đó)|vì(?! vậy)|nguyên nhân|lý do)(?!\w)"
    # do mới đạt 16/19 tiêu chí · Lý do: xã Hiến Sơn chưa đạt …: a result, though a reason too
    # Lý do: qua kiểm tra ngày 18 tháng 7 năm 2024, xã chỉ còn đạt 15/19 tiêu chí
    r"(?!\s+(?:(?:các\s+)?tiêu\s+chí\s|(?:[^;.,]{0,40},\s*)?(?:xã\s+)?(?:mới|chỉ|hiện)(?:\s+còn)?\s+đạt\s+\d)|"
    r"\s*:\s*(?:(?:qua|theo|sau)\s[^;.,:]{3,60},\s*)?(?:(?:các|hai)\s+)?xã\s)"
    r"(?:(?!(?:,|\s+và)\s*(?:số|TC|[Tt]iêu chí(?:\s+số)?)\s*\d)(?!\snên\s)(?:[^;.)]|\.(?=\d)))*"
)
# 2. Nhóm Hạ tầng (từ tiêu chí 2 đến tiêu chí 9): các tiêu chí 3, 4 đạt; …: what it is made of, not what is said of it
_GROUP = re.compile(
    r"(?<!\w)nhom\s[^.;:()]{3,70}(?P<range>\(\s*(?:tu\s+|cac\s+)?tieu\s+chi\s+(?:so\s+)?\d[^()]{0,50}\))\s*:"
    r"(?!\s*(?:xa\s+)?(?:deu\s+)?(?:(?:chua|khong)\s+)?dat(?:\s+ca\s+(?:hai|nhom|\w+\s+tieu\s+chi))?\s*(?:[.;,]|$))"
)
# nhóm Kinh tế và tổ chức sản xuất chưa đạt Thu nhập
_GROUP_TOLD = re.compile(
    r"(?<!\w)nhom\s+(?:tieu\s+chi\s+)?(?:ve\s+)?(?P<name>(?:ha\s+tang|kinh\s+te|van\s+hoa|he\s+thong)[^.;:()\d]{3,50}?)"
    r"(?=\s+(?:chua|da|khong|con|deu|dat)\s|\s*[:(])"
)
# IV. Văn hóa - Xã hội - Môi trường: các tiêu chí số 14, 15, 16 đạt: a group's name, no criterion's
_GROUP_HEAD = re.compile(
    r"(?<!\w)(?P<name>van\s+hoa\s*[-–,]\s*xa\s+hoi\s*(?:[-–,]|va)\s*moi\s+truong|"
    r"ha\s+tang\s+kinh\s+te\s*[-–]\s*xa\s+hoi|kinh\s+te\s+va\s+to\s+chuc\s+san\s+xuat)\s*"
    r"(?:\([^()]*\)\s*)?[:.]\s*(?:cac\s+)?(?:tieu\s+chi|tc\s?\d)"
)
# 02 xã được giao chỉ tiêu về đích trong năm nay: what a plan sets
_OF_PLAN = re.compile(r"(?:(?<=giao\s)|(?=\w+\s\w+\s(?:ve\s+dich|ke\s+hoach)))chi\s+tieu(?!\w)")
# Các phòng Tài nguyên và Môi trường, Văn hóa và Thông tin giúp các xã: offices, up to what they do
_OFFICES = re.compile(
    rf"(?<!\w)[Cc]ác\s+(?:[Pp]hòng|[Ss]ở)\s*:?\s+(?=[{UPPER}])[^.;:()]{{3,200}}?"
    r"(?=\s+(?:giúp|phối|hướng|có|chủ|đã|cần|theo|báo|rà|tham|xem|cùng|tiếp|tập)(?!\w)|[.;:()]|\Z)"
)


def hidden_spans(reading: Reading, start: int, end: int) -> list[Span]:
    """Stretches whose numbers and names are no criteria: sub-criteria and the reasons for a result."""
    spans = [match.span() for match in _WHY.finditer(reading.string, start, end)]
    spans += [match.span() for match in _OFFICES.finditer(reading.string, start, end)]
    spans += [match.span("name") for match in _GROUP_TOLD.finditer(reading.flowing, start, end)]
    spans += [match.span("name") for match in _GROUP_HEAD.finditer(reading.flowing, start, end)]
    spans += [match.span("range") for match in _GROUP.finditer(reading.flowing, start, end)]
    spans += [match.span("n") for match in _HOW_MANY.finditer(reading.flowing, start, end)]
    for cue_start, cue_end in find_phrases(reading, "sub_criterion", start, end):
        if _OF_PLAN.match(reading.flowing, cue_start):
            continue
        stop = re.compile(r"[;)]|\.(?!\d)|,(?=\s*(?:tieu chi|tc|so)\s)").search(reading.flowing, cue_end, end)
        spans.append((cue_start, stop.start() if stop else end))
    return spans
