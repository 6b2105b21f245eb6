"""The account of one value: where it stood, word by word, which rule gave it, and what the others saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from extract.notice import Check, Evidence, Notice
from extract.reading import Reading, trust
from extract.trail import Missed
from normalize.fold import fold
from pipeline.explain.pointer import Place, locate
from pipeline.explain.rules import Rule, pattern_of, rules, rules_for

ALIKE = 85  # of a hundred: a cue may be misread that far and still be shown as near
MOST_LINES, MOST_BELOW = 6, 40


@dataclass(frozen=True, slots=True)
class WordRead:
    """A word as the engine gave it and as it stands now. `trust`, `restored`: how sure each of the two is, 0..1."""

    read: str
    now: str
    trust: float
    restored: float
    by_hand: bool


@dataclass(frozen=True, slots=True)
class NearLine:
    """A line that holds a rule's cue, or something like it. `likeness`: 0 to 100."""

    page: int
    text: str
    cue: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Account:
    """All there is to tell of one pointer. `at`: the pointer whose evidence speaks for it, itself or one above."""

    place: Place
    at: str | None
    evidence: Evidence | None
    below: tuple[tuple[str, Any, Evidence], ...]
    words: tuple[WordRead, ...]
    rules: tuple[Rule, ...]
    checks: tuple[Check, ...]
    missed: tuple[Missed, ...]
    near: tuple[NearLine, ...]


def account_for(notice: Notice, reading: Reading, trail: Sequence[Missed], pointer: str) -> Account:
    """Gather what there is to tell of a pointer. Raises `NoSuchPlace`."""
    document = notice.model_dump(mode="json")
    place = locate(document, pointer)
    at = _speaker(notice, place.pointer)
    evidence = notice.evidence[at] if at is not None else None
    asked = rules_for(place.pointer)
    below = [
        (path, locate(document, path).value, found)
        for path, found in notice.evidence.items()
        if path.startswith(place.pointer + "/")
    ]
    return Account(
        place=place,
        at=at,
        evidence=evidence,
        below=tuple(below[:MOST_BELOW]),
        words=words_of(reading, evidence) if evidence else (),
        rules=(rules()[evidence.rule],) if evidence and evidence.rule in rules() else asked,
        checks=tuple(check for check in notice.checks if _touches(check.at, at or place.pointer)),
        missed=tuple(dict.fromkeys(one for one in trail if _about(one.pointer, place.pointer))),
        near=near_lines(reading, asked) if place.missing else (),
    )


def _speaker(notice: Notice, pointer: str) -> str | None:
    """The pointer itself or the nearest above it that has evidence."""
    while pointer:
        if pointer in notice.evidence:
            return pointer
        pointer = pointer.rpartition("/")[0]
    return None


def _touches(at: str, pointer: str) -> bool:
    return pointer == at or pointer.startswith(at.rstrip("/") + "/") or at.startswith(pointer + "/")


def _about(told: str, asked: str) -> bool:
    """Does what a rule said of one place bear on another: the same, above it or below it?"""
    a, b = pattern_of(told).rstrip("/"), pattern_of(asked).rstrip("/")
    return a == b or a.startswith(b + "/") or b.startswith(a + "/")


def words_of(reading: Reading, evidence: Evidence) -> tuple[WordRead, ...]:
    """The words of a value's first place, as read and as they stand now."""
    if evidence.span is None:
        return ()
    start, end = evidence.span
    now = _standing(reading)
    return tuple(
        WordRead(word.text, now.get(index, ""), trust(word), reading.certainty[index], word.by_hand)
        for index, word in enumerate(reading.text.words)
        if word.page == evidence.page and word.start < end and start < word.end
    )


def _standing(reading: Reading) -> dict[int, str]:
    """The restored text of each word, by its index."""
    letters: defaultdict[int, list[str]] = defaultdict(list)
    for letter, index in zip(reading.string, reading.text.origin, strict=True):
        letters[index].append(letter)
    return {index: "".join(part).strip() for index, part in letters.items()}


def near_lines(reading: Reading, asked: Sequence[Rule]) -> tuple[NearLine, ...]:
    """The lines that come nearest to the cues of rules, the likest first."""
    cues = tuple(dict.fromkeys(cue for rule in asked for cue in rule.cues))
    found = []
    for line in reading.text.lines:
        text = reading.string[line.start : line.end].strip()
        score, cue = max(((likeness(cue, text), cue) for cue in cues), default=(0.0, ""))
        if score >= ALIKE:
            found.append(NearLine(line.page, text, cue, score))
    return tuple(sorted(found, key=lambda near: -near.likeness)[:MOST_LINES])


def likeness(cue: str, line: str) -> float:
    """How like a cue the likest stretch of as many words of a line is, 0 to 100; marks count half.

    >>> likeness("mật", "Mặt trận Tổ quốc"), likeness("tính đến", "Tinh đén ngày 30")
    (83.33333333333334, 87.5)
    """
    words, count = line.lower().split(), len(cue.split())
    stretches = [" ".join(words[i : i + count]).strip(".,;:") for i in range(max(1, len(words) - count + 1))]
    return max((fuzz.ratio(cue, one) + fuzz.ratio(fold(cue), fold(one))) / 2 for one in stretches)
