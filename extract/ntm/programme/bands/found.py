"""A band as it was found, and bands that a notice tells more than once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.draft import BandDraft
from extract.field import Field
from extract.notice import Method, Target
from extract.ntm.programme.bands.communes import once


@dataclass(frozen=True, slots=True)
class BandAt:
    """A band and where it is told, so that no other rule reads the same words."""

    start: int
    end: int
    band: BandDraft


def merged(found: Sequence[BandAt]) -> list[BandAt]:
    """One band told in two groups is one; the same band told again is not counted twice."""
    kept: dict[tuple[Target, int, int], BandAt] = {}
    rest: list[BandAt] = []
    for at in found:
        key = (at.band.target, at.band.min, at.band.max)
        first = kept.get(key)
        if first is None:
            kept[key] = at
        else:
            kept[key] = replace(first, band=_joined(first.band, at.band))
            rest.append(replace(at, band=kept[key].band))
    return [*kept.values(), *(replace(at, band=kept[at.band.target, at.band.min, at.band.max].band) for at in rest)]


def _joined(a: BandDraft, b: BandDraft) -> BandDraft:
    communes = once([*a.communes, *b.communes])
    apart = a.communes and b.communes and len(communes) == len(a.communes) + len(b.communes)
    if not (apart and a.count and b.count):
        return replace(a, communes=communes, count=_agreed(a.count, b.count))
    total = replace(
        a.count, value=a.count.value + b.count.value, method=Method.MATCHED, places=a.count.places + b.count.places,
        confidence=round(a.count.confidence * b.count.confidence, 4),
    )  # fmt: skip
    return replace(a, count=total, communes=communes)


def _agreed(a: Field[int] | None, b: Field[int] | None) -> Field[int] | None:
    """The count that is told; of two that differ the first, in doubt: `Năm 2021 có 04 xã …, năm 2022 có 06 xã`."""
    if a is None or b is None or a.value == b.value:
        return a or b
    return replace(a.doubt(f"the band is told again with {b.value}", 0.7), alternatives=(str(b.value),))


def bands_of(found: Sequence[BandAt]) -> tuple[BandDraft, ...]:
    """The bands alone, each once."""
    return tuple({(at.band.target, at.band.min, at.band.max): at.band for at in found}.values())
