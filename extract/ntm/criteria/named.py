"""Criteria named in a stretch of text, by number, range or name; sub-criteria and explanations left out."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.ntm.criteria.hidden import hidden_spans
from extract.ntm.criteria.listed import bracketed, listed_names, misread, named_refs
from extract.ntm.criteria.names import is_numbered
from extract.ntm.criteria.numbers import JOINT, numbered_refs
from extract.ntm.criteria.ref import Ref, meets
from extract.ntm.criteria.short_words import written_out
from extract.reading import Reading, Span
from extract.words.phrases import find_phrases

_BRACKET = re.compile(r"\s*[(\[]\s*")  # Giao thông (TC2)


def find_refs(reading: Reading, start: int, end: int) -> list[Ref]:
    """The criteria named in [start, end), in order.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["gồm: Giao thông (TC2), số 5 (Giáo dục), từ tiêu chí số 7 đến số 9 và chỉ tiêu 17.8"])
    >>> [(r.number, r.name) for r in find_refs(Reading(text, (1.0,) * 19), 0, 85)]
    [(2, 'Giao thông'), (5, 'Giáo dục'), (7, None), (8, None), (9, None)]
    """
    hidden = hidden_spans(reading, start, end)
    numbered = list(numbered_refs(reading, start, end, hidden))
    named = [ref for ref in named_refs(reading, start, end) if not meets(ref, hidden)]
    listed = [ref for ref in bracketed(reading, start, end) if not meets(ref, hidden)]
    spans = [(ref.start, ref.end) for ref in listed]
    numbered, named = ([ref for ref in refs if not meets(ref, spans)] for refs in (numbered, named))
    joined = _joined(reading, numbered, named, (start, end))
    return sorted([*listed, *joined], key=lambda ref: (ref.start, ref.number or 0))


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
            ref = _with_odd_name(reading, ref, numbered[k + 1].start if k + 1 < len(numbered) else within[1])
        refs.append(ref)
    taken = [(ref.start, ref.end) for ref in refs]
    left = [ref for i, ref in enumerate(named) if i not in used and not meets(ref, taken)]
    alone = listed_names(reading, left, within)
    alone += misread(reading, alone, [*refs, *alone])
    return sorted([*refs, *alone], key=lambda ref: (ref.start, ref.number or 0))


def _name_of(reading: Reading, ref: Ref, named: list[Ref]) -> int | None:
    """The index of the name that belongs to a number: right behind it, or before it when it stands in brackets."""
    joint = JOINT.match(reading.flowing, ref.end)
    after = joint.end() if joint else ref.end
    stopped = joint is not None and "." in joint[0]  # … và tiêu chí 19. Thu nhập bình quân ước đạt 71,4 triệu đồng
    for index, name in enumerate(named):
        if name.start == after and after > ref.end and (not stopped or is_numbered(ref.number, name.name)):
            return index
        begins = ref.start + (reading.string[ref.start] == "(")  # a bare number's span begins with its bracket
        if name.end <= ref.start and _BRACKET.fullmatch(reading.flowing, name.end, begins):
            return index
    return None


# số 3 - Thuy lgi: a name that no list holds as it stands
_ODD_NAME = re.compile(r"\s*[-–—:(]\s*(?P<name>\w[^;,:()\d\n]*(?:\n(?!\s*[-–+•*])[^;,:()\d\n]+)?)")


def _with_odd_name(reading: Reading, ref: Ref, limit: int) -> Ref:
    """The criterion with what stands behind its number as its name: `số 3 - Thuy lgi`; nothing behind `limit`."""
    match = _ODD_NAME.match(reading.string, ref.end, min(limit, ref.end + 80))
    if match is None:
        return ref
    name = " ".join(match["name"].split())
    judged = any(find_phrases(reading, group, *match.span()) for group in ("achieved", "not_achieved"))
    if judged or not 3 <= len(name) <= 60:
        return ref
    end = match.start("name") + len(match["name"].rstrip(" .-\n"))
    return replace(ref, name=written_out(name.rstrip(" .-")), end=end)
