"""Cue phrases: the closed wordings of `data/cues.toml`, found by spaCy's `PhraseMatcher` over folded text."""

from __future__ import annotations

import re
import sys
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING

from extract.reading import Reading, Span
from normalize.fold import fold

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokenizer import Tokenizer

SHORT = 600  # characters of a stretch that is looked through for the words before spaCy is asked


@dataclass(frozen=True, slots=True)
class Cue:
    """A group of phrases that mean one thing. An example holds the phrase it must find in braces, or none."""

    group: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...]


@cache
def cues() -> tuple[Cue, ...]:
    """All groups of `data/cues.toml`."""
    data = tomllib.loads((files("extract") / "data" / "cues.toml").read_text("utf-8"))
    return tuple(Cue(row["group"], tuple(row["phrases"]), tuple(row["examples"])) for row in data["cue"])


def find_phrases(reading: Reading, group: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The spans of a group's phrases inside [start, end), the longest where they overlap, in order.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["Các tiêu chí chưa", "đạt: Y tế"])
    >>> find_phrases(Reading(text, (1.0,) * len(text.words)), "not_achieved")
    [(13, 21)]
    """
    end = len(reading.string) if end is None else end
    if not _holds(_flat(reading.folded), group) or (
        end - start < SHORT and not _holds(_flat(reading.folded[start:end]), group)
    ):
        return []
    spans = _found(reading.folded, reading.string).get(group, ())
    first, last = bisect_left(spans, (start, 0)), bisect_left(spans, (end, 0))
    return [span for span in spans[first:last] if span[1] <= end]


@cache
def words(group: str) -> tuple[str, ...]:
    """A list of `data/heads.toml`, folded, the longest first."""
    data = tomllib.loads((files("extract") / "data" / "heads.toml").read_text("utf-8"))
    return tuple(sorted({fold(word) for word in data[group]}, key=lambda word: (-len(word), word)))


def word_pattern(group: str) -> str:
    """A list of `data/heads.toml` as one pattern over folded text.

    >>> re.match(word_pattern("bodies"), "ubnd xa")[0]
    'ubnd'
    """
    return rf"(?:{'|'.join(re.escape(word) for word in words(group))})"


@lru_cache(maxsize=256)
def _flat(folded: str) -> str:
    """The words of a text, one blank between them and at both ends."""
    return f" {' '.join(_bare(folded).split())} "


@lru_cache(maxsize=512)
def _holds(flat: str, group: str) -> bool:
    """Does a text hold any phrase of a group? Many hold none, and spaCy takes 0.45 s to load."""
    return any(phrase in flat for phrase in _phrases()[group])


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """The phrases of each group as `_flat` writes them."""
    return {cue.group: tuple(f" {' '.join(_bare(fold(phrase)).split())} " for phrase in cue.phrases) for cue in cues()}


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Import spaCy without `spacy.cli`, which brings clients of the network and half of its 1.4 s of CPU."""
    names = ("spacy.cli", "spacy.cli.info")
    absent = {name: ModuleType(name) for name in names if "spacy" not in sys.modules}
    for module in absent.values():
        module.info = None  # type: ignore[attr-defined]  # spacy/__init__.py takes this name from there
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)


@cache
def _matcher() -> tuple[Tokenizer, PhraseMatcher]:
    with _without_command_line():
        from spacy.matcher import PhraseMatcher
        from spacy.tokenizer import Tokenizer
        from spacy.vocab import Vocab

    vocab = Vocab()
    tokenizer = Tokenizer(vocab)  # at blanks alone: `_bare` leaves nothing else
    matcher = PhraseMatcher(vocab)
    for cue in cues():
        matcher.add(cue.group, [tokenizer(_bare(fold(phrase))) for phrase in cue.phrases])
    return tokenizer, matcher


@lru_cache(maxsize=32)
def _found(folded: str, string: str) -> Mapping[str, tuple[Span, ...]]:
    tokenizer, matcher = _matcher()
    doc = tokenizer(_bare(folded))
    groups: dict[str, list[Span]] = {}
    for key, first, last in matcher(doc):
        start, end = doc[first].idx, doc[first:last].end_char
        if not _ends_heading(string[start:end]):
            groups.setdefault(doc.vocab.strings[key], []).append((start, end))
    return {group: _longest(spans) for group, spans in groups.items()}


def _ends_heading(text: str) -> bool:
    """Does a heading end within a text, and a sentence begin below it?

    >>> _ends_heading("THÀNH PHẦN\\nTham dự"), _ends_heading("Thành phần\\nTham dự"), _ends_heading("Nông thôn\\nmới")
    (True, True, False)
    >>> _ends_heading("ĐẠT CHUẨN\\nNÔNG THÔN MỚI")
    False
    """
    below = (line.strip() for line in text.split("\n")[1:])
    return any(line[:1].isupper() and line[1:2].islower() for line in below)


def _bare(folded: str) -> str:
    """Every line end and mark as a blank, so that words alone make tokens; the length stays."""
    return re.sub(r"[^\w]", " ", folded)


def _longest(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
