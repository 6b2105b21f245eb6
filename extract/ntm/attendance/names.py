"""What stands beside the names of bodies: persons with their posts, brackets, what a body did; what no name holds."""

from __future__ import annotations

import re

from extract.reading import Reading
from normalize.letters import UPPER

# Báo cáo, Bảo vệ thực vật, Hội nghị, Trường học, số 10: words that only begin as a body's name does; folded
NO_HEAD = re.compile(
    r"bao\s+(?:cao|ve|ton|dam|chi|ban|vang|nghi|truoc)\b|hoi\s+(?:nghi|truong)\b|ban\s+(?:hanh|giao|dau)\b|truong\s+ho[cp]\b|"
    r"phong\s*,?\s+chong\b|so\s+(?:lieu|luong|xa\b|ket|vat\s+chat|ha\s+tang|\d)|to\s+chuc\b(?!\s+(?:hoi|chinh))|"
    r"lam\s+(?:truong|pho|thu)\b|quyet\s+dinh\b|doan\s+ket\b|cuc\s+bo\b|thong\s+ke\s+(?:cho|cua)\b"
)
_CALLED = r"(?:[Đđ]ồng\s+chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Bb]ác\s+sĩ|[Kk]ỹ\s+sư)"
_POST = (
    r"(?i:(?:quyền\s+|nguyên\s+)?(?:phó\s+)?(?:tổng\s+)?(?:chủ\s+tịch|bí\s+thư|giám\s+đốc|chủ\s+nhiệm|chánh|trưởng|"
    r"(?:trạm|đội|tổ|hạt|viện|hiệu|cục|chi\s+cục|chỉ\s+huy|đồn)\s+trưởng|thường\s+trực)|"
    r"(?:hiệu|trạm|đồn|đội|tổ|viện|cục|hạt)\s+phó|"
    r"chuyên\s+viên|cán\s+bộ|công\s+chức|ủy\s+viên|kế\s+toán|thư\s+ký|chủ\s+trì)(?!\w)"
)
_POST_AT = re.compile(_POST)
_PERSON = rf"{_CALLED}[:\s]+(?:{_CALLED}\s+)?(?!{_POST})[{UPPER}][\w'’]*(?:\s+[{UPPER}][\w'’]*){{1,4}}"
# …, Phó Chủ tịch UBND huyện, Trưởng đoàn: the posts of a person, until the next body
_POSTS = re.compile(
    rf"(?:\s*[,(:–-]+\s*{_POST}(?:(?!\s+(?:và|cùng)\s+(?i:đại\s+diện|lãnh\s+đạo|các|phòng|sở|UBND)\s)[^;:().,])*\)?)+"
)
_PERSON_AT = re.compile(_PERSON)
# (Chủ tịch đi học) · (lý do: đi công tác tỉnh) · (bận hội giảng) · (báo bận); not (Phòng Nội vụ, Phòng Y tế)
_ASIDE = re.compile(
    rf"\((?:{_CALLED}\s|{_POST}|lý\s+do|bận|báo\s|xin\s|đang\s|trùng\s|đi\s|do\s|vì\s|nghỉ|không|có\s+(?:lý\s+do|phép|báo)|đã\s|theo\s|gửi)[^()]*\)"
)
# Phòng Nội vụ: bà Đặng Thị Thu · UBND xã Thổ Sơn - Phó Chủ tịch Trương Văn Hải · UBND xã Tân Chánh có gửi văn bản
_TAIL = re.compile(
    rf"(?P<told>\s*:)|(?P<post>\s+[–-]\s+(?={_POST}))|\s*[,–-]?\s+(?={_PERSON})|"
    r"(?P<did>\s+(?:có(?!\s+liên)|đã|không|được|cũng|xin|gửi|nhưng|vắng|cử|do|cùng\s+(?:tham\s+)?dự|cùng\s+tham\s+gia|"
    r"tham\s+dự|tham\s+gia|dự\s+họp|làm\s+(?:trưởng|tổ|việc|chủ))(?!\w))"
)
_TAKES_PART = re.compile(r"dự|tham|cử|làm")
# Words that are in no body's name, in small letters, and figures that count: `báo cáo kết quả trước ngày 30/9/2023`
_NO_NAME = re.compile(
    r"(?<!\w)(?:báo cáo|có|vắng|đã|được|không|gửi|đề nghị|yêu cầu|thống nhất|theo|trước|nhằm|để|tiếp tục|hoàn thành|"
    r"kết quả|ngày|tháng|năm|số liệu|tiêu chí|đạt|nhắc nhở|phê bình|làm việc|dự(?!\s+(?:án|phòng|báo))|cùng|riêng|"
    r"liên quan|còn lại|nêu trên|sau|này|như|là|vào|chịu trách nhiệm|phụ trách)(?!\w)|\d+\s*(?:[/%]|[^\W\d_])|[:()%]"
)
_OF_PERSON = re.compile(r"(?:Phó\s|Tổ trưởng\s|Trưởng (?:đoàn|ban)(?!\w))")  # who has the chair
_COUNTED = re.compile(r"\s(?:các|hai|ba|bốn|năm|\d{1,2})\s(?:xã|phường|huyện)$")  # UBND hai xã
# Sở Văn hóa, Thể thao và Du lịch · Lao động, Thương binh và Xã hội · phòng, chống thiên tai: commas that names hold
_COMMAS = re.compile(
    r",\s+(?:Thể thao|Thương binh|TB|Gia đình|Thông tin|Truyền thanh|Hạ tầng và|Khoa học và|chống|cứu|tìm kiếm|"
    r"Trồng trọt)"
)


def passed(whole: Reading, at: int, end: int) -> int:
    """Past a person with the posts, `ông Lê Thành Sự, Phó Chủ tịch UBND huyện`, the post behind bodies,
    `UBND xã A, UBND xã B: Chủ tịch UBND xã`, or a bracket that names no body."""
    person = _PERSON_AT.match(whole.string, at, end)
    if person:
        posts = _POSTS.match(whole.string, person.end(), end)
        return posts.end() if posts else person.end()
    posts = _POSTS.match(whole.string, at, end) if whole.string.startswith(":", at) else None
    if posts:
        return posts.end()
    aside = _ASIDE.match(whole.string, at, end)
    return aside.end() if aside else at


def is_post(whole: Reading, at: int) -> bool:
    """Does a person's post begin here: `UBND xã: Chủ tịch, 02 Phó Chủ tịch`?"""
    return _POST_AT.match(whole.string, at) is not None


def name_end(whole: Reading, start: int, end: int) -> tuple[int, int, bool]:
    """Where the name in [start, end) ends, before whoever stands for the body or what it did; where to read on; and
    whether something else is told of it than that it came."""
    tail = _TAIL.search(whole.string, start, end)
    if tail is None:
        return end, end, False
    if (tail["did"] or "").strip() == "do":  # Đoàn gồm các phòng do đồng chí Phó Chủ tịch UBND huyện làm Trưởng đoàn
        return tail.start(), end, False
    posts = _POSTS.match(whole.string, tail.start()) if tail["post"] or tail["told"] else None
    acts = tail["did"] is not None and _TAKES_PART.search(tail["did"]) is None
    return tail.start(), posts.end() if posts else tail.end(), acts


def why_doubtful(name: str) -> str | None:
    """Why a name may be none: it holds words or figures that no body's name holds, or a comma.

    >>> why_doubtful("Sở Văn hóa, Thể thao và Du lịch"), why_doubtful("Đội Quản lý thị trường số 9")
    (None, None)
    >>> why_doubtful("Báo cáo kết quả trước ngày 30/9/2023")
    "‘kết quả’ stands in no body's name"
    >>> why_doubtful("Phó Chủ tịch UBND huyện"), why_doubtful("Chủ tịch UBND xã Yên Mô")
    ("a person's post, whose name may be lost", None)
    """
    if _OF_PERSON.match(name):
        return "a person's post, whose name may be lost"
    odd = _NO_NAME.search(name)
    if odd:
        return f"‘{odd[0]}’ stands in no body's name"
    if _COUNTED.search(name):
        return "bodies are counted, not named"
    return "a comma stands in it" if "," in _COMMAS.sub("", name) else None
