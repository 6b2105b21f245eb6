"""Stops in a list of communes or criteria: on a worn page a comma loses its tail, and `Kim Hòa. Mỹ Hòa, Trường Thọ` is
one list; and specks read as dashes within a name: `Khuê Ngọc-Điền`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from normalize.fold import fold
from normalize.letters import UPPER
from normalize.repairs.mended import apart
from normalize.text import Text

_NAME = rf"[{UPPER}][\w'’]*(?:[ \n][{UPPER}][\w'’]*){{0,3}}"
# : Kim Hòa. Mỹ Hòa, · , Nhị Trường. Hiệp Hòa. · not `xã Nhị Trường. Hiệp Hòa đạt 17/19`
_PARTED = re.compile(
    rf"(?:\(|(?:[:,;.]|(?<!\w)(?:xã|và))\s)\s*(?P<left>{_NAME})(?P<stop>\.)(?=\s+(?:xã\s+)?(?P<right>{_NAME})\s*(?:[.,;)]|\bvà\s|$))"
)


# xã Khuê Ngọc -/Điền · Khuê Ngọc-Điền · Canh:Liên · Đức Phong, Đức./Lân
_DASHED = re.compile(rf"(?P<left>{_NAME})(?P<dash> ?-|[:.](?!\s)|\.(?=\n))(?=\s?(?P<right>{_NAME}))")


def join_lists(text: Text, names: Collection[str], criterion: re.Pattern[str]) -> Text:
    """The text with a comma for each stop between two of the names in a list, or two criteria, and no dash within a
    name; only what was read from a page. `criterion`: what the name of one is, folded."""
    known = frozenset(map(fold, names))
    stops = sorted({*_stops(text.string, known), *_between_criteria(text.string, criterion)})
    edits = [(at, at + 1, ",") for at in stops if text.is_read(at, at + 1)]
    dashes = [(at, end, new) for at, end, new in _dashes(text.string, known) if text.is_read(at, end)]
    return text.replace_all(apart([*edits, *dashes])) if edits or dashes else text


def _stops(string: str, known: Collection[str]) -> list[int]:
    """Where a stop stands between two names of a list.

    >>> _stops("có 04 xã: Kim Hòa. Mỹ Hòa, Trường Thọ. Bình quân", ("kim hoa", "my hoa", "truong tho"))
    [17]
    >>> _stops("05 xã (Lê Lợi. Canh Tân)", ("le loi", "canh tan"))
    [13]
    """
    found, at = [], 0
    while match := _PARTED.search(string, at):
        if _key(match["left"]) in known and _key(match["right"]) in known:
            found.append(match.start("stop"))
        at = match.start("stop")  # the name behind it may end at a stop, too
    return found


_OPENS = re.compile(r"(?:[,:;.(]|\bva|\bchi)\s+$")
_CLOSES = re.compile(r"\s*(?:[,;.)]|va\s|$)")


def _between_criteria(string: str, criterion: re.Pattern[str]) -> Iterator[int]:
    """Where a stop stands between two criteria of a list.

    >>> names = re.compile("giao thong|thuy loi|truong hoc|moi truong")
    >>> list(_between_criteria("chưa đạt: Giao thông, Thủy lợi. Trường học và Môi trường. Giao thông đi lại", names))
    [30]
    """
    folded = fold(string)
    for left, right in pairwise(criterion.finditer(folded)):
        between = folded[left.end() : right.start()]
        listed = _OPENS.search(folded, max(0, left.start() - 6), left.start()) and _CLOSES.match(folded, right.end())
        if listed and between.startswith(".") and not between[1:].strip() and string[right.start()].isupper():
            yield left.end()


def _dashes(string: str, known: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """The dashes within a name, each with what takes its place.

    >>> list(_dashes("xã Khuê Ngọc-Điền, xã Tân Lập - Vũ Sơn", ("khue ngoc dien", "tan lap", "vu son")))
    [(12, 13, ' ')]
    >>> list(_dashes("Canh:Liên", ("canh lien",))), list(_dashes("Đức Phong, Đức.\\nLân", ("duc lan", "duc phong")))
    ([(4, 5, ' ')], [(14, 15, '')])
    """
    for match in _DASHED.finditer(string):
        left, right = match["left"].split(), match["right"].split()
        ends = [" ".join(left[k:]) for k in range(len(left))]
        if any(_key(f"{end} {' '.join(right[:k])}") in known for end in ends for k in range(1, len(right) + 1)):
            yield *match.span("dash"), " " if not string[match.end("dash")].isspace() else ""


def _key(name: str) -> str:
    return fold(" ".join(name.split()))
