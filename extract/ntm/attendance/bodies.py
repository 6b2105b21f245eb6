"""Attendance: each body that came to the inspection or meeting, or is named absent."""

from __future__ import annotations

import re

from extract.draft import AttendanceDraft
from extract.field import Field
from extract.notice import Method
from extract.ntm.attendance.ends import end_of_body, head_at
from extract.ntm.attendance.lists import find_lists
from extract.ntm.attendance.names import is_post, name_end, passed, why_doubtful
from extract.ntm.attendance.offices import with_commune
from extract.ntm.attendance.stretches import Stretch, body_words
from extract.ntm.survey import Survey
from extract.reading import Reading
from extract.trail import missed
from extract.words.damage import misread
from extract.words.runs import NAME
from normalize.fold import fold
from normalize.lexicon.agencies import agencies_folded, match_agency
from normalize.syllable import spelled

# What stands before a body in a list and is no part of its name
_HOW_MANY = (  # 11/12 thành viên Hội đồng
    r"\d{1,2}(?:/\d{1,2})?\s+(?:don\s+vi|co\s+quan|thanh\s+vien|dai\s+bieu)\b(?:\s+(?:hoi\s+dong|doan|to)\b)?"
)
_PEOPLE = r"cac\s+dong\s+chi\b|dong\s+chi\b|dai\s+dien(?!\s+\w+\s+hoi)"  # đại diện Phòng Cảnh sát PCCC
_ALL = r"cac\b(?!\s+so|\s+phong|\s+ban\b|\s+hoi|\s+co\s+quan|\s+don\s+vi)"
_WHOSE = (  # phía huyện có Thường trực Huyện ủy · Tham dự tại điểm cầu tỉnh có lãnh đạo các Sở
    r"(?:ve\s+)?phia\s+(?:\w+\s+){1,2}?(?:co\b|:)|tai\s+diem\s+cau\s+(?:\w+\s+){1,3}?co\b"
)
_DROPPED = re.compile(
    rf"(?:\s|[,;:(–-]|\d{{1,2}}/\d{{1,2}}\)|{_HOW_MANY}|va\b|cung\b|rieng\b|la\b|"
    rf"{_PEOPLE}|{_ALL}|co\b(?!\s+quan)|gom\b|ong\b|ba\b|{_WHOSE})"
)
_LED = re.compile(
    r"lanh\s+dao\s*(?:cac\s+(?:don\s+vi|co\s+quan)\s*)?:\s*"
)  # `đại diện lãnh đạo: Hội …` says lãnh đạo of none
# các Sở: A; B · các phòng: A, B · Sở: A, B; the plural with its list
_PLURAL = re.compile(
    r"(?P<lead>lanh\s+dao\s+)?(?:cac\s+)?(?P<kind>so|phong|ban|bo)\s*:\s*|(?P<lead2>lanh\s+dao\s+)?cac\s+(?P<kind2>so|phong|bo)\s+"
)
_DESCRIBED = re.compile(
    r"cac\s+(?:so|nganh|co\s+quan|don\s+vi|phong|ban)(?:(?!\bubnd\b)[^:;.()]){0,140}?(?:gom|la)?\s*:\s*|cac\s+(?:so|co\s+quan)[^:;.()]{0,140}?,?\s+gom\s*:?\s*"
)
# Chủ tịch UBND các xã: Lâm Thủy, Hoa Thủy · lãnh đạo các xã
_OFFICE = (
    r"(?:(?:(?:lanh\s+dao|(?:pho\s+)?chu\s+tich|bi\s+thu|dai\s+dien)\s+)?(?:ubnd|uy\s+ban\s+nhan\s+dan|dang\s+uy)|"
    r"lanh\s+dao)\s+"
)
_COMMUNES = re.compile(rf"(?P<head>{_OFFICE})(?:cac|hai|ba|bon|\d{{1,2}})\s+(?P<type>xa|phuong|huyen)\s*:?\s*(?=\w)")
_NEXT_DISTRICT = re.compile(r"(?:\s*,\s*(?:va\s+)?|\s+va\s+)(?:(?P<type>thanh\s+pho|thi\s+xa|quan|huyen)\s+)?")
_ALONE = re.compile(r"(?:xa|phuong|thi\s+tran)\s+\w")  # (xã Đức Phú vắng)
_BUSY = "bận "  # Sở Văn hóa (bận họp): a reason, no Ban
_DAMAGED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|[§¢|]")  # Sở N1 vụ
_ROLE = re.compile(
    r"^(?:pho )?truong doan(?: [a-z ]*)?$|^(?:thu ky|thanh vien|to truong|to pho)(?: thuong truc)?$|chu tri$"
)
# Đoàn thẩm định, Tổ công tác: the team itself · các thành viên theo Quyết định số 3117/QĐ-UBND
_TEAM = re.compile(
    r"(?:doan|to)\s+(?:kiem\s+tra|tham\s+(?:dinh|tra)|giam\s+sat|cong\s+tac|phuc\s+tra|danh\s+gia|khao\s+sat|"
    r"lien\s+nganh)\b|thanh\s+vien\s+(?:theo|cua|trong)?\s*(?:quyet\s+dinh|doan|to)\b"
)
# Đoàn thẩm tra gồm các phòng, ban của huyện · các đoàn thể chính trị - xã hội: none by name
_GENERIC = re.compile(
    r"(?:cac\s+)?(?:(?:so|phong|ban|nganh|hoi|doan|to|uy\s+ban|co\s+quan|don\s+vi)"
    r"(?:\s+(?:cua|thuoc|chuyen\s+mon|co\s+lien\s+quan|lien\s+quan|nganh|ban|phong|nao)\b.*)?|truong|"
    r"doan\s+the\b.*|don\s+vi\b(?!\s+tu\s+van).*)$"
)
# UBND huyện thông báo kết quả như sau · thành viên Hội đồng thảo luận · Đoàn thống nhất đánh giá từng tiêu chí ·
# quy định năm 2019: 33 triệu đồng; words that only begin as a body's name does
_SENTENCE = re.compile(
    r"doan\s+(?:thong\s+nhat|da|danh\s+gia|de\s+nghi)\b|quy\s+(?:dinh|hoach|che|mo)\b|.*\d\s*(?:%|trieu)|"
    r".*\b(?:thong\s+bao|bao\s+cao|ket\s+luan)\b.*\bnhu\s+sau\b|.*\b(?:thao\s+luan|(?:thong\s+nhat|nhat\s+tri)\s+voi)\b"
)
_OF_SEVERAL = re.compile(
    r"(?:ubnd|uy\s+ban\s+nhan\s+dan|huyen|tinh|xa|cap|phia|doan|to|hoi\s+dong|co\s+quan|don\s+vi)\b"
)
NEAR = 14  # letters between two parts of one list, `vắng mặt)` and the like


def find_attendance(survey: Survey) -> AttendanceDraft:
    """Bodies present and absent, each once, in order; those absent are not present too."""
    kind = survey.document.type
    if kind is not None and kind.value == "giay_moi":
        missed("/ntm/attendance", "attendance", "who is invited has not come yet")
        return AttendanceDraft((), ())
    present: list[Field[str]] = []
    absent: list[Field[str]] = []
    prefix, end = "", -1
    for part in find_lists(survey):
        fields, prefix = _bodies(survey, part, prefix if part.start - end < NEAR else "")
        (absent if part.absent else present).extend(with_commune(survey, field) for field in fields)
        end = part.end
    missing = _once(absent)
    gone = {_of_whom(field) for field in missing}
    return AttendanceDraft(tuple(f for f in _once(present) if _of_whom(f) not in gone), tuple(missing))


def _of_whom(field: Field[str]) -> str:
    """The body itself: who speaks of `Lãnh đạo Công an huyện` and `Công an huyện` means one."""
    return fold(field.value).removeprefix("lanh dao ").removeprefix("dai dien ")


def _once(fields: list[Field[str]]) -> list[Field[str]]:
    return list({fold(field.value): field for field in reversed(fields)}.values())[::-1]


def _bodies(survey: Survey, part: Stretch, prefix: str) -> tuple[list[Field[str]], str]:
    """Read a list body by body. `prefix`: the word that a list before it, `các Sở:`, left open; so the result."""
    whole = survey.whole
    at, found = part.start, []
    while (at := _first_word(whole, at, part.end)) < part.end:
        if communes := _COMMUNES.match(whole.flowing, at, part.end):
            at, fields = _of_communes(survey, communes, part.end)
            found += fields
            prefix = ""
        elif plural := _plural(whole, at, part.end):
            at, prefix = plural.end(), _prefix(plural)
        elif described := _DESCRIBED.match(whole.flowing, at, part.end):
            at, prefix = described.end(), _described_prefix(whole, described)
        else:
            at, prefix, field = _body(whole, at, part, prefix)
            found += [field] if field else []
    return found, prefix


def _body(whole: Reading, at: int, part: Stretch, prefix: str) -> tuple[int, str, Field[str] | None]:
    """The body that begins at `at`, if it is one: where to read on, what is still left open, and its field."""
    stop, own = end_of_body(whole, at, part.end, bool(prefix))
    prefix = "" if own else prefix
    stop, after, acts = name_end(whole, at, stop)
    name = whole.flat(at, stop).strip(' ,;:.()-“”"')
    if part.absent and _ALONE.match(fold(name)):  # UBND các xã: … (xã Đức Phú vắng)
        name = f"UBND {name}"
    label = (
        whole.string.startswith(":", stop)
        and _leads(whole, stop + 1)
        and not _is_semicolon(whole, name, stop, part.end)
    )
    after = max(after, at + 1)
    if len(name) <= 2 or not _is_body(name, prefix) or name.startswith(_BUSY) or label:
        return after, prefix, None
    field = _named(whole, f"{prefix}{name}", at, stop)
    return after, prefix, field.doubt("what it did is told behind it") if acts and not part.absent else field


def _is_semicolon(whole: Reading, name: str, at: int, end: int) -> bool:
    """Was a semicolon read as the colon at `at`: `Ban Chỉ huy Quân sự huyện: Huyện đoàn; UBND xã A`, on a scan, where
    semicolons part the others? Not behind whoever stands for several, `UBND huyện: Phòng Nội vụ`."""
    several = _OF_SEVERAL.match(fold(name)) is not None
    return not several and whole.text.is_read(at, at + 1) and ";" in whole.string[at:end]


def _leads(whole: Reading, at: int) -> bool:
    """Does a body follow a colon, `Tổ 1: Văn phòng HĐND`, rather than whoever stands for it, `Phòng Y tế: bà A`?"""
    if not whole.string.startswith(" ", at) or is_post(whole, at + 1):
        return False
    return head_at(whole.flowing, at + 1) is not None


def _named(whole: Reading, name: str, start: int, end: int) -> Field[str]:
    """A body as printed; where a figure or a stray mark stands inside a word, the agency that must be meant."""
    known = agencies_folded().get(fold(name), name)
    if spelled(known) != spelled(name) and not whole.mangled:  # Phòng Cống Thương
        return whole.field(known, start, end, "attendance", Method.MATCHED).doubt(f"read as {name!r}", 0.75)
    match = match_agency(name) if _DAMAGED.search(name) else None
    if match is None or match.value is None:
        field = whole.field(name, start, end, "attendance", factor=0.96)
        why = why_doubtful(name) or misread(whole, start, end, name)
        return field.doubt(why) if why else field
    field = whole.field(match.value, start, end, "attendance", Method.MATCHED)
    return field.doubt(f"read as {name!r}", 0.75)


def _first_word(whole: Reading, at: int, end: int) -> int:
    """Past marks, persons and words that belong to no name: `đại diện`, `các đồng chí`, `lãnh đạo:`."""
    while True:
        dropped = _DROPPED.match(whole.flowing, at, end)
        beyond = passed(whole, at, end)
        if beyond == at and (dropped is None or dropped.end() == at):
            break
        at = beyond if beyond > at or dropped is None else dropped.end()
    led = _LED.match(whole.flowing, at, end)
    return led.end() if led and NAME.match(whole.string, led.end()) else at


def _plural(whole: Reading, at: int, end: int) -> re.Match[str] | None:
    """`các Sở: Nội vụ; Y tế`, `các Sở Nội vụ, Y tế`; not `các phòng chuyên môn`."""
    plural = _PLURAL.match(whole.flowing, at, end)
    return plural if plural and (plural["kind"] or whole.string[plural.end()].isupper()) else None


def _described_prefix(whole: Reading, described: re.Match[str]) -> str:
    """The word that fields go without behind `các sở, ngành: Tài chính, Xây dựng`; none before `Sở Tài chính`."""
    kind = {"so": "Sở ", "ph": "Phòng "}.get(described[0].split()[1][:2], "")
    _, fields = body_words()
    return kind if whole.flowing.startswith(fields, described.end()) else ""


def _prefix(plural: re.Match[str]) -> str:
    kind = plural["kind"] or plural["kind2"]
    lead = "Lãnh đạo " if plural["lead"] or plural["lead2"] else ""
    return lead + {"so": "Sở ", "phong": "Phòng ", "ban": "Ban ", "bo": "Bộ "}[kind]


def _is_body(name: str, prefix: str) -> bool:
    """Words that are no body: `huyện Bắc Sơn` behind the names of its communes, `cùng dự`, a lone number."""
    folded = fold(name)
    if _ROLE.search(folded) or _SENTENCE.match(folded):
        return False
    if not prefix and (_TEAM.match(folded) or _GENERIC.match(folded)):
        return False
    return bool(prefix) or (head_at(folded, 0) is not None and not folded.startswith(("to chuc", "quyet dinh")))


def _of_communes(survey: Survey, opener: re.Match[str], end: int) -> tuple[int, list[Field[str]]]:
    """`Lãnh đạo UBND các xã: Long Đống, Đồng Ý` names one body for each commune; their district behind is passed."""
    whole = survey.whole
    head = whole.flat(*opener.span("head"))
    if opener["type"] == "huyen":
        return _of_districts(whole, head, opener.end(), end)
    kind = {"xa": "xã", "phuong": "phường"}[opener["type"]]
    mentions = survey.communes_in(opener.start(), end)
    group = (
        [m for m in mentions if m.group == mentions[0].group] if mentions and mentions[0].start <= opener.end() else []
    )
    fields = [
        whole.field(f"{head} {kind} {m.unit.value.name}", m.start, m.end, "attendance", factor=0.96) for m in group
    ]
    at = group[-1].end if group else opener.end()
    district = re.compile(r"\s*,?\s*(?:huyen|thi\s+xa|thanh\s+pho)\s+").match(whole.flowing, at, end)
    run = NAME.match(whole.string, district.end(), end) if district else None
    return (run.end() if run else at), fields


def _of_districts(whole: Reading, head: str, at: int, end: int) -> tuple[int, list[Field[str]]]:
    """`UBND các huyện: Phú Bình, Đồng Hỷ và thành phố Sông Công`."""
    found, kind = [], "huyện"
    run = NAME.match(whole.string, at, end)
    while run is not None:
        name = " ".join(run.group().split())
        found.append(whole.field(f"{head} {kind} {name}", *run.span(), "attendance", factor=0.96))
        at = run.end()
        joint = _NEXT_DISTRICT.match(whole.flowing, at, end)
        kind = whole.flat(*joint.span("type")) if joint and joint["type"] else "huyện"
        run = NAME.match(whole.string, joint.end(), end) if joint else None
        run = None if run and head_at(whole.flowing, run.start()) else run
    return at, found
