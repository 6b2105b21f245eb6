"""Units as they stood on a day, lists a user adds, and looking names up."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from normalize.lexicon import loading
from normalize.lexicon.errors import BadUnitList
from normalize.lexicon.find import find_unit, match_commune, match_district, match_province, match_unit, split_type
from normalize.lexicon.loading import COLUMNS, load_units
from normalize.lexicon.units import Level, Units, forget_lists
from ocr.errors import EmptyFile, TooLarge, Unreadable
from pipeline.cli import main

GAZETTEER = Path(__file__).resolve().parents[2] / "shared" / "gazetteer"
needs_gazetteer = pytest.mark.skipif(not GAZETTEER.is_dir(), reason="the lists beside the project are not there")
HEADER = ",".join(COLUMNS)
DAY = date(2018, 5, 1)


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch):
    """A data folder of the test's own, so that no list of this machine's user takes part."""
    monkeypatch.setenv("THONGBAO_DATA", str(tmp_path / "data"))
    forget_lists()
    yield tmp_path / "data"
    forget_lists()


@pytest.fixture
def a_list(tmp_path):
    def write(*lines, header=HEADER, encoding="utf-8"):
        path = tmp_path / "units.csv"
        path.write_bytes("\n".join((header, *lines)).encode(encoding))
        return path

    return write


LINE = "Tỉnh Lạng Sơn,20,Huyện Bắc Sơn,185,Xã Đồng ý,06337"


# -- which list holds


@pytest.mark.parametrize(
    ("day", "held", "extrapolated"),
    [
        ("2009-01-01", "2023-04-08", True),
        ("2023-04-08", "2023-04-08", False),
        ("2024-12-31", "2023-04-08", False),
        ("2025-01-01", "2025-01-01", False),
        ("2025-06-30", "2025-01-01", False),
        ("2025-07-01", "2025-07-01", False),
        ("2030-01-01", "2025-07-01", False),
    ],
)
def test_the_latest_list_not_after_the_day_holds(day, held, extrapolated):
    units = Units.on(date.fromisoformat(day))
    assert (units.list_date.isoformat(), units.extrapolated) == (held, extrapolated)


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2023-05-01", (63, 705, 10599)), ("2025-05-01", (63, 696, 10035)), ("2025-08-01", (34, 0, 3321))],
)
def test_each_list_is_whole(day, counts):
    units = Units.on(date.fromisoformat(day))
    assert tuple(len(units.all(level)) for level in Level) == counts


def test_a_code_means_another_commune_after_the_reform():
    before, after = (Units.on(day).get("06364") for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert (before.name, after.name) == ("Chiến Thắng", "Vũ Lễ")
    assert before.district.code == "185" and after.district is None and after.province.code == "20"


def test_a_unit_is_dated_with_the_day_asked_for():
    assert Units.on(date(2023, 11, 30)).get("06328").as_of == date(2023, 11, 30)


def test_successors_tell_where_the_whole_area_went():
    unit = Units.on(date(2023, 11, 30)).get("06328")
    assert [(s.code, s.name, s.whole) for s in unit.successors] == [("06325", "Bắc Sơn", True)]


def test_a_split_commune_has_several_successors_and_none_is_whole():
    split = [unit for unit in Units.on(date(2025, 3, 1)).communes() if len(unit.successors) > 1]
    assert len(split) > 400
    assert not any(successor.whole for unit in split for successor in unit.successors)


def test_a_commune_that_ended_before_the_conversion_table_has_no_successors_rather_than_wrong_ones():
    units = Units.on(date(2023, 5, 1)).communes("01")
    assert next(unit for unit in units if unit.name == "Văn Miếu").successors == ()  # merged and renamed in 2025


def test_the_conversion_table_reaches_every_commune_of_the_last_list():
    assert all(unit.successors for unit in Units.on(date(2025, 3, 1)).communes())


def test_neighbours_never_cross_the_reform():
    assert [units.list_date.year for units in Units.neighbours(date(2024, 1, 1))] == [2025]
    assert Units.neighbours(date(2025, 8, 1)) == ()


# -- looking up


@pytest.mark.parametrize(
    ("read", "bare"),
    [
        ("huyện Bắc Sơn", ("huyện", "Bắc Sơn")),
        ("TP.Lạng Sơn", ("thành phố", "Lạng Sơn")),
        ("TX. Duy Tiên", ("thị xã", "Duy Tiên")),
        ("H. Bắc Sơn", ("huyện", "Bắc Sơn")),
        ("TT Mạo Khê", ("thị trấn", "Mạo Khê")),
        ("xã", (None, "xã")),
        ("Tân Xã", (None, "Tân Xã")),
        ("Hòa Bình", (None, "Hòa Bình")),
        ("Phú Xuân", (None, "Phú Xuân")),
        ("", (None, "")),
    ],
)
def test_type_words_are_split_off(read, bare):
    assert split_type(read) == bare


@pytest.mark.parametrize(
    ("read", "code"), [("huyện Bắc Sơn", "185"), ("thanh phé Lang Son", "178"), ("H. Hữu Lũng", "186")]
)
def test_a_district_within_its_province(read, code):
    assert match_district(read, date(2023, 5, 1), province="20").value.code == code


def test_a_district_name_that_many_provinces_have_is_unsure():
    match = match_district("huyện Châu Thành", date(2023, 5, 1))
    assert not match.sure and len(match.candidates) > 2


@pytest.mark.parametrize("read", ["tỉnh Lạng Sơn", "TỈNH LẠNG SƠN", "tinh Lang Son", "Lạng Sơn"])
def test_a_province(read):
    assert match_province(read, date(2023, 5, 1)).value.code == "20"


def test_a_city_and_its_province_are_told_apart_by_the_type_word():
    names = ("tỉnh Lạng Sơn", "thành phố Lạng Sơn")
    assert [find_unit(name, on=date(2023, 5, 1)).value.level.value for name in names] == ["province", "district"]


def test_names_that_fold_alike_need_their_marks():
    on = date(2023, 5, 1)
    assert match_commune("Hoằng Phụ", on, district="399").value.name == "Hoằng Phụ"
    unsure = match_commune("Hoang Phu", on, district="399")
    assert not unsure.sure and {c.name for c in unsure.candidates[:2]} == {"Hoằng Phú", "Hoằng Phụ"}


def test_the_marks_of_the_type_word_prove_nothing():
    match = match_commune("xã Tan Thanh", date(2023, 5, 1), province="20")
    assert not match.sure and {"Tân Thanh", "Tân Thành"} <= {c.name for c in match.candidates}


def test_all_pairs_that_fold_alike_within_a_district_are_unsure_without_marks():
    from normalize.confusion import plain
    from normalize.fold import fold

    units = Units.on(date(2023, 5, 1))
    for district in units.districts():
        communes = [unit for unit in units.communes(district.code) if unit.type == "xã"]
        names = [fold(plain(unit.name)) for unit in communes]
        for unit, name in zip(communes, names, strict=True):
            if names.count(name) > 1:
                assert not match_unit(name, communes).sure, (unit.name, district.name)


def test_every_commune_is_found_in_its_district_by_its_own_name_and_type():
    units = Units.on(date(2023, 5, 1))
    for district in units.districts()[::7]:
        communes = units.communes(district.code)
        for unit in communes:
            match = match_unit(f"{unit.type} {unit.name}", communes, marked=True)
            assert match.value is unit, (unit.name, match.why)


def test_town_and_commune_of_one_name_are_told_apart_by_the_type_word_or_not_at_all():
    communes = Units.on(date(2023, 5, 1)).communes("018")  # Gia Lâm: thị trấn and xã Yên Viên
    assert match_unit("thị trấn Yên Viên", communes).value.type == "thị trấn"
    assert match_unit("xã Yên Viên", communes).value.type == "xã"
    assert not match_unit("Yên Viên", communes).sure
    assert match_unit("Yên Viên", communes, types=("xã",)).value.type == "xã"


def test_a_name_that_looks_like_a_type_word_is_kept():
    units = Units.on(date(2023, 5, 1))
    district = next(d for d in units.districts("40") if d.name == "Tương Dương")
    assert match_unit("Xá Lượng", units.communes(district.code)).value.name == "Xá Lượng"


def test_a_commune_that_only_a_later_list_knows_is_found_with_a_note():
    found = match_commune("xã Thiên Đức", date(2024, 12, 15), district="018")
    assert found.value.name == "Thiên Đức" and "2025-01-01" in found.note


def test_nothing_near_is_nothing():
    assert not match_commune("Kirkintilloch", date(2023, 5, 1), district="185").sure
    assert match_unit("", Units.on(date(2023, 5, 1)).communes("185")).value is None
    assert match_unit("Đồng Ý", ()).why == "no candidates"


# -- lists a user adds


def test_a_loaded_list_holds_from_its_day(a_list, data_folder):
    loaded = load_units(a_list(LINE, "Tỉnh Lạng Sơn,20,Huyện Bắc Sơn,185,Xã  Quỳnh Sơn ,06334"), date(2017, 10, 15))
    assert (loaded.provinces, loaded.districts, loaded.communes) == (1, 1, 2)
    units = Units.on(DAY)
    assert (units.list_date, units.extrapolated) == (date(2017, 10, 15), False)
    assert [unit.name for unit in units.communes("185")] == ["Quỳnh Sơn", "Đồng Ý"]
    assert loaded.path.is_relative_to(data_folder)


def test_a_list_of_the_same_day_is_replaced_and_told_in_the_version(a_list):
    version = Units.version()
    load_units(a_list(LINE), date(2023, 4, 8))
    assert len(Units.on(date(2023, 5, 1)).communes()) == 1
    assert Units.version() != version and "2023-04-08~" in Units.version()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_save_is_read(a_list, encoding, delimiter):
    path = a_list(LINE.replace(",", delimiter), header=HEADER.replace(",", delimiter), encoding=encoding)
    assert load_units(path, DAY).communes == 1


def test_zeros_that_a_spreadsheet_ate_are_put_back(a_list):
    load_units(a_list("Thành phố Hà Nội,1,Quận Ba Đình,1,Phường Phúc Xá,1"), DAY)
    unit = Units.on(DAY).get("00001")
    assert (unit.name, unit.district.code, unit.province.code) == ("Phúc Xá", "001", "01")


def test_a_list_after_the_reform_needs_no_districts(a_list):
    path = a_list("Tỉnh Lạng Sơn,20,Xã Tân Tri,06337", header="Tỉnh Thành Phố,Mã TP,Phường Xã,Mã PX")
    load_units(path, date(2026, 1, 1))
    assert Units.on(date(2026, 2, 1)).get("06337").district is None
    with pytest.raises(BadUnitList, match="no column Quận Huyện, Mã QH"):
        load_units(path, date(2024, 1, 1))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (LINE, "line 3: code 06337 .* stands already in line 2"),
        ("Tỉnh Lạng Sơn,20,Huyện Bắc Sơn,185,Xã Vũ Lễ", "line 3: only 5 cells"),
        ("Tỉnh Lạng Sơn,20,Huyện Bắc Sơn,185,Xã Vũ Lễ,", "line 3: a name without a code"),
        ("Tỉnh Lạng Sơn,20,Huyện Bắc Sơn,185,Vũ Lễ,06373", "line 3: 'Vũ Lễ' does not begin with a type"),
        ("Tỉnh Lạng Sơn,20,Huyện Bắc Sơn,185,Xã Vũ Lễ,0637x", "line 3: Mã PX '0637x' is not a number of 5 digits"),
        ("Tỉnh Lạng Sơn,20,Huyện Bình Gia,185,Xã Vũ Lễ,06373", "line 3: code 185 .* stands already in line 2"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_kept(a_list, data_folder, line, message):
    with pytest.raises(BadUnitList, match=message):
        load_units(a_list(LINE, line), DAY)
    assert not list(data_folder.rglob("*.csv"))


def test_what_is_no_list_is_refused(a_list, tmp_path, monkeypatch):
    with pytest.raises(BadUnitList, match="line 1: no column"):
        load_units(a_list("a,b", header="x,y"), DAY)
    with pytest.raises(BadUnitList, match="names no commune"):
        load_units(a_list(), DAY)
    with pytest.raises(BadUnitList, match="line 2: this is not UTF-8"):
        load_units(a_list("Tỉnh".encode("latin-1", "replace").decode() + "\xe9", encoding="latin-1", header="x"), DAY)
    with pytest.raises(BadUnitList, match="as of 1800"):
        load_units(a_list(LINE), date(1800, 1, 1))
    with pytest.raises(Unreadable):
        load_units(tmp_path / "none.csv", DAY)
    (tmp_path / "empty.csv").write_bytes(b" \n")
    with pytest.raises(EmptyFile):
        load_units(tmp_path / "empty.csv", DAY)
    monkeypatch.setattr(loading, "MAX_BYTES", 10)
    with pytest.raises(TooLarge):
        load_units(a_list(LINE), DAY)


def test_a_damaged_list_in_the_data_folder_is_named(data_folder):
    path = data_folder / "units" / "units-2018-01-01.csv"
    path.parent.mkdir(parents=True)
    path.write_text("code,parent,type,name\n20,tỉnh\n", encoding="utf-8")
    with pytest.raises(BadUnitList, match="units-2018-01-01"):
        Units.on(DAY)


def test_a_list_whose_name_tells_no_day_is_named(data_folder):
    (data_folder / "units").mkdir(parents=True)
    (data_folder / "units" / "units-2018-99-01.csv").touch()
    with pytest.raises(BadUnitList, match="tells no day"):
        Units.on(DAY)


@needs_gazetteer
@pytest.mark.parametrize(("day", "communes"), [("2017-10-15", 11162), ("2020-02-02", 10767)])
def test_official_lists_of_earlier_days_load(day, communes):
    assert load_units(GAZETTEER / f"units-{day}.csv", date.fromisoformat(day)).communes == communes


@needs_gazetteer
def test_a_notice_of_2018_names_communes_that_ended_in_2020():
    load_units(GAZETTEER / "units-2017-10-15.csv", date(2017, 10, 15))
    assert match_commune("Quynh Son", DAY, district="185").value.code == "06334"
    assert match_commune("xã Bắc Sơn", DAY, district="185").value.code == "06343"


# -- the command


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(main, ["units", *map(str, arguments)])


def test_find_prints_the_unit_and_its_successor(run):
    result = run("find", "Vil Ling", "--in", "Bac Son", "--on", "2023-11-30")
    assert result.exit_code == 0
    assert "06367" in result.stdout and "Vũ Lăng" in result.stdout


def test_find_says_when_the_list_is_younger_than_the_day(run):
    assert "2023-04-08" in run("find", "Dong Y", "--in", "Bac Son", "--on", "2018-11-30").stdout


def test_find_tells_unsure_and_nothing_by_exit_codes(run):
    unsure = run("find", "Hoang Phu", "--in", "Hoang Hoa", "--on", "2023-11-30")
    assert unsure.exit_code == 18 and "15883" in unsure.stdout and "16003" in unsure.stdout
    nothing = run("find", "Kirkintilloch", "--on", "2023-11-30")
    assert nothing.exit_code == 19 and nothing.stdout == ""


def test_find_writes_utf8_whatever_the_locale():
    command = [sys.executable, "-c", "from pipeline.cli import main; main()"]
    done = subprocess.run(
        [*command, "units", "find", "Dong Y", "--in", "Bac Son", "--on", "2023-11-30"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=True,
    )
    assert "Đồng Ý" in done.stdout.decode("utf-8")


def test_load_then_list(run, a_list):
    assert run("load", a_list(LINE), "--as-of", "2018-01-01").exit_code == 0
    assert "2018-01-01  yours" in run("list").stdout
    failed = run("load", a_list(LINE, LINE), "--as-of", "2018-01-01")
    assert failed.exit_code == 20 and "line 3" in failed.stderr
