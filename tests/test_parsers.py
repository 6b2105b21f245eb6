"""Whatever bytes a parser is given, it gives a document or a typed error: dumps, PDFs, images, documents read back.

Few examples here; `python -m benchmarks.parsers` runs the same with a thousand each.
"""

from __future__ import annotations

import copy
import functools
import io
import json
import os
from pathlib import Path

import pikepdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from extract.parts.bundle import split
from ocr.errors import ThongbaoError
from ocr.limits import Limits
from ocr.read import read_pages
from ocr.source import Kind, identify
from pipeline.evaluate.folders import load
from pipeline.evaluate.judge import judge
from pipeline.evaluate.saved import load_run
from pipeline.export.columns import NOTICES, RESULTS, results
from pipeline.export.tables import load_document, table
from pipeline.read import notice_of
from pipeline.settings import Settings
from tests.hostile import WHOLE
from tests.test_bad_input import BYTES

SEEN = Path(__file__).parent.parent / "samples" / "seen"
TINY = Limits(pixels=2_000_000, pages=20)
CASES, SEED = int(os.environ.get("THONGBAO_CASES", "20")), os.environ.get("THONGBAO_SEED")
few = settings(
    deadline=None,
    max_examples=CASES,
    suppress_health_check=list(HealthCheck),
    derandomize=SEED is None,
    database=None,
)


@st.composite
def damaged(draw, whole):
    """Bytes with pieces replaced, removed, doubled, or swapped, and sometimes an end cut off."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        long = draw(st.sampled_from((1, 1, 2, 4, 16, 200)))
        kind = draw(st.sampled_from(("flip", "put", "cut", "double", "number")))
        if kind == "flip" and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "put":
            data[at : at + long] = draw(st.binary(min_size=long, max_size=long))
        elif kind == "cut":
            del data[at : at + long]
        elif kind == "double":
            data[at:at] = data[at : at + long]
        else:
            data[at : at + 4] = draw(
                st.sampled_from((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"9999", b"-1 0"))
            )
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 0 else data)


def plain_pdf() -> bytes:
    """Two pages with text, forms, an annotation and a table of objects that can be read with the eye."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for _ in range(2):
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pikepdf.Stream(
            pdf, b"BT /F 12 Tf 14 TL 60 700 Td " + b"(THONG BAO So 12 TB UBND ngay 5) ' " * 12 + b"ET"
        )
        page.obj.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])]
        )
    into = io.BytesIO()
    pdf.save(into, static_id=True, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return into.getvalue()


def small_image(kind: str) -> bytes:
    into = io.BytesIO()
    Image.linear_gradient("L").resize((60, 80)).save(into, kind, dpi=(200, 200))
    return into.getvalue()


PDFS = st.one_of(damaged(plain_pdf()), damaged(plain_pdf()), damaged(WHOLE["pdf"]()))
IMAGES = st.sampled_from(("PNG", "JPEG", "TIFF")).flatmap(lambda kind: damaged(small_image(kind)))

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(("/document/date", 10**400)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@functools.cache
def gold() -> dict[str, object]:
    return json.loads((SEEN / "tb-lac-thuy-2021" / "gold.json").read_bytes())


@functools.cache
def document() -> dict[str, object]:
    """A whole document, of a dump."""
    from extract.notice import to_json
    from pipeline.read import read_notice

    return json.loads(to_json(read_notice(SEEN / "tb-lac-thuy-2021" / "dump.txt")))


@st.composite
def changed(draw, make):
    """A document with some of its values replaced by others, or left out, or as broken bytes."""
    told = copy.deepcopy(make())
    for _ in range(draw(st.integers(1, 4))):
        place, key = draw(st.sampled_from(list(places(told)))) if told else ({}, None)
        if key is not None and draw(st.booleans()):
            place[key] = draw(JSON)
        elif key is not None:
            del place[key]
    raw = json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return draw(damaged(raw)) if draw(st.integers(0, 3)) == 0 else raw


def places(told):
    """Each value of a document by what holds it and its key there."""
    for key in list(told) if isinstance(told, dict) else range(len(told)):
        yield told, key
        if isinstance(told[key], (dict, list)):
            yield from places(told[key])


RAW = st.one_of(
    changed(document), changed(document), st.binary(max_size=200), JSON.map(lambda value: json.dumps(value).encode())
)


def written(factory, name: str, data: bytes) -> Path:
    file = factory.getbasetemp() / name
    file.write_bytes(data)
    return file


@given(data=BYTES)
@few
def test_a_dump(tmp_path_factory, data):
    file = written(tmp_path_factory, "fuzz.txt", data)
    try:
        source = identify(file)
        if source.kind is Kind.TEXT:
            for part in split(tuple(read_pages(source))):
                assert notice_of(part, source, Settings()).source.pages == source.pages
    except ThongbaoError as error:
        assert str(file) in str(error)


@given(data=PDFS)
@few
def test_the_look_at_a_pdf(tmp_path_factory, data):
    file = written(tmp_path_factory, "fuzz.pdf", data)
    try:
        source = identify(file, TINY)
    except ThongbaoError as error:
        assert str(file) in str(error)
        return
    assert 1 <= source.pages <= TINY.pages
    assert all(sheet.width >= 0 and sheet.height >= 0 for sheet in source.sheets)


@given(data=IMAGES)
@few
def test_the_look_at_an_image_and_its_pixels(tmp_path_factory, data):
    from ocr.render import PageTrouble, render

    file = written(tmp_path_factory, "fuzz.png", data)
    try:
        source = identify(file, TINY)
        for number in range(1, source.pages + 1):
            assert render(source, number, 200, TINY).grey.size <= 4 * TINY.pixels
    except ThongbaoError as error:
        assert str(file) in str(error)
    except PageTrouble:
        pass  # becomes the page's problem


@given(raw=RAW)
@few
def test_a_document_read_back_for_tables(tmp_path_factory, raw):
    file = written(tmp_path_factory, "fuzz.json", raw)
    try:
        notice = load_document(file)
    except ThongbaoError as error:
        assert str(file) in str(error)
        return
    assert len(table(NOTICES, [notice])) == 1
    rows = list(results(notice))
    assert len(table(RESULTS, rows)) == len(rows)


@given(raw=RAW)
@few
def test_a_document_read_back_to_be_judged(tmp_path_factory, raw):
    file = written(tmp_path_factory, "fuzz.json", raw)
    try:
        found = judge("x", gold(), load(file), "")
    except ThongbaoError as error:
        assert str(file) in str(error)
        return
    assert 0 <= found.strict.f1 <= 1


@given(raw=RAW)
@few
def test_a_saved_run_read_back(tmp_path_factory, raw):
    file = written(tmp_path_factory, "fuzz.json", raw)
    try:
        load_run(file)
    except ThongbaoError as error:
        assert str(file) in str(error)
