"""The contract: what the models accept, what they write, and what the schema says of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from extract.notice import (
    SCHEMA_ID,
    Assessment,
    Band,
    Document,
    Evidence,
    Method,
    Notice,
    Ntm,
    ParentUnit,
    Review,
    Source,
    Unit,
    json_schema,
    resolve,
    to_json,
)
from tests.documents import a_notice, an_evidence


def test_writes_the_contracts_field_order():
    written = json.loads(to_json(a_notice()))
    assert list(written) == [
        "schema_version", "id", "source", "produced_by", "document", "citations", "tasks", "ntm", "checks", "evidence",
        "review",
    ]  # fmt: skip
    assert list(written["document"]) == [
        "type", "type_name", "number", "symbol", "code", "issuer", "issuer_parent", "place", "date", "subject",
        "addressed_to", "urgency", "secrecy", "signer", "recipients", "filing",
    ]  # fmt: skip
    assert list(written["ntm"]) == [
        "province", "district", "year", "period", "inspected_on", "as_of", "attendance", "communes_total",
        "average_criteria", "bands", "assessments", "funding",
    ]  # fmt: skip
    assert list(written["evidence"]["/document/date"]) == [
        "confidence", "method", "raw", "page", "boxes", "span", "rule", "alternatives", "review", "why",
    ]  # fmt: skip
    assert list(written["ntm"]["assessments"][0]["unit"]) == [
        "level", "type", "name", "code", "as_of", "district", "province", "successors",
    ]  # fmt: skip


def test_written_reads_back_the_same():
    notice = a_notice()
    written = to_json(notice)
    assert Notice.model_validate_json(written) == notice
    assert to_json(Notice.model_validate_json(written)) == written
    assert written.endswith("}\n")
    assert "Lạng Sơn" in written, "Vietnamese letters stand as they are"
    assert '"amount_vnd": 14574000000' in written
    assert "[1490, 412, 2110, 460]" in written, "a box stays on one line"


def test_floats_carry_no_noise():
    assert an_evidence(confidence=0.1 + 0.2).confidence == 0.3
    assert Ntm(average_criteria=14.290000000000001).average_criteria == 14.29


def test_nothing_can_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        a_notice().document.number = "7"


def test_parents_stand_only_above_the_units_own_level():
    lang_son = ParentUnit(name="Lạng Sơn", code="20")
    province = Unit(level="province", name="Lạng Sơn", code="20").model_dump()
    assert "province" not in province
    assert "district" not in province
    assert "district" not in Unit(level="district", name="Bắc Sơn", code="185", province=lang_son).model_dump()
    with pytest.raises(ValidationError, match="only a commune"):
        Unit(level="district", name="Bắc Sơn", district=ParentUnit(name="Bắc Sơn"))


def test_text_is_composed_and_empty_means_null():
    assert Document(issuer="Sở Y tế").issuer == "Sở Y tế"
    assert Document(issuer="  ").issuer is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Document(type="Thông báo"), "pattern"),
        (lambda: Document(date="2023-11-70"), "date"),
        (lambda: Document(colour="red"), "Extra inputs"),
        (lambda: Unit(level="commune", name="Long Đống", code="6328a"), "pattern"),
        (lambda: Band(target="ntm", min=19, max=15), "down to"),
        (lambda: an_evidence(confidence=float("nan")), "finite|less than"),
        (lambda: an_evidence(confidence=1.2), "less than or equal"),
        (lambda: an_evidence(method="inferred", review=False), "always for review"),
        (lambda: Source(name="a", sha256="0" * 64, kind="scan", pages=2, range=(1, 3)), "do not lie"),
        (lambda: Source(name="a", sha256="0" * 64, kind="scan", pages=2, range=(1, 1), failed_pages=(2,)), "must lie"),
        (lambda: Assessment(unit=Unit(level="commune", name="A"), target="ntm", outcome="assessed",
                            criteria=[{"number": n, "name": "x", "status": "achieved"} for n in (2, 1)]), "sorted"),
    ],
)  # fmt: skip
def test_refuses_the_impossible(make, message):
    with pytest.raises(ValidationError, match=message):
        make()


def test_each_pointer_must_point_somewhere():
    with pytest.raises(ValidationError, match="/document/filing/7 points to nothing"):
        a_notice(evidence={"/document/filing/7": an_evidence()}, review=Review())


def test_review_lists_what_the_evidence_marks():
    doubtful = {"/document/date": an_evidence(method=Method.INFERRED, review=True)}
    assert a_notice(evidence=doubtful, review=Review.of(doubtful)).review.fields == ("/document/date",)
    with pytest.raises(ValidationError, match="review must list exactly"):
        a_notice(evidence=doubtful, review=Review())


def test_pointers_may_hold_escapes():
    assert resolve({"a/b": {"~": [1]}}, "/a~1b/~0/0") == 1
    with pytest.raises(ValueError, match="points to nothing"):
        resolve([1], "/-1x")


def test_schema_describes_what_is_written():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == SCHEMA_ID
    validator = jsonschema.Draft202012Validator(schema)
    document = json.loads(to_json(a_notice()))
    assert not list(validator.iter_errors(document))
    del document["document"]["urgency"]
    assert [error.message for error in validator.iter_errors(document)] == ["'urgency' is a required property"]


def test_schema_tells_what_fields_mean():
    definitions = json_schema()["$defs"]
    assert "leading zeros" in definitions["Document"]["properties"]["number"]["description"]
    assert definitions["Target"]["enum"] == ["ntm", "nang_cao", "kieu_mau"]


def test_evidence_is_plain_to_make():
    assert Evidence(confidence=1, method="read", rule="number").boxes == ()


def test_the_documentation_tells_every_field():
    told = (Path(__file__).parent.parent / "docs" / "notice.md").read_text("utf-8")
    schema = json_schema()
    parts = [schema, *(part for part in schema["$defs"].values() if "properties" in part)]
    names = {name for part in parts for name in part["properties"]}
    assert {name for name in names if not re.search(rf"`(\w+\.)*{name}\b", told)} == set()
