"""From the draft to the notice document: values on one side, evidence by JSON Pointer on the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from extract.checks import FAILED, Verdict
from extract.draft import NoticeDraft
from extract.field import Field, Method
from extract.notice import Evidence, Notice, ProducedBy, Review, Source
from extract.pointers import Found, found_in

# The contract gives no evidence of their own to these; it stands at the citation's code or name, and at the amount.
# Where they are in doubt they have an entry nevertheless: nothing that is doubtful goes out unmarked.
_IN_DOUBT = {("citations", "type"), ("ntm", "label")}
_CALLED = {"label": "source"}  # fields whose value stands under another name
# what the rest of its entry hangs on
_ENTRY = re.compile(r"/(?:citations|ntm/assessments|ntm/funding)/\d+")
_BASE = re.compile(rf"(?P<entry>{_ENTRY.pattern})/(?P<part>code|unit|amount_vnd)")
_SAID = {
    "code": "the document's code is in doubt",
    "unit": "the unit that it is told of is in doubt",
    "amount_vnd": "the amount is in doubt",
}
_INNER = {"at", "sums", "label"}  # what rules and checks need, and no reader


def assemble(
    draft: NoticeDraft,
    verdicts: Sequence[Verdict],
    *,
    ident: str,
    source: Source,
    produced_by: ProducedBy,
    review_below: float,
) -> Notice:
    """Make the document. What a failed check touches, and what is less certain than `review_below`, is for review."""
    failed = {
        pointer: (v.check.message, v.at_most)
        for v in reversed(verdicts)
        if v.check.status == "fail"
        for pointer in v.touched
    }
    found = list(found_in(draft))
    told = {one.pointer: _evidence(one, failed, review_below) for one in found}
    hanging = _hanging(told)
    told |= {one.pointer: _evidence(one, hanging, review_below) for one in found if one.pointer in hanging}
    evidence = {_named(at): entry for at, entry in told.items() if entry.review or not _only_in_doubt(at)}
    values = _plain(draft)
    return Notice.model_validate(
        {
            "id": ident,
            "source": source,
            "produced_by": produced_by,
            **values,
            "checks": [v.check for v in verdicts],
            "evidence": evidence,
            "review": Review.of(evidence),
        }
    )


def _hanging(told: Mapping[str, Evidence]) -> dict[str, tuple[str, float]]:
    """Pointers of what is told of a document, commune or amount that is in doubt: if that is wrong, all of it is."""
    bases = {base["entry"]: base["part"] for at, one in told.items() if one.review and (base := _BASE.fullmatch(at))}
    entries = {at: entry[0] for at, one in told.items() if not one.review and (entry := _ENTRY.match(at))}
    return {at: (_SAID[bases[entry]], FAILED) for at, entry in entries.items() if entry in bases}


def _only_in_doubt(pointer: str) -> bool:
    parts = pointer.split("/")
    return (parts[1], parts[-1]) in _IN_DOUBT


def _named(pointer: str) -> str:
    head, _, last = pointer.rpartition("/")
    return f"{head}/{_CALLED.get(last, last)}"


def _plain(node: object) -> Any:  # noqa: ANN401 - whatever the contract's model takes
    """The draft without its evidence."""
    if isinstance(node, Field):
        return node.value
    if isinstance(node, tuple):
        return tuple(_plain(item) for item in node)
    if is_dataclass(node) and not isinstance(node, (type, BaseModel)):
        return {part.name: _plain(getattr(node, part.name)) for part in fields(node) if part.name not in _INNER}
    return node


def _evidence(found: Found, touched: Mapping[str, tuple[str, float]], review_below: float) -> Evidence:
    field = found.field
    failed = touched.get(found.pointer)
    if failed is not None:
        field = field.doubt(*failed)
    first = field.places[0] if field.places else None
    return Evidence(
        confidence=field.confidence,
        method=field.method,
        raw="\n".join(place.raw for place in field.places) if field.places else None,
        page=first.page if first else None,
        boxes=tuple((b.left, b.top, b.right, b.bottom) for b in first.boxes) if first else (),
        span=(first.start, first.end) if first else None,
        rule=field.rule,
        alternatives=field.alternatives,
        review=field.review or field.method is Method.INFERRED or field.confidence < review_below,
        why=field.why,
    )
