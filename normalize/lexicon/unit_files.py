"""The files of units: where they stand, the lists that they hold, and what each commune became on 2025-07-01."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_data_dir

from normalize.data import FOLDER as DATA
from normalize.lexicon.errors import BadUnitList


class Row(NamedTuple):
    """One line of a unit file: `parent` is the code of the unit above, empty for a province."""

    code: str
    parent: str
    type: str
    name: str


@dataclass(frozen=True, eq=False)
class UnitFile:
    """One list as it stood on its day, in memory. Compared by identity, so that it can be a cache's key."""

    as_of: date
    rows: Mapping[str, Row]
    children: Mapping[str, tuple[Row, ...]]


def folder() -> Path:
    """The user's data folder: THONGBAO_DATA, else where the system keeps such things."""
    own = os.environ.get("THONGBAO_DATA")
    return Path(own) if own else _system_folder()


@lru_cache(maxsize=1)
def _system_folder() -> Path:
    return Path(user_data_dir("thongbao"))


@lru_cache(maxsize=8)
def read_units(path: Path, as_of: date) -> UnitFile:
    """Read a list in our own format, `code,parent,type,name`; BadUnitList when it is not one."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            next(lines)
            rows = [Row(*line) for line in lines]
    except (TypeError, UnicodeDecodeError, StopIteration, csv.Error) as error:
        raise BadUnitList(path, remedy="Load the list again with `thongbao units load`.") from error
    children: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        children[row.parent].append(row)
    return UnitFile(as_of, {row.code: row for row in rows}, {k: tuple(v) for k, v in children.items()})


@lru_cache(maxsize=8)
def lists_in(where: Path) -> dict[date, Path]:
    """The lists in a folder, by the day that their names tell; BadUnitList where one tells none."""
    return {_day_of(path): path for path in sorted(where.glob("units-????-??-??.csv"))}


def _day_of(path: Path) -> date:
    try:
        return date.fromisoformat(path.stem.removeprefix("units-"))
    except ValueError as error:
        raise BadUnitList(path, "its name tells no day", remedy="Remove it, and load the list again.") from error


@lru_cache(maxsize=1)
def conversion() -> dict[str, list[tuple[str, bool]]]:
    """By the code of a commune before the reform: the codes of those it went to, and whether as a whole."""
    table: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    with (DATA / "successors-2025-07-01.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            table[line["code"]].append((line["successor"], line["whole"] == "1"))
    return dict(table)
