"""Where names of communes begin and end, and which commune of the list each of them is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extract.ntm.units.link import Linked, Whereabouts
from extract.reading import Reading
from extract.words.runs import NAME, NEXT, is_type, next_name
from normalize.confusion import plain
from normalize.fold import fold
from normalize.lexicon import units as lexicon
from normalize.lexicon.find import match_commune, split_type

TYPES = {fold(kind): kind for kind in ("xã", "phường", "thị trấn", "đặc khu")}
# Capitalised words behind `xã` or in its lists that begin no commune's name. Whole phrases: there are communes called
# Hội An, Viên An, Tịnh Hà, Huyền Hội and Sơ Pai. Tên xã Số tiêu chí đạt: the head of a column.
_NO_NAMES = re.compile(
    r"(?:nong thon|ntm|ubnd|(?:so (?:luong )?)?tieu chi|thuoc (?:huyen|tinh)|tong (?:so|cong|kinh)|"
    r"linh vuc|ket qua|ghi chu|noi dung|quoc gia|"
    r"vien (?:kiem|chuc|thong)|hoi (?:dong|nong|vien|lien|cuu|chu|phu|khuyen|nguoi)|"
    r"so (?:nong|tai|xay|ke|giao|y te|van|noi|cong|lao|thong|tu phap|khoa)|(?:huyen|tinh) (?:uy|doan|doi))(?!\w)"
)
# TT Tên xã Huyện Số tiêu chí đạt · Năm Xã Mục tiêu · Các xã / TT Tên tiêu chí
_HEAD_CELL = re.compile(r"(?:Huyện|Tỉnh|HUYỆN|TỈNH|Năm\s+Xã|Mục\s+tiêu|S?TT\s+(?:Tên|Nội\s+dung))(?!\w)")
_WORD = re.compile(r"[^ \n]+")
ONE_LETTER = 1.0  # weighted, marks less than a whole: Dần Thàng and Dền Thàng, not Long Sơn and Đồng Sơn
_TYPED = re.compile(r"(?:Xã|XÃ|Phường|Thị\s+trấn)\s+(?=\w)")  # …một số xã / Xã Bằng Lang: a new sentence
NameSpan = tuple[int, int, str, Linked]


def read_names(
    reading: Reading, at: int, end: int, kind: str, where: Whereabouts, many: bool = True
) -> Iterator[NameSpan]:
    """Commune names one after the other from `at`, until something stands there that is no commune's name."""
    first = True
    typed = _TYPED.match(reading.string, at, end)
    at = typed.end() if typed else at
    while True:
        run = NAME.match(reading.string, at, end)
        if run is None or _NO_NAMES.match(reading.flowing, at) or _heads_column(reading, at, where):
            return
        stop, match = _best_prefix(reading, at, run.end(), kind, where, where.district_code)
        if not match.sure and where.district_code:
            wide_stop, wide = _best_prefix(reading, at, run.end(), kind, where, None)
            if wide.sure and wide.score >= 0.95:
                stop, match = wide_stop, _of_elsewhere(wide, match)
        if not first and not match.sure and match.score < 0.6 and not is_closed(reading, stop):
            return
        yield at, stop, kind, match
        following = NEXT.match(reading.flowing, stop, end)
        new_type = following is not None and is_type(reading, following)
        if following is None or not (many or new_type):
            return
        kind = TYPES[" ".join(following["type"].split())] if new_type else kind
        at, first = next_name(reading, following), False


def _heads_column(reading: Reading, at: int, where: Whereabouts) -> bool:
    """Does the head of a column stand here, not a commune that restoration took for one: Huyền Hội, read Huyện Hội?"""
    if not _HEAD_CELL.match(reading.string, at):
        return False
    two = " ".join(reading.folded[at : at + 20].split()[:2]).rstrip(",.;:")
    return where.district_code is None or two not in _folded_communes(where.day, where.district_code)


@lru_cache(maxsize=64)
def _folded_communes(day: dt.date, district: str) -> frozenset[str]:
    return frozenset(fold(unit.name) for unit in lexicon.Units.on(day).communes(district))


def _of_elsewhere(wide: Linked, own: Linked) -> Linked:
    """A commune of another district, unsure where one of the notice's own is called nearly so: `Dần Thàng` of Văn Bàn
    in a notice on Bát Xát, which has a Dền Thàng."""
    if not own.candidates or own.candidates[0].cost > ONE_LETTER:
        return wide
    return replace(
        wide, sure=False, candidates=(*wide.candidates[:1], *own.candidates), why="the district has one nearly so"
    )


def name_ends(reading: Reading, at: int, end: int) -> list[int]:
    """Where a name that begins at `at` may end: behind each of its words. Matching costs a thousand times as much.

    >>> from normalize.text import from_lines
    >>> name_ends(Reading(from_lines(["Vũ Sơn: đạt 15/19"]), (1.0,) * 4), 0, 17)
    [2, 6]
    """
    typed = _TYPED.match(reading.string, at, end)
    run = NAME.match(reading.string, typed.end() if typed else at, end)
    return [run.start() + word.end() for word in _WORD.finditer(run.group())] if run else []


def _best_prefix(
    reading: Reading, start: int, end: int, kind: str, where: Whereabouts, district: str | None
) -> tuple[int, Linked]:
    """The part of a run of capitalised words that is a commune's name: `Vũ Sơn Đã` → `Vũ Sơn`."""
    ends = [start + m.end() for m in _WORD.finditer(reading.string[start:end])]
    tried = [
        (
            stop,
            commune_of(
                f"{kind} {reading.flat(start, stop)}", where.day, district, where.province_code, reading.mangled
            ),
        )
        for stop in ends
    ]
    best = max(tried, key=lambda one: (one[1].sure, round(one[1].score, 2), one[0]))
    # a name that no list holds stays as read, whole where it stands between marks: Ngải Thầu, not Ngải
    return best if best[1].sure or not is_closed(reading, tried[-1][0]) else tried[-1]


@lru_cache(maxsize=4096)
def commune_of(read: str, day: dt.date, district: str | None, province: str | None, mangled: bool) -> Linked:
    """The commune of a name, type word included; `mangled`: a foreign model read it."""
    # marks that the decoder put there are no proof: Hoằng Phú or Hoằng Phụ stays unsure in a dump without any
    found = match_commune(read, day, district, province, marked=False if mangled else None)
    return _spelt_as_read(found, day) if found.sure and not mangled else found


def _spelt_as_read(found: Linked, day: dt.date) -> Linked:
    """The unit under the name that another list gives it, where that was read: lists have slips of their own."""
    name = split_type(found.read)[1]
    if found.best and _bare(found.best.name) == _bare(name):  # Ea D'Rơng, whose sign a scan lost
        return found
    for beside in lexicon.Units.neighbours(day):
        twin = beside.get(found.best.code) if found.best else None
        if found.best and twin and plain(twin.name) == plain(name):
            return replace(found, best=replace(found.best, name=twin.name), score=1.0)
    return found


def _bare(name: str) -> str:
    return plain(name).replace("'", "")


def is_closed(reading: Reading, at: int) -> bool:
    """Does a list's mark follow: the name stands alone between commas?"""
    return reading.string[at : at + 1] in (",", ")", ";", ".")
