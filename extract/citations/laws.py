"""Laws, codes, ordinances and the constitution: they are cited by name, often without a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.reading import Reading
from normalize.fold import fold

SLUGS = {"luat": "luat", "bo luat": "bo_luat", "phap lenh": "phap_lenh", "hien phap": "hien_phap"}
# Luật Đất đai · Bộ luật Dân sự · Pháp lệnh Cán bộ, công chức; not "pháp luật", "Luật này"
_WORD = re.compile(r"(?<!\w)(?P<word>Bộ\s+luật|Luật|Pháp\s+lệnh|Hiến\s+pháp)\s+(?=[^\W\d_])")
# Luật sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C
_AMENDS = re.compile(r"sua\s+doi\s*,?\s*(?:bo\s+sung)?")
# Where a name ends that is not in the list
_END = re.compile(
    r"\s+(?:ngay\s+\d|nam\s+\d|so\s+\d|cua\b|quy\s+dinh\b|ve\s+viec\b|va\b|thi\b|la\b|duoc\b|da\b|de\b|tai\b|co\b|nay\b|do\b|"
    r"hien\s+hanh|trong\b|doi\s+voi|cho\b|cac\b|khi\b|theo\b|thong\s+qua\b)|\s*[,;.:()\"“”\[]|\n\s*\n"
)
_AMENDING_END = re.compile(r"\s+(?:ngay\s+\d|nam\s+\d\d\d\d|duoc\b)|\s*[;:(\"“”]|\.\s|\s+va\s+(?=nghi\s+dinh|thong\s+tu|cac\s+nghi)|,\s+(?=nghi\s+dinh|thong\s+tu|nghi\s+quyet)")
MOST = 260  # characters: the longest amending law seen has 190


@dataclass(frozen=True, slots=True)
class Law:
    """A law named at [start, end): `name` begins with Luật, Bộ luật, Pháp lệnh or Hiến pháp. `amends`: its name
    holds the names of the laws it amends."""

    start: int
    end: int
    slug: str
    name: str
    amends: bool


@cache
def known_laws() -> tuple[str, ...]:
    """Folded names of laws, the longest first."""
    lines = (files("extract") / "data" / "laws.txt").read_text("utf-8").splitlines()
    names = {fold(line) for line in lines if line and not line.startswith("#")}
    return tuple(sorted(names, key=len, reverse=True))


def find_laws(reading: Reading, start: int, end: int) -> list[Law]:
    """Every law named in a stretch of text; those inside an amending law's name are part of that name."""
    laws: list[Law] = []
    for match in _WORD.finditer(reading.string, start, end):
        if laws and match.start() < laws[-1].end:
            continue
        law = _law(reading, match, end)
        if law is not None:
            laws.append(law)
    return laws


def laws_within(law: Law, codes: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """The codes that stand inside an amending law's name."""
    return [code for code in codes if law.amends and law.start < code[0] < law.end]


def _law(reading: Reading, match: re.Match[str], limit: int) -> Law | None:
    rest = match.end()
    slug = SLUGS[" ".join(fold(match["word"]).split())]
    if slug == "hien_phap":
        return Law(match.start(), match.end("word"), slug, "Hiến pháp", False)
    if _AMENDS.match(reading.folded, rest):
        stop = _AMENDING_END.search(reading.folded, rest, min(limit, rest + MOST))
        end = stop.start() if stop else min(limit, rest + MOST)
        return Law(match.start(), end, slug, reading.flat(match.start(), end).rstrip(" ,.;"), True)
    if not reading.string[rest].isupper():
        return None
    end = _known_end(reading, match.start()) or _open_end(reading, rest, limit)
    return Law(match.start(), end, slug, reading.flat(match.start(), end).rstrip(" ,.;"), False)


def _known_end(reading: Reading, start: int) -> int | None:
    """The end of the longest known name that stands here, blanks and line ends as they come."""
    here = reading.folded[start : start + 120]
    flat = " ".join(here.split())
    for name in known_laws():
        if flat.startswith(name) and not flat[len(name) : len(name) + 1].isalnum():
            pattern = r"\s+".join(re.escape(word) for word in name.split())
            found = re.match(pattern, here)
            return start + found.end() if found else None
    return None


def _open_end(reading: Reading, rest: int, limit: int) -> int:
    stop = _END.search(reading.folded, rest, min(limit, rest + 100))
    return stop.start() if stop else min(limit, rest + 60)
