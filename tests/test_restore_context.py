"""The network over neighbours: learns what tells words apart, the same each time, and packs into bytes."""

import numpy as np
import pytest

from normalize.model import context
from normalize.pieces.tokens import pieces

NUMBERS = {"của": 6, "cửa": 7, "xã": 8, "xa": 9, "mở": 10, "nhà": 11}
LINES = ["nhà của xã", "mở cửa nhà", "xã của nhà", "nhà mở cửa", "nhà xa", "mở cửa xã"] * 60


@pytest.fixture(scope="module")
def taught():
    known = context.classes(NUMBERS)
    seen, _ = context.stream(context.sentence_of(list(pieces(line)), known, NUMBERS) for line in LINES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "EPOCHS", 40)
        patch.setattr(context, "BATCH", 32)
        weights = context.train(seen, known), context.train(seen, known)
    return known, weights


def test_same_text_same_bytes(taught):
    _, (once, again) = taught
    assert [w.tobytes() for w in once] == [w.tobytes() for w in again]


DECIDED = [("mo cua nha", 1, "cửa"), ("xa cua nha", 1, "của"), ("nha xa", 1, "xa")]


@pytest.mark.parametrize(("line", "at", "word"), DECIDED)
def test_neighbours_decide(taught, line, at, word):
    known, (weights, _) = taught
    net = context.assemble(known, *weights, np.zeros(12, np.float32))
    seen, places = context.stream([context.sentence_of(list(pieces(line)), known, {})])
    alike = [n for n in NUMBERS.values() if known.of_row[known.rows[n]] == known.of_row[known.rows[NUMBERS[word]]]]
    nats = net.scores(seen, places[[at]], np.zeros(len(alike), np.int64), np.array(alike))
    assert alike[int(nats.argmax())] == NUMBERS[word]


def test_what_is_no_word_of_it_gets_nothing(taught):
    known, (weights, _) = taught
    net = context.assemble(known, *weights, np.zeros(12, np.float32))
    seen, places = context.stream([context.sentence_of(list(pieces("mo cua")), known, {})])
    assert net.scores(seen, places[[1]], np.zeros(3, np.int64), np.array([0, 5, 4000])).tolist() == [0, 0, 0]


def test_packing_loses_little(taught):
    _, ((first, last), _) = taught
    for weights in (first, last):
        again = context.unpacked(*context.packed(weights))
        assert np.abs(again - weights).max() <= np.abs(weights).max() / 100
