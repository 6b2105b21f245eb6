"""Criteria named in a stretch of text, by number, range or name; sub-criteria and explanations left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.ntm.criteria.short_words import shortened, written_out
from extract.parts.items import UPPER
from extract.reading import Reading
from extract.words.phrases import find_phrases
from normalize.fold import fold
from normalize.lexicon.criteria import criteria_sets
from normalize.match import best_of

Span = tuple[int, int]
UNREADABLE = "a figure was read as § or a letter"
_MISREAD = str.maketrans("§ilgsbo", "8116580")
HIGHEST = 20  # no set has more criteria than this
_END = r"(?!\d|[.,/]\d|\s*(?:%|/))"
_END_IN_LIST = r"(?!\d|[./]\d|,\d{3}|\s*(?:%|/))"  # số 1, 3,4,7: a blank that was lost makes no decimal
_LEAD = r"(?:(?:cac\s+)?tieu\s+chi\s*(?:so\s*)?|t/?c\s*\.?\s*(?:so\s*)?|(?<!\w)so\s+)"

# từ tiêu chí số 7 đến số 12 · TC7-TC12 · tiêu chí 1 đến 4; folded
_RANGE = re.compile(
    rf"(?<![\w.])(?:tu\s+{_LEAD}?|{_LEAD}:?\s*)(?P<first>\d{{1,2}}|[il](?=\s+den\s)){_END}\s*(?:(?:cho\s+)?(?:den|toi)(?:\s+het)?|[-–—])\s*{_LEAD}?(?P<last>\d{{1,2}}){_END}(?!\s*tieu\s+chi)"
)
# Tiêu chí số 2 · tiêu chí 2 · TC2 · số 2 · misread: TC§, TC18§ (an 8 under dirt), TCG, TC1O
_NUMBER = re.compile(
    rf"(?<![\w.]){_LEAD}:?\s*(?P<number>\d{{1,2}}(?=§)|§(?!\w)|(?<=tc)1?[gsbilo](?!\w)|\d{{1,2}}{_END})§?(?!\s*[-–]?\s*[A-Z]{{2}})"
)
# Các tiêu chí đã đạt (15/19 tiêu chí): 1, 2 và 3: bare numbers, right behind what opens their list
_BARE = re.compile(
    rf"(?:[:(]|(?<!\w)(?:gom|la|so|(?:chua|khong)\s+dat|thieu|vuong|dat(?=\s+\d{{1,2}}(?:\s*[,;]|\s+va)\s*\d{{1,2}}(?!\d|[./]\d)))(?!\w))\s*(?:cac\s+)?(?:tieu\s+chi\s*)?(?:so\s*)?[:(]?\s*(?P<number>\d{{1,2}}){_END}(?=\s*(?:[,;.)]|va\s|den\s|$))"
)
# thiếu 02 tiêu chí: 2. Giao thông; 6 - Điện: a number of an entry, if a criterion's name stands right behind it
_ENTRY_NUMBER = re.compile(r"[:;,(]\s*(?P<number>\d{1,2})(?=\s*[.)–-]\s*[^\W\d])")
# …, 3, 5 và 9: numbers that go on with a list of numbers
_MORE = re.compile(
    rf"\s*(?:[,;][,;:.]?\s*(?:va\s+)?|\s+va\s+|&\s*)(?P<number>\d{{1,2}}){_END_IN_LIST}(?:\s*(?:den|[-–])\s*(?P<last>\d{{1,2}}){_END})?"
    r"(?![^\S\n]*(?:xa|trieu|ty|dong|km|ho|nguoi|thang|tieu\s+chi|thon|m2|ha)\b)"
)
# what may stand between a number and its name: `số 1 - Quy hoạch`, `số 1 (Quy hoạch`, `tiêu chí 1 về Quy hoạch`
_JOINT = re.compile(r"\s*(?:[-–—:.()]|ve\b|la\b)?\s*(?:ve\b|tieu\s+chi\b|[\"“])?\s*")
_BRACKET = re.compile(r"\s*[(\[]\s*")  # Giao thông (TC2)
# số tiêu chí được nhất trí đạt là 16
_HOW_MANY = re.compile(r"so\s+tieu\s+chi(?:\s+(?!so\b)[a-z]+){0,8}\s+la\s*:?\s*(?P<n>\d{1,2})(?!\d|\s*/)")
_HOW_MANY_LED = re.compile(r"so\s+tieu\s+chi\s+(?:(?:chua|da|khong)\s+)?dat\s*:?\s*$")  # Số tiêu chí chưa đạt: 11
_WHY = re.compile(
    r"(?<!\w)(?:do|vì|nguyên nhân|lý do)(?!\w)"
    # do mới đạt 16/19 tiêu chí · Lý do: xã Hiến Sơn chưa đạt …: a result, though a reason too
    r"(?!\s+(?:(?:các\s+)?tiêu\s+chí\s|(?:[^;.,]{0,40},\s*)?(?:xã\s+)?(?:mới|chỉ|hiện)\s+đạt\s+\d)|"
    r"\s*:\s*(?:(?:các|hai)\s+)?xã\s)"
    r"(?:(?!(?:,|\s+và)\s*(?:số|TC|[Tt]iêu chí(?:\s+số)?)\s*\d)(?!\snên\s)(?:[^;.)]|\.(?=\d)))*"
)
# 2. Nhóm Hạ tầng (từ tiêu chí 2 đến tiêu chí 9): các tiêu chí 3, 4 đạt; …: what it is made of, not what is said of it
_GROUP = re.compile(
    r"(?<!\w)nhom\s[^.;:()]{3,70}(?P<range>\(\s*(?:tu\s+|cac\s+)?tieu\s+chi\s+(?:so\s+)?\d[^()]{0,50}\))\s*:"
    r"(?!\s*(?:xa\s+)?(?:deu\s+)?(?:(?:chua|khong)\s+)?dat(?:\s+ca\s+(?:hai|nhom|\w+\s+tieu\s+chi))?\s*(?:[.;,]|$))"
)
# nhóm Kinh tế và tổ chức sản xuất chưa đạt Thu nhập
_GROUP_TOLD = re.compile(
    r"(?<!\w)nhom\s+(?:tieu\s+chi\s+)?(?:ve\s+)?(?P<name>(?:ha\s+tang|kinh\s+te|van\s+hoa|he\s+thong)[^.;:()\d]{3,50}?)"
    r"(?=\s+(?:chua|da|khong|con|deu|dat)\s|\s*[:(])"
)
# IV. Văn hóa - Xã hội - Môi trường: các tiêu chí số 14, 15, 16 đạt: a group's name, no criterion's
_GROUP_HEAD = re.compile(
    r"(?<!\w)(?P<name>van\s+hoa\s*[-–,]\s*xa\s+hoi\s*(?:[-–,]|va)\s*moi\s+truong|"
    r"ha\s+tang\s+kinh\s+te\s*[-–]\s*xa\s+hoi|kinh\s+te\s+va\s+to\s+chuc\s+san\s+xuat)\s*"
    r"(?:\([^()]*\)\s*)?[:.]\s*(?:cac\s+)?(?:tieu\s+chi|tc\s?\d)"
)
_ENTRY = re.compile(r"(?<=[;,])\s*(?P<name>[^\W\d_][^;,:.()]*?)\s*(?=[;,])")
# Giao thông (2); Trường học (5): each entry of a list
_IN_BRACKETS = re.compile(
    r"(?<![^\s;,:(])(?P<name>[^\W\d_][^;,:.()]{0,60}?)\s*\((?P<number>\d{1,2})\)(?=\s*(?:[;,.]|và\s|$))"
)
# before a name that stands alone: `gồm: Y tế; Thu nhập`, `tiêu chí Giao thông`
_BEFORE_NAME = re.compile(
    r"(?:[:;,(–—\-+•]|\b(?:va|la|gom|ve|tieu\s+chi|cac|con|thieu|vuong|"
    r"(?:chua|khong)\s+(?:dat|hoan\s+thanh)))[\s\"“]*$"
)

# …, cơ sở vật chất văn hóa, chợ, hộ nghèo · chưa đạt: GT, MT và ATTP: entries too short to be looked for elsewhere
_TERSE_NAMES = {"chợ": "Chợ", "Chợ": "Chợ", "GT": "Giao thông"}
_TERSE = re.compile(r"(?<=[,;:]\s)(?:[Cc]hợ|GT)(?=\s*(?:[,;.)]|và\s))")
# Quy hoạch: đạt. Giao thông: chưa đạt. · Chợ nông thôn: xã Đồng Phong đạt · Bưu điện, Điện: hai xã cùng đạt
_JUDGED = re.compile(
    r"(?:,\s*[a-z ]{3,40})?\s*:\s*(?:(?:chua\s+|khong\s+)?dat(?!\w)|(?:ca\s+)?(?:(?:hai|ba|bon|cac|\d+)\s+)?xa\s)"
)
NEAR = 160  # letters before a bare number in which `tiêu chí` is said
CHAIN = 3  # names in a row that make a list, however they are written
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:va\s+)?|\s+va\s+|[-–—+]\s*)")
# chưa đạt 02 tiêu chí (tổ chức sản xuất; …) · còn 6 tiêu chí chưa đạt: giao thông · tiêu chí, đó là
_OPENED = re.compile(
    r"(?:\d|\b(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi))\s+(?:tieu\s+chi|tc)\s*(?:(?:chua|khong|da)?\s*dat\s*)?(?:[:(]|,?\s*(?:gom|la|do\s+la)\s)[\s:(]*$"
)
# Chưa đạt: giao thông; thủy lợi · chưa đạt tiêu chí giao thông, trường học: two at least
_LED = re.compile(
    r"(?:(?:chua|khong)\s+(?:dat|hoan\s+thanh)|thieu|vuong|con\s+no)\s*(?:cua\s+xa\s+)?(?:(?:cac\s+)?(?:tieu\s+chi|tc)\s*)?(?:la|gom)?\s*:?\s*$"
)
_JUDGED_BEHIND = re.compile(r"\s*(?:la\s+)?(?:con\s+)?(?:chua|khong)\s+dat(?!\w)")  # … và môi trường là chưa đạt
_OPENS_CHAIN = re.compile(r"tieu\s+chi(?:[^.]|\.(?=\d))*$")


@dataclass(frozen=True, slots=True)
class Ref:
    """One criterion as it stands at [start, end): its number, the name as printed, or both; for a range one each.

    `digits`: where the figures stand that the number was read from; `doubt`: why a reviewer should look, or empty.
    """

    start: int
    end: int
    number: int | None
    name: str | None
    from_range: bool = False
    digits: tuple[Span, ...] = ()
    doubt: str = ""


def find_refs(reading: Reading, start: int, end: int) -> list[Ref]:
    """The criteria named in [start, end), in order.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["gồm: Giao thông (TC2), số 5 (Giáo dục), từ tiêu chí số 7 đến số 9 và chỉ tiêu 17.8"])
    >>> [(r.number, r.name) for r in find_refs(Reading(text, (1.0,) * 19), 0, 85)]
    [(2, 'Giao thông'), (5, 'Giáo dục'), (7, None), (8, None), (9, None)]
    """
    hidden = hidden_spans(reading, start, end)
    numbered = list(_numbered(reading, start, end, hidden))
    named = [ref for ref in _named(reading, start, end) if not _meets(ref, hidden)]
    listed = [ref for ref in _bracketed(reading, start, end) if not _meets(ref, hidden)]
    spans = [(ref.start, ref.end) for ref in listed]
    numbered, named = ([ref for ref in refs if not _meets(ref, spans)] for refs in (numbered, named))
    joined = _joined(reading, numbered, named, (start, end))
    return sorted([*listed, *joined], key=lambda ref: (ref.start, ref.number or 0))


def _bracketed(reading: Reading, start: int, end: int) -> list[Ref]:
    """The entries of a list with its numbers in brackets, `Giao thông (2); Chợ (7); Hộ nghèo (11)`, whatever names they
    have; no list where not two names and numbers are known to go together."""
    found = [m for m in _IN_BRACKETS.finditer(reading.string, start, end) if 1 <= int(m["number"]) <= HIGHEST]
    refs = []
    for m in found:
        name = _last_name(reading, *m.span("name"))
        refs.append(
            Ref(name[0], m.end(), int(m["number"]), written_out(reading.flat(*name)), digits=(m.span("number"),))
        )
    return refs if sum(_is_numbered(ref.number, ref.name) for ref in refs) >= CHAIN - 1 else []


def _last_name(reading: Reading, start: int, end: int) -> Span:
    """The span of a known name that a stretch ends in, `chưa đạt là Giao thông`; else all of it."""
    known = (m.span() for m in name_pattern().finditer(reading.flowing, start, end) if m.end() == end)
    return next(known, (start, end))


def hidden_spans(reading: Reading, start: int, end: int) -> list[Span]:
    """Stretches whose numbers and names are no criteria: sub-criteria and the reasons for a result."""
    spans = [match.span() for match in _WHY.finditer(reading.string, start, end)]
    spans += [match.span("name") for match in _GROUP_TOLD.finditer(reading.flowing, start, end)]
    spans += [match.span("name") for match in _GROUP_HEAD.finditer(reading.flowing, start, end)]
    spans += [match.span("range") for match in _GROUP.finditer(reading.flowing, start, end)]
    spans += [match.span("n") for match in _HOW_MANY.finditer(reading.flowing, start, end)]
    for cue_start, cue_end in find_phrases(reading, "sub_criterion", start, end):
        stop = re.compile(r"[;)]|\.(?!\d)|,(?=\s*(?:tieu chi|tc|so)\s)").search(reading.flowing, cue_end, end)
        spans.append((cue_start, stop.start() if stop else end))
    return spans


def _meets(ref: Ref, spans: Sequence[Span]) -> bool:
    places = [ref.start, *(first for first, _ in ref.digits)]
    return any(a <= place < b for a, b in spans for place in places)


def _numbered(reading: Reading, start: int, end: int, hidden: Sequence[Span]) -> Iterator[Ref]:
    at = start
    for found in _numbers(reading, start, end):
        if found.start() < at:
            continue
        refs = list(_refs_of(found))
        at = max(found.end(), at + 1)
        if refs and not _meets(refs[0], hidden) and not _is_code(reading, found):
            yield from refs
            more = _MORE.match(reading.folded, at, end)
            while more and not any(a <= more.start() < b for a, b in hidden):
                yield from _refs_of(more)
                at = more.end()
                more = _MORE.match(reading.folded, at, end)


def _numbers(reading: Reading, start: int, end: int) -> list[re.Match[str]]:
    """All that may be a criterion's number, by where the figures stand; a range before the number it begins with."""
    text = reading.flowing
    found = [m for pattern in (_RANGE, _NUMBER) for m in pattern.finditer(text, start, end)]
    found += [m for m in _BARE.finditer(text, start, end) if _among_criteria(reading, m, end)]
    found += [m for m in _ENTRY_NUMBER.finditer(text, start, end) if _named_next(reading, m)]
    return sorted(found, key=lambda m: (m.start("first" if m.re is _RANGE else "number"), -m.end()))


def _named_next(reading: Reading, match: re.Match[str]) -> bool:
    joint = _JOINT.match(reading.flowing, match.end())
    return joint is not None and name_pattern().match(reading.flowing, joint.end()) is not None


def _among_criteria(reading: Reading, match: re.Match[str], end: int) -> bool:
    """Do bare numbers stand in a list of criteria: is `tiêu chí` said just before, and no unit just behind?"""
    before = reading.flowing[max(0, match.start() - NEAR) : match.start() + 12]
    units = re.match(
        r"\s*(?:xa|trieu|ty|dong|km|ho|nguoi|tieu\s+chi|thon)\b", reading.flowing[match.end("number") : end][:14]
    )
    counted = _HOW_MANY_LED.search(reading.flowing, max(0, match.start("number") - 40), match.start("number"))
    spoken = "tieu chi" in before or _TALLIED.search(before) is not None
    return spoken and units is None and counted is None


# Xã Phương Viên 15/19. Chưa đạt: 6, 7 · Kế Thành 17/19 (chưa đạt 5, 17)
_TALLIED = re.compile(r"\d\s*/\s*(?:19|10|9)(?!\d)[^;]*(?:chua|khong|da)?\s*(?:dat|thieu|vuong|con)")


def _refs_of(match: re.Match[str]) -> Iterator[Ref]:
    groups = match.groupdict()
    figures = groups.get("first") or groups.get("number") or "0"
    odd = not figures.isdigit() or "§" in match[0]
    first = int(figures.translate(_MISREAD))
    last = int(groups.get("last") or first)
    if 1 <= first <= last <= HIGHEST:
        for number in range(first, last + 1):
            spans = tuple(match.span(g) for g in ("first", "number", "last") if groups.get(g))
            yield Ref(match.start(), match.end(), number, None, last > first, spans, UNREADABLE if odd else "")


def _is_code(reading: Reading, match: re.Match[str]) -> bool:
    """`Quyết định số 18`, `Điều 3 số 2`: the number of something else."""
    before = reading.flowing[max(0, match.start() - 22) : match.start()].rstrip()
    return match[0].lstrip().startswith("so") and before.endswith(
        ("quyet dinh", "van ban", "ke hoach", "cong van", "thong tu", "nghi dinh", "nghi quyet", "to trinh", "bao cao",
         "thong bao", "mau", "bieu", "chi tieu", "phu luc", "chi thi", "ho so", "dieu")
    )  # fmt: skip


@lru_cache(maxsize=1)
def name_pattern() -> re.Pattern[str]:
    """Every official name and alias of every set, folded, the longest first; commas and blanks as they come."""
    names = shortened(fold(name) for s in criteria_sets() for c in s.criteria for name in (c.name, *c.aliases))
    ways = (
        r"[\s,\-–&]+".join(map(re.escape, re.findall(r"\w+", name))) for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


def _named(reading: Reading, start: int, end: int) -> Iterator[Ref]:
    found = [
        (m.span(), written_out(reading.flat(*m.span()))) for m in name_pattern().finditer(reading.flowing, start, end)
    ]
    found += [(m.span(), _TERSE_NAMES[m[0]]) for m in _TERSE.finditer(reading.string, start, end)]
    for (first, last), name in sorted(found):
        yield Ref(first, last, None, name)


def _joined(reading: Reading, numbered: list[Ref], named: list[Ref], within: Span) -> list[Ref]:
    """Numbers with the names beside them, and the names that stand in a list of their own."""
    refs: list[Ref] = []
    used: set[int] = set()
    for k, ref in enumerate(numbered):
        shared = ref.from_range or (k + 1 < len(numbered) and numbered[k + 1].start == ref.start)
        index = None if shared else _name_of(reading, ref, named)
        if index is not None:
            used.add(index)
            name = named[index]
            ref = replace(ref, start=min(ref.start, name.start), end=max(ref.end, name.end), name=name.name)
        elif not shared:
            ref = _with_odd_name(reading, ref, numbered[k + 1].start if k + 1 < len(numbered) else len(reading.string))
        refs.append(ref)
    taken = [(ref.start, ref.end) for ref in refs]
    left = [ref for i, ref in enumerate(named) if i not in used and not _meets(ref, taken)]
    chained = _chained(reading, left)
    alone = [ref for i, ref in enumerate(left) if i in chained or _stands_alone(reading, ref, *within)]
    alone += _misread(reading, alone, [*refs, *alone])
    return sorted([*refs, *alone], key=lambda ref: (ref.start, ref.number or 0))


def _chained(reading: Reading, named: Sequence[Ref]) -> frozenset[int]:
    """The names, by index, of a list in small letters: `đạt 11 tiêu chí, đó là quy hoạch; thủy lợi; điện`.

    Nothing but separators between them, `tiêu chí` and no full stop before the first.
    """
    chains: list[list[int]] = []
    for k, ref in enumerate(named):
        joined = chains and _SEPARATOR.fullmatch(reading.flowing, named[k - 1].end, ref.start)
        chains[-1].append(k) if joined else chains.append([k])
    listed = (chain for chain in chains if _is_list(reading, named[chain[0]].start, named[chain[-1]].end, len(chain)))
    return frozenset(k for chain in listed for k in chain)


def _is_list(reading: Reading, at: int, end: int, count: int) -> bool:
    """Do criteria stand in [at, end): right behind `tiêu chí (` or `tiêu chí là`, before a verdict, else three in a
    row?"""
    before = reading.flowing[max(0, at - 60) : at]
    if _OPENED.search(before) or (count > 1 and (_LED.search(before) or _JUDGED_BEHIND.match(reading.flowing, end))):
        return True
    return count >= CHAIN and _OPENS_CHAIN.search(before) is not None


def _misread(reading: Reading, alone: Sequence[Ref], all_refs: Sequence[Ref]) -> Iterator[Ref]:
    """Entries of a list of names that no list holds as they were read: `…; Nhà 6 dân cư; …`."""
    if len(alone) < 2:
        return
    first, last = alone[0].end, alone[-1].start
    for match in _ENTRY.finditer(reading.string, first, last):
        free = not any(ref.start < match.end() and match.start() < ref.end for ref in all_refs)
        found = best_of(match["name"], _names(), None) if free and len(match["name"]) < 60 else None
        if found and found.sure and found.score > 0.6:
            yield Ref(match.start("name"), match.end("name"), None, found.best)


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(sorted({c.name for s in criteria_sets() for c in s.criteria}))


def _name_of(reading: Reading, ref: Ref, named: list[Ref]) -> int | None:
    """The index of the name that belongs to a number: right behind it, or before it when it stands in brackets."""
    joint = _JOINT.match(reading.flowing, ref.end)
    after = joint.end() if joint else ref.end
    stopped = joint is not None and "." in joint[0]  # … và tiêu chí 19. Thu nhập bình quân ước đạt 71,4 triệu đồng
    for index, name in enumerate(named):
        if name.start == after and after > ref.end and (not stopped or _is_numbered(ref.number, name.name)):
            return index
        begins = ref.start + (reading.string[ref.start] == "(")  # a bare number's span begins with its bracket
        if name.end <= ref.start and _BRACKET.fullmatch(reading.flowing, name.end, begins):
            return index
    return None


@lru_cache(maxsize=256)
def _is_numbered(number: int | None, name: str | None) -> bool:
    """Has some set a criterion of this number and name?"""
    key = fold(name or "")
    return any(
        c.number == number and key in {fold(written_out(alias)) for alias in (c.name, *c.aliases)}
        for s in criteria_sets()
        for c in s.criteria
    )


# số 3 - Thuy lgi; a name that no list holds as it stands
_ODD_NAME = re.compile(rf"\s*[-–—:(]\s*(?P<name>[{UPPER}\w][^;,:()\d\n]*(?:\n[^;,:()\d\n]+)?)")


def _with_odd_name(reading: Reading, ref: Ref, limit: int) -> Ref:
    match = _ODD_NAME.match(reading.string, ref.end, min(limit, ref.end + 80))
    if match is None:
        return ref
    name = " ".join(match["name"].split())
    if (
        len(name) > 60
        or len(name) < 3
        or find_phrases(reading, "achieved", match.start(), match.end())
        or (find_phrases(reading, "not_achieved", match.start(), match.end()))
    ):
        return ref
    end = match.start("name") + len(match["name"].rstrip(" .-\n"))
    return replace(ref, name=written_out(name.rstrip(" .-")), end=end)


def _stands_alone(reading: Reading, ref: Ref, start: int, end: int) -> bool:
    """Is this name an entry of a list, not a word of a sentence?

    `gồm: Quy hoạch; Giao thông`, `01. Quy hoạch: Đạt` (an item begins at `start`, ends at `end`) and `tiêu chí Thu
    nhập`, not `giao thông đi lại`, `nâng cao thu nhập`.
    """
    before = reading.flowing[max(0, ref.start - 20) : ref.start]
    after = reading.flowing[ref.end : ref.end + 14]
    closed = ref.end >= end or re.match(r"\s*(?:[;,.:)(”\"–—-]|va\s|chua\s|da\s|dat\b|khong\s|$)", after) is not None
    # tiêu chí Y tế xã Thạnh Mỹ đạt · tiêu chí Hộ nghèo của xã Gung Ré
    closed = closed or (before.endswith("tieu chi ") and re.match(r"\s*(?:xa|o|cua|tai)\s", after) is not None)
    judged = before.endswith(". ") and _JUDGED.match(reading.flowing, ref.end) is not None
    begins = ref.start == start or _BEFORE_NAME.search(before) is not None or not before.strip() or judged
    return closed and begins and (reading.string[ref.start].isupper() or "tieu chi" in " ".join(before.split()))
