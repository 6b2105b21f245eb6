"""Inputs as given on the command line → items, in an order that is the same in every run."""

from __future__ import annotations

import glob
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path, PurePosixPath

from ocr.errors import Unreadable
from pipeline.batch.errors import NotAFile, category
from pipeline.batch.intake.archive import is_archive, members
from pipeline.batch.intake.item import Item, Refusal, stem_key, twins
from pipeline.batch.intake.remote import is_remote, remote_items

DOCUMENTS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt"})
_HEADS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_JUST_NOW = 2_000_000_000  # ns; file systems count time in steps of up to 2 s


def items(inputs: Iterable[str], leave_out: Path | None = None, others: list[str] | None = None) -> Iterator[Item]:
    """One item a file: of folders all documents and archives below them, of anything else what was named.

    `leave_out`: a folder that is not walked (the output folder). `others` gathers files in folders that are
    no documents by name or first bytes. A pattern is expanded where no file has its name. URLs come first.
    """
    given = list(inputs)
    others = others if others is not None else []
    for url in filter(is_remote, given):
        yield from remote_items(url, others)
    paths = [path for each in given if not is_remote(each) for path in _expanded(each)]
    beside, same = frozenset(stem_key(path.name) for path in paths), twins([path.name for path in paths])
    for path in paths:
        if path.is_dir():
            yield from _folder(path, path, leave_out, others)
        else:
            yield from _file(path, path.name, beside, same)


def _expanded(given: str) -> list[Path]:
    """The path itself, or what a pattern stands for."""
    if os.path.lexists(given) or not glob.has_magic(given):
        return [_absolute(given)]
    return sorted(map(_absolute, glob.iglob(given, recursive=True)), key=os.fsencode)  # noqa: PTH207 - may be absolute


def _absolute(given: str) -> Path:
    return Path(os.path.normpath(Path.cwd() / given))


def _folder(folder: Path, root: Path, leave_out: Path | None, others: list[str]) -> Iterator[Item]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield _refused(folder, Unreadable, error.strerror or "it cannot be opened")
        return
    yield from _entries(found, root, leave_out, others, only=None)


def items_beside(path: Path, root: Path, leave_out: Path, others: list[str]) -> Iterator[Item]:
    """The items of one file or folder below a root, named as `items` of the root would name them."""
    if any(part.startswith(".") for part in path.relative_to(root).parts):
        return
    try:
        with os.scandir(path.parent) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError:
        return  # gone again
    yield from _entries(found, root, leave_out, others, only=path.name)


def _entries(
    found: list[os.DirEntry[str]], root: Path, leave_out: Path | None, others: list[str], *, only: str | None
) -> Iterator[Item]:
    """The items of a folder's entries, or of one of them."""
    found = [entry for entry in found if not entry.name.startswith(".")]
    files = [entry.name for entry in found if not entry.is_dir(follow_symlinks=False)]
    beside, same = frozenset(map(stem_key, files)), twins([name for name in files if _by_name(name)])
    for entry in found:
        path = Path(entry.path)
        if only is not None and entry.name != only:
            continue
        if entry.is_dir(follow_symlinks=False):
            if leave_out is None or path != leave_out:
                yield from _folder(path, root, leave_out, others)
        elif entry.is_symlink() and _outside(path, root):
            yield _refused(
                path, NotAFile, "this is a link that leaves the folder, or that leads to none or to a folder"
            )
        elif _wanted(entry):
            yield from _file(path, path.relative_to(root).as_posix(), beside, same)
        else:
            others.append(entry.path)


def _outside(path: Path, root: Path) -> bool:
    """A link may stand for a file in the same folder tree, not for one elsewhere or for a folder."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):  # leads nowhere, or in a circle
        return True
    return not real.is_file() or not real.is_relative_to(root.resolve())


def _by_name(name: str) -> bool:
    return Path(name).suffix.lower() in DOCUMENTS or is_archive(name)


def _wanted(entry: os.DirEntry[str]) -> bool:
    """A document by name, or by its first bytes; whatever is no file is told of, so it is wanted too."""
    if _by_name(entry.name) or not entry.is_file():
        return True
    try:
        with open(entry.path, "rb", opener=_opener) as file:
            return file.read(8).startswith(_HEADS)
    except OSError:
        return True


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)  # a fifo that took the file's place must not hold us up


def _file(path: Path, below: str, beside: frozenset[str], same: frozenset[str]) -> Iterator[Item]:
    try:
        status = path.stat()
    except OSError as error:
        yield _refused(path, Unreadable, error.strerror or "")
        return
    mark = stamp(status)
    if not stat.S_ISREG(status.st_mode):
        yield _refused(path, NotAFile, "this is a fifo, a device or a socket")
    elif is_archive(path.name):
        yield from members(path, str(PurePosixPath(below).with_suffix("")), mark)
    else:
        yield Item(os.fsencode(path), mark, below, beside, same, open=lambda: nullcontext(path))


def stamp(status: os.stat_result) -> str:
    """Changes when the file's bytes may have changed: a write sets the times.

    A file that was written just now, or in the future, may be written again without its times changing; its stamp
    is never the same, so that it is hashed again next time.
    """
    mark = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"
    now = time.time_ns()
    return mark if max(status.st_mtime_ns, status.st_ctime_ns) < now - _JUST_NOW else f"{mark}?{now}"


def _refused(path: Path, kind: type[Unreadable] | type[NotAFile], what: str) -> Item:
    return Item(os.fsencode(path), "", path.name, refusal=Refusal(category(kind), f"{what}. {kind.remedy}"))


def listed(raw: bytes) -> list[str]:
    """The names of a list: one a line, or parted by NUL where there is one.

    >>> listed(b"a.pdf\\nb c.pdf\\n")
    ['a.pdf', 'b c.pdf']
    """
    parts = raw.split(b"\0") if b"\0" in raw else raw.splitlines()
    return [os.fsdecode(part) for part in parts if part.strip()]
