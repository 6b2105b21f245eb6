"""What a file is, and each kind of file that is not one."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ocr import errors
from ocr.formats.dump import read_dump_page, split_pages
from ocr.formats.pdf import is_stamp
from ocr.limits import Limits
from ocr.read import read_pages
from ocr.source import Kind, identify

REAL = Path(__file__).parents[2] / "shared" / "bench" / "real"
SEED = Path(__file__).parents[2] / "shared" / "bench" / "seed" / "316-tb-stnmt.txt"


def pdf(path: Path, pages: int = 1, size: tuple[float, float] = (595, 842)) -> Path:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=size)
    made.save(path)
    return path


def png_header(path: Path, width: int, height: int) -> Path:
    """A PNG that states a size and holds nothing."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IEND\xaeB`\x82")
    return path


def encrypted(path: Path) -> Path:
    made = pikepdf.new()
    made.add_blank_page()
    made.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))
    return path


def truncated(path: Path) -> Path:
    made = pikepdf.new()
    for _ in range(30):
        made.add_blank_page()
    made.save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def bytes_of(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


BAD = {
    "absent": (lambda folder: folder / "absent.pdf", errors.Unreadable),
    "folder": (lambda folder: folder, errors.Unreadable),
    "empty": (lambda folder: bytes_of(folder / "a.pdf", b""), errors.EmptyFile),
    "blank text": (lambda folder: bytes_of(folder / "a.txt", b" \n\n"), errors.EmptyFile),
    "text named pdf": (lambda folder: bytes_of(folder / "a.pdf", b"hello"), errors.NotADocument),
    "zip": (lambda folder: bytes_of(folder / "a.docx", b"PK\x03\x04" + bytes(range(256)) * 9), errors.NotADocument),
    "truncated": (lambda folder: truncated(folder / "a.pdf"), errors.DamagedFile),
    "encrypted": (lambda folder: encrypted(folder / "a.pdf"), errors.EncryptedFile),
    "no pages": (lambda folder: pdf(folder / "a.pdf", 0), errors.NoPages),
    "many pages": (lambda folder: pdf(folder / "a.pdf", 12), errors.TooLarge),
    "pixel bomb": (lambda folder: png_header(folder / "a.png", 40_000, 40_000), errors.TooLarge),
    "broken image": (lambda folder: bytes_of(folder / "a.jpg", b"\xff\xd8\xff" + b"x" * 50), errors.DamagedFile),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_its_own_error_that_names_it(name, tmp_path):
    make, expected = BAD[name]
    path = make(tmp_path)
    with pytest.raises(expected) as caught:
        identify(path, Limits(pages=10))
    assert type(caught.value) is expected
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(".")


def test_each_error_has_an_exit_code_of_its_own():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    codes = [kind.exit_code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert 2 not in codes


def test_errors_are_documented():
    table = (Path(__file__).parents[1] / "docs" / "errors.md").read_text("utf-8")
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.ThongbaoError) and kind is not errors.ThongbaoError:
            assert f"| {kind.exit_code} | `{kind.__name__}` |" in table


def test_a_file_of_too_many_bytes(tmp_path):
    with pytest.raises(errors.TooLarge):
        identify(bytes_of(tmp_path / "a.txt", b"word " * 100), Limits(size=99))


def test_a_tiff_of_three_pages(tmp_path):
    frames = [Image.new("L", (60, 80), 255) for _ in range(3)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    source = identify(tmp_path / "a.tif")
    assert (source.kind, source.pages) == (Kind.SCAN, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_dumps_in_any_utf(encoding, tmp_path):
    path = bytes_of(tmp_path / "a.txt", "Số: 12/TB-UBND, ngày 3 tháng 4".encode(encoding))
    assert next(read_pages(identify(path))).lines[0].text == "Số: 12/TB-UBND, ngày 3 tháng 4"


def test_a_dump_in_the_vietnamese_code_page(tmp_path):
    path = bytes_of(tmp_path / "a.txt", b"Th\xf4ng b\xe1o k\xea\xec")  # the mark stands behind its letter
    line = next(read_pages(identify(path))).lines[0]
    assert line.text == "Thông báo kế"
    assert (line.words[2].start, line.words[2].end) == (10, 13)


def test_words_of_a_dump_point_into_its_raw_text():
    raw = "  Số: 12/TB \n\n\tngày\u00a03 \n"
    page = read_dump_page(raw, 1)
    for line in page.lines:
        for word in line.words:
            assert raw[word.start : word.end] == word.text


PAGES = {
    "form feeds": ("một\n\fhai\n\f", 2),
    "a feed before the first": ("\fmột\n\fhai", 3),
    "a blank at the start": ("\n".join(["dòng"] * 12 + [" trang"] + ["dòng"] * 12), 2),
    "stray blanks": ("\n".join(["dòng", " lạc"] + ["dòng"] * 40), 1),
    "indented throughout": ("\n".join([" dòng"] * 60), 1),
    "indented paragraphs": ("\n".join((["    Đoạn"] + ["dòng"] * 3) * 12), 1),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_dump(name):
    text, pages = PAGES[name]
    cut = split_pages(text)
    assert len(cut) == pages
    assert "".join(cut) == text


@pytest.mark.skipif(not SEED.exists(), reason="the benchmark folder is not there")
def test_the_real_dump_has_five_pages():
    assert identify(SEED).pages == 5


@pytest.mark.skipif(not REAL.exists(), reason="the benchmark folder is not there")
def test_scans_whose_text_layer_is_a_stamp_are_scans():
    kinds = {identify(path).kind for path in sorted(REAL.glob("*.pdf"))}
    assert kinds == {Kind.SCAN}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ký bởi: UBND tỉnh Cơ quan: Tỉnh Thời gian ký: 15/01/2025 17:10:17", True),
        ("TRUNG TÂM CÔNG BÁO ttcbth@quangngai.gov.vn 07.01.2025 10:44:25 +07:00", True),
        ("Số: 316/TB-STNMT", False),
        ("Lạng Sơn, ngày 30 tháng 11 năm 2023", False),
    ],
)
def test_stamps(text, expected):
    assert is_stamp(text) is expected


TREES = {
    "no kids": [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1>>"],
    "itself a kid": [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"],
    "a number": [b"<</Type/Catalog/Pages 2 0 R>>", b"7"],
    "no tree": [b"<</Type/Catalog>>"],
}


@pytest.mark.parametrize("name", TREES)
def test_a_pdf_with_a_broken_tree_of_pages_is_damaged(name, tmp_path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(_pdf_of(TREES[name]))
    with pytest.raises(errors.DamagedFile):
        identify(path)


def test_a_pdf_over_which_qpdf_itself_gives_up_is_damaged(tmp_path, monkeypatch):
    """As a PDF of hypothesis' did where its pages were counted: an error of qpdf's own, which is no PdfError."""
    path = tmp_path / "page.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)

    def gives_up(page):
        raise RuntimeError("qpdf gives up")

    monkeypatch.setattr("ocr.formats.pdf._size", gives_up)
    with pytest.raises(errors.DamagedFile):
        identify(path)


def _pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalogue."""
    body, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, rows)
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
