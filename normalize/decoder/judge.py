"""What each piece of a text is taken for: a first look at all of it, and a second one at what stayed in doubt.

The second look knows what the rest of the text says: pairs of words that it is sure of, how its letters are damaged,
and the words around.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from normalize.channel.candidates import Channel
from normalize.decoder.boost import boosted, repeated
from normalize.decoder.lattice import Decision, decide
from normalize.decoder.slots import CHANNEL, Opening, Slot, prepare, remembered, reopened, sentences_of
from normalize.decoder.verdict import Verdict, lettered, listed, verdict
from normalize.decoder.weigh import WORN, weighed
from normalize.model.expected import Boost
from normalize.model.trained import Model
from normalize.pieces.gate import Block, Regime, regimes
from normalize.pieces.hook import with_hooks
from normalize.pieces.tokens import Kind, Piece, pieces

AT_ONCE = 512  # sentences decoded side by side, which bounds memory
IN_DOUBT = 0.9  # posterior of some word under which a sentence is looked at again
REOPENED = 0.95  # posterior of a word in such a sentence under which it is asked what else it may be
CERTAIN = 0.98  # posterior from which a word may tell what the rest of its text says
ENOUGH = 200  # sure words of a text that show how its letters are damaged
CHANGED = 0.8  # the most that is believed of a word that the second look took for another than the first

Key = tuple[Opening, ...]


@dataclass(slots=True)
class Known:
    """Sentences decided before: at the first look, and those that were looked at again, with what might stand there."""

    first: dict[Key, list[Decision]] = field(default_factory=dict)
    again: dict[Key, list[tuple[Slot, Decision]]] = field(default_factory=dict)

    def found(self, sentence: Sequence[Slot]) -> list[tuple[Slot, Decision]]:
        """What was decided for each slot of a sentence in the end."""
        key = _key(sentence)
        if key not in self.again:
            return list(zip(sentence, self.first[key], strict=True))
        pairs = zip(sentence, self.again[key], strict=True)
        return [(Slot(mine.piece, slot.opening), decision) for mine, (slot, decision) in pairs]


def judge(string: str, names: Sequence[str], model: Model, known: Known) -> tuple[tuple[Block, ...], list[Verdict]]:
    """Decide every piece of a string that the language model sees. `known`: sentences decided before, added to."""
    cut = list(pieces(string))
    blocks = regimes(string, cut, model.inventory, model.folded)
    joined = list(with_hooks(string, cut, _regime_of(cut, blocks), lambda word: remembered(word, model) is not None))
    cut, where = [piece for piece, _ in joined], [regime for _, regime in joined]
    prepare(cut, where, model)
    sentences = sentences_of(string, cut, where, model)
    expected = boosted(names, model)
    _look(sentences, expected, model, known)
    _look_again(sentences, expected, model, known)
    return blocks, [
        lettered(verdict(slot, decision, model), model, string)
        for sentence in sentences
        for slot, decision in known.found(sentence)
    ] + list(listed(cut, where))


def _key(sentence: Sequence[Slot]) -> Key:
    return tuple([s.opening for s in sentence])


def _look(sentences: Sequence[list[Slot]], boost: Boost, model: Model, known: Known) -> None:
    """Decide the sentences that are new."""
    new = {key: sentence for sentence in sentences if (key := _key(sentence)) not in known.first}
    keys = sorted(new, key=len)  # like lengths together waste no places
    for i in range(0, len(keys), AT_ONCE):
        batch = keys[i : i + AT_ONCE]
        known.first |= zip(batch, decide(model.language, weighed([new[k] for k in batch], model), boost), strict=True)


def _words(sentence: Sequence[Slot], decisions: Sequence[Decision]) -> list[int]:
    return [int(slot.opening.words[decision.best]) for slot, decision in zip(sentence, decisions, strict=True)]


def _look_again(sentences: Sequence[list[Slot]], expected: Boost, model: Model, known: Known) -> None:
    """Decide the worn sentences with words in doubt once more."""
    new = {key: s for s in sentences if (key := _key(s)) not in known.again and _doubtful(s, known.first[key])}
    if not new:
        return
    text = repeated((_sure(sentence, known.first[_key(sentence)]) for sentence in sentences), expected)
    wider = _wider(new, _adapted(sentences, known, model), known, model)
    keys = sorted(new, key=len)
    for i in range(0, len(keys), AT_ONCE):
        batch = keys[i : i + AT_ONCE]
        first = [_words(new[key], known.first[key]) for key in batch]
        decided = decide(model.language, weighed([wider[key] for key in batch], model, first), text)
        for key, decisions in zip(batch, decided, strict=True):
            known.again[key] = _careful(new[key], known.first[key], wider[key], decisions)


def _doubtful(sentence: Sequence[Slot], decisions: Sequence[Decision]) -> bool:
    return any(d.posterior < IN_DOUBT and s.opening.regime in WORN for s, d in zip(sentence, decisions, strict=True))


def _adapted(sentences: Sequence[Sequence[Slot]], known: Known, model: Model) -> Channel | None:
    """The channel of this text alone; None where too little of it is sure."""
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        for slot, decision in zip(sentence, known.first[_key(sentence)], strict=True):
            opening = slot.opening
            sure = decision.posterior > CERTAIN and decision.best != opening.kept
            if sure and opening.regime is Regime.MANGLED and opening.kind is Kind.WORD:
                pairs[opening.printed(decision.best, model), opening.text] += 1
    channel = model.channels[CHANNEL[Regime.MANGLED]]
    return channel.adapted(pairs) if pairs.total() >= ENOUGH and isinstance(channel, Channel) else None


def _wider(new: Mapping[Key, list[Slot]], channel: Channel | None, known: Known, model: Model) -> dict[Key, list[Slot]]:
    """The sentences with what may stand in place of their doubtful words by the text's own channel."""
    if channel is None:
        return dict(new)
    here = replace(model, channels={**model.channels, CHANNEL[Regime.MANGLED]: channel})
    doubted = {key: [_open_to_doubt(*pair) for pair in zip(s, known.first[key], strict=True)] for key, s in new.items()}
    channel.prepare(
        (slot.opening.text, slot.opening.case)
        for key, s in new.items()
        for slot, d in zip(s, doubted[key], strict=True)
        if d
    )
    return {
        key: [reopened(slot, here) if d else slot for slot, d in zip(s, doubted[key], strict=True)]
        for key, s in new.items()
    }


def _open_to_doubt(slot: Slot, decision: Decision) -> bool:
    word = slot.opening.regime is Regime.MANGLED and slot.opening.kind is Kind.WORD
    return word and len(slot.opening.words) > 1 and decision.posterior < REOPENED


def _sure(sentence: Sequence[Slot], decisions: Sequence[Decision]) -> list[int | None]:
    words = zip(_words(sentence, decisions), decisions, strict=True)
    return [word if decision.posterior > CERTAIN else None for word, decision in words]


def _careful(
    before: Sequence[Slot], first: Sequence[Decision], after: Sequence[Slot], again: Sequence[Decision]
) -> list[tuple[Slot, Decision]]:
    """The second decisions, no surer than the first: what they know more makes wrong names look sure."""
    out = []
    for was, a, slot, b in zip(before, first, after, again, strict=True):
        same = _taken(was, a) == _taken(slot, b)
        out.append((slot, replace(b, posterior=min(b.posterior, a.posterior if same else CHANGED))))
    return out


def _taken(slot: Slot, decision: Decision) -> tuple[int, bool]:
    return int(slot.opening.words[decision.best]), decision.best == slot.opening.kept


def _regime_of(cut: Sequence[Piece], blocks: Sequence[Block]) -> list[Regime]:
    out, at = [], 0
    for piece in cut:
        while piece.start >= blocks[at].end and at < len(blocks) - 1:
            at += 1
        out.append(blocks[at].regime)
    return out
