"""A check's outcome, and which values it touches."""

from __future__ import annotations

from dataclasses import dataclass

from extract.notice import Check, CheckStatus


@dataclass(frozen=True, slots=True)
class Verdict:
    """A check's outcome and the pointers of the values it touches."""

    check: Check
    touched: tuple[str, ...]


def verdict(ident: str, at: str, holds: bool | None, message: str, *touched: str) -> Verdict:
    status = {True: CheckStatus.PASS, False: CheckStatus.FAIL, None: CheckStatus.UNKNOWN}[holds]
    return Verdict(Check(id=ident, at=at, status=status, message=message), touched)
