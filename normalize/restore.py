"""Put the diacritics back: repair what is damaged, leave alone what is right, and say how sure each word is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from normalize.abbreviation import repaired
from normalize.channel import Candidate
from normalize.gate import Block, Regime, regimes
from normalize.language import BITS, UNKNOWN
from normalize.lattice import NO_BOOST, Boost, Decision, decide
from normalize.model import Model, packaged
from normalize.syllable import Case, case_of, in_case, spelling
from normalize.text import NONE, Text
from normalize.tokens import Kind, Piece, pieces

_CHANNEL = {Regime.MANGLED: "eng", Regime.STRIPPED: "stripped", Regime.ACCENTED: "vie"}
_KEEP = {Regime.MANGLED: -12.0, Regime.STRIPPED: -14.0, Regime.ACCENTED: -1.0}  # nats of a word outside the inventory

TRUST = 2.0  # nats for an accented syllable to stay as it was read: harm nothing


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
    regime_of = _regime_of(cut, blocks)
    for regime, name in _CHANNEL.items():
        here = (p.text for p, r in zip(cut, regime_of, strict=True) if r is regime and p.kind is Kind.WORD)
        model.channels[name].prepare((word, case_of(word)) for word in here)
    for i, (piece, regime) in enumerate(zip(cut, regime_of, strict=True)):
        bound = len(piece.text) == 1 and (regime is Regime.ACCENTED or _leans(string, piece))
        slot = _fixed(piece, regime, model) if bound else _slot(piece, regime, _shouted(cut, i), model)
        if slot is not None:
            sentences[-1].append(slot)
            slots.append(slot)
        if piece.kind is Kind.STOP or len(sentences[-1]) >= 60:
            sentences.append([])
    decided = decide(model.language, [[s.candidates for s in sentence] for sentence in sentences], _boost(boost, model))
    flat = [d for decisions in decided for d in decisions]
    return blocks, [_lettered(s.verdict(d, model), s.regime, model) for s, d in zip(slots, flat, strict=True)]


def _shouted(cut: list[Piece], at: int) -> bool:
    """Is a neighbouring word printed in capitals, as in a heading?"""
    near = cut[max(at - 1, 0) : at] + cut[at + 1 : at + 2]
    return any(p.kind is Kind.WORD and len(p.text) > 1 and case_of(p.text) is Case.UPPER for p in near)


def _leans(string: str, piece: Piece) -> bool:
    """Does a sign or figure touch a single letter (`d=800`, `o|55`), so that it is no word?"""
    before, after = string[max(piece.start - 1, 0) : piece.start], string[piece.end : piece.end + 1]
    return bool(before.strip()) or bool(after.strip(" \n,.;:"))


def _lettered(verdict: _Verdict, regime: Regime, model: Model) -> _Verdict:
    """Put Đ back into a code or an abbreviation by the closed list."""
    piece = verdict.piece
    if regime is Regime.FOREIGN or (regime is Regime.ACCENTED and "Ð" not in piece.text):
        return verdict
    if piece.kind is Kind.CODE and "@" not in piece.text:
        return replace(verdict, after=repaired(piece.text, model.damaged))
    if verdict.after in model.damaged:
        return replace(verdict, after=model.damaged[verdict.after])
    return verdict


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
    regime: Regime
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


def _slot(piece: Piece, regime: Regime, shouted: bool, model: Model) -> _Slot | None:
    """What may stand in place of a piece; None for what the language model does not see."""
    case = case_of(piece.text)
    repairable = piece.kind is Kind.WORD
    if regime is Regime.MANGLED:
        repairable |= piece.kind is Kind.SIGN
        if piece.kind is Kind.ABBREVIATION and shouted and piece.text not in model.abbreviations:
            repairable, case = True, Case.UPPER
    if repairable and regime is not Regime.FOREIGN:
        return _open_slot(piece, regime, case, model)
    return _fixed(piece, regime, model)


def _fixed(piece: Piece, regime: Regime, model: Model) -> _Slot | None:
    """A piece that passes through, seen by its neighbours."""
    number = model.number(piece)
    if number is None or piece.kind is Kind.STOP:
        return None
    return _Slot(piece, regime, (Candidate(number, 0.0),), 0, Case.LOWER)


def _open_slot(piece: Piece, regime: Regime, case: Case, model: Model) -> _Slot:
    number = model.number(piece)
    number = UNKNOWN if number is None else number
    found = model.channels[_CHANNEL[regime]].candidates(piece.text, case)
    own = next((i for i, c in enumerate(found) if c.word == number), None)
    if own is not None and number != UNKNOWN:
        if regime is Regime.ACCENTED:
            found = (*found[:own], Candidate(number, found[own].logp + TRUST), *found[own + 1 :])
        return _Slot(piece, regime, found, own, case)
    return _Slot(piece, regime, (Candidate(number, _KEEP[regime]), *found), 0, case)


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
