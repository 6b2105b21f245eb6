"""Zip and tar archives, read in place: a member lies in a temporary file only while it is read."""

from __future__ import annotations

import lzma
import os
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from ocr.errors import EncryptedFile, ThongbaoError, TooLarge
from ocr.limits import Limits
from pipeline.batch.errors import BadArchive, NotAFile, category
from pipeline.batch.intake.item import MEMBER, Item, Refusal, safe, stem_key, twins

_TARS = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_DOCUMENTS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt")
_MOST_MEMBERS = 200_000
_LARGEST_INDEX = 100_000_000  # bytes before the members of a zip are listed; its index cannot be larger than that
_MOST_EXPANDED = 1000  # times the archive's own size, and 1 GB, before it is taken for a bomb
_CHUNK = 1 << 20

Open = Callable[[], AbstractContextManager[Path]]


def is_archive(name: str) -> bool:
    """Is this the name of an archive?

    >>> is_archive("scans.tar.gz"), is_archive("tb-05.pdf")
    (True, False)
    """
    return name.lower().endswith((".zip", *_TARS))


def members(path: Path, below: str, stamp: str) -> Iterator[Item]:
    """The documents in an archive; one item that says why where it cannot be opened.

    Members that are no documents by name, links, devices and archives in archives are left alone.
    """
    listing = _zip if path.suffix.lower() == ".zip" else _tar
    try:
        last = {name: (size, opened) for name, size, opened in listing(path) if _is_document(name)}
    except ThongbaoError as error:
        yield _refused(path, below, stamp, type(error), str(error).removeprefix(f"{path}: "))
        return
    except (
        OSError,
        zipfile.BadZipFile,
        tarfile.TarError,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        ValueError,
        RuntimeError,
    ):
        yield _refused(path, below, stamp, BadArchive, f"{BadArchive.what}. {BadArchive.remedy}")
        return
    by_folder: dict[str, list[str]] = {}
    for name in last:
        by_folder.setdefault(_folder(name), []).append(PurePosixPath(name).name)
    beside = {folder: (frozenset(map(stem_key, names)), twins(names)) for folder, names in by_folder.items()}
    for name, (size, opened) in last.items():
        siblings, same = beside[_folder(name)]
        full = os.fsencode(path) + MEMBER + name.encode("utf-8", "surrogateescape")
        yield Item(full, f"{stamp}:{size}", f"{below}/{name}", siblings, same, open=opened)


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _is_document(name: str) -> bool:
    return name.lower().endswith(_DOCUMENTS) and not PurePosixPath(name).name.startswith(".")


def _refused(path: Path, below: str, stamp: str, kind: type[ThongbaoError], message: str) -> Item:
    return Item(os.fsencode(path), stamp, below, refusal=Refusal(category(kind), message))


def _zip(path: Path) -> Iterator[tuple[str, int, Open]]:
    _not_too_many(path)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield (
                    info.filename,
                    info.file_size,
                    _opener(path, info.filename, info.file_size, _zip_member(path, info)),
                )


def _not_too_many(path: Path) -> None:
    """zipfile lists all members in memory before anything can be asked, so ask the end record first."""
    with path.open("rb") as file:
        end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # the only reader of it that there is
    if end is None:
        raise BadArchive(path)
    if end[zipfile._ECD_ENTRIES_TOTAL] > _MOST_MEMBERS or end[zipfile._ECD_SIZE] > _LARGEST_INDEX:  # type: ignore[attr-defined]
        raise TooLarge(path, f"it has more than {_MOST_MEMBERS:,} members", "Split it.")


def _zip_member(path: Path, info: zipfile.ZipInfo) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        if info.flag_bits & 1:
            raise EncryptedFile(path, "the archive is protected by a password", "Unpack it with another program.")
        with _zip_file(path).open(info) as member:
            yield member

    return opened


def _tar(path: Path) -> Iterator[tuple[str, int, Open]]:
    """Members in their order. A compressed tar is unpacked to list it, so how much that may be is limited."""
    most = max(1_000_000_000, path.stat().st_size * _MOST_EXPANDED)
    with tarfile.open(path) as archive:
        for count, info in enumerate(archive):
            if count >= _MOST_MEMBERS or info.offset > most:
                raise TooLarge(
                    path, f"it has more than {_MOST_MEMBERS:,} members or unpacks to {most:,} bytes", "Split it."
                )
            if info.isreg():
                yield info.name, info.size, _opener(path, info.name, info.size, _tar_member(path, info))


def _tar_member(path: Path, info: tarfile.TarInfo) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    @contextmanager
    def opened() -> Iterator[IO[bytes]]:
        member = _tar_file(path).extractfile(info)
        if member is None:
            raise NotAFile(path)
        with member:
            yield member

    return opened


@lru_cache(maxsize=1)  # members are taken in their order, so a compressed tar is unpacked once from end to end
def _tar_file(path: Path) -> tarfile.TarFile:
    return tarfile.open(path)


@lru_cache(maxsize=1)
def _zip_file(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


def _opener(path: Path, name: str, size: int, source: Callable[[], AbstractContextManager[IO[bytes]]]) -> Open:
    @contextmanager
    def opened() -> Iterator[Path]:
        if size > Limits().size:
            raise TooLarge(path, f"its member is {size:,} bytes, more than the {Limits().size:,} allowed")
        with tempfile.TemporaryDirectory(prefix="member-") as folder:
            copy = Path(folder) / safe(PurePosixPath(name).name)
            try:
                with source() as member, copy.open("wb") as file:
                    _copied(path, member, file, size)
            except (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, RuntimeError) as error:
                raise BadArchive(path) from error
            yield copy

    return opened


def _copied(path: Path, member: IO[bytes], file: IO[bytes], size: int) -> None:
    """Copy what the header says and no byte more."""
    left = size
    while block := member.read(min(_CHUNK, left + 1)):
        left -= len(block)
        if left < 0:
            raise BadArchive(path, "a member of the archive is larger than its header says")
        file.write(block)
