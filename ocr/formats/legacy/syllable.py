"""What a syllable of Vietnamese is: by its parts and its tone, not by a list."""

from __future__ import annotations

import re
import unicodedata

from ocr.formats.legacy.encoding import TOUCHED

LETTERS = re.compile(r"[^\W\d_]{2,}")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = {"\u0301", "\u0323"}
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:(?:a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|uyê|oo)(?:(?P<stop>[cpt])|ng|[mn])"
    r"|(?:a|ê|i|y|oa|uê|uy)(?:(?P<front>ch)|nh)"
    r"|a|e|ê|i|o|ô|ơ|u|ư|y|ia|ua|ưa|uê|uơ|uy|oa|oe|uya|eo|êu|iu|iêu|yêu|ao|au|âu|ai|ay|ây|oi|ôi|ơi|ui|ưi|uôi|ươi"
    r"|oai|oay|oao|oeo|uây|ưu|ươu|uyu)"
)


def is_written(word: str) -> bool:
    """Can the word stand in modern text? Edges of punctuation do no harm."""
    runs = LETTERS.findall(word)
    return bool(runs) and all(map(is_syllable, runs)) and not TOUCHED.search(LETTERS.sub("", word).strip("«»·°–"))


def is_syllable(word: str) -> bool:
    """Can Vietnamese have such a syllable? By its parts and its tone, not by a list.

    >>> is_syllable("nghiệm"), is_syllable("Ủy"), is_syllable("huyén"), is_syllable("niẹo"), is_syllable("mạt")
    (True, True, False, False, True)
    """
    parted = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parted if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in parted if c not in _TONES))
    found = _SYLLABLE.fullmatch(bare)
    if found is None or len(tones) > 1:
        return False
    return not (found["stop"] or found["front"]) or bool(_STOP_TONES.intersection(tones)) or word.isascii()
