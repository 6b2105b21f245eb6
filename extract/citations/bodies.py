"""Names of the bodies and office-holders that issue documents: where they end, and what is none."""

from __future__ import annotations

import re
from functools import cache

from extract.reading import Reading
from extract.words.phrases import word_pattern
from extract.words.runs import known_prefix
from normalize.fold import fold
from normalize.lexicon.agencies import agency_names
from normalize.lexicon.units import unit_names

# Where the name of a body ends after `của`, told below in the order of trial; capitals kept
_ABOUT = r"[vV]\s*/\s*v\b|[vV]e\b(?!\s+phong\s*,?\s+chong)"  # UBND huyện Cư M'gar về việc thành lập Đoàn
_DECIDES = (  # Chính phủ quy định về phòng cháy
    r"qu[yi]\s+dinh\b|ban\s+hanh\b|ky\s+(?:ngay|ban)\b|cap\s+ngay\b|phe\s+duyet\b|sua\s+doi\b|huong\s+dan\b|"
    r"thong\s+qua\b|cong\s+bo\b|cong\s+nhan\b|trien\s+khai\b|thuc\s+hien\b|yeu\s+cau\b"
)
_SMALL_WORD = (  # UBND huyện đã làm việc với xã
    r"de\b|(?<!thien\s)(?<!cap\scao\s)tai\b|da\b|duoc\b|xin\b|giao\b|ket\s+luan\b|ngay\s+\d|nham\b|chi\s+dao\b|"
    r"bai\s+bo\b"
)
_OF_TERM = r"\(?(?i:khoa)\s+(?:[IVXLC]+|\d+)\b|nhiem\s+ky\b"  # Hội nhiệm kỳ 2021 - 2026
_GOES_ON = (  # Chủ tịch UBND huyện Thới Bình tiến hành thẩm tra như sau
    r"tren\s+co\s+so\b|thanh\s+lap\b|tren\s+dia\s+ban\b|thay\s+the\b|chi\s+tiet\b|dieu\s+chinh\b|bo\s+sung\b|do\b|"
    r"tien\s+hanh\b|sang\b|nhu\s+sau|thi\b|hoac\b"
)
_AND_PARTS = (  # what belongs to the document cited, not to its author
    r"cac\s+|so\s+\d|(?i:so\s+tay|phu\s+luc|bo\s+tieu\s+chi|quy\s+che|de\s+an|chuong\s+trinh)\b|"
    r"khoan\s+\d|dieu\s+\d|diem\s+[a-z]\W"
)
_AND_NEXT = (  # Thủ tướng Chính phủ và Quyết định số 211/QĐ · Thủ tướng Chính phủ và ý kiến chỉ đạo
    r"(?i:nghi\s|quyet\s|ke\s+hoach|thong\s|cong\s+van|to\s+trinh|bao\s+cao|van\s+ban|luat|chi\s+thi|ket\s+luan|"
    r"huong\s+dan|hop\s+dong|bien\s+ban|thoa\s+thuan|phuong\s+an)|y\s+kien|theo\s+de"
)
_NEXT = (  # the next document, without a comma before it
    r"(?i:nghi\s+dinh|nghi\s+quyet|quyet\s+dinh|ke\s+hoach\s+so|thong\s+tu|cong\s+van|to\s+trinh|van\s+ban)\b"
)
_STOP = (  # not the full stop of TP., nor the comma of phòng, chống thiên tai
    r"\s*(?:,(?!\s+chong\b)|(?<!\bTP)(?<!\bTp)(?<!\btp)(?<!\bTX)\.|[;:()\"“”/])"
)
_END = re.compile(
    rf"\s+(?:{_ABOUT}|{_DECIDES}|{_SMALL_WORD}|{_OF_TERM}|{_GOES_ON}|"
    rf"va\s+(?=(?:{_AND_PARTS}|{_AND_NEXT})|(?!tim\s+kiem\s+cuu\s+nan\b)[a-z]+\s+[a-z])|{_NEXT})|{_STOP}|\n\s*\n(?!\s*[a-z]{{2}})"
)
# how those stops are printed that are also syllables of names, marks aside
_MARKED = {
    "giao": "giao", "thi": "thì", "da": "đã", "de": "để", "tai": "tại", "do": "do", "duoc": "được", "sang": "sang",
    "nham": "nhằm", "xin": "xin", "cho": "cho",
}  # fmt: skip
# Ban Chỉ huy các vấn đề cấp bách trong bảo vệ rừng: no về
_GUARDS = "vệ"
# HĐND tỉnh khóa XVI · Ban Chấp hành Trung ương (khoá X)
_TERM = re.compile(r"\s+(?:[kK]hoa\s+(?:[IVXL]+|\d+)(?!\w)|\(\s*[kK]hoa\s+(?:[IVXL]+|\d+)\s*\))")
LEVELS = 3  # của UBND xã A huyện B tỉnh C
LOOK = 8  # characters past a limit that tell what begins there: `và số 12`
# của Bộ Chính trị và [Hướng dẫn số 11] · Sở Nông nghiệp và Phát triển nông thôn - [Cơ quan thường trực tại]
_JOINT_AT_END = re.compile(r"(?:\s*[,–-]|\s+va(?:\s+(?:Cong|Quyet|Nghi|Thong|Ke|To|Bao|Van))?|\s+cung(?:\s+voi)?)\s*\Z")
HOLDER = re.compile(
    r"(?:bo\s+truong|thu\s+tuong|chinh\s+phu|quoc\s+hoi|tong\s+bi\s+thu|bi\s+thu|ban\s+chap\s+hanh|hoi\s+dong|tong\s+cuc|"
    r"thong\s+doc|chanh\s|vien|toa\s+an|lien\s+bo|truong|pho|to\s|doi\s|hat\s|nha\s|uy\s+ban|trung\s+uong|tong\s+lien)"
)
# … được · … ban hành kèm · … thì khi · … sửa đổi: what is no part of a name
_RUNS_ON = re.compile(
    r"\b(?:duoc|ban\s+hanh|sua\s+doi|bo\s+sung|thi|hoac|phai|doi\s+chieu|ra\s+soat|kem|theo|da|ve|de|nham|cho|gui)\b"
)
BODY = re.compile(rf"{word_pattern('bodies')}(?!\w)")
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
# Hội đồng thẩm định xét, công nhận xã nông thôn mới · Hội đồng thẩm định xét công nhận các địa phương
_VERBS_JOINED = re.compile(
    r"(?<!\w)(?:xet,?|(?:tham dinh|danh gia|tham tra),)\s+(?:cong nhan|xet|phan hang|danh gia)(?!\w)"
)
# Sở Văn hóa[, Thông tin, Thể thao và Du lịch], Bộ Văn hóa[, Thể thao và Du lịch]: fields of one office, no offices
_FIELD = r"(?!So\b|Bo\b|Phong\b|Ban\b|UBND|Uy\b|Chi\b|Van\s+phong|Trung\b|Hoi\b|Cong\s+an)[A-Z][a-z]+(?:\s+[a-z]+){0,2}"
_FIELDS = re.compile(rf",\s+{_FIELD}(?:,\s+{_FIELD})*\s+va\s+{_FIELD}(?!\s*-)")
_OFFICE = re.compile(r"(?:So|Bo|[pP]hong)\s+[A-Z][a-z]+(?:\s+[a-z]+)?(?:,\s+[A-Z][a-z]+(?:\s+[a-z]+)?)*\Z")
_WHOLE = re.compile(r"\s+[a-z]|\s*[;:.()]")  # what stands behind a name that does not go on, as UBND huyện does
# của Ủy ban nhân / dân đặc khu, của Ủy ban / nhân dân tỉnh: a line that stands alone ends a paragraph, and no name
_CUT = re.compile(r"\b(?:uy\s+ban|hoi\s+dong)(?:\s+nhan)?\s*\Z")
_NAMELESS = re.compile(r"\b(?:ubnd|hdnd|uy\s+ban\s+nhan\s+dan)\s+(?:tinh|huyen|thi\s+xa|thanh\s+pho)\s*\Z")
_NEXT_LINE = re.compile(r"(?:\s*\n\s*|(?<=\n))(?P<name>[A-Z][\w'’]*(?: [A-Z][\w'’]*){0,3})(?=\s+[a-z(])")
_PEOPLE = re.compile(
    r"\s*(?:nhan\s+)?dan(?!\w)(?:\s+(?:tinh|huyen|thanh\s+pho|thi\s+xa|quan|xa|phuong|dac\s+khu)(?!\w))?"
)


def is_body(name: str) -> bool:
    """Is this a body's or an office-holder's name and nothing more?

    >>> is_body("Bộ trưởng Bộ Tài chính"), is_body("Sở ban hành kèm"), is_body("đối chiếu Bộ tiêu chí")
    (True, False, False)
    """
    key = fold(name)
    known = _agency_pattern().match(key)
    head = known or BODY.match(key) or HOLDER.match(key)
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
    if known and _WHOLE.match(reading.unmarked, known.end()):  # của Thủ tướng / Chính phủ, over a paragraph's end
        limit = max(limit, known.end())
    end = min(limit, start + 160)
    stops = _END.finditer(reading.unmarked, known.end() if known else start, end + LOOK)
    stop = next((m for m in stops if not _in_name(reading, m)), None)
    named = _placed_end(reading, start, known.end() if known else None, limit)
    last = stop.start() if stop and stop.start() < limit else min(limit, start + 80)
    last = min(named, last) if named else last
    joint = _JOINT_AT_END.search(reading.unmarked, start, last)
    last = joint.start() if joint else last
    if place := _place_below(reading, start, last):
        return place
    rest = _PEOPLE.match(reading.folded, last) if _CUT.search(reading.folded, start, last) else None
    return _placed_end(reading, start, None, rest.end() + 160) or rest.end() if rest else last


def _place_below(reading: Reading, start: int, last: int) -> int | None:
    """`của UBND tỉnh` / `Cao Bằng về việc`: where the name of the place ends that a line of a dump begins with."""
    below = _NEXT_LINE.match(reading.unmarked, last) if _NAMELESS.search(reading.folded, start, last) else None
    name = known_prefix(fold(below["name"]), unit_names()) if below else None
    return below.start("name") + len(name) if below and name else None


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
    comma of `Hội đồng thẩm định xét, công nhận` or `Sở Văn hóa, Thông tin, Thể thao và Du lịch`."""
    if _FIELDS.match(reading.unmarked, stop.start()) and _OFFICE.search(
        reading.unmarked, stop.start() - 40, stop.start()
    ):
        return True
    if _VERBS_JOINED.search(reading.folded, max(0, stop.start() - 14), stop.end() + 14):
        return True
    word = stop[0].split()[:1]
    printed = reading.string[slice(*stop.span())].lower().split()[:1]
    return bool(word) and _other_word(word[0], printed[0])
