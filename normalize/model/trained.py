"""The trained restoration model: words, language model and channels, in one compressed file."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from normalize.channel.candidates import Channel, Ready, Stripped
from normalize.data import FOLDER
from normalize.fold import fold
from normalize.model.abbreviation import Counts, contexts, variants
from normalize.model.context import Context, assemble, classes, packed, unpacked
from normalize.model.expected import NO_BOOST, Boost
from normalize.model.initials import NO_INITIALS, Initials
from normalize.model.language import ABBREVIATION, BITS, CODE, END, NUMBER, UNKNOWN, Grams, LanguageModel
from normalize.pieces.tokens import Kind, Piece
from normalize.syllable import spelling

PACKAGED = FOLDER / "model" / "restore.bin"
_STEP = 1 / 12  # nats a quantum of a stored probability
_MAGIC = b"thongbao-restore 5\n"
# What follows a word in compounds of the language that the corpus need not know: a share of the word's followers, less
# where the corpus has the word often and might have shown the compound; found on lines of new content, kept out.
COMPOUNDED = 0.5
CALM = 5.0  # followers that are in no list
SHOWN = 1.2e6  # words of text that weigh as much as one follower, for a word of probability one


@dataclass(frozen=True, slots=True)
class Model:
    """`numbers`: word → its number; `syllables`: the words that restoration may write; a channel for each reader."""

    language: LanguageModel
    numbers: dict[str, int]
    syllables: dict[str, int]
    channels: dict[str, Channel | Stripped]
    inventory: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()
    abbreviations: Mapping[str, int] = field(default_factory=dict)
    damaged: Mapping[str, str] = field(default_factory=dict)  # abbreviations; the next: letters of codes
    damaged_codes: Mapping[str, str] = field(default_factory=dict)
    context: Context | None = None
    strokes: Counts = field(default_factory=dict)  # between which letters abbreviations have Đ
    compounds: Boost = NO_BOOST
    initials: Initials = NO_INITIALS  # of the phrases of the corpus
    openings: dict[Any, Any] = field(init=False, default_factory=dict)  # what may stand for words (decoder/slots.py)

    def number(self, piece: Piece) -> int | None:
        """The number under which the language model knows a piece; None for what it does not see."""
        if piece.kind is Kind.WORD:
            return self.numbers.get(spelling(piece.text), UNKNOWN)
        if piece.kind is Kind.ABBREVIATION:
            return self.numbers.get(piece.text, ABBREVIATION)
        return {Kind.NUMBER: NUMBER, Kind.CODE: CODE, Kind.STOP: END}.get(piece.kind)

    def bound(self, left: str, right: str) -> bool:
        """Are two words a compound of the language, in whatever case they stand?

        >>> packaged().bound("Xây", "dựng"), packaged().bound("viên", "người")
        (True, False)
        """
        return (self.numbers.get(spelling(left), UNKNOWN), self.numbers.get(spelling(right), UNKNOWN)) in self.compounds

    def heard(self, left: str, right: str) -> bool:
        """Did two words stand side by side anywhere in what the language model learnt from?

        >>> packaged().heard("chuyên", "viên"), packaged().heard("điều", "ớt"), packaged().heard("xyz", "viên")
        (True, False, False)
        """
        first, second = (self.numbers.get(spelling(word.lower())) for word in (left, right))
        if first is None or second is None:
            return False
        found, _ = self.language.grams[1].find(np.array([first << BITS | second], np.int64))
        return bool(found[0])


@lru_cache(1)
def packaged() -> Model:
    """The model that the package brings, loaded once."""
    return load(PACKAGED)


def load(path: Path) -> Model:
    """Read a model file. Errors: `OSError`, or `ValueError` when it is none."""
    raw = path.read_bytes()
    if not raw.startswith(_MAGIC):
        raise ValueError(f"{path}: not a restoration model; make one with `python -m normalize.train`")
    size = int.from_bytes(raw[len(_MAGIC) : len(_MAGIC) + 4], "little")
    at = len(_MAGIC) + 4
    head = json.loads(zlib.decompress(raw[at : at + size]))
    arrays = _unpacked(raw[at + size :], head["arrays"])
    words = tuple(head["words"])
    language = LanguageModel(words, tuple(_grams(arrays, n, len(words)) for n in range(1, 5)))
    numbers = {word: i for i, word in enumerate(words)}
    syllables = {words[i]: i for i in range(*head["syllables"])}
    prior = dict(enumerate(language.grams[0].logp.tolist()))
    channels: dict[str, Channel | Stripped] = {
        name: Channel(c["emissions"], syllables, c["words"], prior, c["limit"], _ready(name, c, arrays))
        for name, c in head["channels"].items()
    }
    bare, compounds = _by_letters(syllables), compounded(_keys(arrays, "c"), language)
    return Model(
        language, numbers, syllables, channels | {"stripped": Stripped(bare)}, frozenset(syllables), frozenset(bare),
        head["abbreviations"], variants(head["abbreviations"], exact=False), variants(head["abbreviations"]),
        _context(arrays, syllables, language), contexts(head["abbreviations"]), compounds,
        Initials(_keys(arrays, "i"), _nats(arrays["ip"])),
    )  # fmt: skip


def _context(arrays: dict[str, NDArray[np.uint8]], syllables: dict[str, int], language: LanguageModel) -> Context:
    known = classes(syllables)
    scales = {name: np.frombuffer(arrays[f"{name}s"].tobytes(), np.float16) for name in ("first", "last")}
    first, last = (
        unpacked(arrays[name].view(np.int8).reshape(len(scale), -1), scale) for name, scale in scales.items()
    )
    return assemble(known, first, last, language.grams[0].logp)


def compounded(keys: NDArray[np.int64], language: LanguageModel) -> Boost:
    """Compounds (sorted keys of two words) as pairs that are expected anywhere."""
    if not len(keys):
        return NO_BOOST
    first = keys >> BITS
    followers = np.bincount(first, minlength=len(language.words))[first]
    shown = SHOWN * np.exp(language.grams[0].logp[first])
    logp = np.log(COMPOUNDED / (followers + CALM + shown)).astype(np.float32)
    return Boost(keys, logp, NO_BOOST.begin)


def _by_letters(syllables: dict[str, int]) -> dict[str, tuple[int, ...]]:
    out: dict[str, tuple[int, ...]] = {}
    for word, number in syllables.items():
        out[fold(word)] = (*out.get(fold(word), ()), number)
    return out


def save(model: Model, path: Path) -> None:
    """Write a model file; the same model gives the same bytes."""
    arrays: dict[str, NDArray[np.uint8]] = {}
    for n, grams in enumerate(model.language.grams, 1):
        if n > 1:
            arrays |= _planes(f"{n}k", np.diff(grams.keys, prepend=0))
        arrays[f"{n}p"] = _quantised(-grams.logp)
        if n < 4:
            arrays[f"{n}b"] = _quantised(np.clip(-grams.backoff, -2, 19) + 2)
    arrays |= _planes("c", np.diff(model.compounds.keys, prepend=0))
    arrays |= _planes("i", np.diff(model.initials.keys, prepend=0))
    arrays["ip"] = _quantised(-model.initials.logp)
    for name, channel in model.channels.items():
        if isinstance(channel, Channel):
            words = channel.ready.words
            arrays |= {f"{name}w0": words.astype(np.uint8), f"{name}w1": (words >> 8).astype(np.uint8)}
            arrays[f"{name}s"] = channel.ready.steps
    if model.context is not None:
        for name, weights in (("first", model.context.first), ("last", model.context.last)):
            small, scale = packed(weights)
            arrays |= {name: small.view(np.uint8).ravel(), f"{name}s": np.frombuffer(scale.tobytes(), np.uint8)}
    first = min(model.syllables.values())
    head = {
        "words": model.language.words,
        "syllables": [first, first + len(model.syllables)],
        "abbreviations": dict(sorted(model.abbreviations.items())),
        "channels": {
            name: {"emissions": c.emissions, "words": c.memory, "limit": c.limit, "ready": list(c.ready.rows)}
            for name, c in model.channels.items()
            if isinstance(c, Channel)
        },
    }
    body, index = b"", {}
    for name, array in arrays.items():
        squeezed = zlib.compress(array.tobytes(), 9)
        index[name] = [len(body), len(squeezed)]
        body += squeezed
    packed_head = zlib.compress(json.dumps(head | {"arrays": index}, ensure_ascii=False).encode(), 9)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_MAGIC + len(packed_head).to_bytes(4, "little") + packed_head + body)


def _ready(name: str, stored: dict[str, Any], arrays: dict[str, NDArray[np.uint8]]) -> Ready:
    shape = (len(stored["ready"]), stored["limit"])
    words: NDArray[np.uint16] = (arrays[f"{name}w0"] + 256 * arrays[f"{name}w1"].astype(np.int64)).astype(np.uint16)
    rows = {key: i for i, key in enumerate(stored["ready"])}
    return Ready(rows, words.reshape(shape), arrays[f"{name}s"].reshape(shape))


def _quantised(nats: NDArray[np.float32]) -> NDArray[np.uint8]:
    steps: NDArray[np.uint8] = np.clip(np.rint(nats / _STEP), 0, 255).astype(np.uint8)
    return steps


def _nats(steps: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Log probabilities of stored steps."""
    return (-steps.astype(np.float32) * _STEP).astype(np.float32)


def kept(logp: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log probabilities as a stored model has them."""
    return _nats(_quantised(-logp))


def _planes(name: str, deltas: NDArray[np.int64]) -> dict[str, NDArray[np.uint8]]:
    """The bytes of rising keys' differences, lowest first: one array a byte, as like compresses with like."""
    return {f"{name}{i}": (deltas >> 8 * i & 255).astype(np.uint8) for i in range(7)}


def _unpacked(body: bytes, index: dict[str, list[int]]) -> dict[str, NDArray[np.uint8]]:
    return {
        name: np.frombuffer(zlib.decompress(body[start : start + size]), np.uint8)
        for name, (start, size) in index.items()
    }


def _keys(arrays: dict[str, NDArray[np.uint8]], name: str) -> NDArray[np.int64]:
    """Rising keys from their differences."""
    deltas = [arrays[f"{name}{i}"].astype(np.int64) << 8 * i for i in range(7)]
    return np.cumsum(np.bitwise_or.reduce(deltas))


def _grams(arrays: dict[str, NDArray[np.uint8]], n: int, words: int) -> Grams:
    backoff = 2 - arrays[f"{n}b"].astype(np.float32) * _STEP if n < 4 else np.zeros(len(arrays[f"{n}p"]), np.float32)
    keys = _keys(arrays, f"{n}k") if n > 1 else np.arange(words, dtype=np.int64)
    return Grams(keys, _nats(arrays[f"{n}p"]), backoff.astype(np.float32))
