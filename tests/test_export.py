"""Tables from notice documents."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pandas as pd
import pytest

from extract.notice import Document, Ntm, Review, Unit, to_json
from ocr.errors import Unreadable
from pipeline.export.columns import NOTICES, RESULTS, results
from pipeline.export.tables import BadDocument, export_folder, load, table
from tests.documents import a_notice, an_evidence


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tb-05.json").write_text(to_json(a_notice()), "utf-8")
    other = a_notice(id="0" * 16, ntm=None, checks=(), evidence={}, review={})
    (tmp_path / "tb-06.json").write_text(to_json(other), "utf-8")
    return tmp_path


def test_one_row_a_notice_and_one_a_stated_criterion(folder, tmp_path):
    made, bad = export_folder(folder, "csv", tmp_path / "tables")
    assert not bad
    assert {path.name: rows for path, rows in made.items()} == {"notices.csv": 2, "results.csv": 2}


def test_csv_is_for_excel_too(folder):
    export_folder(folder, "csv", folder)
    data = (folder / "notices.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert rows[0]["number"] == "05"
    assert rows[0]["date"] == "2023-03-14"
    assert rows[0]["province"] == "Lạng Sơn"
    assert rows[0]["confidence_date"] == "0.5"
    assert rows[0]["review_fields"] == "/document/date; /ntm/assessments/0/criteria/1"
    assert rows[1]["province"] == rows[1]["confidence_date"] == ""


def test_parquet_keeps_types(folder):
    export_folder(folder, "parquet", folder)
    frame = pd.read_parquet(folder / "results.parquet")
    assert list(frame["unit_code"]) == ["06328", "06328"]
    assert list(frame["criterion"]) == [1, 2]
    assert list(frame["status"]) == ["achieved", "not_achieved"]
    assert list(frame["review"]) == [False, True]
    assert list(frame["page"]) == [2, 1]
    assert frame["unit_as_of"][0] == datetime.date(2023, 3, 14)


def test_an_empty_table_has_its_columns_and_types():
    empty, full = table(RESULTS, []), table(RESULTS, list(results(a_notice())))
    assert list(empty.dtypes) == list(full.dtypes)
    assert len(empty) == 0


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_text_from_a_scan_is_never_a_formula(tmp_path, text):
    document = a_notice().document.model_copy(update={"subject": text})
    (tmp_path / "a.json").write_text(to_json(a_notice(document=document)), "utf-8")
    export_folder(tmp_path, "csv", tmp_path)
    export_folder(tmp_path, "parquet", tmp_path)
    rows = list(csv.DictReader((tmp_path / "notices.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0]["subject"] == "'" + text
    assert pd.read_parquet(tmp_path / "notices.parquet")["subject"][0] == text, "parquet runs nothing"


def test_a_bad_document_is_named_and_the_others_come_out(folder):
    (folder / "broken.json").write_text('{"schema_version": "1.0", ')
    (folder / "list.json").write_text("[" * 100_000)
    (folder / "later.json").write_text(to_json(a_notice()).replace('"1.0"', '"9.0"'), "utf-8")
    made, bad = export_folder(folder, "csv", folder)
    assert sorted(failure.path.name for failure in bad) == ["broken.json", "later.json", "list.json"]
    assert all(isinstance(failure, BadDocument) for failure in bad)
    assert made[folder / "notices.csv"] == 2


def test_a_folder_without_documents(tmp_path):
    with pytest.raises(BadDocument, match="no notice document"):
        export_folder(tmp_path, "csv", tmp_path)
    with pytest.raises(Unreadable, match="cannot be read"):
        load(tmp_path / "missing")


def test_columns_are_named_once_and_follow_the_contract():
    for columns in (NOTICES, RESULTS):
        names = [column.name for column in columns]
        assert len(names) == len(set(names))
    row = table(NOTICES, [a_notice()]).iloc[0]
    assert row["units_assessed"] == 1
    assert row["recognised_ntm"] == 0
    assert row["citations"] == "18/KH-UBND"
    assert row["signer_name"] == "Hoàng Văn Thử"


def test_every_path_leads_to_an_attribute():
    """A mistyped path would give an empty column: with everything stated, none is empty."""
    full = table(RESULTS, list(results(a_notice(**_everything()))))
    assert [name for name in full.columns if full[name].isna().all()] == []
    full = table(NOTICES, [a_notice(**_everything())])
    assert [name for name in full.columns if full[name].isna().all()] == []


def _everything():
    plain = a_notice()
    district = Unit(level="district", type="huyện", name="Bắc Sơn", code="185", as_of="2023-03-14")
    days = {"inspected_on": "2023-03-10", "as_of": "2023-03-10"}
    ntm = Ntm.model_validate(plain.ntm.model_dump() | days | {"district": district})
    document = Document.model_validate(plain.document.model_dump() | {"urgency": "khan", "secrecy": "mat"})
    pointers = [column.name.removeprefix("confidence_") for column in NOTICES if column.name.startswith("confidence_")]
    homes = {"signer_name": "/document/signer/name"}
    evidence = dict(plain.evidence)
    for name in pointers:
        part = "ntm" if hasattr(ntm, name) else "document"
        evidence.setdefault(homes.get(name, f"/{part}/{name}"), an_evidence())
    return {"ntm": ntm, "document": document, "evidence": evidence, "review": Review.of(evidence)}


def test_the_data_dictionary_tells_every_column():
    told = (Path(__file__).parent.parent / "docs" / "tables.md").read_text("utf-8")
    for columns in (NOTICES, RESULTS):
        rows = "\n".join(f"| `{c.name}` | {c.kind.name.lower()} | {c.meaning} |" for c in columns)
        assert rows in told, f"docs/tables.md should hold:\n{rows}"


def test_folders_within_are_read_too_but_nothing_hidden(tmp_path):
    for place in ("2023/tb-05.json", ".thongbao/tmp/tb-06.json"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(to_json(a_notice()), "utf-8")
    notices, bad = load(tmp_path)
    assert (len(notices), bad) == (1, [])
