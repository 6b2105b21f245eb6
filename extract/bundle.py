"""One file, several notices: where the next one begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from normalize.fold import fold
from normalize.lexicon.types import type_of_symbol
from ocr.page import Page, Region

_MOTTO = "cong hoa xa hoi chu nghia viet nam"
_HEAD = 15  # lines of a page that may hold a letterhead; real ones take 4 to 8
_LIKE = 85  # of 100: "CONG HOA XA HQI CHU NGHIA VIET NAM" has 97, other headings stay under 60
_SAME = 75  # of 100: "STNMT" read as "STNMI" has 80
# Số: 316 /TB-STNMT · S6: 305 /BC-UBND
_NUMBER = re.compile(r"^\W*[Ss58]\S{0,3}\s*[:;.]?\s*[^\n]{0,14}?/+\s*(?P<symbol>[A-ZĐ][\w&]*(?:\s?[-–]\s?[\w&]+)+)")
_RECIPIENTS = re.compile(r"\bn[o0]i\s?nh\w{1,2}n?\b")  # Nơi nhận: · Noinhgn: · the notice before is signed
# (kèm theo Công văn số …) · Gửi kèm · sao gửi: what follows belongs to the letter
_ENCLOSED = re.compile(r"\b(kem theo|gui kem|dinh kem|sao gui|sao luc|ban chup)\b")


def split(pages: Sequence[Page]) -> tuple[tuple[Page, ...], ...]:
    """Cut the pages of a file into those of each notice; what cannot be read stays with the notice before it.

    A notice begins on a page with the state's name and a number line. But another office's document is an enclosure
    where the notice before it has not yet named its recipients, or speaks of an enclosure.
    """
    parts: list[list[Page]] = []
    for page in pages:
        if parts and not _begins(page, parts[-1]):
            parts[-1].append(page)
        else:
            parts.append([page])
    return tuple(tuple(part) for part in parts)


def _begins(page: Page, before: Sequence[Page]) -> bool:
    office, earlier = _offices(page), _offices(before[0])
    if not office or not earlier:
        return False
    if max(fuzz.ratio(a, b) for a in office for b in earlier) >= _SAME:
        return True
    told = fold("\n".join(line.text for each in before for line in each.lines))
    return _RECIPIENTS.search(told) is not None and not _ENCLOSED.search(told)


def _offices(page: Page) -> tuple[str, ...]:
    """What may be the office in the symbol of the page's letterhead; nothing where the page has no letterhead.

    >>> from ocr.page import Line, Word
    >>> rows = ["UBND TINH CONG HOA XA HQI CHU NGHIA VIET NAM", "S8: 316 /TB-STNMT Lang Son, ngay 30"]
    >>> lines = tuple(Line((Word(row, None, 1.0, 1, 0, 0),)) for row in rows)
    >>> _offices(Page(1, 0, 0, lines)), _offices(Page(1, 0, 0, lines[1:]))
    (('STNMT',), ())
    """
    head = [line.text for line in page.lines if line.region is not Region.MARGIN][:_HEAD]
    if not any(fuzz.partial_ratio(_MOTTO, fold(line)) >= _LIKE for line in head if len(line) >= len(_MOTTO) // 2):
        return ()
    found = next(filter(None, map(_NUMBER.search, head)), None)
    return _groups(found["symbol"]) if found else ()


def _groups(symbol: str) -> tuple[str, ...]:
    """The groups of a symbol that may name an office: not its type, unless that was misread.

    >>> _groups("TB-STNMT"), _groups("UBND-KT"), _groups("TIr-UBND")
    (('STNMT',), ('UBND', 'KT'), ('TIr', 'UBND'))
    """
    groups = re.split(r"\s?[-–]\s?", symbol)[:2]
    return tuple(groups if type_of_symbol(groups[0]) in (None, "cong_van") else groups[1:])
