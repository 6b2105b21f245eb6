"""The words that name an amount of money: before it, behind it, or a payer there and what for here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.ntm.figures.money import Amount
from extract.ntm.funding.labels import GENERAL, KIND, LEADS_IN, label_of, names_payer, own_words
from extract.ntm.funding.payers import PAYER
from extract.ntm.funding.works import is_for, work_behind
from extract.ntm.survey import Survey
from normalize.fold import fold
from normalize.letters import UPPER

# Đường trục xã Tân Khánh: 3,2 tỷ đồng (ngân sách huyện)
_PAID_BY = re.compile(r"\s*\((?P<name>[^()\d]{4,60})\)")
# lấy từ hai nguồn: (1) ngân sách tỉnh … · Phân theo nguồn: ngân sách tỉnh … · Để trả nợ, ngân sách huyện bố trí …
_MARK = re.compile(
    r"\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s|[Tt]heo\s+(?:các\s+)?nguồn(?:\s+vốn)?\s*:\s|(?<!\w)Để\s[^,;.:]{3,60},\s"
)
_CLOSES = re.compile(r";\s|\.\s+(?=[^\d\W])|(?:[Tt]rong\s+đó|[Gg]ồm(?:\s+có)?|[Cc]ụ\s+thể)\s*[:,]?\s")  # another entry
_BELOW_ROW = re.compile(r"\d\n(?=\s*(?:Vốn|Ngân sách|Nguồn|Kinh phí|Tổng)\s)")  # a row of a table ends in a figure
# do con em xa quê ủng hộ: the verb behind who gives
_GIVES = re.compile(r"\s+(?:đóng góp|góp|ủng hộ|tài trợ|hỗ trợ|bố trí|đối ứng|gửi về|huy động)$")
# ngân sách Trung ương (vốn đầu tư phát triển 27.315 triệu đồng, vốn sự nghiệp 8.640 triệu đồng): a payer and its kinds
_BRACKETED = re.compile(rf"(?P<payer>[^;:,.()\d]{{5,60}}?)\s*\(\s*(?P<kind>{KIND.pattern})\s*:?\s*$")
# được phân bổ 15.320 triệu đồng từ nguồn vốn ngân sách trung ương; 4.500 triệu đồng của …: the name stands behind
# 12,8 tỷ đồng từ ngân sách tỉnh để khắc phục …
# 3.520 triệu đồng, tất cả là vốn sự nghiệp · 5.300 triệu đồng ngân sách tỉnh và bố trí 2.150 triệu đồng ngân sách huyện
_NAME_BEHIND = re.compile(
    r"\s*(?:(?:từ|bằng|của|thuộc|do)\s+(?:nguồn\s+)?|"
    r",\s*(?:lấy\s+)?(?:từ|bằng|do)\s+(?:nguồn\s+)?(?=(?:vốn|ngân sách|nhân dân|doanh nghiệp|xã hội hóa)\s)|"
    r",\s*(?:tất cả|toàn bộ)\s+(?:đều\s+)?(?:là\s+)?(?=vốn\s)|(?=(?:vốn|ngân sách)\s))(?P<name>[^;,.()\d:]{4,80}?)"
    r"(?=\s*(?:[;,.():]|(?:để|nhằm)\s|và\s+(?:[^\W\d]+\s+){0,3}\d|$|\n\s*[-+]))"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words that name an amount, as `payer: item` where they name both; where they begin, where they or the amount
    end."""

    label: str
    start: int
    end: int


def words_of(survey: Survey, begins: int, amount: Amount, stop: int) -> Words:
    """What names an amount: the words before it, or behind it, or one there and one here."""
    whole = survey.whole
    before = own_words(whole.flat(begins, amount.start))
    behind = _NAME_BEHIND.match(whole.string, amount.end, stop)
    paid = _PAID_BY.match(whole.string, amount.end, stop)
    opened = _BRACKETED.search(" ".join(whole.string[max(0, begins - 70) : amount.start].split()))
    if opened and names_payer(payer := own_words(opened["payer"])):
        return Words(f"{payer}: {opened['kind']}", begins, amount.end)
    if behind and KIND.fullmatch(" ".join(behind["name"].split())) and names_payer(before):
        # ngân sách trung ương giao 13.900 triệu đồng vốn đầu tư
        return Words(f"{before}: {label_of(behind['name'])}", begins, behind.end())
    if behind and KIND.fullmatch(before) and PAYER.search(fold(behind["name"])):
        # vốn sự nghiệp 3 tỷ đồng do ngân sách tỉnh bố trí
        return Words(f"{_GIVES.sub('', label_of(behind['name']))}: {before}", begins, behind.end())
    work = work_behind(survey, amount.end, stop)
    if work and (names_payer(before) or not before):
        label, start = (f"{before}: {work[0]}", begins) if before else (work[0], amount.start)
        return Words(label, start, work[1])
    named = whole.string[begins : amount.start].rstrip().endswith(":") and is_for(before)
    if behind and named and PAYER.search(fold(behind["name"])):
        # Nhà tập luyện đa năng: 48,5 tỷ đồng từ ngân sách tỉnh
        return Words(_led(f"{label_of(behind['name'])}: {before}"), begins, behind.end())
    if behind and not names_payer(before):
        return Words(_led(_GIVES.sub("", label_of(behind["name"]))), amount.start, behind.end())
    if paid and before and not PAYER.search(fold(before)) and PAYER.search(fold(paid["name"])):
        return Words(_led(f"{label_of(paid['name'])}: {before}"), begins, amount.end)
    return Words(_led(before), begins, amount.end)


def _led(label: str) -> str:
    """A label without the halves that only lead to the last ones."""
    head, colon, last = label.rpartition(": ")  # Về vốn được giao trong năm: Vốn trung ương
    _, more, middle = head.rpartition(": ")  # … huy động: ngân sách trung ương: vốn đầu tư phát triển
    if more and names_payer(label_of(middle)):
        return f"{label_of(middle)}: {label_of(last)}"
    leads = colon and (LEADS_IN.search(fold(head)) or GENERAL.match(fold(head))) and names_payer(label_of(last))
    return label_of(last) if leads else label


def label_start(survey: Survey, at: int, amount: Amount) -> int:
    """Where the words that name an amount begin: behind the last mark that closes another entry."""
    before = survey.whole.string[at : amount.start]
    cuts = [m.end() for m in _CLOSES.finditer(before)]
    cuts += [m.end() for m in re.finditer(rf"(?:như\s+sau|sau\s+đây)\s*:\s|:\s*\n(?=\s*[{UPPER}])", before)]
    cuts += [m.end() for m in _MARK.finditer(before)]
    cuts += [m.end() for m in _BELOW_ROW.finditer(before)]
    opening = before.rfind("(")
    named = PAYER.search(fold(before[max(0, opening - 40) : max(0, opening)]))  # ngân sách tỉnh (4.150 triệu đồng)
    if opening >= 0 and ")" not in before[opening:] and (before[opening + 1 :].strip() or not named):
        cuts.append(opening + 1)
    return at + max(cuts, default=0)
