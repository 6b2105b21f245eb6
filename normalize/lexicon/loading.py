"""A user's own list of units, for a day of its own: checked, tidied, put beside ours."""

from __future__ import annotations

import csv
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from normalize.fold import fold
from normalize.lexicon.errors import BadUnitList
from normalize.lexicon.unit_files import Row, folder
from normalize.lexicon.units import REFORM, forget_lists
from ocr.errors import EmptyFile, TooLarge, Unreadable

MAX_BYTES = 20_000_000  # the longest list so far, 11,162 communes, has 0.8 MB
FIRST_DAY, LAST_DAY = date(1975, 4, 30), date(2100, 1, 1)
COLUMNS = ("Tỉnh Thành Phố", "Mã TP", "Quận Huyện", "Mã QH", "Phường Xã", "Mã PX")  # of the Office's export
_WIDTHS = {1: 2, 3: 3, 5: 5}  # digits of the codes; spreadsheets eat leading zeros
_TYPES = ("thành phố", "thị trấn", "thị xã", "đặc khu", "tỉnh", "huyện", "quận", "phường", "xã")
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: where the list stands now, its day, how many units of each level."""

    path: Path
    as_of: date
    provinces: int
    districts: int
    communes: int


def load_units(source: Path, as_of: date) -> Loaded:
    """Check a CSV in the columns of the Office's export and put it into the user's data folder.

    A list of the same day is replaced; nothing is written when a line is wrong. Raises BadUnitList with the line,
    Unreadable, EmptyFile, TooLarge.
    """
    if not FIRST_DAY <= as_of <= LAST_DAY:
        raise BadUnitList(source, f"a list as of {as_of} cannot be", remedy="Give the day as YYYY-MM-DD.")
    rows = read_export(source, as_of)
    target = folder() / "units" / f"units-{as_of.isoformat()}.csv"
    _write(target, rows)
    forget_lists()
    counts = [sum(len(row.code) == width for row in rows) for width in (2, 3, 5)]
    return Loaded(target, as_of, *counts)


def read_export(source: Path, as_of: date) -> list[Row]:
    """The units of an export, each once, provinces first."""
    lines = csv.reader(StringIO(_text(source)), delimiter=_delimiter(_text(source)))
    header = next(lines, [])
    places = _places(source, header, as_of)
    units: dict[str, tuple[Row, int]] = {}
    for number, cells in enumerate(lines, 2):
        if any(cell.strip() for cell in cells):
            for row in _rows(source, number, _picked(source, number, cells, places)):
                _add(source, number, row, units)
    if not any(len(code) == 5 for code in units):
        raise BadUnitList(source, "it names no commune")
    return sorted((row for row, _ in units.values()), key=lambda row: (len(row.code), row.code))


def tidy(name: str) -> str:
    """NFC, single blanks, each word's first letter large, no type in brackets.

    The Office writes `Đồng ý` and `Tân  Khánh Trung`; the 2025 list tells namesakes apart by `(Thị trấn)`.

    >>> tidy("Đồng ý"), tidy(" Tân  Khánh Trung "), tidy("Yên Viên (Thị trấn)"), tidy("NT Mộc Châu")
    ('Đồng Ý', 'Tân Khánh Trung', 'Yên Viên', 'Nông Trường Mộc Châu')
    """
    bare = re.sub(
        rf"\s*\((?:{'|'.join(_TYPES)})\)$", "", unicodedata.normalize("NFC", name).strip(), flags=re.IGNORECASE
    )
    whole = re.sub(r"^N\.?T\.?\s+", "Nông Trường ", bare)  # another list writes it out, and so do notices
    return " ".join(word[:1].upper() + word[1:] for word in whole.split())


def _text(source: Path) -> str:
    """The file's text: UTF-8, or UTF-16 with its mark, as spreadsheets save it."""
    try:
        if source.stat().st_size > MAX_BYTES:
            raise TooLarge(source, f"a list of units has at most {MAX_BYTES // 1_000_000} MB")
        data = source.read_bytes()
    except OSError as error:
        raise Unreadable(source) from error
    if not data.strip():
        raise EmptyFile(source)
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadUnitList(source, "this is not UTF-8", line, "Save the list as CSV UTF-8.") from error


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _places(source: Path, header: Sequence[str], as_of: date) -> list[int | None]:
    """Where each column stands; the district's may be missing from 2025-07-01."""
    found = [fold(unicodedata.normalize("NFC", cell).strip()) for cell in header]
    places = [found.index(fold(column)) if fold(column) in found else None for column in COLUMNS]
    missing = [COLUMNS[i] for i, place in enumerate(places) if place is None]
    if missing and not (as_of >= REFORM and all(places[i] is not None for i in (0, 1, 4, 5))):
        raise BadUnitList(source, f"no column {', '.join(missing)}", 1, f"The columns are: {', '.join(COLUMNS)}.")
    return places


def _picked(source: Path, number: int, cells: Sequence[str], places: Sequence[int | None]) -> list[str]:
    if len(cells) <= max(place for place in places if place is not None):
        raise BadUnitList(source, f"only {len(cells)} cells", number)
    picked = [cells[place].strip() if place is not None else "" for place in places]
    for column, width in _WIDTHS.items():
        code = picked[column]
        if code and not (code.isascii() and code.isdigit() and len(code) <= width):
            raise BadUnitList(source, f"{COLUMNS[column]} {code!r} is not a number of {width} digits", number)
        picked[column] = code.zfill(width) if code else ""
    return picked


def _rows(source: Path, number: int, cells: Sequence[str]) -> Iterator[Row]:
    """The province, district and commune of a line; the district or the commune may be empty."""
    parent = ""
    for column in (0, 2, 4):
        name, code = cells[column], cells[column + 1]
        if not name and not code and column:
            continue
        if not name or not code:
            raise BadUnitList(source, f"a name without a code, or a code without a name: {name or code!r}", number)
        kind = next((t for t in _TYPES if fold(name).startswith(fold(t) + " ")), None)
        if kind is None:
            raise BadUnitList(source, f"{name!r} does not begin with a type such as {', '.join(_TYPES)}", number)
        yield Row(code, parent, kind, tidy(name[len(kind) :]))
        parent = code


def _add(source: Path, number: int, row: Row, units: dict[str, tuple[Row, int]]) -> None:
    """Keep a unit; a commune may stand once only, a district or province always alike."""
    known, line = units.setdefault(row.code, (row, number))
    if known != row or (len(row.code) == 5 and line != number):
        raise BadUnitList(source, f"code {row.code} ({row.name}) stands already in line {line} ({known.name})", number)


def _write(target: Path, rows: Iterable[Row]) -> None:
    """All or nothing: a half-written list must never be found."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=target.parent, prefix=".", suffix=".part", delete=False
    ) as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("code", "parent", "type", "name"))
        out.writerows((row.code, row.parent, row.type, row.name) for row in rows)
    Path(file.name).replace(target)
