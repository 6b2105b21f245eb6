"""`Như Điều 4`: of a decision, the article that charges those named in it with carrying it out."""

from __future__ import annotations

import re

from extract.field import Field
from extract.notice import Recipient
from extract.reading import Reading

_AS_ARTICLE = re.compile(r"Như Điều (?P<n>\d{1,2})")
_ARTICLE = re.compile(r"(?m)^\W*dieu\s+(?P<n>\d{1,2})\s*[.:]")
# Điều 4. Chánh Văn phòng UBND tỉnh, … chịu trách nhiệm thi hành Quyết định này./.
_CHARGES = re.compile(r"(?:chiu|co)\s+trach\s+nhiem\s+thi\s+hanh|can\s+cu\s+(?:quyet\s+dinh\s+)?thi\s+hanh")


def as_article(whole: Reading, recipient: Field[Recipient]) -> Field[Recipient]:
    """The entry, in doubt where another article than it names charges with carrying it out.

    >>> from extract.field import Method
    >>> from normalize.text import from_lines
    >>> lines = ["Điều 1. Công nhận", "Điều 4. Các ông, bà chịu trách nhiệm thi hành."]
    >>> whole = Reading(from_lines(lines), (1.0,) * 12)
    >>> told = as_article(whole, Field(Recipient(name="Như Điều 3", purpose=None), 0.99, Method.READ, "recipient"))
    >>> told.review, told.why
    (True, 'Điều 4 charges with carrying it out')
    """
    named = _AS_ARTICLE.fullmatch(recipient.value.name)
    charging = _charging(whole) if named else None
    if named is None or charging is None or charging == int(named["n"]):
        return recipient
    return recipient.doubt(f"Điều {charging} charges with carrying it out", 0.6)


def _charging(whole: Reading) -> int | None:
    """The number of the one article that charges somebody; None of several and of none."""
    found = list(_ARTICLE.finditer(whole.folded))
    ends = [*(article.start() for article in found[1:]), len(whole.folded)]
    charging = [a for a, end in zip(found, ends, strict=True) if _CHARGES.search(whole.flowing, a.end(), end)]
    return int(charging[0]["n"]) if len(charging) == 1 else None
