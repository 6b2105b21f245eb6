"""Files on any file system that fsspec names (`s3://`, `sftp://`, …): listed, and copied here while they are read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from ocr.errors import ThongbaoError, TooLarge, Unreadable
from ocr.limits import Limits
from pipeline.batch.errors import category
from pipeline.batch.intake.item import Item, Refusal, safe, stem_key, twins

_DOCUMENTS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt")
_CHUNK = 1 << 20
_CHANGES = ("etag", "ETag", "md5Hash", "checksum", "version_id", "mtime", "LastModified", "last_modified", "updated")


class NoFsspec(ThongbaoError):
    """A URL was given, and fsspec or what it needs for this kind of file system is not installed."""

    exit_code = 42
    what = "this kind of file system cannot be reached"
    remedy = "pip install 'thongbao[remote]', and what fsspec names for it (s3fs, gcsfs, paramiko …)."


def is_remote(given: str) -> bool:
    """Is this a URL?

    >>> is_remote("s3://archive/scans"), is_remote("scans/2023")
    (True, False)
    """
    return "://" in given


def reached(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path on it. Raises `NoFsspec`."""
    try:
        from fsspec.core import url_to_fs

        file_system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise NoFsspec(url, f"this kind of file system cannot be reached ({error})") from error
    return file_system, path


def remote_items(url: str, others: list[str]) -> Iterator[Item]:
    """The documents at a URL and below it, in a fixed order. Archives are left alone. Raises `NoFsspec`."""
    file_system, root = reached(url)
    try:
        found = file_system.find(root, detail=True)
    except (OSError, ValueError) as error:
        yield _refused(url, f"{error}. {Unreadable.remedy}")
        return
    if not found:
        yield _refused(url, f"{Unreadable.what}. {Unreadable.remedy}")
    wanted = [path for path in sorted(found) if path.lower().endswith(_DOCUMENTS)]
    others.extend(file_system.unstrip_protocol(path) for path in sorted(found) if path not in set(wanted))
    by_folder: dict[str, list[str]] = {}
    for path in wanted:
        by_folder.setdefault(str(PurePosixPath(path).parent), []).append(PurePosixPath(path).name)
    for path in wanted:
        names = by_folder[str(PurePosixPath(path).parent)]
        yield Item(
            os.fsencode(file_system.unstrip_protocol(path)),
            _stamp(found[path]),
            _below(path, root),
            frozenset(map(stem_key, names)),
            twins(names),
            open=_opener(file_system, path, found[path].get("size") or 0),
        )


def _below(path: str, root: str) -> str:
    """The path below the folder that was asked for; the name alone where it is the file itself."""
    below = path.removeprefix(root.rstrip("/")).lstrip("/")
    return below or PurePosixPath(path).name


def _stamp(facts: dict[str, Any]) -> str:
    """Size and whatever the file system says about the content or its last change."""
    return ":".join([str(facts.get("size")), *(str(facts[key]) for key in _CHANGES if facts.get(key) is not None)])


def _refused(url: str, message: str) -> Item:
    return Item(os.fsencode(url), "", url.rpartition("/")[2], refusal=Refusal(category(Unreadable), message))


def _opener(file_system: Any, path: str, size: int) -> Any:  # noqa: ANN401 - fsspec is not typed
    def opened() -> AbstractContextManager[Path]:
        return _copy(file_system, path, size)

    return opened


@contextmanager
def _copy(file_system: Any, path: str, size: int) -> Iterator[Path]:  # noqa: ANN401
    if size > Limits().size:
        raise TooLarge(path, f"{size:,} bytes are more than the {Limits().size:,} allowed")
    with tempfile.TemporaryDirectory(prefix="remote-") as folder:
        copy = Path(folder) / safe(PurePosixPath(path).name)
        left = Limits().size
        with file_system.open(path, "rb") as source, copy.open("wb") as file:
            while block := source.read(_CHUNK):
                left -= len(block)
                if left < 0:
                    raise TooLarge(path)
                file.write(block)
        yield copy
