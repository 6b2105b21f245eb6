"""Classes of Vietnamese letters for patterns.

From U+1EA0 to U+1EF9 capitals and small letters alternate, so a range such as à-ỹ takes both: capitals are named one
by one here, and small letters are what is left.
"""

from __future__ import annotations

UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"  # capitals, for inside of a class
TONED = "ÀÁẢÃẠẦẤẨẪẬẰẮẲẴẶÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"  # capitals with a tone
SMALL = rf"[^\W\d_{UPPER}]"  # one letter that is no capital

# What stands for a digit where an engine took it for a letter or a sign: 0Ð for 05 …, I9-NQ/HU, 1§ tiêu chí, TCG.
LIKE_DIGITS = {
    "0": "OoQDĐÐØ",
    "1": "IilLT|][íÍÏÌ†",
    "2": "Zz",
    "5": "SsŠðỗõố",
    "6": "Gó",
    "8": "B§Ñ",
    "9": "g",
}


def digits_for(letters: str) -> dict[int, str]:
    """A table for `str.translate` that makes digits of these letters: a place names those that it can't need as such.

    >>> "1O-I9".translate(digits_for("OI")), "g5G".translate(digits_for("Gg"))
    ('10-19', '956')
    """
    return {ord(letter): digit for digit, alike in LIKE_DIGITS.items() for letter in alike if letter in letters}
