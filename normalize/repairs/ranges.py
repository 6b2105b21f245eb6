"""`đến` between two figures or before a day, of which restoration makes another word: `từ số 7 dén sé 16`."""

from __future__ import annotations

import re

from normalize.text import Text

_DEN = r"(?:dân|dẫn|dần|đền|dén|dến|đồn|đơn|đón|đen)"
_TO = re.compile(rf"(?<=\d\s){_DEN}(?=\s(?:tiêu\schí\s)?số\s\d)")
# trên địa bàn huyện Bắc Sơn tỉnh đồn / ngày 28/11/2023, cụ thể: no other words stand before a day
_UP_TO = re.compile(rf"(?<!\w)(?:t[ỉìíị]nh|t[ỉìíị]n)\s{_DEN}(?=\s(?:hết\s)?ngày\s\d)")


def with_ranges(text: Text) -> Text:
    """The text with the words of a range and of the day up to which figures stand put right.

    >>> from normalize.text import from_lines
    >>> with_ranges(from_lines(["các tiêu chí số 1, 3, từ số 7 dân số 16", "tỉnh đồn ngày 28/11/2023"])).string
    'các tiêu chí số 1, 3, từ số 7 đến số 16\\ntính đến ngày 28/11/2023\\n'
    """
    edits = [(*found.span(), "đến") for found in _TO.finditer(text.string)]
    edits += [(*found.span(), _as_wrapped(found[0])) for found in _UP_TO.finditer(text.string)]
    return text.replace_all(sorted(edits))


def _as_wrapped(read: str) -> str:
    """The two words with what parts them as it stood: a blank, or a line's end."""
    return "tính\nđến" if "\n" in read else "tính đến"
