"""Names of units whose marks were misread or lost: the list of the district says which they are, no text does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from extract.expect import likely_districts, named_provinces, units_of, without_districts
from extract.reading import Reading
from extract.words.runs import listed_runs
from normalize.fold import fold
from normalize.lexicon.units import Unit
from normalize.syllable import syllabic

CERTAINTY = 0.95  # of a name whose letters are those of one unit of the list alone
ON_A_PAGE = 0.75  # the same where marks were read: offices print some names in their own way, so it is for review
# xã Hải Phong · các xã: Tiên Lộc, Tiên Hà · thị trấn Plei Kần; folded
_COMMUNE = re.compile(r"(?<!\w)(?:xa|thi\s+tran|phuong)\s*:?\s+(?=\w)")
_DISTRICT = re.compile(r"(?<!\w)(?:huyen|thi\s+xa|thanh\s+pho)\s*:?\s+(?=\w)")
_PROVINCE = re.compile(r"(?<!\w)tinh\s*:?\s+(?=\w)")
_WORD = re.compile(r"[\w'’]+")
_PLACE = re.compile(r"(?m)(?<=\s)(?=\S{2,7}(?:\s\S{1,7}){1,2},\s+ng\w[yu]\s)")  # Hải Phong, ngày 17


def mark_units(reading: Reading) -> Reading:
    """The reading with the marks of its units' names as the lists have them; what was changed is less certain.

    Only names whose letters stand there, and whose letters one unit of the notice's districts or provinces alone has;
    only in dumps of a foreign model and on pages.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["UBND huyện Hải Lăng, tỉnh Quảng Trị", "- UBND các xã: Hải Phòng, Hải Hưng;"])
    >>> mark_units(Reading(text, (0.9,) * len(text.words), mangled=True)).string.splitlines()[1]
    '- UBND các xã: Hải Phong, Hải Hưng;'
    """
    edits = dict(_edits(reading)) if reading.mangled or _is_page(reading) else {}
    changed = {i for start, end in edits for i in reading.text.origin[start:end] if i >= 0}
    if not changed:
        return reading
    text = reading.text.replace_all([(*span, new) for span, new in sorted(edits.items())])
    sure = CERTAINTY if reading.mangled else ON_A_PAGE
    certainty = (sure if i in changed else c for i, c in enumerate(reading.certainty))
    return Reading(text, tuple(certainty), reading.mangled)


def _is_page(reading: Reading) -> bool:
    """Was it read from a page? What a text file says stays as it is."""
    return bool(reading.text.words) and reading.text.words[0].box is not None


def _edits(reading: Reading) -> Iterator[tuple[tuple[int, int], str]]:
    """The words of names that stand with other marks, as spans, and the words of the list."""
    listed, districts = units_of(reading), likely_districts(reading)
    inside = [unit for d in districts for unit in listed.communes(d.code)]
    communes = _by_letters(inside or without_districts(reading))
    beside = [d for p in named_provinces(reading) for d in listed.districts(p.code)]
    for opener, names in (
        (_COMMUNE, communes),
        (_DISTRICT, _by_letters(beside or districts)),
        (_PROVINCE, _by_letters(listed.provinces)),
        (_PLACE, communes | _by_letters(districts)),
    ):
        for found in opener.finditer(reading.folded) if names else ():
            yield from _of_list(reading, found.end(), names)


def _by_letters(units: Sequence[Unit]) -> dict[str, str]:
    """Folded names → names; those that two units share but for their marks are left out.

    >>> from types import SimpleNamespace as Named
    >>> _by_letters([Named(name="Vị Thanh"), Named(name="Hòa An"), Named(name="Hoà Ân")])
    {'vi thanh': 'Vị Thanh'}
    """
    found: dict[str, set[str]] = {}
    for unit in units:
        found.setdefault(fold(unit.name), set()).add(unit.name)
    return {letters: names.pop() for letters, names in found.items() if len(names) == 1}


def _of_list(reading: Reading, at: int, names: Mapping[str, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """The words to mend of the names from `at` on, parted by commas."""
    for run in listed_runs(reading, at):
        words = list(_WORD.finditer(reading.string, *run.span()))
        heads = (words[:k] for k in range(len(words), 0, -1))
        head = next((some for some in heads if _letters(some) in names), words)
        known = names.get(_letters(head), "").split()
        for word, right in zip(head, known, strict=False):
            new = right.upper() if word[0].isupper() and len(word[0]) > 1 else right
            spelt = reading.mangled or syllabic(word[0].lower())  # Đăk Tô and Đắk Tô are both printed
            if spelt and _marks(new) != _marks(word[0]):  # Hoà is no other name than Hòa
                yield word.span(), new
        if head[-1].end() < run.end():
            return


def _marks(word: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", word))


def _letters(words: Sequence[re.Match[str]]) -> str:
    return " ".join(fold(word[0]) for word in words)
