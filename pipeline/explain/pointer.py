"""JSON Pointers (RFC 6901) into a notice: what stands there, and what could."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class NoSuchPlace(ValueError):
    """A pointer that leads nowhere in any notice."""

    def __init__(self, pointer: str, known: list[str]) -> None:
        super().__init__(f"No notice has a place {pointer}. Where it leaves the way there is: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a pointer. `missing`: null, an empty list, an index beyond a list's end, or below a null."""

    pointer: str
    value: Any
    missing: bool


def locate(document: dict[str, Any], pointer: str) -> Place:
    """Follow a pointer. Raises `NoSuchPlace` with the keys that there are.

    >>> locate({"ntm": {"bands": []}}, "ntm/bands/0/count")
    Place(pointer='/ntm/bands/0/count', value=None, missing=True)
    """
    path = "/" + pointer.strip("/")
    node: Any = document
    for key in path[1:].split("/"):
        if node is None or (isinstance(node, list) and not _within(node, key)):
            return Place(path, None, True)
        node = _step(node, key.replace("~1", "/").replace("~0", "~"), path)
    return Place(path, node, node is None or node == [])


def _within(node: list[Any], key: str) -> bool:
    return not key.isdigit() or int(key) < len(node)  # a key that is no index is refused by the step


def _step(node: Any, key: str, path: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, dict) and key in node:
        return node[key]
    if isinstance(node, list) and key.isdigit():
        return node[int(key)]
    known = list(node) if isinstance(node, dict) else [f"an index from 0 to {len(node) - 1}"] if node else ["nothing"]
    raise NoSuchPlace(path, known if isinstance(node, (dict, list)) else ["no more parts: this is a plain value"])
