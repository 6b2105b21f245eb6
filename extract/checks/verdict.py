"""A check's outcome, and which values it touches."""

from __future__ import annotations

from dataclasses import dataclass

from extract.notice import Check, CheckStatus

FAILED = 0.79  # just under the threshold of review


@dataclass(frozen=True, slots=True)
class Verdict:
    """A check's outcome and the pointers of the values it touches, which are `at_most` so certain if it fails."""

    check: Check
    touched: tuple[str, ...]
    at_most: float = FAILED


def verdict(ident: str, at: str, holds: bool | None, message: str, *touched: str, at_most: float = FAILED) -> Verdict:
    status = {True: CheckStatus.PASS, False: CheckStatus.FAIL, None: CheckStatus.UNKNOWN}[holds]
    return Verdict(Check(id=ident, at=at, status=status, message=message), touched, at_most)
