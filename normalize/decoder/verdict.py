"""What was decided for a piece, and the letter Đ of abbreviations, codes and items of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalize.decoder.lattice import Decision
from normalize.decoder.slots import Slot
from normalize.model.abbreviation import guessed, repaired
from normalize.model.trained import Model
from normalize.pieces.gate import Regime
from normalize.pieces.numeral import SURE as NUMERALS
from normalize.pieces.numeral import short_form
from normalize.pieces.tokens import Kind, Piece

ITEM = 0.95  # certainty of đ) after d)
SIGNED = 0.8  # of c) for ¢) and ©)
WORDED = 0.9  # posterior under which no figure becomes a word: a wrong number costs more than a wrong word
NEXT = {"b": "c", "e": "g"}  # letters that are read as ¢, by the item before
_ETH = re.compile("ĐÐ|ÐĐ|Ð")  # the Icelandic letter looks the same; read beside the right one, it is the same stroke


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to stand in place of a piece; `certainty` as the lattice says it, not yet calibrated."""

    piece: Piece
    regime: Regime
    after: str
    certainty: float
    runner_up: str | None


def verdict(slot: Slot, decision: Decision, model: Model) -> Verdict:
    """A decision in letters."""
    opening, runner = slot.opening, decision.runner_up
    if opening.kind is Kind.NUMBER and decision.best != opening.kept and decision.posterior < WORDED:
        return Verdict(slot.piece, opening.regime, opening.text, 1 - decision.posterior, None)
    if decision.best == opening.kept:
        return Verdict(slot.piece, opening.regime, opening.text, decision.posterior, None)
    other = None if runner is None else opening.printed(runner, model)
    return Verdict(slot.piece, opening.regime, opening.printed(decision.best, model), decision.posterior, other)


def listed(cut: Sequence[Piece], where: Sequence[Regime]) -> Iterator[Verdict]:
    """The items of a list go b) c) d) đ) e): the second of two d) in a row had its stroke, ¢) and ©) were c) or g);
    and Roman numerals whose strokes were read as letters."""
    before = ""
    for i, (piece, regime) in enumerate(zip(cut, where, strict=True)):
        numeral = short_form(piece.text) if regime is Regime.MANGLED else None
        if numeral is not None:
            yield Verdict(piece, regime, numeral, NUMERALS[numeral], None)
        elif piece.text in ("¢", "©") and regime is Regime.MANGLED and [p.text for p in cut[i + 1 : i + 2]] == [")"]:
            sure = ITEM if before in NEXT else SIGNED
            before = NEXT.get(before, "c")
            yield Verdict(piece, regime, before, sure, None)
        elif piece.kind is Kind.MARKER and piece.text.isalpha() and piece.text.islower():
            if before == piece.text == "d" and regime in (Regime.MANGLED, Regime.STRIPPED):
                yield Verdict(piece, regime, "đ", ITEM, None)
                before = "đ"
            else:
                before = piece.text


def _touched(string: str, piece: Piece) -> bool:
    """Is an abbreviation joined to others by a stroke or hyphen, as part of a code (`13/2006/TT-BTM`)?"""
    around = string[max(piece.start - 1, 0) : piece.start] + string[piece.end : piece.end + 1]
    return "/" in around or "-" in around


def lettered(verdict: Verdict, model: Model, string: str) -> Verdict:
    """Put Đ back into a code or an abbreviation of `string` by the closed list, else by the letters around."""
    piece = verdict.piece
    if verdict.after.islower() or piece.kind is Kind.NUMBER:
        return verdict
    touched = _touched(string, piece)
    if verdict.regime is not Regime.FOREIGN and (piece.kind is Kind.ABBREVIATION or piece.text == "Ð"):
        verdict = replace(verdict, after=_ETH.sub("Đ", verdict.after))
    if verdict.regime is Regime.FOREIGN or (verdict.regime is Regime.ACCENTED and "Ð" not in piece.text):
        return verdict
    if piece.kind is Kind.CODE and "@" not in piece.text:
        return replace(verdict, after=repaired(piece.text, model.damaged_codes))
    after = model.damaged.get(verdict.after, verdict.after)
    if touched and after.replace("Đ", "D") != verdict.after:
        after = model.damaged_codes.get(verdict.after, verdict.after)
    if after == piece.text and piece.kind is Kind.ABBREVIATION and not touched and piece.text.isalpha():
        return _guess(verdict, model)
    return replace(verdict, after=after)


def _guess(verdict: Verdict, model: Model) -> Verdict:
    """An abbreviation that nobody has seen, its Đ by the letters around, and said to be no surer than that is."""
    if verdict.piece.text in model.abbreviations:
        return verdict
    after, sure = guessed(verdict.piece.text, model.strokes, model.initials)
    return replace(verdict, after=after, certainty=min(verdict.certainty, sure))
