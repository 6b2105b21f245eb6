"""Đ in abbreviations of bodies that a text names in words: BB-DTT beside `Đoàn thẩm tra` is BB-ĐTT."""

from __future__ import annotations

import re

from normalize.text import Text

# Đoàn thẩm tra · Hội đồng thẩm định · Phòng Giáo dục và Đào tạo: bodies whose initials hold a Đ, as far as six words
_BODY = re.compile(
    r"(?<!\w)(?:đoàn|hội\s+đồng|tổ|phòng|đảng|đội|hồ\s+sơ|ban\s+chỉ\s+đạo)((?:\s+(?!của|được|đã|để|theo|do|tại)[^\W\d_]+){1,5})"
)
_TOKEN = re.compile(r"(?<![^\W_])[A-ZĐ]*[DĐ][A-ZĐ]*(?![^\W_])")
# Letters of offices that stand for one name only: Sở KH&DT, Sở LD-TB&XH
_CLOSED = (
    (re.compile(r"(?<=\bKH&)DT\b|(?<=\bGD&)DT\b"), "ĐT"),
    (re.compile(r"\bLD(?=-?TB)"), "LĐ"),
)
SHORTEST, LONGEST = 3, 6


def with_strokes(text: Text) -> Text:
    """The text with Đ where the initials of a body that it names have one.

    >>> from normalize.text import from_lines
    >>> with_strokes(from_lines(["Số: 07/BB-DTT", "Đoàn thẩm tra nông thôn mới", "Lưu: HSDTT."])).string.splitlines()
    ['Số: 07/BB-ĐTT', 'Đoàn thẩm tra nông thôn mới', 'Lưu: HSĐTT.']
    """
    known = _initials(text.string.lower())
    edits = {found.span(): new for found in _TOKEN.finditer(text.string) if (new := _meant(found[0], known))}
    edits |= {found.span(): meant for pattern, meant in _CLOSED for found in pattern.finditer(text.string)}
    return text.replace_all([(*span, new) for span, new in sorted(edits.items())])


def _initials(lowered: str) -> dict[str, str]:
    """Initials without strokes → as they are spelled; those that two bodies spell differently are left out."""
    spelled: dict[str, set[str]] = {}
    for body in _BODY.finditer(lowered):
        letters = "".join(word[0] for word in body[0].split() if word != "và").upper()
        for size in range(SHORTEST, min(len(letters), LONGEST) + 1):
            spelled.setdefault(letters[:size].replace("Đ", "D"), set()).add(letters[:size])
    return {bare: ways.pop() for bare, ways in spelled.items() if "D" in bare and len(ways) == 1}


def _meant(token: str, known: dict[str, str]) -> str | None:
    """A token that ends in the initials of a body, with their strokes; None where nothing changes."""
    bare = token.replace("Đ", "D")
    ends = (known[bare[at:]] for at in range(max(len(bare) - SHORTEST + 1, 0)) if bare[at:] in known)
    end = next(ends, None)
    return token[: len(token) - len(end)] + end if end and not token.endswith(end) else None
