"""Attendance: each body that came to the inspection or meeting, or is named absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.draft import AttendanceDraft
from extract.field import Field
from extract.notice import Method
from extract.ntm.survey import Survey
from extract.ntm.units import NAME
from extract.parts.items import PLAIN, UPPER, Item, sentences
from extract.reading import Reading
from extract.words.phrases import Span, find_phrases, words
from normalize.fold import fold
from normalize.lexicon.agencies import agencies, match_agency

# Tham dự buổi làm việc có đại diện lãnh đạo: … · Tham gia đoàn thẩm tra có: … · Thành phần tham dự gồm; folded
_LEADS_ON = re.compile(
    r"[^.;:]{0,50}?(?:\bco\b|\bgom\b|:)(?:\s*(?:su\s+tham\s+gia\s+cua|mat|cac\s+dong\s+chi|dong\s+chi|dai\s+dien))?\s*:?\s*"
)
_PRESENT = re.compile(r"\s*:?\s+(?=(?:so|phong|ubnd|lanh\s+dao|dai\s+dien|ban|hoi)\s)")
_SHARED = re.compile(r"\s+cua\s+")
_DROPPED = re.compile(
    r"(?:\s|[,;:(–-]|va\b|cung\b|cac\s+dong\s+chi\b|dong\s+chi\b|dai\s+dien(?!\s+\w+\s+hoi)|cac\b(?!\s+so|\s+phong|\s+ban\b|\s+hoi)|co\b|gom\b|ong\b|ba\b)*"
)
_LED = re.compile(
    r"lanh\s+dao\s*(?:cac\s+(?:don\s+vi|co\s+quan)\s*)?:\s*"
)  # `đại diện lãnh đạo: Hội …` says lãnh đạo of none
# các Sở: A; B · các phòng: A, B · Sở: A, B; the plural with its list
_PLURAL = re.compile(
    r"(?P<lead>lanh\s+dao\s+)?(?:cac\s+)?(?P<kind>so|phong|ban|bo)\s*:\s*|(?P<lead2>lanh\s+dao\s+)?cac\s+(?P<kind2>so|phong|bo)\s+(?=[A-Z])"
)
_DESCRIBED = re.compile(
    r"cac\s+(?:so|nganh|co\s+quan|don\s+vi|phong|ban)[^:;.()]{0,140}?(?:gom|la)?\s*:\s*|cac\s+(?:so|co\s+quan)[^:;.()]{0,140}?,?\s+gom\s*:?\s*"
)
_COMMUNES = re.compile(
    r"(?P<head>(?:(?:(?:lanh\s+dao|(?:pho\s+)?chu\s+tich|bi\s+thu|dai\s+dien)\s+)?(?:ubnd|uy\s+ban\s+nhan\s+dan|dang\s+uy)|lanh\s+dao)\s+)cac\s+(?P<type>xa|phuong|huyen)\s*:?\s*(?=\w)"
)
_OF_PLACE = re.compile(r"\s+(?:huyen|tinh|thanh\s+pho|thi\s+xa)(?!\w)\s?")
# 1. Đoàn kiểm tra và các ngành: đại diện Sở … · 3. Cấp xã: UBND các xã …: whose list it is, not `Các Sở: …`
_GROUP = re.compile(
    r"(?!cac\s+(?:so|phong|ban|xa)\s*:)[^:;.]{3,60}:\s+"
    r"(?=(?:dai\s+dien|lanh\s+dao|so|phong|ubnd|uy\s+ban|thuong\s+truc)\b)"
)
_STOP = re.compile(r"[;,.()]|\bva\b|$")
_DAMAGED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|[§¢|]")  # Sở N1 vụ
_PERSON = re.compile(r"(?:\s*[:,(–-]\s*|\s)(?:có\s+)?(?:đồng chí|đ/c|ông|bà|Ông|Bà|Đồng chí)\s")
_ROLE = re.compile(r"^(?:pho )?truong doan(?: [a-z ]*)?$|^(?:thu ky|thanh vien|to truong|to pho)$|chu tri$")
_LED_OFF = re.compile(r"\s*(?:khong|co)\s+(?:co\s+)?(?:ly\s+do|phep)\s*:\s*")
_REASON = re.compile(r"\s*(?:\(?\s*co\s+ly\s+do\)?|khong\s+(?:co\s+)?ly\s+do|khong\s+phep|co\s+phep)")


NEAR = 14  # letters between two parts of one list, `vắng mặt)` and the like


@dataclass(frozen=True, slots=True)
class _List:
    """A stretch that lists bodies."""

    start: int
    end: int
    absent: bool


@cache
def _words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First words of bodies, and the fields of departments, both folded, the longest first."""
    known = [name for agency in agencies() for name in (agency.name, *agency.aliases)]
    fields = {fold(name[3:]) for name in known if name.startswith("Sở ")} | set(words("departments"))
    return words("heads"), tuple(sorted(fields, key=len, reverse=True))


def find_attendance(survey: Survey) -> AttendanceDraft:
    """Bodies present and absent, each once, in order; those absent are not present too."""
    present: list[Field[str]] = []
    absent: list[Field[str]] = []
    prefix, end = "", -1
    for part in _lists(survey):
        fields, prefix = _bodies(survey, part, prefix if part.start - end < NEAR else "")
        (absent if part.absent else present).extend(fields)
        end = part.end
    missing = _once(absent)
    gone = {fold(field.value) for field in missing}
    return AttendanceDraft(tuple(f for f in _once(present) if fold(f.value) not in gone), tuple(missing))


def _once(fields: list[Field[str]]) -> list[Field[str]]:
    return list({fold(field.value): field for field in reversed(fields)}.values())[::-1]


def _lists(survey: Survey) -> Iterator[_List]:
    """The stretches with names: from `Tham dự … có` to the end of its sentence, parts with `vắng mặt` apart."""
    for index, item in enumerate(survey.items):
        if index in survey.asking or item.start > survey.report_start + 1500:
            continue
        at = item.content
        for cue in find_phrases(survey.whole, "present", item.content, item.end):
            lead = _lead(survey.whole, cue, item.end) if cue[0] >= at else None
            if _is_headed(survey, index) and not survey.whole.flowing[cue[1] : item.end].strip(" .:"):
                yield from _below(survey, index)
            elif lead is not None:
                at = _sentence_end(survey.whole, lead, item.end)
                yield from _opened(survey, index, lead, at)
        for cue in find_phrases(survey.whole, "absent", max(at, item.content), item.end):
            yield _absent(survey.whole, item, cue)


def _lead(whole: Reading, cue: Span, end: int) -> int | None:
    """Where the bodies begin that a cue leads to; None where it leads to none."""
    ways = [_LEADS_ON]
    if whole.flowing[slice(*cue)] == "co mat":  # đã kiểm tra thực địa, có mặt Phòng Kinh tế, …
        ways = [_PRESENT, _LEADS_ON]
    elif whole.flowing[: cue[0]].endswith(" su "):  # Đoàn có sự tham gia của Ban Pháp chế, …
        ways = [_SHARED, _LEADS_ON]
    if whole.flowing[: cue[0]].endswith("khong "):  # Không có mặt: …
        return None
    return next((lead.end() for way in ways if (lead := way.match(whole.flowing, cue[1], end))), None)


def _opened(survey: Survey, index: int, start: int, end: int) -> Iterator[_List]:
    """What a lead opens: the rest of its sentence, the paragraphs that go on with it, the bullets below a colon."""
    item = survey.items[index]
    yield from _parted(survey.whole, start, end)
    if end == item.end:
        yield from _going_on(survey, index)
    if survey.whole.string[item.content : item.end].rstrip().endswith(":"):
        yield from _bulleted(survey, index)


def _absent(whole: Reading, item: Item, cue: Span) -> _List:
    """Who is absent: those behind the cue, `Vắng mặt: Sở Y tế`, else those of its clause or bracket before it."""
    stop = _sentence_end(whole, cue[1], item.end)
    behind = re.compile(rf"[^{UPPER}]{{0,40}}[:{UPPER}]").match(whole.string, cue[1], stop)
    if behind:  # Vắng mặt không lý do: Sở Văn hóa
        return _List(cue[1] + behind[0].rfind(":") + 1, stop, True)
    start = next((a for a, b in sentences(whole, item.content, item.end) if a <= cue[0] < b), item.content)
    start = max(start, whole.string.rfind(";", start, cue[0]) + 1)
    opening = whole.string.rfind("(", start, cue[0])  # … (Phòng Tài nguyên và Môi trường vắng)
    start = opening + 1 if opening >= 0 and ")" not in whole.string[opening : cue[0]] else start
    return _List(start, cue[0], True)


def _going_on(survey: Survey, index: int) -> Iterator[_List]:
    """The rest of a list that a line's end cut into paragraphs: `…: Ủy ban MTTQ huyện;` / `Hội Nông dân huyện; …`."""
    whole, items = survey.whole, survey.items
    while index + 1 < len(items) and whole.string[items[index].content : items[index].end].rstrip()[-1:] in (";", ","):
        index += 1
        item = items[index]
        if item.depth != PLAIN or find_phrases(whole, "present", item.content, item.end):
            return
        stop = _sentence_end(whole, item.content, item.end)
        yield from _parted(whole, item.content, stop)
        if stop < item.end:
            return


def _is_headed(survey: Survey, index: int) -> bool:
    """Is an item nothing but a heading: `I. THÀNH PHẦN THAM DỰ`?"""
    item = survey.items[index]
    return item.depth <= 1 and not survey.whole.string[item.content : item.end].rstrip().endswith((":", "."))


def _below(survey: Survey, index: int) -> Iterator[_List]:
    """What stands below a heading: lists in a line, `Đại diện các đơn vị: Phòng Kinh tế, Công an huyện`, or bullets."""
    whole = survey.whole
    for child, parent in enumerate(survey.parents):
        item = survey.items[child]
        if parent != index:
            continue
        if any(find_phrases(whole, group, item.content, item.end) for group in ("present", "absent")):
            continue  # these are read by themselves
        person = _PERSON.search(whole.string, item.content, item.end)
        stop = person.start() if person else _sentence_end(whole, item.content, item.end)
        group = _GROUP.match(whole.flowing, item.content, stop)
        yield from _parted(whole, group.end() if group else item.content, stop)


def _bulleted(survey: Survey, index: int) -> Iterator[_List]:
    """One body a bullet, named before its colon: `- Sở Nội vụ: ông Nguyễn Văn A, Phó Giám đốc;`."""
    whole = survey.whole
    children = [i for i, parent in enumerate(survey.parents) if parent == index and survey.items[i].depth != PLAIN]
    for child in children or _following(survey, index):
        item = survey.items[child]
        person = _PERSON.search(whole.string, item.content, item.end)
        yield _List(item.content, person.start() if person else _sentence_end(whole, item.content, item.end), False)


def _following(survey: Survey, index: int) -> Iterator[int]:
    """The numbered lines right below a paragraph that ends in a colon: `Thành phần:` / `1) Văn phòng UBND tỉnh;`."""
    depth = survey.items[index + 1].depth if index + 1 < len(survey.items) else PLAIN
    for child in range(index + 1, len(survey.items)):
        if depth == PLAIN or survey.items[child].depth != depth:
            return
        yield child


def _sentence_end(whole: Reading, start: int, end: int) -> int:
    stop = re.compile(rf"\.\s+(?=[{UPPER}])|\.\s*$|/\.").search(whole.string, start, end)
    return stop.start() if stop else end


def _parted(whole: Reading, start: int, end: int) -> Iterator[_List]:
    """Cut a list at what it says of absence: behind `vắng mặt:`, or the bracket or clause before `vắng mặt`."""
    at = start
    for cue in find_phrases(whole, "absent", start, end):
        if cue[0] < at:
            continue
        after = re.match(r"\s*:?\s*(?:co\s+)?", whole.flowing[cue[1] : end])
        led = _LED_OFF.match(whole.flowing, cue[1], end)  # Vắng mặt không lý do: Sở Văn hóa
        if led:
            yield _List(at, cue[0], False)
            yield _List(led.end(), end, True)
            return
        reason = _REASON.match(whole.flowing, cue[1], end)
        listed = reason is None and NAME.match(whole.string, cue[1] + (after.end() if after else 0), end)
        opening = whole.string.rfind("(", at, cue[0])
        if listed:
            yield _List(at, cue[0], False)
            stop = (
                whole.string.find(")", cue[1], end)
                if opening >= 0 and ")" not in whole.string[opening : cue[0]]
                else end
            )
            yield _List(cue[1], stop if stop >= 0 else end, True)
            at = stop if stop >= 0 else end
        elif opening >= 0 and ")" not in whole.string[opening : cue[0]]:
            shut = whole.string.find(")", cue[1], end)
            alone = not re.search(r"\w", whole.string[opening + 1 : cue[0]])
            first = _last_body(whole, at, opening) if alone else opening
            yield _List(at, first, False)
            yield _List(first if alone else opening + 1, opening if alone else cue[0], True)
            at = shut + 1 if shut >= 0 else end
        elif (clause := whole.string.rfind(";", at, cue[0])) >= 0:  # …; Sở Xây dựng không cử cán bộ tham gia
            yield _List(at, clause, False)
            yield _List(clause + 1, cue[0], True)
            at = _clause_end(whole, cue[1], end)
    yield _List(at, end, False)


def _clause_end(whole: Reading, start: int, end: int) -> int:
    stop = whole.string.find(";", start, end)
    return stop if stop >= 0 else end


def _last_body(whole: Reading, start: int, end: int) -> int:
    """Where the body begins that a bracket `(vắng mặt)` belongs to."""
    cuts = [m.end() for m in re.compile(r"[;,]\s*|\bva\s+").finditer(whole.flowing, start, end)]
    heads, _ = _words()
    for cut in reversed(cuts):
        if whole.flowing.startswith(heads, cut):
            return cut
    return cuts[-1] if cuts else start


def _bodies(survey: Survey, part: _List, prefix: str) -> tuple[list[Field[str]], str]:
    """Read a list body by body. `prefix`: the word that a list before it, `các Sở:`, left open; so the result."""
    whole = survey.whole
    at, found = part.start, []
    while at < part.end:
        at = _first_word(whole, at, part.end)
        communes = _COMMUNES.match(whole.flowing, at, part.end)
        plural = _PLURAL.match(whole.flowing, at, part.end)
        described = _DESCRIBED.match(whole.flowing, at, part.end)
        if communes:
            at, fields = _of_communes(survey, communes, part.end)
            found += fields
            prefix = ""
        elif plural:
            at, prefix = plural.end(), _prefix(plural)
        elif described:
            at, prefix = described.end(), ""
        elif at < part.end:
            stop, own = _one(whole, at, part.end, bool(prefix))
            prefix = "" if own else prefix
            name = whole.flat(at, stop).strip(' ,;:.()-“”"')
            if len(name) > 2 and _is_body(name, prefix):
                found.append(_named(whole, f"{prefix}{name}", at, stop))
            at = max(stop, at + 1)
    return found, prefix


def _named(whole: Reading, name: str, start: int, end: int) -> Field[str]:
    """A body as printed; where a figure or a stray mark stands inside a word, the agency that must be meant."""
    match = match_agency(name) if _DAMAGED.search(name) else None
    if match is None or match.value is None:
        return whole.field(name, start, end, "attendance", factor=0.96)
    field = whole.field(match.value, start, end, "attendance", Method.MATCHED)
    return field.doubt(f"read as {name!r}", 0.75)


def _first_word(whole: Reading, at: int, end: int) -> int:
    """Past marks and words that belong to no name: `đại diện`, `các đồng chí`, `lãnh đạo:`."""
    dropped = _DROPPED.match(whole.flowing, at, end)
    at = dropped.end() if dropped else at
    led = _LED.match(whole.flowing, at, end)
    return led.end() if led and NAME.match(whole.string, led.end()) else at


def _prefix(plural: re.Match[str]) -> str:
    kind = plural["kind"] or plural["kind2"]
    lead = "Lãnh đạo " if plural["lead"] or plural["lead2"] else ""
    return lead + {"so": "Sở ", "phong": "Phòng ", "ban": "Ban ", "bo": "Bộ "}[kind]


def _is_body(name: str, prefix: str) -> bool:
    """Words that are no body: `huyện Bắc Sơn` behind the names of its communes, `cùng dự`, a lone number."""
    folded = fold(name)
    heads, _ = _words()
    if _ROLE.search(folded):
        return False
    return bool(prefix) or (folded.startswith(heads) and not folded.startswith("to chuc"))


def _one(whole: Reading, at: int, end: int, listed: bool) -> tuple[int, bool]:
    """Where the body that begins at `at` ends; is it one of its own rather than a field behind `các Sở:`?"""
    heads, fields = _words()
    text = whole.flowing
    known = next(
        (f for f in fields if text.startswith(f, at) and not text[at + len(f) : at + len(f) + 1].isalnum()), None
    )
    own = _starts_head(text, at, heads)
    if listed and known and not (own and len(own) > len(known)):
        return at + len(known), False
    if own in ("so", "phong"):
        field = next((f for f in fields if text.startswith(f, at + len(own) + 1)), None)
        if field:
            shut = at + len(own) + 1 + len(field)
            place = _OF_PLACE.match(text, shut, end)
            run = NAME.match(whole.string, place.end(), end) if place else None
            return (run.end() if run else place.end() if place else shut), True
    stop = at + 1
    while True:
        found = _STOP.search(text, stop, end)
        if found is None or found.start() >= end:
            return end, own is not None
        follows = re.compile(r"[\s,;]*(?:va\s+)?(?:cac\s+|dai\s+dien\s+|dong\s+chi\s+)*").match(text, found.end())
        begins = follows.end() if follows else found.end()
        if (
            found[0] in (";", "(", ")", ".")
            or _starts_head(text, begins, heads)
            or (listed and whole.string[begins : begins + 1].isupper() and found[0] == ",")
        ):
            return found.start(), own is not None
        stop = found.end()


def _starts_head(text: str, at: int, heads: tuple[str, ...]) -> str | None:
    return next(
        (h for h in heads if text.startswith(h, at) and not text[at + len(h) : at + len(h) + 1].isalnum()), None
    )


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
    """`UBND các huyện: Phú Bình, Đồng Hỷ và Võ Nhai`."""
    found = []
    run = NAME.match(whole.string, at, end)
    while run is not None:
        name = " ".join(run.group().split())
        found.append(whole.field(f"{head} huyện {name}", *run.span(), "attendance", factor=0.96))
        at = run.end()
        joint = re.compile(r"\s*,\s*|\s+va\s+").match(whole.flowing, at, end)
        run = NAME.match(whole.string, joint.end(), end) if joint else None
        run = None if run and _starts_head(whole.flowing, run.start(), _words()[0]) else run
    return at, found
