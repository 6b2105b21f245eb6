"""Hostile files, made by script: each with the categories in which it may end; "" means that it gives a document.

`make_all(folder)` writes them; some are no files at all (fifos, links), some are archives whose members count.
"""

from __future__ import annotations

import io
import os
import random
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image

from ocr.limits import Limits
from ocr.render import render
from ocr.source import identify

SCAN = Path(__file__).parent.parent / "samples" / "seen" / "tb-kiem-lam-kon-tum-2020" / "light.pdf"
GIGA = 1_000_000_000
DOCUMENT, DAMAGED, LARGE = "", "damaged-file", "too-large"
UNREAD = "engine-failed"  # no page of it could be read
NO_NOTICE = "not-a-notice"
NO_FILE = "not-a-file"
ANY_END = frozenset({DOCUMENT, DAMAGED, UNREAD, NO_NOTICE, "no-pages", "not-a-document", "time-up"})


@dataclass(frozen=True)
class Hostile:
    """A file: where it lies below the folder (bytes, as names need not be UTF-8), how it is made, how it may end.

    `quick`: cheap enough for the test suite. `ends` None: it is left alone, and nothing is told of it.
    """

    name: bytes
    write: Callable[[Path], None]
    ends: frozenset[str] | None
    quick: bool = True


def corpus() -> Iterator[Hostile]:
    """All of them, in a fixed order."""
    for group in (_cut, _flipped, _structures, _bombs, _active, _archives, _names, _not_files, _texts):
        yield from group()


def make_all(folder: Path, files: list[Hostile]) -> None:
    """Write them below the folder."""
    for each in files:
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + each.name))
        path.parent.mkdir(parents=True, exist_ok=True)
        each.write(path)


# cut short, and with bits flipped


@cache
def _crop() -> np.ndarray:
    return render(identify(SCAN), 1, 110, Limits()).grey[:420]


@cache
def _as_image(kind: str) -> bytes:
    into = io.BytesIO()
    Image.fromarray(_crop()).save(into, kind, **({"compression": "tiff_adobe_deflate"} if kind == "TIFF" else {}))
    return into.getvalue()


@cache
def _as_pdf() -> bytes:
    """One page that is a JPEG, as scanners write it."""
    jpeg, pdf = _as_image("JPEG"), pikepdf.new()
    high, wide = _crop().shape
    pdf.add_blank_page(page_size=(wide * 72 / 110, high * 72 / 110))
    name = pikepdf.Name
    entries = {"ColorSpace": name.DeviceGray, "BitsPerComponent": 8, "Filter": name.DCTDecode}
    image = pikepdf.Stream(pdf, jpeg, Type=name.XObject, Subtype=name.Image, Width=wide, Height=high, **entries)
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
    pdf.pages[0].Contents = pikepdf.Stream(pdf, f"q {wide * 72 / 110} 0 0 {high * 72 / 110} 0 0 cm /Im Do Q".encode())
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    into = io.BytesIO()
    pdf.save(into, static_id=True, **options)
    return into.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "pdf": _as_pdf,
    "png": lambda: _as_image("PNG"),
    "jpg": lambda: _as_image("JPEG"),
    "tif": lambda: _as_image("TIFF"),
}


def _bytes(data: bytes | Callable[[], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(data() if callable(data) else data) and None


def _cut() -> Iterator[Hostile]:
    for kind, whole in WHOLE.items():
        for tenth in range(1, 10):
            yield Hostile(
                f"cut/{kind}-{tenth}0.{kind}".encode(), _part(whole, tenth), ANY_END, quick=tenth in (1, 5, 9)
            )


def _part(whole: Callable[[], bytes], tenth: int) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(whole()[: len(whole()) * tenth // 10]) and None


def _flipped() -> Iterator[Hostile]:
    for kind, whole in WHOLE.items():
        for seed in range(4):
            yield Hostile(f"flipped/{kind}-{seed}.{kind}".encode(), _with_flips(whole, seed), ANY_END, quick=seed == 0)


def _with_flips(whole: Callable[[], bytes], seed: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        data, dice = bytearray(whole()), random.Random(seed)  # noqa: S311
        for _ in range(4 ** (seed + 1)):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(data)

    return write


# PDFs of strange structure


def _pdf(objects: dict[int, str | bytes], trailer: str = "/Root 1 0 R", prev: bool = False) -> bytes:
    """A PDF written by hand; `prev`: its cross-reference table says that the one before it is itself."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start, most = len(out), max(objects) + 1
    out += f"xref\n0 {most}\n0000000000 65535 f \n".encode()
    for number in range(1, most):
        out += f"{places.get(number, 0):010} 00000 {'n' if number in places else 'f'} \n".encode()
    more = f"/Prev {start}" if prev else ""
    return bytes(out) + f"trailer\n<< /Size {most} {trailer} {more} >>\nstartxref\n{start}\n%%EOF\n".encode()


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


_CATALOG, _PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << {} >> >>"


def _page(content: bytes, resources: str = "", more: dict[int, str | bytes] | None = None, **changed: str) -> bytes:
    page = changed.get("page", _PAGE.format(resources))
    body = {1: changed.get("catalog", _CATALOG), 2: changed.get("pages", _PAGES), 3: page, 4: _stream(content)}
    return _pdf({**body, **(more or {})})


def _form(content: bytes, resources: str) -> bytes:
    return _stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {resources} >>")


def _structures() -> Iterator[Hostile]:
    blank = _page(b"")
    made: dict[str, bytes | Callable[[], bytes]] = {
        "xref-of-itself": _pdf({1: _CATALOG, 2: _PAGES, 3: _PAGE.format(""), 4: _stream(b"")}, prev=True),
        "xref-far-away": blank.replace(b"startxref\n", b"startxref\n99999999"),
        "pages-in-a-circle": _page(b"", pages="<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"),
        "parent-of-itself": _page(b"", pages="<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>"),
        "length-in-a-circle": blank.replace(b"/Length 0", b"/Length 4 0 R"),
        "count-of-a-billion": _page(b"", pages="<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>"),
        "contents-of-itself": _page(b"", page="<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [3 0 R] >>"),
        "form-that-draws-itself": _page(
            b"/A Do", "/XObject << /A 5 0 R >>", {5: _form(b"/A Do", "/XObject << /A 5 0 R >>")}
        ),
        "forms-of-forms": lambda: _page(b"/A Do", "/XObject << /A 5 0 R >>", dict(_forms(24))),
        "arrays-in-arrays": lambda: _page(b"", page=f"<< /Type /Page /Parent 2 0 R /MediaBox {'[' * 90_000} >>"),
        "dictionaries-in-dictionaries": lambda: _pdf({1: _CATALOG[:-2] + "/A " + "<< /A " * 90_000, 2: _PAGES}),
        "states-saved": lambda: _page(b"q " * 3_000_000),
        "page-as-large-as-a-town": _page(b"", page="<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9e7 9e7] >>"),
        "page-of-no-size": _page(b"", page="<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] >>"),
        "page-inside-out": _page(b"", page="<< /Type /Page /Parent 2 0 R /MediaBox [9 9 -9 -9] >>"),
        "box-of-words": _page(b"", page="<< /Type /Page /Parent 2 0 R /MediaBox [(a) /b null true] >>"),
        "turned-by-45": _page(b"", page="<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 45 >>"),
        "deep-tree": lambda: _deep_tree(5_000),
        "no-pages-at-all": _page(b"", pages="<< /Type /Pages /Kids [] /Count 0 >>"),
        "fonts-of-nothing": _page(b"BT /F 12 Tf (abc) Tj ET", "/Font << /F << /Type /Font /Subtype /Type0 >> >>"),
        "rubbish-in-jbig2": _page(
            b"q 595 0 0 842 0 0 cm /I Do Q", "/XObject << /I 5 0 R >>", {5: _image("/JBIG2Decode")}
        ),
        "rubbish-in-jpeg2000": _page(
            b"q 595 0 0 842 0 0 cm /I Do Q", "/XObject << /I 5 0 R >>", {5: _image("/JPXDecode")}
        ),
        "jpeg-that-lies": _page(b"q 595 0 0 842 0 0 cm /I Do Q", "/XObject << /I 5 0 R >>", {5: _lying_jpeg()}),
    }
    for name, data in made.items():
        yield Hostile(f"structure/{name}.pdf".encode(), _bytes(data), ANY_END | {LARGE}, quick=isinstance(data, bytes))
    yield Hostile(b"structure/100000-pages.pdf", _many_pages, frozenset({LARGE}), quick=False)


def _forms(deep: int) -> Iterator[tuple[int, bytes]]:
    """Each draws the next twice: two to the power of `deep` in all."""
    for k in range(deep):
        last = k == deep - 1
        yield 5 + k, _form(b"" if last else b"/A Do /A Do", "" if last else f"/XObject << /A {6 + k} 0 R >>")


def _image(decoder: str) -> bytes:
    entries = "/Type /XObject /Subtype /Image /Width 1654 /Height 2339 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return _stream(bytes(range(256)) * 40, f"{entries} /Filter {decoder}")


def _lying_jpeg() -> bytes:
    """The PDF says 100 x 100, the JPEG's own header 65,500 x 65,500."""
    entries = "/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8"
    return _stream(_jpeg_of(65_500), f"{entries} /Filter /DCTDecode")


def _jpeg_of(side: int) -> bytes:
    data = bytearray(_as_image("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", side, side)
    return bytes(data)


def _deep_tree(deep: int) -> bytes:
    objects: dict[int, str | bytes] = {1: _CATALOG}
    for k in range(deep):
        objects[2 + k] = f"<< /Type /Pages /Kids [{3 + k} 0 R] /Count 1 >>"
    objects[2 + deep] = "<< /Type /Page /MediaBox [0 0 595 842] >>"
    return _pdf(objects)


def _many_pages(path: Path) -> None:
    pdf = pikepdf.new()
    for _ in range(100_000):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(path)


# bombs


def _bombs() -> Iterator[Hostile]:
    over = b"q 595 0 0 842 0 0 cm /I Do Q"
    yield _bomb(
        "content-of-a-gigabyte.pdf", lambda: _pdf({1: _CATALOG, 2: _PAGES, 3: _PAGE.format(""), 4: _deflated(GIGA)})
    )
    yield _bomb(
        "content-deflated-twice.pdf", lambda: _pdf({1: _CATALOG, 2: _PAGES, 3: _PAGE.format(""), 4: _twice(GIGA)})
    )
    yield _bomb("image-of-a-gigapixel.pdf", lambda: _page(over, "/XObject << /I 5 0 R >>", {5: _huge_image(32_000)}))
    yield _bomb(
        "images-by-the-thousand.pdf", lambda: _page(over * 3_000, "/XObject << /I 5 0 R >>", {5: _huge_image(9_000)})
    )
    yield _bomb("paths-without-end.pdf", lambda: _page(b"0 0 m 595 842 l S 0 842 m 595 0 l S\n" * 3_000_000))
    yield _bomb("object-stream-of-a-gigabyte.pdf", _object_stream)
    yield _bomb("gigapixel.png", lambda: _png(40_000, 40_000, zlib.compress(b"\0" * 1000)))
    yield _bomb("rows-without-end.png", lambda: _png(1000, 1000, _zeros(GIGA)))
    yield _bomb(
        "text-of-a-gigabyte.png",
        lambda: _png(300, 300, zlib.compress(b"\0" * 301 * 300), b"zTXt", b"a\0\0" + _zeros(GIGA)),
    )
    yield _bomb("gigapixel.jpg", lambda: _jpeg_of(65_500))
    yield _bomb("almost-too-large.jpg", lambda: _jpeg_of(10_900))
    yield _bomb("gigapixel.tif", lambda: _tiff(50_000, 50_000, zlib.compress(b"\0" * 1000)))
    yield _bomb("strip-of-a-gigabyte.tif", lambda: _tiff(1000, 1000, _zeros(GIGA)))
    yield _bomb("frames-in-a-circle.tif", lambda: _tiff(100, 100, zlib.compress(b"\xff" * 10_000), circle=True))


def _bomb(name: str, data: Callable[[], bytes]) -> Hostile:
    return Hostile(
        f"bombs/{name}".encode(), _bytes(data), ANY_END | {LARGE, "out-of-memory", "worker-died"}, quick=False
    )


@cache
def _zeros(count: int) -> bytes:
    packer, out = zlib.compressobj(1), bytearray()
    for _ in range(count // 10_000_000):
        out += packer.compress(bytes(10_000_000))
    return bytes(out + packer.flush())


def _deflated(count: int) -> bytes:
    return _stream(_zeros(count), "/Filter /FlateDecode")


def _twice(count: int) -> bytes:
    return _stream(zlib.compress(_zeros(count), 9), "/Filter [/FlateDecode /FlateDecode]")


def _huge_image(side: int) -> bytes:
    entries = f"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return _stream(_zeros(min(GIGA, side * side)), f"{entries} /Filter /FlateDecode")


def _object_stream() -> bytes:
    return _pdf(
        {
            1: _CATALOG,
            2: _PAGES,
            3: _PAGE.format(""),
            4: _stream(_zeros(GIGA), "/Type /ObjStm /N 1000000 /First 9 /Filter /FlateDecode /Extends 4 0 R"),
        }
    )


def _png(wide: int, high: int, rows: bytes, kind: bytes = b"", more: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + header
        + (chunk(kind, more) if kind else b"")
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def _tiff(wide: int, high: int, strip: bytes, *, circle: bool = False) -> bytes:
    """One strip, deflated; `circle`: the next frame is this one again."""
    tags = ((256, wide), (257, high), (258, 8), (259, 8), (262, 1), (273, 8), (277, 1), (278, high), (279, len(strip)))
    at = 8 + len(strip)
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    following = at if circle else 0
    return b"II*\0" + struct.pack("<I", at) + strip + struct.pack("<H", len(tags)) + rows + struct.pack("<I", following)


# PDFs that want something to be done


def _active() -> Iterator[Hostile]:
    actions = {
        "javascript": "/S /JavaScript /JS (app.launchURL\\('http://192.0.2.1/'\\); while\\(true\\);)",
        "launch": "/S /Launch /F (/bin/touch) /Win << /F (calc.exe) >>",
        "address": "/S /URI /URI (http://192.0.2.1/)",
        "elsewhere": "/S /GoToR /F << /FS /URL /F (http://192.0.2.1/x.pdf) >> /D [0 /Fit]",
        "submit": "/S /SubmitForm /F << /FS /URL /F (http://192.0.2.1/) >>",
    }
    for name, action in actions.items():
        catalog = f"<< /Type /Catalog /Pages 2 0 R /OpenAction << /Type /Action {action} >> >>"
        yield Hostile(f"active/{name}.pdf".encode(), _bytes(_page(b"", catalog=catalog)), ANY_END)
    yield Hostile(b"active/embedded-file.pdf", _embedded, ANY_END)
    for name, place in {"address": "/FS /URL /F (http://192.0.2.1/x)", "file": "/F (/etc/passwd)"}.items():
        content = _pdf({1: _CATALOG, 2: _PAGES, 3: _PAGE.format(""), 4: _stream(b"", f"/F << {place} >>")})
        yield Hostile(f"active/stream-from-{name}.pdf".encode(), _bytes(content), ANY_END)
    yield Hostile(b"active/xml-entities.pdf", _bytes(_with_metadata), ANY_END)
    yield Hostile(b"active/locked.pdf", _locked, frozenset({"encrypted-file"}))


def _embedded(path: Path) -> None:
    with pikepdf.open(io.BytesIO(_as_pdf())) as pdf:
        pdf.attachments["../../evil.sh"] = pikepdf.AttachedFileSpec(
            pdf, b"#!/bin/sh\ntouch /tmp/evil\n", filename="../../evil.sh"
        )
        pdf.save(path)


def _with_metadata() -> bytes:
    told = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    catalog = "<< /Type /Catalog /Pages 2 0 R /Metadata 5 0 R >>"
    return _page(b"", catalog=catalog, more={5: _stream(told, "/Type /Metadata /Subtype /XML")})


def _locked(path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))


# archives


def _archives() -> Iterator[Hostile]:
    refused = frozenset({"bad-archive", LARGE})
    yield Hostile(b"archives/slip.zip", _slip_zip, frozenset({DOCUMENT}))
    yield Hostile(b"archives/slip.tar", _slip_tar, frozenset({DOCUMENT}))
    yield Hostile(b"archives/links.tar", _links_tar, None)
    yield Hostile(b"archives/bomb.zip", _zip_bomb, refused, quick=False)
    yield Hostile(b"archives/bomb.tar.gz", _tar_bomb, refused | {"not-a-document"}, quick=False)
    yield Hostile(b"archives/in-archives.zip", _zip_of_zips, None)
    yield Hostile(b"archives/a-million-names.zip", _many_members, refused, quick=False)
    yield Hostile(b"archives/cut.zip", _cut_zip, refused)
    yield Hostile(b"archives/rubbish.tar.xz", _bytes(b"\xfd7zXZ\0" + bytes(range(256)) * 9), refused)


def _notice() -> bytes:
    return (SCAN.parent / "dump.txt").read_bytes()


def _slip_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../../slip-1.txt", "/tmp/slip-2.txt", "a/../../slip-3.txt", "..\\..\\slip-4.txt"):  # noqa: S108
            archive.writestr(name, _notice() + name.encode())


def _slip_tar(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        for name in ("../../../slip-5.txt", "/tmp/slip-6.txt"):  # noqa: S108
            _put(archive, name, _notice() + name.encode())


def _put(archive: tarfile.TarFile, name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = "") -> None:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = len(data), kind, link
    archive.addfile(info, io.BytesIO(data))


def _links_tar(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        _put(archive, "link.pdf", kind=tarfile.SYMTYPE, link="/etc/passwd")
        _put(archive, "hard.pdf", kind=tarfile.LNKTYPE, link="../../../etc/passwd")
        _put(archive, "fifo.pdf", kind=tarfile.FIFOTYPE)
        _put(archive, "device.pdf", kind=tarfile.CHRTYPE)


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.pdf", "w") as member:
        for _ in range(200):
            member.write(bytes(10_000_000))


def _tar_bomb(path: Path) -> None:
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for k in range(12):
            _put(archive, f"{k}.pdf", bytes(200_000_000))


def _zip_of_zips(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", _notice())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())


def _many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(250_000):
            archive.writestr(zipfile.ZipInfo(f"{k}.txt"), b"")


def _cut_zip(path: Path) -> None:
    _slip_zip(path)
    path.write_bytes(path.read_bytes()[:5000])


# names


def _names() -> Iterator[Hostile]:
    for name in (
        b"th\xf4ng b\xe1o.txt",
        b"new\nline.txt",
        b"\x1b[31mred.txt",
        b"-rf.txt",
        b"$(touch evil).txt",
        b"`touch evil`;|&.txt",
        b"a" * 251 + b".txt",
        "ồ".encode() * 83 + b".txt",
        b"con.txt",
        b" .txt",
        "\u202egnp.txt".encode(),
    ):
        yield Hostile(b"names/" + name, _bytes(_notice() + name[:40].hex().encode()), frozenset({DOCUMENT}))
    yield Hostile(b"names/.hidden.txt", _bytes(_notice), None)


# what is no file


def _not_files() -> Iterator[Hostile]:
    refused = frozenset({NO_FILE})
    yield Hostile(b"no-files/link-out.pdf", lambda path: path.symlink_to("/etc/passwd"), refused)
    yield Hostile(b"no-files/link-up.pdf", lambda path: path.symlink_to("../.."), refused)
    yield Hostile(b"no-files/circle.pdf", lambda path: path.symlink_to("circle.pdf"), refused)
    yield Hostile(b"no-files/nowhere.pdf", lambda path: path.symlink_to("nothing-there"), refused)
    yield Hostile(b"no-files/device.pdf", lambda path: path.symlink_to("/dev/zero"), refused)
    yield Hostile(b"no-files/fifo.pdf", lambda path: os.mkfifo(path), refused)
    yield Hostile(b"no-files/fifo", lambda path: os.mkfifo(path), refused)
    yield Hostile(b"no-files/socket.pdf", _socket, refused)
    yield Hostile(b"no-files/empty.pdf", _bytes(b""), frozenset({"empty-file"}))


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's whole path may have 108 bytes only
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


# texts, and what claims to be something else


def _texts() -> Iterator[Hostile]:
    other = frozenset({"not-a-document", "empty-file", NO_NOTICE, DAMAGED})
    made: dict[str, bytes | Callable[[], bytes]] = {
        "nul.txt": bytes(100_000),
        "no-letter.txt": b"\xe2\x80\x8b" * 100_000,
        "one-word.txt": b"a" * 2_000_000,
        "marks.txt": ("e" + "\u0301" * 5000).encode() * 40,
        "half-utf16.txt": b"\xff\xfe" + "Số 12".encode("utf-16-le")[:-1] + b"\xd8",
        "page.pdf": b"<html><script src='http://192.0.2.1/'></script></html>",
        "program.png": b"\x7fELF" + bytes(range(256)) * 40,
        "heads-only.jpg": b"\xff\xd8\xff\xe0" * 5_000,
        "letter.docx": b"PK\x03\x04" + bytes(range(256)) * 40,
    }
    for name, data in made.items():
        ends = None if name.endswith(".docx") else other
        yield Hostile(f"texts/{name}".encode(), _bytes(data), ends, quick=name not in ("one-word.txt", "marks.txt"))
    yield Hostile(b"texts/long.txt", _bytes(lambda: b"so 12 " * 4_000_000), frozenset({LARGE}), quick=False)
    yield Hostile(b"texts/form-feeds.txt", _bytes(b"a\f" * 30_000), other | {LARGE}, quick=False)
