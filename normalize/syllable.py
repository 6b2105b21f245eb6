"""Vietnamese syllables: one spelling for each, cut into onset and rime, in the case that was read."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from normalize.fold import fold

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CONSONANTS = re.compile(r"[bcdđghklmnpqrstvxfjwz]*", re.IGNORECASE)
_INITIAL_LETTERS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIME_LETTERS = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc
uôi uôm uôn uông uôt uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn
ương ươp ươt ươu y yêm yên yêng yêt yêu ynh yt
"""
_INITIALS = frozenset(["", *_INITIAL_LETTERS.split()])
_RIMES = frozenset(_RIME_LETTERS.split())
_BARE = frozenset(map(fold, _RIMES))
_MIDDLE = frozenset({"oai", "oao", "oay", "oeo", "uya", "uyu"})
_CHECKED = re.compile(r"(?:c|ch|p|t)$")  # syllables that stop short carry the acute or the dot


class Case(StrEnum):
    """How a word was printed."""

    LOWER = "lower"
    TITLE = "title"
    UPPER = "upper"


@lru_cache(65536)
def spelling(word: str) -> str:
    """The one spelling of a syllable: lower case, NFC, the tone on the vowel where official text puts it.

    >>> [spelling(w) for w in ("Hoà", "thuỷ", "quý", "HOÀN", "đôí", "Ubnd")]
    ['hòa', 'thủy', 'quý', 'hoàn', 'đối', 'ubnd']
    """
    lower = unicodedata.normalize("NFC", word.lower())
    if lower.isascii():
        return lower
    base, tones = _toneless(lower)
    initial, rime = _cut(base)
    if len(tones) != 1 or rime not in _RIMES:
        return lower
    at = len(initial) + _bearer(rime)
    return unicodedata.normalize("NFC", base[: at + 1] + tones + base[at + 1 :])


def spelled(name: str) -> tuple[str, ...]:
    """The words of a name, each in its one spelling, however tones and apostrophes were set.

    >>> spelled("UBND xã Hoà Sơn") == spelled("UBND xã Hòa Sơn"), spelled("Ea H’đinh") == spelled("Ea H'đinh")
    (True, True)
    """
    return tuple(spelling(word.replace("’", "'")) for word in name.split())


@lru_cache(65536)
def pronounceable(word: str) -> bool:
    """Is it a syllable that Vietnamese can have? `word` as `spelling` gives it.

    >>> [pronounceable(w) for w in ("nghiêng", "giữ", "quýt", "cac", "ubnd", "internet")]
    [True, True, True, False, False, False]
    """
    base, tones = _toneless(word)
    initial, rime = _cut(base)
    if initial not in _INITIALS or rime not in _RIMES or len(tones) > 1:
        return False
    return not _CHECKED.search(rime) or tones in ("\u0301", "\u0323")


@lru_cache(65536)
def syllabic(word: str) -> bool:
    """Has it the letters of a syllable, marks aside? `word` in lower case.

    >>> [syllabic(w) for w in ("quyet", "tịch", "ubnd", "internet")]
    [True, True, False, False]
    """
    initial, rime = _cut(fold(word))
    return initial in _INITIALS and rime in _BARE


def _toneless(word: str) -> tuple[str, str]:
    """The word without its tones, in NFC, and the tones."""
    apart = unicodedata.normalize("NFD", word)
    kept = "".join(c for c in apart if c not in _TONES)
    return unicodedata.normalize("NFC", kept), "".join(c for c in apart if c in _TONES)


def _cut(base: str) -> tuple[str, str]:
    """Initial and rime of a toneless syllable; u after q belongs to the initial, and i after g before a vowel."""
    end = _CONSONANTS.match(base).end()  # type: ignore[union-attr]  # it matches the empty string
    if base[:end] == "q" and base[end : end + 1] == "u":
        end += 1
    if base[:end] == "g" and base[end : end + 1] == "i" and base[end + 1 :] in _RIMES and base[end + 1] != "ê":
        end += 1
    return base[:end], base[end:]


def _bearer(rime: str) -> int:
    """The place of the vowel that bears the tone.

    >>> [rime[_bearer(rime)] for rime in ("uyên", "oa", "oan", "ia", "ươi", "oai")]
    ['ê', 'o', 'a', 'i', 'ơ', 'a']
    """
    hatted = [i for i, c in enumerate(rime) if c in "ăâêôơư"]
    if hatted:
        return hatted[-1]
    vowels = [i for i, c in enumerate(rime) if c in "aeiouy"]
    if len(vowels) < len(rime):
        return vowels[-1]
    return 1 if rime in _MIDDLE else 0


@lru_cache(65536)
def parts(word: str) -> tuple[str, str]:
    """Cut a word before its first vowel letter.

    >>> parts("trường"), parts("uỷ"), parts("Quý")
    (('tr', 'ường'), ('', 'uỷ'), ('Q', 'uý'))
    """
    end = _CONSONANTS.match(word).end()  # type: ignore[union-attr]  # it matches the empty string
    return word[:end], word[end:]


def in_case(word: str, case: Case) -> str:
    """Print a lower-case word in a case.

    >>> in_case("ủy", Case.TITLE), in_case("ban", Case.UPPER)
    ('Ủy', 'BAN')
    """
    if case is Case.UPPER:
        return word.upper()
    return word[:1].upper() + word[1:] if case is Case.TITLE else word


@lru_cache(65536)
def case_of(word: str) -> Case:
    """The case of a word as read. One capital with nothing after it counts as title case.

    >>> [case_of(w).value for w in ("Sơn", "UBND", "xA", "Y", "S8", "HGi", "TiNH")]
    ['title', 'upper', 'lower', 'title', 'title', 'title', 'upper']
    """
    letters = [c for c in word if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters or not letters[0].isupper():
        return Case.LOWER
    ends = letters[-1].isupper() or capitals > 2
    return Case.UPPER if ends and capitals > 1 and capitals * 2 > len(letters) else Case.TITLE
