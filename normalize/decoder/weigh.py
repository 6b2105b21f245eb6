"""What the channel and the words around say of each candidate, in nats: what the lattice gets to decide on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from normalize.channel.candidates import COMMON
from normalize.decoder.lattice import DEAD, Options
from normalize.decoder.slots import Slot
from normalize.model.context import CASE_NUMBERS, KINDS, OTHER, UNCASED, Classes, Floats, Numbers, stream
from normalize.model.language import UNKNOWN
from normalize.model.trained import Model
from normalize.pieces.gate import Regime
from normalize.pieces.tokens import Kind
from normalize.syllable import Case

WORN = (Regime.STRIPPED, Regime.MANGLED)
HOPELESS = 10.0  # nats behind the best, the words around and its frequency counted, at which a candidate is dropped
DAMAGED = 0.6  # weight of the words around in mangled text, beside what they weigh in stripped text
RUNNING = 6  # words of a sentence that is no cell of a table
First = Sequence[Sequence[int]]  # the words that each sentence was taken for at a first look


def weighed(sentences: Sequence[Sequence[Slot]], model: Model, first: First | None = None) -> list[list[Options]]:
    """What may stand at each place; hopeless candidates go. The words around are asked in stripped text, and in mangled
    text at a second look (`first`: what the first one found), for before it they cannot be read."""
    slots = [slot.opening for sentence in sentences for slot in sentence]
    many = np.array([len(slot.words) for slot in slots], np.int64)
    words = np.concatenate([slot.words for slot in slots])
    nats = np.concatenate([slot.nats for slot in slots])
    worn = np.array([slot.regime in WORN for slot in slots], bool) & (many > 1)
    asked = np.array([slot.regime is Regime.STRIPPED for slot in slots], bool)
    if first is not None:
        asked |= np.array([_running(sentence, at) for sentence in sentences for at in range(len(sentence))], bool)
    asked &= worn
    nats += _around(sentences, asked, many, words, model, first)
    rank = nats + COMMON * model.language.grams[0].logp[words]
    starts = np.cumsum(many) - many
    hopeless = rank < np.repeat(np.maximum.reduceat(rank, starts), many) - HOPELESS
    nats[hopeless & np.repeat(worn, many)] = DEAD
    ends = np.cumsum(many).tolist()
    options = iter([Options(words[i:j], nats[i:j]) for i, j in zip(starts.tolist(), ends, strict=True)])
    return [[next(options) for _ in sentence] for sentence in sentences]


def _running(sentence: Sequence[Slot], at: int) -> bool:
    """Is a word one of running text or of a heading? Cells of tables and names are not what the network learnt from."""
    case = sentence[at].opening.case
    return case is Case.LOWER or (len(sentence) >= RUNNING and (at == 0 or case is Case.UPPER))


def _around(
    sentences: Sequence[Sequence[Slot]],
    asked: NDArray[np.bool_],
    many: Numbers,
    words: Numbers,
    model: Model,
    first: First | None,
) -> Floats:
    """Nats for each candidate of each slot from the words around; 0 for those that are not asked for."""
    nats = np.zeros(len(words), np.float32)
    if model.context is None or not asked.any():
        return nats
    known = model.context.classes
    taken = first or [[UNKNOWN] * len(sentence) for sentence in sentences]
    seen, at = stream(
        [_neighbour(slot, word, known, model) for slot, word in zip(sentence, row, strict=True)]
        for sentence, row in zip(sentences, taken, strict=True)
    )
    found = model.context.scores(
        seen, at[asked], np.repeat(np.arange(asked.sum()), many[asked]), words[np.repeat(asked, many)]
    )
    nats[np.repeat(asked, many)] = found if first is None else found * np.float32(DAMAGED)
    return nats


def _neighbour(slot: Slot, taken: int, known: Classes, model: Model) -> tuple[int, int, int]:
    """A slot as its neighbours see it: the letters of the word it was taken for, else those that were read."""
    piece = slot.opening
    if piece.kind is not Kind.WORD and len(piece.words) == 1:
        return KINDS.get(piece.kind, OTHER), UNCASED, 0
    case = CASE_NUMBERS[piece.case] if piece.kind is Kind.WORD else UNCASED
    if taken < len(known.rows) and known.rows[taken] >= 0:
        return known.neighbour(model.language.words[taken]), case, 0
    return known.neighbour(piece.text), case, 0
