"""The pages of one notice, laid out as Decree 30/2020 asks."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import handwriting
from press import DPI, FAMILIES, Placed, Press, Sheet, face, mm, words_of
from ruled import Ruled, Shape

Notice = dict[str, Any]                          # a parsed notice.toml


class NoticePress(Press):
    """Sets the boxes of one notice, from the letterhead to the signature."""

    def __init__(self, notice: Notice) -> None:
        form = notice["form"]
        super().__init__(form)
        self.notice = notice
        self.ink = handwriting.BLUE if form.get("ink", "blue") == "blue" else handwriting.BLACK
        self.rng = Random(form["seed"])  # noqa: S311 - accidents that repeat, no secrets
        self.shape = Shape(tuple(notice["body"].get("columns", [])))
        self.closed = False

    def block(self, line: str) -> None:
        """One block of the body, by its mark: `#` bold, `=` centred bold, `~` italic, `>` centred, else plain."""
        marks = {"#": ("b", False), "=": ("b", True), "~": ("i", False), ">": ("", True)}
        style, centred = marks.get(line[0], ("", False))
        self.paragraph(line.lstrip("#=~> ") if line[0] in marks else line, style, centred=centred)

    def body(self, text: str) -> None:
        """The body: one block a line, `|` lines a table, `!` lines a command."""
        cells: list[list[str]] = []
        for line in [*text.strip().splitlines(), ""]:
            if line.startswith("|"):
                cells.append([cell.strip() for cell in line[1:].removesuffix("|").split("|")])
                continue
            if cells:
                Ruled(self, cells, self.shape).draw()
                cells = []
            if line.startswith("!"):
                self.command(line[1:].strip())
            elif line.strip():
                self.block(line.strip())

    def command(self, line: str) -> None:
        """`table …` shapes the tables that follow; `page`, `landscape`, `closing` (the annex comes after it)."""
        name, _, rest = line.partition(" ")
        if name == "table":
            self.shape = Shape.of(rest)
        elif name == "closing":
            self.closing()
        else:
            self.new_page({"page": False, "landscape": True}[name])

    def rule(self, centre: float, y: float, length: float) -> None:
        self.draw.line((centre - length / 2, y, centre + length / 2, y), fill=(20, 20, 20), width=3)

    def letterhead(self) -> None:
        """Boxes 1 to 4: issuer and number left, the state's name, place and date right."""
        head = self.notice["letterhead"]
        west, east = self.left + (self.right - self.left) * 0.22, self.left + (self.right - self.left) * 0.715
        self.stamp(head.get("stamp", []))
        size = head.get("points", 12.5)
        left = [words_of(line, "b" if place >= len(head["issuer"]) - head.get("bold", 1) else "")
                for place, line in enumerate(head["issuer"])]
        party = head.get("party", False)
        right = [words_of("ĐẢNG CỘNG SẢN VIỆT NAM", "b")] if party else [
            words_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b"), words_of("Độc lập - Tự do - Hạnh phúc", "b")]
        sizes = [size + 1.5] if party else [size, size + 0.8]
        left += [[("*", "b")]] if party else []
        for place in range(max(len(left), 2)):
            y = self.y + place * self.leading
            if place < len(left):
                self.put(left[place], west, y, size, anchor="m")
            if place < len(right):
                self.put(right[place], east, y, sizes[place], anchor="m")
        if not party:
            self.rule(west, self.y + (len(left) - 1) * self.leading + mm(2), mm(24))
        self.rule(east, self.y + (len(right) - 1) * self.leading + mm(2), self.width(right[-1], sizes[-1]))
        self.y += max(len(left), 2) * self.leading + mm(3.5)
        self.numbered(west, size)
        self.dated(east, size)
        self.y += self.leading
        self.beside(west, size)
        self.y += mm(3)

    def numbered(self, centre: float, size: float) -> None:
        """Box 3: `Số: 12/TB-SNN`, of the Party `Số 12-TB/HU`; the figures by hand where the form says so."""
        head = self.notice["letterhead"]
        by_hand = "number" in head.get("by_hand", [])
        before, joint = ("Số", "-") if head.get("party") else ("Số:", "/")
        self._filled([before, joint + head["symbol"]], head["number"], by_hand, centre, "", size)

    def dated(self, centre: float, size: float) -> None:
        """Box 4: place and date in italics, the day by hand where the form says so."""
        head = self.notice["letterhead"]
        year, month, day = head["date"].split("-")
        month = month if int(month) < 3 else str(int(month))
        parts = [f"{head['place']}, ngày", f"tháng {month} năm {year}"]
        self._filled(parts, day, "day" in head.get("by_hand", []), centre, "i", size + 0.5,
                     smudged="day" in head.get("smudged", []))

    def _filled(self, parts: list[str], figures: str, by_hand: bool, centre: float, style: str, size: float,
                smudged: bool = False) -> None:
        joint = "" if parts[1][0] in "/-" else " "
        if not by_hand:
            self.put(words_of(f"{parts[0]} {figures}{joint}{parts[1]}", style), centre, self.y, size, anchor="m")
            return
        height = size * DPI / 72 * 0.95
        before, after = words_of(parts[0], style), words_of(parts[1], style)
        room = handwriting.figures_width(figures, height) + mm(3)
        x = centre - (self.width(before, size) + room + self.width(after, size)) / 2
        x = self.put(before, x, self.y, size)
        handwriting.write_figures(self.draw, figures, (x + mm(1.2), self.y), height, self.ink, self.rng)
        if smudged:
            box = (x + mm(0.6), self.y - height, x + room - mm(1), self.y + mm(0.5))
            handwriting.smudge(self.draw, box, self.ink, self.rng)
        self.sheet.placed.append(Placed(x + mm(1.2), self.y, figures))
        self.put(after, x + room, self.y, size)

    def beside(self, west: float, size: float) -> None:
        """Under the number: the trích yếu of a công văn (V/v) and the degree of urgency in its box."""
        head = self.notice["letterhead"]
        if "about" in head:
            for line in self.broken(words_of(head["about"]), (self.right - self.left) * 0.4, points=size - 0.5):
                self.put(line, west, self.y, size - 0.5, anchor="m")
                self.y += self.leading * 0.95
        if "urgency" in head:
            words = words_of(head["urgency"], "b")
            half = self.width(words, size + 1) / 2 + mm(3)
            self.y += mm(3)
            self.put(words, west, self.y, size + 1, anchor="m")
            self.draw.rectangle((west - half, self.y - mm(5.5), west + half, self.y + mm(2.2)),
                                outline=handwriting.RED, width=6)
            self.y += self.leading

    def stamp(self, lines: Sequence[str]) -> None:
        """The mark of a digital signature: small lines at the upper edge."""
        font = face(self.family, "sans", 7)
        for place, line in enumerate(lines):
            at = (self.right - mm(52), mm(8) + place * mm(3.1))
            self.draw.text(at, line, font=font, fill=(40, 60, 170), anchor="ls")
            self.sheet.placed.append(Placed(*at, line))

    def title(self) -> None:
        """Box 5a: the type's name and the trích yếu, centred, with a rule below."""
        lines = self.notice.get("title", {}).get("lines", [])
        for line in lines:
            self.put(words_of(line, "b"), (self.left + self.right) / 2, self.y, self.points + 0.5, anchor="m")
            self.y += self.leading
        if lines:
            self.rule((self.left + self.right) / 2, self.y - self.leading + mm(2.2), mm(32))
            self.y += mm(5)

    def addressed(self) -> None:
        """Box 9a: Kính gửi, in one line or as a list."""
        to = self.notice.get("addressed", {}).get("lines", [])
        if len(to) == 1:
            self.y += self.gap
            self.paragraph("Kính gửi: " + to[0], centred=True)
        elif to:
            self.y += self.gap
            x = self.left + mm(32)
            x = round(self.put(words_of("Kính gửi:"), x, self.y)) + mm(4)
            self.y += self.leading
            for line in to:
                self.put(words_of(line), x, self.y)
                self.y += self.leading
            self.y += self.gap

    def closing(self) -> None:
        """Boxes 7 to 9b: recipients left, the signature with seal right; kept on one page."""
        closing, self.closed = self.notice["closing"], True
        size, step = closing.get("points", 11), self.leading * 0.84
        wide = (self.right - self.left) * closing.get("share", 0.46)
        listed = [line for entry in closing["recipients"] for line in self.broken(words_of(entry), wide, points=size)]
        high = max(step * (len(listed) + 1), self.leading * len(closing["titles"]) + mm(43))
        if self.y + high > self.bottom + mm(6):
            self.new_page()
        self.y += mm(2)
        self.put(words_of("Nơi nhận:", "bi"), self.left, self.y, size + 1)
        for place, line in enumerate(listed, 1):
            self.put(line, self.left, self.y + place * step, size)
        self._signature(closing, self.left + (self.right - self.left) * 0.74)

    def _signature(self, closing: dict[str, Any], centre: float) -> None:
        y = self.y
        for line in closing["titles"]:
            self.put(words_of(line, "b"), centre, y, anchor="m")
            y += self.leading
        low = 0 if closing.get("overlapped") else 2                 # overlapped: the seal lies on title and name
        name = y + mm(28.5 + 2 * low)
        self.put(words_of(closing["name"], "b"), centre, name, anchor="m")
        ink = handwriting.BLUE if closing.get("ink", "blue") == "blue" else handwriting.BLACK
        handwriting.sign(self.draw, (centre - mm(20), y - mm(2), centre + mm(30), y + mm(22)), ink, self.rng)
        if closing.get("seal", True):
            at = (centre - mm(19), y + mm(9.5 + low))
            self.sheet.image = handwriting.seal(self.sheet.image, at, mm(17.5), "VĂN BẢN MẪU ★ KHÔNG CÓ GIÁ TRỊ ★ ",
                                                str(FAMILIES["liberation"]["b"]), self.rng)


def render(notice: Notice) -> list[Sheet]:
    """The pages of a parsed notice.toml."""
    press = NoticePress(notice)
    press.letterhead()
    press.title()
    press.addressed()
    press.body(notice["body"]["text"])
    if not press.closed:
        press.closing()
    return press.sheets


def truth(notice: Notice, sheets: Sequence[Sheet]) -> str:
    """The true text of all pages, each closed by a form feed."""
    leading = NoticePress(notice).leading
    return "".join(sheet.text(leading) + "\f" for sheet in sheets)
