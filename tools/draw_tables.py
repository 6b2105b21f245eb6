#!/usr/bin/env python3
"""Draw ruled tables with known cells, wear them as scanners and copiers do, and measure how their cells are read.

    python tools/draw_tables.py draw FOLDER [--first N] [--count N] [--half write|judge]
    python tools/draw_tables.py measure|facts [--half write|judge] [--count N] [--level NAME]

Seeds of even numbers are for writing rules, odd ones only for judging. Needs the fonts of tools/press.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import cv2
import degrade
import numpy as np
import press
from numpy.typing import NDArray
from PIL import Image, ImageDraw

DPI = 300
LEFT, ABOVE, TURNED = "<", "^", "|"  # joined to the cell on the left, above; `|text` runs upwards
Truth = tuple[tuple[int, int, int, int, str], ...]  # row, column, rows, columns, text
COMMUNES = ("Tân Lập", "Vũ Sơn", "Bắc Quỳnh", "Long Đống", "Chiến Thắng", "Nhất Hòa", "Đồng Ý", "Tân Tri", "Vạn Thủy",
            "Hưng Vũ", "Trấn Yên", "Nhất Tiến", "Tân Thành", "Vũ Lăng", "Vũ Lễ", "Chiêu Vũ", "Tân Hương")  # fmt: skip
CRITERIA = ("Quy hoạch", "Giao thông", "Thủy lợi và phòng, chống thiên tai", "Điện", "Trường học",
            "Cơ sở vật chất văn hóa", "Cơ sở hạ tầng thương mại nông thôn", "Thông tin và Truyền thông",
            "Nhà ở dân cư", "Thu nhập", "Nghèo đa chiều", "Lao động",
            "Tổ chức sản xuất và phát triển kinh tế nông thôn",
            "Giáo dục và Đào tạo", "Y tế", "Văn hóa", "Môi trường và an toàn thực phẩm",
            "Hệ thống chính trị và tiếp cận pháp luật", "Quốc phòng và An ninh")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page with one table: the image, the table's text by cells, and the words above and below it."""

    image: Image.Image
    truth: Truth
    kind: str
    above: tuple[str, ...]
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wear:
    """How a page is worn: dots an inch, degrees, share of rules that is gone, grain, grey of the rules."""

    dpi: int
    skew: float
    broken: float
    grain: float
    blur: float


LEVELS = {
    "clean": Wear(200, 0.0, 0.0, 1.0, 0.3),
    "light": Wear(250, 0.5, 0.0, 2.5, 0.45),
    "medium": Wear(200, 1.5, 0.05, 4.0, 0.75),
    "skewed": Wear(200, 3.0, 0.0, 3.0, 0.6),
    "broken": Wear(200, 0.7, 0.15, 4.0, 0.7),
    "coarse": Wear(150, 0.8, 0.08, 5.0, 0.6),
    "copied": Wear(150, 0.0, 0.0, 0.0, 0.0),  # tools/degrade.py's photocopy of a photocopy
}


def annex(rng: Random) -> tuple[list[list[str]], list[float], str, int]:
    """Communes by 19 criteria: cells, widths in mm, legend, header rows."""
    mark, legend = rng.choice([("x", "Ghi chú: x: đạt"), ("X", "X: Đạt; ô trống: chưa đạt"), ("+", "(+): đạt"),
                               ("đạt", ""), ("Đ", "Đ: đạt; trống: chưa đạt"),
                               ("✓", "Ghi chú: ✓ là tiêu chí đạt")])  # fmt: skip
    off = rng.choice(["", "", "", "-", "0"]) if mark != "đạt" else ""
    width = 12.0 if mark == "đạt" else 8.5
    style = rng.choice(["number", "TC", "name", "two"])
    heads = [
        f"TC{n}" if style == "TC" else f"{TURNED}{CRITERIA[n - 1]}" if style == "name" else str(n) for n in range(1, 20)
    ]
    total = rng.choice(["Tổng số tiêu chí đạt", "Tổng cộng", "Số tiêu chí đạt"])
    rows: list[list[str]] = []
    if style == "two":
        rows.append(["TT", "Tên xã", "Kết quả thực hiện 19 tiêu chí", *[LEFT] * 18, total])
        rows.append([ABOVE, ABOVE, *heads, ABOVE])
    else:
        rows.append(["TT", "Tên xã", *heads, total])
    sums = [0] * 19
    for place, name in enumerate(rng.sample(COMMUNES, rng.randint(6, 14)), 1):
        marks = [rng.random() < 0.7 for _ in range(19)]
        sums = [s + m for s, m in zip(sums, marks, strict=True)]
        rows.append([str(place), name, *(mark if m else off for m in marks), str(sum(marks))])
    rows.append(["", "Tổng cộng", *map(str, sums), str(sum(sums))])
    return rows, [9.0, 27.0, *[width] * 19, 18.0], legend, 2 if style == "two" else 1


def turned_annex(rng: Random) -> tuple[list[list[str]], list[float], str, int]:
    """Criteria by communes, marks or words."""
    names = rng.sample(COMMUNES, rng.randint(2, 5))
    yes, no = rng.choice([("Đạt", "Chưa đạt"), ("x", ""), ("Đ", "CĐ"), ("+", "-")])
    legend = {"x": "x: đạt", "Đ": "Đ: đạt; CĐ: chưa đạt", "+": "Ghi chú: +: đạt; -: chưa đạt"}.get(yes, "")
    rows = [["TT", "Tiêu chí", *(f"Xã {name}" for name in names)]]
    sums = [0] * len(names)
    for number, title in enumerate(CRITERIA, 1):
        marks = [rng.random() < 0.75 for _ in names]
        sums = [s + m for s, m in zip(sums, marks, strict=True)]
        rows.append([str(number), title, *(yes if m else no for m in marks)])
    rows.append(["", "Tổng số tiêu chí đạt", *(f"{s}/19" for s in sums)])
    return rows, [10.0, 60.0, *[95.0 / len(names)] * len(names)], legend, 1


def bands(rng: Random) -> tuple[list[list[str]], list[float], str, int]:
    """Communes by how many criteria they reach."""
    names = rng.sample(COMMUNES, 12)
    cuts = sorted(rng.sample(range(1, 12), 3))
    parts = [names[a:b] for a, b in zip([0, *cuts], [*cuts, 12], strict=True)]
    labels = ["19 tiêu chí", "15 - 18 tiêu chí", "10 - 14 tiêu chí", "Dưới 10 tiêu chí"]
    rows = [["TT", "Nhóm xã", "Số xã", "Tên xã"]]
    rows += [[str(k), label, f"{len(part):02}", ", ".join(part)]
             for k, (label, part) in enumerate(zip(labels, parts, strict=True), 1)]  # fmt: skip
    rows.append(["", "Tổng cộng", "12", ""])
    return rows, [10.0, 45.0, 18.0, 92.0], "", 1


def funding(rng: Random) -> tuple[list[list[str]], list[float], str, int]:
    """Sources and amounts in million đồng."""
    sources = ["Ngân sách Trung ương", "Ngân sách tỉnh", "Ngân sách huyện", "Vốn lồng ghép", "Vốn tín dụng",
               "Doanh nghiệp", "Nhân dân đóng góp"]  # fmt: skip
    amounts = [rng.randint(300, 98000) for _ in sources]
    rows = [["TT", "Nguồn vốn", "Số tiền (triệu đồng)", "Ghi chú"]]
    rows += [[str(k), name, f"{amount:,}".replace(",", "."), ""]
             for k, (name, amount) in enumerate(zip(sources, amounts, strict=True), 1)]  # fmt: skip
    rows.append(["", "Tổng cộng", f"{sum(amounts):,}".replace(",", "."), ""])
    return rows, [10.0, 70.0, 45.0, 35.0], "", 1


KINDS = {"annex": annex, "turned": turned_annex, "bands": bands, "funding": funding}


def draw(seed: int, broken: float = 0.0) -> Drawn:
    """The page of a seed at 300 dpi; `broken`: share of each rule that is missing."""
    rng = Random(seed)  # noqa: S311 - accidents that repeat, no secrets
    kind = ("annex", "turned", "bands", "funding", "annex")[seed // 2 % 5]
    rows, widths, legend, heads = KINDS[kind](rng)
    size = (3508, 2480) if kind == "annex" else (2480, 3508)
    image = Image.new("RGB", size, "white")
    pen = _Pen(image, rng.choice(list(press.FAMILIES)), 10.0 if kind == "annex" else 12.0, rng)
    above = ("PHỤ LỤC", "Kết quả thực hiện các tiêu chí nông thôn mới", "(Kèm theo Báo cáo số 21/BC-UBND)")
    for place, line in enumerate(above):
        pen.line(line, 300 + place * 70)
    truth, foot = pen.table(rows, widths, 520, heads, broken)
    below = (legend,) if legend else ()
    for line in below:
        pen.line(line, foot + 90, left=True)
    return Drawn(image, truth, kind, above, below)


@dataclass(slots=True)
class _Pen:
    """Draws text and rules on one page."""

    image: Image.Image
    family: str
    points: float
    rng: Random

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def line(self, text: str, y: int, *, left: bool = False) -> None:
        at = (200, y) if left else (self.image.width / 2, y)
        self.draw.text(at, text, font=press.face(self.family, "", self.points), fill=(15, 15, 15),
                       anchor="ls" if left else "ms")  # fmt: skip

    def table(
        self, rows: list[list[str]], widths: list[float], top: int, heads: int, broken: float
    ) -> tuple[Truth, int]:
        """Draw cells and rules; the truth and where the table ends."""
        xs = [round((self.image.width - press.mm(sum(widths))) / 2)]
        for width in widths:
            xs.append(xs[-1] + press.mm(width))
        joined = _joined(rows)
        ys = [top]
        for index in range(len(rows)):
            ys.append(ys[-1] + self._height(index, joined, xs))
        wide = self.rng.choice([2, 2, 3, 4])
        for row, column, high, across, text in joined:
            box = (xs[column], ys[row], xs[column + across], ys[row + high])
            self._cell(text, box, bold=row < heads, centred=across == 1 and xs[column + 1] - xs[column] < press.mm(40))
            self._frame(box, wide, broken)
        return tuple((r, c, h, w, text.removeprefix(TURNED)) for r, c, h, w, text in joined), ys[-1]

    def _height(self, index: int, joined: Truth, xs: list[int]) -> int:
        need = [press.mm(6.2)]
        for row, column, high, across, text in joined:
            if row == index and high == 1:
                if text.startswith(TURNED):
                    need.append(
                        min(
                            press.mm(48), max(self._length(line) for line in self._turned_lines(text, xs, column)) + 40
                        )
                    )
                else:
                    need.append(len(self._wrapped(text, xs[column + across] - xs[column] - 30)) * self._step() + 26)
        return round(max(need))

    def _turned_lines(self, text: str, xs: list[int], column: int) -> list[str]:
        room = press.mm(44)
        del xs, column
        return self._wrapped(text.removeprefix(TURNED), room)

    def _length(self, text: str) -> int:
        return round(press.face(self.family, "b", self.points).getlength(text))

    def _step(self) -> int:
        return round(self.points * DPI / 72 * 1.2)

    def _wrapped(self, text: str, room: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            if lines and self._length(f"{lines[-1]} {word}") <= room:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines or [""]

    def _cell(self, text: str, box: tuple[int, int, int, int], *, bold: bool, centred: bool) -> None:
        left, top, right, bottom = box
        if text.startswith(TURNED):
            plate = Image.new("RGB", (bottom - top - 8, right - left - 8), "white")
            pen = _Pen(plate, self.family, self.points - 1.5, self.rng)
            pen._cell(text.removeprefix(TURNED), (0, 0, *plate.size), bold=bold, centred=True)
            self.image.paste(plate.rotate(90, expand=True), (left + 4, top + 4))
            return
        family, style = self.family, "b" if bold else ""
        font = press.face(family, style, self.points)
        if text == "✓":
            self._tick((left + right) // 2, (top + bottom) // 2)
            return
        lines = self._wrapped(text, right - left - 30)
        y = (top + bottom) / 2 - (len(lines) - 1) * self._step() / 2 + self.points * DPI / 72 * 0.34
        for line in lines:
            at = ((left + right) / 2, y) if centred or bold else (left + 18, y)
            self.draw.text(at, line, font=font, fill=(15, 15, 15), anchor="ms" if centred or bold else "ls")
            y += self._step()

    def _tick(self, x: int, y: int) -> None:
        self.draw.line((x - 16, y, x - 4, y + 16, x + 20, y - 18), fill=(15, 15, 15), width=6)

    def _frame(self, box: tuple[int, int, int, int], wide: int, broken: float) -> None:
        left, top, right, bottom = box
        for a, b in (((left, top), (right, top)), ((left, bottom), (right, bottom)),
                     ((left, top), (left, bottom)), ((right, top), (right, bottom))):  # fmt: skip
            self.draw.line((*a, *b), fill=(15, 15, 15), width=wide)
        if broken:
            self._gaps(box, wide, broken)

    def _gaps(self, box: tuple[int, int, int, int], wide: int, broken: float) -> None:
        """Paper over pieces of the left and upper rule, as a copier loses them."""
        left, top, right, bottom = box
        for start, end, upright in ((top, bottom, True), (left, right, False)):
            for at in range(start, end, 12):
                if self.rng.random() < broken / 2:
                    long = self.rng.randint(6, 22)
                    area = (
                        (left - wide, at, left + wide, at + long)
                        if upright
                        else (at, top - wide, at + long, top + wide)
                    )
                    self.draw.rectangle(area, fill=(255, 255, 255))


def _joined(rows: list[list[str]]) -> Truth:
    """Cells with their spans from `<` and `^`."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (LEFT, ABOVE):
                continue
            wide = 1
            while c + wide < len(row) and row[c + wide] == LEFT:
                wide += 1
            high = 1
            while r + high < len(rows) and rows[r + high][c] == ABOVE:
                high += 1
            cells.append((r, c, high, wide, text))
    return tuple(cells)


def worn(image: Image.Image, how: Wear, seed: int) -> NDArray[Any]:
    """The page in grey as this wear leaves it."""
    rng = np.random.default_rng(seed)
    if how is LEVELS["copied"]:
        copied: NDArray[Any] = degrade.heavy(np.asarray(image), None, rng)
        return copied
    page = cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2GRAY)
    if how.skew:
        high, wide = page.shape
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), how.skew * float(rng.choice([-1, 1])), 1)
        page = cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250))
    ratio = how.dpi / DPI
    page = cv2.resize(page, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA)
    page = cv2.GaussianBlur(page, (0, 0), how.blur)
    grained: NDArray[Any] = np.clip(page * 0.96 + rng.normal(0, how.grain, page.shape), 0, 255).astype(np.uint8)
    return grained


@dataclass(frozen=True, slots=True)
class Score:
    """Cells there are, cells of right place and span, cells whose text is right; marks and empty ones, those right."""

    cells: int = 0
    placed: int = 0
    right: int = 0
    lone: int = 0
    lone_right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(_values(self), _values(other), strict=True)))

    def __str__(self) -> str:
        return (f"{self.cells} cells, place {100 * self.placed / max(1, self.cells):.2f} %, text "
                f"{100 * self.right / max(1, self.cells):.2f} %; marks and empty {self.lone}, right "
                f"{100 * self.lone_right / max(1, self.lone):.2f} %")  # fmt: skip


def _values(score: Score) -> tuple[int, ...]:
    return score.cells, score.placed, score.right, score.lone, score.lone_right


def read(drawn: Drawn, seed: int, level: str) -> Any:  # noqa: ANN401 - a Page; this tool's types are not the project's
    """The page as the project reads it at a level."""
    from ocr.read import read_pages
    from ocr.source import identify

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        Image.fromarray(worn(drawn.image, LEVELS[level], seed)).save(path, dpi=(LEVELS[level].dpi,) * 2)
        return next(iter(read_pages(identify(path))))


def measure(seed: int, level: str, *, show: bool = False) -> Score:
    """Draw, wear and read one table; `show` prints the cells that are wrong."""
    drawn = draw(seed, LEVELS[level].broken)
    page = read(drawn, seed, level)
    cells = {(c.row, c.column, c.rows, c.columns): c for t in page.tables[:1] for c in t.cells}
    score = Score()
    for *place, text in drawn.truth:
        cell = cells.get(tuple(place))
        right = cell is not None and not cell.unread and cell.text == text.removeprefix(TURNED)
        lone = len(text) < 2 and not text.isdigit()
        right = right or (lone and cell is not None and cell.text.lower() == text.lower() and not cell.unread)
        score += Score(1, cell is not None, right, lone, lone and right)
        if show and not right:
            print(f"  {drawn.kind} {level} {place}: {text!r} read {cell.text if cell else None!r}")
    return score


def told(seed: int, level: str, *, show: bool = False) -> Counter[str]:
    """What a notice with this table as its annex is read to say: facts right, missing, wrong ones by being marked."""
    from ocr.formats.dump import read_dump_page
    from tests.ruled_notices import LETTER, noticed

    drawn = draw(seed, LEVELS[level].broken)
    made = noticed([read_dump_page(LETTER, 1), _numbered(read(drawn, seed, level), 2)])
    want, got = _true_facts(drawn), _read_facts(made.model_dump(mode="json"))
    count: Counter[str] = Counter()
    for key in sorted(want.keys() | got.keys(), key=str):
        value, marked = got.get(key, (None, False))
        right = value == want.get(key)
        outcome = "missing" if value is None else ("right" if right else "wrong") + (" marked" if marked else "")
        count[outcome] += 1
        if show and outcome != "right":
            print(f"  {seed} {drawn.kind} {level} {key}: {want.get(key)} read {value} {'marked' if marked else ''}")
    return count


def _numbered_table(table: Any, number: int) -> Any:  # noqa: ANN401
    cells = tuple(replace(c, words=tuple(replace(w, page=number) for w in c.words)) for c in table.cells)
    return replace(table, page=number, cells=cells)


def _numbered(page: Any, number: int) -> Any:  # noqa: ANN401
    lines = tuple(replace(line, words=tuple(replace(w, page=number) for w in line.words)) for line in page.lines)
    tables = tuple(_numbered_table(table, number) for table in page.tables)
    return replace(page, number=number, lines=lines, tables=tables)


def _true_facts(drawn: Drawn) -> dict[tuple[str, ...], str]:
    """What the drawn table says: (commune, criterion) → status, (commune, total), (band, commune), source → amount."""
    rows: dict[int, dict[int, str]] = {}
    for r, c, _, _, text in drawn.truth:
        rows.setdefault(r, {})[c] = text.removeprefix(TURNED)
    table = [[row.get(c, "") for c in range(max(max(r) for r in rows.values()) + 1)] for _, row in sorted(rows.items())]
    if drawn.kind == "turned":
        table = [list(column) for column in zip(*table, strict=True)]
        table = [["", row[0].removeprefix("Xã "), *row[1:]] for row in table[2:]]
    facts: dict[tuple[str, ...], str] = {}
    if drawn.kind in ("annex", "turned"):
        for row in table:
            if row[1] in COMMUNES:
                for n in range(1, 20):
                    yes = row[n + 1].lower() in ("x", "+", "đạt", "đ", "✓")
                    facts[row[1], str(n)] = "achieved" if yes else "not_achieved"
                facts[row[1], "total"] = row[21].split("/")[0]
    for row in table:
        if drawn.kind == "bands" and row[2].isdigit() and row[3]:
            facts["band", row[1].replace(" tiêu chí", "")] = row[2] + " " + ", ".join(sorted(row[3].split(", ")))
        if drawn.kind == "funding" and row[0].isdigit():
            facts["funding", row[1]] = row[2].replace(".", "") + "000000"
    return facts


def _read_facts(notice: dict[str, Any]) -> dict[tuple[str, ...], tuple[str, bool]]:
    """The same of a notice document, with whether each is marked for review."""
    ntm, marked = notice["ntm"] or {}, {p for p, e in notice["evidence"].items() if e["review"]}
    facts: dict[tuple[str, ...], tuple[str, bool]] = {}
    for i, one in enumerate(ntm.get("assessments", ())):
        at, name = f"/ntm/assessments/{i}", one["unit"]["name"]
        for j, criterion in enumerate(one["criteria"]):
            facts[name, str(criterion["number"])] = criterion["status"], f"{at}/criteria/{j}" in marked
        if one["stated"]["achieved"] is not None:
            facts[name, "total"] = str(one["stated"]["achieved"]), f"{at}/stated/achieved" in marked
    for i, band in enumerate(ntm.get("bands", ())):
        low, high = band["min"], band["max"]
        label = f"Dưới {high + 1}" if low == 0 else str(low) if low == high else f"{low} - {high}"
        names = ", ".join(sorted(unit["name"] for unit in band["communes"]))
        inside = {p for p in marked if p.startswith(f"/ntm/bands/{i}/")}
        facts["band", label] = f"{band['count'] or 0:02} {names}", bool(inside)
    for i, entry in enumerate(ntm.get("funding", ())):
        facts["funding", entry["source"] or ""] = str(entry["amount_vnd"]), f"/ntm/funding/{i}/amount_vnd" in marked
    return facts


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=("draw", "measure", "facts"))
    ask.add_argument("folder", nargs="?", type=Path)
    ask.add_argument("--half", choices=("write", "judge"), default="write")
    ask.add_argument("--first", type=int, default=0)
    ask.add_argument("--count", type=int, default=5)
    ask.add_argument("--level", choices=tuple(LEVELS))
    ask.add_argument("--show", action="store_true", help="print what was misread; not for the judging half")
    asked = ask.parse_args()
    seeds = [2 * k + (asked.half == "judge") for k in range(asked.first, asked.first + asked.count)]
    for level in [asked.level] if asked.level else LEVELS:
        total = Score()
        if asked.what == "facts":
            facts = sum((told(seed, level, show=asked.show and asked.half == "write") for seed in seeds), Counter())
            print(f"{level}: {dict(sorted(facts.items()))}", flush=True)
            continue
        for seed in seeds:
            if asked.what == "measure":
                total += measure(seed, level, show=asked.show and asked.half == "write")
            else:
                page = worn(draw(seed, LEVELS[level].broken).image, LEVELS[level], seed)
                cv2.imwrite(str(asked.folder / f"{seed}-{level}.png"), page)
        if asked.what == "measure":
            print(f"{level}: {total}", flush=True)
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
