"""The name of who signs, below title and seal."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.field import Field, Method
from extract.reading import Reading
from extract.words.names import (
    as_name,
    cut_name,
    lost_acute,
    name_within,
    near_surnames,
    rank_start,
    rare_surname,
    raw_name,
    surnames,
)
from extract.words.titles import match_title
from normalize.fold import fold
from normalize.syllable import pronounceable, spelling

_NOISE = " .,;:'`*-_|"
_EDGES = _NOISE + '“”‘’"~=»«'
# ~ Ma Thi Hao · oie VT; NY. V6 Dinh Khoan · Lane VP. Pham Quoc Hiéu: behind nothing, specks or what is filed
_BESIDE = re.compile(
    r"(?:^|[~=“]|[.;:])[ \t]{0,4}(?P<name>[^\W\d_][^\s;:.,()]{0,11}(?:[ \t][^\s;:.,()]{1,12}){2,3})[ \t]{0,4}$", re.M
)


def find_name(reading: Reading, after: int) -> Field[str] | None:
    """The last line that holds a person's name; else the last in which only the surname is cut."""
    lines = list(re.compile(r"[^\n]+").finditer(reading.string, after))
    whole = (_of_raw(reading, *match.span()) for match in reversed(lines) if reading.mangled)
    if (named := next((field for field in whole if field is not None), None)) is not None:
        return named
    for match in reversed(lines):
        inside = name_within(match.group())
        if inside is not None:
            start, end = _surname_start(reading, match.start(), match.start() + inside[0]), match.start() + inside[1]
            if (cut := _cut(reading, start, end)) is not None:
                return cut
            return _named(reading, match.start(), start, end)
    found = ((_cut(reading, *match.span()) or _misread(reading, match)) for match in reversed(lines))
    return next((field for field in found if field is not None), None)


def find_beside(reading: Reading) -> Field[str] | None:
    """A person's name at the end of a line of the left column, where a dump runs both columns together."""
    if not reading.mangled:
        return None
    named = (_of_raw(reading, *match.span("name")) for match in _BESIDE.finditer(reading.string))
    found = [field.doubt("it stands among the recipients", 0.6) for field in named if field is not None]
    return found[0] if len(found) == 1 else None


def _of_raw(reading: Reading, start: int, end: int) -> Field[str] | None:
    """A whole line that is a name as the engine read it, whatever words restoration made of it: `Lo Van Inh`."""
    raw = [word.text.strip(_EDGES) for word in reading.words(start, end)]
    named = raw_name([word for word in raw if word])
    restored = [word for word in reading.string[start:end].split() if word.strip(_EDGES)]
    if named is None or len(restored) != len(named):
        return None
    plain = [word.strip(_EDGES) for word in restored]
    value = " ".join(as_name(named, plain))
    others = (" ".join(plain),) if " ".join(plain) != value else ()
    field = reading.field(value, start, end, "signer_name", Method.RESTORED, 0.97, alternatives=others)
    return field.doubt("marks of names cannot be told from their letters", 0.75)


def _surname_start(reading: Reading, line: int, start: int) -> int:
    """Where a name begins whose surname was restored as another word: `Giap Van Tuyén` as Giúp Văn Tuyến."""
    before = re.search(r"[^\W\d_]+(?=[ \t]+$)", reading.string[line:start])
    if not reading.mangled or before is None or not before[0][0].isupper():
        return start
    raw = reading.words(line + before.start(), line + before.end())
    return line + before.start() if len(raw) == 1 and fold(raw[0].text.strip(_NOISE)) in surnames() else start


def _misread(reading: Reading, line: re.Match[str]) -> Field[str] | None:
    """A name whose first word is a letter off a surname, or in a text, which misreads less, a rare one as printed."""
    text = line.group().strip(" .,'`-*|°")
    if _is_rare(reading, line, text):
        field = reading.field(text, *line.span(), "signer_name")
        others = tuple(" ".join((name, *text.split()[1:])) for name in near_surnames(text)[:4])
        return replace(field, alternatives=others).doubt(f"{text.split()[0]} is a rare surname, or none", 0.6)
    known = near_surnames(text)
    if not known or match_title(text, 80):
        return None
    rest = text.split()[1:]
    others = tuple(" ".join((name, *rest)) for name in known[1:5])
    field = reading.field(" ".join((known[0], *rest)), *line.span(), "signer_name", Method.INFERRED)
    return replace(field, alternatives=(text, *others)).doubt(f"{text.split()[0]} is no surname", 0.5)


def _is_rare(reading: Reading, line: re.Match[str], text: str) -> bool:
    """`Báo Xuân Thìn`: like a name but for its first word, which is a syllable, in a text whose marks are kept."""
    printed = not reading.mangled and all(word.box is None for word in reading.words(*line.span()))
    return printed and rare_surname(text) and not match_title(text, 80)


def _cut(reading: Reading, start: int, end: int) -> Field[str] | None:
    """A name of whose surname the seal left the end: the commonest that ends so, to be looked at."""
    raw = [word.text.strip(_NOISE) for word in reading.words(start, end)]
    found = cut_name(" ".join(raw))
    names = " ".join(raw)[slice(*found[:2])].split() if found else []
    if found is None or len(raw) != len(reading.string[start:end].split()):
        return None
    rest = reading.flat(start, end).split()[1 - len(names) :]
    if reading.mangled:
        rest = as_name(["", *names[1:]], ["", *rest])[1:]
    others = tuple(" ".join((name, *rest)) for name in found[2][1:5])
    field = reading.field(" ".join((found[2][0], *rest)), start, end, "signer_name", Method.INFERRED)
    return replace(field, alternatives=others).doubt("only the end of the surname is left", 0.5)


def _right_surname(field: Field[str]) -> Field[str]:
    """`Đăng Văn Hòa`: no surname has these marks, the commonest of these letters is meant; the rest is in doubt too."""
    first, _, rest = field.value.partition(" ")
    known = surnames().get(fold(first), ())
    if first in known or not known:
        return field
    others = tuple(f"{name} {rest}" for name in known[1:])
    right = replace(field, value=f"{known[0]} {rest}", method=Method.RESTORED, alternatives=(field.value, *others))
    return right.doubt(f"{first} is no surname, {known[0]} is; other marks of the name may be misread too", 0.6)


def _by_names(reading: Reading, field: Field[str], start: int, end: int) -> Field[str]:
    """The marks that names have, where a foreign model lost those that stood there."""
    raw = [word.text.strip(_NOISE) for word in reading.words(start, end)]
    if len(raw) != len(field.value.split()):
        return field
    value = " ".join(as_name(raw, field.value.split()))
    if value == field.value:
        return field
    return replace(field, value=value, method=Method.RESTORED, alternatives=(*field.alternatives, field.value))


def _as_read(reading: Reading, start: int, end: int) -> str:
    """The name as an engine that knows the marks read it, where that is a syllable: no text tells what people are
    called. Of the names on 300 scans restoration changed one given name, Diệp, and for the worse.
    """
    raw = [word.text.strip(_EDGES) for word in reading.words(start, end)]
    restored = reading.flat(start, end).split()
    if len(raw) != len(restored):
        return " ".join(restored)
    heard = (pronounceable(spelling(word)) for word in raw)
    return " ".join(read if said else word for read, said, word in zip(raw, heard, restored, strict=True))


def _named(reading: Reading, line: int, start: int, end: int) -> Field[str]:
    """The name; in doubt where it has two words only or something stands before it: its head may be lost."""
    printed = reading.flat(start, end) if reading.mangled else _as_read(reading, start, end)
    field = _right_surname(reading.field(printed, start, end, "signer_name", factor=0.97))
    if reading.mangled:
        field = _by_names(reading, field, start, end)
        return field.doubt("marks of names cannot be told from their letters", 0.75)
    if len(field.value.split()) < 3:
        return field.doubt("a name of two words is rare: its first may be lost", 0.7)
    if field.value.split()[0] == "Thị":
        return field.doubt("Thị is no surname: the word before it may be lost", 0.6)
    if (lost := lost_acute(field.value)) and reading.text.is_read(start, end):
        others = (*field.alternatives, field.value.replace(*lost))
        return replace(field, alternatives=others).doubt(f"{lost[0]} may be {lost[1]}: scans lose this tone", 0.75)
    if reading.worn:
        return field.doubt("on so worn a scan a mark of a name may be misread, and no text tells which", 0.78)
    before = reading.string[line:start]
    before = before[: rank_start(before)].strip(" .,'`-*|°")
    return field.doubt(f"{before!r} stands before the name", 0.7) if before else field
