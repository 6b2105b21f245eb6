"""What may stand in place of each piece of a text: the rules that let a word be repaired or make it pass through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from normalize.channel.candidates import Candidate, Channel
from normalize.channel.table import CACHED
from normalize.fold import fold
from normalize.model.language import NUMBER, UNKNOWN
from normalize.model.trained import Model
from normalize.pieces.gate import Regime
from normalize.pieces.hook import HOOKED
from normalize.pieces.numeral import short_form
from normalize.pieces.tokens import Kind, Piece
from normalize.pieces.ways import way_of
from normalize.syllable import Case, case_of, in_case, syllabic

CHANNEL = {Regime.MANGLED: "eng", Regime.STRIPPED: "stripped", Regime.ACCENTED: "vie"}
# Nats of a word that is no syllable for being right as it stands, and for an accented syllable to stay as it is read
# (harm nothing); found on a tenth of the official text kept out of a model made for it.
KEPT = {Regime.MANGLED: -12.0, Regime.STRIPPED: -14.0, Regime.ACCENTED: -1.0}
TRUST = 2.0
TRUST_NAME = 5.0  # of a word of a name, which no text tells: Quyên is not Quyền
MISSPELT = 4.0
FOOTNOTE = 4.0  # nats of a figure behind a word for being print: Trung ương2
# Nats a digit by which a figure is unlikely to be just this one: granted to words no likelier to be read so than
# FIGURE_LIKE; of 959 figures of rendered pages none suffered.
FIGURE = 2.0
FIGURE_LIKE = -8.0
FIGURE_LEAST = -14.0  # nats under which a figure is like no word
LONGEST_SENTENCE = 60  # words; longer ones are cut
OFTEN = 3  # times that pairs show a word before it is believed against its capitals
_DIGIT_INSIDE = re.compile(r"[^\W\d_]{2,}\d+[^\W\d_]|[^\W\d_]\d[^\W\d_]{3}|é\d")
# Two consonants that begin no word, neither here nor in a Western language, or no vowel at all.
_UNHEARD_OF = re.compile(
    r"(?!ch|[gkpt]h|n[gh]|tr|s[chklmnpqtw]|[bcfgp][lr]|[dtw]r|[dt]w|kn|ps|sh|wh)[bcdfghj-np-tv-xz]{2}|[b-df-hj-np-tv-xz]{2,}\Z"
)


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """What may stand in place of a word as read, wherever it stands: made once, and the same object for each place.

    `words` and `nats`: number and log probability of each candidate. `kept` is the index of the candidate "as it is".
    """

    text: str
    kind: Kind
    regime: Regime
    case: Case
    words: NDArray[np.int64]
    nats: NDArray[np.float32]
    kept: int = 0

    def printed(self, at: int, model: Model) -> str:
        """A candidate in letters."""
        if at == self.kept:
            return self.text
        word = in_case(model.language.words[self.words[at]], self.case)
        return f"{word}:" if self.text[-1] == ":" and word[-1] not in HOOKED else word


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece in the lattice with what may stand there."""

    piece: Piece
    opening: Opening


def prepare(cut: Sequence[Piece], where: Sequence[Regime], model: Model) -> None:
    """Find the candidates of all words at once."""
    for regime, name in CHANNEL.items():
        here = (p.text.rstrip(":") for p, r in zip(cut, where, strict=True) if r is regime and p.kind is Kind.WORD)
        model.channels[name].prepare((word, _case(word, regime)) for word in here)


def sentences_of(string: str, cut: list[Piece], where: Sequence[Regime], model: Model) -> list[list[Slot]]:
    """The pieces that the language model sees, sentence by sentence, with what may stand there."""
    sentences: list[list[Slot]] = [[]]
    for i, (piece, regime) in enumerate(zip(cut, where, strict=True)):
        opening = _opening(string, cut, i, regime, model)
        if opening is not None:
            sentences[-1].append(Slot(piece, opening))
        if piece.kind is Kind.STOP or len(sentences[-1]) >= LONGEST_SENTENCE:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _opening(string: str, cut: list[Piece], at: int, regime: Regime, model: Model) -> Opening | None:
    """What may stand in place of a piece; None for what the language model does not see."""
    piece = cut[at]
    mangled = regime is Regime.MANGLED
    if piece.kind is Kind.STOP or (piece.kind is Kind.OTHER and not mangled) or (mangled and short_form(piece.text)):
        return None
    way = way_of(string, cut, at, regime)
    key = (piece.text, piece.kind.value, regime.value, way)  # values, as their hash costs less
    if key not in model.openings:
        if len(model.openings) > CACHED:
            model.openings.clear()
        model.openings[key] = _WAYS[way](piece, regime, model)
    found: Opening | None = model.openings[key]
    return found


def _figure(piece: Piece, regime: Regime, model: Model) -> Opening:
    """A figure that may have been a word."""
    channel = model.channels[CHANNEL[regime]]
    found = channel.as_figure(piece.text) if isinstance(channel, Channel) else ()
    granted = FIGURE * len(piece.text)
    rivals = [
        Candidate(c.word, max(c.logp, min(c.logp + granted, FIGURE_LIKE))) for c in found if c.logp > FIGURE_LEAST
    ]
    return _made(piece, regime, Case.LOWER, [Candidate(NUMBER, 0.0), *rivals])


def _made(piece: Piece, regime: Regime, case: Case, candidates: Sequence[Candidate], kept: int = 0) -> Opening:
    words = np.array([c.word for c in candidates], np.int64)
    nats = np.array([c.logp for c in candidates], np.float32)
    return Opening(piece.text, piece.kind, regime, case, words, nats, kept)


def _shouting(piece: Piece, regime: Regime, model: Model) -> Opening | None:
    """An abbreviation or marker among words in capitals."""
    return _plain(piece, regime, model, shouted=True)


def _plain(piece: Piece, regime: Regime, model: Model, shouted: bool = False) -> Opening | None:
    """A piece that may be repaired, if it is of a kind that may."""
    case = _case(piece.text, regime)
    open_ = piece.kind is Kind.WORD
    if regime is Regime.MANGLED:
        open_ |= piece.kind is Kind.SIGN
        if piece.kind is Kind.ABBREVIATION and not _abbreviates(piece.text, model):
            was = remembered(piece.text, model)
            open_ |= shouted or was is not None
            case = was or Case.UPPER
        elif shouted and (piece.kind is Kind.ABBREVIATION or _romanlike(piece)):
            return _rivalled(piece, regime, model)
    if open_ and regime is not Regime.FOREIGN:
        return _open(piece, regime, case, model)
    return _fixed(piece, regime, model)


def _abbreviates(text: str, model: Model) -> bool:
    """A known abbreviation, or what a known one with Đ is read as: TDC in a heading is TĐC and not TÁC."""
    return text in model.abbreviations or text in model.damaged


def _romanlike(piece: Piece) -> bool:
    """A numeral that may be a word in a heading: ĐƠN VI."""
    return piece.kind is Kind.MARKER and piece.text.isupper() and syllabic(piece.text.lower())


def _signed(piece: Piece, regime: Regime, model: Model) -> Opening | None:
    """Signs and figures that pairs show to be a word: $6 is Số, 1¥ is lý."""
    was = remembered(piece.text, model)
    return None if was is None else _open(piece, regime, was, model)


def _rivalled(piece: Piece, regime: Regime, model: Model) -> Opening:
    """A known abbreviation or a numeral among words in capitals: it stays unless a word fits far better."""
    number = model.number(piece)
    own = Candidate(NUMBER if number is None else number, 0.0)
    found = model.channels[CHANNEL[regime]].candidates(piece.text, Case.UPPER)
    return _made(piece, regime, Case.UPPER, [own, *found])


def remembered(word: str, model: Model) -> Case | None:
    """The case of the word that pairs show to be read so, if often enough: XG is Xã."""
    channel = model.channels["eng"]
    row = channel.memory.get(word, {}) if isinstance(channel, Channel) else {}
    best = max(row, key=row.__getitem__, default="")
    return case_of(best) if row.get(best, 0) >= OFTEN and not best.isupper() else None


def _case(word: str, regime: Regime) -> Case:
    """The case in which a word is to be repaired; in mangled text `Iap` is lập, for hardly a word begins with I."""
    if regime is Regime.MANGLED and word[0] == "I" and len(word) > 1 and not any(map(str.isupper, word[1:])):
        return Case.LOWER
    return case_of(word)


def _fixed(piece: Piece, regime: Regime, model: Model) -> Opening | None:
    """A piece that passes through, seen by its neighbours."""
    number = model.number(piece)
    return None if number is None else _made(piece, regime, Case.LOWER, [Candidate(number, 0.0)])


def _name(piece: Piece, regime: Regime, model: Model) -> Opening | None:
    """A word of a name on a page with its marks."""
    return _open(piece, regime, _case(piece.text, regime), model, TRUST_NAME)


_WAYS = {
    "figure": _figure, "sign": _signed, "fixed": _fixed, "shouted": _shouting, "name": _name, "open": _plain,
}  # fmt: skip


def reopened(slot: Slot, model: Model) -> Slot:
    """The slot of a word with what the model's channels say may stand there."""
    return Slot(slot.piece, _open(slot.piece, slot.opening.regime, slot.opening.case, model))


def _open(piece: Piece, regime: Regime, case: Case, model: Model, trust: float = TRUST) -> Opening:
    """A piece that may be repaired, with itself among the candidates."""
    number = model.number(piece)
    number = UNKNOWN if number is None else number
    found = model.channels[CHANNEL[regime]].candidates(piece.text.rstrip(":"), case)
    own = next((i for i, c in enumerate(found) if c.word == number), None)
    if own is None or number == UNKNOWN:
        doubt = _doubt(piece.text) if regime is Regime.MANGLED else _misspelt(piece.text, case)
        return _made(piece, regime, case, [Candidate(number, KEPT[regime] - doubt), *found])
    if regime is Regime.ACCENTED:  # at least as likely as any other, for Hoà and thuỷ are no damage
        likely = max(candidate.logp for candidate in found)
        letters = fold(piece.text)
        found = tuple(_with_letters(c, letters, model) for c in found)
        found = (*found[:own], Candidate(number, likely + trust), *found[own + 1 :])
    return _made(piece, regime, case, found, own)


def _with_letters(candidate: Candidate, letters: str, model: Model) -> Candidate:
    """A candidate of other letters is less likely than one of other marks: ấp is no cấp, though các cấp is common."""
    same = fold(model.language.words[candidate.word]) == letters
    return candidate if same else Candidate(candidate.word, candidate.logp - TRUST)


def _doubt(word: str) -> float:
    """Nats by which a word of mangled text is unlikely to be right: no name is spelled `vé6i`, `té&`, `gdbm`."""
    if not word.replace("é", "e").isalnum() or _DIGIT_INSIDE.search(word):
        return 8.0
    if word.islower() and word.isalpha() and _UNHEARD_OF.match(word):
        return 6.0
    return 4.0 if "é" in word else 0.0


def _misspelt(word: str, case: Case) -> float:
    """Nats against a marked word that is no syllable (`thưc`, `luât`); less in title case, for names of minorities. One
    with a footnote's figure behind it is believed."""
    if word[-1].isdigit() and not word.isascii():
        return -FOOTNOTE
    if word.isascii() or not word.isalpha():
        return 0.0
    return MISSPELT if case is Case.LOWER else MISSPELT / 2
