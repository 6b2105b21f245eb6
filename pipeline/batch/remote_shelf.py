"""`RemoteShelf`: documents on a file system that fsspec names, while the ledger stays here."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipeline.batch.intake.remote import reached
from pipeline.batch.ledger.leases import Document
from pipeline.batch.output import OutputFailed


class RemoteShelf:
    """Documents below a URL. Each is written under a temporary name and then moved. Raises `NoFsspec`."""

    def __init__(self, url: str, aside: Path) -> None:
        self.url = url
        self._aside = aside
        self._fs, self._root = reached(url)

    def put(self, names: Sequence[str], documents: Sequence[str]) -> list[Document]:
        """Write the documents of a source. Raises `OutputFailed`."""
        return [self._put(name, text.encode()) for name, text in zip(names, documents, strict=True)]

    def need(self, free: int) -> None:
        """Raise `OutputFailed` where fewer bytes are free here; the other side tells when it is full."""
        left = shutil.disk_usage(self._aside).free
        if left < free:
            raise OutputFailed(self._aside, f"the disk is nearly full: {left / 1e6:,.0f} MB are left")

    def drop(self, name: str) -> None:
        """Remove a document that is no more."""
        if self._fs.exists(f"{self._root}/{name}"):
            self._fs.rm_file(f"{self._root}/{name}")

    def digest(self, name: str) -> bytes | None:
        """SHA-256 of a document; None where there is none."""
        try:
            return hashlib.sha256(self._fs.cat_file(f"{self._root}/{name}")).digest()
        except OSError:
            return None

    def _put(self, name: str, data: bytes) -> Document:
        target = f"{self._root}/{name}"
        folder, _, last = target.rpartition("/")
        aside = f"{folder}/.thongbao-{last}"
        try:
            self._fs.makedirs(folder, exist_ok=True)
            self._fs.pipe_file(aside, data)
            self._fs.mv(aside, target)
        except OSError as error:
            raise OutputFailed(f"{self.url}/{name}", f"it cannot be written ({error})") from error
        return Document(name, hashlib.sha256(data).hexdigest(), len(data))
