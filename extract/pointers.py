"""Every field of a draft by the JSON Pointer that its value has in the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from extract.draft import NoticeDraft
from extract.field import Field

_WITHOUT = {("citations", "at")}  # what rules need and the contract does not have


@dataclass(frozen=True, slots=True)
class Found:
    """A field of the draft and the pointer of its value."""

    pointer: str
    field: Field[Any]


def found_in(draft: NoticeDraft) -> Iterator[Found]:
    """Every field of a draft with its pointer, in the contract's order."""
    for found in _walk(draft, ""):
        parts = found.pointer.split("/")
        if (parts[1], parts[-1]) in _WITHOUT or (
            parts[1] == "citations" and parts[-1] == "subject" and _coded(draft, parts)
        ):
            continue
        yield found


def _coded(draft: NoticeDraft, parts: list[str]) -> bool:
    return draft.citations[int(parts[2])].code is not None


def _walk(node: object, at: str) -> Iterator[Found]:
    if isinstance(node, Field):
        yield Found(at, node)
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from _walk(item, f"{at}/{index}")
    elif is_dataclass(node):
        for part in fields(node):
            yield from _walk(getattr(node, part.name), f"{at}/{part.name}")
