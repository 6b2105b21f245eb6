"""What may stand in place of each piece of a text: the rules that let a word be repaired or make it pass through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from normalize.abbreviation import guessed, repaired
from normalize.channel import COMMON, Candidate, Channel
from normalize.context import CASE_NUMBERS, KINDS, OTHER, UNCASED, Classes, Floats, Numbers, stream
from normalize.gate import Block, Regime, regimes
from normalize.language import BITS, UNKNOWN
from normalize.lattice import DEAD, NO_BOOST, Boost, Decision, Options, decide
from normalize.model import Model
from normalize.syllable import Case, case_of, in_case
from normalize.tokens import Kind, Piece, pieces

CHANNEL = {Regime.MANGLED: "eng", Regime.STRIPPED: "stripped", Regime.ACCENTED: "vie"}
# Where the words around are asked. Not in mangled text: they mend 0.1 % more there, but make wrong names look sure
# (silent errors of extraction from the samples' dumps went from 6 to 25 per 1,000).
WORN = (Regime.STRIPPED,)
HOPELESS = 8.0  # nats behind the best, the words around and its frequency counted, at which a candidate is dropped
# Nats of a word that is no syllable for being right as it stands, and for an accented syllable to stay as it is read
# (harm nothing); found on a tenth of the official text kept out of a model made for it.
KEPT = {Regime.MANGLED: -12.0, Regime.STRIPPED: -14.0, Regime.ACCENTED: -1.0}
TRUST = 2.0
MISSPELT = 4.0
LONGEST_SENTENCE = 60  # words; longer ones are cut
AT_ONCE = 256  # sentences decoded side by side, which bounds memory
OFTEN = 3  # times that pairs show a word before it is believed against its capitals
FIRST = 0.02  # share of words that begin an expected name
_DIGIT_INSIDE = re.compile(r"[^\W\d_]{2,}\d+[^\W\d_]|é\d")
_FIGURE_BEFORE = re.compile(r"\d{2}[./_]\Z")
_FIGURE_AFTER = re.compile(r"[./_]\d{2}")
_ETH = re.compile("ĐÐ|ÐĐ|Ð")  # the Icelandic letter looks the same; read beside the right one, it is the same stroke
_APART = re.compile(r"[,.;:]?(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to stand in place of a piece; `certainty` as the lattice says it, not yet calibrated."""

    piece: Piece
    regime: Regime
    after: str
    certainty: float
    runner_up: str | None


@dataclass(frozen=True, slots=True)
class _Slot:
    """A piece in the lattice with what may stand there. `kept` is the index of the candidate "as it is"."""

    piece: Piece
    regime: Regime
    candidates: tuple[Candidate, ...]
    kept: int
    case: Case

    def verdict(self, decision: Decision, model: Model) -> Verdict:
        runner = None if decision.runner_up is None else self._printed(decision.runner_up, model)
        after = self._printed(decision.best, model)
        return Verdict(self.piece, self.regime, after, decision.posterior, runner)

    def _printed(self, at: int, model: Model) -> str:
        if at == self.kept:
            return self.piece.text
        return in_case(model.language.words[self.candidates[at].word], self.case)


Known = dict[tuple[tuple[str, Regime, Case, int], ...], list[Decision]]


def judge(string: str, names: Sequence[str], model: Model, known: Known) -> tuple[tuple[Block, ...], list[Verdict]]:
    """Decide every piece of a string that the language model sees. `known`: sentences decided before, added to."""
    cut = list(pieces(string))
    blocks = regimes(string, cut, model.inventory, model.folded)
    where = _regime_of(cut, blocks)
    _prepare(cut, where, model)
    sentences = _sentences(string, cut, where, model)
    _decide(sentences, boosted(names, model), model, known)
    return blocks, [
        _lettered(slot.verdict(decision, model), model, _touched(string, slot.piece))
        for sentence in sentences
        for slot, decision in zip(sentence, known[_key(sentence)], strict=True)
    ]


def _key(sentence: Sequence[_Slot]) -> tuple[tuple[str, Regime, Case, int], ...]:
    return tuple((s.piece.text, s.regime, s.case, len(s.candidates)) for s in sentence)


def _decide(sentences: Sequence[list[_Slot]], boost: Boost, model: Model, known: Known) -> None:
    """Decide the sentences that are new."""
    new = {key: sentence for sentence in sentences if (key := _key(sentence)) not in known}
    keys = sorted(new, key=len)  # like lengths together waste no places
    for i in range(0, len(keys), AT_ONCE):
        batch = keys[i : i + AT_ONCE]
        weighed = _weighed([new[key] for key in batch], model)
        decided = decide(model.language, weighed, boost)
        known |= zip(batch, decided, strict=True)


def _weighed(sentences: Sequence[Sequence[_Slot]], model: Model) -> list[list[Options]]:
    """What may stand at each place, with what the words around say of worn words; hopeless ones go."""
    slots = [slot for sentence in sentences for slot in sentence]
    many = np.array([len(slot.candidates) for slot in slots], np.int64)
    words = np.array([c.word for slot in slots for c in slot.candidates], np.int64)
    nats = np.array([c.logp for slot in slots for c in slot.candidates], np.float32)
    worn = np.array([slot.regime in WORN and len(slot.candidates) > 1 for slot in slots], bool)
    nats += _around(sentences, worn, many, words, model)
    rank = nats + COMMON * model.language.grams[0].logp[words]
    starts = np.cumsum(many) - many
    hopeless = rank < np.repeat(np.maximum.reduceat(rank, starts), many) - HOPELESS
    nats[hopeless & np.repeat(worn, many)] = DEAD
    ends = np.cumsum(many).tolist()
    options = iter([Options(words[i:j], nats[i:j]) for i, j in zip(starts.tolist(), ends, strict=True)])
    return [[next(options) for _ in sentence] for sentence in sentences]


def _around(
    sentences: Sequence[Sequence[_Slot]], worn: NDArray[np.bool_], many: Numbers, words: Numbers, model: Model
) -> Floats:
    """Nats for each candidate of each slot from the words around; 0 for what is not worn."""
    nats = np.zeros(len(words), np.float32)
    if model.context is None or not worn.any():
        return nats
    known = model.context.classes
    seen, at = stream([_neighbour(slot, known, model) for slot in sentence] for sentence in sentences)
    nats[np.repeat(worn, many)] = model.context.scores(
        seen, at[worn], np.repeat(np.arange(worn.sum()), many[worn]), words[np.repeat(worn, many)]
    )
    return nats


def _neighbour(slot: _Slot, known: Classes, model: Model) -> tuple[int, int, int]:
    """A slot as its neighbours see it: the letters of its first candidate where letters are damaged, else its own."""
    piece = slot.piece
    if piece.kind is not Kind.WORD and len(slot.candidates) == 1:
        return KINDS.get(piece.kind, OTHER), UNCASED, 0
    case = CASE_NUMBERS[slot.case] if piece.kind is Kind.WORD else UNCASED
    if slot.regime is Regime.MANGLED:
        for candidate in slot.candidates[:2]:
            if candidate.word < len(known.rows) and known.rows[candidate.word] >= 0:
                return known.neighbour(model.language.words[candidate.word]), case, 0
    return known.neighbour(piece.text), case, 0


def boosted(names: Sequence[str], model: Model) -> Boost:
    """Expected names: their first words as frequent as names are, each next word as sure as the names make it."""
    pairs: dict[int, int] = {}
    first: dict[int, int] = {}
    starts: dict[int, int] = {}
    for name in names:
        words = [n for p in _pieces_of(name) if (n := model.number(p)) is not None]
        for a in words[:1]:
            starts[a] = starts.get(a, 0) + 1
        for a, b in pairwise(words):
            pairs[a << BITS | b] = pairs.get(a << BITS | b, 0) + 1
            first[a] = first.get(a, 0) + 1
    if not starts:
        return NO_BOOST
    keys = sorted(pairs)
    logp = np.log([0.5 * pairs[k] / first[k >> BITS] for k in keys])
    begin = np.full(len(model.language.words), -np.inf, np.float32)
    begin[list(starts)] = np.log(FIRST * np.array(list(starts.values())) / len(names))
    return Boost(np.array(keys, np.int64), logp.astype(np.float32), begin)


@lru_cache(maxsize=4096)
def _pieces_of(name: str) -> tuple[Piece, ...]:
    """The pieces of an expected name: most names are expected in every notice."""
    return tuple(pieces(name))


def _regime_of(cut: Sequence[Piece], blocks: Sequence[Block]) -> list[Regime]:
    out, at = [], 0
    for piece in cut:
        while piece.start >= blocks[at].end and at < len(blocks) - 1:
            at += 1
        out.append(blocks[at].regime)
    return out


def _prepare(cut: Sequence[Piece], where: Sequence[Regime], model: Model) -> None:
    """Find the candidates of all words at once."""
    for regime, name in CHANNEL.items():
        here = (p.text for p, r in zip(cut, where, strict=True) if r is regime and p.kind is Kind.WORD)
        model.channels[name].prepare((word, _case(word, regime)) for word in here)


def _sentences(string: str, cut: list[Piece], where: Sequence[Regime], model: Model) -> list[list[_Slot]]:
    sentences: list[list[_Slot]] = [[]]
    for i, (piece, regime) in enumerate(zip(cut, where, strict=True)):
        bound = _numbered(string, piece) or (
            len(piece.text) == 1 and (regime is Regime.ACCENTED or _leans(string, piece))
        )
        shouted = piece.kind is Kind.ABBREVIATION and _shouted(cut, i)
        slot = _fixed(piece, regime, model) if bound else _slot(piece, regime, shouted, model)
        if slot is not None:
            sentences[-1].append(slot)
        if piece.kind is Kind.STOP or len(sentences[-1]) >= LONGEST_SENTENCE:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _leans(string: str, piece: Piece) -> bool:
    """Does a sign or figure touch a single letter (`d=800`, `o|55`, `P.KT`), so that it is no word?"""
    before = string[max(piece.start - 1, 0) : piece.start]
    return bool(before.strip()) or not _APART.match(string, piece.end)


def _numbered(string: str, piece: Piece) -> bool:
    """Is a figure joined to a word by a point or a stroke (`98.DOC`, `trai/100`), as in a code or a file's name?"""
    return bool(
        _FIGURE_BEFORE.search(string, max(piece.start - 8, 0), piece.start) or _FIGURE_AFTER.match(string, piece.end)
    )


def _shouted(cut: list[Piece], at: int) -> bool:
    """Is a neighbouring word printed in capitals, as in a heading?"""
    near = cut[max(at - 1, 0) : at] + cut[at + 1 : at + 2]
    return any(p.kind is Kind.WORD and len(p.text) > 1 and case_of(p.text) is Case.UPPER for p in near)


def _slot(piece: Piece, regime: Regime, shouted: bool, model: Model) -> _Slot | None:
    """What may stand in place of a piece; None for what the language model does not see."""
    case = _case(piece.text, regime)
    open_ = piece.kind is Kind.WORD
    if regime is Regime.MANGLED:
        open_ |= piece.kind is Kind.SIGN
        if piece.kind is Kind.ABBREVIATION and piece.text not in model.abbreviations:
            was = _remembered(piece.text, model)
            open_ |= shouted or was is not None
            case = was or Case.UPPER
    if open_ and regime is not Regime.FOREIGN:
        return _open(piece, regime, case, model)
    return _fixed(piece, regime, model)


def _remembered(word: str, model: Model) -> Case | None:
    """The case of the word that pairs show to be read so, if often enough: XG is Xã."""
    channel = model.channels["eng"]
    row = channel.memory.get(word, {}) if isinstance(channel, Channel) else {}
    best = max(row, key=row.__getitem__, default="")
    return case_of(best) if row.get(best, 0) >= OFTEN and not best.isupper() else None


def _case(word: str, regime: Regime) -> Case:
    """The case in which a word is to be repaired; in mangled text `Iap` is lập, for hardly a word begins with I."""
    if regime is Regime.MANGLED and word[0] == "I" and word[1:].islower():
        return Case.LOWER
    return case_of(word)


def _fixed(piece: Piece, regime: Regime, model: Model) -> _Slot | None:
    """A piece that passes through, seen by its neighbours."""
    number = model.number(piece)
    if number is None or piece.kind is Kind.STOP:
        return None
    return _Slot(piece, regime, (Candidate(number, 0.0),), 0, Case.LOWER)


def _open(piece: Piece, regime: Regime, case: Case, model: Model) -> _Slot:
    """A piece that may be repaired, with itself among the candidates."""
    number = model.number(piece)
    number = UNKNOWN if number is None else number
    found = model.channels[CHANNEL[regime]].candidates(piece.text, case)
    own = next((i for i, c in enumerate(found) if c.word == number), None)
    if own is None or number == UNKNOWN:
        doubt = _doubt(piece.text) if regime is Regime.MANGLED else _misspelt(piece.text, case)
        return _Slot(piece, regime, (Candidate(number, KEPT[regime] - doubt), *found), 0, case)
    if regime is Regime.ACCENTED:
        found = (*found[:own], Candidate(number, found[own].logp + TRUST), *found[own + 1 :])
    return _Slot(piece, regime, found, own, case)


def _doubt(word: str) -> float:
    """Nats by which a word of mangled text is unlikely to be right as it is: no name is spelled `vé6i` or `té&`."""
    if not word.replace("é", "e").isalnum() or _DIGIT_INSIDE.search(word):
        return 8.0
    return 4.0 if "é" in word else 0.0


def _misspelt(word: str, case: Case) -> float:
    """Nats against a marked word that is no syllable (`thưc`, `luât`); less in title case, for names of minorities."""
    if word.isascii() or not word.isalpha():
        return 0.0
    return MISSPELT if case is Case.LOWER else MISSPELT / 2


def _touched(string: str, piece: Piece) -> bool:
    """Is an abbreviation joined to others by a stroke or hyphen, as part of a code (`13/2006/TT-BTM`)?"""
    around = string[max(piece.start - 1, 0) : piece.start] + string[piece.end : piece.end + 1]
    return "/" in around or "-" in around


def _lettered(verdict: Verdict, model: Model, touched: bool) -> Verdict:
    """Put Đ back into a code or an abbreviation by the closed list, else by the letters around."""
    piece = verdict.piece
    if verdict.regime is not Regime.FOREIGN and piece.kind is Kind.ABBREVIATION:
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
    after, sure = guessed(verdict.piece.text, model.strokes)
    return replace(verdict, after=after, certainty=min(verdict.certainty, sure))
