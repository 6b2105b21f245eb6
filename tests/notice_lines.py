"""Cases of whole notices as data, read by the public way: a text in, the lines of its document out.

A case gives a `page` as a dump has it (`wrap`: its long lines still to be broken), or `issuer` (`parent`: the line
above), `date`, `subject` and `body`; `want` is

    number 45 · symbol TB-UBND · type thong_bao · date 2023-12-28 · place … · issuer … · issuer_parent … · subject …
    addressed_to … · urgency … · secrecy … · name … · title … · authority KT · for_title …   (these four: the signer)
    recipient NAME | PURPOSE · filing VT · cite type | code or law | date | issuer | role    (`-` for what is null)
    province Lạng Sơn 20 · district Bắc Sơn 185 · year … · period … · inspected_on … · as_of … · communes_total …
    average_criteria … · present … · absent … · band ntm 15-18 6: Tân Lập, Hưng Vũ · fund source | item = 1250000000
    assess Long Đống ntm assessed xa-ntm-2021-2025 14/5/19 +1-4 -5 · deadline 2023-12-15 · none

A kind that is not named is not compared; `band -` says that there is none, `none` that nothing is said about the
programme. A `?` behind a line says that it must be marked for review. Letter case, tone style and blanks around dashes
are no difference.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import textwrap
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.notice import Assessment, Band, Citation, Notice
from pipeline import read_notice

FOLDER = Path(__file__).parent / "cases"
_PARTS = ("number", "symbol", "type", "date", "place", "issuer", "issuer_parent", "subject", "urgency", "secrecy")
_SCALARS = ("year", "period", "inspected_on", "as_of", "communes_total", "average_criteria")
_SIGNER = ("name", "title", "authority", "for_title")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Case:
    ident: str
    page: str
    want: tuple[str, ...]
    dump: bool
    """Is the page a wrecked dump? Then a mark is never one too many."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a document, and whether the document marks it for review."""

    said: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case, of the kinds that it names."""

    right: tuple[str, ...]
    missing: tuple[str, ...]
    wrong: tuple[Line, ...]
    doubted: tuple[str, ...]
    """Right, but marked for review without need."""

    @property
    def flaws(self) -> list[str]:
        """What a strict test complains of, a line each."""
        wrong = [f"+ {line.said}{' ?' if line.marked else ''}" for line in self.wrong]
        return [*(f"- {said}" for said in self.missing), *wrong, *(f"? {said}" for said in self.doubted)]


def cases(name: str) -> list[Case]:
    """The cases of one file of `tests/cases`."""
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return [_case(row) for row in data["case"]]


def outcome(case: Case) -> Outcome:
    """A case is read, and what comes out is held against what it wants."""
    want = {_folded(_expanded(line)): line for line in case.want if line.split()[1:] != ["-"]}
    named = {line.split()[0] for line in case.want}
    got = {_folded(line.said): line for line in lines(read_page(case.page)) if line.said.split()[0] in named}
    must = {key.removesuffix(" ?"): key.endswith(" ?") for key in want}
    right = {key for key in must if key in got and (got[key].marked or not must[key])}
    missing = [line for key, line in want.items() if key.removesuffix(" ?") not in right]
    wrong = [line for key, line in got.items() if key not in right]
    doubted = [got[key].said for key in right if got[key].marked and not must[key] and not case.dump]
    return Outcome(tuple(sorted(right)), tuple(missing), tuple(wrong), tuple(sorted(doubted)))


@cache
def read_page(page: str) -> Notice:
    """A text as the program reads a dump file of that text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "case.txt")
        path.write_text(page, "utf-8")
        return read_notice(path)


def lines(notice: Notice) -> Iterator[Line]:
    """A document as lines, all kinds."""
    marked = {pointer for pointer, entry in notice.evidence.items() if entry.review}
    for pointers, said in (*_of_document(notice), *_of_citations(notice), *_of_ntm(notice)):
        yield Line(said, any(at == pointer or at.startswith(f"{pointer}/") for pointer in pointers for at in marked))


def _case(row: dict[str, object]) -> Case:
    page = _typed(row) if "page" in row else _page(row)
    want = tuple(filter(None, str(row["want"]).split("\n")))
    return Case(str(row["id"]), page.strip("\n"), want, bool(row.get("dump", False)))


def _typed(row: dict[str, object]) -> str:
    """A page as the case gives it; with `wrap` its long lines are broken as on paper, with nothing between."""
    page = str(row["page"])
    if not row.get("wrap"):
        return page
    return "\n".join(textwrap.fill(line, 92, break_on_hyphens=False) for line in page.split("\n"))


def _page(row: dict[str, object]) -> str:
    issuer, parent, date = str(row["issuer"]), str(row.get("parent", "")), row["date"]
    assert isinstance(date, dt.date)
    left = [parent.upper(), issuer.upper()] if parent else [issuer.upper(), ""]
    place = _place(parent or issuer)
    rows = [f"{left[0]} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"{left[1]} Độc lập - Tự do - Hạnh phúc".strip()]
    rows += [f"Số: 127/TB-VP {place}, ngày {date:%d} tháng {date:%m} năm {date.year}", "", "THÔNG BÁO"]
    rows += [*textwrap.wrap(str(row["subject"]), 60), ""]
    for paragraph in str(row["body"]).strip().split("\n"):
        rows += [*textwrap.wrap(paragraph, 86), ""]
    return "\n".join(
        [*rows, "Nơi nhận: KT. CHÁNH VĂN PHÒNG", "- Như trên; PHÓ CHÁNH VĂN PHÒNG", "- Lưu: VT.", "Lò Văn Thử"]
    )


def _place(issuer: str) -> str:
    for word in (" huyện ", " tỉnh ", " thành phố "):
        if word in issuer:
            return issuer.rpartition(word)[2]
    return "Hà Nội"


_Said = tuple[tuple[str, ...], str]


def _of_document(notice: Notice) -> Iterator[_Said]:
    document = notice.document
    for name in _PARTS:
        if (value := getattr(document, name)) is not None:
            yield (f"/document/{name}",), f"{name} {value}"
    for name in _SIGNER:
        if (value := getattr(document.signer, name)) is not None:
            yield (f"/document/signer/{name}",), f"{name} {value}"
    for i, name in enumerate(document.addressed_to):
        yield (f"/document/addressed_to/{i}",), f"addressed_to {name}"
    for i, one in enumerate(document.recipients):
        yield (f"/document/recipients/{i}",), f"recipient {one.name} | {one.purpose or '-'}"
    for i, unit in enumerate(document.filing):
        yield (f"/document/filing/{i}",), f"filing {unit}"
    for i, task in enumerate(notice.tasks):
        if task.deadline:
            yield (f"/tasks/{i}",), f"deadline {task.deadline}"


def _of_citations(notice: Notice) -> Iterator[_Said]:
    for i, one in enumerate(notice.citations):
        yield (f"/citations/{i}",), f"cite {_citation(one)}"


def _citation(one: Citation) -> str:
    name = one.code or one.subject or "-"
    return " | ".join([one.type, name, str(one.date or "-"), one.issuer or "-", one.role.value])


def _of_ntm(notice: Notice) -> Iterator[_Said]:
    ntm = notice.ntm
    if ntm is None:
        yield (), "none"
        return
    for name in ("province", "district"):
        if (unit := getattr(ntm, name)) is not None:
            yield (f"/ntm/{name}",), f"{name} {unit.name} {unit.code}"
    for name in _SCALARS:
        if (value := getattr(ntm, name)) is not None:
            yield (f"/ntm/{name}",), f"{name} {value}"
    for kind in ("present", "absent"):
        for i, body in enumerate(getattr(ntm.attendance, kind)):
            yield (f"/ntm/attendance/{kind}/{i}",), f"{kind} {body}"
    yield from (((f"/ntm/bands/{i}",), _band(band)) for i, band in enumerate(ntm.bands))
    yield from (((f"/ntm/assessments/{i}",), _assessment(one)) for i, one in enumerate(ntm.assessments))
    for i, fund in enumerate(ntm.funding):
        yield (f"/ntm/funding/{i}",), f"fund {fund.source} | {fund.item or ''} = {fund.amount_vnd}"


def _band(band: Band) -> str:
    return (
        f"band {band.target.value} {band.min}-{band.max} {band.count}: {', '.join(unit.name for unit in band.communes)}"
    )


def _assessment(one: Assessment) -> str:
    head = f"assess {one.unit.name} {one.target.value} {one.outcome.value}"
    if one.criteria_set is None:
        return head
    counts = (one.stated.achieved, one.stated.not_achieved, one.stated.total)
    stated = "/".join("_" if count is None else str(count) for count in counts)
    criteria = "".join(f" {'+' if c.status.value == 'achieved' else '-'}{c.number}" for c in one.criteria)
    return f"{head} {one.criteria_set} {stated}{criteria}"


def _expanded(line: str) -> str:
    """`+3-5` in an assessment says `+3 +4 +5`; criteria in order."""
    if not line.startswith("assess"):
        return line
    words, criteria = [], {}
    for word in line.removesuffix("?").split():
        first, dash, last = word[1:].partition("-")
        if word[0] in "+-" and first.isdigit():
            criteria.update(dict.fromkeys(range(int(first), int(last if dash else first) + 1), word[0]))
        else:
            words.append(word)
    told = [*words, *(f"{criteria[number]}{number}" for number in sorted(criteria))]
    return " ".join([*told, "?"] if line.endswith("?") else told)


def _folded(said: str) -> str:
    """Without what no reader would call a difference: letter case, tone style, blanks around dashes."""
    words = " ".join(said.replace("–", "-").split()).casefold().replace(" - ", "-").rstrip(" :")
    return " ".join(_plain_tone(word) for word in words.split(" "))


def _plain_tone(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones
