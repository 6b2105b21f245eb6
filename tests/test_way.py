"""The whole way, without the engine: sample dumps → documents that keep every promise of the contract."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import NotANotice
from extract.notice import Notice, json_schema, to_json
from normalize.text import from_pages
from ocr.errors import ThongbaoError
from ocr.formats.sheet import Sheet
from ocr.read import read_pages
from ocr.source import Container, Kind, Source, identify
from pipeline.read import notice_id, produced_by, read_notice, read_notices, read_text
from pipeline.settings import Settings
from tests.pointers import stated

HOME = Path(__file__).parent.parent
DUMPS = sorted(HOME.glob("samples/*/*/dump.txt"))
IN_DOUBT = re.compile(r"/citations/\d+/type|/ntm/funding/\d+/source")
SEED = HOME.parent / "shared" / "bench" / "seed" / "316-tb-stnmt.txt"
CASES = [pytest.param(path, id=path.parent.name) for path in DUMPS] + [
    pytest.param(SEED, id="seed", marks=pytest.mark.skipif(not SEED.exists(), reason="no benchmark folder beside us"))
]


@pytest.fixture(scope="module")
def notice_of():
    """Each dump is read once for all tests."""
    known: dict[Path, Notice] = {}
    return lambda path: known.get(path) or known.setdefault(path, read_notice(path))


@pytest.mark.parametrize("path", CASES)
def test_keeps_the_schema(path, notice_of):
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(to_json(notice_of(path))))


@pytest.mark.parametrize("path", CASES)
def test_every_stated_value_has_evidence_and_nothing_else_has(path, notice_of):
    notice = notice_of(path)
    wanted = set(stated(json.loads(to_json(notice))))
    assert wanted <= set(notice.evidence)
    beside = set(notice.evidence) - wanted  # of a type of a citation or a name of a source, only where in doubt
    assert all(IN_DOUBT.fullmatch(pointer) and notice.evidence[pointer].review for pointer in beside)


@pytest.mark.parametrize("path", CASES)
def test_evidence_quotes_the_page(path, notice_of):
    raws = dict(from_pages(read_pages(identify(path))).raws)
    for pointer, entry in notice_of(path).evidence.items():
        if entry.span is not None:
            start, end = entry.span
            assert raws[entry.page][start:end] == entry.raw, pointer
        assert entry.boxes == (), "a dump has no page image"


@pytest.mark.parametrize("path", CASES)
def test_review_is_what_the_contract_says(path, notice_of):
    notice = notice_of(path)
    failed = [check.at for check in notice.checks if check.status == "fail"]
    for pointer, entry in notice.evidence.items():
        if entry.method == "inferred" or entry.confidence < 0.8 or pointer in failed:
            assert entry.review, pointer


@pytest.mark.parametrize("path", CASES[:1])
def test_two_runs_write_the_same_bytes(path):
    assert to_json(read_notice(path)) == to_json(read_notice(path))


def test_the_id_is_told_by_bytes_and_first_page(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"THONG BAO")
    assert notice_id(tmp_path / "a.txt", 1) == "7821790bd2ac5fa7"
    assert notice_id(tmp_path / "a.txt", 2) != "7821790bd2ac5fa7"


@pytest.mark.parametrize(
    ("kind", "layers", "engine"),
    [(Kind.SCAN, (False, False), True), (Kind.DIGITAL, (True, False), True), (Kind.DIGITAL, (True, True), False),
     (Kind.TEXT, (False,), False)],
)  # fmt: skip
def test_the_engine_is_named_where_it_took_part(kind, layers, engine):
    sheets = tuple(Sheet(0, 0, layer=layer) for layer in layers)
    named = produced_by(Source(Path("a"), kind, Container.PDF, "0" * 64, sheets), Settings()).ocr
    assert (named is not None) is engine


def test_text_is_page_by_page():
    text = read_text(DUMPS[0])
    assert text.count("\f") == identify(DUMPS[0]).pages
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir,\nthank you for your letter of 3 March.\nYours faithfully\n",
        "Ngày xửa ngày xưa, ở một làng kia có hai anh em.\n" * 20,
        "1 2 3\n4 5 6\n",
        "Số điện thoại: 0912\n",
    ],
)
def test_what_is_no_notice_is_refused(tmp_path, text):
    path = tmp_path / "letter.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(NotANotice, match=rf"{path}: this is no administrative notice"):
        read_notice(path)


@pytest.mark.parametrize("cut", [40, 200, 1000, 3000])
def test_a_dump_cut_short_gives_a_document_or_a_typed_error(tmp_path, cut):
    path = tmp_path / "cut.txt"
    path.write_text(DUMPS[0].read_text("utf-8")[:cut], "utf-8")
    try:
        assert to_json(read_notice(path))
    except ThongbaoError as error:
        assert "cut.txt" in str(error)


LETTERHEAD = (
    "UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Số: 05/TB-SNV Lạng Sơn, ngày 14 tháng 3 năm 2023\nTHÔNG BÁO\n"
)
PIECES = st.sampled_from(
    ["Số: ", "/", "TB-", "ngày 31/02/2023 ", "xã ", "14/19 tiêu chí ", "Nơi nhận:\n- ", "KT. ", "\f", "\n\n",
     "99999999999 đồng ", "Căn cứ ", "trước ngày 40/13/2023 ", "\u0301", "\u200b",
     "�", "(", "))", "Bắc Sơn ", "I. ", "- Lưu: VT, ", "| "]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join))
def test_any_text_gives_documents_or_a_typed_error(tmp_path, text):
    path = tmp_path / "any.txt"
    path.write_bytes((LETTERHEAD + text).encode("utf-8", "replace"))
    try:
        for notice in read_notices(path):
            assert Notice.model_validate_json(to_json(notice)) == notice
    except ThongbaoError as error:
        assert "any.txt" in str(error)
