"""A notice as JSON text, and the JSON Schema that describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from extract.notice.whole import SCHEMA_VERSION, Notice

SCHEMA_ID = f"urn:thongbao:notice:{SCHEMA_VERSION}"  # a name, not an address: nothing is fetched


def to_json(notice: Notice) -> str:
    """Write a notice: UTF-8 text, two blanks a level, field order of the contract, a newline at the end.

    The same notice gives the same bytes. Rows of numbers (boxes, spans, ranges) stay on one line.
    """
    parts: list[str] = []
    _write(notice.model_dump(mode="json"), "\n", parts)
    return "".join(parts) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a notice document, made from the models above."""
    schema = Notice.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, **schema}


def _write(value: Any, newline: str, out: list[str]) -> None:  # noqa: ANN401 - a JSON value
    inner = newline + "  "
    if isinstance(value, dict) and value:
        _write_rows("{", ((f"{_one_line(key)}: ", item) for key, item in value.items()), inner, out)
        out.append(newline + "}")
    elif isinstance(value, list) and value and not all(isinstance(item, int) for item in value):
        _write_rows("[", (("", item) for item in value), inner, out)
        out.append(newline + "]")
    else:
        out.append(_one_line(value))


def _write_rows(opening: str, rows: Iterable[tuple[str, Any]], inner: str, out: list[str]) -> None:
    out.append(opening)
    for k, (label, item) in enumerate(rows):
        out += ("," if k else "", inner, label)
        if isinstance(item, dict | list):
            _write(item, inner, out)
        else:
            out.append(_one_line(item))


# one encoder for all: `json.dumps` makes a new one for each value
_one_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
