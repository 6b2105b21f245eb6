"""What a notice only intends: `phấn đấu năm 2023 xã X đạt 19/19 tiêu chí` reports nothing."""

from __future__ import annotations

import re

from extract.parts.clauses import FULL_STOP
from extract.reading import Reading
from extract.words.phrases import find_phrases
from extract.words.runs import of_name

_PROPOSED = re.compile(r"de\s+nghi\s+(?:xet,?\s+)?cong\s+nhan\s[^.;:]{3,80}:\s*(?:xa\s+)?")
REACH = 160  # letters that one clause with its lists has at most
# xã Ân Phú đăng ký kiểu mẫu, đạt 17/19 tiêu chí: what stands behind the comma is what was found
_REGISTERED = re.compile(r"dang\s+k[iy]")
_OF_PROGRAMME = re.compile(r"\s+quoc\s+gia")  # Chương trình mục tiêu quốc gia: a name, nobody's aim
_AIMED = re.compile(r"(?<!\w)(?:nam|den|trong|cuoi|phan dau|de)(?!\w)")  # đăng ký năm 2023, đạt 19/19: still an aim
# phấn đấu về đích, xã A Tiêng còn thiếu 03 tiêu chí: nobody means to lack something
_OPENS = re.compile(r"(?:da|moi|hien|con\s+thieu)(?!\w)|duoc(?=\s+\d{1,2}\s*/)|thuc hien(?:\s+duoc)?(?=\s*:?\s*\d)")
# các xã đăng ký về đích năm 2024: xã Hà Hiệu đạt 17/19 tiêu chí, còn thiếu 02 tiêu chí: nobody aims at a gap
_LACKING = re.compile(
    r"(?:dat\s+|duoc\s+)*\d{1,2}\s*/\s*\d{1,2}\s+tieu\s+chi[^.;:,]{0,60},\s*(?:con|chua\s+dat|thieu)(?!\w)|"
    r"(?:con\s+)?\d{1,2}\s+tieu\s+chi\s+(?:chua|khong)\s+dat(?!\w)"
)
# Tình hình các xã phấn đấu nâng cao năm 2023: xã Đồng Phong đạt 17/19: whose state is told, not what they intend
_STATE_OF = re.compile(r"(?<!\w)(?:tinh\s+hinh|ket\s+qua|tien\s+do|hien\s+trang|thuc\s+trang)\s[^.;:]*xa\s+$")
# Trong hai xã dự kiến về đích năm nay, xã Ái Thượng đạt 18/19: which ones, not what they intend
_WHICH = re.compile(r"(?<!\w)(?:trong|cua)\s+(?:so\s+)?(?:cac|\d{1,2}|hai|ba|bon|nam|sau|bay|tam)\s+xa\s+(?:da\s+)?$")
_ITSELF = re.compile(r"[^,;:]{0,40},\s*(?:thi\s+)?xa\s+(?!nao\b)")
# … phấn đấu về đích, đến nay đã đạt 17/19 tiêu chí · giao chỉ tiêu về đích thì tiến độ còn chậm, cụ thể: a fact again
_FACT = re.compile(
    r"(?<!\w)(?:da|hien|ra(?: soat)? duoc|den nay|ket qua|tinh den|qua kiem tra|qua tham tra|thuc te|"
    r"con thieu|(?<!thon\s)moi|tien do (?:van )?con)(?!\w)"
)


def is_intended(whole: Reading, at: int, group: str = "intended", since: int = 0) -> bool:
    """Does a word of intent stand before `at` in its clause, and nothing behind it that tells a fact?

    `group`: the cues of intent; `asked` are those that ask somebody to do it. `since`: where the paragraph begins,
    as a heading (`Kết quả của các xã phấn đấu về đích`) says nothing of the clauses below it.

    >>> from normalize.text import from_lines
    >>> text = from_lines(["Phấn đấu năm 2023, xã Nga My đạt 19/19 tiêu chí. Xã phấn đấu nhiều, nay đã đạt 17"])
    >>> reading = Reading(text, (1.0,) * len(text.words))
    >>> is_intended(reading, 29), is_intended(reading, 76)
    (True, False)
    """
    start = max(since, at - REACH)
    start = max((m.end() for m in FULL_STOP.finditer(whole.folded, start, at)), default=start)
    found = [span for span in find_phrases(whole, group, start, at) if not bracketed(whole, span[0], at)]
    found = [span for span in found if not of_name(whole, span[0])]  # Bàu Cạn đạt 17/19
    found = [span for span in found if not _OF_PROGRAMME.match(whole.flowing, span[1])]
    return bool(found) and _reaches(whole, found[-1], at)


def tells_fact(whole: Reading, start: int, end: int) -> bool:
    """Does a word stand there that tells a fact: `đã`, `đến nay`? Not `Đà` of a name, nor `đá`."""
    found = _FACT.finditer(whole.flowing, start, end)
    return any(m[0] != "da" or whole.string[m.start() : m.end()] in ("đã", "Đã", "da", "Da") for m in found)


def _reaches(whole: Reading, intended: tuple[int, int], at: int) -> bool:
    """Does intent reach over these words? Past a semicolon only where it leads in a list: `Mục tiêu: …; …`."""
    intent, between = whole.flowing[slice(*intended)], whole.flowing[intended[1] : at]
    clause, semicolon, _ = between.partition(";")
    opens = _OPENS.match(whole.flowing, at)  # đăng ký năm 2024: đã hoàn thành 18/19: the cue itself tells a fact
    if tells_fact(whole, intended[1], opens.end() if opens else at) or _LACKING.match(whole.flowing, at):
        return False
    if ":" in between and _STATE_OF.search(whole.flowing, max(0, intended[0] - REACH), intended[0]):
        return False
    # Xã Yên Lạc, đăng ký đạt chuẩn năm 2022: đạt 16/19: said of the commune in passing
    aside = whole.flowing[: intended[0]].rstrip().endswith(",") and ":" in between
    if aside and _REGISTERED.fullmatch(intent):
        return False
    before = max(0, intended[0] - REACH)
    if _WHICH.search(whole.flowing, before, intended[0]) and _ITSELF.match(between):
        return False
    # Về xã Yên Thạch, đề nghị công nhận nông thôn mới nâng cao: xã hoàn thành 17/19 tiêu chí; …
    if _PROPOSED.fullmatch(whole.flowing, intended[0], at):
        return False
    if _REGISTERED.fullmatch(intent) and ("," in between or ":" in between):
        return _AIMED.search(re.split("[,:]", between)[0]) is not None
    return not semicolon or ":" in clause


def bracketed(whole: Reading, start: int, at: int) -> bool:
    """`Xã Bằng Lang (xã đăng ký đạt chuẩn năm 2019) đạt 17/19`: does a bracket close before `at`?"""
    opened = whole.string.find("(", start, at)
    closed = whole.string.find(")", start, at)
    return closed >= 0 and not 0 <= opened < closed
