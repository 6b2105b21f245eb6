"""Criteria from names and numbers; the set of a section from its signs."""

from __future__ import annotations

from datetime import date

import pytest

from extract.notice import Level, Target
from extract.ntm.criteria.ref import Ref
from extract.ntm.criteria.sets import choose_set
from normalize.lexicon.criteria import (
    bare_name,
    criteria_sets,
    match_criterion,
    overlap,
    set_by_id,
)

PLAIN, ADVANCED, OLDER, OLDEST = "xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025", "xa-ntm-2016-2020", "xa-ntm-2009"


@pytest.mark.parametrize(
    ("text", "set_id", "number"),
    [
        ("Thủy lợi và Phòng chống thiên tai", PLAIN, 3),
        ("Thuỷ lợi", PLAIN, 3),
        ("Tiêu chí số 3 - Thủy lợi và PCTT", PLAIN, 3),
        ("T chac san xuat va phat trién kinh té nong thon", PLAIN, 13),
        ("Tổ chức sản xuất", PLAIN, 13),
        ("Cơ sở vật chất VH", PLAIN, 6),
        ("Thông tin truyền thôn", PLAIN, 8),
        ("HTCT & TCPL", PLAIN, 18),
        ("Quéc phong va An ninh", PLAIN, 19),
        ("ANQP", PLAIN, 19),
        ("Dién", PLAIN, 4),
        ("Y té", PLAIN, 15),
        ("Lao déng", PLAIN, 12),
        ("Méi truwong va an toan thuc pham", PLAIN, 17),
        ("Méi trwong", ADVANCED, 17),
        ("Chat lwong méi truong séng", ADVANCED, 18),
        ("Hanh chinh céng", ADVANCED, 15),
        ("Giáo dục và Đào tạo", OLDER, 14),
        ("Chợ", OLDEST, 7),
    ],
)
def test_a_name_as_written_or_read(text, set_id, number):
    match = match_criterion(text, set_id)
    assert match.value is not None and match.value.number == number, match


@pytest.mark.parametrize("text", ["Dân số", "Hợp tác xã", "xã Long Đống", "Kết luận", "đạt", "Năm 2023"])
def test_what_is_no_criterion_is_none(text):
    assert match_criterion(text, PLAIN).value is None


def test_number_and_name_that_agree_and_that_do_not():
    assert match_criterion("Giáo dục", ADVANCED, 5).value.number == 5
    other = match_criterion("Giáo dục", ADVANCED, 14)
    assert (other.best.number, other.sure, other.why) == (5, False, "number 14 is Y tế")
    beyond = match_criterion("Giáo dục", ADVANCED, 22)
    assert (beyond.sure, beyond.why) == (False, "the set has no number 22")


def test_a_number_alone_decides_and_nothing_at_all_does_not():
    assert match_criterion("", PLAIN, 5).value.name == "Trường học"
    assert match_criterion("Tiêu chí số 5", PLAIN, 5).value.name == "Trường học"
    assert match_criterion("", PLAIN).value is None


def test_a_number_pulls_a_damaged_name():
    assert match_criterion("V hoa", PLAIN, 16).value.number == 16
    assert match_criterion("Giao qluc", ADVANCED, 5).value.number == 5
    assert match_criterion("Giao qluc", ADVANCED).why == "too far"


def test_an_unknown_set_is_an_error_that_names_the_known():
    with pytest.raises(KeyError, match="xa-ntm-2009"):
        set_by_id("xa-ntm-1999")


@pytest.mark.parametrize(
    ("target", "day", "period", "names", "expected"),
    [
        ("ntm", "2012-05-01", None, (), OLDEST),
        ("ntm", "2016-11-30", None, (), OLDEST),
        ("ntm", "2016-12-01", None, (), OLDER),
        ("ntm", "2021-06-01", None, (), OLDER),
        ("ntm", "2022-03-08", None, (), PLAIN),
        ("ntm", "2026-02-14", None, (), PLAIN),
        ("ntm", "2026-02-15", None, (), "xa-ntm-2026-2030"),
        ("nang_cao", "2023-01-01", None, (), ADVANCED),
        ("kieu_mau", "2023-11-30", None, (), ADVANCED),
        ("ntm", "2022-09-01", "2016-2020", (), OLDER),
        ("ntm", "2023-09-01", None, ("Hành chính công", "Y tế", "Tiếp cận pháp luật"), ADVANCED),
        ("nang_cao", "2023-09-01", None, ("Trường học", "Cơ sở vật chất văn hóa"), PLAIN),
    ],
)
def test_the_set_of_a_section(target, day, period, names, expected):
    refs = [Ref(0, 1, None, name) for name in names]
    chosen = choose_set(Target(target), Level.COMMUNE, date.fromisoformat(day), period, refs)
    assert chosen.set.id == expected
    assert bool(chosen.doubt) == bool(names)  # against what the heading says


@pytest.mark.parametrize(
    ("day", "period", "expected", "doubted"),
    [
        ("2021-09-01", "2021-2025", OLDER, True),  # its own set came in March 2022
        ("2016-06-01", "2016-2020", OLDEST, False),  # the first set was one of 2010 to 2020
    ],
)
def test_a_set_that_was_not_in_force_yet_is_not_taken(day, period, expected, doubted):
    chosen = choose_set(Target.NTM, Level.COMMUNE, date.fromisoformat(day), period, ())
    assert chosen.set.id == expected
    assert bool(chosen.doubt) is doubted


def test_sets_of_districts_are_apart():
    chosen = choose_set(Target.NTM, Level.DISTRICT, date(2023, 5, 1), None, ())
    assert chosen.set.id == "huyen-ntm-2021-2025"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Tiêu chí số 17 về Môi trường", "Môi trường"),
        ("tiéu chi Dién", "Dién"),
        ("TC số 5: Trường học", "Trường học"),
        ("(17) Môi trường;", "Môi trường"),
        ("Vệ sinh", "Vệ sinh"),
        ("Tổ chức sản xuất", "Tổ chức sản xuất"),
        ("Số hóa", "Số hóa"),
    ],
)
def test_what_stands_before_a_name_is_taken_off(text, bare):
    assert bare_name(text) == bare


@pytest.mark.parametrize(("a", "b", "shared"), [("2021-2025", "2025", True), ("2021-2025", "", False)])
def test_periods_overlap(a, b, shared):
    assert overlap(a, b) == shared


def test_every_set_that_is_counted_has_names():
    assert all(s.criteria for s in criteria_sets() if s.count)
