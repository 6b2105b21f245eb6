"""Readings matched to closed lists: what is found, what stays unsure."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.confusion import distance, has_marks, plain
from normalize.fold import fold
from normalize.lexicon.criteria import set_by_id
from normalize.match import KEPT, best_match, best_of

PAIRS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pairs-heldout.jsonl"
COMMUNES = ("Yên Hòa", "Yên Na", "Hoằng Phú", "Hoằng Phụ", "Tân Thành", "Ea Tam", "Ea Tân", "Vĩnh Hưng", "Sơn Thủy")
NAMES = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹế 0167.,'&¢", max_size=24)


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Yén Hoa", "Yên Hòa"),
        ("YEN HOA", "Yên Hòa"),
        ("Yên Hoà", "Yên Hòa"),
        ("Y én H oa", "Yên Hòa"),
        ("YênHòa", "Yên Hòa"),
        ("Hoằng Phụ", "Hoằng Phụ"),
        ("Hoằng Phú", "Hoằng Phú"),
        ("Tan Thanh", "Tân Thành"),
        ("Vinh Hwng", "Vĩnh Hưng"),
        ("Son Thiy", "Sơn Thủy"),
        ("Ea Tân.", "Ea Tân"),
    ],
)
def test_a_reading_finds_its_name(read, name):
    assert best_of(read, COMMUNES).value == name


@pytest.mark.parametrize(
    ("read", "why"),
    [
        ("Hoang Phu", "too close"),
        ("HOANG PHU", "too close"),
        ("Hodng Phu", "too close"),
        ("Kim Bôi", "too far"),
        ("", "too far"),
        ("...", "too far"),
    ],
)
def test_what_cannot_be_decided_is_unsure_with_candidates(read, why):
    match = best_of(read, COMMUNES)
    assert (match.value, match.why, len(match.candidates)) == (None, why, KEPT)
    assert match.confidence <= 0.4


def test_marks_decide_only_where_the_reading_carries_marks():
    assert best_of("Tra Dơn", ("Trà Don", "Trà Dơn")).value == "Trà Dơn"
    assert not best_of("Tra Don", ("Trà Don", "Trà Dơn")).sure
    assert best_of("Trà Don", ("Trà Don", "Trà Dơn")).value == "Trà Don"
    assert best_of("Tra Don", ("Tra Don", "Trà Dơn"), marked=True).value == "Tra Don"


def test_restored_marks_decide_nothing():
    assert best_of("Hoằng Phụ", ("Hoằng Phú", "Hoằng Phụ"), marked=False).why == "too close"


def test_no_names_no_match():
    match = best_of("Yên Hòa", ())
    assert (match.best, match.sure, match.why) == (None, False, "no candidates")


def test_one_name_has_no_runner_up():
    assert best_of("Yên Hòa", ("Yên Hòa",)).margin == math.inf


def test_equal_names_of_different_values_are_never_sure():
    assert not best_match("Tân Lập", [("Tân Lập", 1), ("Tân Lập", 2)], lambda pair: pair[0]).sure


@pytest.mark.parametrize("read", ["Tiéu chi", "Phu", "Ủy", "ĐỒNG", "D6ng", "é"])
def test_marks_that_an_engine_without_vietnamese_cannot_give(read):
    assert has_marks(read) == (read in {"Ủy", "ĐỒNG"})


@given(NAMES, NAMES, st.booleans())
def test_a_distance_is_never_negative_and_nought_for_equals(a, b, marked):
    a, b = plain(a), plain(b)
    assert distance(a, b, marked) >= 0
    assert distance(a, a, marked) == 0


@given(NAMES)
def test_plain_is_stable(name):
    assert plain(plain(name)) == plain(name)


@given(NAMES)
def test_any_text_is_matched_or_unsure_never_an_error(read):
    match = best_of(read, COMMUNES)
    assert 0 <= match.confidence <= 1 and 0 <= match.score <= 1
    assert match.sure == (match.why == "")


@given(st.sampled_from(COMMUNES))
def test_a_name_without_its_marks_is_never_taken_for_another(name):
    match = best_of(fold(name), COMMUNES)
    assert match.value in {name, None}


@pytest.mark.skipif(not PAIRS.is_file(), reason="the pairs beside the project are not there")
def test_criteria_named_on_held_out_pages_read_by_the_english_model():
    """Names in whole, as their words came out on pages that nothing here was counted on."""
    forms: dict[str, str] = {}
    for line in PAIRS.read_text("utf-8").splitlines():
        true, read, *_ = json.loads(line)
        if len(true.split()) == len(read.split()):
            words = zip(true.lower().split(), read.split(), strict=True)
            forms |= {t.strip(",.;"): r.strip(",.;") for t, r in words}
    names = tuple(c.name for c in set_by_id("xa-ntm-2021-2025").criteria)
    tried = 0
    for name in names:
        words = plain(name).split()
        if all(word in forms for word in words):
            assert best_of(" ".join(forms[word] for word in words), names).value == name
            tried += 1
    assert tried >= 10
