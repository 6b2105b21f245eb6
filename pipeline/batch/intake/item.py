"""`Item`: one file to be read, wherever it lies; its name in the ledger and the place of its documents."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_LONGEST = 180  # bytes of one part of a path; file systems take 255, and suffixes come after
MEMBER = b"!/"  # parts the name of a member from that of its archive


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not even opened."""

    category: str
    message: str


@dataclass(frozen=True, slots=True)
class Item:
    """One file.

    name: absolute path as the system spells it, a member's after its archive's and `!/`. stamp: changes when
    the bytes may have changed. below: its path below the folder or archive that was asked for. siblings: the stems
    of the files beside it, `twins` those that several have, folded by `stem_key`. open: its path, valid in the block.
    """

    name: bytes
    stamp: str
    below: str
    siblings: frozenset[str] = frozenset()
    twins: frozenset[str] = frozenset()
    open: Callable[[], AbstractContextManager[Path]] | None = field(default=None, compare=False, repr=False)
    refusal: Refusal | None = None

    @property
    def told(self) -> str:
        """The name for people and JSON; bytes that are no UTF-8 become `?`."""
        return self.name.decode("utf-8", "replace")


def stem_key(name: str) -> str:
    """The stem of a file's name as a careless file system would compare it.

    >>> stem_key("TB-05.PDF") == stem_key("tb-05.png")
    True
    """
    return unicodedata.normalize("NFC", PurePosixPath(name).stem).casefold()


def twins(names: list[str]) -> frozenset[str]:
    """The stems that several of these names share.

    >>> sorted(twins(["a.pdf", "a.png", "b.pdf"]))
    ['a']
    """
    seen: set[str] = set()
    several: set[str] = set()
    for name in names:
        key = stem_key(name)
        (several if key in seen else seen).add(key)
    return frozenset(several)


def targets(item: Item, sha256: str) -> list[str]:
    """Where an item's documents may go, without suffix: the plain name unless it clashes, then with digest.

    What decides is the names in the item's own folder and its content, not what was read before.

    >>> item = Item(b"/in/x/tb.pdf", "", "x/tb.pdf")
    >>> targets(item, "0123456789abcdef")
    ['x/tb', 'x/tb~01234567', 'x/tb~0123456789abcdef']
    >>> targets(Item(b"/in/../tb.pdf", "", "../tb.pdf"), "0123456789abcdef")[0]
    '_/tb~01234567'
    """
    *folders, last = item.below.split("/")
    stem = PurePosixPath(last).stem
    clean = "/".join([*map(safe, folders), safe(stem)])
    plain = clean == "/".join([*folders, stem]) and stem_key(last) not in item.twins
    return [*([clean] if plain else []), f"{clean}~{sha256[:8]}", f"{clean}~{sha256}"]


def safe(part: str) -> str:
    r"""A part of a path that any file system takes and that leads nowhere else.

    >>> safe(".."), safe("a\udcffb"), safe("tb 05"), safe(".hidden")
    ('_', 'a%FFb', 'tb 05', '_hidden')
    """
    shown = "".join(_spelled(letter) for letter in part).rstrip(" ")
    shown = "_" + shown.lstrip(".") if shown.startswith(".") or not shown else shown
    raw = shown.encode()
    if len(raw) > _LONGEST:
        shown = raw[: _LONGEST - 9].decode(errors="ignore") + "~" + hashlib.sha256(raw).hexdigest()[:8]
    return shown


def _spelled(letter: str) -> str:
    if letter.isprintable() and letter not in '/\\:*?"<>|':
        return letter
    return "".join(f"%{byte:02X}" for byte in os.fsencode(letter))
