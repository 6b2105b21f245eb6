"""Funding: one entry for each source or item with an amount; totals and what was spent left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.draft import FundingDraft
from extract.items import PLAIN, Item
from extract.ntm.money import Amount, find_amounts
from extract.ntm.survey import Survey
from extract.phrases import find_phrases

_TAIL = re.compile(
    r"[\s:,(–-]*(?:(?:là|đạt|được|có|bố trí|phân bổ|đã phân bổ|hỗ trợ|huy động được|giao|cấp|với|số tiền|khoảng|gồm|dự kiến|đóng góp được|trị giá|tương đương|ước đạt|ước)[\s:,(–-]*)*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^[\s:;,.()+•*–-]*(?:(?:trong đó|gồm|bao gồm|từ|và|cụ thể|còn lại|nguồn)[\s:,]+)*(?:[–-]\s*)?", re.IGNORECASE
)
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_CUT = re.compile(r"[;.](?:\s|$)|:\s|,\s*(?:trong đó|gồm)\s*:?")


def find_funding(survey: Survey) -> tuple[FundingDraft, ...]:
    """Every source or item with its amount, in order."""
    found: list[FundingDraft] = []
    for index, item in enumerate(survey.items):
        if index not in survey.asking and item.end > survey.zones.opening_end and _speaks_of_money(survey, index):
            found += _of_item(survey, index, item)
    return tuple(found)


def _speaks_of_money(survey: Survey, index: int) -> bool:
    """Does the item, or one above it, speak of sources of money?"""
    return any(
        find_phrases(survey.whole, "funding", item.content, item.end)
        for item in (survey.items[index], *survey.above(index))
    )


def _of_item(survey: Survey, index: int, item: Item) -> Iterator[FundingDraft]:
    whole = survey.whole
    at = item.content
    amounts = list(find_amounts(whole, item.content, item.end))
    for k, amount in enumerate(amounts):
        label_start = _label_start(survey, at, amount)
        label = _label(whole.string[label_start : amount.start])
        before = whole.string[at : amount.start]
        at = amount.end
        if not label or _left_out(survey, label_start, amount, item.end) or _is_total(survey, index, k, amounts, before):
            continue
        source, part = _source(survey, index, label, whole.string[item.content : amount.start])
        field = whole.field(amount.vnd, amount.start, amount.end, "amount", factor=0.98)
        yield FundingDraft(
            source, part, field.doubt("points and commas stand the English way") if amount.odd else field
        )


def _label_start(survey: Survey, at: int, amount: Amount) -> int:
    """Where the words that name an amount begin: behind the last mark that closes another entry."""
    cuts = [
        m.end()
        for m in re.finditer(r";\s|\.\s+(?=[^\d\W])|(?:trong đó|gồm)\s*:?\s", survey.whole.string[at : amount.start])
    ]
    return at + (cuts[-1] if cuts else 0)


def _label(text: str) -> str:
    """A source's name: one line, without brackets and verbs.

    >>> _label("; Vốn sự nghiệp (năm 2022 chuyển sang) là ")
    'Vốn sự nghiệp'
    """
    text = _BRACKETS.sub("", " ".join(text.split()))
    return _TAIL.sub("", _HEAD.sub("", text)).strip(" ,;:.-–+")


def _left_out(survey: Survey, start: int, amount: Amount, end: int) -> bool:
    """Totals, sums spent, and amounts a head or a month."""
    whole = survey.whole
    text = whole.flowing[start : amount.start]
    if re.match(r"[\s,.;:+-]*(?:tong|cong\b)", text):
        return True
    if find_phrases(whole, "funding_spent", start, min(amount.end + 24, end)):
        return True
    return re.match(r"\s*/\s*(?:nguoi|nam|ha|ho|thang|xa)", whole.flowing[amount.end : amount.end + 10]) is not None


def _is_total(survey: Survey, index: int, k: int, amounts: list[Amount], before: str) -> bool:
    """An amount that is parted below or behind: `Ngân sách Trung ương: 15 tỷ đồng, trong đó: …`."""
    whole = survey.whole
    item = survey.items[index]
    behind = whole.flowing[amounts[k].end : amounts[k].end + 40]
    parted = re.match(r"[\s,;:.(]*(?:trong do|gom|bao gom|cu the|chia ra|phan theo)", behind) is not None
    children = any(
        parent == index
        and survey.items[child].depth != PLAIN
        and next(find_amounts(whole, survey.items[child].content, survey.items[child].end), None)
        for child, parent in enumerate(survey.parents)
    )
    del before
    return (parted and (k + 1 < len(amounts) or children)) or (
        children
        and k == len(amounts) - 1
        and whole.string[item.content : item.end].rstrip().endswith((":", "đồng", "đó"))
    )


def _source(survey: Survey, index: int, label: str, before: str) -> tuple[str, str | None]:
    """Source and item: the item above without an amount is the source, or the words before a colon are."""
    halves = [_label(part) for part in re.split(r":\s", label)]
    if len(halves) == 2 and all(halves):
        return halves[0], halves[1]
    del before
    above = survey.parents[index]
    if above is not None:
        parent = survey.items[above]
        text = survey.whole.flat(parent.content, parent.end)
        amounts = list(find_amounts(survey.whole, parent.content, parent.end))
        name = _label(survey.whole.flat(parent.content, amounts[0].start) if amounts else text)
        if (
            4 <= parent.depth < PLAIN
            and name
            and len(name) < 90
            and find_phrases(survey.whole, "funding", parent.content, parent.end)
        ):
            return name, label
    return label, None
