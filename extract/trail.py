"""The trail of the rules: what was looked for, where, and why nothing came of it. Kept only while somebody listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

LONGEST = 160  # characters of what a rule saw that are kept


@dataclass(frozen=True, slots=True)
class Missed:
    """A rule that looked for the value at `pointer` and gave none. `seen`: what it looked at, in one line."""

    pointer: str
    rule: str
    why: str
    seen: str = ""


_listener: ContextVar[list[Missed] | None] = ContextVar("trail", default=None)


def missed(pointer: str, rule: str, why: str, seen: str = "") -> None:
    """Say that a rule gave nothing, and why. Costs next to nothing while nobody listens."""
    trail = _listener.get()
    if trail is not None:
        trail.append(Missed(pointer, rule, why, " ".join(seen.split())[:LONGEST]))


@contextmanager
def listening() -> Iterator[list[Missed]]:
    """Collect what rules say while this lasts.

    >>> with listening() as trail:
    ...     missed("/document/date", "issue_date", "no ‘ngày … tháng … năm’", "Lạng Sơn")
    >>> trail[0].rule, trail[0].seen
    ('issue_date', 'Lạng Sơn')
    """
    trail: list[Missed] = []
    token = _listener.set(trail)
    try:
        yield trail
    finally:
        _listener.reset(token)
