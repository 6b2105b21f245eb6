"""Which of the criteria named in a stretch are achieved and which are missing: each by the words that judge it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from extract.notice import Status
from extract.ntm.criteria.ref import Ref
from extract.ntm.plans import bracketed
from extract.ntm.survey import Survey
from extract.ntm.verdicts.counted import Cue
from extract.ntm.verdicts.headed import by_conclusion, carried
from extract.parts.clauses import STATEMENT_END, statement_end
from extract.reading import Reading, Span

# đạt từ số 1 đến số 12, trừ tiêu chí số 5 chưa đạt · số 2 đạt sau khi …, nhưng số 5 chưa đạt
# … đến tiêu chí 16, riêng tiêu chí 17 chưa đạt
_TURN = re.compile(r"(?<!\w)(?:[Tt]rừ|[Nn]hưng)(?!\w)|,\s+(?:riêng|chỉ)\s")
_UNDECIDED = re.compile(
    r"(?<!\w)(?:chua\s+(?:co\s+)?ket\s+luan|chua\s+duoc\s+(?:danh\s+gia|xem\s+xet|tham\s+dinh)|"
    r"cho\s+(?:y\s+kien|ket\s+qua|tham\s+dinh|xac\s+nhan))(?!\w)"
)
REACH = 800  # letters from a criterion to the verdict of its own bullet
NEAR = 16  # letters between a criterion and a cue that may be its own
_EXPLAINED = re.compile(r"\s*\([^()]*\)")  # tiêu chí Môi trường (chưa có bãi rác hợp vệ sinh) không đạt
# tiêu chí số 2 - Giao thông của Bộ tiêu chí xã nông thôn mới chưa đạt
_OF_ITS_SET = (
    r"\s+(?:cua|thuoc|theo)\s+bo\s+tieu\s+chi(?:\s+quoc\s+gia)?(?:\s+ve)?(?:\s+(?:xa|huyen))?\s+(?:nong\s+thon\s+moi|ntm)"
    r"(?:\s+(?:nang\s+cao|kieu\s+mau))?(?:\s+giai\s+doan\s+\d{4}\s*[-–]\s*\d{4})?"
)
_POSTPOSED = re.compile(
    rf"(?:{_OF_ITS_SET})?"
    r"[\s():,\"”§]*(?:(?:la|hien|van|con|cung|deu|nay|cua xa|xa|danh gia|"
    r"duoc danh gia(?: la)?|ket qua|ket luan|da)[\s:]*)*"
)
_CLOSED = re.compile(
    r"\s*(?:chuan|yeu cau|theo quy dinh|so voi (?:quy dinh|yeu cau)|tieu chi|ca (?:hai|nhom|\w+ tieu chi))?"
    r"\s*(?:[.;,)(]|$|do\s|vi\s|tai\s)"
)
_APART = re.compile(r"[.;]\s+(?:rieng|con\s+lai|chi\s+con)\s+(?:doi\s+voi\s+)?(?:cac\s+)?tieu\s+chi\s")
# đạt tiêu chí số 1, 2; tiêu chí số 4 mới đạt 60% yêu cầu: a clause that begins with a criterion and goes on
_APART_FROM = re.compile(r"[;.]\s+(?=(?:tieu\s+chi|tc)\b[^;.]*$)")
_OWN_WORDS = re.compile(r"\s*(?:\([^()]*\)\s*)?,?\s*(?!va\s|den\s)[a-z]+\s+[a-z]+\s+[\w%]")
# what may follow a cue that opens a list of criteria; a weak cue wants the word itself
_LIST = re.compile(
    # chưa đạt theo kết luận thẩm tra là số 6 · chưa đạt thêm tiêu chí số 8
    r"\s*(?:theo\s+[^.;:,\d]{3,40}?\s+(?=la\b|gom\b|:)|them\s+(?=(?:cac\s+)?tieu chi)|o\s+(?=(?:cac\s+)?tieu chi)|"
    r"toan bo\s+(?:tu\s+)?(?=(?:cac\s+)?tieu chi)|"
    r"cua\s+(?:xa|dia phuong)(?:\s+nay)?\s+(?:mang\s+)?(?=so\s|la\b|gom\b|:))?"
    r"(?:,\s*(?=gom\b|bao gom\b|la\b))?(?:[:(]|gom|la\b|nhu sau|bao gom|cac tieu chi|tieu chi|tc\s?\d|so \d|"
    r"ca (?:hai|ba|bon|nam|\d{1,2}) tieu chi)"
)
_NAMED = re.compile(r"\s*(?:gom|bao gom|la|:)\s*:?\s*[a-z]")
# các tiêu chí chưa hoàn thành là Giao thông, Thu nhập · hai tiêu chí xã nhận còn thiếu là trường học và môi trường ·
# tiêu chí duy nhất còn thiếu là Cơ sở vật chất văn hóa
_OF_CRITERIA = re.compile(
    r"tieu\s+chi(?:\s+(?:duy\s+nhat|ma|xa|thi|tran|dia|phuong|van|hien|nay|tu|nhan|thay|dang|cua))*\s*$"
)
_CRITERIA = re.compile(r"[\s:(]*(?:cac\s+)?(?:tieu\s+chi|tc\s?\d|so\s+\d)")
_LEADING = re.compile(
    r"(?:[\s:(),;.–\"“-]|(?:gom|bao|la|co|cac|nhung|tieu|chi|so|tc|cu|the|nhu|sau|day|trong|do|con|lai|nong thon moi|"
    r"ntm|nang|cao|kieu|mau|xa|huyen|bo|quoc gia|ve|va|duoc|chuan|dat|theo|quy dinh|giai doan|yeu cau|thu tu|thuoc|"
    r"do la|\d{1,2}\s*/\s*\d{1,2}|20\d\d)\b)*"
)
_SEPARATED = re.compile(r"\s*(?:[;,]\s*(?:va\s+)?|va\s+(?:tieu\s+chi\s+)?)")
_LONE_CUE = re.compile(r"(?:[:.,(=>–-]|danh gia|ket luan|tieu chi nay|ket qua)\s*(?:(?:huyen|xa|doan)\s+)?$")


def judged_refs(
    survey: Survey, index: int, cues: Sequence[Cue], refs: Sequence[Ref], span: Span
) -> list[tuple[Ref, Status]]:
    """The criteria of a stretch of an item, each with its status; those that nothing judges are left out.

    By the verdict that ends what stands below a heading, `Kết luận: đạt`; else by the cues of the stretch; else by what
    the item above leaves open, `Các tiêu chí chưa đạt:`.
    """
    start, end = span
    concluded = list(by_conclusion(survey, index, refs))
    found = concluded or list(_with_status(survey.whole, cues, refs, end))
    return found or list(carried(survey, index, refs, start))


def _with_status(whole: Reading, cues: Sequence[Cue], refs: Sequence[Ref], end: int) -> Iterator[tuple[Ref, Status]]:
    """Each criterion with the cue it belongs to: the one that closes its clause, else the last before it."""
    for ref in refs:
        behind = _closing(whole, cues, refs, ref, end)
        before = [cue for cue in cues if _before(whole, cue, ref) and _opens_list(whole, cue, refs)]
        chosen = behind or (before[-1] if before else None)
        if chosen is None or chosen.status is None or (behind is None and _left_open(whole, ref)):
            continue
        if behind is None and _leaves_some(chosen) and _set_apart(whole, ref):
            yield replace(ref, doubt=ref.doubt or "told apart from those that are achieved"), Status.NOT_ACHIEVED
        else:
            yield ref if behind else _led(whole, refs, _doubted(whole, cues, ref, chosen), chosen), chosen.status


def _left_open(whole: Reading, ref: Ref) -> bool:
    """`Đối với tiêu chí số 19, đoàn chờ ý kiến của Công an huyện nên chưa kết luận.`: is it not judged yet?"""
    return _UNDECIDED.search(whole.flowing, ref.end, statement_end(whole.flowing, ref.end)) is not None


def _leaves_some(cue: Cue) -> bool:
    """`đạt 18/19 tiêu chí`, not `đạt 19/19`: is there a criterion that may be told apart?"""
    whole = cue.count is not None and cue.count["total"] is not None and cue.count["n"] == cue.count["total"]
    return cue.status is Status.ACHIEVED and not whole


def _set_apart(whole: Reading, ref: Ref) -> bool:
    """`Xã Long Bình: đạt 18/19 tiêu chí. Riêng tiêu chí số 17, xã còn vướng …`: is it said to be otherwise?"""
    return _APART.search(whole.flowing, max(0, ref.start - 20), ref.end) is not None


def _doubted(whole: Reading, cues: Sequence[Cue], ref: Ref, chosen: Cue) -> Ref:
    """The criterion as the verdict before it judges it; one said to be achieved in doubt where its own clause may say
    otherwise: behind one that is missing stands why."""
    parted = _APART_FROM.search(whole.flowing, chosen.last, ref.end)
    if chosen.status is Status.ACHIEVED and parted and _OWN_WORDS.match(whole.flowing, ref.end):
        return replace(ref, doubt=ref.doubt or "its own clause says something of it that is not understood")
    return _against(whole, cues, ref, chosen)


def _against(whole: Reading, cues: Sequence[Cue], ref: Ref, chosen: Cue) -> Ref:
    """The criterion, with a doubt where another clause's cue was chosen and one that says the contrary stands near."""
    parted = STATEMENT_END.search(whole.flowing, chosen.last, ref.start) is not None
    near = [c for c in cues if 0 <= c.start - ref.end <= NEAR and "(" not in whole.string[ref.end : c.start]]
    near = [c for c in near if c.status not in (None, chosen.status) and not c.count]
    return replace(ref, doubt=ref.doubt or "words that say the contrary stand beside it") if parted and near else ref


def _before(whole: Reading, cue: Cue, ref: Ref) -> bool:
    """Does a cue stand before a criterion, and not in a bracket that explains another one (`(04/06 thôn đạt)`)?"""
    ahead = cue.start < ref.start + 4 and cue.last <= ref.end
    return ahead and (cue.count is not None or not bracketed(whole, cue.start, ref.start))


def _led(whole: Reading, refs: Sequence[Ref], ref: Ref, cue: Cue) -> Ref:
    """The criterion, with a doubt where words lead from its cue to the list that may say something else."""
    first = next((one for one in refs if one.end > cue.last), ref)
    known = first.start < cue.last or _LEADING.fullmatch(whole.flowing, cue.last, first.start) is not None
    return ref if known else replace(ref, doubt=ref.doubt or "words not understood stand before the list")


def _closing(whole: Reading, cues: Sequence[Cue], refs: Sequence[Ref], ref: Ref, end: int) -> Cue | None:
    """The cue that ends the clause of a criterion: `TC8, TC18 chưa đạt`, `Tiêu chí số 1 - Quy hoạch: Đạt`."""
    for cue in cues:
        if cue.start - ref.end > REACH:
            break
        counted = cue.count is None or _tallied(whole, cue) or _summed_up(whole, cue, refs)
        bare = counted and cue.status is not None and cue.first >= ref.end
        if not bare or not _CLOSED.match(whole.flowing, cue.end, end):
            continue
        last = refs[max(bisect_right(refs, cue.start, key=attrgetter("start")) - 1, 0)]
        last = last if last.end <= cue.start else ref
        clause = None if _listed(whole, refs, ref, last) else STATEMENT_END.search(whole.flowing, ref.end, cue.start)
        clause = clause or _TURN.search(whole.string, ref.end, cue.start)
        beside = _EXPLAINED.match(whole.flowing, last.end, cue.start)
        if _POSTPOSED.fullmatch(whole.flowing, beside.end() if beside else last.end, cue.first) and clause is None:
            return cue
        alone = len({r.start for r in refs}) == 1 and _LONE_CUE.search(whole.flowing, ref.end, cue.start)
        if alone and not cue.weak:
            return cue
    return None


def _listed(whole: Reading, refs: Sequence[Ref], ref: Ref, last: Ref) -> bool:
    """`Các tiêu chí Quy hoạch; Điện; Trường học: đạt`: nothing but separators from one criterion to the other?"""
    between = [one for one in refs if ref.start <= one.start <= last.start]
    return all(_SEPARATED.fullmatch(whole.flowing, a.end, b.start) for a, b in pairwise(between))


def _tallied(whole: Reading, cue: Cue) -> bool:
    """`Tiêu chí số 1 đến số 9, số 12: đạt (10 tiêu chí)`: does its count, in brackets, sum up the list before it?"""
    count = cue.count
    return count is not None and not count["total"] and whole.flowing[cue.end : count.start()].strip() == "("


def _summed_up(whole: Reading, cue: Cue, refs: Sequence[Ref]) -> bool:
    """`thu nhập, nghèo đa chiều, môi trường là 3 tiêu chí chưa đạt`: does its count sum up the list right before it?"""
    count, before = cue.count, [ref for ref in refs if ref.end <= cue.first]
    if count is None or not before or count.start() > cue.start:
        return False
    return whole.flowing[before[-1].end : count.start()].strip() in ("la", "deu la")


def _opens_list(whole: Reading, cue: Cue, refs: Sequence[Ref]) -> bool:
    """Does a list of criteria follow this cue: has it a count, a colon, `gồm`, or a criterion at once?"""
    if cue.count is not None or cue.status is None:
        return True
    if cue.caring and cue.status is Status.NOT_ACHIEVED and _NAMED.match(whole.flowing, cue.end):
        return True  # Tiêu chí xã chưa bảo đảm gồm: Giao thông, …
    if cue.weak and not (_OF_CRITERIA.search(whole.flowing, 0, cue.start) and not cue.caring):
        named = any(0 <= ref.start - cue.end <= 2 for ref in refs)  # thiếu Y tế · thiếu trường học, hộ nghèo
        return not cue.caring and (named or _CRITERIA.match(whole.flowing, cue.end) is not None)
    following = _LIST.match(whole.flowing, cue.end)
    return following is not None or any(ref.start - cue.end <= 3 and ref.end > cue.end for ref in refs)
