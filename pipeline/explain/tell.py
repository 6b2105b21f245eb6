"""An account told in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extract.notice import Evidence, Method
from extract.trail import Missed
from pipeline.explain.account import Account, WordRead

WIDE = 100  # characters of a value shown in a list
_METHODS = {
    Method.READ: "read: it stands so on the page",
    Method.RESTORED: "restored: the page's letters, with marks or misread letters put right",
    Method.MATCHED: "matched: linked to a list, or read out of a phrase",
    Method.INFERRED: "inferred: the notice does not print it, or contradicts what was read",
    Method.CORRECTED: "corrected by a reviewer",
}


def tell(account: Account) -> str:
    """The account as text, a fact a line."""
    lines = [account.place.pointer, f"  {_shown(account.place.value)}", ""]
    if account.evidence is not None:
        lines += _how(account, account.evidence)
    elif account.below:
        lines += [f"It has {len(account.below)} values of its own:", *map(_child, account.below), ""]
    if account.place.missing:
        lines += _absent(account)
    lines += [f"Check    {check.status}: {check.message} ({check.id})" for check in account.checks]
    return "\n".join(lines).rstrip() + "\n"


def _shown(value: Any) -> str:  # noqa: ANN401 - JSON
    return "nothing" if value is None or value == [] else json.dumps(value, ensure_ascii=False)


def _child(row: tuple[str, Any, Evidence]) -> str:
    pointer, value, evidence = row
    mark = ", for review" if evidence.review else ""
    return f"  {pointer} = {_shown(value)[:WIDE]}  ({evidence.method}, {evidence.confidence:.2f}{mark})"


def _how(account: Account, evidence: Evidence) -> Iterator[str]:
    if account.at != account.place.pointer:
        yield f"Evidence is kept for {account.at} as a whole."
    yield f"How      {_METHODS[evidence.method]}"
    yield f"Sure     {evidence.confidence:.2f}{', marked for review' if evidence.review else ''}"
    for rule in account.rules:
        yield f"Rule     {rule.name}: looks at {rule.looks}, for {rule.seeks}"
    yield from _where(evidence)
    yield from _words(account.words)
    if evidence.why:
        yield f"Why      {evidence.why}"
    if evidence.alternatives:
        yield f"Might be {'; '.join(evidence.alternatives)}"
    for one in account.missed:
        yield f"Passed   {one.rule}: {one.why}"
    yield ""


def _where(evidence: Evidence) -> Iterator[str]:
    boxes = "; ".join(" ".join(map(str, box)) for box in evidence.boxes)
    if evidence.page is None:
        yield "Stands   nowhere: it follows from other values"
        return
    yield f"Stands   on page {evidence.page}{f', box {boxes}' if boxes else ''}"
    for line in (evidence.raw or "").split("\n"):
        yield f"Read as  “{line}”"


def _words(words: tuple[WordRead, ...]) -> Iterator[str]:
    """The words that are in doubt or were changed; all others are told in one line."""
    doubtful = [word for word in words if min(word.trust, word.restored) < 0.99 or word.now != word.read]
    for word in doubtful:
        ink = "by hand, " if word.by_hand else ""
        sure = f"{word.restored:.3f}"
        change = f" → “{word.now}” {sure}" if word.now != word.read else f", in its place {sure}"
        yield f"Word     “{word.read}” {ink}engine {word.trust:.3f}{change}"
    if words and len(doubtful) < len(words):
        yield f"Words    {len(words) - len(doubtful)} more of {len(words)} as read, each 0.99 or surer"


def _absent(account: Account) -> Iterator[str]:
    yield "No value. The notice may not state it; what was tried:"
    known = {rule.name for rule in account.rules}
    for rule in account.rules:
        yield f"  {rule.name}: looks at {rule.looks}, for {rule.seeks}"
        told = [one for one in account.missed if one.rule == rule.name]
        yield from (f"    gave nothing: {_reason(one)}" for one in told)
    yield from (f"  {one.rule}: {_reason(one)}" for one in account.missed if one.rule not in known)
    yield from _nearest(account)
    yield ""


def _reason(one: Missed) -> str:
    return f"{one.why}{f'; it saw “{one.seen}”' if one.seen else ''}"


def _nearest(account: Account) -> Iterator[str]:
    if not account.near:
        cues = dict.fromkeys(cue for rule in account.rules for cue in rule.cues)
        if cues:
            yield f"No line holds anything like {', '.join(f'‘{cue}’' for cue in cues)}."
        return
    yield "Lines that hold such words, or nearly:"
    for line in account.near:
        yield f"  page {line.page} ({line.likeness:.0f} % like ‘{line.cue}’): “{line.text[:WIDE]}”"
