"""Who issued a cited document, as the sentence around it says."""

from __future__ import annotations

import re

from extract.citations.bodies import BODY, HOLDER, is_body, issuer_end, runs_on
from extract.reading import Reading

# what documents are called where several are told of, folded
KINDS = (
    r"(?:quyet\s+dinh|nghi\s+dinh|nghi\s+quyet|thong\s+tu|cong\s+van|to\s+trinh|ke\s+hoach|van\s+ban|thong\s+bao|"
    r"bao\s+cao|huong\s+dan|chi\s+thi|cong\s+dien|ket\s+luan)"
)
_NOT_OF = re.compile(r"(?<!\w)[cC]ửa(?!\w)")
# Bộ trưởng Bộ Y tế, Bộ trưởng Bộ Quốc phòng
_JOINED = re.compile(r"\s*(?:,|[-–]|,?\s+va)\s+")
_ASIDE = re.compile(r"\s*[-–,]\s+[cC]o\s+quan\s+thuong\s+truc\b")
# ngày   tháng 12 năm 2023 của HĐND xã · cùng năm 2021, của Trung ương: a day left open, or a year alone
_UNDATED = (
    r"(?:\s*,?\s*(?:cung\s+)?(?:ngay[\s.…_]*)?(?:thang[\s.…_]*\d{0,2}\s*)?(?:/?\s*\d{0,2}\s*/\s*|nam\s+)(?:19|20)\d\d)?"
)
# ngày 5/6 của UBND huyện: a day whose year is not told
_YEARLESS = r"(?:\s*,?\s*ngay\s+\d{1,2}(?:\s?/\s?|\s+thang\s+)\d{1,2}(?![\d/]))?"
# của UBND tỉnh · , đều của Chính phủ · bởi UBND tỉnh · do UBND huyện ban hành
_WHOSE = r"cua|boi|do(?=\s[^,.;()]{3,80}?\s(?:ban\s+hanh|ky|cap)\b)"
_OF = re.compile(rf"{_UNDATED}{_YEARLESS}[\s,]*\(?\s*(?:(?:tat\s+ca\s+)?(?:deu|cung)\s+)?(?:{_WHOSE})\s+")
_AT_DOCUMENT = re.compile(rf"\s+(?:tai|trong)\s+(?:cac\s+)?{KINDS}\s")
# được HĐND tỉnh thông qua ngày 9/12/2021 · (Chính phủ ban hành ngày 05/3/2020) · (Bộ Nội vụ, ngày 24/01/2019)
_PASSED_ON = re.compile(
    r"(?:[\s,]*\(?\s*(?:(?:da|vua|moi)\s+)?duoc\s+|\s*\(\s*)(?P<who>[A-Z][^,.;:()]{2,80}?)"
    r"(?:\s+(?:thong\s+qua|ban\s+hanh|phe\s+duyet|ky)(?:\s+vao)?|,)(?=\s+ngay\s+\d)"
)
# theo đề nghị của Giám đốc Sở Tài chính tại Công văn số · của UBND thị trấn Mộ Đức tại Tờ trình số
_BEFORE = re.compile(
    r"(?:cua|do)\s+(?P<who>(?:(?!\bcua\s|\bngay\s+\d|\d/|;|\.\s).){3,140}?)\s+(?:tai|trong|theo)(?:\s+noi\s+dung)?(?:\s+cac)?\s*$",
    re.S,
)
_BY = re.compile(r"\stheo(?:\s+noi\s+dung)?(?:\s+cac)?\s*\Z")
# của Chủ tịch UBND huyện Sóc Sơn và điều chỉnh tại · của Ban Chấp hành Đảng bộ huyện về đẩy mạnh xây dựng (Báo cáo số
_CLAUSE = re.compile(r"\s+(?:va\s+[a-z]+(?!\s+[A-Z])|ve\s|lam\s+viec\b)")
# Chủ tịch UBND tỉnh công nhận thêm xã Tây Phú đạt chuẩn (Quyết định số · but not: của Chủ tịch UBND huyện làm việc với
# các hộ dân theo Giấy mời số
_DECIDED = re.compile(
    r"\s+(?:da\s+)?(?:cong\s+nhan|phe\s+duyet|ban\s+hanh|quyet\s+dinh|thanh\s+lap|giao|cong\s+bo|chap\s+thuan|thong\s+qua|"
    r"quy\s+dinh)\b"
)
# Tại Công văn số 3390/STNMT-VPĐK, Sở Tài nguyên và Môi trường khẳng định
_SAYS = (
    r"khang\s+dinh|xac\s+nhan|de\s+nghi|de\s+xuat|kien\s+nghi|yeu\s+cau|chi\s+dao|giao|cho\s+rang|cho\s+biet|"
    r"bao\s+cao|ket\s+luan|thong\s+nhat|thong\s+bao|tra\s+loi|huong\s+dan|chap\s+thuan|cho\s+phep|y\s+kien|"
    r"nhan\s+dinh|neu|phe\s+duyet|quyet\s+dinh|dong\s+y|cong\s+nhan|cong\s+bo|phan\s+bo|bo\s+tri"
)
_SAID = re.compile(rf"\s*,\s*(?P<who>[A-Z][^,.;:()]{{1,90}}?)\s+(?:(?:da|cung|co|vua)\s+)*(?:{_SAYS})\b")
_SMALL_HEAD = re.compile(r"(?:phong|so|ban|chi\s+cuc|trung\s+tam|thanh\s+tra)\s+[A-Z]")
# … tại Văn bản số 4102 ngày 29/4/2020, Bộ Công an tại Văn bản số
# … tại Tờ trình số 62 ngày 9 tháng 7 và Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn tại Tờ trình số
_AND = re.compile(
    r"[\dA-Z]\s*(?:[,;]\s*(?:va\s+)?|,?\s+(?:va|cung)\s+)(?P<who>(?:Bo|Bo\s+truong|Giam\s+doc|Chu\s+tich|So|UBND|Uy\s+ban|Ban|Phong|Van\s+phong|"
    r"Chi\s+cuc|Truong)\s(?:(?!\bcua\s|\bngay\s+\d|;|\.\s).){2,120}?)\s+tai\s+(?:cac\s+)?$",
    re.S,
)
# đề nghị của UBND tỉnh Phú Yên (Tờ trình số · thẩm tra của Sở Y tế (Công văn số …), Sở Nội vụ (Công văn số
_BRACKET = re.compile(
    r"(?:(?:cua|do)\s+|[,;]\s*|\A\s*(?=[A-Z]))(?P<who>(?:(?!\bcua\s|[,;().]).){3,90}?)\s*\(\s*(?:tai\s+|theo\s+)?(?:cac\s+)?$",
    re.S,
)
# Sở Xây dựng, trong Công văn số … , cho rằng
_WITHIN = re.compile(r"(?:\A|,)\s*(?P<who>[A-Z][^,.;:()]{1,90}?),\s+(?:tai|trong)\s+(?:cac\s+)?\Z")
# theo đề nghị của Giám đốc Ban Quản lý dự án tại Đơn xin giao đất ngày D, Tờ trình số
_PROPOSED = re.compile(
    r"(?:de\s+nghi|de\s+xuat|y\s+kien|kien\s+nghi|bao\s+cao)\s+(?:[^;]{0,30}?\s)?cua\s+(?P<who>[^;]{3,140}?)\s+tai\s+[^;]{0,240}?$",
    re.S,
)
# đã được UBND huyện Mộ Đức thu hồi … tại Quyết định số · được Hội đồng nhân dân xã cho ý kiến tại Nghị quyết số
_DONE_BY = (
    r"phe\s+duyet|cong\s+nhan|thong\s+qua|ban\s+hanh|giao|thu\s+hoi|chap\s+thuan|quyet\s+dinh|"
    r"cho\s+phep|cong\s+bo|bo\s+tri|phan\s+bo|thanh\s+lap|cu\s+the\s+hoa|(?:cho|thong\s+nhat|gop)\s+y(?:\s+kien)?|duyet|"
    r"tham\s+dinh|tham\s+tra|thong\s+nhat|nhat\s+tri|xac\s+nhan|dong\s+y"
)
_PASSIVE = re.compile(
    rf"\b[dD]uoc\s+(?P<who>[^;,.]{{3,80}}?)\s+(?:{_DONE_BY})\b(?:(?!;|\.\s).){{0,240}}?(?:tai|theo|bang)\s+(?:cac\s+)?$",
    re.S,
)
_BEGINS = r"(?:^|[,;.:]\s*|\n|\bnghe\s+|\sva\s+(?=[A-Z]))(?:nghe\s+)?"  # Nghe Sở Tài chính báo cáo phương án
_SIGNS = r"ky(?=\s+(?:ban|quyet|cong|van|thong|ke|nghi|cac|hop)|\s*\Z)"  # Thủ tướng Chính phủ ký Quyết định số 861
# UBND tỉnh đã ban hành các Quyết định: Số 418 · Sở Nội vụ ban hành Hướng dẫn số
_ISSUES = (
    rf"(?:ban\s+hanh|co|phe\s+duyet|{_SIGNS}|thong\s+qua|gui|cong\s+nhan|chap\s+thuan|trinh\s+bay|trinh|bao\s+cao|lap|doc)\b"
    r"(?:(?!\bcua\s|;|\.\s).){0,240}?(?:tai\s+)?"
)
# Sở Tài chính đã lấy ý kiến các sở, ban, ngành tại Công văn số · Sở Tư pháp thẩm định tại Báo cáo số ·
# UBND huyện đã giao chỉ tiêu cho các xã tại Quyết định số
_ANSWERS = (
    r"(?:(?:lay|xin|cho|co)\s+y\s+kien|tham\s+dinh|tham\s+tra|gop\s+y|de\s+nghi|de\s+xuat|kien\s+nghi|thong\s+nhat|"
    r"tra\s+loi|cu\s+the\s+hoa|yeu\s+cau|quy\s+dinh|giao|phan\s+(?:bo|cong)|bo\s+tri|kien\s+toan)\b(?:(?!\bcua\s|;|\.\s).){0,160}?\b(?:tai|bang)\s+"
)
# Sở Tư pháp cũng nêu ý kiến này trong Báo cáo thẩm định số
_STATES = r"(?:neu|khang\s+dinh|xac\s+nhan|nhan\s+dinh|ket\s+luan)\b(?:(?!\bcua\s|;|\.\s).){0,160}?\b(?:tai|trong)\s+"
_ISSUED = re.compile(
    rf"{_BEGINS}(?P<who>(?:(?!\bnghe\s)[^\n,;.:()]){{2,80}}?(?:\n[^\n,;.:()]{{1,60}}?)??)\s+(?:(?:da|cung|vua|moi)\s+){{0,2}}"
    rf"(?:{_ISSUES}|{_ANSWERS}|{_STATES})(?:cac\s+)?$",
    re.S,
)
# đã có quyết định của UBND tỉnh công nhận xã … (Quyết định số: the document itself is told of before the bracket
_OWNED = re.compile(rf"\b{KINDS}\s+cua\s+$")
# UBND huyện báo cáo kết quả thực hiện Quyết định số: who carries a document out did not write it
_FOLLOWED = re.compile(r"\b(?:thuc\s+hien|trien\s+khai|theo|can\s+cu|quan\s+triet|chap\s+hanh)(?:\s+cac)?\s*\Z")
_ACTED = re.compile(r"\b(?:da|phoi\s+hop|ra\s+soat|to\s+chuc|tien\s+hanh|thuc\s+hien|bao\s+cao|kiem\s+tra)\b")
_BASIS = re.compile(r"(?:Can cu|Thuc hien|Theo|Xet|Tai|Trien khai|Tren co so|Sau khi|Qua|V\s*/\s*v|Ve)\b")


def _told(reading: Reading, start: int, end: int) -> str:
    """A stretch without marks, but for the words that only their marks tell from `của`: `Đồn Biên phòng cửa khẩu`."""
    text = reading.unmarked[start:end]
    for match in _NOT_OF.finditer(reading.string, start, end):
        text = text[: match.start() - start] + match[0] + text[match.end() - start :]
    return text


def issuer_after(reading: Reading, at: int, limit: int) -> tuple[int, int] | None:
    """The span of `X` where `của X` stands at `at`, or `được X thông qua ngày`."""
    lead = _OF.match(reading.folded, at, limit)
    if lead is None:
        return _passing(reading, at, limit)
    end = issuer_end(reading, lead.end(), limit)
    return (lead.end(), end) if end - lead.end() >= 2 and not _of_next(reading, lead, end) else None


def _of_next(reading: Reading, lead: re.Match[str], end: int) -> bool:
    """`…, của UBND xã Như Thụy tại Tờ trình số 36`: behind a comma, who wrote the document that follows."""
    return "," in lead[0] and _AT_DOCUMENT.match(reading.folded, end) is not None


def _passing(reading: Reading, at: int, limit: int) -> tuple[int, int] | None:
    """The body that is said to have passed the document on a day."""
    told = _PASSED_ON.match(reading.unmarked, at, limit)
    if told is None or not is_body(reading.flat(*told.span("who"))):
        return None
    return told.span("who") if issuer_end(reading, *told.span("who")) == told.end("who") else None


def issuers_after(reading: Reading, at: int, limit: int) -> tuple[int, int] | None:
    """The span of all who issued a document jointly: `của Bộ trưởng Bộ Y tế, Bộ trưởng Bộ Quốc phòng`."""
    first = issuer_after(reading, at, limit)
    if first is None:
        return None
    end = first[1]
    while (joint := _JOINED.match(reading.unmarked, end, limit)) and _holds_office(reading, joint.end()):
        end = issuer_end(reading, joint.end(), limit)
    return first[0], end


def _holds_office(reading: Reading, at: int) -> bool:
    key = reading.folded
    return reading.string[at : at + 1].isupper() and any(p.match(key, at) for p in (BODY, HOLDER))


def issuer_before(reading: Reading, sentence: int, at: int) -> tuple[int, int] | None:
    """The author that the sentence names before a document's type, which stands at `at`."""
    for pattern in (_PASSIVE, _BEFORE, _AND, _PROPOSED):
        match = pattern.search(_told(reading, sentence, at))
        # …, Phòng Kinh tế đã rà soát theo Quyết định số
        if match is not None and _says_more(reading, *_who(match, sentence)):
            continue
        if match is not None and _names_body(reading, sentence + match.start("who")):
            return _written_by(reading, *_who(match, sentence), strict=_BY.search(match[0]) is not None)
    told = _told(reading, sentence, at)
    match = _BRACKET.search(told) or _WITHIN.search(told)
    if match is not None and BODY.match(reading.folded, sentence + match.start("who")):
        start, end = _who(match, sentence)
        owned = _OWNED.search(reading.folded, sentence, start) is not None
        if owned:
            return start, min(end, issuer_end(reading, start, end))
        return _written_by(reading, start, end, strict=match.start() == 0)
    return None


def _says_more(reading: Reading, start: int, end: int) -> bool:
    """Does a stretch hold words that are no part of a body's name?"""
    return _ACTED.search(reading.folded, start, end) is not None or runs_on(reading.string[start:end])


def _written_by(reading: Reading, start: int, end: int, *, strict: bool) -> tuple[int, int] | None:
    """The body at [start, end), unless a clause stands behind its name that says nothing of writing; a `strict` one may
    have no word behind it that could end a name."""
    whole = issuer_end(reading, start, end)
    if whole >= end:
        return start, end
    if _DECIDED.match(reading.folded, whole, end):
        return start, whole
    return None if strict or _CLAUSE.match(reading.unmarked, whole, end) else (start, end)


def issuer_fronted(reading: Reading, head: int, end: int, limit: int) -> tuple[int, int] | None:
    """The subject behind `Tại Công văn số …`, which says what it wrote there."""
    if not reading.string[:head].rstrip().endswith("Tại"):
        return None
    told = _SAID.match(reading.unmarked, end, limit)
    if told is None or not is_body(reading.flat(*told.span("who"))):
        return None
    return told.span("who") if issuer_end(reading, *told.span("who")) == told.end("who") else None


def _names_body(reading: Reading, at: int) -> bool:
    """Does a capital, or a small letter and a capital behind it, begin a body's name here: phòng Kinh tế?"""
    return reading.string[at].isupper() or _SMALL_HEAD.match(reading.unmarked, at) is not None


def _who(match: re.Match[str], offset: int) -> tuple[int, int]:
    """The span of the author, without what it is beside: `Sở Nông nghiệp - Cơ quan thường trực Chương trình`."""
    aside = _ASIDE.search(match["who"])
    end = match.start("who") + aside.start() if aside else match.end("who")
    return offset + match.start("who"), offset + end


_ON_DAY = re.compile(r"\s*(?:va\s+)?ngay\s+\d[\d/.-]*(?:\s+thang\s+\d+\s+nam\s+\d+)?\s+")  # ngày 02/11/2017 [UBND xã B]


def _acting(before: str) -> re.Match[str] | None:
    """The clause nearest to the document that begins with a body; else the first that fits.

    `Trên cơ sở Quyết định … phê duyệt Chương trình, Hội đồng nhân dân huyện đã ban hành Nghị quyết số`.
    """
    first = match = _ISSUED.search(before)
    nearest = None
    while match is not None:
        who = _ON_DAY.sub("", match["who"])
        body = BODY.match(who.lower()) and "/" not in who  # no other document in it
        nearest = match if body else nearest
        match = _ISSUED.search(before, match.end("who") if body else match.start("who") + 1)
    return nearest or first


def issuer_acting(reading: Reading, sentence: int, at: int) -> tuple[int, int] | None:
    """The subject of the sentence where it issued, approved or sent the document whose type stands at `at`."""
    told = _told(reading, sentence, at)
    match = _acting(told)
    if match is None or _FOLLOWED.search(reading.folded, sentence, at):
        return None
    start, end = sentence + match.start("who"), sentence + match.end("who")
    lead = re.match(
        r"\s*(?:[-–—+*•]\s*|\d{1,2}\s*[-.)]\s*)?(?:nghe\s+)?(?:[nN]gay\s+\S+\s*,?\s*)?(?:.*\btham\s+muu\s+(?:cho\s+)?)?",
        reading.folded[start:end],
        re.S,
    )
    start += lead.end() if lead else 0
    body = reading.string[start : start + 1].isupper() and not _BASIS.match(reading.unmarked, start)
    # Các đơn vị gửi báo cáo (theo mẫu tại Công văn số: many together write no document
    body = body and not reading.unmarked.startswith(("Cac ", "Moi "), start)
    return (start, end) if body else None
