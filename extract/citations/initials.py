"""A symbol's group against the name of the body that issued the document."""

from __future__ import annotations

from dataclasses import replace

from extract.draft import CitationDraft
from extract.field import Method


def mend_by_issuer(draft: CitationDraft) -> CitationDraft:
    """`Ban chỉ đạo … tại Văn bản số 139/BCH-NTM`: the issuer's initials are BCĐ, one letter off; so the code's are.

    Inferred, and for review: number and issuer say the same thing, and one of them was misread.
    """
    if draft.code is None or draft.issuer is None:
        return draft
    number, stroke, symbol = draft.code.value.rpartition("/")
    head, dash, rest = symbol.partition("-")
    own = initials(draft.issuer.value, len(head))
    if not dash or len(head) < 3 or own == head or not one_off(own, head):
        return draft
    value = f"{number}{stroke}{own}{dash}{rest}"
    why = f"the issuer's name begins with {own}, {head} was read"
    code = replace(
        draft.code, value=value, method=Method.INFERRED, confidence=0.7, review=True, why=why,
        alternatives=(draft.code.value,),
    )  # fmt: skip
    return replace(draft, code=code)


def initials(name: str, count: int) -> str:
    """The first letters of a name's first words, in capitals.

    >>> initials("Ban chỉ đạo các Chương trình", 3)
    'BCĐ'
    """
    return "".join(word[0] for word in name.split()[:count] if word[0].isalpha()).upper()


def one_off(a: str, b: str) -> bool:
    """Do two groups of one length differ in one letter, and not in the first?"""
    return len(a) == len(b) and a[:1] == b[:1] and sum(x != y for x, y in zip(a, b, strict=True)) == 1
