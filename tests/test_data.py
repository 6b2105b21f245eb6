"""Every record of every data file of the lexicon, with its own examples."""

from __future__ import annotations

import csv
import tomllib
import unicodedata
from collections import Counter
from datetime import date

import pytest

from extract.words.titles import match_title
from normalize.confusion import plain
from normalize.data import FOLDER
from normalize.fold import fold
from normalize.lexicon.agencies import agencies, match_agency
from normalize.lexicon.criteria import criteria_sets, match_criterion
from normalize.lexicon.find import find_unit
from normalize.lexicon.phrases import closed_names, phrases
from normalize.lexicon.titles import authorities, title_examples
from normalize.lexicon.types import document_types, type_of_symbol
from normalize.match import best_of

UNIT_LISTS = sorted(FOLDER.glob("units-*.csv"))
TYPES_OF_LEVEL = {
    2: {"tỉnh", "thành phố"},
    3: {"huyện", "quận", "thị xã", "thành phố"},
    5: {"xã", "phường", "thị trấn", "đặc khu"},
}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", sorted(p for p in FOLDER.iterdir() if p.suffix in {".csv", ".toml", ".txt"}), ids=str)
def test_each_file_is_nfc_and_named_in_the_readme(path):
    assert unicodedata.is_normalized("NFC", path.read_text("utf-8"))
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert path.name in readme or ("criteria-" in path.name and "criteria-*.toml" in readme)


# -- units


@pytest.mark.parametrize("path", UNIT_LISTS, ids=lambda path: path.stem)
def test_units_have_one_code_a_parent_above_and_a_type_of_their_level(path):
    rows = rows_of(path)
    widths = {row["code"]: len(row["code"]) for row in rows}
    assert len(widths) == len(rows)
    for row in rows:
        assert row["code"].isdigit() and row["type"] in TYPES_OF_LEVEL[widths[row["code"]]], row
        assert (widths[row["parent"]] < widths[row["code"]]) if row["parent"] else widths[row["code"]] == 2, row


@pytest.mark.parametrize("path", UNIT_LISTS, ids=lambda path: path.stem)
def test_unit_names_are_tidy(path):
    for row in rows_of(path):
        name = row["name"]
        assert name == " ".join(name.split()) and "(" not in name, row
        assert all(word[0].isupper() or not word[0].isalpha() for word in name.split()), row


@pytest.mark.parametrize("path", UNIT_LISTS, ids=lambda path: path.stem)
def test_no_two_units_of_one_parent_share_type_and_name(path):
    counts = Counter((row["parent"], row["type"], plain(row["name"])) for row in rows_of(path))
    assert [key for key, count in counts.items() if count > 1] == []


def test_successors_join_the_lists_on_both_sides():
    old, new = ({row["code"] for row in rows_of(FOLDER / f"units-2025-{day}.csv")} for day in ("01-01", "07-01"))
    rows = rows_of(FOLDER / "successors-2025-07-01.csv")
    assert all(row["code"] in old and row["successor"] in new and row["whole"] in "01" for row in rows)
    counts = Counter(row["code"] for row in rows)
    assert all(row["whole"] == "0" for row in rows if counts[row["code"]] > 1)


@pytest.mark.parametrize("row", rows_of(FOLDER / "unit-aliases.csv"), ids=lambda row: row["alias"])
def test_aliases_of_units_are_found_by_their_examples(row):
    for read in row["examples"].split("|"):
        match = find_unit(read, on=date(2023, 5, 1))
        assert match.value is not None and f"{match.value.type} {match.value.name}" == row["name"], read


def test_confusions_are_seen_and_letters():
    for row in rows_of(FOLDER / "confusions.csv"):
        assert int(row["count"]) >= 3 and len(row["true"]) <= 2 and len(row["read"]) <= 2, row


# -- criteria


@pytest.mark.parametrize("one", criteria_sets(), ids=lambda s: s.id)
def test_criteria_are_numbered_through(one):
    assert [c.number for c in one.criteria] == list(range(1, (one.count or 0) + 1))
    assert one.level in {"commune", "district"} and one.target in {"ntm", "nang_cao", "kieu_mau"}
    assert one.signed <= one.effective and one.source
    assert one.judged_by is None or one.judged_by in {s.id for s in criteria_sets()}


@pytest.mark.parametrize("one", criteria_sets(), ids=lambda s: s.id)
def test_each_name_and_alias_finds_its_criterion(one):
    for criterion in one.criteria:
        for name in (criterion.name, *criterion.aliases):
            for read in (name, name.upper(), f"Tiêu chí {name}"):
                match = match_criterion(read, one.id)
                assert match.value == criterion, (read, match)


def test_ids_of_sets_are_their_files():
    files = {path.stem.removeprefix("criteria-") for path in FOLDER.glob("criteria-*.toml")}
    assert files == {s.id for s in criteria_sets()}


def test_sets_hold_no_unknown_keys():
    for path in FOLDER.glob("criteria-*.toml"):
        for criterion in tomllib.loads(path.read_text("utf-8")).get("criteria", []):
            assert set(criterion) <= {"number", "name", "aliases"}, path


# -- types, agencies, titles, phrases


def test_decree_30_has_29_types_and_27_abbreviations():
    decree = [kind for kind in document_types() if kind.decree30]
    assert (len(decree), sum(bool(kind.symbols) for kind in decree)) == (29, 27)


@pytest.mark.parametrize("kind", document_types(), ids=lambda kind: kind.slug)
def test_types_are_slugs_of_their_names_and_found_by_their_examples(kind):
    assert kind.slug == fold(kind.name).replace(" ", "_")
    for symbol in kind.examples:
        assert type_of_symbol(symbol) == kind.slug, symbol
    assert kind.examples or not kind.symbols


def test_slugs_and_symbols_of_types_are_unique():
    assert max(Counter(kind.slug for kind in document_types()).values()) == 1
    assert max(Counter(symbol for kind in document_types() for symbol in kind.symbols).values()) == 1


@pytest.mark.parametrize("agency", agencies(), ids=lambda agency: agency.name)
def test_agencies_are_found_by_their_names_and_examples(agency):
    assert agency.level in {"central", "province", "district", "commune"}
    assert agency.since is None or agency.until is None or agency.since < agency.until
    names = {agency.name, *agency.aliases}
    for name in names:
        assert match_agency(name).value == name
    assert agency.examples
    for read in agency.examples:
        match = match_agency(read)
        assert match.best in names, (read, match)


def test_names_of_agencies_of_one_day_are_unique():
    names = [name for agency in agencies() for name in (agency.name, *agency.aliases)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_what_was_renamed_in_2025_is_dated():
    ended = {agency.name for agency in agencies() if agency.until == date(2025, 2, 28)}
    begun = {agency.name for agency in agencies() if agency.since == date(2025, 3, 1)}
    assert "Sở Tài nguyên và Môi trường" in ended and "Sở Nông nghiệp và Môi trường" in begun


@pytest.mark.parametrize(("title", "examples"), title_examples().items())
def test_titles_are_found_by_their_examples(title, examples):
    assert examples
    for read in examples:
        assert match_title(read) == title, read


def test_authorities_begin_their_examples():
    assert [a.mark for a in authorities()] == ["TM", "KT", "TL", "TUQ", "Q"]
    assert all(example.startswith(a.mark) for a in authorities() for example in a.examples)


def test_phrases_find_themselves_when_the_marks_are_gone():
    everything = tuple(dict.fromkeys((*phrases(), *closed_names())))
    folded = Counter(fold(plain(phrase)) for phrase in everything)
    for phrase in phrases():
        if folded[fold(plain(phrase))] == 1:
            assert plain(best_of(fold(phrase), everything).best) == plain(phrase)
