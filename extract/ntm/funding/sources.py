"""Funding: one entry for each source or item with an amount; totals and what was spent left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.draft import FundingDraft
from extract.field import Field
from extract.ntm.figures.money import Amount, find_amounts
from extract.ntm.funding.in_turn import follow_in_turn, names_in_turn
from extract.ntm.funding.labels import (
    LEADS_IN,
    MISREAD_VON,
    giver,
    names_source,
)
from extract.ntm.funding.naming import list_lead, name_of, shared_source
from extract.ntm.funding.payers import PAYER
from extract.ntm.funding.sums import Sum, sum_up
from extract.ntm.funding.wording import Words, label_start, words_of
from extract.ntm.funding.works import is_work
from extract.ntm.levels import leading_paragraph
from extract.ntm.survey import Survey
from extract.words.damage import damage, misread
from extract.words.phrases import find_phrases
from normalize.fold import fold
from normalize.letters import UPPER

# Thống nhất bố trí cho hai xã điểm: ngân sách tỉnh 3,5 tỷ đồng: decided, though in a part that asks for something
# tham mưu phân bổ dứt điểm nguồn vốn năm 2013 của Chương trình, trong đó: ngân sách tỉnh 42,6 tỷ đồng
# tham mưu ứng trước vốn, cụ thể: ngân sách tỉnh 2.480 triệu đồng
# 5. Vốn năm 2025 cho Đức Hiệp: ngân sách huyện 2,4 tỷ đồng
_ALLOTS = re.compile(
    r"(?:thong nhat|dong y|quyet dinh)\s+(?:bo tri|phan bo|ho tro|cap)(?!\w)|"
    r"(?:ve\s+)?(?:nguon\s+)?(?:von|kinh\s+phi)(?:\s+\w+){0,8}\s*:\s+(?:tu\s+)?(?:ngan\s+sach|von|nguon)|"
    r"(?:phan\s+bo|bo\s+tri|ung\s+truoc)\s+(?:\w+\s+){0,3}?(?:nguon\s+)?(?:von|kinh\s+phi)\b[^.;]{0,60}?\s"
    r"(?:trong\s+do|gom|cu\s+the)\W{1,3}"
    r"(?:ngan\s+sach|von|nguon)"
)
# Vốn huy động năm 2022 là 358 tỷ đồng (năm 2021 là 301,2 tỷ đồng), gồm: what stands beside it to compare; folded
_COMPARED = re.compile(r"(?:cung\s+ky(?:\s+nam\s+\w+)?|nam\s+(?:truoc|20\d\d))(?:\s+(?:la|dat|chi|co))*\W*")
_CELLS = re.compile(r"\d\.\d{3}\D.*\d\.\d{3}(?!\d)")  # cells of a table, no name
_REACH = 6  # letters before an amount: `198: `
# vốn đầu tư phát triển 198: 860 triệu đồng · Trung ương: 18;6 tỷ đồng: a mark between the figures of one amount
_TORN = re.compile(r"(?<![\d.,])\d{1,3}\s?(?:[:;]\s?\d{1,3}|,\s\d{3})(?![\d.,])")
# Ngân sách tỉnh:.3 tý · Ngân sách huyện I tỷ · | từ: what is left of an amount before the one that was read
# Ngân sách huyện 1 | 1.640 triệu đồng, of 11.640; no name but that of Chương trình 135 ends in a figure
_ODD_LABEL = re.compile(
    r"(?<![\d.])(?!135$)\d{1,3}$|[|\[\]]|[.:]\s*[.:]|\.\d|"
    r"(?<!\w)[Il!]\s+t\w(?!\w)|\d\s*t[yỷýỉ](?!\w)|:\s*$"
)
# Vốn, năm 2010 huyện được ngân sách tỉnh · Theo nguồn ngân sách: of 1,049 names three hold such a word
_ODD_SOURCE = re.compile(
    r"[;:]|^\W*[^\W\d_]\s|"
    r"(?<!\w)(?:(?i:được|còn|theo|về|dự kiến|bổ sung|năm|trong đó|có|là|đã|sẽ|bố trí|phân bổ|giao|tổng|ước|"
    r"như sau|ngoài|riêng|gồm|cho|để|khi|nếu|nhưng|thì|với|chi|trả|nợ|"
    r"tăng|giảm|thiếu|chưa|không|kiến nghị|đề nghị|và(?=\W*$))|"
    r"(?<!Chương trình )(?<!Nghị quyết )\d[\d.,]*)(?!\w)"
)
# Vốn: trên cấp 4,6 tỷ đồng · ngân sách trung ương (vốn đầu tư phát triển …), its first words lost
_NOBODY = re.compile(r"(?:nguon\s+)?(?:von|kinh\s+phi|tien)(?:\s+(?:dau\s+tu|su\s+nghiep)(?:\s+phat\s+trien)?)?")
_RATE = re.compile(r"(?<!\w)(?:suat|don gia|dinh muc)(?!\w)")  # xây mới với suất vốn trên 3 tỷ đồng
_REMAINDER = re.compile(r"\W*(?:va\s+)?(?:so\s+)?con lai(?!\s+(?:chua|phai))")
LEAST = 1_000_000  # đồng
LONGEST = 14  # words of a source's name


def find_funding(survey: Survey) -> tuple[FundingDraft, ...]:
    """Every source or item with its amount, in order."""
    told = sum_up(survey.whole, [one for index in _items(survey) for one in _of_item(survey, index)])
    return tuple(_entry(survey, told, k) for k in range(len(told)) if _is_told(survey, told, k))


def _items(survey: Survey) -> Iterator[int]:
    """The items that report on sources of money, or stand below one that does."""
    for index, item in enumerate(survey.items):
        allotted = _ALLOTS.search(survey.whole.flowing, item.content, item.end)
        if (index in survey.asking and not allotted) or item.end <= survey.figures_start:
            continue
        around = (item, *(survey.items[above] for above in _above(survey, index)))
        if any(find_phrases(survey.whole, "funding", one.content, one.end) for one in around):
            yield index


def _above(survey: Survey, index: int) -> tuple[int, ...]:
    """The items above one; the paragraph that leads in its list stands nearest: `… đóng góp của nhân dân gồm:`."""
    lead = leading_paragraph(survey, index)
    leads = (lead,) if lead is not None and survey.closes_with(lead, ":") else ()
    return (*leads, *survey.indices_above(index))


def _of_item(survey: Survey, index: int) -> Iterator[Sum]:
    """The amounts of an item with the words that name them, without what was spent and what is an amount a head."""
    whole, item = survey.whole, survey.items[index]
    above = _above(survey, index)
    at = item.content
    spent: Amount | None = None  # the amount before, where it was spent
    amounts = list(find_amounts(whole, item.content, item.end))
    listed = False  # does a colon lead in what was spent?
    waiting: list[str] = []  # payers named before, whose amounts follow in turn
    for k, amount in enumerate(amounts):
        begins = label_start(survey, at, amount)
        words = words_of(survey, begins, amount, item.end)
        in_turn = names_in_turn(whole.string[begins : amount.start])
        waiting = in_turn if len(in_turn) == follow_in_turn(whole, amounts[k:]) else waiting
        if waiting:
            words = Words(waiting.pop(0), amount.start, amount.end)
        at = words.end
        left_out = _left_out(survey, begins, amount, item.end) and not _rest_of(survey, begins, amount, words.label)
        if left_out or (spent and _with_spent(whole.string[spent.end : amount.start], listed)):
            listed = listed if spent and not left_out else ":" in whole.string[begins : amount.start]
            spent = amount
            continue
        yield Sum(amount, words.start, words.end, words.label, index, above)
        spent = None


def _with_spent(between: str, listed: bool) -> bool:
    """`đã giải ngân 18,46 tỷ đồng vốn đầu tư và 2,13 tỷ đồng vốn sự nghiệp`: is the second sum spent too?

    `listed`: a colon leads in what was spent, so that commas part it: `Đã giải ngân: vốn sự nghiệp 651 triệu đồng, …`.

    >>> _with_spent(" vốn đầu tư và ", False), _with_spent(" và bố trí thêm ", False)
    (True, False)
    >>> _with_spent(", vốn đầu tư ", True), _with_spent(", vốn đầu tư ", False)
    (True, False)
    """
    if listed and not re.search(r"[.;](?=\s)", between):
        return True
    return re.fullmatch(r"[^.;:()]{0,60}?\s(?:và|gồm)\s+", between) is not None


def _left_out(survey: Survey, start: int, amount: Amount, end: int) -> bool:
    """Sums spent, those of another year in brackets, rates, and amounts a head or a month."""
    whole = survey.whole
    stop = re.compile(rf"[,;(]|\.\s|\n(?=\s*[{UPPER}])").search(whole.string, amount.end, end)
    if find_phrases(whole, "funding_spent", start, min(amount.end + 24, stop.start() if stop else end)):
        return True
    if _RATE.search(fold(whole.flat(start, amount.start))):
        return True
    if whole.string[:start].endswith("(") and _COMPARED.fullmatch(fold(whole.flat(start, amount.start))):
        return True
    return re.match(r"\s*/\s*(?:nguoi|nam|ha|ho|thang|xa)", whole.flowing[amount.end : amount.end + 10]) is not None


def _rest_of(survey: Survey, start: int, amount: Amount, label: str) -> bool:
    """`còn lại 5,2 tỷ đồng do nhân dân đóng góp`: the last of the sources, not what is left to spend."""
    before = fold(survey.whole.flat(start, amount.start))
    return _REMAINDER.match(before) is not None and PAYER.search(fold(label)) is not None


def _is_told(survey: Survey, told: Sequence[Sum], k: int) -> bool:
    """Is this amount an entry: no total, no part of a bracket that only explains, with words that name a source?"""
    one = told[k]
    longest = 2 * LONGEST if "chuong trinh" in fold(one.label) else LONGEST
    if one.parts or not one.label or len(one.label.split()) > longest or _CELLS.search(one.label):
        return False
    if one.within is None and one.inside is not None and names_source(told[one.inside].label):
        return False
    if one.within is not None:
        return True
    if LEADS_IN.search(fold(one.label)):
        return False
    items = (survey.items[above] for above in one.above)
    headed = any(find_phrases(survey.whole, "funding", item.content, item.end) for item in items)
    if names_source(one.label) or _is_given(survey, one) or list_lead(survey, one):
        return True
    if one.start >= one.amount.start and is_work(one.label):
        return shared_source(survey, told, one) is not None
    return headed and not _leads_on(told, k)


def _is_given(survey: Survey, one: Sum) -> bool:
    """`Vietcombank Chi nhánh Đồng Nai tài trợ 1 tỷ đồng`: who gives, whatever its name."""
    return one.start < one.amount.start and giver(survey.whole.flat(one.start, one.amount.start)) is not None


def _leads_on(told: Sequence[Sum], k: int) -> bool:
    """`Kế hoạch vốn là 22.398 triệu đồng, cụ thể:`: an amount that only leads to the next ones."""
    return told[k].odd or (k + 1 < len(told) and told[k].item in told[k + 1].above)


def _entry(survey: Survey, told: Sequence[Sum], k: int) -> FundingDraft:
    one = told[k]
    source, item = name_of(survey, told, one)
    field = survey.whole.field(one.amount.vnd, one.amount.start, one.amount.end, "amount", factor=0.98)
    if one.amount.odd:
        field = field.doubt("points and commas stand the English way, or a word before the figures was misread")
    if _TORN.search(survey.whole.string, max(0, one.amount.start - _REACH), one.amount.end):
        field = field.doubt("a figure stands before it that may be its own", 0.7)
    if one.amount.vnd < LEAST:
        field = field.doubt("so little is hardly meant: its scale or a figure may be lost", 0.6)
    if one.odd:
        field = field.doubt("what is listed below does not add up to it", 0.7)
    return FundingDraft(source, item, field, _label_field(survey, one, source, item))


def _label_field(survey: Survey, one: Sum, source: str, item: str | None) -> Field[str] | None:
    """The evidence of the words that name an amount; in doubt where they hold what no name of a source does."""
    whole = survey.whole
    behind = one.start >= one.amount.start  # the name stands behind the amount
    span = (one.amount.end, one.end) if behind else (one.start, one.amount.start)
    field = whole.field(source, *span, "funding_source", factor=0.98)
    odd = _ODD_LABEL.search(f"{source} {item or ''}") or _ODD_SOURCE.search(source)
    odd = odd or re.search(MISREAD_VON, whole.string[slice(*span)])
    wrong = f"{odd[0]!r} stands in the name" if odd else misread(whole, *span, source) or damage(item or "")
    if item is None and _NOBODY.fullmatch(fold(source)):
        wrong = "it names money, not whose"
    if wrong:
        return field.doubt(wrong, 0.7)
    return None if behind else field
