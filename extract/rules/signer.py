"""Who signed: authority, titles and name, the right column of the signature block."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from extract.draft import SignerDraft
from extract.field import Field, Method
from extract.notice import Authority
from extract.parts.zones import Zones
from extract.reading import Reading
from extract.rules.signer_name import find_beside, find_name
from extract.trail import missed
from extract.words.authorities import IN_WORDS, STOPLESS, mark_of
from extract.words.casing import sentence_case
from extract.words.damage import damage
from extract.words.names import looks_like_name, name_within
from extract.words.titles import match_title, titles_like
from normalize.fold import fold
from normalize.letters import SMALL, UPPER
from normalize.lexicon.agencies import agency_names
from normalize.match import best_of
from normalize.syllable import pronounceable, spelling

SURE = 0.97
KNOWN = 0.9  # of a body's name that is read as one of the list
ALIKE = 85  # of 100: what is less like a known title, on a page with its marks, is another

# TM. ỦY BAN NHÂN DÂN · T/M BAN THƯỜNG VỤ · TM BAN THƯỜNG VỤ · KT. CHỦ TỊCH · TL. CHỦ TỊCH · TUQ. GIÁM ĐỐC · Q. GIÁM ĐỐC
_AUTHORITY = re.compile(
    rf"(?m)(?:^|(?<=\s))(?P<mark>(?:TU[QO0G]|TMI?|KT|TL|Q(?!\W+[^\W\d_]{SMALL}))(?=\s*[.,:])|"
    rf"{STOPLESS}|TM(?=\s+(?:BAN|ỦY|UỶ|HỘI|ĐẢNG|CHI|UBND|BCH)\s)|T/M|K/T|T/L|{IN_WORDS})"
    rf"[\s.,:]*(?P<of>(?!(?:TU|HU|ĐU)\b)[{UPPER}][^\n]*)"  # - TL.TU, TT.HĐND tỉnh: a recipient
)


_LISTED = re.compile(rf"[A-Z]+,\s+[^\W\d_]{SMALL}")  # Chi cục TL, Chi cục BVMT: an abbreviation among recipients
# Chi cục trưởng Chi cục, Giám đốc Trung tâm: of which?
_BARE_BODY = re.compile(r"(?:truong (?:chi )?cuc|giam doc (?:trung tam|so|ban quan ly)|van phong dieu)$")
_HEAD_OF = re.compile(r"(?P<kind>(?:chi |tong )?cuc|hat|doi) truong")
_OF_WHICH = {"truong phong": "Phòng", "chi cuc truong": "Chi cục"}  # TL. GIÁM ĐỐC / TRƯỞNG PHÒNG …
_HEADLESS = re.compile(r"(?m)^\W*(?:[^\W\d_]{2,6}\s+)?(?P<body>PHÒNG\s[^\n]*[^\W\d_])")  # SONG PHÒNG HCTP
_LOOSE_CAPITALS = re.compile(rf"(?m)^\W*[{UPPER}]{{4,}}(?:\s[{UPPER}]{{4,}})*\W*$")  # THƯỜNG », alone on its line
_LIKELIER = {"van phong": "Chánh Văn phòng"}  # of 261 in gold 143 are Chánh, 117 Phó Chánh
_TRUONG_PHONG = "Trưởng phòng "
_DEPUTIES = ("pho ", "thu truong", "uy vien")  # TRƯỞNG BAN TT. is what is left of PHÓ TRƯỞNG BAN TT.
_GOES_ON = ("va ", "cac ", "tinh ", "huyen ", "cua ")  # what the second line of a title begins with


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    text: str


def find_signer(zones: Zones) -> SignerDraft:
    """Read the signature block. Where two authorities stand, the last is the signer's own."""
    reading = zones.signature
    marks = [mark for mark in _AUTHORITY.finditer(reading.string) if not _LISTED.match(mark[0])]
    last = marks[-1] if marks else None
    after = last.end() if last else 0
    deputises = last is not None and last["mark"].startswith("K")
    title = _title(reading, after, deputy=deputises)
    name = find_name(reading, after) or find_beside(zones.recipients)
    for found, part in ((name, "name"), (title, "title")):
        if found is None:
            why = "no line below the authority is one" if reading.string.strip() else "no signature block was found"
            missed(f"/document/signer/{part}", f"signer_{part}", why, reading.string[after:])
    if not deputises and (deputy := _unmarked_deputy(reading, after)) is not None:
        return replace(deputy, name=name)
    if last is None:
        why = "no TM., KT., TL., TUQ. or Q. before capitals"
        missed("/document/signer/authority", "authority", why, reading.string)
        missed("/document/signer/for_title", "for_title", "there is no authority")
        return SignerDraft(name, title)
    mark = Authority(mark_of(last["mark"]))
    authority = reading.field(mark, last.start(), last.end("mark"), "authority", Method.READ)
    for_title = None if mark is Authority.TM else _titled(reading, last.start("of"), last.end("of"), "for_title", 70)
    if mark is Authority.TUQ and title and for_title and title.value == for_title.value:
        title = _deputy(title, for_title, mark)
    elif mark in (Authority.TL, Authority.TUQ):
        title = _head_of_body(reading, after, title)
    if title is None and mark is Authority.Q and for_title is not None:
        title = for_title
    if mark is Authority.KT and for_title is not None:
        title = _deputy(title, for_title, mark)
    return SignerDraft(name, title, authority, for_title)


def _unmarked_deputy(reading: Reading, after: int) -> SignerDraft | None:
    """`GIÁM ĐỐC` / `PHÓ GIÁM ĐỐC`: a head's title over his deputy's, whose KT. was lost to the seal; inferred.

    So it stands below `TM. ỦY BAN NHÂN DÂN`, too: the last authority is the signer's own.
    """
    rows = [_Row(m.start(), m.end(), m.group()) for m in re.compile(r"[^\n]+").finditer(reading.string, after)]
    for head, below in pairwise(rows):
        over, under = match_title(head.text, 90), match_title(below.text, 80)
        if over is None or under is None or under.casefold() != f"phó {over}".casefold() or not below.text.isupper():
            continue
        for_title = reading.field(over, head.start, head.end, "for_title", Method.INFERRED)
        title = reading.field(under, below.start, below.end, "signer_title", Method.MATCHED)
        authority = reading.field(Authority.KT, head.start, head.end, "authority", Method.INFERRED)
        why = f"{under} below {over}: only a deputy signs so, and KT. was not read"
        return SignerDraft(None, title.doubt(why, 0.75), authority.doubt(why, 0.75), for_title.doubt(why, 0.75))
    return None


def _head_of_body(reading: Reading, after: int, title: Field[str] | None) -> Field[str] | None:
    """Who signs TL. or TUQ. is the head of a body: in doubt where it is not named or goes on in capitals below.

    A dump may have lost the first word to the seal: `: PHÒNG NGHIỆP VỤ`.
    """
    if title is None:
        found = _HEADLESS.search(reading.string, after) if reading.mangled else None
        known = match_title(f"TRƯỞNG {found['body']}") if found else None
        if found is None or known is None or not known.startswith(_TRUONG_PHONG):
            return None
        field = reading.field(known, *found.span("body"), "signer_title", Method.INFERRED)
        return field.doubt("the word before the body's name is lost", 0.6)
    if fold(title.value) in _OF_WHICH:
        return title.doubt("who signs by order is head of a body that is not named", 0.7)
    if reading.mangled and title.value.startswith(_TRUONG_PHONG) and _LOOSE_CAPITALS.search(reading.string, after):
        return title.doubt("capitals stand below it that may be the rest of the body's name", 0.7)
    return title


def _deputy(title: Field[str] | None, head: Field[str], mark: Authority) -> Field[str]:
    """Who signs KT. is a deputy of whom he signs for (Decree 30/2020, Article 13): a title lost or cut is inferred.

    So is who signs TUQ. under the very title he signs for: `TUQ. TRƯỞNG BAN` / `O TRUONG BAN`.
    """
    expected = "Thứ trưởng" if head.value == "Bộ trưởng" else f"Phó {head.value}"
    cut = title is not None and title.method is not Method.READ and _is_rest(title, expected)
    if title is not None and title.value.casefold() != head.value.casefold() and not cut:
        deputy = fold(title.value).startswith(_DEPUTIES)
        return title if deputy else title.doubt(f"{mark}. {head.value}: only a deputy signs so", 0.7)
    lost = "the signer's own title was not found" if title is None else "the title's first word is lost"
    why = f"{mark}. {head.value}: only a deputy signs so; {lost}"
    inferred = replace(head, value=expected, method=Method.INFERRED, rule="signer_title", review=True, why=why)
    return replace(inferred, confidence=0.75)


def _is_rest(title: Field[str], expected: str) -> bool:
    """Is what was read the end of another title than was taken for it: `H VĂN PHÒNG` of `Phó Chánh Văn phòng`?"""
    rest = fold(title.places[0].raw).split()[1:] if title.places else []
    return title.value != expected and len(rest) > 1 and fold(expected).split()[-len(rest) :] == rest


def _title(reading: Reading, after: int, deputy: bool) -> Field[str] | None:
    """The first line after the authority that names a title; two lines where it is printed in two.

    Where another title stands below it both are his, but of a deputy the first tells how he signs; that is in doubt.
    """
    rows = [_Row(m.start(), m.end(), m.group()) for m in re.compile(r"[^\n]+").finditer(reading.string, after)]
    for index, row in enumerate(rows):
        if (
            index + 1 < len(rows)
            and match_title(f"{row.text} {rows[index + 1].text}", 92)
            and not match_title(row.text, 95)
        ):
            return _titled(reading, row.start, rows[index + 1].end, "signer_title", 92)
        end, second = _title_end(rows, index), _second_title(rows, index)
        found = _titled(reading, row.start, end if deputy or not second else second, "signer_title", 74)
        if found is not None and name_within(row.text) is None:
            return found.doubt("another title stands below it", 0.75) if second else found
    return None


def _title_end(rows: list[_Row], index: int) -> int:
    """Where a title ends that goes on in the next line: `CỤC TRƯỞNG CỤC KINH TẾ` / `VÀ PHÁT TRIỂN NÔNG THÔN`."""
    following = rows[index + 1].text if index + 1 < len(rows) else ""
    goes_on = fold(following).lstrip().startswith(_GOES_ON) or fold(rows[index].text).rstrip().endswith((" va", ","))
    placed = fold(following).rstrip().endswith((" tinh", " huyen", " thanh pho", " xa"))
    goes_on = goes_on or (placed and match_title(following, 95) is None)
    goes_on = goes_on or _names_its_body(rows[index].text, following)
    goes_on = goes_on or _is_named_below(rows, index)
    goes_on = goes_on or _is_rest_of_body(rows[index].text, following) or _is_own_body(rows[index].text, following)
    return rows[index + 1].end if goes_on and following.isupper() else rows[index].end


def _second_title(rows: list[_Row], index: int) -> int | None:
    """Where the next line's title ends: `TRƯỞNG ĐOÀN` above `PHÓ GIÁM ĐỐC SỞ Y TẾ`."""
    below = rows[index + 1].text if index + 1 < len(rows) else ""
    alone = _title_end(rows, index) == rows[index].end
    return _title_end(rows, index + 1) if alone and below.isupper() and match_title(below, 95) else None


def _names_its_body(line: str, following: str) -> bool:
    """`TRƯỞNG PHÒNG` / `NÔNG NGHIỆP VÀ PTNT`: the known body whose head's title stands above."""
    kind = _OF_WHICH.get(fold(line).strip())
    return kind is not None and best_of(f"{kind} {following.strip()}", agency_names()).score >= KNOWN


def _is_named_below(rows: list[_Row], index: int) -> bool:
    """`TRƯỞNG PHÒNG` / `TỔ CHỨC CÁN BỘ` / a name: the body in one line of capitals, whoever knows it."""
    if fold(rows[index].text).strip() not in _OF_WHICH or index + 2 >= len(rows):
        return False
    body = rows[index + 1].text.strip()
    worded = len(body.split()) > 1 and all(pronounceable(spelling(word.strip(",&-"))) for word in body.split())
    return body.isupper() and worded and looks_like_name(rows[index + 2].text.strip())


def _is_own_body(line: str, following: str) -> bool:
    """`CHI CỤC TRƯỞNG` / `CHI CỤC BẢO VỆ MÔI TRƯỜNG`: a body whose head's title names it already."""
    head = _HEAD_OF.fullmatch(fold(line).strip())
    return head is not None and fold(following).strip().startswith(f"{head['kind']} ")


def _is_rest_of_body(line: str, following: str) -> bool:
    """`CHI CỤC TRƯỞNG CHI CỤC PHÁT TRIỂN` / `NÔNG THÔN`: capitals that are neither a title nor a name."""
    body = len(line.split()) > 3 and match_title(line, 97) is not None
    name = len(following.split()) > 2 and looks_like_name(following.title())
    spoken = all(len(word) > 1 and set(fold(word)) & set("aeiouy") for word in re.findall(r"\w+", following))
    return body and spoken and len(following.split()) > 1 and not name and not match_title(following, 80)


def _with_its_body(title: str) -> tuple[str, str]:
    """`Trưởng phòng Kinh te và Hạ tầng` with its body as the list has it; else the body that it resembles.

    >>> _with_its_body("Trưởng phòng Kinh te và Hạ tầng"), _with_its_body("Trưởng phòng Kinh tế và Ăng")
    (('Trưởng phòng Kinh tế và Hạ tầng', ''), ('Trưởng phòng Kinh tế và Ăng', 'Phòng Kinh tế và Hạ tầng'))
    """
    body = f"Phòng {title.removeprefix(_TRUONG_PHONG)}"
    known = best_of(body, agency_names()).value if title.startswith(_TRUONG_PHONG) else None
    if known is None or fold(known) == fold(body):
        return (title if known is None else _TRUONG_PHONG + known.removeprefix("Phòng ")), ""
    return title, known


def _titled(reading: Reading, start: int, end: int, rule: str, cutoff: float) -> Field[str] | None:
    """A title by the closed list; a capitals line that is none is given as read when nothing is misread in it."""
    text = reading.flat(start, end).strip(" .,;:'|-")
    known = match_title(text, cutoff)
    if known is None:
        return None
    known, near = _with_its_body(_LIKELIER.get(fold(text), known))
    exact = sentence_case(text).casefold() == known.casefold()
    other = fuzz.ratio(fold(text), fold(known)) < ALIKE and len(known.split()) == len(text.split())
    if other and reading.mangled:  # PHONG TRONG TROT is what is left of TRƯỞNG PHÒNG TRỒNG TRỌT, no Phó trưởng trạm
        return reading.field(known, start, end, rule, Method.MATCHED).doubt(f"{text!r} is far from it", 0.6)
    if other:  # KÍP TRƯỞNG: a title that no list has
        return reading.field(sentence_case(text), start, end, rule).doubt(f"no known title; {known!r} is nearest", 0.7)
    field = reading.field(known, start, end, rule, Method.READ if exact else Method.MATCHED)
    if near:  # TRƯỞNG PHÒNG KINH TẾ, ĂNG VÀ ĐÔ THỊ
        return field.doubt(f"{near!r} is the nearest body known", 0.7)
    if wrong := damage(known):  # CHÁNH VĂN PHÒNG ĐIỀÊU PHỐI
        return field.doubt(wrong, 0.7)
    others = tuple(title for title in titles_like(text) if title != known)
    if len(known.split()) != len(text.split()) or (others and fold(known) != fold(text)):
        # VĂN PHÒNG: Chánh or Phó was lost; HUY TRƯỞNG is the end of Chỉ huy trưởng, and no Thứ trưởng
        return replace(field, alternatives=others).doubt(f"{text!r} is part of several titles or of none", 0.6)
    if _BARE_BODY.search(fold(known)):
        return field.doubt("the name of the body is missing", 0.7)
    # a title as in the closed list was hardly misread into it, whatever the seal above it
    return replace(field, confidence=max(field.confidence, SURE)) if exact or fold(text) == fold(known) else field
