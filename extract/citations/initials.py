"""A symbol's group against the name of the body that issued the document."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from extract.draft import CitationDraft
from extract.field import Field, Method
from normalize.fold import fold
from normalize.lexicon.types import type_of_symbol

_LEFT_OUT = ("va", "cac", "ve", "cua")  # SVHTT: Sở Văn hóa và Thể thao
_SIGNS_AS = {"thu tuong chinh phu": "TTg", "chinh phu": "CP"}
_OF_STEERING = "BCĐ"
_OFFICES = frozenset({*_SIGNS_AS.values(), "UBND", "HĐND"})  # that no other office is misread as


def mend_by_issuer(draft: CitationDraft) -> CitationDraft:
    """`Ban chỉ đạo … tại Văn bản số 139/BCH-NTM`: the issuer's initials are BCĐ, one letter off; so the code's are.

    Inferred, and for review: number and issuer say the same thing, and one of them was misread.
    """
    draft = _of_premier(draft)
    if draft.code is None or draft.issuer is None:
        return draft
    number, stroke, symbol = draft.code.value.rpartition("/")
    fixed = _fixed(symbol, draft.issuer.value)
    if fixed is not None:
        why = f"{draft.issuer.value} signs as {fixed.rpartition('-')[2]}; {symbol.rpartition('-')[2]} was read"
        return replace(draft, code=_inferred(draft.code, f"{number}{stroke}{fixed}", why))
    head, dash, rest = symbol.partition("-")
    own = initials(draft.issuer.value, len(head))
    spoken = initials(" ".join(w for w in draft.issuer.value.split() if fold(w) not in _LEFT_OUT), len(head))
    if not dash or len(head) < 3 or "&" in head or head in (own, spoken) or _is_type(head) or not one_off(own, head):
        return draft
    why = f"the issuer's name begins with {own}, {head} was read"
    return replace(draft, code=_inferred(draft.code, f"{number}{stroke}{own}{dash}{rest}", why))


def _of_premier(draft: CitationDraft) -> CitationDraft:
    """`1980/QĐ-TTg của Thủ tướng Chính An`: who signs as TTg is the Prime Minister."""
    code, issuer = draft.code, draft.issuer
    name = fold(issuer.value) if issuer else ""
    if (
        code is None
        or issuer is None
        or not code.value.endswith("-TTg")
        or not name.startswith("thu tuong ")
        or name in _SIGNS_AS
    ):
        return draft
    meant = replace(issuer, value="Thủ tướng Chính phủ", method=Method.INFERRED, alternatives=(issuer.value,))
    return replace(draft, issuer=meant.doubt(f"{code.value} is his; {issuer.value!r} was read", 0.75))


def _is_type(head: str) -> bool:
    """`TTr-HĐND` of the Thường trực Hội đồng: the group tells the type, and is no body's initials."""
    return type_of_symbol(head) != "cong_van"


def _inferred(code: Field[str], value: str, why: str) -> Field[str]:
    return replace(
        code, value=value, method=Method.INFERRED, confidence=0.7, review=True, why=why, alternatives=(code.value,)
    )


def _fixed(symbol: str, issuer: str) -> str | None:
    """`QĐ-TU` of the Prime Minister can only be `QĐ-TTg`, `NĐ-GP` of the Government `NĐ-CP`.

    A symbol of another office stays: many write `Quyết định số 318/QĐ-TTg của Chính phủ`.

    >>> _fixed("QĐ-TU", "Thủ tướng Chính phủ"), _fixed("QĐ-TTg", "Chính phủ"), _fixed("BC-BCPĐ", "Ban Chỉ đạo tỉnh")
    ('QĐ-TTg', None, 'BC-BCĐ')
    """
    head, dash, last = symbol.rpartition("-")
    own = _SIGNS_AS.get(fold(issuer))
    if fold(issuer).startswith("ban chi dao") and Levenshtein.distance(last, _OF_STEERING) == 1:
        own = _OF_STEERING
    return f"{head}-{own}" if own and dash and last not in _OFFICES and len(last) <= 4 else None


def initials(name: str, count: int) -> str:
    """The first letters of a name's first words, in capitals; a word that is shortened itself gives all of its own.

    >>> initials("Ban chỉ đạo các Chương trình", 3), initials("Ban CHQS thị xã", 3)
    ('BCĐ', 'BCH')
    """
    words = [word for word in name.split()[:count] if word[0].isalpha()]
    return "".join(word if len(word) > 3 and word.isupper() else word[0] for word in words).upper()[:count]


def one_off(a: str, b: str) -> bool:
    """Do two groups of one length differ in one letter, and not in the first?"""
    return len(a) == len(b) and a[:1] == b[:1] and sum(x != y for x, y in zip(a, b, strict=True)) == 1
