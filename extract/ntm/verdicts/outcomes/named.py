"""A unit that is named with an outcome: what the notice does with it, and at which level."""

from __future__ import annotations

from dataclasses import dataclass

from extract.field import Field
from extract.notice import Method, Outcome, Target, Unit
from extract.ntm.trust import phrase_floor, vouched
from extract.reading import Reading, Span


@dataclass(frozen=True, slots=True)
class Named:
    """A unit, the level of the programme, and what the notice does with it; `past`: it was done in an earlier year."""

    unit: Field[Unit]
    target: Field[Target]
    outcome: Field[Outcome]
    past: bool = False


def outcome_at(whole: Reading, outcome: Outcome, cue: Span, rule: str) -> Field[Outcome]:
    """The outcome that the words of a cue tell, as sure as a phrase of its length can be."""
    return vouched(whole.field(outcome, *cue, rule, Method.MATCHED), phrase_floor(whole, *cue))
