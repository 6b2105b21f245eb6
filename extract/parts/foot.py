"""Where a notice ends: recipients and signature, and an annex behind them."""

from __future__ import annotations

import re
from itertools import takewhile

from rapidfuzz import fuzz

from extract.parts.columns import SIGN_NOTE, recipients_at_right, second_title
from extract.parts.side_by_side import names_beside, titles_beside
from extract.reading import Reading
from extract.words.authorities import IN_WORDS
from extract.words.names import looks_like_name
from extract.words.titles import match_title
from normalize.fold import fold
from normalize.text import TextLine

LAST_LINES = 12  # of a notice without recipients: minutes end with who signed


def foot_line(whole: Reading, lines: tuple[TextLine, ...], body: int) -> int:
    """The line where the signature block begins: `Nơi nhận`, or an authority (`TM. ỦY BAN …`) just before it."""
    for index in range(body, len(lines)):
        text = whole.line(lines[index])
        if is_recipients(text) or recipients_at_right(whole, lines[index]):
            alone = looks_like_name(whole.line(lines[index - 1]).strip())
            named = index - 1 if alone or names_beside(whole, lines[index - 1]) else index
            above = list(takewhile(lambda k: _is_signed(whole, lines[k]), range(named - 1, body, -1)))
            return above[-1] if above else index
    last = range(max(body, len(lines) - LAST_LINES), len(lines))
    return next(
        (i for i in range(body, len(lines)) if _is_authority(whole.line(lines[i]))),
        next((i for i in last if _has_two_signers(whole, lines[i])), len(lines)),
    )


def _has_two_signers(whole: Reading, line: TextLine) -> bool:
    """`THƯ KÝ CHỦ TRÌ`: minutes end so, without recipients."""
    return bool(titles_beside(whole, line)) or second_title(whole.line(line)) is not None


_NOI, _NOI_NHAN = 60, 80  # likeness, of 100, that the first word and both must have
LONGEST = 9  # letters of `noinhe@n` before its colon
_SENT = re.compile(r"\W*(?:Nơi\s+gửi|Gửi)\s*:")  # Nơi gửi: · Gửi:          THẨM PHÁN


def is_recipients(line: str) -> bool:
    """`Nơi nhận:`, also misread (`Noinhgn:`, `Nơi nhân`); `Gửi:` with nothing behind it but the right column.

    >>> is_recipients("Nợi nhân: CHỦ TỊCH"), is_recipients("Noinhgn:"), is_recipients("Ninh Dân, huyện Thanh Ba")
    (True, True, False)
    >>> is_recipients("Nói nhégn: TM. ỦY BAN NHÂN DÂN"), is_recipients("Nói nhé@n:")
    (True, True)
    """
    sent = _SENT.match(line)
    rest = line[sent.end() :].strip() if sent else ""
    if sent is not None and (not rest or rest.isupper()):
        return True
    text = fold(line).lstrip("'`\".,-* ")
    first, close = text.split(" ", 1)[0], text.replace(" ", "")
    start = max(close[:7], close[:LONGEST].split(":")[0], key=lambda read: fuzz.ratio(read, "noinhan"))
    told_apart = len(first) < len("noinh") and fuzz.ratio(first, "noi") < _NOI  # Ninh Dân is no Nơi nhận
    return not told_apart and fuzz.ratio(start, "noinhan") >= _NOI_NHAN


_AUTHORITY = re.compile(rf"\s*((TM|KT|TL|TUQ|Q)\s*[.,]|T/M|K/T|T/L|{IN_WORDS})\s*[^\W\d_]")


def _is_authority(line: str) -> bool:
    """`TM. ỦY BAN NHÂN DÂN`, `KT. GIÁM ĐỐC`: an authority in capitals that opens a line of its own."""
    return _AUTHORITY.match(line) is not None and line.upper() == line


def _is_signed(whole: Reading, line: TextLine) -> bool:
    """An authority or a title in capitals, or several side by side: older decisions are signed above `Nơi nhận`."""
    text = whole.line(line)
    titled = text.strip().isupper() and match_title(text, 90) is not None
    noted = SIGN_NOTE.fullmatch(fold(text)) is not None
    return titled or noted or _is_authority(text) or bool(titles_beside(whole, line))


# QUY CHẾ / (Ban hành kèm theo Quyết định số 905/QĐ-UBND: what the notice itself puts into force
ENCLOSED = re.compile(
    r"\s*(?:quy che|quy dinh|ke hoach|phuong an|de an|noi quy|dieu le|chuong trinh)\b[^.;:()]{0,200}\n"
    r"\s*\((?:ban hanh )?kem theo\b"
)
_FILED = re.compile(r"\W*luu\b")  # - Lưu: VT, NN: nearly the last line of a notice


def annex_line(whole: Reading, lines: tuple[TextLine, ...], foot: int) -> int:
    """Where an annex begins after the signature: a page headed `PHỤ LỤC` or `BIỂU`, or a second letterhead.

    Below the line that says where the notice is filed a head in capitals begins it on the same page, too.
    """
    filed = False
    for index in range(foot + 1, len(lines)):
        text = fold(whole.line(lines[index])).strip()
        opens = lines[index].page != lines[index - 1].page or (filed and whole.line(lines[index]).isupper())
        head = text.startswith(("phu luc", "bieu", "danh sach")) or "cong hoa xa hoi chu nghia" in text
        if opens and (head or ENCLOSED.match(whole.folded, lines[index].start)):
            return index
        filed = filed or _FILED.match(text) is not None
    return len(lines)
