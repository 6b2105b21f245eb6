"""Which values of a document need evidence: the contract's list, walked over a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_WHOLE = {"recipients", "filing", "addressed_to", "present", "absent"}  # lists whose entries have one evidence each

_APART = {"province", "district", "bands", "assessments", "funding"}


def stated(document: dict[str, Any]) -> Iterator[str]:
    """The pointers of all stated values of a written document, in its order."""
    yield from _scalars(document["document"], "/document")
    for i, citation in enumerate(document["citations"]):
        keys = ("code" if citation["code"] else "subject", "date", "issuer", "role")
        yield from (f"/citations/{i}/{key}" for key in keys if citation[key] is not None)
    yield from (f"/tasks/{i}" for i in range(len(document["tasks"])))
    if document["ntm"] is not None:
        yield from _ntm(document["ntm"])


def _ntm(ntm: dict[str, Any]) -> Iterator[str]:
    plain = {
        key: value
        for key, value in ntm.items()
        if key not in ("province", "district", "bands", "assessments", "funding")
    }
    yield from (f"/ntm/{key}" for key in ("province", "district") if ntm[key] is not None)
    yield from _scalars(plain, "/ntm")
    for i, band in enumerate(ntm["bands"]):
        yield from _scalars({"count": band["count"]}, f"/ntm/bands/{i}")
        yield from (f"/ntm/bands/{i}/communes/{j}" for j in range(len(band["communes"])))
    for i, assessment in enumerate(ntm["assessments"]):
        yield f"/ntm/assessments/{i}/unit"
        keys = ("target", "outcome", "criteria_set", "stated")
        yield from _scalars({key: assessment[key] for key in keys}, f"/ntm/assessments/{i}")
        yield from (f"/ntm/assessments/{i}/criteria/{j}" for j in range(len(assessment["criteria"])))
    yield from (f"/ntm/funding/{i}/amount_vnd" for i in range(len(ntm["funding"])))


def _scalars(part: dict[str, Any], at: str) -> Iterator[str]:
    for key, value in part.items():
        if key in _WHOLE:
            yield from (f"{at}/{key}/{i}" for i in range(len(value)))
        elif isinstance(value, dict):
            yield from _scalars(value, f"{at}/{key}")
        elif value is not None:
            yield f"{at}/{key}"
