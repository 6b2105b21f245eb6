"""What a document says of its own values: is one marked for review, how sure is it, where does it stand?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.evaluate.facts import Json

WHOLE_PARTS = frozenset(
    (
        *("", "/", "/document", "/document/recipients", "/document/filing", "/citations", "/tasks", "/ntm"),
        *("/ntm/attendance", "/ntm/attendance/present", "/ntm/attendance/absent"),
        *("/ntm/bands", "/ntm/assessments", "/ntm/funding"),
    )
)  # a mark on one of these says nothing of any single value, and so excuses none
_CHILDREN = ("code", "subject", "unit", "amount_vnd")  # the entry that speaks for its neighbours that have none


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence entry of a value, as far as a reader of a list of misses wants it. Empty: there is no entry."""

    page: int | None = None
    boxes: tuple[tuple[int, ...], ...] = ()
    raw: str | None = None
    confidence: float | None = None
    why: str | None = None


class Marks:
    """The marks and the evidence of one document.

    >>> marks = Marks({"evidence": {"/ntm/province": {"confidence": 0.7}}, "review": {"fields": ["/ntm"]}})
    >>> marks.flagged("/ntm/province"), marks.proof("/ntm/province/name").confidence
    (False, 0.7)
    """

    def __init__(self, document: Json) -> None:
        entries = document.get("evidence")
        self._entries = {
            pointer: entry
            for pointer, entry in (entries.items() if isinstance(entries, Mapping) else ())
            if isinstance(entry, Mapping)
        }
        review = document.get("review")
        fields = review.get("fields") if isinstance(review, Mapping) else None
        told = {field for field in fields if isinstance(field, str)} if isinstance(fields, list) else set()
        told |= {pointer for pointer, entry in self._entries.items() if entry.get("review")}
        self._marked = told - WHOLE_PARTS

    def flagged(self, at: str) -> bool:
        """Is the value, what holds it, or what it holds marked for review?"""
        return any(at == m or at.startswith(m + "/") or m.startswith(at + "/") for m in self._marked)

    def proof(self, at: str) -> Proof:
        """The entry of a value, or of what holds it, or the one that speaks for the list item it belongs to."""
        entry = self._entry(at)
        if entry is None:
            return Proof()
        return Proof(
            page=entry.get("page") if isinstance(entry.get("page"), int) else None,
            boxes=_boxes(entry.get("boxes")),
            raw=_text(entry.get("raw")),
            confidence=_share(entry.get("confidence")),
            why=_text(entry.get("why")),
        )

    def _entry(self, at: str) -> Mapping[str, Any] | None:
        holder = at
        while holder not in WHOLE_PARTS:
            beside = (f"{holder}/{child}" for child in _CHILDREN)
            found = next((p for p in (holder, *beside) if p in self._entries), None)
            if found is not None:
                return self._entries[found]
            holder = holder.rpartition("/")[0]
        return None


def _boxes(value: object) -> tuple[tuple[int, ...], ...]:
    rows = value if isinstance(value, list) else []
    return tuple(tuple(row) for row in rows if isinstance(row, list) and all(isinstance(edge, int) for edge in row))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _share(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        return None
    return float(value)
