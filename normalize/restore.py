"""Put the diacritics back: repair what is damaged, leave alone what is right, and say how sure each word is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.decoder.judge import Known, judge
from normalize.decoder.verdict import Verdict
from normalize.model.trained import Model, packaged
from normalize.pieces.gate import Block, Regime
from normalize.pieces.tokens import Kind
from normalize.text import NONE, Text

ROUNDS = 4  # until nothing changes, so that restoring twice is restoring once
# The beam's posteriors are right as often as they say up to here; beyond it, restored text is not (docs/restore.md).
CEILING = {Kind.WORD: 0.995, Kind.SIGN: 0.995, Kind.OTHER: 0.95, Kind.ABBREVIATION: 0.95}
FIGURE = 0.9  # the most that is believed of a figure that became a word


@dataclass(frozen=True, slots=True)
class Change:
    """Characters [start, end) of the restored string that stand where `before` stood; certainty 0 to 1."""

    start: int
    end: int
    before: str
    after: str
    certainty: float
    runner_up: str | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored text. `certainty[i]`: how likely word i of `text.words` now stands right; 1 where left alone.

    `blocks`: the regime of each run of lines, as offsets into the text as it was given.
    """

    text: Text
    changes: tuple[Change, ...]
    certainty: tuple[float, ...]
    blocks: tuple[Block, ...]


def restore(text: Text, boost: Sequence[str] = (), model: Model | None = None, *, settle: bool = True) -> Restored:
    """Restore a text; `boost` holds names that are expected in it (communes of the district, criteria, agencies).

    Without `settle` it is done once, in half the time: restoring the result again might then change a word or two.
    Candidates are kept between calls, so that a second pass with the district's names costs less than the first.

    >>> from normalize.text import from_lines
    >>> restore(from_lines(["Thuc hién Ké hoach sé 18/KH-UBND"])).text.string
    'Thực hiện Kế hoạch số 18/KH-UBND\\n'
    """
    run = _settled(text.string, boost, model or packaged(), ROUNDS if settle else 1)
    restored = text.replace_all(_edits(run.changes))
    return Restored(restored, run.changes, _certainties(text, run), run.blocks)


def restore_string(
    string: str, boost: Sequence[str] = (), model: Model | None = None
) -> tuple[str, tuple[Change, ...]]:
    """The same for a bare string, which is brought to NFC first.

    >>> restore_string("Uy ban nhan dan tinh Lang Son")[0]
    'Ủy ban nhân dân tỉnh Lạng Sơn'
    """
    run = _settled(unicodedata.normalize("NFC", string), boost, model or packaged(), ROUNDS)
    return run.string, run.changes


@dataclass(frozen=True, slots=True)
class _Run:
    """A string as restored so far, its changes against the string as given, and the first round's findings."""

    string: str
    changes: tuple[Change, ...]
    blocks: tuple[Block, ...]
    first: tuple[Verdict, ...]


def _settled(string: str, boost: Sequence[str], model: Model, rounds: int) -> _Run:
    """Restore until nothing changes, so many times at most."""
    known = Known()
    blocks, verdicts = judge(string, boost, model, known)
    run = _Run(*_applied(string, (), verdicts), blocks, tuple(verdicts))
    for _ in range(rounds - 1):
        if not run.changes:
            break
        _, again = judge(run.string, boost, model, known)
        if all(v.after == v.piece.text for v in again):
            break
        run = _Run(*_applied(run.string, run.changes, again), blocks, run.first)
    return run


def _applied(string: str, old: Sequence[Change], verdicts: Sequence[Verdict]) -> tuple[str, tuple[Change, ...]]:
    """Apply verdicts to a string that has changes already: the new string, and all changes against the first one."""
    fresh = [
        Change(v.piece.start, v.piece.end, v.piece.text, v.after, calibrated(v), v.runner_up)
        for v in verdicts
        if v.after != v.piece.text
    ]
    out: list[str] = []
    changes: list[Change] = []
    at = length = 0
    for group in _overlapping([(c, False) for c in old] + [(c, True) for c in fresh]):
        if len(group) == 1:  # a change that no other touches
            c = group[0][0]
            out += [string[at : c.start], c.after]
            length += c.start - at + len(c.after)
            at = c.end
            changes.append(Change(length - len(c.after), length, c.before, c.after, c.certainty, c.runner_up))
            continue
        start, end = group[0][0].start, max(c.end for c, _ in group)
        was = _spliced(string, start, end, [(c, c.before) for c, new in group if not new])
        now = _spliced(string, start, end, [(c, c.after) for c, new in group if new])
        out += [string[at:start], now]
        length += start - at + len(now)
        at = end
        if was != now:
            certainty = min(c.certainty for c, _ in group)
            changes.append(Change(length - len(now), length, was, now, certainty, group[-1][0].runner_up))
    return "".join([*out, string[at:]]), tuple(changes)


def _overlapping(changes: Sequence[tuple[Change, bool]]) -> list[list[tuple[Change, bool]]]:
    """Changes (each with: is it new?) that share characters, grouped in rising order."""
    groups: list[list[tuple[Change, bool]]] = []
    end = -1
    for change, new in sorted(changes, key=lambda pair: (pair[0].start, pair[0].end)):
        if groups and change.start < end:
            groups[-1].append((change, new))
        else:
            groups.append([(change, new)])
        end = max(end, change.end)
    return groups


def _spliced(string: str, start: int, end: int, edits: Sequence[tuple[Change, str]]) -> str:
    """string[start:end] with other text in place of some changes."""
    out, at = [], start
    for change, text in edits:
        out += [string[at : change.start], text]
        at = change.end
    return "".join([*out, string[at:end]])


def _edits(changes: Sequence[Change]) -> list[tuple[int, int, str]]:
    """The changes as edits of the string as given."""
    edits, shift = [], 0
    for c in changes:
        start = c.start - shift
        edits.append((start, start + len(c.before), c.after))
        shift += len(c.after) - len(c.before)
    return edits


def _certainties(text: Text, run: _Run) -> tuple[float, ...]:
    """The least certainty among the pieces of each word."""
    out = [1.0] * len(text.words)
    found = [(v.piece.start, v.piece.end, calibrated(v)) for v in run.first]
    found += [(start, end, c.certainty) for (start, end, _), c in zip(_edits(run.changes), run.changes, strict=True)]
    for start, end, certainty in found:
        for i in set(text.origin[start:end]) - {NONE}:
            out[i] = min(out[i], certainty)
    return tuple(out)


def calibrated(verdict: Verdict) -> float:
    """How often a word with this posterior is right, 0 to 1."""
    worn = verdict.regime in (Regime.MANGLED, Regime.STRIPPED)
    most = CEILING.get(verdict.piece.kind, 1.0) if worn else 1.0
    if verdict.piece.kind is Kind.NUMBER and verdict.after != verdict.piece.text:
        most = FIGURE
    return round(min(verdict.certainty, most), 4)
