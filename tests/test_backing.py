"""Communes vouch for their district: a misread letterhead does not move a notice to another province."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.draft import DocumentDraft, NtmDraft
from extract.field import Field
from extract.notice import Level, Method, Unit
from extract.ntm.units.backing import backed, commune_names, told_apart
from extract.ntm.units.link import Whereabouts
from extract.ntm.units.where import find_where
from extract.own_district import by_its_communes
from extract.reading import Reading
from tests.notices import reading_of

DAY = dt.date(2018, 12, 5)
LISTED = "có các xã: Vĩ Thượng, Yên Hà, Tân Bắc, Hương Sơn và xã Tiên Nguyên đạt chuẩn"


def where_of(text: str, day: dt.date = DAY) -> tuple[Reading, Whereabouts]:
    reading = reading_of(text)
    return reading, find_where(reading, [], day)


def test_communes_of_another_district_move_the_notice_there() -> None:
    reading, read = where_of(f"Trên địa bàn huyện Quảng Ninh, tỉnh Quảng Bình {LISTED}")
    where = backed(reading, read, 0, len(reading.string))
    assert where.district is not None
    assert where.province is not None
    assert (where.district.value.name, where.district_code) == ("Quang Bình", "035")
    assert (where.province.value.name, where.province_code) == ("Hà Giang", "02")
    assert where.district.method is Method.INFERRED
    assert where.district.review
    assert where.district.alternatives == ("huyện Quảng Ninh",)
    assert "5 of 5" in (where.district.why or "")


def test_communes_of_the_district_read_leave_it() -> None:
    reading, read = where_of(f"Trên địa bàn huyện Quang Bình, tỉnh Hà Giang {LISTED}")
    assert backed(reading, read, 0, len(reading.string)) is read


def test_a_few_strangers_move_nothing() -> None:
    reading, read = where_of("Trên địa bàn huyện Quảng Ninh, tỉnh Quảng Bình có các xã: Vĩ Thượng, Yên Hà")
    assert backed(reading, read, 0, len(reading.string)) is read


def test_lists_of_several_districts_move_nothing() -> None:
    reading, read = where_of(
        "Trên địa bàn huyện Quảng Ninh, tỉnh Quảng Bình có các xã: Gia Ninh, Võ Ninh, Hải Ninh; các xã: Vĩ Thượng, "
        "Yên Hà, Tân Bắc, Hương Sơn"
    )
    assert backed(reading, read, 0, len(reading.string)) is read


def test_after_districts_went_there_is_none_to_move() -> None:
    reading, read = where_of("Trên địa bàn tỉnh Tuyên Quang có các xã: Quang Bình, Bằng Lang", dt.date(2025, 9, 1))
    assert backed(reading, read, 0, len(reading.string)) is read


def test_names_end_where_no_commune_has_them() -> None:
    reading, read = where_of("Tại xã Yên Hà Đoàn kiểm tra, ông Vĩ Thượng")
    assert list(commune_names(reading, read.day, 0, len(reading.string))) == ["yen ha"]


def test_districts_of_one_name_are_told_apart_by_their_communes() -> None:
    text = "UBND HUYỆN CHỢ MỚI\nxã Kiến An; xã Hòa An; 02 xã (Long Điền A, Nhơn Mỹ) đăng ký đạt chuẩn"
    reading, read = where_of(text, dt.date(2019, 2, 22))
    assert read.district is None
    where = told_apart(reading, read, ["Ủy ban nhân dân huyện Chợ Mới"], 0, len(reading.string))
    assert (where.district_code, where.province_code) == ("893", "89")
    assert where.district is not None
    assert where.district.review


def test_the_town_where_a_notice_is_issued_tells_districts_of_one_name_apart() -> None:
    reading, read = where_of("UBND HUYỆN BẢO LÂM\nxã Lộc Tân đạt chuẩn", dt.date(2019, 10, 21))
    printed = ["Ủy ban nhân dân huyện Bảo Lâm", "Lộc Thắng"]
    assert told_apart(reading, read, printed[:1], 0, len(reading.string)) is read  # one commune is not enough
    assert told_apart(reading, read, printed, 0, len(reading.string)).district_code == "680"


def test_districts_of_one_name_stay_open_where_no_commune_tells() -> None:
    reading, read = where_of("UBND HUYỆN CHỢ MỚI\nxã đạt chuẩn", dt.date(2019, 2, 22))
    assert told_apart(reading, read, ["Ủy ban nhân dân huyện Chợ Mới"], 0, len(reading.string)) is read


@pytest.mark.parametrize(
    ("district", "place"), [(Method.INFERRED, "Tam Đường"), (Method.MATCHED, "Tam Dương")], ids=["inferred", "read"]
)
def test_issuer_and_place_take_the_name_of_the_district_that_was_inferred(district: Method, place: str) -> None:
    def field(value: str) -> Field[str]:
        return Field(value, 0.9, Method.RESTORED, "test")

    unit = Unit(level=Level.DISTRICT, type="huyện", name="Tam Đường", code="106")
    ntm = NtmDraft(district=Field(unit, 0.75, district, "unit", why="11 of 12 communes named lie there"))
    printed = DocumentDraft(issuer=field("Ủy ban nhân dân huyện Tam Dương"), place=field("Tam Dương"))
    document = by_its_communes(printed, ntm)
    assert document.place and document.issuer
    assert (document.place.value, document.issuer.value) == (place, f"Ủy ban nhân dân huyện {place}")
    assert document.place.review is (district is Method.INFERRED)
    assert document.subject is None
