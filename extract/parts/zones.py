"""Where the parts of a notice stand: letterhead, title, opening, body, recipients, signature.

The layout is that of Decree 30/2020, Appendix I. Letterhead and signature block have two columns: a scan's lines
come with their side (`Region`), a dump's lines run across both and are cut here at what only the right column
holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.parts.columns import signature_pieces
from extract.parts.foot import annex_line, foot_line
from extract.parts.headings import is_heading, opens_body
from extract.parts.letterhead import letterhead_pieces
from extract.parts.strays import strays
from extract.parts.title import find_subject, first_body_line, is_addressed, title_line
from extract.reading import Reading, Span
from extract.words.phrases import word_pattern
from normalize.fold import fold
from normalize.text import TextLine

_PLACE = 5  # words that a place at the end of an addressee's name may have
_GOES_ON = re.compile(r"(?:[;,:–-]|(?<!\w)(?:và|của|các|tỉnh|huyện|xã))\s*$")
_NAMED = re.compile(rf"(?:{word_pattern('bodies')}|cac|thu truong|giam doc|chu tich|ong|ba|dong chi)(?!\w)")


@dataclass(frozen=True, slots=True)
class Zones:
    """Each part as a reading of its own; empty where the notice has none.

    `opening` runs from the title to the first numbered heading, `Điều 1` or `như sau:`, whichever comes first
    (contract: what is cited there is a basis); `opening_end` is its end as an offset into `whole`, and
    `body_start`, `body_end` bound everything between title and signature; the notice's own annex begins at
    `annex_start`, where the text ends if there is none.
    """

    whole: Reading
    letterhead: Reading  # left column: bodies, number, V/v
    place_date: Reading
    title: Reading  # the line with the type; empty in a công văn
    subject: Reading
    subject_spans: tuple[Span, ...]  # where the subject stands in `whole`
    addressed: Reading
    recipients: Reading
    signature: Reading
    body_start: int
    opening_end: int
    body_end: int
    annex_start: int

    @property
    def body(self) -> Reading:
        return self.whole.part([(self.body_start, self.body_end)])


def find_zones(whole: Reading) -> Zones:
    """Cut a notice into its parts. Never fails: what is not found is empty."""
    lines = whole.text.lines
    title = title_line(whole, lines)
    head_end = title if title is not None else first_body_line(whole, lines)
    below = strays(whole, lines[title + 1 :]) if title is not None else ()
    head = letterhead_pieces(whole, (*lines[:head_end], *below))
    lines = tuple(line for line in lines if line not in below)
    left = [piece for piece in head if piece.side == "left"]
    subject, after_subject = find_subject(whole, lines, title, left)
    addressed, body_line = _addressed(whole, lines, after_subject)
    foot = foot_line(whole, lines, body_line)
    end = annex_line(whole, lines, foot)
    block = signature_pieces(whole, lines[foot:end])
    body_start, body_end = _offset(whole, lines, body_line), _offset(whole, lines, foot)
    return Zones(
        whole=whole,
        letterhead=whole.part([piece.span for piece in left if piece.span not in subject]),
        place_date=whole.part([piece.span for piece in head if piece.side == "date"]),
        title=whole.part([(lines[title].start, lines[title].end)] if title is not None else []),
        subject=whole.part(subject),
        subject_spans=tuple(subject),
        addressed=whole.part(addressed),
        recipients=whole.part([piece.span for piece in block if piece.side == "left"]),
        signature=whole.part([piece.span for piece in block if piece.side == "right"]),
        body_start=body_start,
        opening_end=_opening_end(whole, lines[body_line:foot], body_end),
        body_end=body_end,
        annex_start=_offset(whole, lines, end),
    )


def _offset(whole: Reading, lines: tuple[TextLine, ...], index: int) -> int:
    return lines[index].start if index < len(lines) else len(whole.string)


def _addressed(whole: Reading, lines: tuple[TextLine, ...], index: int) -> tuple[list[Span], int]:
    """The lines of `Kính gửi:` and the index of the first line of the body proper."""
    if index >= len(lines) or not is_addressed(whole.line(lines[index])):
        return [], index
    spans = [(lines[index].start, lines[index].end)]
    first = index
    index += 1
    while index < len(lines) and index - first < 20 and _continues_address(whole, lines, index):
        spans.append((lines[index].start, lines[index].end))
        index += 1
    return spans, index


def _continues_address(whole: Reading, lines: tuple[TextLine, ...], index: int) -> bool:
    text = whole.line(lines[index]).strip()
    if opens_body(text) or is_heading(text):
        return False
    if re.match(r"[-–—~+•]", text):
        return True
    before = whole.line(lines[index - 1]).rstrip()
    if text[:1].isupper() and len(text.split()) > _PLACE and not (_GOES_ON.search(before) or _NAMED.match(fold(text))):
        return False  # Kính gửi: Các doanh nghiệp trên địa bàn / Để kịp thời phổ biến những điểm mới của Thông tư số
    return not before.endswith((".", "./.")) and (lines[index].block == lines[index - 1].block or before.endswith(";"))


def _opening_end(whole: Reading, lines: tuple[TextLine, ...], end: int) -> int:
    for line in lines:
        text = whole.line(line)
        if is_heading(text):
            return line.start
        stop = re.search(r"nhu\s+sau\s*?[:;.\n]", whole.folded[line.start : line.end + 12])
        if stop:
            return min(line.start + stop.end(), end)
    return end
