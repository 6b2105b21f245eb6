"""A document as facts: what is said (value), of what (anchor), of which kind (group), and where it stands.

Documents are taken as JSON, not as `Notice`: a gold document holds only the keys that were judged by eye.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

Json = Mapping[str, Any]

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_DASH = re.compile(r"\s*[-–—]\s*")
_EDGES = " .,;:-\"“”'()"
_TOP = ("type", "number", "symbol", "issuer", "issuer_parent", "place", "date", "subject")
_SCALARS = ("year", "period", "inspected_on", "as_of", "communes_total", "average_criteria")
_PROGRAMME = ("province", "district", *_SCALARS, "attendance", "bands", "assessments", "funding")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a document says. `anchor` and `value` are folded; `at` is its JSON Pointer.

    `about`, `said`: the two as they stand in the document, for people; they say nothing in a comparison.
    """

    group: str
    anchor: str
    value: str
    at: str = ""
    about: str = field(default="", compare=False, repr=False)
    said: str = field(default="", compare=False, repr=False)


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Text without what no reader calls a mistake: case, blanks, outer punctuation, where the tone mark sits.

    >>> folded("  Hoà  Bình; ") == folded("hòa bình"), folded("xã") == folded("xa"), folded("TB – UBND")
    (True, False, 'tb-ubnd')
    """
    text = _DASH.sub("-", unicodedata.normalize("NFC", text).casefold())
    return " ".join(_tone_last(word) for word in " ".join(text.split()).strip(_EDGES).split(" "))


def _tone_last(word: str) -> str:
    parted = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in parted if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in parted if c not in _TONES)) + tone


def facts_of(document: Json, scope: Json) -> list[Fact]:
    """All that `document` says on what `scope` judges. `scope`: the gold document; a key it lacks is not judged.

    >>> gold = {"document": {"number": "12", "place": None}}
    >>> facts_of({"document": {"number": "13", "date": "2023-11-30"}}, gold)
    [Fact(group='number', anchor='', value='13', at='/document/number')]
    """
    top, wanted = _object(document, "document"), _object(scope, "document")
    ntm, judged = _object(document, "ntm"), _judged(scope)
    found = [*_top(top, wanted), *_people(top, wanted)]
    if "citations" in scope:
        found += _citations(_list(document, "citations"))
    found += [*_units(ntm, judged), *_scalars(ntm, judged), *_attendance(ntm, judged)]
    found += [*_bands(ntm, judged), *_assessments(ntm, judged), *_funding(ntm, judged)]
    if "tasks" in scope:
        found += _deadlines(_list(document, "tasks"))
    return [fact for fact in found if fact is not None]


def _judged(scope: Json) -> Json:
    """What of the programme is judged: all, where the gold says that the notice reports nothing on it."""
    if "ntm" in scope and scope["ntm"] is None:
        return dict.fromkeys(_PROGRAMME)
    return _object(scope, "ntm")


def _fact(group: str, value: object, at: str, anchor: object = "") -> Fact | None:
    """None where nothing is said."""
    if value is None or value == "":
        return None
    about, said = str(anchor), str(value)
    return Fact(group, folded(about), folded(said), at, about, said)


def _object(holder: Json, key: str) -> Json:
    """What stands under a key, if it is an object: a document of the wrong form says nothing there."""
    value = holder.get(key)
    return value if isinstance(value, Mapping) else {}


def _list(holder: Json, key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []


def _objects(holder: Json, key: str) -> Iterator[tuple[int, Json]]:
    return ((i, item if isinstance(item, Mapping) else {}) for i, item in enumerate(_list(holder, key)))


def _top(top: Json, wanted: Json) -> Iterator[Fact | None]:
    for key in _TOP:
        if key in wanted:
            yield _fact(key, top.get(key), f"/document/{key}")


def _people(top: Json, wanted: Json) -> Iterator[Fact | None]:
    if "signer" in wanted:
        for key in ("name", "title", "authority"):
            yield _fact(f"signer_{key}", _object(top, "signer").get(key), f"/document/signer/{key}")
    if "recipients" in wanted:
        for i, who in enumerate(_list(top, "recipients")):
            name = who.get("name") if isinstance(who, Mapping) else who
            yield _fact("recipient", name, f"/document/recipients/{i}")
    if "filing" in wanted:
        for i, unit in enumerate(_list(top, "filing")):
            yield _fact("filing", unit, f"/document/filing/{i}")


def _citations(cited: list[Any]) -> Iterator[Fact | None]:
    for i, item in _objects({"cited": cited}, "cited"):
        at, code = f"/citations/{i}", item.get("code") or item.get("subject") or ""
        yield _fact("citation", code, f"{at}/code")
        for key in ("type", "date", "issuer", "role"):
            yield _fact(f"citation_{key}", item.get(key), f"{at}/{key}", code)


def _units(ntm: Json, judged: Json) -> Iterator[Fact | None]:
    for key in ("province", "district"):
        if key in judged:
            unit = _object(ntm, key)
            yield _fact(key, unit.get("name"), f"/ntm/{key}")
            yield _fact(f"{key}_code", unit.get("code"), f"/ntm/{key}")


def _scalars(ntm: Json, judged: Json) -> Iterator[Fact | None]:
    for key in _SCALARS:
        if key in judged:
            yield _fact(key, ntm.get(key), f"/ntm/{key}")


def _attendance(ntm: Json, judged: Json) -> Iterator[Fact | None]:
    if "attendance" in judged:
        for key in ("present", "absent"):
            for i, who in enumerate(_list(_object(ntm, "attendance"), key)):
                yield _fact(key, who, f"/ntm/attendance/{key}/{i}")


def _bands(ntm: Json, judged: Json) -> Iterator[Fact | None]:
    for i, band in _objects(ntm, "bands") if "bands" in judged else ():
        at, span = f"/ntm/bands/{i}", f"{band.get('min')}-{band.get('max')} {band.get('target') or ''}"
        yield _fact("band", band.get("count"), f"{at}/count", span)
        for j, unit in _objects(band, "communes"):
            yield _fact("band_commune", unit.get("name"), f"{at}/communes/{j}", span)
            yield _fact("band_commune_code", unit.get("code"), f"{at}/communes/{j}", span)


def _assessments(ntm: Json, judged: Json) -> Iterator[Fact | None]:
    for i, item in _objects(ntm, "assessments") if "assessments" in judged else ():
        at, unit = f"/ntm/assessments/{i}", _object(item, "unit")
        name = unit.get("name") or ""
        yield _fact("assessed", name, f"{at}/unit")
        yield _fact("assessed_code", unit.get("code"), f"{at}/unit", name)
        for key in ("target", "outcome", "criteria_set"):
            yield _fact(key, item.get(key), f"{at}/{key}", name)
        for key in ("achieved", "not_achieved", "total"):
            yield _fact(f"stated_{key}", _object(item, "stated").get(key), f"{at}/stated/{key}", name)
        for j, one in _objects(item, "criteria"):
            yield _fact("criterion", one.get("status"), f"{at}/criteria/{j}/status", f"{name} {one.get('number')}")


def _funding(ntm: Json, judged: Json) -> Iterator[Fact | None]:
    for i, item in _objects(ntm, "funding") if "funding" in judged else ():
        at, amount = f"/ntm/funding/{i}", item.get("amount_vnd")
        words = f"{item.get('source') or ''} {item.get('item') or ''}"
        yield _fact("funding", words, f"{at}/source", amount)
        yield _fact("amount", amount, f"{at}/amount_vnd")


def _deadlines(tasks: list[Any]) -> Iterator[Fact | None]:
    for i, task in _objects({"tasks": tasks}, "tasks"):
        yield _fact("deadline", task.get("deadline") or None, f"/tasks/{i}/deadline")
