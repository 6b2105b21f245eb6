"""Funding: one entry for each source or item with an amount; totals and what was spent left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.draft import FundingDraft
from extract.ntm.money import Amount, find_amounts
from extract.ntm.survey import Survey
from extract.parts.items import PLAIN, Item
from extract.reading import Reading
from extract.trail import missed
from extract.words.phrases import find_phrases
from normalize.fold import fold

_TAIL = re.compile(
    r"[\s:,(–-]*(?:(?<!\w)(?:là|đạt|được|có|bố trí|phân bổ|đã phân bổ|hỗ trợ|huy động được|giao|cấp|với|số tiền|khoảng|"
    r"gồm|dự kiến|đóng góp được|trị giá|tương đương|ước đạt|ước)[\s:,(–-]*)*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^[\s:;,.()+•*–-]*(?:(?:trong đó|gồm|bao gồm|từ|và|cụ thể|còn lại|nguồn)[\s:,]+)*(?:[–-]\s*)?", re.IGNORECASE
)
LONGEST = 14  # words of a source's name
_PARTED = re.compile(r"[\s,;:.]*(?:trong do|gom|bao gom|cu the|chia ra|phan theo)")
_BRACKETS = re.compile(r"\s*\([^)]*\)?")


def find_funding(survey: Survey) -> tuple[FundingDraft, ...]:
    """Every source or item with its amount, in order."""
    found: list[FundingDraft] = []
    for index, item in enumerate(survey.items):
        if index not in survey.asking and item.end > survey.figures_start and _speaks_of_money(survey, index):
            found += _of_item(survey, index, item)
    return tuple(found)


def _speaks_of_money(survey: Survey, index: int) -> bool:
    """Does the item, or one above it, speak of sources of money?"""
    items = (survey.items[index], *survey.above(index))
    return any(find_phrases(survey.whole, "funding", item.content, item.end) for item in items)


def _of_item(survey: Survey, index: int, item: Item) -> Iterator[FundingDraft]:
    """The entries of an item. An amount whose parts follow and add up to it is a total, its words their source."""
    whole = survey.whole
    amounts = list(find_amounts(whole, item.content, item.end))
    parts_of: dict[int, str] = {}
    skipped: set[int] = set()
    below = _below(survey, index)
    shared: str | None = None  # `Ngân sách trung ương: vốn đầu tư …; vốn sự nghiệp …`: one source for both
    for k, amount in enumerate(amounts):
        start = _label_start(survey, amounts[k - 1].end if k else item.content, amount)
        label = _label(whole.string[start : amount.start])
        parts = _parts(whole, amounts, k, item.end)
        if k in skipped or not label or _left_out(survey, start, amount, item.end):
            continue
        if not _is_source(survey, index, start, amount.start, label):
            missed("/ntm/funding", "amount", f"{label!r} names no source", whole.string[start : amount.end])
            continue
        if parts and sum(amounts[i].vnd for i in parts) == amount.vnd:
            parts_of.update(dict.fromkeys(parts, label) if _names_source(label) else {})
            continue
        if _in_bracket(whole, amount, amounts, k, item.end):
            skipped |= set(parts)
        if k == len(amounts) - 1 and _led_in(survey, index, amount, item):
            continue
        if k == len(amounts) - 1 and any(sum(parted) == amount.vnd for parted in below):
            continue
        source, part = (parts_of[k], label) if k in parts_of else _source(survey, index, label)
        if (
            part is None
            and k not in parts_of
            and shared
            and whole.string[amounts[k - 1].end : start].strip() in ("", ";", ",")
        ):
            source, part = shared, label
        shared = source if part is not None and ": " in whole.flat(start, amount.start) + " " else shared if k else None
        yield _entry(whole, amount, source, part, bool(below) and k == len(amounts) - 1)


def _is_source(survey: Survey, index: int, start: int, end: int, label: str) -> bool:
    """Do the words before an amount name a source, or a heading above say that sources are listed?"""
    if len(label.split()) > LONGEST:
        return False
    headed = any(find_phrases(survey.whole, "funding", item.content, item.end) for item in survey.above(index))
    return headed or bool(find_phrases(survey.whole, "funding", start, end))


def _led_in(survey: Survey, index: int, amount: Amount, item: Item) -> bool:
    """`Kế hoạch vốn là 22.398 triệu đồng, cụ thể:`: a total, where the next items go on with amounts."""
    if not re.fullmatch(
        r"[\s,;.]*(?:cu the|trong do|bao gom|gom|nhu sau|chia ra)[\s:.]*", survey.whole.flowing[amount.end : item.end]
    ):
        return False
    following = survey.items[index + 1 : index + 4]
    return any(next(find_amounts(survey.whole, one.content, one.end), None) for one in following)


def _names_source(label: str) -> bool:
    """Is a total's label a source of its own? `Trong năm đã huy động` only leads in the sources that follow."""
    return re.search(
        r"\b(?:ngan sach|von|nguon(?! luc)|tin dung|doanh nghiep|dong gop)\b", fold(label)
    ) is not None and (re.search(r"\b(?:da|duoc)\s+huy dong\b|\btrong nam\b|\btong\b|^ve\b", fold(label)) is None)


def _entry(whole: Reading, amount: Amount, source: str, part: str | None, odd_sum: bool) -> FundingDraft:
    field = whole.field(amount.vnd, amount.start, amount.end, "amount", factor=0.98)
    if amount.odd:
        field = field.doubt("points and commas stand the English way")
    if odd_sum:
        field = field.doubt("what is listed below does not add up to it", 0.7)
    return FundingDraft(source, part, field)


def _in_bracket(whole: Reading, amount: Amount, amounts: list[Amount], k: int, end: int) -> bool:
    """Does a bracket with further amounts follow: `3.500 triệu đồng (gồm tiền mặt 1.200 triệu đồng)`?"""
    opening = re.compile(r"\s*\(").match(whole.string, amount.end, end)
    return opening is not None and bool(_parts(whole, amounts, k, end))


def _parts(whole: Reading, amounts: list[Amount], k: int, end: int) -> list[int]:
    """The indices of the amounts that a bracket, or `trong đó`, `gồm`, parts an amount into."""
    at = amounts[k].end
    opening = re.compile(r"\s*\(").match(whole.string, at, end)
    if opening:
        shut = whole.string.find(")", at, end)
        return [i for i in range(k + 1, len(amounts)) if amounts[i].start < (shut if shut >= 0 else end)]
    if not _PARTED.match(whole.flowing, at, end):
        return []
    total = 0
    for i in range(k + 1, len(amounts)):
        total += amounts[i].vnd
        if total == amounts[k].vnd:
            return list(range(k + 1, i + 1))
    return []


def _below(survey: Survey, index: int) -> tuple[list[int], ...]:
    """The amounts of the bullets below an item: the first of each, and all of them; nothing where there are none."""
    told = [
        [amount.vnd for amount in find_amounts(survey.whole, item.content, item.end)]
        for item, parent in zip(survey.items, survey.parents, strict=True)
        if parent == index and item.depth != PLAIN
    ]
    firsts, everything = [row[0] for row in told if row], [vnd for row in told for vnd in row]
    return (firsts, everything) if firsts else ()


def _label_start(survey: Survey, at: int, amount: Amount) -> int:
    """Where the words that name an amount begin: behind the last mark that closes another entry."""
    before = survey.whole.string[at : amount.start]
    cuts = [m.end() for m in re.finditer(r";\s|\.\s+(?=[^\d\W])|(?:trong đó|gồm)\s*:?\s", before)]
    opening = before.rfind("(")
    if opening >= 0 and ")" not in before[opening:]:
        cuts.append(opening + 1)
    return at + max(cuts, default=0)


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
    if re.search(r"(?:^|:)[\s,.;:+-]*(?:tong|cong\b)", text):
        missed("/ntm/funding", "amount", "a total is left out", whole.string[start : amount.end])
        return True
    if find_phrases(whole, "funding_spent", start, min(amount.end + 24, end)):
        missed("/ntm/funding", "amount", "it is a sum spent, not one given", whole.string[start : amount.end])
        return True
    return re.match(r"\s*/\s*(?:nguoi|nam|ha|ho|thang|xa)", whole.flowing[amount.end : amount.end + 10]) is not None


def _source(survey: Survey, index: int, label: str) -> tuple[str, str | None]:
    """Source and item: the item above without an amount is the source, or the words before a colon are."""
    halves = [_label(part) for part in re.split(r":\s", label)]
    if len(halves) == 2 and all(halves):
        return halves[0], halves[1]
    above = survey.parents[index]
    if above is not None:
        parent = survey.items[above]
        text = survey.whole.flat(parent.content, parent.end)
        amounts = list(find_amounts(survey.whole, parent.content, parent.end))
        name = _label(survey.whole.flat(parent.content, amounts[0].start) if amounts else text)
        inner = 3 <= parent.depth < PLAIN or (
            bool(amounts) and parent.depth != PLAIN and not fold(name).startswith("tong")
        )
        if (
            inner
            and name
            and _names_source(name)
            and len(name) < 90
            and find_phrases(survey.whole, "funding", parent.content, parent.end)
        ):
            return name, label
    return label, None
