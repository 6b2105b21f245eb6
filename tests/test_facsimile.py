"""Pages that are one JPEG: their pixels are those of poppler, and other pages are left to it."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from ocr.formats.facsimile import facsimile
from ocr.limits import Limits
from ocr.render import _by_poppler, _dpi
from ocr.source import identify

A4 = (595.2, 841.92)
Change = Callable[[pikepdf.Pdf], None]


def scan(folder: Path, pixels: tuple[int, ...], size: tuple[float, float] = A4, change: Change | None = None) -> Path:
    """A PDF of one page that is one JPEG of noise and strokes."""
    random = np.random.default_rng(sum(pixels))
    image = np.asarray(random.integers(0, 256, pixels), np.uint8)
    image[::7, :] = 255
    page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, *map(pikepdf.Object.parse, map(_number, size))]))
    with pikepdf.new() as pdf:
        jpeg = pdf.make_stream(
            cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_PROGRESSIVE, int(len(pixels) == 3)])[1].tobytes()
        )
        for key, value in _told(pixels).items():
            jpeg[key] = value
        page.Resources = Dictionary(XObject=Dictionary(image=jpeg))
        page.Contents = pdf.make_stream(f"q {size[0]} 0 0 {size[1]} 0 0 cm /image Do Q\n".encode())
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        if change is not None:
            change(pdf)
        pdf.save(folder / "scan.pdf")
    return folder / "scan.pdf"


def _number(points: float) -> bytes:
    return str(points).encode()


def _told(pixels: tuple[int, ...]) -> dict[str, object]:
    space = Name.DeviceGray if len(pixels) == 2 else Name.DeviceRGB
    size = {"/Height": pixels[0], "/Width": pixels[1], "/BitsPerComponent": 8}
    return {"/Type": Name.XObject, "/Subtype": Name.Image, "/ColorSpace": space, "/Filter": Name.DCTDecode, **size}


@pytest.mark.parametrize(
    ("pixels", "size", "levels"),
    [
        ((1754, 1240), A4, 2),  # 150 dpi: drawn one pixel wider and higher, and cut
        ((2339, 1653, 3), (595.08, 842.04), 2),  # 200 dpi
        ((2923, 2067), (595.296, 841.824), 0),  # 250 dpi, groups of one and two pixels
        ((3508, 2464, 3), (591.36, 841.92), 0),  # 300 dpi
        ((5262, 3720), A4, 0),  # 450 dpi, groups of two and three
        ((1169, 826), (594.72, 841.68), 2),  # 100 dpi
        ((1240, 1754), (841.92, 595.2), 2),  # lying
    ],
)
def test_its_pixels_are_those_of_poppler(
    tmp_path: Path, pixels: tuple[int, ...], size: tuple[float, float], levels: int
) -> None:
    """To the bit where they become fewer, within two grey levels where one is put in."""
    path = scan(tmp_path, pixels, size)
    sheet, limits = identify(path).sheets[0], Limits()
    dpi = _dpi(sheet, 200, limits)
    mine, poppler = facsimile(path, 1, sheet, dpi), _by_poppler(path, 1, sheet, dpi, limits)
    assert mine is not None
    assert mine.shape == poppler.shape
    assert np.abs(mine.astype(int) - poppler).max() <= levels


def _turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Rotate = 90


def _turned_above(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Rotate = 90


def _cut(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = Array([10, 10, 500, 700])


def _noted(pdf: pikepdf.Pdf) -> None:
    drawing = pdf.make_stream(b"0 0 50 50 re f", BBox=Array([0, 0, 50, 50]), Subtype=Name.Form)
    note = Dictionary(Subtype=Name.Stamp, Rect=Array([90, 90, 140, 140]), AP=Dictionary(N=drawing))
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def _written_over(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + b"0 0 50 50 re f")


def _masked(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.XObject.image.Decode = Array([1, 0])


def _cut_short(pdf: pikepdf.Pdf) -> None:
    image = pdf.pages[0].Resources.XObject.image
    image.write(image.read_raw_bytes()[:-3000], filter=Name.DCTDecode)


def _lies_about_its_size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.XObject.image.Width = 1000


def _no_end_of_parents(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Parent = pdf.Root.Pages


@pytest.mark.parametrize(
    "change", [_turned, _turned_above, _cut, _noted, _written_over, _masked, _cut_short, _lies_about_its_size]
)
def test_other_pages_are_left_to_poppler(tmp_path: Path, change: Change) -> None:
    path = scan(tmp_path, (1754, 1240), change=change)
    assert facsimile(path, 1, identify(path).sheets[0], 150) is None


def test_a_page_tree_without_an_end_is_left_to_poppler(tmp_path: Path) -> None:
    path = scan(tmp_path, (1754, 1240))
    sheet = identify(path).sheets[0]
    assert facsimile(scan(tmp_path, (1754, 1240), change=_no_end_of_parents), 1, sheet, 150) is None


def test_a_page_that_grows_one_way_and_shrinks_the_other_is_left_to_poppler(tmp_path: Path) -> None:
    path = scan(tmp_path, (1700, 1300))
    assert facsimile(path, 1, identify(path).sheets[0], 150) is None
