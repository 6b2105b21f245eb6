"""The words that name a source of money: without what leads to them, brackets and verbs."""

from __future__ import annotations

import re

from extract.ntm.funding.payers import PAYER, SOURCE
from extract.words.phrases import word_pattern
from normalize.fold import fold

# what leads from a name to its amount: `Ngân sách tỉnh hỗ trợ là`; `ba cấp` is a name; folded
_TAIL = re.compile(
    rf"[\s:,(–-]*(?:(?<!\w)(?:{word_pattern('gives')}|(?<!cac )(?<!ba )(?<!3 )cap|nam 20\d\d|"
    r"(?:chiem\s+)?\d[\d.,]*\s*%|bang)(?!\w)[\s:,(–-]*)*$"
)
_HEAD = re.compile(
    r"^[\s:;,.()+•*~–-]*(?:[a-z]\s+(?=(?:ngan sach|von|nguon)\s))?(?:(?:trong do|gom|bao gom|tu|va|cu the|"
    r"con lai(?:\s+la)?|"
    r"trong\s+(?:nam|ky)(?=\s*,)|ngoai\s+ra|rieng(?:\s+ve\s+tien)?|phan|cung\s+voi|ngoai|do|la|"
    r"nguon(?!\s+xa\s+hoi\s+hoa)|nam\s+20\d\d(?=\s*[,:])|cua|bang|ve|"
    r"kinh phi(?=\s+(?:tu\s+)?(?:ngan sach|von|nguon)))(?!\w)[\s:,]+)*(?:[–-]\s*)?"
)
_BARE = re.compile(
    r"(?:va|con|con lai|trong do|gom|cung|hon|tren|khoang)(?:\s+(?:la|hon|khoang|tren))?"
)  # no name at all
_WHO_GETS = re.compile(
    r",\s+(?:huyện|tỉnh|xã|thị xã|thành phố)\s+(?:đã\s+)?được\s[^:]*$"
)  # Từ ngân sách trung ương, huyện được phân bổ
# Vốn ngân sách Trung ương giao năm 2023 cho Chương trình: what is done with it is no part of its name
_DONE = re.compile(
    r"(?P<name>.*\bngan sach (?:trung uong|nha nuoc|dia phuong|(?:cap )?(?:tinh|huyen|xa|thanh pho|thi xa)))\s+"
    r"(?:giao|cap|ho tro|bo tri|phan bo|cho)(?!\w).*"
)
KIND = re.compile(r"[vV]ốn (?:đầu tư(?: phát triển)?|sự nghiệp(?: kinh tế)?|đối ứng|ĐTPT|SN)")
# Ngân sách tỉnh (vốn đầu tư): 9.250 triệu đồng
_OF_KIND = re.compile(rf"\(\s*(?P<kind>{KIND.pattern})\s*\)")
# words that only lead in sources: Năm 2026, ba xã · Huy động trong 9 tháng · Kế hoạch vốn 2015 của huyện
GENERAL = re.compile(
    r"(?:nam 20\d\d|huy dong|von (?:huy dong|thuc hien|nam 20\d\d|cho|bo tri cho)|kinh phi huy dong|trong|"
    r"(?:von )?ke hoach|tong|nguon von|nguon luc)\b"
)
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
LEADS_IN = re.compile(
    r"(?<!\w)(?:da|duoc|nham) huy dong|(?<!\w)(?:trong nam|tong)(?!\w)|"
    r"^(?:cong(?!\s+dong)|toan (?:huyen|xa|tinh))(?!\w)"
)


def own_words(text: str) -> str:
    """The words that name an amount, without what only leads to them.

    >>> own_words("Riêng về tiền, ngân sách huyện bố trí "), own_words("Ngân sách tỉnh (vốn đầu tư): ")
    ('ngân sách huyện', 'Ngân sách tỉnh: vốn đầu tư')
    """
    kind = _OF_KIND.search(text)
    label = label_of(text)
    *leads, last = label.split(", ")
    if leads and names_payer(label_of(last)) and not any(PAYER.search(fold(lead)) for lead in leads):
        label = label_of(last)
    return f"{label}: {kind['kind']}" if kind and PAYER.search(fold(label)) else label


def label_of(text: str) -> str:
    """A source's name: one line, without brackets and verbs.

    >>> label_of("; Vốn sự nghiệp (năm 2022 chuyển sang) là "), label_of("Ngân sách tỉnh: Kế hoạch giao")
    ('Vốn sự nghiệp', 'Ngân sách tỉnh')
    """
    text = _WHO_GETS.sub("", _BRACKETS.sub("", " ".join(text.split())))
    text = text[_span(_HEAD.match(fold(text)))[1] :]
    name = text[: _span(_TAIL.search(fold(text)))[0]].strip(" ,;:.-–+~")
    if _BARE.fullmatch(fold(name)):
        return ""
    done = _DONE.fullmatch(fold(name))
    return name[: done.end("name")] if done else name


def _span(match: re.Match[str] | None) -> tuple[int, int]:
    return match.span() if match else (0, 0)


def names_source(label: str) -> bool:
    """Do these words name who gives? `Trong năm đã huy động` only leads in the sources that follow."""
    key = fold(label)
    return SOURCE.search(key) is not None and LEADS_IN.search(key) is None


def names_payer(label: str) -> bool:
    """`Ngân sách tỉnh`, not `Năm 2026, ba xã được bố trí` and `Huy động trong 9 tháng`."""
    key = fold(label)
    return names_source(label) and GENERAL.match(key) is None
