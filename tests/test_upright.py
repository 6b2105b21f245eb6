"""Pages that lie wrongly or were photographed, and text layers that say something else than the print."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from PIL import Image

from ocr.formats.pdf import LayerWord
from ocr.limits import Limits
from ocr.page import REFUSED, Box
from ocr.read import ReadSettings, read_page
from ocr.render import PageImage, render
from ocr.source import Kind, identify
from ocr.tesseract import ReadWord
from ocr.upright import as_it_is, flattened, is_better, lies_sideways, sheets_of, ways_to_try

SEEN = Path(__file__).parent.parent / "samples" / "seen"
LEVELS = ("light", "medium", "heavy")


def scan(name: str = "tb-lac-thuy-2021", level: str = "light", dpi: int = 100) -> PageImage:
    return render(identify(SEEN / name / f"{level}.pdf"), 1, dpi, Limits())


def words(confidence: float, count: int = 30) -> list[ReadWord]:
    return [ReadWord("thông", Box(0, 0, 9, 9), confidence, 1)] * count


@pytest.mark.parametrize("level", LEVELS)
def test_the_way_that_print_runs(level):
    for path in sorted(SEEN.glob("*/"))[:12]:
        grey = scan(path.name, level, 70).grey
        for turns in (1, 3):
            assert lies_sideways(grey) != lies_sideways(np.rot90(grey, turns))


def test_what_reads_well_is_not_turned():
    grey = scan().grey
    assert ways_to_try(grey, words(0.9)) == ()
    assert ways_to_try(grey, words(0.3))[0] == 2, "it may stand on its head"
    assert ways_to_try(np.rot90(grey), words(0.3))[:2] == (1, 3)
    assert ways_to_try(np.full((500, 400), 250, np.uint8), []) == (), "blank"
    assert is_better(words(0.9), words(0.4))
    assert not is_better(words(0.5), words(0.45))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_boxes_of_turned_pages_are_those_of_the_page_as_rendered(turns):
    grey = np.full((400, 300), 255, np.uint8)
    grey[50:60, 100:140] = 0
    page = as_it_is(PageImage(grey, None, 100)).turned(turns)
    ys, xs = np.nonzero(page.image.grey == 0)
    box = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    assert page.original(box, 300, 400) == Box(100, 50, 140, 60)


def photographed(grey: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A sheet on a dark table at a slant, and the matrix that laid it there."""
    high, wide = grey.shape
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    places = np.array([[60, 70], [wide + 40, 40], [wide + 70, high + 60], [30, high + 50]], np.float32)
    there = cv2.getPerspectiveTransform(corners, places)
    table = np.full((high + 120, wide + 120), 60, np.uint8)
    return cv2.warpPerspective(grey, there, table.shape[::-1], dst=table, borderMode=cv2.BORDER_TRANSPARENT), there


def test_a_photographed_sheet_is_flattened_and_its_boxes_lead_back():
    grey = scan().grey
    laid, there = photographed(grey)
    page = flattened(PageImage(laid, None, 100))
    assert page is not None
    high, wide = page.image.grey.shape
    assert abs(high / wide - 297 / 210) < 0.03
    middle = Box(wide // 2 - 2, high // 2 - 2, wide // 2 + 2, high // 2 + 2)
    found = page.original(middle, *laid.shape[::-1])
    true = cv2.perspectiveTransform(np.array([[[grey.shape[1] / 2, grey.shape[0] / 2]]]), there)[0, 0]
    assert abs((found.left + found.right) / 2 - true[0]) < 8
    assert abs((found.top + found.bottom) / 2 - true[1]) < 8


@pytest.mark.parametrize("level", LEVELS)
def test_a_scan_is_no_photograph(level):
    for path in sorted(SEEN.glob("*/"))[:12]:
        assert flattened(scan(path.name, level, 70)) is None


def layered(path: Path, shown: str, said: str) -> Path:
    """A page that shows lines in Helvetica, under an invisible layer that says others; the shown text has no letters
    of its own, as its font maps each to a private one."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    name = pikepdf.Name
    drawn = b"/Shown BMC " if shown == said else b""
    font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
    glyphs = pikepdf.Dictionary(font)
    if shown != said:
        table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        pairs = [f"<{ord(a):02X}> <{ord(b):04X}>" for a, b in sorted(set(zip(shown, said, strict=True)))]
        rows = f"{len(pairs)} beginbfchar\n{chr(10).join(pairs)}\nendbfchar endcmap end".encode()
        glyphs.ToUnicode = pikepdf.Stream(pdf, table + rows)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=glyphs))
    lines = b"".join(b"(" + shown.encode() + b") ' " for _ in range(12))
    page.Contents = pikepdf.Stream(
        pdf, drawn + b"BT /F 12 Tf 18 TL 60 760 Td " + lines + b"ET" + (b" EMC" if drawn else b"")
    )
    pdf.save(path)
    return path


SHOWN = "Thuc hien Ke hoach so 18 cua Uy ban nhan dan tinh"


@pytest.mark.engine
def test_a_layer_that_says_what_is_printed_is_used(tmp_path):
    source = identify(layered(tmp_path / "a.pdf", SHOWN, SHOWN))
    page = read_page(source, 1, ReadSettings())
    assert page.notes == ()
    assert page.lines[0].text == SHOWN
    assert page.lines[0].words[0].confidence == 1.0


@pytest.mark.engine
def test_a_layer_that_says_something_else_is_not_used(tmp_path):
    said = SHOWN.translate({ord(a): ord(b) for a, b in zip("uoaenhctUKT", "oeunatxmABC", strict=True)})
    source = identify(layered(tmp_path / "a.pdf", SHOWN, said))
    assert source.kind is Kind.DIGITAL, "its letters look right"
    page = read_page(source, 1, ReadSettings())
    assert page.notes[0] == REFUSED
    assert "hoach so 18" in page.lines[0].text
    assert page.lines[0].words[0].confidence < 1.0


def test_the_fullest_lines_are_those_that_are_read():
    from ocr.agreement import fullest

    layer = [
        LayerWord(f"w{k}", 0, line * 20, 9, line * 20 + 10, line, 1) for line in range(30) for k in range(1 + line % 9)
    ]
    assert {word.line for word in fullest(layer)} == {3, 4, 5, 6, 7, 8}


@pytest.mark.engine
def test_two_pages_on_a_sheet_are_read_one_after_the_other(tmp_path):
    source = identify(SEEN / "tb-soc-trang-2023" / "light.pdf")
    pages = [render(source, number, 150, Limits()).grey for number in (1, 2)]
    cv2.imwrite(str(tmp_path / "a3.png"), np.hstack(pages))
    image = Image.open(tmp_path / "a3.png")
    image.save(tmp_path / "a3.tif", dpi=(150, 150))
    sheet = read_page(identify(tmp_path / "a3.tif"), 1, ReadSettings())
    assert sheet.notes.count("half a sheet") == 2
    middle = sheet.width / 2
    halves = [line.words[0].box.left > middle for line in sheet.lines]
    assert halves == sorted(halves), "all of the left page before the right one"
    assert sum(halves) > 10
    for word in (word for line in sheet.lines for word in line.words):
        assert sheet.raw[word.start : word.end] in (word.text, "")


def test_a_wide_page_with_print_across_its_middle_is_one():
    page = np.full((1170, 1654), 255, np.uint8)
    page[100:1000:20, 200:1450] = 0
    assert len(sheets_of(PageImage(page, None, 100))) == 1
