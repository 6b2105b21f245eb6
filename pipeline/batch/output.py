"""Writing files: under a temporary name first, never over an original, never outside the output folder."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ocr.errors import ThongbaoError


class OutputFailed(ThongbaoError):
    """A result could not be written: the folder is read-only or full, or the name is taken by a folder."""

    exit_code = 15
    what = "it cannot be written"
    remedy = "Check the folder's permissions and free space, or give another one with --out."


class SameName(ThongbaoError):
    """Two files would give one output file, or the output would replace an original."""

    exit_code = 16
    what = "two files would give one output file"
    remedy = "Read them in two runs with different --out folders."


def plan(files: Iterable[Path], folder: Path, suffix: str) -> dict[Path, Path]:
    """Where the result of each file goes: `folder/<stem><suffix>`. Nothing is read or written yet.

    Raises `SameName` where two inputs share a stem, or where an input would be overwritten: both would lose data
    silently.

    >>> plan([Path("in/tb-316.pdf")], Path("out"), ".json")[Path("in/tb-316.pdf")].as_posix()
    'out/tb-316.json'
    """
    files = list(dict.fromkeys(files))
    by_target: dict[Path, list[Path]] = defaultdict(list)
    for file in files:
        by_target[folder / f"{file.stem}{suffix}"].append(file)
    originals = {file.resolve() for file in files}
    for target, sources in by_target.items():
        if len(sources) > 1:
            raise SameName(sources[0], f"it and {sources[1]} would both give {target}")
        if target.resolve() in originals:
            raise SameName(sources[0], f"its result would replace {target}", "Give another folder with --out.")
    return {sources[0]: target for target, sources in by_target.items()}


def place(file: Path, target: Path, count: int, taken: set[Path]) -> list[Path]:
    """Where the notices of one file go: `target`, then `<stem>-2`, `<stem>-3`, …; they join those `taken`.

    Raises `SameName` where such a name belongs to another file.

    >>> [path.name for path in place(Path("tb.pdf"), Path("out/tb.json"), 3, {Path("out/tb.json")})]
    ['tb.json', 'tb-2.json', 'tb-3.json']
    """
    more = [target.with_name(f"{target.stem}-{k}{target.suffix}") for k in range(2, count + 1)]
    for path in more:
        if path in taken:
            raise SameName(file, f"it holds {count} notices, and {path} belongs to another file")
    taken.update(more)
    return [target, *more]


def write(target: Path, data: bytes) -> None:
    """Write a file whole or not at all: under a temporary name beside it, then renamed.

    Raises `OutputFailed`.
    """
    with whole(target) as temporary:
        temporary.write_bytes(data)


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A temporary path beside `target` that becomes `target` when the block ends well, and vanishes when it does not.

    Raises `OutputFailed` for whatever the file system refuses.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".thongbao-", suffix=target.suffix, dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise OutputFailed(target, f"it cannot be written ({error.strerror})") from error
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        raise OutputFailed(target, f"it cannot be written ({error.strerror})") from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The process's umask; the system only tells it while changing it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
