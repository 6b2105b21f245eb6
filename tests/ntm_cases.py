"""Cases of the programme's block as data: a notice's body, and what must come out, a line each.

`want` lines: `year 2023`, `band ntm 15-18 6: Tân Lập, Hưng Vũ`, `assess Long Đống ntm assessed xa-ntm-2021-2025
14/5/19 +1 -2`, `fund source | item = 1250000000`, `present …`, `absent …`, `deadline 2023-12-15`, `none`. A kind that
is not named is not compared; `assess -` says that there is none. A `?` behind a line says it must be marked for review.
"""

from __future__ import annotations

import datetime as dt
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from extract.draft import AssessmentDraft, BandDraft, DocumentDraft, NtmDraft
from extract.field import Field
from extract.notice import Method
from extract.ntm import build_ntm
from extract.parts.zones import find_zones
from extract.reading import Reading
from extract.rules.tasks import find_tasks
from normalize.text import from_pages
from ocr.formats.dump import read_dump_page

T = TypeVar("T")
FOLDER = Path(__file__).parent / "cases"
SCALARS = ("year", "period", "inspected_on", "as_of", "communes_total", "average_criteria")


@dataclass(frozen=True, slots=True)
class Case:
    ident: str
    issuer: str
    date: dt.date
    subject: str
    body: str
    want: tuple[str, ...]


def cases(name: str) -> list[Case]:
    """The cases of one file."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return [
        Case(
            row["id"],
            row["issuer"],
            row["date"],
            row["subject"],
            row["body"],
            tuple(filter(None, row["want"].split("\n"))),
        )
        for row in data["case"]
    ]


def found(case: Case) -> list[str]:
    """What comes out of a case, as `want` lines, all kinds."""
    page = read_dump_page(_page(case), 1)
    text = from_pages([page])
    zones = find_zones(Reading(text, (1.0,) * len(text.words)))
    document = DocumentDraft(issuer=_field(case.issuer), date=_field(case.date))
    tasks = [f"deadline {task.value.deadline}" for task in find_tasks(zones, case.date) if task.value.deadline]
    ntm = build_ntm(zones, document)
    return [*(["none"] if ntm is None else _lines(ntm)), *tasks]


def _field(value: T) -> Field[T]:
    return Field(value, 1.0, Method.READ, "case")


def _page(case: Case) -> str:
    rows = [case.issuer.upper() + " CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    rows += [f"Số: 12/TB-X ngày {case.date:%d} tháng {case.date:%m} năm {case.date.year}", "", "THÔNG BÁO"]
    rows += [*textwrap.wrap(case.subject, 60), ""]
    for paragraph in case.body.strip().split("\n"):
        rows += [*textwrap.wrap(paragraph, 74), ""]
    return "\n".join([*rows, "Nơi nhận:", "- Như trên;", "- Lưu: VT."])


def _lines(ntm: NtmDraft) -> Iterator[str]:
    for name in ("province", "district"):
        field = getattr(ntm, name)
        if field:
            yield f"{name} {field.value.name} {field.value.code}" + _mark(field)
    for name in SCALARS:
        field = getattr(ntm, name)
        if field:
            yield f"{name} {field.value}" + _mark(field)
    yield from (f"present {field.value}" for field in ntm.attendance.present)
    yield from (f"absent {field.value}" for field in ntm.attendance.absent)
    yield from (_band(band) for band in ntm.bands)
    yield from (_assessment(one) for one in ntm.assessments)
    for fund in ntm.funding:
        yield f"fund {fund.source} | {fund.item or ''} = {fund.amount_vnd.value}" + _mark(fund.amount_vnd)


def _mark(*fields: Field[object] | None) -> str:
    return " ?" if any(field is not None and (field.review or field.confidence < 0.8) for field in fields) else ""


def _band(band: BandDraft) -> str:
    names = ", ".join(field.value.name for field in band.communes)
    count = band.count.value if band.count else None
    return f"band {band.target.value} {band.min}-{band.max} {count}: {names}" + _mark(band.count, *band.communes)


def _assessment(one: AssessmentDraft) -> str:
    head = f"assess {one.unit.value.name} {one.target.value.value} {one.outcome.value.value}"
    marks = _mark(one.unit, one.target, one.outcome, one.criteria_set, *one.criteria)
    if one.criteria_set is None:
        return head + marks
    counts = [one.stated.achieved, one.stated.not_achieved, one.stated.total]
    stated = "/".join(str(field.value) if field else "_" for field in counts)
    criteria = "".join(f" {'+' if c.value.status.value == 'achieved' else '-'}{c.value.number}" for c in one.criteria)
    return f"{head} {one.criteria_set.value} {stated}{criteria}" + marks


def kinds(lines: tuple[str, ...]) -> set[str]:
    """The first words of lines."""
    return {line.split()[0] for line in lines}


def differences(case: Case) -> list[str]:
    """What is missing (`-`) and what is too much (`+`), of the kinds that the case names."""
    named = kinds(case.want)
    got = [line for line in found(case) if line.split()[0] in named]
    want = [_expanded(line) for line in case.want if line.split()[1:] != ["-"]]
    return [f"- {line}" for line in want if line not in got] + [f"+ {line}" for line in got if line not in want]


def _expanded(line: str) -> str:
    """`+3-5` in an assessment says `+3 +4 +5`; criteria in order."""
    if not line.startswith("assess"):
        return line
    words, criteria = [], {}
    for word in line.split():
        first, dash, last = word[1:].partition("-")
        if word[0] in "+-" and first.isdigit():
            criteria.update(dict.fromkeys(range(int(first), int(last if dash else first) + 1), word[0]))
        else:
            words.append(word)
    marked = words[-1:] == ["?"]
    words = words[:-1] if marked else words
    return " ".join([*words, *(f"{criteria[n]}{n}" for n in sorted(criteria)), *(["?"] if marked else [])])
