"""Criteria by name alone, where the names are entries of a list: `gồm: Giao thông; Y tế`, `Chợ (7); Hộ nghèo (11)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.ntm.criteria.names import is_numbered, name_pattern, official_names
from extract.ntm.criteria.ref import HIGHEST_NUMBER, Ref
from extract.ntm.criteria.short_words import written_out
from extract.reading import Reading, Span
from normalize.match import best_of

_ENTRY = re.compile(r"(?<=[;,])\s*(?P<name>[^\W\d_][^;,:.()]*?)\s*(?=[;,])")
# Giao thông (2); Trường học (5): each entry of a list
_IN_BRACKETS = re.compile(
    r"(?<![^\s;,:(])(?P<name>[^\W\d_][^;,:.()]{0,60}?)\s*\((?P<number>\d{1,2})\)(?=\s*(?:[;,.]|và\s|$))"
)
# before a name that stands alone: `gồm: Y tế; Thu nhập`, `tiêu chí Giao thông`
_BEFORE_NAME = re.compile(
    r"(?:[:;,(–—\-+•]|\b(?:va|la|gom|ve|tieu\s+chi|cac|con(?:\s+lai)?|thieu|vuong|"
    r"(?:chua|khong)\s+(?:dat|hoan\s+thanh)))[\s\"“]*$"
)
# …, cơ sở vật chất văn hóa, chợ, hộ nghèo · chưa đạt: GT, MT và ATTP: entries too short to be looked for elsewhere
_TERSE_NAMES = {"chợ": "Chợ", "Chợ": "Chợ", "GT": "Giao thông"}
_TERSE = re.compile(r"(?<=[,;:]\s)(?:[Cc]hợ|GT)(?=\s*(?:[,;.)]|và\s))")
# Quy hoạch: đạt. Giao thông: chưa đạt. · Chợ nông thôn: xã Đồng Phong đạt · Bưu điện, Điện: hai xã cùng đạt
_JUDGED = re.compile(
    r"(?:,\s*[a-z ]{3,40})?\s*:\s*(?:(?:chua\s+|khong\s+)?dat(?!\w)|(?:ca\s+)?(?:(?:hai|ba|bon|cac|\d+)\s+)?xa\s)"
)
CHAIN = 3  # names in a row that make a list, however they are written
# what stands behind a name that ends there: Quy hoạch chưa đạt · Nhà ở dân cư đều đạt
_ENDS_NAME = re.compile(
    r"\s*(?:[;,.:)(”\"–—-]|va\s|(?:(?:deu|cung|van|hien|con|moi)\s+(?=(?:chua|da|dat|khong)\b))?(?:chua\s|da\s|dat\b|khong\s)|$)"
)
_SEPARATOR = re.compile(r"\s*(?:[,;]\s*(?:va\s+)?|\s+va\s+|[-–—+]\s*)")
# chưa đạt 02 tiêu chí (tổ chức sản xuất; …) · còn 6 tiêu chí chưa đạt: giao thông · tiêu chí, đó là
_OPENED = re.compile(
    r"(?:\d|\b(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi))\s+(?:tieu\s+chi|tc)\s*(?:(?:chua|khong|da)?\s*dat\s*)?(?:[:(]|,?\s*(?:gom|la|do\s+la)\s)[\s:(]*$"
)
# Chưa đạt: giao thông; thủy lợi · chưa đạt tiêu chí giao thông, trường học: two at least
_LED = re.compile(
    r"(?:(?:chua|khong)\s+(?:dat|hoan\s+thanh)|thieu|vuong|con\s+no|dat(?=\s*:))\s*(?:cua\s+xa\s+)?(?:(?:cac\s+)?(?:tieu\s+chi|tc)\s*)?(?:la|gom)?\s*:?\s*$"
)
_JUDGED_BEHIND = re.compile(r"\s*(?:la\s+)?(?:con\s+)?(?:chua|khong)\s+dat(?!\w)")  # … và môi trường là chưa đạt
_OPENS_CHAIN = re.compile(r"tieu\s+chi(?:[^.]|\.(?=\d))*$")


def bracketed(reading: Reading, start: int, end: int) -> list[Ref]:
    """The entries of a list with its numbers in brackets, `Giao thông (2); Chợ (7); Hộ nghèo (11)`, whatever names they
    have; no list where not two names and numbers are known to go together."""
    found = [m for m in _IN_BRACKETS.finditer(reading.string, start, end) if 1 <= int(m["number"]) <= HIGHEST_NUMBER]
    refs = []
    for m in found:
        name = _last_name(reading, *m.span("name"))
        refs.append(
            Ref(name[0], m.end(), int(m["number"]), written_out(reading.flat(*name)), digits=(m.span("number"),))
        )
    return refs if sum(is_numbered(ref.number, ref.name) for ref in refs) >= CHAIN - 1 else []


def _last_name(reading: Reading, start: int, end: int) -> Span:
    """The span of a known name that a stretch ends in, `chưa đạt là Giao thông`; else all of it."""
    known = (m.span() for m in name_pattern().finditer(reading.flowing, start, end) if m.end() == end)
    return next(known, (start, end))


def named_refs(reading: Reading, start: int, end: int) -> Iterator[Ref]:
    """All names of criteria in a stretch, whether they stand in a list or are words of a sentence."""
    found = [
        (m.span(), written_out(reading.flat(*m.span()))) for m in name_pattern().finditer(reading.flowing, start, end)
    ]
    found += [(m.span(), _TERSE_NAMES[m[0]]) for m in _TERSE.finditer(reading.string, start, end)]
    for (first, last), name in sorted(found):
        yield Ref(first, last, None, name)


def listed_names(reading: Reading, named: Sequence[Ref], within: Span) -> list[Ref]:
    """The names that are entries of a list of criteria, not words of a sentence."""
    chained = _chained(reading, named)
    return [ref for i, ref in enumerate(named) if i in chained or _stands_alone(reading, ref, *within)]


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


def misread(reading: Reading, alone: Sequence[Ref], all_refs: Sequence[Ref]) -> Iterator[Ref]:
    """Entries of a list of names that no list holds as they were read: `…; Nhà 6 dân cư; …`."""
    if len(alone) < 2:
        return
    first, last = alone[0].end, alone[-1].start
    for match in _ENTRY.finditer(reading.string, first, last):
        free = not any(ref.start < match.end() and match.start() < ref.end for ref in all_refs)
        found = best_of(match["name"], official_names(), None) if free and len(match["name"]) < 60 else None
        if found and found.sure and found.score > 0.6:
            yield Ref(match.start("name"), match.end("name"), None, found.best)


def _stands_alone(reading: Reading, ref: Ref, start: int, end: int) -> bool:
    """Is this name an entry of a list, not a word of a sentence?

    `gồm: Quy hoạch; Giao thông`, `01. Quy hoạch: Đạt` (an item begins at `start`, ends at `end`) and `tiêu chí Thu
    nhập`, not `giao thông đi lại`, `nâng cao thu nhập`.
    """
    before = reading.flowing[max(0, ref.start - 20) : ref.start]
    after = reading.flowing[ref.end : ref.end + 24]
    closed = ref.end >= end or _ENDS_NAME.match(after) is not None
    # tiêu chí Y tế xã Thạnh Mỹ đạt · tiêu chí Hộ nghèo của xã Gung Ré
    closed = closed or (before.endswith("tieu chi ") and re.match(r"\s*(?:xa|o|cua|tai)\s", after) is not None)
    judged = before.endswith(". ") and _JUDGED.match(reading.flowing, ref.end) is not None
    begins = ref.start == start or _BEFORE_NAME.search(before) is not None or not before.strip() or judged
    return closed and begins and (reading.string[ref.start].isupper() or "tieu chi" in " ".join(before.split()))
