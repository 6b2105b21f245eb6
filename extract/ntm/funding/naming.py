"""Source and item of an amount: from its own words, its total, its sentence, the item above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.ntm.figures.money import find_amounts
from extract.ntm.funding.labels import GENERAL, KIND, label_of, names_payer, names_source
from extract.ntm.funding.payers import PAYER
from extract.ntm.funding.sums import Sum
from extract.ntm.funding.works import WORK, without_work, work_before
from extract.ntm.survey import Survey
from extract.parts.item_marks import PLAIN
from extract.words.phrases import find_phrases
from normalize.fold import fold

# vốn đầu tư phát triển ngân sách trung ương: the item stands before its source
_ITEM_FIRST = re.compile(
    rf"(?P<item>{KIND.pattern})\s+(?:(?:do|từ|của|thuộc|bằng)\s+)?"
    r"(?P<source>(?:nguồn\s+)?ngân sách\s.+)"
)
# huyện được phân bổ ngân sách Trung ương gồm vốn trái phiếu Chính phủ 6,2 tỷ đồng, vốn sự nghiệp …; folded
_OPENS_CLAUSE = re.compile(
    r"(?<!\w)(?P<name>(?:ngan sach|nguon von|von)(?:\s+[a-z]+){1,5}?)\s*,?\s*(?:gom|bao gom|trong do)(?:\s+co)?\s*:?\s"
)
# 1. Ngân sách Trung ương, gồm: vốn đầu tư phát triển 63 tỷ đồng
_OPENS_ITEM = re.compile(r"(?P<name>[^,:;.\d]{6,60}?)\s*,?\s*(?:gom|bao gom|trong do)\s*:")
# vốn ngân sách bố trí cho 04 xã: of all levels together, but no name as `Vốn ngân sách: 41,6 tỷ đồng, bao gồm:`
_ANY_BUDGET = re.compile(
    r"ngan sach(?! (?:cap )?(?:trung uong|tw|nha nuoc|dia phuong|tinh|huyen|xa|thanh pho|thi xa|phuong|thi tran)(?!\w))"
    r"(?<!von ngan sach(?!\s))"
)
# ngân sách Trung ương phân bổ cho các nội dung: phát triển sản xuất 1.420 triệu đồng, đào tạo nghề …; folded
_LEADS_LIST = re.compile(
    r"(?P<name>[^:;]{6,80}?)\s+(?:giao|cap|ho tro|bo tri|phan bo|chi|dau tu|danh)\s+(?:[a-z]+\s+){0,3}?"
    r"(?:noi dung|hang muc|cong trinh|linh vuc|nhiem vu|du an)(?:\s+(?:nhu\s+)?sau)?(?:\s+day)?\s*:\s(?=[^:]*$)"
)
_ALSO_BY = re.compile(r"\s*(?:,\s*)?(?:và\s+)?(?:do|của)\s")
HEADING = 8  # words of a heading that is nothing but a source's name
# says no more than that money follows: Vốn · các nguồn vốn sau
_BARE_POT = re.compile(r"(?:(?:cac\s+)?nguon\s*)?(?:von|kinh\s+phi)?(?:\s+(?:nhu\s+)?sau(?:\s+day)?)?")
# one level's budget is no part of another's: the heading `Ngân sách Trung ương:` lost its dash
_BUDGET = re.compile(r"ngan sach (?:trung uong|tinh|huyen|xa)")
_POT = re.compile(r"von (?:dau tu|su nghiep)")


def name_of(survey: Survey, told: Sequence[Sum], one: Sum) -> tuple[str, str | None]:
    """Source and item. The total that an amount is part of is its source, if that is part of a greater one or names
    who gives; else the words before a colon, or the heading above."""
    payer = list_lead(survey, one)
    if payer:
        return payer, one.label.rpartition(": ")[2]
    total = told[one.within] if one.within is not None else None
    if total is not None and KIND.fullmatch(total.label) and names_payer(one.label):
        return one.label, total.label
    if total is not None and _is_source(told, total):
        return _last_half(total.label), one.label
    work = total.label.split(": ")[0] if total is not None else ""
    if WORK.match(fold(work)) and names_payer(one.label):
        return one.label, work
    halves = [label_of(part) for part in re.split(r":\s", one.label)]
    halves = halves[-2:] if len(halves) > 2 and names_payer(halves[-2]) else halves
    if len(halves) == 2 and all(halves):
        # Về vốn năm 2024: ngân sách Trung ương 28.757 triệu đồng
        leads = names_source(halves[1]) and (not names_payer(halves[0]) or _BARE_POT.fullmatch(fold(halves[0])))
        return (halves[1], work_before(survey, one.item, one.amount.start)) if leads else (halves[0], halves[1])
    turned = _ITEM_FIRST.fullmatch(one.label)
    if turned:
        return turned["source"], turned["item"]
    shared = shared_source(survey, told, one) or _opening(survey, one)
    above = shared or _heading(survey, one)
    if above and KIND.fullmatch(above) and names_payer(one.label):
        return one.label, above
    if above and not (_BUDGET.fullmatch(fold(above)) and _BUDGET.fullmatch(fold(one.label))):
        return above, one.label
    item = (
        _kind_before(survey, told, one)
        or _work_above(survey, one)
        or (work_before(survey, one.item, one.amount.start) if names_payer(one.label) else None)
    )
    return (without_work(one.label) if item else one.label), item


def _kind_before(survey: Survey, told: Sequence[Sum], one: Sum) -> str | None:
    """`vốn đầu tư do ngân sách tỉnh bố trí là 46,8 tỷ đồng, do ngân sách huyện bố trí là …`: a kind of two payers."""
    before = [other for other in told if other.item == one.item and other.amount.start < one.amount.start]
    turned = _ITEM_FIRST.fullmatch(before[-1].label) if before else None
    between = survey.whole.string[before[-1].end : one.amount.start] if turned else ""
    return turned["item"] if turned and _ALSO_BY.match(between) else None


def _work_above(survey: Survey, one: Sum) -> str | None:
    """`1. Đường liên thôn Hàng Hải: tổng mức 6,5 tỷ đồng, trong đó:` above `- Ngân sách huyện: 1,6 tỷ đồng`."""
    if not one.above or not names_payer(one.label):
        return None
    parent = survey.items[one.above[0]]
    head, colon, _ = survey.whole.flat(parent.content, parent.end).partition(":")
    return head.strip() if colon and WORK.match(fold(head)) and not PAYER.search(fold(head)) else None


def _is_source(told: Sequence[Sum], total: Sum) -> bool:
    """Is a total itself a source? One that is part of a greater total is; else it must name one, and nothing general:
    where payers add up to `Kế hoạch vốn`, they are the sources."""
    if total.within is not None:
        return bool(total.label)
    key = fold(total.label)
    paid = any(PAYER.search(fold(told[part].label)) for part in total.parts)
    payer = PAYER.search(key) is not None and _ANY_BUDGET.search(key) is None
    return names_source(total.label) and (not paid or payer or _POT.match(key) is not None)


def _last_half(label: str) -> str:
    return label_of(label.rpartition(": ")[2]) or label


def shared_source(survey: Survey, told: Sequence[Sum], one: Sum) -> str | None:
    """`Ngân sách trung ương: vốn đầu tư 5 tỷ đồng; vốn sự nghiệp 3 tỷ đồng`: one source for both."""
    if names_payer(one.label) and PAYER.search(fold(one.label)):  # …; ngân sách xã: a source of its own
        return None
    before = [other for other in told if other.item == one.item and other.amount.start < one.amount.start]
    for other in reversed(before):
        if "." in survey.whole.string[other.amount.end : one.start]:
            continue
        head, colon, _ = other.label.partition(": ")
        if colon and names_payer(label_of(head)) and not _BARE_POT.fullmatch(fold(label_of(head))):
            return label_of(head)
        turned = _ITEM_FIRST.fullmatch(other.label)
        if turned and _POT.match(fold(one.label)):  # vốn đầu tư ngân sách trung ương 30 tỷ, vốn sự nghiệp 10 tỷ
            return turned["source"]
    return _shared_behind(survey, told, one)


def _shared_behind(survey: Survey, told: Sequence[Sum], one: Sum) -> str | None:
    """`21,4 tỷ đồng vốn đầu tư và 6 tỷ đồng vốn sự nghiệp từ ngân sách trung ương`: the second's source is both's."""
    behind = (other for other in told if other.item == one.item and other.amount.start > one.amount.start)
    following = next(behind, None)
    if following is None or not KIND.fullmatch(one.label):
        return None
    turned = _ITEM_FIRST.fullmatch(following.label)
    joined = re.fullmatch(r"\s*và\s*", survey.whole.string[one.end : following.amount.start])
    return turned["source"] if turned and joined else None


def _opening(survey: Survey, one: Sum) -> str | None:
    """`1. Ngân sách Trung ương, gồm: vốn đầu tư 63 tỷ đồng, vốn sự nghiệp …`: what an item or a clause opens with."""
    item, text = survey.items[one.item], survey.whole.flowing
    opens = _OPENS_ITEM.match(text, item.content, one.amount.start)
    if opens is None and not PAYER.search(fold(one.label)):
        clause = max(item.content, *(text.rfind(stop, item.content, one.amount.start) for stop in ("; ", ". ")))
        opens = _OPENS_CLAUSE.search(text, clause, one.amount.start)
    if opens is None:
        return None
    name = label_of(survey.whole.flat(*opens.span("name")))
    return name if names_payer(name) and PAYER.search(fold(name)) else None


def list_lead(survey: Survey, one: Sum) -> str | None:
    """`Ngân sách tỉnh phân bổ cho các nội dung: nước sạch 1,1 tỷ đồng, trồng cây 60 triệu đồng`: who pays for all."""
    text = survey.whole.flowing
    begins = max(survey.items[one.item].content, text.rfind(". ", 0, one.amount.start) + 2)
    lead = _LEADS_LIST.search(text, begins, one.amount.start)
    name = label_of(survey.whole.flat(*lead.span("name"))) if lead else ""
    return name if names_payer(name) and not names_payer(one.label.rpartition(": ")[2]) else None


def _heading(survey: Survey, one: Sum) -> str | None:
    """The item above, where it names a source: `a) Ngân sách trung ương:` and bullets below it."""
    if not one.above:
        return None
    parent = survey.items[one.above[0]]
    amount = next(find_amounts(survey.whole, parent.content, parent.end), None)
    name = label_of(survey.whole.flat(parent.content, amount.start if amount else parent.end))
    inner = 3 <= parent.depth < PLAIN or (amount is not None and parent.depth != PLAIN)
    # 1. Ngân sách Trung ương: with bullets below it
    text = survey.whole.string[parent.content : parent.end].rstrip()
    money = PAYER.match(fold(name)) or KIND.match(name)  # Ngân sách tỉnh · Vốn sự nghiệp Trung ương
    alone = len(text.split()) <= HEADING and money is not None  # nothing but a name
    payer = (PAYER.search(fold(name)) or KIND.fullmatch(name)) and not GENERAL.match(fold(name))
    named = inner or (amount is None and (text.endswith(":") or alone) and payer)
    told = len(name) < 90 and names_source(name) and not _BARE_POT.fullmatch(fold(name))
    told = told and _of_money(survey, parent.content, parent.end)
    return name if named and told else None


def _of_money(survey: Survey, start: int, end: int) -> bool:
    return bool(find_phrases(survey.whole, "funding", start, end))
