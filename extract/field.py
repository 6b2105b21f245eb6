"""`Field`: a value together with how it was obtained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from extract.notice import Method
from normalize.text import Place

__all__ = ["Field", "Method"]

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value, the probability (0..1) that it is right, and its evidence.

    `rule` names what found it; `places` are where it stands on paper, one a page; `alternatives` are values it
    might have been; `why` one sentence, for whoever reviews it.
    """

    value: T
    confidence: float
    method: Method
    rule: str
    places: tuple[Place, ...] = ()
    alternatives: tuple[str, ...] = ()
    review: bool = False
    why: str | None = None

    def doubt(self, why: str, confidence: float = 0.5) -> Field[T]:
        """The same value, marked for review for the reason given."""
        reason = why if self.why is None else f"{self.why}; {why}"
        return replace(self, review=True, why=reason, confidence=min(self.confidence, confidence))

    def to(self, value: U) -> Field[U]:
        """Another value with the same evidence."""
        return Field(
            value, self.confidence, self.method, self.rule, self.places, self.alternatives, self.review, self.why
        )
