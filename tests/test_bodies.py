"""Short notices by writers who did not know the rules, each file on one thing: bands, results, money, letterheads, …

`cases/bodies/KIND-write.jsonl` to write rules on, `KIND-judge.jsonl` only to judge by: one record a line. A record with
a `title` has the lines of a body, to be put between a head and a signature, and its gold is of `ntm`; one without is a
whole notice. What a file reaches may only rise; the judge's misses were never looked at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.errors import NotANotice
from extract.notice import to_json
from pipeline.evaluate.judge import Summary, judge, summed
from pipeline.read import read_notices

BODIES = Path(__file__).parent / "cases" / "bodies"


@dataclass(frozen=True, slots=True)
class Floor:
    """Strict F1 over all values, and silent errors per 1,000 values, as measured."""

    strict: float
    silent: float


FLOORS = {
    "bands-write": Floor(0.988, 0.9),
    "bands-judge": Floor(0.981, 0.0),
    "assess-write": Floor(0.975, 0.9),
    "assess-judge": Floor(0.992, 0.0),
    "results-write": Floor(0.992, 0.0),
    "results-judge": Floor(0.914, 10.7),
    "outcomes-write": Floor(0.991, 0.0),
    "outcomes2-write": Floor(0.93, 1.3),
    "standing-write": Floor(0.984, 0.0),
    "standing-judge": Floor(0.925, 0.0),
    "funding-write": Floor(0.965, 6.4),
    "funding-judge": Floor(0.907, 18.1),
    "sources-write": Floor(1.0, 0.0),
    "sources-judge": Floor(0.887, 28.8),
    "money-write": Floor(0.954, 0.0),
    "money-judge": Floor(0.917, 31.3),
    "verdicts-write": Floor(0.964, 1.4),
    "verdicts-judge": Floor(0.938, 16.6),
    "turns-write": Floor(1.0, 0.0),
    "plain-write": Floor(1.0, 0.0),
    "plain2-write": Floor(0.998, 1.8),
    "fund-write": Floor(0.982, 11.4),
    "citations-write": Floor(1.0, 0.0),
    "citations-judge": Floor(0.967, 17.3),
    "letters-write": Floor(1.0, 0.0),
    "letters-judge": Floor(0.993, 2.8),
    "tasks-write": Floor(1.0, 0.0),
    "tasks-judge": Floor(0.938, 0.0),
    "attend-write": Floor(1.0, 0.0),
    "attend-judge": Floor(0.99, 0.0),
    "meetings-write": Floor(0.999, 0.0),
    "meetings-judge": Floor(0.949, 4.3),
}


def notice(record) -> str:
    """A whole notice around the lines of a record."""
    year, month, day = record["day"].split("-")
    office = record["district"] or record["province"]
    kinds = 2 if office.startswith(("thành phố", "thị xã")) else 1
    place = office.split(" ", kinds)[kinds]
    where = ", ".join(name for name in (record["district"], record["province"]) if name)
    head = [
        "ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"{office.upper()}                      Độc lập - Tự do - Hạnh phúc",
        f"Số: 125/TB-UBND                    {place}, ngày {day} tháng {month} năm {year}",
        "",
        "THÔNG BÁO",
        record["title"],
        "",
        f"Ủy ban nhân dân {where} thông báo như sau:",
    ]
    foot = [
        "",
        "Nơi nhận:                         TM. ỦY BAN NHÂN DÂN",
        "- Như trên;                         CHỦ TỊCH",
        "- Lưu: VT.",
        "",
        "                                  Nguyễn Văn An",
    ]
    return "\n".join([*head, *record["lines"], *foot]) + "\n"


def total(name: str, folder: Path) -> Summary:
    records = [json.loads(line) for line in (BODIES / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return summed([judged(record, folder / f"{record['id']}.txt") for record in records])


def judged(record, path: Path):
    body = "title" in record
    path.write_text(notice(record) if body else "\n".join(record["lines"]) + "\n", "utf-8")
    try:
        made = json.loads(to_json(read_notices(path)[0]))
    except NotANotice:
        made = {}
    return judge(record["id"], {"ntm": record["gold"]} if body else record["gold"], made, "text")


@pytest.mark.parametrize("name", FLOORS)
def test_what_was_reached_stays(name: str, tmp_path: Path):
    reached, floor = total(name, tmp_path), FLOORS[name]
    print(f"{name}: {reached}")
    assert reached.strict.f1 >= floor.strict
    assert (reached.per_1000 or 0) <= floor.silent


def test_each_file_has_its_floor_and_no_record_comes_twice():
    assert sorted(FLOORS) == sorted(path.stem for path in BODIES.glob("*.jsonl"))
    texts = [
        tuple(json.loads(line)["lines"]) for path in BODIES.glob("*") for line in path.read_text("utf-8").splitlines()
    ]
    assert len(texts) == len(set(texts))
