"""Where the body's first sentence begins, if it follows the title or the trích yếu without a gap."""

from __future__ import annotations

import re

from extract.parts.columns import Piece
from extract.parts.headings import opens_body
from extract.reading import Reading, Span
from normalize.fold import fold

_STOPPED = re.compile(r"(?:(?:[^\W\d_]{2}|\d|/)\.|:)\s*$")  # … 120 giường. · … như sau: · ./.


def before_sentence(whole: Reading, spans: list[Span], left: list[Piece]) -> int:
    """How many lines below a title are its trích yếu, where the body's first sentence follows without a gap.

    A trích yếu ends in no stop; what begins with the issuer's name or `Tôi` and ends in one is a sentence. A giấy giới
    thiệu has no other lines.
    """
    if not spans or not _STOPPED.search(whole.string[slice(*spans[-1])]):
        return len(spans)
    texts = [whole.string[slice(*span)] for span in spans]
    names = _openings(whole, left)
    for index, text in enumerate(texts):
        begins = fold(text).startswith((*names, "toi la ", "toi ten ")) or (index > 0 and opens_body(text, True))
        if begins and text[:1].isupper() and (index == 0 or not wants_more(texts[index - 1])):
            return index
    return len(spans)


def _openings(whole: Reading, left: list[Piece]) -> tuple[str, ...]:
    """The first three words of each line of the letterhead's left column, as a sentence about its body begins."""
    rows = [whole.string[slice(*piece.span)] for piece in left]
    words = [fold(row).split()[:3] for row in rows if row.isupper()]
    return tuple(" ".join(first) + " " for first in words if len(first) > 1 and first[0] != "so:")


def wants_more(line: str) -> bool:
    """`KẾT LUẬN CỦA` / `CHỦ TỊCH UBND HUYỆN`: the line above does not end a title."""
    return fold(line).rstrip().endswith((" cua", " va", " do", " cho", " voi", " thuoc", ","))
