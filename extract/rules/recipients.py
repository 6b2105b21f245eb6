"""Nơi nhận: one entry a printed dash, and the Lưu line as filing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.field import Field, Method
from extract.notice import Recipient
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.rules.as_article import as_article
from extract.rules.filing import find_filing
from extract.rules.seal import before_seal
from extract.trail import missed
from extract.words.damage import misread, respelled, with_commas, without_noise
from extract.words.names import looks_like_name
from extract.words.phrases import word_pattern
from extract.words.places import with_marks
from extract.words.shortened import as_meant, usual_entries
from normalize.fold import fold
from normalize.letters import SMALL, UPPER
from normalize.lexicon.agencies import agency_names
from normalize.match import best_of

_HEAD = re.compile(r"^[\W_]*(?:n?\wi\s*nh\w{1,3}\s*[:;.,]?|(?:noi\s+)?gui\s*:)")
# - UBND tỉnh; · .~ TT. Huyện ủy · _~ Chi cục: a dash and the specks beside it · l Như trên: a dash that stands upright
_DASH = re.compile(rf"(?m)^[ \t'`‘’\"|.,„_]*[-–—~+•*=¬]+\s*|(?<=[;:])[ \t]+[-–]\s+|^[ \t]*l[ \t]+(?=[{UPPER}])")
_NUMBER = re.compile(r"(?m)^[ \t]*\d{1,2}[.)][ \t]+")  # 1. UBND tỉnh (báo cáo);
MOST_ENTRIES, LONGEST = 80, 400  # entries, and characters of one: beyond that it is no list of recipients any more
_LINE_STOP = re.compile(r"[;:][ \t.,'`]*\n\s*|\n\s*(?=L[uư]u\s*:)")
_OPENS_LIST = re.compile(r"(?<!\w)(?:cac|\d+|vp\w*|tt|ld\w*)\b[^;]*$")  # Các Sở: · UBND 02 xã: · VPUB:
# Lưu: VT · Lưu trữ: VT · Lưu Văn phòng Tỉnh ủy (the Party's way, without a colon)
_FILED = re.compile(
    r"[\W_]*[a-z]uu\s*:(?=\s*vt\b)|"  # Bưu: VT
    r"[\W_]*l\w{1,2}u(?:\s*(?:tru)?\s*[:;.,]|\s+(?=(?:vt|vp\w*|hc|nv|tchc|hs|cv|van phong|van thu|ho so)\b))"
)
_FILED_BARE = re.compile(r"[\W_]*[Ll][uư]u\s+(?!tru\b)(?=\w)")  # Lưu NN, VT · Lưu Hội · Lưu hồ sơ
# (để b/c) · (b/cáo) · (đăng Website) · (t/h) · (phê duyệt) · (dự, đưa tin) but not (KTTH)
# (để b/c)z: a semicolon misread
_PURPOSE = re.compile(
    rf"\(\s*(?P<why>(?:[btp]\s?/\s?[ch]|du(?=\s*[,;)])|{word_pattern('purposes')}\b)[^()]*)\)(?:\s*|[a-z])$"
)
# (phu/h) · (thuỷ b/c) · (46 thực hiện) · (đô p/h: what a foreign model leaves of ph/h, thay b/c, để thực hiện
_PURPOSE_WORN = re.compile(
    r"\(\s*(?P<why>(?:\w{1,4}\s+)?(?:b|t|p|ph|th|phu|thu)\s?/\s?(?:[ch]\b|cao|hien|hop)[^()]*|"
    r"\w{1,3}\s+(?:thuc hien|bao cao|phoi hop|theo doi)|phu\s+hop|thu?)\)?\s*$"
)
_SCRAP = re.compile(r"\w[&{}\[\]<>|]{2,}")  # nông tR&}: a sure neighbour makes a word of it
# (b/ · (b/€ · (uh · (Uh): what is left of a bracket
_TORN = re.compile(r"\s*\((?:[^()]{0,4}|\s*\w{0,2}/\W?\w?\W?|[a-zU][a-z]{0,2}\))$")
_NUMBERED_OFFICE = re.compile(rf"^(?:86|[85]ở|S6)(?=\s[{UPPER}])")  # 8ở GD&ĐT, 86 Y tế
_OFFICE = re.compile(r"(?<=\w )(?:[sS][ốôóồổ]|S[ðđ6])$")  # Website số, các PGĐ Sð: no entry ends in `số`
_SIGNED = re.compile(r"\s*(?:TM\s*[.,]|T/M)\s*[A-ZĐỦỘ]{2}")
# Sở GD&ĐT: Cty Điện lực: a semicolon; not `UBND các xã: Tiên Mỹ`, `Các Sở: Y tế`
_PARTED = re.compile(r"(?<=[A-ZĐ]):\s+(?=(?:Cty|Công ty|Sở|Phòng|Ban|Hội|Chi cục|UBND|Văn phòng|VP)\s)")
_AS_ABOVE = re.compile(r"Như\s+t(?!rên)\w{2,3}n")  # Như tiên
_GLUED = re.compile(r"(?<=UBND)(?=t[iỉ]nh\b|huyện\b|xã\b|thị\b)|(?<=HĐND)(?=tinh\b)")  # UBNDtinh
# (bíc) · (Tih) · (P!h): a stroke read as a letter, on a scan
_STRUCK = re.compile(r"\(\s*(?P<why>[bBtTpP][iíìl!|/][chCH])\s*\)\s*$")
# (thống nhất ý kiến): of 4,162 names in written gold five end in small letters in brackets, (đ/c Tuấn), (phụ trách NN)
_SMALL = re.compile(rf"\(\s*(?P<why>(?!đ/c|đồng chí|ông |bà |phụ trách|theo dõi){SMALL}{{2}}[^()]*)\)\s*$")
_UNCLOSED = re.compile(r"\s+\([^()]*$")  # UBND các xã (thiện: the rest of a purpose is lost
# (để thực hiện), - · (để báo cáo), ‘THƯ THƯỜNG TRỰC: what stands in the right column
_BESIDE = re.compile(rf"\((?:để|báo|thực|phối)\s[^()]*\)(?P<behind>\s*,(?:[\s\W_]|[{UPPER}])+)$")
_JOINED = re.compile(rf"\([^()]*\)\s*[,.:]\s+[{UPPER}]")  # Văn phòng Tỉnh ủy (để báo cáo), Các đồng chí Huyện ủy viên
_OPEN_ENDED = re.compile(r",\s*[/|]?\s*;\s*\Z")  # Các phòng: NN&PTNT, TC-KH, / ;
# UBND các xã: Phú Xuân: of 277 lists in written gold none has one name
_LONE = re.compile(r"\b(?:các|\d+) (?:xã|phường|huyện|sở|phòng|ban|thôn)[^:]*:(?P<listed>[^:,;&–-]+)$", re.I)
_PIERCED = re.compile(r"(?<=[A-ZĐ])\((?=[A-ZĐ](?!\w))")  # UBMTT(Q và các đoàn thể: no bracket
_OF_PERSON = re.compile(rf"\bP?C?VP\.? [{UPPER}]{SMALL}+$")  # CVP, PCVP Nguyên; not VP HĐND
# the words that purposes are made of: no other word of their letters stands there
_USUAL = {
    fold(word): word for word in re.findall(r"\w+", "để báo cáo thực hiện phối hợp biết theo dõi chỉ đạo thi hành")
}
_BEGIN_SMALL = ("cac ", "nhu ", "luu ", "dai dien ", "d/c ", "dong chi ", "ca nhan ", "cong ty ", "ong ", "ba ")


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    end: int


def find_recipients(zones: Zones) -> tuple[tuple[Field[Recipient], ...], tuple[Field[str], ...]]:
    """(recipients, filing units), each entry joined over its wrapped lines, in printed order."""
    reading = zones.recipients
    if not reading.string.strip():
        for name in ("recipients", "filing"):
            missed(f"/document/{name}", "recipient", "no line like ‘Nơi nhận’ opens a block below the body")
    recipients: list[Field[Recipient]] = []
    filing: tuple[Field[str], ...] = ()
    first = reading.string.strip().split("\n")[0]
    if _SIGNED.match(reading.string) or looks_like_name(first):  # minutes: the other side signs on the left
        missed("/document/recipients", "recipient", "another signature stands in their place", reading.string)
        return (), ()
    for entry in _entries(reading)[:MOST_ENTRIES]:
        filed = _filed(reading, entry)
        if filed is not None:
            filing = find_filing(reading, filed, entry.end)
            break
        if entry.end - entry.start > LONGEST:
            missed("/document/recipients", "recipient", f"an entry longer than {LONGEST} characters ends the list")
            break
        recipient = _recipient(reading, entry)
        if recipient is not None and _is_person(reading, entry):
            missed("/document/recipients", "recipient", "a person's name between two entries", recipient.value.name)
        elif recipient is not None:
            recipients.append(as_article(zones.whole, recipient))
    return tuple(recipients), filing


def _is_person(reading: Reading, entry: _Entry) -> bool:
    """Is it the signer's name, which a dump that runs both columns together has between two entries?"""
    whole = reading.flat(entry.start, entry.end)
    return reading.mangled and whole[-1:].isalpha() and looks_like_name(whole.strip())


def _filed(reading: Reading, entry: _Entry) -> int | None:
    """Where the units begin that keep a copy, if the entry is the Lưu line; `Lưu Văn Minh` is a person."""
    found = _FILED.match(reading.folded, entry.start, entry.end)
    if found is None:
        found = _FILED_BARE.match(reading.unmarked, entry.start, entry.end)
        whole = reading.flat(entry.start, entry.end).strip(" ;.,")
        found = None if found and len(whole.split()) > 2 and looks_like_name(whole) else found
    return found.end() if found else None


def _entries(reading: Reading) -> list[_Entry]:
    """The text between dashes or numbers, from the heading on."""
    head = _HEAD.match(reading.folded)
    start = head.end() if head else 0
    mark = _NUMBER if re.compile(r"\s*1[.)]\s").match(reading.string, start) else _DASH
    marks = [found for found in mark.finditer(reading.string) if found.end() > start]
    cuts, stops = [start, *(found.end() for found in marks)], [*(found.start() for found in marks), len(reading.string)]
    return [entry for cut, stop in zip(cuts, stops, strict=True) for entry in _undashed(reading, cut, stop)]


def _undashed(reading: Reading, start: int, end: int) -> list[_Entry]:
    """Cut where a dash was lost: a line that ends in a semicolon ends its entry, if the next begins with a capital.

    So does one in a colon, a semicolon misread, that opens no list. Not inside a list that is itself parted by
    semicolons (`Các Sở: Nội vụ; Y tế;`).
    """
    cuts = [start]
    for match in _LINE_STOP.finditer(reading.string, start, end):
        inside = reading.string[cuts[-1] : match.start()]
        if match[0].startswith(":") and _OPENS_LIST.search(fold(inside)):
            continue
        if reading.string[match.end() : match.end() + 1].isupper() and not (":" in inside and ";" in inside):
            cuts.append(match.end())
    return [_Entry(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True) if reading.string[a:b].strip()]


@dataclass(frozen=True, slots=True)
class _Bracket:
    """The bracket at an entry's end that says why somebody gets a copy, from `start` on; `wrong`: why it may not."""

    start: int
    purpose: str
    wrong: str | None = None


def _bracket(reading: Reading, entry: _Entry, end: int) -> _Bracket | None:
    """The bracket, whatever became of it: `(để b/c)`, `(bíc)`, `(phu/h)`; words in small letters may be of the name."""
    said = _PURPOSE.search(reading.flowing, entry.start, end)
    if said:
        return _Bracket(said.start(), _as_written(reading.flat(*said.span("why"))))
    if struck := _STRUCK.search(reading.string, entry.start, end):
        return _Bracket(struck.start(), f"{struck['why'][0]}/{struck['why'][2]}")
    worn = _PURPOSE_WORN.search(reading.flowing, entry.start, end) if reading.mangled else None
    small = worn or _SMALL.search(reading.string, entry.start, end)
    if small is None:
        return None
    wrong = "what stood in brackets is torn" if worn else "what stands in brackets may be of the name"
    return _Bracket(small.start(), _as_written(reading.flat(*small.span("why"))), wrong)


def _recipient(reading: Reading, entry: _Entry) -> Field[Recipient] | None:
    end = _content_end(reading, entry)
    bracket = _bracket(reading, entry, end)
    purpose = bracket.purpose if bracket else None
    printed = without_noise(reading.flat(entry.start, bracket.start if bracket else end))
    name = _PIERCED.sub("", _UNCLOSED.sub("", _TORN.sub("", printed))).strip(" -–;.,:ˆ`'|*")
    if sum(c.isalpha() for c in name) < 2:
        return None
    name = re.sub(r"\b[Il](\d)\b", r"1\1", name)  # UBND I4 xã
    name = re.sub(r"(?<=[A-ZĐ]),(?=[A-ZĐ])", ", ", name)  # CVP,CVNN
    name = _NUMBERED_OFFICE.sub("Sở", name)
    name = as_meant(name) if reading.mangled else _OFFICE.sub("Sở", name)
    named = with_marks(with_commas(_PARTED.sub("; ", name if reading.mangled else _GLUED.sub(" ", name))))
    usual = _meant(name, usual_entries()) if reading.mangled else "Như trên" if _AS_ABOVE.fullmatch(name) else None
    known = _meant(name, agency_names()) or usual
    if known is not None:
        value = Recipient(name=known, purpose=purpose)
        matched = reading.field(value, entry.start, end, "recipient", Method.MATCHED, factor=0.95)
        return matched if fold(name) == fold(known) else matched.doubt(f"read as {name!r}", 0.75)
    field = reading.field(Recipient(name=named, purpose=purpose), entry.start, end, "recipient")
    if named != name:
        return replace(field, method=Method.RESTORED, alternatives=(name,)).doubt(f"read as {name!r}", 0.7)
    torn = any(pattern.search(printed) for pattern in (_TORN, _UNCLOSED, _PIERCED))
    wrong = bracket.wrong if bracket else None
    wrong = wrong or ("what stood in brackets is torn" if torn else _damage(reading, entry, name))
    return field.doubt(wrong, 0.7) if wrong else field


def _as_written(purpose: str) -> str:
    """A purpose of usual words with their marks, whatever was read.

    >>> _as_written("đề báo cảo"), _as_written("b/c"), _as_written("đăng Website")
    ('để báo cáo', 'b/c', 'đăng Website')
    """
    words = [_USUAL.get(fold(word)) for word in purpose.split()]
    known = [word for word in words if word is not None]
    return " ".join(known) if len(known) == len(words) and not purpose[:1].isupper() else purpose


def _meant(name: str, known: tuple[str, ...]) -> str | None:
    """The name of a list that an entry is but for misread letters; other abbreviations make it another."""
    best = best_of(name, known)
    if best.value is None or best.score < 0.85 or not respelled(name, best.value):
        return None
    pairs = zip(name.split(), best.value.split(), strict=True)
    return None if any(a.isupper() and b.isupper() and fold(a) != fold(b) for a, b in pairs) else best.value


def _damage(reading: Reading, entry: _Entry, name: str) -> str | None:
    """Signs that an entry was cut, or two were joined, beside those of any name."""
    if _JOINED.search(name):
        return "what stands behind a bracket may be another entry"
    if _OPEN_ENDED.search(reading.string, entry.start, entry.end):
        return "a comma ends it: the list goes on"
    if (lone := _LONE.search(name)) and " và " not in lone["listed"]:
        return "of the names that it lists one is left"
    if len(name) <= 3 and name.islower():
        return "it is hardly a name"
    if name[0].islower() and not fold(name).startswith(_BEGIN_SMALL):
        return "it begins with a small letter"
    if reading.mangled and _OF_PERSON.search(name):
        return "the marks of a person's name are guesses"
    raw = [word.text for word in reading.words(entry.start, entry.end)] if reading.mangled else []
    if scraps := [word for word in raw if _SCRAP.search(word)]:
        return f"{scraps[0]!r} is hardly a word"
    return misread(reading, entry.start, entry.end, name)


def _content_end(reading: Reading, entry: _Entry) -> int:
    """The entry's end without trailing blanks and stops, and without what a seal left behind its semicolon."""
    text = reading.string[entry.start : entry.end]
    stop = text.rfind(";")
    if stop >= 0 and len(re.findall(r"[^\W\d_]{2,}", text[stop:])) < 2:
        text = text[:stop]
    if beside := _BESIDE.search(text):  # (để báo cáo), ‘THƯ THƯỜNG TRỰC
        text = text[: beside.start("behind")]
    end = entry.start + len(text.rstrip(" \n;.,:/"))
    return before_seal(reading, entry.start, end) if reading.mangled else end
