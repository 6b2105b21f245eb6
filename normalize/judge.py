"""What each piece of a text is taken for: a first look at all of it, and a second one at what stayed in doubt.

The second look knows what the rest of the text says: pairs of words that it is sure of, and the words around.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalize.boost import boosted, repeated
from normalize.gate import Block, Regime, regimes
from normalize.lattice import Boost, Decision, decide
from normalize.model import Model
from normalize.slots import Slot, prepare, sentences_of
from normalize.syllable import Case
from normalize.tokens import Piece, pieces
from normalize.verdict import Verdict, lettered, listed, touched, verdict
from normalize.weigh import WORN, weighed

AT_ONCE = 256  # sentences decoded side by side, which bounds memory
IN_DOUBT = 0.9  # posterior of some word under which a sentence is looked at again
CERTAIN = 0.98  # posterior from which a word may tell what the rest of its text says
CHANGED = 0.8  # the most that is believed of a word that the second look took for another than the first

Key = tuple[tuple[str, Regime, Case, int], ...]


@dataclass(slots=True)
class Known:
    """Sentences decided before: at the first look, and those that were looked at again."""

    first: dict[Key, list[Decision]] = field(default_factory=dict)
    again: dict[Key, list[Decision]] = field(default_factory=dict)

    def decisions(self, key: Key) -> list[Decision]:
        return self.again.get(key) or self.first[key]


def judge(string: str, names: Sequence[str], model: Model, known: Known) -> tuple[tuple[Block, ...], list[Verdict]]:
    """Decide every piece of a string that the language model sees. `known`: sentences decided before, added to."""
    cut = list(pieces(string))
    blocks = regimes(string, cut, model.inventory, model.folded)
    where = _regime_of(cut, blocks)
    prepare(cut, where, model)
    sentences = sentences_of(string, cut, where, model)
    expected = boosted(names, model)
    _decide(sentences, expected, model, known.first)
    _look_again(sentences, expected, model, known)
    return blocks, [
        lettered(verdict(slot, decision, model), model, touched(string, slot.piece))
        for sentence in sentences
        for slot, decision in zip(sentence, known.decisions(_key(sentence)), strict=True)
    ] + list(listed(cut, where))


def _key(sentence: Sequence[Slot]) -> Key:
    return tuple((s.piece.text, s.regime, s.case, len(s.candidates)) for s in sentence)


def _decide(
    sentences: Sequence[list[Slot]],
    boost: Boost,
    model: Model,
    known: dict[Key, list[Decision]],
    before: Mapping[Key, list[Decision]] | None = None,
) -> None:
    """Decide the sentences that are new; `before`: what a first look found in them."""
    new = {key: sentence for sentence in sentences if (key := _key(sentence)) not in known}
    keys = sorted(new, key=len)  # like lengths together waste no places
    for i in range(0, len(keys), AT_ONCE):
        batch = keys[i : i + AT_ONCE]
        first = None if before is None else [_words(new[key], before[key]) for key in batch]
        known |= zip(
            batch, decide(model.language, weighed([new[key] for key in batch], model, first), boost), strict=True
        )


def _words(sentence: Sequence[Slot], decisions: Sequence[Decision]) -> list[int]:
    return [slot.candidates[decision.best].word for slot, decision in zip(sentence, decisions, strict=True)]


def _look_again(sentences: Sequence[list[Slot]], expected: Boost, model: Model, known: Known) -> None:
    """Decide the worn sentences with words in doubt once more."""
    doubtful = [
        sentence
        for sentence in sentences
        if any(
            slot.regime in WORN and decision.posterior < IN_DOUBT
            for slot, decision in zip(sentence, known.first[_key(sentence)], strict=True)
        )
    ]
    if not doubtful:
        return
    text = repeated((_sure(sentence, known.first[_key(sentence)]) for sentence in sentences), expected)
    new = [sentence for sentence in doubtful if _key(sentence) not in known.again]
    _decide(new, text, model, known.again, known.first)
    for key in {_key(sentence) for sentence in new}:
        known.again[key] = [_careful(a, b) for a, b in zip(known.first[key], known.again[key], strict=True)]


def _sure(sentence: Sequence[Slot], decisions: Sequence[Decision]) -> list[int | None]:
    words = zip(_words(sentence, decisions), decisions, strict=True)
    return [word if decision.posterior > CERTAIN else None for word, decision in words]


def _careful(first: Decision, again: Decision) -> Decision:
    """The second decision, no surer than the first: what it knows more makes wrong names look sure."""
    most = first.posterior if first.best == again.best else CHANGED
    return replace(again, posterior=min(again.posterior, most))


def _regime_of(cut: Sequence[Piece], blocks: Sequence[Block]) -> list[Regime]:
    out, at = [], 0
    for piece in cut:
        while piece.start >= blocks[at].end and at < len(blocks) - 1:
            at += 1
        out.append(blocks[at].regime)
    return out
