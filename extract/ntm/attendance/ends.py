"""Where the name of a body begins and ends: one of its own, or a field behind `các Sở:`."""

from __future__ import annotations

import re

from extract.ntm.attendance.names import NO_HEAD
from extract.ntm.attendance.stretches import body_words
from extract.reading import Reading
from extract.words.runs import NAME
from normalize.letters import UPPER

_GOES_ON = re.compile(r"\w|\s*[–-]\s*\w|\s+xa\s")  # Phòng Dân tộc - Tôn giáo · Phòng Kinh tế xã Khoái Châu
# Phòng Kinh tế, Công nghiệp và Xây dựng: one name of three fields
_JOINED = re.compile(rf",\s+([{UPPER}]\w*(?:\s+\w+)?)\s+và\s+([{UPPER}]\w*(?:\s+\w+){{0,2}})(?=\s*[,;.:()])")
_OF_PLACE = re.compile(r"\s+(?:huyen|tinh|thanh\s+pho|thi\s+xa)(?!\w)\s?")
_STOP = re.compile(r"[;,.():]|\b(?:va|cung)\b|$")
_LINKS = re.compile(r"[\s,;]*(?:va\s+)?(?:cac\s+|dai\s+dien\s+|dong\s+chi\s+)*")  # between one body and the next
# Văn phòng HĐND và UBND huyện
_JOINT_OFFICE = re.compile(
    r"van\s+phong\s+(?:(?:cap\s+uy|dang\s+uy|huyen\s+uy|doan\s+dbqh|hdnd|hoi\s+dong\s+nhan\s+dan)[,\s]+)*$"
)


def end_of_body(whole: Reading, at: int, end: int, listed: bool) -> tuple[int, bool]:
    """Where the body that begins at `at` ends; is it one of its own rather than a field behind `các Sở:`?"""
    _, fields = body_words()
    known = _first_of(fields, whole.flowing, at)
    own = head_at(whole.flowing, at)
    if listed and known and not (own and len(own) > len(known)):
        return at + len(known), False
    if own in ("so", "phong") and (shut := _end_of_department(whole, at + len(own) + 1, end)) is not None:
        return shut, True
    return _end_of_name(whole, at, end, listed), own is not None


def _end_of_department(whole: Reading, at: int, end: int) -> int | None:
    """Where `Sở Y tế tỉnh Lạng Sơn` ends, whose field begins at `at`; None for a field that no list has."""
    field = next((f for f in body_words()[1] if whole.flowing.startswith(f, at)), None)
    if field is None or _GOES_ON.match(whole.flowing, at + len(field)):
        return None
    shut = _end_of_fields(whole, at + len(field), end)
    place = _OF_PLACE.match(whole.flowing, shut, end)
    run = NAME.match(whole.string, place.end(), end) if place else None
    return run.end() if run else place.end() if place else shut


def _end_of_fields(whole: Reading, at: int, end: int) -> int:
    """Where a name with a comma in it ends, `Phòng Kinh tế[, Công nghiệp và Xây dựng]`; `at` where no such is."""
    rest = _JOINED.match(whole.string, at, end)
    others = (*body_words()[0], *body_words()[1])
    if rest is None or any(_first_of(others, whole.flowing, rest.start(part)) for part in (1, 2)):
        return at
    return rest.end()


def _end_of_name(whole: Reading, at: int, end: int, listed: bool) -> int:
    """Where the name that begins at `at` ends: at a sign or an `và` behind which another one begins."""
    text, stop = whole.flowing, at + 1
    while (found := _STOP.search(text, stop, end)) and found.start() < end:
        stop = found.end()
        follows = _LINKS.match(text, stop)
        begins = follows.end() if follows else stop
        if found[0] == "va" and _is_joint(text, at, found.start(), begins):
            continue
        another = head_at(text, begins) is not None
        field = listed and whole.string[begins : begins + 1].isupper() and found[0] == ","
        if found[0] in (";", "(", ")", ".", ":") or another or field:
            return found.start()
    return end


def _is_joint(text: str, start: int, end: int, begins: int) -> bool:
    """`Văn phòng HĐND và UBND huyện`: one office of two bodies."""
    return _JOINT_OFFICE.search(text, start, end) is not None and text.startswith(("ubnd", "uy ban"), begins)


def head_at(text: str, at: int) -> str | None:
    """The word that the name of a body begins with there, `so`, `phong`, if one does."""
    return None if NO_HEAD.match(text, at) else _first_of(body_words()[0], text, at)


def _first_of(known: tuple[str, ...], text: str, at: int) -> str | None:
    """The first of these that stands at an offset as a word of its own."""
    return next(
        (one for one in known if text.startswith(one, at) and not text[at + len(one) : at + len(one) + 1].isalnum()),
        None,
    )
