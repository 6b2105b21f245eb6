"""What a notice says it encloses, and whether a paper of another office behind it is that.

A letter that encloses another's document names it: `gửi kèm Công văn số 12/SXD-QH`, `Báo cáo của huyện gửi kèm`. Lists
and forms have no letterhead of their own, so `danh sách kèm theo` says nothing about the paper that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rapidfuzz import fuzz

from extract.words.phrases import words
from normalize.fold import fold
from normalize.lexicon.types import document_types, type_of_symbol

# (kèm theo Công văn số …) · Gửi kèm · sao gửi; but not: theo mẫu ban hành kèm theo Nghị định số 115/2020/NĐ-CP
_SAYS = re.compile(r"\b(?:(?<!ban hanh )kem theo|(?:gui|dinh) kem(?: theo)?|sao gui|sao luc|ban chup)\b")
# Báo cáo số 18/BC-UBND · Kết luận số 54-KL/TU
_CODE = re.compile(
    r"\W*\bso\W{0,3}(?P<number>[^\s/-]{0,12})(?:\s?-\s?(?P<type>[a-z]{1,5}))?\s*/\s*"
    r"(?P<symbol>(?:\d{4}/)?[a-z&]+(?:\s?-\s?[a-z&]+)*)"
)
# gửi kèm Thông báo của Sở Xây dựng về việc … · not: của đơn vị, which may be anybody
_ISSUER = re.compile(r"\bcua (?!cac\b|don vi\b|co quan\b)(?P<issuer>[^,.;:()]+?)(?= ve | ngay |[,.;:()]|$)")
_SELF = re.compile(r"\s+nay\b")  # kèm theo Công văn này
_STOP = re.compile(r"[.;)](?=\s|$)")
_BEFORE, _AFTER, _NEAR = 60, 160, 40  # characters before and behind the words, and to what is enclosed
_SAME_SYMBOL = 75  # of 100: "SNV" read as "SNY" in "TB-SNV" has 83
_SAME_NUMBER = 60  # of 100: one figure of three misread has 67, of two 50
_SAME_NAME = 60  # of 100, of an issuer's name that the letterhead holds


class _Thing(Enum):
    """What a noun tells about a paper behind the notice."""

    LIST = "list"  # never one with a letterhead
    PAPERS = "papers"  # it may be among them
    DOCUMENT = "document"  # it may be that one


@dataclass(frozen=True, slots=True)
class Heading:
    """What tells a paper from others. `words`: the folded names above its number; `number`: as read, maybe empty;
    `symbol`: `TB-STNMT`, empty where there is none."""

    words: str
    number: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Something enclosed. `slug`: the type of a document that was named; `number`, `symbol`, `issuer`: folded, empty
    where they are not told. Nothing told at all: it may be anything."""

    slug: str = ""
    number: str = ""
    symbol: str = ""
    issuer: str = ""

    def may_be(self, paper: Heading) -> bool:
        """Is it the paper with this heading, as far as both tell?

        >>> letter = Enclosed("thong_bao", "18", "tb-sxd")
        >>> letter.may_be(Heading("so xay dung", "18", "TB-SXD")), letter.may_be(Heading("so y te", "7", "TB-SYT"))
        (True, False)
        """
        if self.symbol:
            return _same_code(self.number, self.symbol, paper)
        if self.slug and self.slug != (type_of_symbol(paper.symbol) or "cong_van"):
            return False
        return not self.issuer or _named(self.issuer, paper)


def encloses(told: str, own: Heading, paper: Heading) -> bool:
    """Does the folded text of a notice say that it encloses a paper? What is not said clearly counts.

    >>> own, paper = Heading("so noi vu", "42", "SNV-TH"), Heading("so xay dung", "18", "TB-SXD")
    >>> encloses("so noi vu gui kem thong bao cua so xay dung.", own, paper)
    True
    >>> encloses("(co danh sach kem theo)", own, paper)
    False
    """
    flat = " ".join(told.split())
    return any(each.may_be(paper) for found in _SAYS.finditer(flat) for each in _enclosed(flat, found, own))


def _enclosed(flat: str, says: re.Match[str], own: Heading) -> Iterator[Enclosed]:
    """What stands before the words without a comma between, else what follows; nothing for lists."""
    before = re.split(r"[.;:,(]\s", flat[max(0, says.start() - _BEFORE) : says.start()])[-1]
    after = flat[says.end() : says.end() + _AFTER]
    after = after[: stop.start()] if (stop := _STOP.search(after)) else after
    led = list(_nouns().finditer(before))
    if led and _thing(led[-1][0]) is _Thing.LIST:
        return
    follows = next((noun for noun in _nouns().finditer(after, 0, _NEAR) if not _is_self(after, noun, own)), None)
    if follows is None and led:
        yield _read(before, led[-1])
    elif follows is None:
        if not _nouns().search(after, 0, _NEAR):
            yield Enclosed()
    elif _thing(follows[0]) is not _Thing.LIST:
        yield _read(after, follows)


def _is_self(text: str, noun: re.Match[str], own: Heading) -> bool:
    """`kèm theo Công văn này`, or by the notice's own number, as annexes have it."""
    if _SELF.match(text, noun.end()):
        return True
    code = _code(text, noun.end())
    return code is not None and _same_code(*code, own, least=100)


def _read(text: str, noun: re.Match[str]) -> Enclosed:
    """The document that a noun names, by its code if there is one; papers that are not named may be any."""
    code, issuer = _code(text, noun.end()), _ISSUER.search(text, noun.end())
    if code is not None:
        return Enclosed("", *code)
    if _thing(noun[0]) is _Thing.PAPERS:
        return Enclosed()
    return Enclosed(_slugs()[noun[0]], issuer=issuer["issuer"] if issuer else "")


def _code(text: str, at: int) -> tuple[str, str] | None:
    """Number and symbol of a code; the Party's type, which stands before the stroke, begins the symbol.

    >>> _code("ket luan so 54-kl/tu ngay", 8), _code("bao cao so 205/bc-ubnd", 7)
    (('54', 'kl-tu'), ('205', 'bc-ubnd'))
    """
    found = _CODE.match(text, at)
    if found is None:
        return None
    kind = f"{found['type']}-" if found["type"] else ""
    return found["number"], kind + found["symbol"]


def _same_code(number: str, symbol: str, paper: Heading, least: float = _SAME_NUMBER) -> bool:
    """Symbols alike, and numbers where both were read; `least`: how alike these must be, of 100."""
    figures = [re.sub(r"\D", "", one) for one in (number, paper.number)]
    alike = fuzz.ratio(symbol.replace(" ", ""), fold(paper.symbol).replace(" ", "")) >= _SAME_SYMBOL
    return alike and (not all(figures) or fuzz.ratio(*figures) >= least)


def _named(issuer: str, paper: Heading) -> bool:
    """By the name in the letterhead, or by its initials in the symbol: Sở Xây dựng as SXD."""
    short = "".join(word[0] for word in issuer.split())
    groups = re.split(r"\W+", fold(paper.symbol))
    held = fuzz.partial_ratio(_short(issuer), _short(paper.words)) if paper.words else 100
    return held >= _SAME_NAME or any(len(group) > 2 and short.startswith(group) for group in groups)


def _short(name: str) -> str:
    return re.sub(r"\bu[yi] ban nhan dan\b", "ubnd", name)


def _thing(noun: str) -> _Thing:
    if noun in words("enclosed_lists"):
        return _Thing.LIST
    return _Thing.PAPERS if noun in words("enclosed_papers") else _Thing.DOCUMENT


@cache
def _slugs() -> dict[str, str]:
    """The folded names of document types: theirs in the contract."""
    return {fold(kind.name): kind.slug for kind in document_types()}


@cache
def _nouns() -> re.Pattern[str]:
    """Everything that may be enclosed, the longest first."""
    every = {*_slugs(), *words("enclosed_lists"), *words("enclosed_papers")}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, every), key=lambda word: (-len(word), word)))})\b")
