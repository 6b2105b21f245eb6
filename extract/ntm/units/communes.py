"""Units of a notice: province and district it is about, and every commune it names, linked to the list of its day."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.field import Field
from extract.notice import Level, Method, ParentUnit, Successor, Unit
from extract.parts.items import UPPER
from extract.reading import Reading
from normalize.confusion import plain
from normalize.fold import fold
from normalize.lexicon import units as lexicon
from normalize.lexicon.find import match_commune, match_district, match_province, split_type
from normalize.match import Match

Linked = Match[lexicon.Unit]

SURELY = 5.0  # weight of a district that letterhead or title name, or the text often
# Long Đống · Ka Đô · Ea H'leo · Sơn Kim 1 · LẠNG SƠN; over a line's end too
NAME = re.compile(rf"[{UPPER}][\w'’]*(?:[ \n][{UPPER}][\w'’]*){{0,4}}(?:[ \n]\d{{1,2}}(?![\d/.,%]))?")
# 02 xã đạt chuẩn nông thôn mới năm 2023 (Tân Khánh, Bàn Đạt): what the communes of a list are to reach
_REACHING = (
    r"\s+(?:(?:da|duoc|deu)\s+)*(?:(?:chu\s+tich\s+)?(?:ubnd|uy\s+ban\s+nhan\s+dan)\s+\w+\s+)?(?:dat|cong\s+nhan|dang\s+ky|phan\s+dau|ve\s+dich)(?!\w)"
    r"(?:(?!\bxa\b)[^.;:()\d]){0,70}(?:20\d\d\s*)?(?:[:(]|\b(?:gom|la)\b\s*:?)"
)
_COUNTED = r"(?:cac|nhung|cua|tai|\d{1,3}|hai|ba|bon|nam|sau|bay|tam|chin|muoi)"
# xã Long Đống · các xã: Long Đống, Đồng Ý · 04 xã (Tân Hương, …) · 05 xã, gồm Tiên Cảnh, …; folded
_COMMUNE = re.compile(
    rf"(?<!\w)(?:(?P<many>{_COUNTED})\s+)?(?<!thi )(?<!thi\n)(?P<type>xa|phuong|thi\s+tran|dac\s+khu)(?!\w)"
    r"(?:\s+diem(?!\w))?"
    rf"(?P<opener>{_REACHING}|\s*,?\s*(?:(?:gom|la|sau day|sau|nhu sau|bao gom|cu the)(?!\w)"
    r"(?:\s+(?:cac\s+xa|co)(?!\w))?)?\s*[:(]?)"
    r"[\s\"“]*(?=\w)"
)
_NEXT = re.compile(
    r"\s*(?:[,;]\s*(?:va\s+)?|\s+va\s+|\s*&\s*)(?:(?:cac\s+)?(?P<type>xa|phuong|thi\s+tran)\s*:?\s+)?(?=\w)"
)
_DISTRICT_AFTER = re.compile(
    r"\s*,?\s*\(?\s*(?:thuoc\s+)?(?:dia ban\s+)?(?P<type>huyen|thi\s+xa|thanh\s+pho|tp\.|quan)\s*(?=\w)"
)
# huyện Bắc Sơn · Huyện ủy Thanh Bình
_DISTRICT = re.compile(r"(?<!\w)(?P<type>huyen|thi\s+xa|thanh\s+pho|quan|tp\.?|tx\.?)\s+(?:uy\s+)?(?=\w)")
_PROVINCE = re.compile(r"(?<!\w)(?P<type>tinh|thanh\s+pho|tp\.?)\s+(?:uy\s+)?(?=\w)")
_TYPES = {fold(kind): kind for kind in ("xã", "phường", "thị trấn", "đặc khu")}
_LEADS_LIST = re.compile(r"\s*[:(–-]\s*(?:(?:gom|co)\s+)?(?:\d{1,2}\s+)?(?:cac\s+)?(?:xa|phuong)\s*:?\s*")
_DISTRICT_TYPES = {"huyen": "huyện", "thi xa": "thị xã", "thanh pho": "thành phố", "quan": "quận"}
_HEADED = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp)(?!\w)")
# Capitalised words behind `xã` or in its lists that begin no commune's name. Whole phrases: there are communes called
# Hội An, Viên An, Tịnh Hà, Huyền Hội and Sơ Pai.
_NO_NAMES = re.compile(
    r"(?:nong thon|ntm|ubnd|tong (?:so|cong|kinh)|"
    r"quoc gia|vien (?:kiem|chuc|thong)|hoi (?:dong|nong|vien|lien|cuu|chu|phu|khuyen|nguoi)|"
    r"so (?:nong|tai|xay|ke|giao|y te|van|noi|cong|lao|thong|tu phap|khoa)|(?:huyen|tinh) (?:uy|doan|doi))(?!\w)"
)
_HEAD_CELL = re.compile(r"(?:Huyện|Tỉnh|HUYỆN|TỈNH)(?!\w)")  # TT Tên xã Huyện Số tiêu chí đạt
_WORD = re.compile(r"[^ \n]+")
_TYPED = re.compile(r"(?:Xã|XÃ|Phường|Thị\s+trấn)\s+(?=\w)")  # …một số xã / Xã Bằng Lang: a new sentence


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named at [start, end), type word included where one stands; `group` is shared within one list."""

    start: int
    end: int
    group: int
    unit: Field[Unit]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the notice is about: its day, province and district."""

    day: dt.date
    province: Field[Unit] | None = None
    district: Field[Unit] | None = None

    @property
    def province_code(self) -> str | None:
        return self.province.value.code if self.province else None

    @property
    def district_code(self) -> str | None:
        return self.district.value.code if self.district else None


def make_unit(unit: lexicon.Unit) -> Unit:
    """A unit of the lists as the notice document writes it."""
    return Unit(
        level=Level(unit.level.value),
        type=unit.type,
        name=unit.name,
        code=unit.code,
        as_of=unit.as_of,
        district=ParentUnit(name=unit.district.name, code=unit.district.code) if unit.district else None,
        province=ParentUnit(name=unit.province.name, code=unit.province.code) if unit.province else None,
        successors=tuple(Successor(code=s.code, name=s.name, whole=s.whole) for s in unit.successors),
    )


def link_unit(
    reading: Reading, start: int, end: int, match: Linked, level: Level, kind: str, where: Whereabouts
) -> Field[Unit]:
    """A field from a name at [start, end) and what it was matched to. Unsure: no code, the name as read."""
    unit = match.value
    if unit is None:
        return _undecided(reading, start, end, match, level, kind, where)
    field = reading.field(make_unit(unit), start, end, "unit", Method.MATCHED)
    # a name that a closed list holds letter by letter was hardly misread into it
    words = field.confidence if match.score < 0.99 else max(field.confidence, 0.97)
    field = replace(field, confidence=round(math.sqrt(words) * match.confidence, 4))
    if match.note:
        return replace(field, why=match.note)
    if match.score < 0.8:
        return field.doubt(f"read as {reading.flat(start, end)!r}, far from {unit.name}", 0.75)
    return field


def _undecided(
    reading: Reading, start: int, end: int, match: Linked, level: Level, kind: str, where: Whereabouts
) -> Field[Unit]:
    above = level is Level.COMMUNE and where.district
    top = level is not Level.PROVINCE and where.province
    unit = Unit(
        level=level,
        type=kind,
        name=reading.flat(start, end),
        as_of=where.day,
        district=ParentUnit(name=above.value.name, code=above.value.code) if above else None,
        province=ParentUnit(name=top.value.name, code=top.value.code) if top else None,
    )
    names = tuple(f"{c.value.type} {c.value.name} ({c.value.code})" for c in match.candidates[:4])
    field = reading.field(unit, start, end, "unit", Method.READ, alternatives=names)
    return field.doubt(f"no unit of the list is surely meant ({match.why or 'no candidates'})")


@lru_cache(maxsize=4096)
def _commune(read: str, day: dt.date, district: str | None, province: str | None, mangled: bool) -> Linked:
    # marks that the decoder put there are no proof: Hoằng Phú or Hoằng Phụ stays unsure in a dump without any
    found = match_commune(read, day, district, province, marked=False if mangled else None)
    return _spelt_as_read(found, day) if found.sure else found


def _spelt_as_read(found: Linked, day: dt.date) -> Linked:
    """The unit under the name that another list gives it, where that was read: lists have slips of their own."""
    name = split_type(found.read)[1]
    if found.best and plain(found.best.name) == plain(name):
        return found
    for beside in lexicon.Units.neighbours(day):
        twin = beside.get(found.best.code) if found.best else None
        if found.best and twin and plain(twin.name) == plain(name):
            return replace(found, best=replace(found.best, name=twin.name), score=1.0)
    return found


def _best_prefix(
    reading: Reading, start: int, end: int, kind: str, where: Whereabouts, district: str | None
) -> tuple[int, Linked]:
    """The part of a run of capitalised words that is a commune's name: `Vũ Sơn Đã` → `Vũ Sơn`."""
    ends = [start + m.end() for m in _WORD.finditer(reading.string[start:end])]
    tried = [
        (
            stop,
            _commune(f"{kind} {reading.flat(start, stop)}", where.day, district, where.province_code, reading.mangled),
        )
        for stop in ends
    ]
    best = max(tried, key=lambda one: (one[1].sure, round(one[1].score, 2), one[0]))
    # a name that no list holds stays as read, whole where it stands between marks: Ngải Thầu, not Ngải
    return best if best[1].sure or not _closed(reading, tried[-1][0]) else tried[-1]


def find_communes(reading: Reading, where: Whereabouts, start: int, end: int) -> list[Mention]:
    """Every commune named in a stretch, in order; names of one list are decided together.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["các xã: Long Đống, Đồng Ý và xã Vũ Sơn đã đạt"])
    >>> reading = Reading(text, (1.0,) * len(text.words))
    >>> where = find_where(reading, ["huyện Bắc Sơn", "tỉnh Lạng Sơn"], dt.date(2023, 11, 30))
    >>> [(m.unit.value.name, m.unit.value.code) for m in find_communes(reading, where, 0, 45)]
    [('Long Đống', '06328'), ('Đồng Ý', '06337'), ('Vũ Sơn', '06355')]
    """
    found: list[Mention] = []
    for group, opener in enumerate(_COMMUNE.finditer(reading.flowing, start, end)):
        if (found and opener.start() < found[-1].end) or not _is_type(reading, opener):
            continue
        kind = _TYPES[" ".join(opener["type"].split())]
        spans = list(_listed(reading, opener, kind, where, end))
        district = _named_district(reading, spans, where)
        group = found[-1].group if found and _goes_on(reading, found[-1].end, opener) else group
        found += _decided(reading, spans, group, district, where, opener.start("type"))
    return found


def _goes_on(reading: Reading, end: int, opener: re.Match[str]) -> bool:
    """`xã Đồng Tâm, huyện Yên Thế và xã Ngọc Vân, huyện Tân Yên`: one list, with a district behind each name."""
    if opener["many"] or opener["opener"].strip():
        return False
    after = _DISTRICT_AFTER.match(reading.flowing, end, opener.start())
    run = NAME.match(reading.string, after.end(), opener.start()) if after else None
    between = reading.flowing[run.end() : opener.start()] if run else ""
    return re.fullmatch(r"\)?\s*(?:,|va|,\s*va)\s*", between) is not None


def names_behind(reading: Reading, where: Whereabouts, start: int, end: int) -> list[Mention]:
    """The communes listed behind a colon without the word xã: `1. Huyện Tiên Lãng (02 xã): Quyết Tiến, Kiến Thiết`.

    Where a district leads in the list they are those of that district.
    """
    colon = reading.string.find(":", start, end)
    first = re.compile(r"\s*(?=\w)").match(reading.string, colon + 1, end) if colon >= 0 else None
    if first is None:
        return []
    lead = _DISTRICT_AFTER.search(reading.flowing, start, colon)
    run = NAME.match(reading.string, lead.end(), colon) if lead else None
    district = where.district_code
    if run is not None:
        match = _district(" ".join(run.group().split()), where.day, where.province_code)
        district = match.best.code if match.best and match.sure else district
    inside = replace(where, district=None) if district != where.district_code else where
    spans = list(read_names(reading, first.end(), end, "xã", inside))
    found = list(_decided(reading, spans, first.end(), district, inside, first.end()))
    known = sum(m.unit.value.code is not None for m in found)
    return found if 2 * known >= len(found) else []  # names that the list of another day does not have stay unsure


def find_districts(reading: Reading, where: Whereabouts, start: int, end: int) -> list[Mention]:
    """Every district named in a stretch, in order; those that no list decides are left out."""
    votes = _votes(reading, _DISTRICT, lambda read, kind: _district(read, where.day, where.province_code, kind))
    return [
        Mention(v.start, v.end, -v.start, link_unit(reading, v.start, v.end, v.match, Level.DISTRICT, "huyện", where))
        for v in votes
        if start <= v.start < end
    ]


NameSpan = tuple[int, int, str, Linked]


def _listed(reading: Reading, opener: re.Match[str], kind: str, where: Whereabouts, end: int) -> Iterator[NameSpan]:
    """The names after `xã`: one, or, after `các xã`, `04 xã (` and the like, a whole list."""
    at, many = opener.end(), bool(opener["many"]) or bool(opener["opener"].strip())
    if reading.string[opener.start("opener") : at].strip(" \n,:(")[:1].isupper():  # xã La Bằng, not `xã là …`
        at, many = opener.start("opener") + 1, bool(opener["many"])
    return read_names(reading, at, end, kind, where, many)


def read_names(
    reading: Reading, at: int, end: int, kind: str, where: Whereabouts, many: bool = True
) -> Iterator[NameSpan]:
    """Commune names one after the other from `at`, until something stands there that is no commune's name."""
    first = True
    typed = _TYPED.match(reading.string, at, end)
    at = typed.end() if typed else at
    while True:
        run = NAME.match(reading.string, at, end)
        if run is None or _NO_NAMES.match(reading.flowing, at) or _HEAD_CELL.match(reading.string, at):
            return
        stop, match = _best_prefix(reading, at, run.end(), kind, where, where.district_code)
        if not match.sure and where.district_code:
            wide_stop, wide = _best_prefix(reading, at, run.end(), kind, where, None)
            if wide.sure and wide.score >= 0.95:
                stop, match = wide_stop, wide
        if not first and not match.sure and match.score < 0.6 and not _closed(reading, stop):
            return
        yield at, stop, kind, match
        following = _NEXT.match(reading.flowing, stop, end)
        new_type = following is not None and _is_type(reading, following)
        if following is None or not (many or new_type):
            return
        kind = _TYPES[" ".join(following["type"].split())] if new_type else kind
        at, first = following.end() if new_type or not following["type"] else following.start("type"), False


def name_ends(reading: Reading, at: int, end: int) -> list[int]:
    """Where a name that begins at `at` may end: behind each of its words. Matching costs a thousand times as much.

    >>> from normalize.text import from_lines
    >>> name_ends(Reading(from_lines(["Vũ Sơn: đạt 15/19"]), (1.0,) * 4), 0, 17)
    [2, 6]
    """
    typed = _TYPED.match(reading.string, at, end)
    run = NAME.match(reading.string, typed.end() if typed else at, end)
    return [run.start() + word.end() for word in _WORD.finditer(run.group())] if run else []


def _is_type(reading: Reading, found: re.Match[str]) -> bool:
    """`phường`, not the first word of `Phương Viên`."""
    return bool(found["type"]) and "ương" not in reading.string[slice(*found.span("type"))].lower()


def _closed(reading: Reading, at: int) -> bool:
    """Does a list's mark follow: the name stands alone between commas?"""
    return reading.string[at : at + 1] in (",", ")", ";", ".")


def _named_district(reading: Reading, spans: Sequence[NameSpan], where: Whereabouts) -> str | None:
    """The district named right behind a list, or before it: `xã Quảng Lập, huyện Đơn Dương`, `Huyện Ngọc Lặc: xã …`."""
    if not spans:
        return where.district_code
    after = _DISTRICT_AFTER.match(reading.flowing, spans[-1][1]) or _district_before(reading, spans[0][0])
    run = NAME.match(reading.string, after.end()) if after else None
    if run is None:
        return where.district_code
    kind = _DISTRICT_TYPES.get(" ".join(after["type"].split()), "") if after else ""
    match = _district(" ".join(run.group().split()), where.day, where.province_code, kind)
    return match.best.code if match.best and match.score > 0.7 else where.district_code


def _district_before(reading: Reading, at: int) -> re.Match[str] | None:
    """The type word of a district that leads in a list: `Huyện Ngọc Lặc: xã Minh Sơn`, `huyện Như Xuân (02 xã: …`."""
    openers = list(_DISTRICT_AFTER.finditer(reading.flowing, max(0, at - 60), at))
    opener = openers[-1] if openers else None
    run = NAME.match(reading.string, opener.end(), at) if opener else None
    if opener is None or run is None or not _LEADS_LIST.fullmatch(reading.flowing, run.end(), at):
        return None
    return opener


@lru_cache(maxsize=512)
def _district(read: str, day: dt.date, province: str | None, kind: str = "") -> Linked:
    """The district of a run of capitalised words, the words behind its name left out.

    `kind`: the type printed before it, which parts huyện Hồng Ngự from thành phố Hồng Ngự.
    """
    words = read.split()
    names = [" ".join(words[:k]) for k in range(1, len(words) + 1)]
    tried = [replace(match_district(f"{kind} {name}".strip(), day, province), read=name) for name in names]
    return max(tried, key=lambda match: (match.sure, round(match.score, 2), len(match.read)))


def match_named_district(
    reading: Reading, start: int, end: int, where: Whereabouts, kind: str = ""
) -> tuple[Linked, int]:
    """The district of a run of capitalised words, and where its name ends."""
    match = _district(reading.flat(start, end), where.day, where.province_code, kind)
    words = list(re.finditer(r"\S+", reading.string[start:end]))
    return match, start + words[len(match.read.split()) - 1].end()


def _decided(
    reading: Reading, spans: Sequence[NameSpan], group: int, district: str | None, where: Whereabouts, first: int
) -> Iterator[Mention]:
    """Names of one list: within the district named, no commune twice."""
    if district != where.district_code:
        spans = [
            (
                a,
                b,
                kind,
                _commune(f"{kind} {reading.flat(a, b)}", where.day, district, where.province_code, reading.mangled),
            )
            for a, b, kind, _ in spans
        ]
    matches = without_doubles([match for *_, match in spans])
    for k, ((start, end, kind, _), match) in enumerate(zip(spans, matches, strict=True)):
        unsure = match.value is None
        if unsure and (reading.string[start:end].isupper() or (match.score < 0.5 and len(spans) == 1)):
            continue
        field = link_unit(reading, start, end, match, Level.COMMUNE, kind, where)
        yield Mention(start if k else min(first, start), end, group, field)


def without_doubles(matches: Sequence[Linked]) -> list[Linked]:
    """Two names of one list are two communes: the worse of two that claim the same one loses it.

    The loser takes its next candidate where that is nearly as good, unsure either way.
    """
    best: dict[str, int] = {}
    for index, match in enumerate(matches):
        code = match.best.code if match.best else None
        if code and (code not in best or match.score > matches[best[code]].score):
            best[code] = index
    return [
        match if match.best is None or best[match.best.code] == index else _second(match, set(best))
        for index, match in enumerate(matches)
    ]


def _second(match: Linked, taken: set[str]) -> Linked:
    free = [c for c in match.candidates if c.value.code not in taken]
    if match.score >= 0.999 or not free:  # the same name printed twice is the notice's own doing
        return match if match.score >= 0.999 else replace(match, sure=False, why="another name of the list fits better")
    return replace(
        match, best=free[0].value, score=free[0].score, sure=False, why="another name of the list fits better"
    )


@dataclass(frozen=True, slots=True)
class _Vote:
    start: int
    end: int
    match: Linked
    weight: float


def find_where(
    reading: Reading, printed: Sequence[str], day: dt.date, title: Sequence[tuple[int, int]] = ()
) -> Whereabouts:
    """The province and district that a notice is about.

    `printed`: issuer, its superior, place: strings that weigh more than a mention in the text; `title`: spans of
    the trích yếu, which weigh most for the district.
    """
    where = Whereabouts(day)
    province = _province(reading, printed, where)
    where = replace(where, province=province)
    district = _the_district(reading, printed, title, where)
    where = replace(where, district=district)
    if province is None and district is not None and district.value.code:
        where = replace(where, province=_province_of(district, day))
    return where


def _province(reading: Reading, printed: Sequence[str], where: Whereabouts) -> Field[Unit] | None:
    votes = list(_votes(reading, _PROVINCE, lambda read, _: _province_match(read, where.day)))
    weights: dict[str, float] = {}
    for vote in votes:
        weights[_code(vote.match)] = weights.get(_code(vote.match), 0) + vote.weight
    for text in _of_provinces(printed):
        match = _province_match(_without_body(text), where.day)
        if match.sure and match.score > 0.85:
            weights[_code(match)] = weights.get(_code(match), 0) + 3
    if not weights:
        return None
    code = max(weights, key=lambda code: weights[code])
    best = [vote for vote in votes if _code(vote.match) == code]
    if best:
        vote = max(best, key=lambda vote: vote.match.score)
        return link_unit(reading, vote.start, vote.end, vote.match, Level.PROVINCE, "tỉnh", where)
    return _from_printed(reading, printed, code, where)


def _of_provinces(printed: Sequence[str]) -> list[str]:
    """The strings of the letterhead that can name a province: not a district's office, nor the place where it sits.

    `UBND huyện Quang Bình`, `Quang Bình, ngày …`: a district of Hà Giang, however near to Quảng Bình its name is.
    """
    below = re.compile(r"(?<!\w)(?:huyen|thi xa|quan|xa|phuong|thi tran)(?!\w)")
    local = any(below.search(fold(text)) for text in printed)
    return [text for text in printed if not below.search(fold(text)) and (not local or _HEADED.search(fold(text)))]


def _from_printed(reading: Reading, printed: Sequence[str], code: str, where: Whereabouts) -> Field[Unit] | None:
    """The province from the place of the letterhead, where the words `tỉnh X` stand nowhere."""
    for text in _of_provinces(printed):
        name = _without_body(text)
        match = _province_match(name, where.day)
        at = reading.folded.find(fold(name))
        if _code(match) == code and at >= 0:
            return link_unit(reading, at, at + len(name), match, Level.PROVINCE, "tỉnh", where)
    return None


def _without_body(text: str) -> str:
    """The name behind `UBND tỉnh`; the text itself where no such words stand before it."""
    found = re.search(r"(?:tỉnh|thành phố|Tỉnh|Thành phố|TP\.?)\s+(?:[ủỦ]y\s+)?(.+)$", text)
    return found[1] if found else text


@lru_cache(maxsize=512)
def _province_match(read: str, day: dt.date) -> Linked:
    words = read.split()[:5]
    tried = [match_province(" ".join(words[:k]), day) for k in range(1, len(words) + 1)]
    return (
        max(tried, key=lambda match: (match.sure, round(match.score, 2), len(match.read)))
        if tried
        else match_province(read, day)
    )


def _code(match: Linked) -> str:
    return match.best.code if match.best else ""


def _votes(reading: Reading, pattern: re.Pattern[str], find: Callable[[str, str], Linked]) -> Iterator[_Vote]:
    """What each name behind a type word means; `find` is asked with the name and the type."""
    for opener in pattern.finditer(reading.flowing):
        run = NAME.match(reading.string, opener.end())
        if run is None:
            continue
        match = find(" ".join(run.group().split()), _DISTRICT_TYPES.get(" ".join(opener["type"].split()), ""))
        if match.sure and match.score > 0.75:
            width = len(match.read.split())
            words = list(re.finditer(r"\S+", run.group()))
            end = run.start() + words[width - 1].end()
            yield _Vote(run.start(), end, match, match.score)
            if reading.flowing[: opener.start()].rstrip().endswith("cac"):
                yield from _next_votes(reading, end, find)


def _next_votes(reading: Reading, at: int, find: Callable[[str, str], Linked]) -> Iterator[_Vote]:
    """`các huyện Tiên Lãng, Vĩnh Bảo`: the names that go on with a list."""
    while (joint := _NEXT.match(reading.flowing, at)) and not joint["type"]:
        run = NAME.match(reading.string, joint.end())
        match = find(" ".join(run.group().split()), "") if run else None
        if run is None or match is None or not match.sure or match.score <= 0.75:
            return
        words = list(re.finditer(r"\S+", run.group()))
        at = run.start() + words[len(match.read.split()) - 1].end()
        yield _Vote(run.start(), at, match, match.score)


def _the_district(
    reading: Reading, printed: Sequence[str], title: Sequence[tuple[int, int]], where: Whereabouts
) -> Field[Unit] | None:
    """The district of the title, else of the issuer, else the one that has most of the mentions."""
    if not lexicon.Units.on(where.day).districts():
        return None
    votes = [
        vote
        for vote in _votes(reading, _DISTRICT, lambda read, kind: _district(read, where.day, where.province_code, kind))
        if not _is_province_city(vote, where)
    ]
    weights: dict[str, float] = {}
    for vote in votes:
        extra = 8.0 if any(start <= vote.start < end for start, end in title) else 0.0
        weights[_code(vote.match)] = weights.get(_code(vote.match), 0) + vote.weight + extra
    for text in printed:
        found = re.search(r"([Hh]uyện|[Tt]hị xã|[Tt]hành phố)\s+(?:[ủỦ]y\s+)?(.+)$", text)
        match = _district(found[2], where.day, where.province_code, found[1].lower()) if found else None
        if match and match.sure:
            weights[_code(match)] = weights.get(_code(match), 0) + 5
    if not weights:
        return None
    code, weight = max(weights.items(), key=lambda item: item[1])
    if weight < 0.6 * sum(weights.values()):
        return None
    best = [vote for vote in votes if _code(vote.match) == code]
    if not best:
        return None
    vote = max(best, key=lambda vote: vote.match.score)
    district = link_unit(reading, vote.start, vote.end, vote.match, Level.DISTRICT, "huyện", where)
    several = len(weights) > 1 and weight < SURELY
    return district.doubt("several districts are named, none in letterhead or title", 0.75) if several else district


def _is_province_city(vote: _Vote, where: Whereabouts) -> bool:
    """`thành phố Cần Thơ` where the province itself is called so."""
    if where.province is None or vote.match.best is None:
        return False
    city, province = vote.match.best, where.province.value
    return city.name == province.name and city.type == province.type == "thành phố"


def _province_of(district: Field[Unit], day: dt.date) -> Field[Unit] | None:
    """The province above a district, which the notice does not print."""
    above = district.value.province
    unit = lexicon.Units.on(day).get(above.code) if above and above.code else None
    if unit is None:
        return None
    field = district.to(make_unit(unit))
    return replace(field, method=Method.INFERRED, rule="province_of_district").doubt(
        "no province is printed; it is the district's", 0.75
    )
