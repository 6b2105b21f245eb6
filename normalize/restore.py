"""Put the diacritics back: repair what is damaged, leave alone what is right, and say how sure each word is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from normalize.channel import Candidate
from normalize.gate import Block, Regime, regimes
from normalize.language import BITS, UNKNOWN
from normalize.lattice import NO_BOOST, Boost, Decision, decide
from normalize.model import Model, packaged
from normalize.syllable import Case, case_of, in_case, spelling
from normalize.text import NONE, Text, from_lines
from normalize.tokens import Kind, Piece, pieces

_CHANNEL = {Regime.MANGLED: "eng", Regime.STRIPPED: "stripped", Regime.ACCENTED: "vie"}
_KEEP = {Regime.MANGLED: -14.0, Regime.STRIPPED: -9.0, Regime.ACCENTED: -1.0}  # nats of a word outside the inventory


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
    """A restored text. `certainty[i]`: how likely word i of `text.words` now stands right; 1 where left alone."""

    text: Text
    changes: tuple[Change, ...]
    certainty: tuple[float, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is to stand in place of a piece."""

    piece: Piece
    after: str
    certainty: float
    runner_up: str | None


def restore(text: Text, boost: Sequence[str] = (), model: Model | None = None) -> Restored:
    """Restore a text; `boost` holds names that are expected in it (communes of the district, criteria, agencies).

    >>> restore(from_lines(["Thuc hién Ké hoach sé 18/KH-UBND"])).text.string
    'Thực hiện Kế hoạch số 18/KH-UBND\\n'
    """
    model = model or packaged()
    blocks, verdicts = _verdicts(text.string, boost, model)
    edits = [(v.piece.start, v.piece.end, v.after) for v in verdicts if v.after != v.piece.text]
    return Restored(text.replace_all(edits), _changes(verdicts), _certainties(text, verdicts), blocks)


def restore_string(string: str, boost: Sequence[str] = (), model: Model | None = None) -> tuple[str, tuple[Change, ...]]:
    """The same for a bare string.

    >>> restore_string("Uy ban nhan dan tinh Lang Son")[0]
    'Ủy ban nhân dân tỉnh Lạng Sơn'
    """
    _, verdicts = _verdicts(string, boost, model or packaged())
    out, at = [], 0
    for v in verdicts:
        out += [string[at : v.piece.start], v.after]
        at = v.piece.end
    return "".join([*out, string[at:]]), _changes(verdicts)


def _verdicts(string: str, boost: Sequence[str], model: Model) -> tuple[tuple[Block, ...], list[_Verdict]]:
    cut = list(pieces(string))
    blocks = regimes(string, cut, model.inventory, model.folded)
    slots: list[_Slot] = []
    sentences: list[list[_Slot]] = [[]]
    for piece, regime in zip(cut, _regime_of(cut, blocks), strict=True):
        slot = _slot(piece, regime, model)
        if slot is not None:
            sentences[-1].append(slot)
            slots.append(slot)
        if piece.kind is Kind.STOP or len(sentences[-1]) >= 60:
            sentences.append([])
    decided = decide(model.language, [[s.candidates for s in sentence] for sentence in sentences], _boost(boost, model))
    flat = [d for decisions in decided for d in decisions]
    return blocks, [s.verdict(d, model) for s, d in zip(slots, flat, strict=True)]


def _regime_of(cut: Sequence[Piece], blocks: Sequence[Block]) -> list[Regime]:
    out, at = [], 0
    for piece in cut:
        while piece.start >= blocks[at].end and at < len(blocks) - 1:
            at += 1
        out.append(blocks[at].regime)
    return out


@dataclass(frozen=True, slots=True)
class _Slot:
    """A piece in the lattice with what may stand there. `kept` is the index of the candidate "as it is"."""

    piece: Piece
    candidates: tuple[Candidate, ...]
    kept: int
    case: Case

    def verdict(self, decision: Decision, model: Model) -> _Verdict:
        runner = None if decision.runner_up is None else self._printed(decision.runner_up, model)
        return _Verdict(self.piece, self._printed(decision.best, model), decision.posterior, runner)

    def _printed(self, at: int, model: Model) -> str:
        if at == self.kept:
            return self.piece.text
        return in_case(model.language.words[self.candidates[at].word], self.case)


def _slot(piece: Piece, regime: Regime, model: Model) -> _Slot | None:
    number = model.number(piece)
    if number is None or piece.kind is Kind.STOP:
        return None
    case = case_of(piece.text)
    if piece.kind is not Kind.WORD or regime is Regime.FOREIGN:
        return _Slot(piece, (Candidate(number, 0.0),), 0, case)
    found = model.channels[_CHANNEL[regime]].candidates(piece.text, case)
    own = next((i for i, c in enumerate(found) if c.word == number), None)
    if own is not None and number != UNKNOWN:
        return _Slot(piece, found, own, case)
    kept = Candidate(number, _KEEP[regime])
    return _Slot(piece, (kept, *found), 0, case)


def _boost(names: Sequence[str], model: Model) -> Boost:
    """Every pair of neighbouring words of the names, as likely as the names that start with the first one share it."""
    pairs: dict[int, int] = {}
    first: dict[int, int] = {}
    for name in names:
        words = [model.number(p) for p in pieces(name)]
        for a, b in zip(words, words[1:], strict=False):
            if a is not None and b is not None:
                pairs[a << BITS | b] = pairs.get(a << BITS | b, 0) + 1
                first[a] = first.get(a, 0) + 1
    if not pairs:
        return NO_BOOST
    keys = sorted(pairs)
    logp = [np.log(0.5 * pairs[k] / first[k >> BITS]) for k in keys]
    return Boost(np.array(keys, np.int64), np.array(logp, np.float32))


def _changes(verdicts: Sequence[_Verdict]) -> tuple[Change, ...]:
    out, shift = [], 0
    for v in verdicts:
        if v.after != v.piece.text:
            start = v.piece.start + shift
            out.append(Change(start, start + len(v.after), v.piece.text, v.after, round(v.certainty, 4), v.runner_up))
            shift += len(v.after) - len(v.piece.text)
    return tuple(out)


def _certainties(text: Text, verdicts: Sequence[_Verdict]) -> tuple[float, ...]:
    """The least certainty among the pieces of each word."""
    out = [1.0] * len(text.words)
    for v in verdicts:
        for i in set(text.origin[v.piece.start : v.piece.end]) - {NONE}:
            out[i] = min(out[i], round(v.certainty, 4))
    return tuple(out)


__all__ = ["Block", "Change", "Regime", "Restored", "restore", "restore_string", "spelling"]
