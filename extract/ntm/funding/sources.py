"""Funding: one entry for each source or item with an amount; totals and what was spent left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.draft import FundingDraft
from extract.field import Field
from extract.ntm.figures.money import Amount, find_amounts
from extract.ntm.funding.payers import PAYER, SOURCE
from extract.ntm.funding.sums import Sum, sum_up
from extract.ntm.survey import Survey
from extract.parts.items import PLAIN
from extract.words.damage import damage
from extract.words.phrases import find_phrases, word_pattern
from normalize.fold import fold

# what leads from a name to its amount: `Ngân sách tỉnh hỗ trợ là`; `ba cấp` is a name; folded
_TAIL = re.compile(
    rf"[\s:,(–-]*(?:(?<!\w)(?:{word_pattern('gives')}|(?<!cac )(?<!ba )(?<!3 )cap|nam 20\d\d)"
    r"(?!\w)[\s:,(–-]*)*$"
)
_HEAD = re.compile(
    r"^[\s:;,.()+•*~–-]*(?:[a-z]\s+(?=(?:ngan sach|von|nguon)\s))?(?:(?:trong do|gom|bao gom|tu|va|cu the|con lai|"
    r"nguon(?!\s+xa\s+hoi\s+hoa)|nam\s+20\d\d(?=\s*,)|cua|bang|ve|"
    r"kinh phi(?=\s+(?:tu\s+)?(?:ngan sach|von|nguon)))(?!\w)[\s:,]+)*(?:[–-]\s*)?"
)
# Vốn ngân sách Trung ương giao năm 2023 cho Chương trình: what is done with it is no part of its name
_DONE = re.compile(
    r"(?P<name>.*\bngan sach (?:trung uong|nha nuoc|dia phuong|(?:cap )?(?:tinh|huyen|xa|thanh pho|thi xa)))\s+"
    r"(?:giao|cap|ho tro|bo tri|phan bo|cho)(?!\w).*"
)
# Thống nhất bố trí cho hai xã điểm: ngân sách tỉnh 3,5 tỷ đồng: decided, though in a part that asks for something
# 5. Vốn năm 2025 cho Đức Hiệp: ngân sách huyện 2,4 tỷ đồng
_ALLOTS = re.compile(
    r"(?:thong nhat|dong y|quyet dinh)\s+(?:bo tri|phan bo|ho tro|cap)(?!\w)|"
    r"(?:ve\s+)?(?:nguon\s+)?(?:von|kinh\s+phi)(?:\s+\w+){0,8}\s*:\s+(?:tu\s+)?(?:ngan\s+sach|von|nguon)"
)
# vốn đầu tư phát triển ngân sách trung ương: the item stands before its source
_ITEM_FIRST = re.compile(
    r"(?P<item>[vV]ốn (?:đầu tư(?: phát triển)?|sự nghiệp(?: kinh tế)?|đối ứng))\s+(?P<source>ngân sách\s.+)"
)
# words that only lead in sources: Năm 2026, ba xã · Huy động trong 9 tháng · Kế hoạch vốn 2015 của huyện
_GENERAL = re.compile(
    r"(?:nam 20\d\d|huy dong|von (?:huy dong|thuc hien|nam 20\d\d|cho|bo tri cho)|kinh phi huy dong|trong|"
    r"(?:von )?ke hoach|tong|nguon von|nguon luc)\b"
)
# Ngân sách tỉnh:.3 tý · Ngân sách huyện I tỷ · | từ: what is left of an amount before the one that was read
_ODD_LABEL = re.compile(r"[|\[\]]|[.:]\s*[.:]|\.\d|(?<!\w)[Il!]\s+t\w(?!\w)|\d\s*t[yỷýỉ](?!\w)|:\s*$")
# huyện được phân bổ ngân sách Trung ương gồm vốn trái phiếu Chính phủ 6,2 tỷ đồng, vốn sự nghiệp …; folded
_OPENS_CLAUSE = re.compile(
    r"(?<!\w)(?P<name>(?:ngan sach|nguon von|von)(?:\s+[a-z]+){1,5}?)\s*,?\s*(?:gom|bao gom|trong do)(?:\s+co)?\s*:?\s"
)
# 1. Ngân sách Trung ương, gồm: vốn đầu tư phát triển 63 tỷ đồng
_OPENS_ITEM = re.compile(r"(?P<name>[^,:;.\d]{6,60}?)\s*,?\s*(?:gom|bao gom|trong do)\s*:")
LEAST = 1_000_000  # đồng
LONGEST = 14  # words of a source's name
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
# vốn ngân sách bố trí cho 04 xã: of all levels together
_ANY_BUDGET = re.compile(
    r"ngan sach(?! (?:cap )?(?:trung uong|tw|nha nuoc|dia phuong|tinh|huyen|xa|thanh pho|thi xa|phuong|thi tran)(?!\w))"
)
_POT = re.compile(r"von (?:dau tu|su nghiep)")
_LEADS_IN = re.compile(
    r"(?<!\w)(?:da|duoc|nham) huy dong|(?<!\w)(?:trong nam|tong)(?!\w)|"
    r"^(?:cong(?!\s+dong)|toan (?:huyen|xa|tinh))(?!\w)"
)
# được phân bổ 15.320 triệu đồng từ nguồn vốn ngân sách trung ương; 4.500 triệu đồng của …: the name stands behind
# 5.300 triệu đồng ngân sách tỉnh và bố trí 2.150 triệu đồng ngân sách huyện
_NAME_BEHIND = re.compile(
    r"\s*(?:(?:từ|bằng|của|thuộc)\s+(?:nguồn\s+)?|(?=(?:vốn|ngân sách)\s))(?P<name>[^;,.()\d:]{4,80}?)"
    r"(?=\s*(?:[;,.(:]|và\s+(?:[^\W\d]+\s+){0,3}\d|$|\n\s*[-+]))"
)


def find_funding(survey: Survey) -> tuple[FundingDraft, ...]:
    """Every source or item with its amount, in order."""
    told = sum_up(survey.whole, [one for index in _items(survey) for one in _of_item(survey, index)])
    found = [_entry(survey, told, k) for k in range(len(told)) if _is_told(survey, told, k)]
    return tuple(entry for entry in found if entry is not None)


def _items(survey: Survey) -> Iterator[int]:
    """The items that report on sources of money, or stand below one that does."""
    for index, item in enumerate(survey.items):
        allotted = _ALLOTS.search(survey.whole.flowing, item.content, item.end)
        if (index in survey.asking and not allotted) or item.end <= survey.figures_start:
            continue
        around = (item, *survey.above(index))
        if any(find_phrases(survey.whole, "funding", one.content, one.end) for one in around):
            yield index


def _of_item(survey: Survey, index: int) -> Iterator[Sum]:
    """The amounts of an item with the words that name them, without what was spent and what is an amount a head."""
    whole, item = survey.whole, survey.items[index]
    above = []
    parent = survey.parents[index]
    while parent is not None:
        above.append(parent)
        parent = survey.parents[parent]
    at = item.content
    for amount in find_amounts(whole, item.content, item.end):
        start = begins = _label_start(survey, at, amount)
        behind = _NAME_BEHIND.match(whole.string, amount.end, item.end)
        label = _label(whole.flat(start, amount.start))
        if behind and not _names_payer(label):
            start, label = amount.start, _label(behind["name"])
        head, colon, last = label.rpartition(": ")  # Về vốn được giao trong năm: Vốn trung ương
        _, more, middle = head.rpartition(": ")  # … huy động: ngân sách trung ương: vốn đầu tư phát triển
        if more and _names_payer(_label(middle)):
            label = f"{_label(middle)}: {_label(last)}"
        elif colon and _LEADS_IN.search(fold(head)) and _names_payer(_label(last)):
            label = _label(last)
        at = behind.end() if behind and start == amount.start else amount.end
        if not _left_out(survey, begins, amount, item.end):
            yield Sum(amount, start, label, index, tuple(above))


def _label_start(survey: Survey, at: int, amount: Amount) -> int:
    """Where the words that name an amount begin: behind the last mark that closes another entry."""
    before = survey.whole.string[at : amount.start]
    cuts = [m.end() for m in re.finditer(r";\s|\.\s+(?=[^\d\W])|(?:trong đó|gồm|cụ thể)\s*:?\s", before)]
    opening = before.rfind("(")
    if opening >= 0 and ")" not in before[opening:]:
        cuts.append(opening + 1)
    return at + max(cuts, default=0)


def _label(text: str) -> str:
    """A source's name: one line, without brackets and verbs.

    >>> _label("; Vốn sự nghiệp (năm 2022 chuyển sang) là "), _label("Ngân sách tỉnh: Kế hoạch giao")
    ('Vốn sự nghiệp', 'Ngân sách tỉnh')
    """
    text = _BRACKETS.sub("", " ".join(text.split()))
    text = text[_span(_HEAD.match(fold(text)))[1] :]
    name = text[: _span(_TAIL.search(fold(text)))[0]].strip(" ,;:.-–+~")
    done = _DONE.fullmatch(fold(name))
    return name[: done.end("name")] if done else name


def _span(match: re.Match[str] | None) -> tuple[int, int]:
    return match.span() if match else (0, 0)


def _left_out(survey: Survey, start: int, amount: Amount, end: int) -> bool:
    """Sums spent, and amounts a head or a month."""
    whole = survey.whole
    stop = re.compile(r"[,;(]|\.\s|\n(?=\s*[A-ZĐ])").search(whole.string, amount.end, end)
    if find_phrases(whole, "funding_spent", start, min(amount.end + 24, stop.start() if stop else end)):
        return True
    return re.match(r"\s*/\s*(?:nguoi|nam|ha|ho|thang|xa)", whole.flowing[amount.end : amount.end + 10]) is not None


def _names_source(label: str) -> bool:
    """Do these words name who gives? `Trong năm đã huy động` only leads in the sources that follow."""
    key = fold(label)
    return SOURCE.search(key) is not None and _LEADS_IN.search(key) is None


def _is_told(survey: Survey, told: Sequence[Sum], k: int) -> bool:
    """Is this amount an entry: no total, no part of a bracket that only explains, with words that name a source?"""
    one = told[k]
    if one.parts or not one.label or len(one.label.split()) > LONGEST:
        return False
    if one.within is None and one.inside is not None and _names_source(told[one.inside].label):
        return False
    if one.within is not None:
        return True
    if _LEADS_IN.search(fold(one.label)):
        return False
    headed = any(find_phrases(survey.whole, "funding", item.content, item.end) for item in survey.above(one.item))
    return _names_source(one.label) or (headed and not _leads_on(told, k))


def _leads_on(told: Sequence[Sum], k: int) -> bool:
    """`Kế hoạch vốn là 22.398 triệu đồng, cụ thể:`: an amount that only leads to the next ones."""
    return told[k].odd or (k + 1 < len(told) and told[k].item in told[k + 1].above)


def _entry(survey: Survey, told: Sequence[Sum], k: int) -> FundingDraft | None:
    one = told[k]
    source, item = _named(survey, told, one)
    field = survey.whole.field(one.amount.vnd, one.amount.start, one.amount.end, "amount", factor=0.98)
    if one.amount.odd:
        field = field.doubt("points and commas stand the English way, or a word before the figures was misread")
    if one.amount.vnd < LEAST:
        field = field.doubt("so little is hardly meant: its scale or a figure may be lost", 0.6)
    if one.odd:
        field = field.doubt("what is listed below does not add up to it", 0.7)
    return FundingDraft(source, item, field, _label_field(survey, one, source, item))


def _label_field(survey: Survey, one: Sum, source: str, item: str | None) -> Field[str] | None:
    """The evidence of the words that name an amount; in doubt where they hold what no name of a source does."""
    whole = survey.whole
    if one.start >= one.amount.start:  # the name stands behind the amount
        return None
    field = whole.field(source, one.start, one.amount.start, "funding_source", factor=0.98)
    odd = _ODD_LABEL.search(f"{source} {item or ''}")
    wrong = f"{odd[0]!r} stands in the name" if odd else damage(source) or damage(item or "")
    return field.doubt(wrong, 0.7) if wrong else field


def _named(survey: Survey, told: Sequence[Sum], one: Sum) -> tuple[str, str | None]:
    """Source and item. The total that an amount is part of is its source, if that is part of a greater one or names
    who gives; else the words before a colon, or the heading above."""
    total = told[one.within] if one.within is not None else None
    if total is not None and _is_source(told, total):
        return _last_half(total.label), one.label
    halves = [_label(part) for part in re.split(r":\s", one.label)]
    halves = halves[-2:] if len(halves) > 2 and _names_payer(halves[-2]) else halves
    if len(halves) == 2 and all(halves):
        leads = _names_source(halves[1]) and not _names_payer(halves[0])
        return (halves[1], None) if leads else (halves[0], halves[1])
    turned = _ITEM_FIRST.fullmatch(one.label)
    if turned:
        return turned["source"], turned["item"]
    shared = _shared(survey, told, one) or _opening(survey, one)
    above = shared or _heading(survey, one)
    return (above, one.label) if above else (one.label, None)


def _names_payer(label: str) -> bool:
    """`Ngân sách tỉnh`, not `Năm 2026, ba xã được bố trí` and `Huy động trong 9 tháng`."""
    key = fold(label)
    return _names_source(label) and _GENERAL.match(key) is None


def _is_source(told: Sequence[Sum], total: Sum) -> bool:
    """Is a total itself a source? One that is part of a greater total is; else it must name one, and nothing general:
    where payers add up to `Kế hoạch vốn`, they are the sources."""
    if total.within is not None:
        return bool(total.label)
    key = fold(total.label)
    paid = any(PAYER.search(fold(told[part].label)) for part in total.parts)
    payer = PAYER.search(key) is not None and _ANY_BUDGET.search(key) is None
    return _names_source(total.label) and (not paid or payer or _POT.match(key) is not None)


def _last_half(label: str) -> str:
    return _label(label.rpartition(": ")[2]) or label


def _shared(survey: Survey, told: Sequence[Sum], one: Sum) -> str | None:
    """`Ngân sách trung ương: vốn đầu tư 5 tỷ đồng; vốn sự nghiệp 3 tỷ đồng`: one source for both."""
    if _names_payer(one.label) and PAYER.search(fold(one.label)):  # …; ngân sách xã: a source of its own
        return None
    before = [other for other in told if other.item == one.item and other.amount.start < one.amount.start]
    for other in reversed(before):
        head, colon, _ = other.label.partition(": ")
        if colon and _names_payer(_label(head)) and "." not in survey.whole.string[other.amount.end : one.start]:
            return _label(head)
    return None


def _opening(survey: Survey, one: Sum) -> str | None:
    """`1. Ngân sách Trung ương, gồm: vốn đầu tư 63 tỷ đồng, vốn sự nghiệp …`: what an item or a clause opens with."""
    item, text = survey.items[one.item], survey.whole.flowing
    opens = _OPENS_ITEM.match(text, item.content, one.amount.start)
    if opens is None and not PAYER.search(fold(one.label)):
        clause = max(item.content, *(text.rfind(stop, item.content, one.amount.start) for stop in ("; ", ". ")))
        opens = _OPENS_CLAUSE.search(text, clause, one.amount.start)
    if opens is None:
        return None
    name = _label(survey.whole.flat(*opens.span("name")))
    return name if _names_payer(name) and PAYER.search(fold(name)) else None


def _heading(survey: Survey, one: Sum) -> str | None:
    """The item above, where it names a source: `a) Ngân sách trung ương:` and bullets below it."""
    if not one.above:
        return None
    parent = survey.items[one.above[0]]
    amount = next(find_amounts(survey.whole, parent.content, parent.end), None)
    name = _label(survey.whole.flat(parent.content, amount.start if amount else parent.end))
    inner = 3 <= parent.depth < PLAIN or (amount is not None and parent.depth != PLAIN)
    # 1. Ngân sách Trung ương: with bullets below it
    bare = amount is None and survey.whole.string[parent.content : parent.end].rstrip().endswith(":")
    inner = inner or (bare and PAYER.search(fold(name)) is not None and _GENERAL.match(fold(name)) is None)
    return (
        name
        if inner and len(name) < 90 and _names_source(name) and _of_money(survey, parent.content, parent.end)
        else None
    )


def _of_money(survey: Survey, start: int, end: int) -> bool:
    return bool(find_phrases(survey.whole, "funding", start, end))
