"""The words that name a source of money: without what leads to them, brackets and verbs."""

from __future__ import annotations

import re

from extract.ntm.funding.payers import PAYER, SOURCE
from extract.words.phrases import word_pattern
from normalize.fold import fold

# what leads from a name to its amount: `Ngân sách tỉnh hỗ trợ là`; `ba cấp` is a name; folded
_TAIL = re.compile(
    rf"[\s:,(–-]*(?:(?<!\w)(?:{word_pattern('gives')}|(?<!cac )(?<!ba )(?<!3 )cap|nam 20\d\d|ca nam|"
    r"(?:chiem\s+)?\d[\d.,]*\s*%|bang|trong do|bao gom|cu the|chia ra|nhu sau)(?!\w)[\s:,(–-]*)*$"
)
# Năm 2013 ngân sách Trung ương cho huyện · còn vốn dân góp: who gives right behind what only leads to it; folded
_OF_VON = r"von\s+(?:dan|tin\s+dung|vay|doanh\s+nghiep|su\s+nghiep|dau\s+tu)"
_GIVES_NEXT = rf"(?=\s+(?:{word_pattern('payers')}|{_OF_VON})(?!\w))"
_HEAD = re.compile(
    r"^[\s:;,.()+•*~–-]*(?:\d{1,2}\s*[/)]\s+)?(?:[a-z]\s+(?=(?:ngan sach|von|nguon)\s))?"
    r"(?:(?:trong do|(?:bao )?gom co|gom|bao gom|chia ra|phan ra|chia theo nguon|tu|va|cu the|"
    r"(?:mot|hai|ba|bon|nam)\s+la(?=\s+(?:ngan sach|von|nguon|nhan dan|doanh nghiep|tin dung)\b)|"
    r"con lai(?:\s+la)?|"
    r"trong\s+(?:nam|ky|\d{1,2}\s+thang)(?:\s+dau\s+nam)?(?=\s*,)|ngoai\s+ra|rieng(?:\s+ve\s+tien)?|phan|cung\s+voi|ngoai|do|la|"
    rf"(?:(?:trong|den\s+het)\s+)?nam\s+(?:20\d\d|nay|qua){_GIVES_NEXT}|(?:(?:tu\s+)?dau\s+nam\s+)?den\s+nay{_GIVES_NEXT}|"
    rf"con(?!\s+em){_GIVES_NEXT}|"
    r"nguon(?!\s+(?:xa\s+hoi\s+hoa|huy\s+dong|hop\s+phap|khac|van\s+dong|vuot\s+thu|su\s+nghiep|thu(?!\w)))|nam\s+20\d\d(?=\s*[,:])|cua|bang|ve|"
    r"kinh phi(?=\s+(?:tu\s+)?(?:ngan sach|von|nguon)))(?!\w)[\s:,]+)*(?:[–-]\s*)?"
)
# xã được giao ngân sách tỉnh 1.150 triệu đồng
_GIVEN = re.compile(
    r"(?:xã|huyện|tỉnh|địa phương)\s+(?:đã\s+)?được\s+(?:giao|cấp|phân bổ|bố trí|hỗ trợ|bổ sung)(?:\s+từ)?\s+(?=\w)"
)
_BARE = re.compile(
    r"(?:va|con|con lai|trong do|gom|cung|hon|tren|khoang)(?:\s+(?:la|hon|khoang|tren))?"
)  # no name at all
_WHO_GETS = re.compile(
    r",\s+(?:huyện|tỉnh|xã|thị xã|thành phố)\s+(?:đã\s+)?được\s[^:]*$"
)  # Từ ngân sách trung ương, huyện được phân bổ
# Vốn ngân sách Trung ương giao năm 2023 cho Chương trình: what is done with it is no part of its name
_DONE = re.compile(
    r"(?P<name>[^:]*\b(?:ngan sach (?:trung uong|nha nuoc|dia phuong|(?:cap )?(?:tinh|huyen|xa|thanh pho|thi xa))|"
    r"von tin dung))\s+(?:giao|cap|ho tro|bo tri|phan bo|cho|rot|lo|them)(?!\w)[^:]*(?P<for>:.*)?"
)
KIND = re.compile(r"[vV]ốn (?:đầu tư(?: phát triển)?|sự nghiệp(?: kinh tế)?|đối ứng|ĐTPT|SN)")
# Ngân sách tỉnh (vốn đầu tư): 9.250 triệu đồng
_OF_KIND = re.compile(rf"\(\s*(?P<kind>{KIND.pattern})\s*\)")
# words that only lead in sources: Năm 2026, ba xã · Huy động trong 9 tháng · Kế hoạch vốn 2015 của huyện
GENERAL = re.compile(
    r"(?:nam 20\d\d|huy dong|von (?:huy dong|thuc hien|nam 20\d\d|cho|bo tri cho|phan bo)|kinh phi huy dong|trong|"
    r"(?:von )?ke hoach|du kien|nhu cau|so von|tong|"
    r"nguon von(?! (?:tin dung|long ghep|ngan sach|doanh nghiep|nhan dan|dan)\b)|nguon luc)\b"
)
# Bổ sung từ ngân sách tỉnh số tiền · huyện được ngân sách tỉnh cấp · dự kiến có vốn đấu giá · vận động nhân dân; folded
_TOWARDS = re.compile(
    r"(?P<lead>[^:;()]*?(?<!\w)(?:tu|duoc|co|van dong|keu goi|huy dong|trich|su dung|da bo tri|da phan bo))"
    r"(?:\s+(?:hai|ba|bon|cac)?\s*nguon)?\s+"
    r"(?=(?:ngan sach|von|tin dung|doanh nghiep|nhan dan|trai phieu)(?!\w))"
)
# Đất 46.280 m2, trị giá · Nhân dân hiến 5.200 m2 đất, trị giá: how much of it was given, before what it is worth
_QUANTITY = re.compile(
    r"\s+(?:(?:hiến|góp|đóng góp)\s+)?\d[\d.,]*\s*(?:m2|m²|ha|km|ngày\s+công|công)(?:\s+(?:đất|lao\s+động))?[\s,]*"
    r"(?:(?:trị\s+giá|quy\s+(?:đổi|ra|thành)|tương\s+đương|ước|thành\s+tiền|giá\s+trị)(?!\w).*)?$"
)
# nhân dân góp bằng tiền và ngày công quy ra: how it was given, before what it is worth
_IN_KIND = re.compile(
    r"(?P<gift>\s+(?:đóng\s+)?góp)\s+(?:bằng\s+)?(?:tiền|ngày\s+công|đất|hiện\s+vật|công|của)(?!\w)[^:;()]*?\s"
    r"(?:trị\s+giá|quy\s+(?:đổi|ra|thành)|tương\s+đương|thành\s+tiền)(?!\w).*$"
)
# doanh nghiệp tài trợ 500 triệu đồng: a verb, not the name `Doanh nghiệp tài trợ: 500 triệu đồng`
_VERB = re.compile(r"^(?P<name>(?![Vv]ốn\s).+?)(?<!vốn)\s+(?:tài\s+trợ|đối\s+ứng|gửi\s+về|cân\s+đối|đầu\s+tư)\s*$")
# ngân sách huyện đối ứng, doanh nghiệp tài trợ: names of kinds of money, as nhân dân đóng góp is; folded
_LETTER = re.compile(r"^[a-zđ]\)\s*")
_KIND_OF_MONEY = re.compile(r"(?<!\w)(?:ngan sach(?:\s+\w+){1,4}?\s+doi ung|doanh nghiep\s+tai tro)\s*$")
# letters that no pattern of verbs and leads may take for others: đất is no đạt, chợ no cho;
# `Nguồn vốn tín dụng` keeps its Nguồn
_KEPT = re.compile(r"(?<!\w)(?:(?:[đĐ]ất|[cC]h[ợỗóờở]|[lL][òôỗọ]|[tT]hềm)(?!\w)|Nguồn(?=\s+vốn\s))")
# Vốn doanh nghiệp hỗ trợ (xi măng): · Doanh nghiệp hỗ trợ: before a colon it is a name
_SUPPORT = re.compile(
    r"[\s\W]*(?P<name>(?:[vV]ốn\s[^:;,()]+|[dD]oanh\s+nghiệp|[tT]rung\s+ương|[tT]ỉnh)\s+hỗ\s+trợ)\s*(?:\([^)]*\)\s*)?:$"
)
MISREAD_VON = r"(?<!\w)([vV])[oôơồổỗờỏ]n(?!\w)"  # Vồn ủy thác
_VON = re.compile(rf"{MISREAD_VON}(?=\s+(?:ngân|ủy|vay|tín|đầu|sự|đối|lồng|dân|nhân|doanh|huy|xã)(?!\w))")
_OF_PROVINCE = re.compile(r"(?<=ân sách )t[iìíĩị]nh(?!\w)")  # ngân sách tính
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
LEADS_IN = re.compile(
    r"(?<!\w)(?:da|duoc|nham) huy dong|(?<!\w)(?:trong nam|tong)(?!\w)|"
    r"(?<!\w)(?:da|duoc)\s+(?:thong nhat|quyet dinh|thong qua)(?!\w)|(?<!\w)van dong duoc(?: cac)? (?:khoan|nguon)|"
    r"^(?:cong(?!\s+(?:dong|ty|chao|lang|truong|trinh))|toan (?:huyen|xa|tinh))(?!\w)"
)


def own_words(text: str) -> str:
    """The words that name an amount, without what only leads to them.

    >>> own_words("Riêng về tiền, ngân sách huyện bố trí "), own_words("Ngân sách tỉnh (vốn đầu tư): ")
    ('ngân sách huyện', 'Ngân sách tỉnh: vốn đầu tư')
    """
    kind = _OF_KIND.search(text)
    label = label_of(giver(text) or text)
    *leads, last = label.split(", ")
    if leads and names_payer(label_of(last)) and not any(PAYER.search(fold(lead)) for lead in leads):
        label = label_of(last)
    return f"{label}: {kind['kind']}" if kind and PAYER.search(fold(label)) else label


def label_of(text: str) -> str:
    """A source's name: one line, without brackets and verbs.

    >>> label_of("; Vốn sự nghiệp (năm 2022 chuyển sang) là "), label_of("Ngân sách tỉnh: Kế hoạch giao")
    ('Vốn sự nghiệp', 'Ngân sách tỉnh')
    >>> label_of("Vốn doanh nghiệp hỗ trợ (xi măng): "), label_of("ngân sách tỉnh hỗ trợ ")
    ('Vốn doanh nghiệp hỗ trợ', 'ngân sách tỉnh')
    """
    text = _VON.sub(lambda word: f"{word[1]}ốn", " ".join(text.split()))
    text = _OF_PROVINCE.sub("tỉnh", text)
    if (noun := _SUPPORT.match(text)) is not None:
        return noun["name"]
    text = text if text.endswith(":") else _IN_KIND.sub(r"\g<gift>", text)  # before a colon it is the name as printed
    text = _QUANTITY.sub("", _WHO_GETS.sub("", _BRACKETS.sub("", text)))
    text = text[_span(_HEAD.match(_masked(text)))[1] :]
    text = text[_span(_towards(text))[1] :]
    text = text[_span(_GIVEN.match(text))[1] :]
    name = text[: _span(_TAIL.search(_masked(text)))[0]].strip(" ,;:.-–+~")
    if _BARE.fullmatch(fold(name)):
        return ""
    done = _DONE.fullmatch(fold(name))
    return name[: done.end("name")] + name[slice(*done.span("for"))] if done else name


def _masked(text: str) -> str:
    return fold(_KEPT.sub(lambda word: "_" * len(word[0]), text))


def _towards(text: str) -> re.Match[str] | None:
    """What leads to the words for a payer, where it names none itself and no colon makes a name of it:
    `Vốn huy động từ nhân dân` is one, and `Huy động từ nhân dân và cộng đồng:`."""
    lead = None if text.rstrip().endswith(":") else _TOWARDS.match(fold(text))
    return None if lead is None or SOURCE.search(re.sub(r"\bho tro\b", "", lead["lead"])) else lead


def _span(match: re.Match[str] | None) -> tuple[int, int]:
    return match.span() if match else (0, 0)


def names_source(label: str) -> bool:
    """Do these words name who gives? `Trong năm đã huy động` only leads in the sources that follow."""
    key = fold(label)
    return SOURCE.search(key) is not None and LEADS_IN.search(key) is None


def giver(text: str) -> str | None:
    """The name from which a verb of giving leads to an amount: `Vietcombank Chi nhánh Đồng Nai tài trợ `."""
    found = _VERB.match(text)
    return found["name"] if found and not _KIND_OF_MONEY.search(fold(text)) else None


def names_payer(label: str) -> bool:
    """`Ngân sách tỉnh`, not `Năm 2026, ba xã được bố trí` and `Huy động trong 9 tháng`."""
    key = fold(label)
    return names_source(label) and GENERAL.match(key) is None


def without_letter(label: str) -> str:
    """A label without the letter of its row.

    >>> without_letter("a) Vốn lồng ghép"), without_letter("Vốn theo điểm a) khoản 2")
    ('Vốn lồng ghép', 'Vốn theo điểm a) khoản 2')
    """
    return _LETTER.sub("", label)
