"""Looking at a PDF: is it whole, how many pages, what lies on each: a scan, a text layer, signature stamps."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pikepdf

from ocr.errors import DamagedFile, EncryptedFile, NoPages, RendererMissing, TooLarge
from ocr.formats import legacy
from ocr.formats.broken import BROKEN
from ocr.formats.legacy import Encoding
from ocr.formats.sheet import Sheet
from ocr.limits import Limits

_POINTS = 72.0  # an inch
_FEWEST_WORDS = 15  # a text layer of fewer words on a page is a stamp, a header or a stray label
_COVERS = 0.75  # share of the page's width and height; an image larger than that is the scan of the page
_TAIL = 2048  # bytes; the end mark stands within these, readers accept rubbish after it
_STAMP = re.compile(r"ky boi|thoi gian ky|co quan:|digitally signed|signed by|\S@\S+\.\w|\d\d:\d\d:\d\d|[+-]\d\d:00$")
_WRONG_LETTERS = re.compile(
    r"[\ue000-\uf8ff\ufffd·µ®¬¹¸­«¶Ö×ÕÑ§\x00-\x08]"
)  # what lost fonts leave behind, and TCVN3 that was not recognised
_MOST_WRONG = 0.02  # share of a layer's letters


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word of a text layer, in points from the top left. `line`, `block`: as poppler numbered them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    line: int
    block: int


@dataclass(frozen=True, slots=True)
class _Image:
    width: int
    height: int
    dpi: float
    colour: bool


def look_at_pdf(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """One sheet a page. Raises the typed error for a PDF that is encrypted, cut short, empty or too large."""
    boxes, stamped = _pages(path, limits)
    images = _images(path, len(boxes), limits)
    layers = text_layer(path, 1, len(boxes), limits.probe_seconds)
    among = _recognised(path, layers, limits)
    return tuple(
        _sheet(size, images.get(number, []), in_unicode(layers.get(number, []), among), number in stamped, among)
        for number, size in enumerate(boxes, start=1)
    )


def _recognised(path: Path, layers: dict[int, list[LayerWord]], limits: Limits) -> tuple[Encoding, ...]:
    """The legacy encodings of a file's text layers. The names of its fonts are asked for where the letters look odd."""
    lines = [" ".join(word.text for word in line) for words in layers.values() for line in _by_line(words)]
    if not any(map(_WRONG_LETTERS.search, lines)) and not legacy.doubtful(lines):
        return ()
    rows = _run(path, ["pdffonts", "--", str(path.absolute())], limits.probe_seconds).splitlines()
    return legacy.recognise(lines, [row.split()[0] for row in rows[2:] if row.split()])


def _by_line(words: list[LayerWord]) -> list[list[LayerWord]]:
    lines: dict[int, list[LayerWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def in_unicode(words: list[LayerWord], among: Sequence[Encoding]) -> list[LayerWord]:
    """A page's words with those of a legacy encoding converted; `among`: the encodings that the file is in.

    >>> [word.text for word in in_unicode([LayerWord("Qu¶ng", 0, 0, 9, 9, 1, 1)], [Encoding.TCVN3])]
    ['Quảng']
    """
    if not among:
        return words
    lines = _by_line(words)
    encodings = legacy.encodings_of([" ".join(word.text for word in line) for line in lines], among)
    turned = []
    for line, encoding in zip(lines, encodings, strict=True):
        texts = legacy.turn([word.text for word in line], encoding) if encoding else [word.text for word in line]
        turned += [replace(word, text=text) for word, text in zip(line, texts, strict=True)]
    return turned


def _pages(path: Path, limits: Limits) -> tuple[list[tuple[float, float]], set[int]]:
    """Sizes in points, and the numbers of the pages whose only annotations are visible signatures."""
    with _open(path) as pdf:
        try:
            many = len(pdf.pages)
            if not many:
                raise NoPages(path)
            if many > limits.pages:
                raise TooLarge(path, f"{many:,} pages are more than the {limits.pages:,} allowed")
            sizes = [_size(page) for page in pdf.pages]
            stamped = {number for number, page in enumerate(pdf.pages, 1) if _only_signatures(page)}
        except (*BROKEN, ValueError, TypeError, AttributeError, KeyError) as error:
            raise DamagedFile(path) from error
    return sizes, stamped


def _open(path: Path) -> pikepdf.Pdf:
    """Open strictly; a file with a broken index but with its end is worth a repair, one without is cut short."""
    try:
        return pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise EncryptedFile(path) from error
    except BROKEN as error:
        if b"%%EOF" not in _tail(path):
            raise DamagedFile(path, "the PDF is cut short: its end is missing") from error
    try:
        return pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise EncryptedFile(path) from error
    except BROKEN as error:
        raise DamagedFile(path) from error


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return file.read()


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    width, height = abs(right - left), abs(top - bottom)
    turned = int(page.obj.get("/Rotate", 0)) % 180 == 90
    return (height, width) if turned else (width, height)


def _only_signatures(page: pikepdf.Page) -> bool:
    """A stamp of a digital signature hides print and is never content; other annotations may be.

    So annotations are left out of a page's image only where each of them is a signature or draws nothing.
    """
    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array) or not len(notes):
        return False
    return all(_is_signature(note) for note in notes)


def _is_signature(note: pikepdf.Object) -> bool:
    if not isinstance(note, pikepdf.Dictionary):
        return True
    kind = note.get("/FT") or (note.get("/Parent") or pikepdf.Dictionary()).get("/FT")
    return kind == "/Sig" or note.get("/Subtype") in ("/Link", "/Popup") or "/AP" not in note


def _run(path: Path, arguments: list[str], seconds: float) -> str:
    """What a poppler tool says; nothing if it fails or takes too long, as a missing layer is no failure."""
    try:
        done = subprocess.run(arguments, capture_output=True, timeout=seconds, check=False)
    except FileNotFoundError as error:
        raise RendererMissing(path) from error
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _images(path: Path, pages: int, limits: Limits) -> dict[int, list[_Image]]:
    """The images of each page by `pdfimages -list`: page, no, kind, width, height, colour, …, x-ppi."""
    told = _run(path, ["pdfimages", "-list", "-l", str(pages), "--", str(path.absolute())], limits.probe_seconds)
    found: dict[int, list[_Image]] = {}
    for row in told.splitlines():
        cells = row.split()
        if len(cells) < 14 or not cells[0].isdigit() or cells[2] != "image":
            continue
        width, height, dpi = (float(cells[k]) if cells[k].isdigit() else 0.0 for k in (3, 4, 12))
        image = _Image(int(width), int(height), dpi, cells[5] != "gray" and cells[7] != "1")
        found.setdefault(int(cells[0]), []).append(image)
    return found


def _sheet(
    size: tuple[float, float],
    images: list[_Image],
    words: list[LayerWord],
    stamped: bool,
    among: tuple[Encoding, ...] = (),
) -> Sheet:
    scan = max(images, key=lambda image: image.width * image.height, default=None)
    covered = scan is not None and scan.dpi > 0 and _covers(scan, size)
    layer = (not covered and is_usable(words)) or (not images and not words)
    return Sheet(
        *size,
        dpi=scan.dpi if scan is not None and covered else 0.0,
        colour=any(image.colour for image in images) or not covered,
        layer=layer,
        bare=stamped,
        pixels=max((image.width * image.height for image in images), default=0),
        legacy=among,
    )


def _covers(image: _Image, size: tuple[float, float]) -> bool:
    """Is the image the page? Its layer, if any, is then another engine's reading of it, which we do not trust."""
    sides = sorted(side / image.dpi * _POINTS for side in (image.width, image.height))
    return all(side >= _COVERS * edge for side, edge in zip(sides, sorted(size), strict=True))


def is_usable(words: list[LayerWord]) -> bool:
    """Is a page's text layer the page's text? Not if only a signature's stamp, nor if its letters are wrong."""
    text = " ".join(word.text for word in without_stamps(words))
    if len(text.split()) < _FEWEST_WORDS:
        return False
    return len(_WRONG_LETTERS.findall(text)) <= _MOST_WRONG * len(text)


def without_stamps(words: list[LayerWord]) -> list[LayerWord]:
    """Leave out the blocks that a digital signature or an office's stamp put on the page."""
    blocks: dict[int, list[str]] = {}
    for word in words:
        blocks.setdefault(word.block, []).append(word.text)
    stamps = {block for block, texts in blocks.items() if len(texts) < 40 and is_stamp(" ".join(texts))}
    return [word for word in words if word.block not in stamps]


def is_stamp(text: str) -> bool:
    """Does a small block of text come from a digital signature or an office's electronic stamp?

    >>> is_stamp("Ký bởi: Sở Nội vụ Thời gian ký: 15/01/2025 17:10:17"), is_stamp("Số: 12/TB-UBND")
    (True, False)
    """
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bool(_STAMP.search(bare.lower()))


def text_layer(path: Path, first: int, last: int, seconds: float) -> dict[int, list[LayerWord]]:
    """The words of the pages' text layers, by page number, from `pdftotext -bbox-layout`."""
    arguments = ["pdftotext", "-bbox-layout", "-f", str(first), "-l", str(last), "--", str(path.absolute()), "-"]
    reader = _Layer(first)
    reader.feed(_run(path, arguments, seconds))
    return reader.pages


class _Layer(HTMLParser):
    """Reads poppler's XHTML. An HTML parser, as it knows no entities of the file's own and survives odd bytes."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self.pages: dict[int, list[LayerWord]] = {}
        self._page, self._line, self._block = first - 1, 0, 0
        self._box: tuple[float, ...] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._page += tag == "page"
        self._line += tag == "line"
        self._block += tag == "block"
        if tag == "word":
            edges = {name: value or "0" for name, value in attrs}
            self._box = tuple(float(edges.get(edge, 0)) for edge in ("xmin", "ymin", "xmax", "ymax"))
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag != "word" or self._box is None or not self._text.strip():
            return
        left, top, right, bottom = self._box
        word = LayerWord(self._text.strip(), left, top, right, bottom, self._line, self._block)
        self.pages.setdefault(self._page, []).append(word)
        self._box = None
