"""The gold document of a sample, spelled out from the short form in its notice.toml."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "normalize" / "data"
LEVELS = {2: "province", 3: "district", 5: "commune"}
NEW_UNITS = "2025-07-01"                     # from that day on there are no districts
UNITS = {"until-2025-06": "units-2023-04-08.csv", "today": "units-2025-07-01.csv"}


@cache
def units(which: str) -> dict[str, dict[str, str]]:
    """Units by code, of the list of 2023 or of today's (`which` is a key of UNITS)."""
    with (DATA / UNITS[which]).open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


@cache
def successors() -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    with (DATA / "successors-2025-07-01.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["code"], []).append((row["successor"], row["whole"] == "1"))
    return found


@cache
def criteria_names(criteria_set: str) -> dict[int, str]:
    record = tomllib.loads((DATA / f"criteria-{criteria_set}.toml").read_text("utf-8"))
    return {one["number"]: one["name"] for one in record["criteria"]}


def numbers(spans: str) -> list[int]:
    """Numbers of a list of spans.

    >>> numbers("1 3-5")
    [1, 3, 4, 5]
    """
    found: list[int] = []
    for span in spans.split():
        first, _, last = span.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def units_on(day: str) -> dict[str, dict[str, str]]:
    return units("today" if day >= NEW_UNITS else "until-2025-06")


def unit(code: str, as_of: str) -> dict[str, Any]:
    """A UNIT of the contract, from its code on that day."""
    record = units_on(as_of)[code]
    made: dict[str, Any] = {"level": LEVELS[len(code)], "type": record["type"], "name": record["name"], "code": code,
                            "as_of": as_of}
    parents = []
    while record["parent"]:
        record = units_on(as_of)[record["parent"]]
        parents.append({"name": record["name"], "code": record["code"]})
    made |= dict(zip(("province",) if len(parents) == 1 else ("district", "province"), parents, strict=False))
    if as_of < NEW_UNITS and code in successors():      # not in the table: dissolved before 2025, the key stays away
        made["successors"] = [{"code": heir, "name": units("today")[heir]["name"], "whole": whole}
                              for heir, whole in successors()[code]]
    return made


def commune(name: str, above: str, as_of: str) -> dict[str, Any]:
    """The commune of that name in a district, or since July 2025 in a province; a town is named `thị trấn X`.

    KeyError where none or two are.
    """
    kind, bare = ("thị trấn", name.removeprefix("thị trấn ")) if name.startswith("thị trấn ") else ("xã", name)
    found = [row["code"] for row in units_on(as_of).values()
             if row["parent"] == above and row["type"] == kind and row["name"].strip() == bare]
    if len(found) != 1:
        raise KeyError(f"{name} in {above} on {as_of}: {found}; see normalize/data/units-*.csv")
    return unit(found[0], as_of)


def document(notice: dict[str, Any]) -> dict[str, Any]:
    head, short = notice["letterhead"], notice["gold"]["document"]
    name, title, authority, for_title = short["signer"]
    joint = "-" if head.get("party") else "/"
    return {
        "type": short["type"], "type_name": short["type_name"],
        "number": head["number"], "symbol": head["symbol"], "code": f"{head['number']}{joint}{head['symbol']}",
        "issuer": short["issuer"], "issuer_parent": short["issuer_parent"] or None,
        "place": head["place"], "date": head["date"], "subject": short["subject"],
        "addressed_to": short.get("addressed_to", []),
        "urgency": short.get("urgency"), "secrecy": short.get("secrecy"),
        "signer": {"name": name, "title": title, "authority": authority or None, "for_title": for_title or None},
        "recipients": [{"name": who, "purpose": why or None} for who, why in short["recipients"]],
        "filing": short["filing"],
    }


def assessment(short: dict[str, Any], above: str, as_of: str) -> dict[str, Any]:
    """One assessment; its unit is a commune named under `above`, or any unit by its `code`."""
    criteria_set = short.get("set")
    marks = [(number, status) for status in ("achieved", "not_achieved") for number in numbers(short.get(status, ""))]
    stated = [None if count < 0 else count for count in short.get("stated", [-1, -1, -1])]
    return {
        "unit": unit(short["code"], as_of) if "code" in short
        else commune(short["unit"], short.get("district", above), as_of),
        "target": short["target"], "outcome": short["outcome"], "criteria_set": criteria_set,
        "stated": dict(zip(("achieved", "not_achieved", "total"), stated, strict=True)),
        "criteria": [{"number": number, "name": criteria_names(criteria_set)[number], "status": status}
                     for number, status in sorted(marks)],
    }


def programme(short: dict[str, Any], date: str) -> dict[str, Any]:
    """The `ntm` part."""
    district = short.get("district", "")
    above = district or short["province"]
    as_of = short.get("as_of")
    made = {
        "province": unit(short["province"], date), "district": unit(district, date) if district else None,
        "year": short.get("year"), "period": short.get("period"),
        "inspected_on": short.get("inspected_on"), "as_of": as_of,
        "attendance": {"present": short.get("present", []), "absent": short.get("absent", [])},
        "communes_total": short.get("communes_total"), "average_criteria": short.get("average"),
        "bands": [{"target": target, "min": low, "max": high, "count": count,
                   "communes": [commune(name, above, date) for name in names]}
                  for target, low, high, count, names in short.get("bands", [])],
        "assessments": [assessment(one, above, date) for one in short.get("assessments", [])],
        "funding": [{"source": source, "item": item or None, "amount_vnd": amount}
                    for source, item, amount in short.get("funding", [])],
    }
    return {key: value for key, value in made.items() if key not in short.get("unscored", [])}


def gold(notice: dict[str, Any]) -> dict[str, Any]:
    """The whole gold document: the contract's without id, source, evidence, checks and review."""
    short = notice["gold"]
    keys = ("type", "code", "date", "issuer", "subject", "role")
    made: dict[str, Any] = {
        "schema_version": "1.0",
        "document": document(notice),
        "citations": [dict(zip(keys, (value or None for value in row), strict=True)) for row in short["citations"]],
        "tasks": [{"addressees": who, "text": text, "deadline": by or None}
                  for who, text, by in short.get("tasks", [])],
        "ntm": programme(short["ntm"], notice["letterhead"]["date"]) if "ntm" in short else None,
    }
    if short.get("must_review"):
        made["_must_review"] = short["must_review"]
    return made
