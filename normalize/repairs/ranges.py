"""`đến` between two figures, which restoration makes the commoner `dân số` of: `từ số 7 dén sé 16`."""

from __future__ import annotations

import re

from normalize.text import Text

_TO = re.compile(r"(?<=\d\s)(?:dân|dẫn|dần|đền|dén|dến)(?=\s(?:tiêu\schí\s)?số\s\d)")


def with_ranges(text: Text) -> Text:
    """The text with the word of a range put right.

    >>> from normalize.text import from_lines
    >>> with_ranges(from_lines(["các tiêu chí số 1, 3, từ số 7 dân số 16"])).string
    'các tiêu chí số 1, 3, từ số 7 đến số 16\\n'
    """
    return text.replace_all([(*found.span(), "đến") for found in _TO.finditer(text.string)])
