"""Coded documents in running text: each code with the word that says what kind of document it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from extract.citations.issuers import issuer_after
from extract.citations.laws import SLUGS, law_before
from extract.reading import Reading
from extract.words.codes import Code, find_codes
from normalize.fold import fold
from normalize.lexicon.types import document_types, type_by_slug, type_of_symbol

# What may stand between the type's word and the code: `số`, `số:`, `: Số`, `(số`
_NUMBERED = re.compile(r"[\s:,.]*\(?(?:so)?[\s:.,]*")
# Báo cáo thẩm định số · Quyết định về việc cưỡng chế kê biên số · Bản án dân sự sơ thẩm số: what is it about
_ABOUT = re.compile(r"(?!\s+(?:cua|so|kem|tai)\b)\s[^\d;.:()\"“”]{3,90}?\sso[\s:.]*")
# Công văn ngày 5/6/2020 của Sở Nội vụ số: the day before the number
_DATED = re.compile(r"\s*,?\s*ngay\s+\d{1,2}(?:\s?[/.-]\s?\d{1,2}\s?[/.-]\s?|\s+thang\s+\d{1,2}\s+nam\s+)\d{4}")
# What may stand before a code that goes on with a list: `; số`, `và số`, `, `
_LISTED = re.compile(r"(?:[,;:]|\bva)\s*(?:so)?[\s:.]*$|\bso[\s:.]*$")
_FORM = re.compile(r"(?<!\w)(?:mau|bieu|to\s+khai|phieu)\s*(?:so)?\s*[:.]?\s*$")  # tờ khai theo mẫu số 01/GTGT: a form
_GIVEN = re.compile(r"\s*,?\s*ngay\s+\d")  # Phiếu số 1290/P-PCPT ngày 30/10/2025: no form, one that was sent
# Biên bản làm việc số 12/PTNMT: of a few words, whatever the symbol
_SHORT = re.compile(r"(?:\s+(?!cua\b|so\b|kem\b|tai\b|theo\b|gui\b|va\b|ngay\b)[a-z]+){1,4}\s+so[\s:.]*")
# vụ án dân sự sơ thẩm thụ lý số 41/2020/TLST-DS: a case of a court
_CASE = re.compile(
    r"(?<!\w)(?:vu\s+an(?!\s+ra\s+xet\s+xu)|thu\s+ly|vu\s+viec)\b(?:(?!quyet\s+dinh|ban\s+an)[^.;\d]){0,60}$"
)
_OF_COURT = re.compile(r"(?:ST|PT|GĐT)$")  # first instance, appeal, cassation
_ALONE = frozenset({"UBND", "HĐND"})  # 904/UBND is one where số or a type leads to it; trang 3/UBND is none
_NUMBER_LED = re.compile(r"\bso[\s:.]*\Z")
WINDOW = 160  # characters looked back for a type's word


@dataclass(frozen=True, slots=True)
class Mention:
    """A code with its document's type. `head`: where the type's word stands, or the code where none does;
    `start`: where the mention begins; `owner`: the span of `X` in `các Nghị định của X: số …`."""

    code: Code
    slug: str
    start: int
    head: int
    owner: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Word:
    slug: str
    start: int
    end: int


@cache
def _type_words() -> tuple[re.Pattern[str], dict[str, str]]:
    slugs = {fold(kind.name): kind.slug for kind in document_types()}
    body = "|".join(r"\s+".join(name.split()) for name in sorted(slugs, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)"), slugs


def find_mentions(reading: Reading) -> list[Mention]:
    """All coded documents in the reading, in order."""
    mentions: list[Mention] = []
    for code in find_codes(reading):
        since = max(0, code.start - WINDOW)
        form = _FORM.search(reading.folded, since, code.start) and not _GIVEN.match(reading.folded, code.end)
        if not (form or _of_case(reading, since, code)):
            mention = _closed(reading, _mention(reading, code, mentions))
            if mention.head < code.start or not _counts(reading, since, code):
                mentions.append(mention)
    return mentions


def _counts(reading: Reading, since: int, code: Code) -> bool:
    """`15/HĐND xã`, `trang 3/UBND`: without a type or `số` before it, no number of a document."""
    return code.symbol in _ALONE and _NUMBER_LED.search(reading.folded, since, code.start) is None


def _of_case(reading: Reading, since: int, code: Code) -> bool:
    """Is this the number of a court's case, and not of a notice on one: Thông báo thụ lý vụ án số 13/TB-TLVA?"""
    return type_of_symbol(code.symbol) == "cong_van" and _CASE.search(reading.folded, since, code.start) is not None


def _closed(reading: Reading, mention: Mention) -> Mention:
    """`Bộ luật Lao động (số 45/2019/QH14)`: a bracket before the number closes behind it."""
    code = mention.code
    opened = "(" in reading.string[mention.head : code.start] and reading.string.startswith(")", code.end)
    return replace(mention, code=replace(code, end=code.end + 1)) if opened else mention


def _mention(reading: Reading, code: Code, earlier: list[Mention]) -> Mention:
    floor = earlier[-1].code.end if earlier else 0
    words = _words(reading, max(floor, code.start - WINDOW), code.start)
    word, owner = _own_word(reading, words, code)
    word = word or _described(reading, words, code)
    law = law_before(reading, floor, code.start) if word is None or word.slug in SLUGS.values() else None
    if law is not None:
        return Mention(code, law.slug, law.start, law.start, None)
    if word is not None:
        return Mention(code, word.slug, word.start, word.start, owner)
    own = type_of_symbol(code.symbol) or "cong_van"
    if _LISTED.search(reading.folded, floor, code.start):
        head = next((one for one in reversed(earlier[-6:]) if type_of_symbol(one.code.symbol) == own), None)
        if head is not None:
            return Mention(code, head.slug, code.start, head.head, head.owner)
    return Mention(code, own, code.start, code.start, None)


def _words(reading: Reading, start: int, end: int) -> list[_Word]:
    pattern, slugs = _type_words()
    return [
        _Word(slugs[" ".join(m.group().split())], m.start(), m.end())
        for m in pattern.finditer(reading.folded, start, end)
    ]


def _own_word(reading: Reading, words: list[_Word], code: Code) -> tuple[_Word | None, tuple[int, int] | None]:
    """The type's word directly before the code, or before `của X:` that stands between."""
    if not words:
        return None, None
    last = words[-1]
    if _NUMBERED.fullmatch(reading.folded, last.end, code.start):
        return _before_it(reading, words, code) or last, None
    dated = _DATED.match(reading.folded, last.end, code.start)
    owner = issuer_after(reading, dated.end() if dated else last.end, code.start)
    if dated and _NUMBERED.fullmatch(reading.folded, dated.end(), code.start):
        return last, None
    if owner and _NUMBERED.fullmatch(reading.folded, owner[1], code.start):
        return last, owner
    return None, None


def _before_it(reading: Reading, words: list[_Word], code: Code) -> _Word | None:
    """`Thông báo kết luận số 45/TB-VPCP`: of two types' words side by side, the first where the symbol says so too."""
    if len(words) < 2 or reading.folded[words[-2].end : words[-1].start].strip():
        return None
    first, last = words[-2:]
    return first if type_of_symbol(code.symbol) == first.slug != last.slug else None


def _described(reading: Reading, words: list[_Word], code: Code) -> _Word | None:
    """The type's word before what the document is about, where the code's symbol begins as that type's does."""
    for word in reversed(words):
        short = type_of_symbol(code.symbol) == "cong_van" and _SHORT.fullmatch(reading.folded, word.end, code.start)
        if short or (_may_be(word.slug, code.symbol) and _ABOUT.fullmatch(reading.folded, word.end, code.start)):
            return word
    return None


def _may_be(slug: str, symbol: str) -> bool:
    """May a symbol be of a type? A court's tells the kind of its case: 34/2020/DS-ST.

    >>> _may_be("quyet_dinh", "QĐXXST-DS"), _may_be("bao_cao", "QĐ-UBND"), _may_be("ban_an", "DS-ST")
    (True, False, True)
    """
    own = type_of_symbol(symbol)
    if slug in {"ban_an", "quyet_dinh"} and own == "cong_van" and _OF_COURT.search(symbol):
        return True
    kind = type_by_slug(slug)
    return own == slug != "cong_van" or (
        kind is not None and any(symbol.startswith(own) for own in kind.symbols if len(own) > 1)
    )
