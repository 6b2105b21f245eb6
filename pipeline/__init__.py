"""The only place that knows the order of the stages. For notebooks: `from pipeline import read_notice`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.read import read_notice as read_notice
    from pipeline.read import read_notices as read_notices
    from pipeline.settings import Settings as Settings

_HOMES = {"read_notice": "pipeline.read", "read_notices": "pipeline.read", "Settings": "pipeline.settings"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    """Load a public name when it is first asked for: the stages are heavy, `thongbao --help` must not be."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
