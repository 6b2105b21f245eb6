"""Who issued a cited document, as the sentence around it says."""

from __future__ import annotations

import re
from functools import cache

from extract.reading import Reading
from extract.words.phrases import word_pattern
from normalize.fold import fold
from normalize.lexicon.agencies import agency_names

# what documents are called where several are told of, folded
KINDS = (
    r"(?:quyet\s+dinh|nghi\s+dinh|nghi\s+quyet|thong\s+tu|cong\s+van|to\s+trinh|ke\s+hoach|van\s+ban|thong\s+bao|"
    r"bao\s+cao|huong\s+dan|chi\s+thi|cong\s+dien|ket\s+luan)"
)
# Where the name of a body ends after `của`: what was done, a stop, or the next document
_END = re.compile(
    r"\s+(?:[vV]\s*/\s*v\b|[vV]e\b(?!\s+phong\s*,?\s+chong)|qu[yi]\s+dinh\b|ban\s+hanh\b|ky\s+(?:ngay|ban)\b|cap\s+ngay\b|phe\s+duyet\b|sua\s+doi\b|huong\s+dan\b|"
    r"thong\s+qua\b|cong\s+bo\b|cong\s+nhan\b|"
    r"trien\s+khai\b|thuc\s+hien\b|yeu\s+cau\b|de\b|(?<!thien\s)tai\b|da\b|duoc\b|xin\b|giao\b|ket\s+luan\b|ngay\s+\d|nham\b|chi\s+dao\b|bai\s+bo\b|"
    r"\(?(?i:khoa)\s+(?:[IVXLC]+|\d+)\b|nhiem\s+ky\b|tren\s+co\s+so\b|thanh\s+lap\b|tren\s+dia\s+ban\b|thay\s+the\b|chi\s+tiet\b|dieu\s+chinh\b|bo\s+sung\b|do\b|sang\b|nhu\s+sau|thi\b|hoac\b|"
    r"va\s+(?=(?:cac\s+|so\s+\d|(?i:so\s+tay|phu\s+luc|bo\s+tieu\s+chi|quy\s+che|de\s+an|chuong\s+trinh)\b|khoan\s+\d|dieu\s+\d|diem\s+[a-z]\W|(?i:nghi\s|quyet\s|ke\s+hoach|thong\s|cong\s+van|to\s+trinh|bao\s+cao|van\s+ban|luat|chi\s+thi|ket\s+luan|huong\s+dan)|y\s+kien|theo\s+de)|[a-z]+\s+[a-z])|"
    r"(?i:nghi\s+dinh|nghi\s+quyet|quyet\s+dinh|ke\s+hoach\s+so|thong\s+tu|cong\s+van|to\s+trinh|van\s+ban)\b)|\s*(?:,(?!\s+chong\b)|[;.:()\"“”/])|\n\s*\n"
)
# how those stops are printed that are also syllables of names, marks aside
_MARKED = {
    "giao": "giao", "thi": "thì", "da": "đã", "de": "để", "tai": "tại", "do": "do", "duoc": "được", "sang": "sang",
    "nham": "nhằm", "xin": "xin", "cho": "cho",
}  # fmt: skip
# Ban Chỉ huy các vấn đề cấp bách trong bảo vệ rừng: no về
_GUARDS = "vệ"
_NOT_OF = re.compile(r"(?<!\w)[cC]ửa(?!\w)")
# HĐND tỉnh khóa XVI · Ban Chấp hành Trung ương (khoá X)
_TERM = re.compile(r"\s+(?:[kK]hoa\s+(?:[IVXL]+|\d+)(?!\w)|\(\s*[kK]hoa\s+(?:[IVXL]+|\d+)\s*\))")
LEVELS = 3  # của UBND xã A huyện B tỉnh C
LOOK = 8  # characters past a limit that tell what begins there: `và số 12`
# Bộ trưởng Bộ Y tế, Bộ trưởng Bộ Quốc phòng
_JOINED = re.compile(r"\s*(?:,|[-–]|,?\s+va)\s+")
# của Bộ Chính trị và [Hướng dẫn số 11] · Sở Nông nghiệp và Phát triển nông thôn - [Cơ quan thường trực tại]
_JOINT_AT_END = re.compile(r"(?:\s*[,–-]|\s+va(?:\s+(?:Cong|Quyet|Nghi|Thong|Ke|To|Bao|Van))?|\s+cung(?:\s+voi)?)\s*\Z")
_ASIDE = re.compile(r"\s*[-–,]\s+[cC]o\s+quan\s+thuong\s+truc\b")
# ngày   tháng 12 năm 2023 của HĐND xã · cùng năm 2021, của Trung ương: a day left open, or a year alone
_UNDATED = (
    r"(?:\s*,?\s*(?:cung\s+)?(?:ngay[\s.…_]*)?(?:thang[\s.…_]*\d{0,2}\s*)?(?:/?\s*\d{0,2}\s*/\s*|nam\s+)(?:19|20)\d\d)?"
)
# của UBND tỉnh · , đều của Chính phủ · bởi UBND tỉnh · do UBND huyện ban hành
_OF = re.compile(
    rf"{_UNDATED}[\s,]*\(?\s*(?:(?:tat\s+ca\s+)?(?:deu|cung)\s+)?(?:cua|boi|do(?=\s[^,.;()]{{3,80}}?\s(?:ban\s+hanh|ky|cap)\b))\s+"
)
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
# Chủ tịch UBND tỉnh công nhận thêm xã Tây Phú đạt chuẩn (Quyết định số · and not: của Chủ tịch UBND huyện làm việc với
# các hộ dân theo Giấy mời số
_DECIDED = re.compile(
    r"\s+(?:da\s+)?(?:cong\s+nhan|phe\s+duyet|ban\s+hanh|quyet\s+dinh|thanh\s+lap|giao|cong\s+bo|chap\s+thuan|thong\s+qua)\b"
)
# Tại Công văn số 3390/STNMT-VPĐK, Sở Tài nguyên và Môi trường khẳng định
_SAID = re.compile(
    r"\s*,\s*(?P<who>[A-Z][^,.;:()]{1,90}?)\s+(?:(?:da|cung|co|vua)\s+)*(?:khang\s+dinh|xac\s+nhan|de\s+nghi|de\s+xuat|kien\s+nghi|"
    r"yeu\s+cau|chi\s+dao|giao|cho\s+rang|cho\s+biet|bao\s+cao|ket\s+luan|thong\s+nhat|thong\s+bao|tra\s+loi|huong\s+dan|chap\s+thuan|"
    r"cho\s+phep|y\s+kien|nhan\s+dinh|neu|phe\s+duyet|quyet\s+dinh|dong\s+y)\b"
)
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
# đã được UBND huyện Mộ Đức thu hồi … tại Quyết định số
_PASSIVE = re.compile(
    r"\bduoc\s+(?P<who>[^;,.]{3,80}?)\s+(?:phe\s+duyet|cong\s+nhan|thong\s+qua|ban\s+hanh|giao|thu\s+hoi|chap\s+thuan|quyet\s+dinh|"
    r"cho\s+phep|cong\s+bo|bo\s+tri|phan\s+bo|thanh\s+lap|cu\s+the\s+hoa)\b(?:(?!;|\.\s).){0,240}?(?:tai|theo|bang)\s+(?:cac\s+)?$",
    re.S,
)
# UBND tỉnh đã ban hành các Quyết định: Số 418 · Sở Nội vụ ban hành Hướng dẫn số
_ISSUED = re.compile(
    r"(?:^|[,;.:]\s*|\n|\bnghe\s+)(?:nghe\s+)?(?P<who>[^\n,;.:()]{2,80}?(?:\n[^\n,;.:()]{1,60}?)??)\s+(?:(?:da|cung|vua|moi)\s+){0,2}"
    r"(?:(?:ban\s+hanh|co|phe\s+duyet|ky(?=\s+(?:ban|quyet|cong|van|thong|ke|nghi|cac|hop)|\s*\Z)|thong\s+qua|gui|cong\s+nhan|chap\s+thuan|trinh\s+bay|trinh|bao\s+cao|lap)\b"
    r"(?:(?!\bcua\s|;|\.\s).){0,240}?(?:tai\s+)?|"
    # Sở Tài chính đã lấy ý kiến các sở, ban, ngành tại Công văn số · Sở Tư pháp thẩm định tại Báo cáo số
    r"(?:(?:lay|xin|cho|co)\s+y\s+kien|tham\s+dinh|tham\s+tra|gop\s+y|de\s+nghi|de\s+xuat|kien\s+nghi|thong\s+nhat|tra\s+loi)\b"
    r"(?:(?!\bcua\s|;|\.\s).){0,160}?\b(?:tai|bang)\s+|"
    # Sở Tư pháp cũng nêu ý kiến này trong Báo cáo thẩm định số
    r"(?:neu|khang\s+dinh|xac\s+nhan|nhan\s+dinh|ket\s+luan)\b(?:(?!\bcua\s|;|\.\s).){0,160}?\b(?:tai|trong)\s+)(?:cac\s+)?$",
    re.S,
)
# đã có quyết định của UBND tỉnh công nhận xã … (Quyết định số: the document itself is told of before the bracket
_OWNED = re.compile(rf"\b{KINDS}\s+cua\s+$")
_HOLDER = re.compile(
    r"(?:bo\s+truong|thu\s+tuong|chinh\s+phu|quoc\s+hoi|tong\s+bi\s+thu|bi\s+thu|ban\s+chap\s+hanh|hoi\s+dong|tong\s+cuc|"
    r"thong\s+doc|vien|toa\s+an|lien\s+bo|truong|pho|to\s|doi\s|hat\s|nha\s|uy\s+ban|trung\s+uong|tong\s+lien)"
)
# … được · … ban hành kèm · … thì khi · … sửa đổi: what is no part of a name
_RUNS_ON = re.compile(
    r"\b(?:duoc|ban\s+hanh|sua\s+doi|bo\s+sung|thi|hoac|phai|doi\s+chieu|ra\s+soat|kem|theo|da|ve|de|nham|cho|gui)\b"
)
# UBND huyện báo cáo kết quả thực hiện Quyết định số: who carries a document out did not write it
_FOLLOWED = re.compile(r"\b(?:thuc\s+hien|trien\s+khai|theo|can\s+cu|quan\s+triet|chap\s+hanh)(?:\s+cac)?\s*\Z")
_ACTED = re.compile(r"\b(?:da|phoi\s+hop|ra\s+soat|to\s+chuc|tien\s+hanh|thuc\s+hien|bao\s+cao|kiem\s+tra)\b")
_BASIS = re.compile(r"(?:Can cu|Thuc hien|Theo|Xet|Tai|Trien khai|Tren co so|Sau khi|Qua|V\s*/\s*v|Ve)\b")
_BODY = re.compile(rf"{word_pattern('bodies')}(?!\w)")
_PERSONS = (
    r"(?:(?:giam\s+doc|chu\s+tich|bo\s+truong|thu\s+truong|truong\s+ban|"
    r"thuong\s+truc|ban\s+thuong\s+vu|truong\s+phong)\s+)?"
)


@cache
def _agency_pattern() -> re.Pattern[str]:
    """Known agencies, by whose names a comma or `và` is no end."""
    names = {fold(name) for name in agency_names()}
    long = sorted((name for name in names if " " in name), key=len, reverse=True)
    body = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in long) or r"(?!)"
    return re.compile(rf"{_PERSONS}(?:{body})")


# của UBND huyện Thới Bình tiến hành · của Ủy ban nhân dân tỉnh tiếp tục · của Tỉnh ủy bảo đảm: committees beside the
# list of agencies, behind which their place, then small letters, are the end
_COMMITTEE = re.compile(
    rf"{_PERSONS}(?:ubnd|hdnd|uy\s+ban\s+nhan\s+dan|hoi\s+dong\s+nhan\s+dan|(?:tinh|huyen|thanh|thi|dang)\s+uy)(?!\w)"
)
# of these alone no name ends: UBND hai xã
_BARE = re.compile(rf"{_PERSONS}(?:ubnd|hdnd|uy\s+ban\s+nhan\s+dan|hoi\s+dong\s+nhan\s+dan)")
_PLACE = re.compile(  # Ban Bí thư Trung ương Đảng · UBND huyện Thới Bình
    r"(?:\s+Trung\s+uong(?!\w))?(?:\s+(?:tinh|huyen|thanh\s+pho|thi\s+xa|thi\s+tran|quan|xa|phuong)(?!\w))?(?:\s+[A-Z][\w'’]*(?:-[A-Z]\w*)*)*"
)
_SMALL = re.compile(r"\s+(?!va\b|cac\b|tinh\b|huyen\b|thanh\b|thi\b|quan\b|xa\b|phuong\b|dac\b|cung\b)[a-z]")


# Hội đồng thẩm định xét, công nhận xã nông thôn mới
_VERBS_JOINED = re.compile(r"(?<!\w)(?:xet|tham dinh|danh gia|tham tra),\s+(?:cong nhan|xet|phan hang|danh gia)(?!\w)")
# của Ủy ban nhân / dân đặc khu: a line of a dump that stands alone ends a paragraph, and no name
_CUT = re.compile(r"\b(?:uy\s+ban|hoi\s+dong)\s+nhan\s*\Z")
_PEOPLE = re.compile(r"\s*dan(?!\w)(?:\s+(?:tinh|huyen|thanh\s+pho|thi\s+xa|quan|xa|phuong|dac\s+khu)(?!\w))?")


def is_body(name: str) -> bool:
    """Is this a body's or an office-holder's name and nothing more?

    >>> is_body("Bộ trưởng Bộ Tài chính"), is_body("Sở ban hành kèm"), is_body("đối chiếu Bộ tiêu chí")
    (True, False, False)
    """
    key = fold(name)
    known = _agency_pattern().match(key)
    head = known or _BODY.match(key) or _HOLDER.match(key)
    return head is not None and name[:1].isupper() and not runs_on(name, known.end() if known else 0)


def runs_on(name: str, at: int = 0) -> bool:
    """Does a name hold a word that no name of a body has?

    >>> runs_on("phòng Kinh tế, Hạ tầng và Đô thị"), runs_on("Sở ban hành kèm")
    (False, True)
    """
    printed = name.lower()
    return any(not _other_word(m[0], printed[m.start() : m.end()]) for m in _RUNS_ON.finditer(fold(name), at))


def _other_word(folded: str, printed: str) -> bool:
    """Do marks tell a syllable from the word that ends names: Đô thị, and no thì?"""
    return printed == _GUARDS or (folded in _MARKED and printed not in (folded, _MARKED[folded]))


def issuer_end(reading: Reading, start: int, limit: int) -> int:
    """Where the name of a body that begins at `start` ends, with the term it sits for: HĐND tỉnh khóa XVI."""
    end = _name_end(reading, start, limit)
    term = _TERM.match(reading.unmarked, end)
    return term.end() if term else end


def _name_end(reading: Reading, start: int, limit: int) -> int:
    known = _agency_pattern().match(reading.folded, start)
    end = min(limit, start + 160)
    stops = _END.finditer(reading.unmarked, known.end() if known else start, end + LOOK)
    stop = next((m for m in stops if not _in_name(reading, m)), None)
    named = _placed_end(reading, start, known.end() if known else None, limit)
    last = stop.start() if stop and stop.start() < limit else min(limit, start + 80)
    last = min(named, last) if named else last
    joint = _JOINT_AT_END.search(reading.unmarked, start, last)
    last = joint.start() if joint else last
    rest = _PEOPLE.match(reading.folded, last) if _CUT.search(reading.folded, start, last) else None
    return _placed_end(reading, start, None, rest.end() + 160) or rest.end() if rest else last


def _placed_end(reading: Reading, start: int, known: int | None, limit: int) -> int | None:
    """Where a known body's name ends with its place, if small letters follow that begin no further part of it."""
    committee = _COMMITTEE.match(reading.folded, start)
    at = max(known or 0, committee.end() if committee else 0)
    if not at:
        return None
    first = at
    for _ in range(LEVELS):
        place = _PLACE.match(reading.unmarked, at, limit)
        at = place.end() if place else at
    whole = at > first or not _BARE.fullmatch(reading.folded, start, first)  # UBND hai xã: no place yet
    return at if whole and _SMALL.match(reading.unmarked, at) else None


def _in_name(reading: Reading, stop: re.Match[str]) -> bool:
    """`Ban Tôn giáo Chính phủ`, `HĐND thị xã`: a word with other marks is not the one that ends a name; nor does the
    comma of `Hội đồng thẩm định xét, công nhận`."""
    if _VERBS_JOINED.search(reading.folded, max(0, stop.start() - 14), stop.end() + 14):
        return True
    word = stop[0].split()[:1]
    printed = reading.string[slice(*stop.span())].lower().split()[:1]
    return bool(word) and _other_word(word[0], printed[0])


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
    return (lead.end(), end) if end - lead.end() >= 2 else None


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
    return reading.string[at : at + 1].isupper() and any(p.match(key, at) for p in (_BODY, _HOLDER))


def issuer_before(reading: Reading, sentence: int, at: int) -> tuple[int, int] | None:
    """The author that the sentence names before a document's type, which stands at `at`."""
    for pattern in (_PASSIVE, _BEFORE, _AND, _PROPOSED):
        match = pattern.search(_told(reading, sentence, at))
        ran_on = match is not None and (
            _ACTED.search(match["who"]) or runs_on(reading.string[sentence + match.start("who") : sentence + match.end("who")])
        )
        if ran_on:  # …, Phòng Kinh tế đã rà soát theo Quyết định số
            continue
        if match is not None and _names_body(reading, sentence + match.start("who")):
            return _written_by(reading, *_who(match, sentence), strict=_BY.search(match[0]) is not None)
    told = _told(reading, sentence, at)
    match = _BRACKET.search(told) or _WITHIN.search(told)
    if match is not None and _BODY.match(reading.folded, sentence + match.start("who")):
        start, end = _who(match, sentence)
        owned = _OWNED.search(reading.folded, sentence, start) is not None
        return (start, min(end, issuer_end(reading, start, end))) if owned else _written_by(reading, start, end, strict=match.start() == 0)
    return None


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


def _acting(before: str) -> re.Match[str] | None:
    """The clause nearest to the document that begins with a body; else the first that fits.

    `Trên cơ sở Quyết định … phê duyệt Chương trình, Hội đồng nhân dân huyện đã ban hành Nghị quyết số`.
    """
    first = match = _ISSUED.search(before)
    while match is not None:
        if _BODY.match(before[match.start("who") :].lower()):
            return match
        match = _ISSUED.search(before, match.start("who") + 1)
    return first


def issuer_acting(reading: Reading, sentence: int, at: int) -> tuple[int, int] | None:
    """The subject of the sentence where it issued, approved or sent the document whose type stands at `at`."""
    match = _acting(_told(reading, sentence, at))
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
