"""Which facts of a document are right, which wrong, and which gold facts it misses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.evaluate.facts import Fact

FREE_TEXT = frozenset(
    (
        "subject",
        "issuer",
        "issuer_parent",
        "recipient",
        "present",
        "absent",
        "funding",
        "citation_issuer",
        "signer_title",
    )
)
_ALIKE = 0.9  # of the letters: free text may differ by a tenth where it is judged softly


@dataclass(frozen=True, slots=True)
class Paired:
    """`right` and `wrong` are facts of the judged document, `missed` of the gold one."""

    right: tuple[Fact, ...]
    wrong: tuple[Fact, ...]
    missed: tuple[Fact, ...]


def paired(gold: Sequence[Fact], given: Sequence[Fact], soft: bool = False) -> Paired:
    """Pair facts one to one, equal ones first. `soft`: then free text that is nearly the same, too.

    >>> one, other = Fact("subject", "", "kết quả kiểm tra năm 2023"), Fact("subject", "", "kết qua kiểm tra năm 2023")
    >>> [len(paired([one], [other], soft).right) for soft in (False, True)]
    [0, 1]
    """
    left = list(gold)
    right, rest = _taken(given, left, _same)
    if soft:
        near, rest = _taken(rest, left, _nearly)
        right += near
    return Paired(tuple(right), tuple(rest), tuple(left))


def _taken(
    given: Sequence[Fact], left: list[Fact], fits: Callable[[Fact, Fact], bool]
) -> tuple[list[Fact], list[Fact]]:
    """Facts that found a partner in `left`, which loses it, and those that did not."""
    with_partner, without = [], []
    for fact in given:
        at = next((i for i, other in enumerate(left) if fits(other, fact)), None)
        if at is None:
            without.append(fact)
        else:
            del left[at]
            with_partner.append(fact)
    return with_partner, without


def _same(one: Fact, other: Fact) -> bool:
    return (one.group, one.anchor, one.value) == (other.group, other.anchor, other.value)


def _nearly(one: Fact, other: Fact) -> bool:
    if (one.group, one.anchor) != (other.group, other.anchor):
        return False
    if one.value == other.value:
        return True
    return one.group in FREE_TEXT and SequenceMatcher(None, one.value, other.value, autojunk=False).ratio() >= _ALIKE
