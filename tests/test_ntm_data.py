"""The cue phrases and word lists of extraction: every record finds its own examples."""

from __future__ import annotations

import re

import pytest

from extract.ntm.criteria.names import name_pattern
from extract.ntm.criteria.ref import HIGHEST_NUMBER, USUAL_TOTAL
from extract.ntm.criteria.sets import totals_of_sets
from extract.ntm.criteria.short_words import Short, shorts, written_out
from extract.reading import Reading
from extract.words.phrases import Cue, cues, find_phrases, words
from normalize.fold import fold
from normalize.lexicon.criteria import criteria_sets
from normalize.text import from_lines


def _reading(line: str) -> Reading:
    text = from_lines([line])
    return Reading(text, (1.0,) * len(text.words))


@pytest.mark.parametrize(
    ("cue", "example"),
    [(cue, example) for cue in cues() for example in cue.examples],
    ids=lambda value: str(value)[:40],
)
def test_an_example_holds_what_its_group_finds(cue: Cue, example: str) -> None:
    marked = re.search(r"\{(.+?)\}", example)
    reading = _reading(example.replace("{", "").replace("}", ""))
    found = [reading.string[start:end] for start, end in find_phrases(reading, cue.group)]
    assert (marked[1] in found) if marked else not found


def test_each_group_stands_once_and_says_each_phrase_once() -> None:
    groups = [cue.group for cue in cues()]
    assert len(groups) == len(set(groups))
    assert all(len(cue.phrases) == len(set(cue.phrases)) and len(cue.examples) >= 2 for cue in cues())


def test_a_phrase_runs_over_the_end_of_a_line() -> None:
    text = from_lines(["tiêu chí chưa", "đạt"])
    assert find_phrases(Reading(text, (1.0,) * 4), "not_achieved") == [(9, 17)]


@pytest.mark.parametrize("group", ["heads", "departments", "bodies", "verbs"])
def test_word_lists_are_folded_and_longest_first(group: str) -> None:
    lengths = [len(word) for word in words(group)]
    assert lengths == sorted(lengths, reverse=True)
    assert all(word == word.lower() for word in words(group))


@pytest.mark.parametrize(("short", "example"), [(s, e) for s in shorts() for e in s.examples], ids=str)
def test_a_shortened_name_is_found_and_written_out(short: Short, example: str) -> None:
    found = name_pattern().fullmatch(fold(example))
    assert found is not None
    assert fold(short.words) in fold(written_out(example))


def test_what_is_assumed_of_an_unknown_set_is_so_of_the_known_ones():
    totals = {s.count for s in criteria_sets() if s.level == "commune" and s.count and s.effective.year < 2026}
    assert totals == {USUAL_TOTAL}
    assert max(totals_of_sets()) <= HIGHEST_NUMBER
