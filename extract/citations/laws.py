"""Laws, codes, ordinances and the constitution: they are cited by name, often without a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.reading import Reading
from extract.words.codes import CODE, clean_number, clean_symbol
from normalize.fold import fold

SLUGS = {"luat": "luat", "bo luat": "bo_luat", "phap lenh": "phap_lenh", "hien phap": "hien_phap"}
# Luật Đất đai · Bộ luật Dân sự · Pháp lệnh Cán bộ, công chức; not "pháp luật", "Luật này"
_WORD = re.compile(r"(?<!\w)(?P<word>Bộ\s+luật|Luật|Pháp\s+lệnh|Hiến\s+pháp)\s+(?=[^\W\d_])")
# Luật sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C
_AMENDS = re.compile(r"sua\s+doi\s*,?\s*(?:bo\s+sung)?")
# Where a name ends that is not in the list
# Luật Tố cáo ngày 12 tháng 6 năm 2018 · số ố 48/2010/QH12: a word read twice
# Luật Đất đai 6 cơ sở: `ở`, misread; no law has a figure in its name
_DATED = r"ngay\b|hoac\b|nam\s+\d|(?:19|20)\d\d\b|\d{1,2}\s+[a-z]|so\s+(?:s?o\s+)?\d"
_GOES_ON = (  # Luật Tố tụng hành chính vừa được Quốc hội thông qua
    r"cua\b|quy\s+dinh\b|(?<!bao\s)ve\b|va\b|thi\b|la\b|(?:vua|moi)\s+(?:duoc|thong|co)\b|duoc\b|da\b|de\b|"
    r"tai\b(?!\s+viet\s+nam)|co\b|nay\b|do\b|hien\s+hanh|trong\b|doi\s+voi|cho\b|cac\b|khi\b|theo\b|thong\s+qua\b|"
    r"tren\b|o\b|tu\b|voi\b|nham\b|sau\s+khi|truoc\s+khi|con\b|chua\b|khong\b|phai\b|gan\s+voi|bi\b|nen\b|vao\b|"
    r"den\s+(?:toan|tung|moi|tat|can|cac|nguoi)\b"
)
_END = re.compile(rf"\s+(?:{_DATED}|{_GOES_ON})|\s*(?:,(?!\s+chong\b)|[;.:()\"“”\[])|\n\s*\n")
# what goes on behind a name, with its marks: Quản lý thị trường, Thủ đô and Cảnh vệ hold no `thì`, `do`, `về`
_MARKED = {
    fold(word): word for word in (
        "của", "quy", "về", "và", "thì", "là", "vừa", "mới", "được", "đã", "để", "tại", "có", "này", "do", "hiện",
        "trong", "đối", "cho", "các", "khi", "theo", "thông", "đến", "trên", "ở",
        "từ", "với", "nhằm", "sau", "trước", "còn", "chưa", "không", "phải", "gắn", "bị", "nên", "vào",
    )
}  # fmt: skip
_AMENDING_END = re.compile(
    r"\s+(?:ngay\s+\d|nam\s+\d\d\d\d|duoc\b)|\s*[;:(\"“”]|\.\s|\s+va\s+(?=nghi\s+dinh|thong\s+tu|cac\s+nghi)|,\s+(?=nghi\s+dinh|thong\s+tu|nghi\s+quyet)"
)
# các Luật: Đất đai ngày 29/11/2013, Xây dựng ngày 18/6/2014 và Đầu tư công: what parts two of them
_LIST = re.compile(r"(?<!\w)(?:[cC]ác\s+[lL]uật\s*:?|Luật\s*:)\s+(?=[^\W\d_])")
_OF_DAY = r"ngay\s+\d{1,2}(?:[/.-]\d{1,2}[/.-]|\s+thang\s+\d{1,2}\s+nam\s+)\d{4}|nam\s+\d{4}"
_NEXT = re.compile(rf"(?:\s*,?\s*(?:{_OF_DAY}))?\s*(?:[,;]\s*(?:va\s+)?|\s+va\s+)(?=[a-z])")
_OWN_WORD = re.compile(r"(?:bo\s+)?luat\s")
_STOCK = {"sua doi, bo sung mot so dieu cua": "sửa đổi, bổ sung một số điều của"}
_LONG = 5  # blanks in a name that begins no other law's
_STOP = re.compile(r"(?<=\w)\.(?=\s)")  # Luật Quản lý. sử dụng tài sản công: a comma read as a stop
_STATE = re.compile(r"\s+nuoc\s+cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam")
_OWN_CODE = re.compile(r"\s+so\s+\S+\s*$")
# Luật Nhà ở số · Luật Đất đai năm 2013 (Luật số · Luật Tổ chức chính quyền địa phương (số
NUMBERED = re.compile(
    r"[\s,]*(?:nam\s+\d{4}[\s,]*)?(?:\(\s*(?:(?:bo\s+)?luat\s+|phap\s+lenh\s+)?)?(?:so(?:\s+s?o)?)?[\s:.]*"
)
LONGEST_LAW = 260  # characters: the longest amending law seen has 190


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
def _canonical() -> dict[str, str]:
    """Names of laws by their folded form, from laws.txt."""
    lines = (files("extract") / "data" / "laws.txt").read_text("utf-8").splitlines()
    return {fold(line): line for line in lines if line and not line.startswith("#")}


@cache
def known_laws() -> tuple[str, ...]:
    """Folded names of laws, the longest first."""
    return tuple(sorted(_canonical(), key=len, reverse=True))


def _amending_name(name: str) -> str:
    """The name of an amending law: its stock words and the names and codes of the laws in it with right marks.

    >>> _amending_name("Luật sửa đôi, bỏ sung một số điễu của Luật Đắt đai số 31/2024/OHI5")
    'Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15'
    """
    for folded, right in (*_STOCK.items(), *((key, _canonical()[key]) for key in known_laws())):
        at = fold(name).find(folded)
        if at >= 0 and name[at : at + len(folded)].casefold() != right.casefold():
            name = name[:at] + right + name[at + len(folded) :]
    return CODE.sub(
        lambda m: (
            f"{clean_number(m['loose'] or m['number'])}/{m['year']}/{clean_symbol(m['symbol'])}" if m["year"] else m[0]
        ),
        name,
    )


def find_laws(reading: Reading, start: int, end: int) -> list[Law]:
    """Every law named in a stretch of text; those inside an amending law's name are part of that name."""
    laws: list[Law] = []
    for match in _WORD.finditer(reading.string, start, end):
        if laws and match.start() < laws[-1].end:
            continue
        law = _law(reading, match, end)
        if law is not None:
            laws.append(law)
    taken = [(law.start, law.end) for law in laws]
    listed = [law for law in _listed(reading, start, end) if not any(law.start < b and a < law.end for a, b in taken)]
    return sorted([*laws, *listed], key=lambda law: law.start)


def _listed(reading: Reading, start: int, end: int) -> Iterator[Law]:
    """Known laws in a list that says their word once: `các Luật: Đất đai ngày D, Xây dựng ngày D`."""
    for head in _LIST.finditer(reading.string, start, end):
        at = head.end()
        while name := _known_item(reading, at):
            stop, law = name
            yield Law(at, stop, "luat", law, False)
            joint = _NEXT.match(reading.folded, stop)
            if joint is None:
                break
            at = joint.end()


def _known_item(reading: Reading, at: int) -> tuple[int, str] | None:
    """Where the longest known law's name ends that stands at an offset without its word, and its full name."""
    flat = " ".join(reading.folded[at : at + 120].split())
    word = _OWN_WORD.match(reading.folded, at)
    for key in known_laws():
        rest = key if word else key.removeprefix("luat ")
        if (word or key != rest) and flat.startswith(rest) and not flat[len(rest) : len(rest) + 1].isalnum():
            found = re.compile(r"\s+".join(map(re.escape, rest.split()))).match(reading.folded, at)
            return (found.end(), _canonical()[key]) if found else None
    return None


def law_before(reading: Reading, floor: int, at: int) -> Law | None:
    """The law whose name ends directly before a code at `at`, also inside an amending law's name.

    `Luật Nhà ở số 27/2023/QH15`: between name and code stands nothing but `số`, or a year and a bracket.
    """
    for word in _WORD.finditer(reading.string, max(floor, at - LONGEST_LAW), at):
        law = _law(reading, word, at + LONGEST_LAW)
        if law is not None and not law.amends and NUMBERED.fullmatch(reading.folded, law.end, at):
            return law
    return None


def _law(reading: Reading, match: re.Match[str], limit: int) -> Law | None:
    rest = match.end()
    slug = SLUGS[" ".join(fold(match["word"]).split())]
    if slug == "hien_phap":
        state = _STATE.match(reading.folded, match.end("word"))
        end = state.end() if state else match.end("word")
        return Law(match.start(), end, slug, reading.flat(match.start(), end), False)
    if _AMENDS.match(reading.folded, rest):
        return _amending(reading, match, slug, limit)
    known = _known_end(reading, match.start())
    if known is None and not reading.string[rest].isupper():
        return None
    end = known or _open_end(reading, rest, limit)
    name = reading.flat(match.start(), end).rstrip(" ,.;")
    return Law(match.start(), end, slug, canonical_name(_STOP.sub(",", name) if known else name), False)


def _amending(reading: Reading, match: re.Match[str], slug: str, limit: int) -> Law:
    """A law that amends others. With one law amended, a code behind it is the amending law's own."""
    stop = _AMENDING_END.search(reading.folded, match.end(), min(limit, match.end() + LONGEST_LAW))
    end = stop.start() if stop else min(limit, match.end() + LONGEST_LAW)
    own = _OWN_CODE.search(reading.folded, match.end(), end)
    if own and len(_WORD.findall(reading.string, match.end(), end)) == 1:
        name = _amending_name(reading.flat(match.start(), own.start()))
        return Law(match.start(), own.start(), slug, name, False)
    return Law(match.start(), end, slug, _amending_name(reading.flat(match.start(), end).rstrip(" ,.;")), True)


def is_head_of_law(name: str) -> bool:
    """Does the name of some known law go on where this one ends, which is none itself?

    >>> is_head_of_law("Luật Phòng"), is_head_of_law("Luật Đất đai"), is_head_of_law("Luật Lưu trữ số")
    (True, False, False)
    """
    key = fold(name)
    return key not in _canonical() and any(law.startswith((f"{key} ", f"{key},")) for law in known_laws())


def canonical_name(name: str) -> str:
    """A known law's name with its right marks; the case stays as printed where only the case differs.

    >>> canonical_name("Luật Đắt đai"), canonical_name("Luật Đất Đai")
    ('Luật Đất đai', 'Luật Đất Đai')
    """
    known = _canonical().get(fold(name))
    return known if known is not None and known.casefold() != name.casefold() else name


def _known_end(reading: Reading, start: int) -> int | None:
    """The end of the longest known name that stands here, blanks and line ends as they come."""
    here = reading.folded[start : start + 120]
    flat = _STOP.sub(",", " ".join(here.split()))
    for name in known_laws():
        if flat.startswith(name) and not flat[len(name) : len(name) + 1].isalnum():
            pattern = r"\s+".join(re.escape(word) for word in name.split()).replace(",", "[,.]")
            found = re.match(pattern, here)
            # `Luật Đầu tư nước ngoài tại Việt Nam` begins as a known law and is another; no long name goes on so
            whole = found and (name.count(" ") >= _LONG or _END.match(here + ".", found.end()))
            return start + found.end() if found and whole else None
    return None


def _open_end(reading: Reading, rest: int, limit: int) -> int:
    """Where a name ends that no list has."""
    stops = _END.finditer(reading.folded, rest, min(limit, rest + 100))
    stop = next((stop for stop in stops if _ends_name(reading.string[slice(*stop.span())])), None)
    return stop.start() if stop else min(limit, rest + 60)


def _ends_name(read: str) -> bool:
    """Do these letters end a name, by their marks too?

    >>> _ends_name(" thì"), _ends_name(" thị"), _ends_name(" ngày"), _ends_name(";")
    (True, False, True, True)
    """
    first = read.split()[0].lower() if read.strip() else ""
    return _MARKED.get(fold(first), first) == first
