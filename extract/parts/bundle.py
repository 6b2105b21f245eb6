"""One file, several notices: where the next one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.parts.enclosures import Heading, encloses
from normalize.fold import fold
from normalize.lexicon.types import type_of_symbol
from ocr.page import Page, Region

_STATE = "cong hoa xa hoi chu nghia viet nam"
_MOTTO = "doc lap - tu do - hanh phuc"
_HEAD = 15  # lines of a page that may hold a letterhead; real ones take 4 to 8
_LIKE = 85  # of 100: "CONG HOA XA HQI CHU NGHIA VIET NAM" has 97, other headings stay under 60
_SAME = 75  # of 100: "STNMT" read as "STNMI" has 80
# Số: 316 /TB-STNMT · S6: 305 /BC-UBND
_NUMBER = re.compile(
    r"^\W*[Ss58]\S{0,3}\s*[:;.]?\s*(?P<number>[^\n]{0,14}?)/+\s*(?P<symbol>[A-ZĐ][\w&]*(?:\s?[-–]\s?[\w&]+)+)"
)
# Mẫu số 01 · PHỤ LỤC I · (Kèm theo Công văn số 42/SNV-TH): what stands under it is no letterhead but a form's
_ANNEXED = re.compile(r"\W*(mau (so|bieu|\d)|phu luc|bieu (so|mau|\d)|phu bieu)|\W*(ban hanh )?kem theo\b")
_PARTY = "dang cong san viet nam"  # in the state's place on papers of the Party
# Số 1286-CV/HU · Số: 54 - KL/TU: the type stands before the stroke there
_PARTY_NUMBER = re.compile(
    r"^\W*[Ss58]\S{0,3}\s*[:;.]?\s*(?P<number>[\dOoIlS.]{0,6})[\s–-]*(?P<type>[A-ZĐ]\w{0,5})?\s*/+\s*(?P<office>[A-ZĐ]{2,})"
)
_RECIPIENTS = re.compile(r"\bn[o0]i\s?nh\w{1,2}n?\b")  # Nơi nhận: · Noinhgn: · the notice before is signed


def split(pages: Sequence[Page]) -> tuple[tuple[Page, ...], ...]:
    """Cut the pages of a file into those of each notice; what cannot be read stays with the notice before it.

    A notice begins on a page with the state's or the Party's name and a number line. But another office's document is
    an enclosure where the notice before it has not yet named its recipients, or says that it encloses it.
    """
    parts: list[list[Page]] = []
    for page in pages:
        if parts and not _begins(page, parts[-1]):
            parts[-1].append(page)
        else:
            parts.append([page])
    return tuple(tuple(part) for part in parts)


def _begins(page: Page, before: Sequence[Page]) -> bool:
    head, earlier = _letterhead(page), _letterhead(before[0])
    if head is None or earlier is None:
        return False
    if head.alike(earlier):
        return True
    told = fold("\n".join(line.text for each in before for line in each.lines))
    return _RECIPIENTS.search(told) is not None and not encloses(told, earlier.heading, head.heading)


@dataclass(frozen=True, slots=True)
class _Letterhead:
    """Whose paper it is: its heading, without the state's name and motto; what of the symbol may name the office."""

    heading: Heading
    offices: tuple[str, ...]

    def alike(self, other: _Letterhead) -> bool:
        """Do both come from one office? Many symbols end in UBND, so the words must agree too."""
        best = max((fuzz.ratio(a, b) for a in self.offices for b in other.offices), default=0)
        return best >= _SAME and fuzz.ratio(self.heading.words, other.heading.words) >= _SAME


def _letterhead(page: Page) -> _Letterhead | None:
    """The letterhead of a page, None where it has none.

    >>> from ocr.page import Line, Word
    >>> rows = ["UBND TINH CONG HOA XA HQI CHU NGHIA VIET NAM", "S8: 316 /TB-STNMT Lang Son, ngay 30"]
    >>> lines = tuple(Line((Word(row, None, 1.0, 1, 0, 0),)) for row in rows)
    >>> _letterhead(Page(1, 0, 0, lines))
    _Letterhead(heading=Heading(words='ubnd tinh', number='316 ', symbol='TB-STNMT'), offices=('STNMT',))
    >>> _letterhead(Page(1, 0, 0, lines[1:])) is None
    True
    """
    head = [line.text for line in page.lines if line.region is not Region.MARGIN][:_HEAD]
    rows = [fold(line) for line in head]
    party = any(_holds(row, _PARTY) for row in rows)
    if not party and not any(_holds(row, _STATE) for row in rows):
        return None
    for k, line in enumerate(head):
        if _ANNEXED.match(rows[k]):
            return None
        if found := (_PARTY_NUMBER if party else _NUMBER).search(line):
            above = " ".join(_without(_without(_without(row, _STATE), _MOTTO), _PARTY) for row in rows[:k])
            return _headed(" ".join(above.split()), found, party=party)
    return None


def _headed(words: str, found: re.Match[str], *, party: bool) -> _Letterhead:
    """The letterhead of a number line. The Party's `1286-CV/HU` is the type CV of the office HU."""
    if not party:
        return _Letterhead(Heading(words, found["number"], found["symbol"]), _offices(found["symbol"]))
    symbol = f"{found['type'] or 'CV'}-{found['office']}"
    return _Letterhead(Heading(words, found["number"], symbol), (found["office"],))


def _holds(row: str, phrase: str) -> bool:
    return len(row) * 2 >= len(phrase) and fuzz.partial_ratio(phrase, row) >= _LIKE


def _without(row: str, phrase: str) -> str:
    """The row without what is like the phrase.

    >>> _without("so noi vu doc lap - ty do - hanh phuc", _MOTTO)
    'so noi vu '
    """
    if not _holds(row, phrase):
        return row
    found = fuzz.partial_ratio_alignment(phrase, row)
    return row[: found.dest_start] + row[found.dest_end :] if found else row


def _offices(symbol: str) -> tuple[str, ...]:
    """The groups of a symbol that may name an office: not its type, unless that was misread.

    >>> _offices("TB-STNMT"), _offices("UBND-KT"), _offices("TIr-UBND")
    (('STNMT',), ('UBND', 'KT'), ('TIr', 'UBND'))
    """
    groups = re.split(r"\s?[-–]\s?", symbol)[:2]
    return tuple(groups if type_of_symbol(groups[0]) in (None, "cong_van") else groups[1:])
