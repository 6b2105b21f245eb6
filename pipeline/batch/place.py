"""`Shelf`: the documents in the output folder or where a URL says. Written aside, synced, then put in place."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.batch.intake.item import stem_key
from pipeline.batch.ledger.leases import Document
from pipeline.batch.ledger.ledger import Known
from pipeline.batch.ledger.opening import FOLDER
from pipeline.batch.output import OutputFailed

_ELSEWHERE = "documents"  # holds the URL, where documents do not lie in the folder itself
_SPACE = "Make room (a run wants 500 MB for images of pages) and run again: it goes on where it was."


def names(known: Known, siblings: frozenset[str], count: int, is_taken: Callable[[str], bool]) -> list[str]:
    """The names of a source's documents: `<stem>.json`, `<stem>-2.json`, …; with digest where that is another's.

    >>> known = Known(1, "0123456789abcdef", 10, "x/tb")
    >>> names(known, frozenset({"tb-3"}), 3, lambda target: False)
    ['x/tb.json', 'x/tb-2.json', 'x/tb~01234567-3.json']
    """
    found = [f"{known.target}.json"]
    for k in range(2, count + 1):
        plain = f"{known.target}-{k}"
        clash = stem_key(plain + ".json") in siblings or is_taken(plain)
        found.append(f"{known.target}~{known.sha256[:8]}-{k}.json" if clash else f"{plain}.json")
    return found


class Shelf(Protocol):
    """Where documents stand; paths are those below it."""

    def put(self, names: Sequence[str], documents: Sequence[str]) -> list[Document]: ...

    def need(self, free: int) -> None: ...

    def drop(self, name: str) -> None: ...

    def digest(self, name: str) -> bytes | None: ...


def shelf(folder: Path, aside: Path) -> Shelf:
    """The shelf of an output folder: the folder itself, or the URL that it was told (`send`). Raises `NoFsspec`."""
    told = folder / FOLDER / _ELSEWHERE
    if not told.is_file():
        return LocalShelf(folder, aside)
    from pipeline.batch.remote_shelf import RemoteShelf

    return RemoteShelf(told.read_text("utf-8").strip(), aside)


def send(folder: Path, url: str) -> None:
    """Let the documents of an output folder go to a URL from now on. Raises `OutputFailed` if some lie elsewhere."""
    told = folder / FOLDER / _ELSEWHERE
    before = told.read_text("utf-8").strip() if told.is_file() else None
    if before != url and (before is not None or (folder / FOLDER / "ledger.db").exists()):
        raise OutputFailed(folder, f"its documents lie in {before or folder}", "Give another folder with --out.")
    told.parent.mkdir(parents=True, exist_ok=True)
    told.write_text(url + "\n", "utf-8")


class LocalShelf:
    """Documents below `folder`; `aside` lies on the same file system and holds what is being written."""

    def __init__(self, folder: Path, aside: Path) -> None:
        self.folder = folder
        self._real = folder.resolve()
        self._aside = aside

    def put(self, names: Sequence[str], documents: Sequence[str]) -> list[Document]:
        """Write the documents of a source, all aside before the first is put in place. Raises `OutputFailed`."""
        pairs = enumerate(zip(names, documents, strict=True))
        written = [self._write_aside(k, name, text.encode()) for k, (name, text) in pairs]
        for k, document in enumerate(written):
            self._put_in_place(self._aside / f"{k}.json", document.path)
        for parent in {self.folder.joinpath(name).parent for name in names}:
            _sync_folder(parent)
        return written

    def need(self, free: int) -> None:
        """Raise `OutputFailed` where fewer bytes are free."""
        left = shutil.disk_usage(self._aside).free
        if left < free:
            raise OutputFailed(self.folder, f"the disk is nearly full: {left / 1e6:,.0f} MB are left", _SPACE)

    def drop(self, name: str) -> None:
        """Remove a document that is no more."""
        self._below(name).unlink(missing_ok=True)

    def digest(self, name: str) -> bytes | None:
        """SHA-256 of a document; None where there is none."""
        try:
            with (self.folder / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").digest()
        except OSError:
            return None

    def _write_aside(self, number: int, name: str, data: bytes) -> Document:
        path = self._aside / f"{number}.json"
        try:
            with path.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise OutputFailed(self.folder / name, f"it cannot be written ({error.strerror})") from error
        return Document(name, hashlib.sha256(data).hexdigest(), len(data))

    def _put_in_place(self, path: Path, name: str) -> None:
        target = self._below(name)
        try:
            path.replace(target)
        except OSError as error:
            raise OutputFailed(target, f"it cannot be written ({error.strerror})") from error

    def _below(self, name: str) -> Path:
        """The path of a document, its folders made; a link that leads out of the folder is refused."""
        target = self.folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.parent.resolve().is_relative_to(self._real):
                raise OutputFailed(target, "its folder is a link that leads out of the output folder")
        except OSError as error:
            raise OutputFailed(target, f"it cannot be written ({error.strerror})") from error
        return target


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
