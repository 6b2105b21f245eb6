"""Results: what a notice says that a unit has and has not achieved, by counts, by criteria, or by both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.field import Field
from extract.notice import Status, Target, Unit
from extract.ntm.bands import COUNT
from extract.ntm.counts import parse_count
from extract.ntm.criteria_list import Ref, find_refs, hidden_spans
from extract.ntm.survey import Survey, TargetAt, heading_target, target_field, targets_in
from extract.ntm.units import Mention, find_districts
from extract.parts.items import PLAIN, Item
from extract.reading import Reading
from extract.words.phrases import Span, find_phrases

# 14/19 tiêu chí · 05 tiêu chí · bốn tiêu chí; folded
_COUNT = re.compile(
    r"(?<![\d.,/])(?P<n>\d{1,2})\s*/\s*(?P<total>\d{1,2})(?!\d|[./]\d)(?!\s*chi\s+tieu)(?P<unit>\s*tieu\s+chi)?|"
    rf"(?P<alone>{COUNT})[\s.]+tieu\s+chi(?!\s*/)"
)
_AFTER_CUE = re.compile(
    r"[\s:(–-]*(?:(?:duoc|chuan|la|so|tong so|co|du|hien|toan bo|ca|cac tieu chi|tieu chi)[\s:(–-]*)*"
)
_BEFORE_CUE = re.compile(
    r"\s*(?:tieu chi)?\s*(?:xa)?\s*(?:ntm|nong thon moi)?\s*(?:nang cao|kieu mau)?\s*"
    r"(?:da|hien|con lai|con|van|deu|duoc danh gia|theo quy dinh|\s)*\s*[(]?\s*"
)
_OF_DISTRICT = re.compile(r"[^.;]{0,80}?(?<!\d)\d\s*/\s*9\s+tieu\s+chi")  # the sets of districts have nine
_REST = re.compile(r"(?:con|con lai|con co)\s*:?\s*$")  # còn 03 tiêu chí …
_LEFT = re.compile(r"(?<!\w)con(?:\s+lai)?\s*:?\s*(?=(?:cac\s+)?(?:tieu\s+chi|tc)\s*(?:so\s*)?:?\s*\d)")  # còn TC1, TC5
_NO_RESULT = re.compile(
    r"\s*(?:duoc\s+)?(?:chuan\s+)?(?:xa\s+|huyen\s+)?(?:nong thon|ntm|danh hieu|muc\s|ty le|ket qua|tien do|tren|"
    r"khoang|hon\s|duoi \d|gan|binh quan|\d+(?:[.,]\d+)?\s*(?:%|trieu|ty\b|km|ha\b|xa\b|m2|nguoi|ho\b|dong)|thap|cao)"
)
_FACTS = re.compile(r"\s*\d+(?:[.,]\d+)*\s*(?!\s*/|\s*tieu|\d)")  # đạt 61,5 …
_WEAK = (
    "hoan thanh",
    "da hoan thanh",
    "bao dam",
    "dam bao",
    "chua hoan thanh",
    "con thieu",
    "chua bao dam",
    "chua dam bao",
    "khong bao dam",
    "khong dam bao",
)
TITLE = -1  # stands for the trích yếu where an item's index is asked for
REACH = 800  # letters from a criterion to the verdict of its own bullet
NEAR = 16  # letters between a criterion and a cue that may be its own
_POSTPOSED = re.compile(
    r"[\s):,\"”§]*(?:(?:la|hien|van|con|deu|nay|danh gia|duoc danh gia(?: la)?|ket qua|ket luan|da)[\s:]*)*"
)
_CLOSED = re.compile(r"\s*(?:chuan|yeu cau|theo quy dinh)?\s*(?:[.;,)(]|$|do\s|vi\s)")
_CLAUSE = re.compile(r"[;]|\.(?!\d)")
_LONE_CUE = re.compile(r"(?:[:.,(=>–-]|danh gia|ket luan|tieu chi nay|ket qua)\s*$")


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A printed count of criteria achieved or missing, with the total behind its stroke."""

    status: Status
    value: Field[int]
    total: Field[int] | None


@dataclass(frozen=True, slots=True)
class Result:
    """What is said in one place of one unit, or of several at once. `cue`: the span that says it."""

    units: tuple[Field[Unit], ...]
    target: Field[Target] | None
    cue: Span
    counts: tuple[StatedCount, ...]
    refs: tuple[tuple[Ref, Status], ...]


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    status: Status
    weak: bool
    count: re.Match[str] | None = None

    @property
    def first(self) -> int:
        return min(self.start, self.count.start()) if self.count else self.start

    @property
    def last(self) -> int:
        return max(self.end, self.count.end()) if self.count else self.end


@dataclass(frozen=True, slots=True)
class _Subject:
    """The units that a stretch speaks of, and where it names them."""

    mentions: tuple[Mention, ...]
    index: int


def find_results(survey: Survey, taken: Sequence[Span]) -> list[Result]:
    """Every result, in order, outside of bands and of the part with tasks."""
    found: list[Result] = []
    subject: _Subject | None = None
    for index, item in enumerate(survey.items):
        if index in survey.asking or item.end <= survey.figures_start:
            continue
        inherited = _from_above(survey, index) or _running(survey, subject, item) or _of_title(survey)
        results, subject = _of_item(survey, index, item, inherited, taken)
        found += results
    return found


def _from_above(survey: Survey, index: int) -> _Subject | None:
    """The units of the nearest item above that names exactly one list of them."""
    parent = survey.parents[index]
    while parent is not None:
        item = survey.items[parent]
        mentions = survey.communes_in(item.content, item.end)
        if mentions:
            first = mentions[0].group
            return _Subject(tuple(m for m in mentions if m.group == first), parent)
        parent = survey.parents[parent]
    return None


def _of_title(survey: Survey) -> _Subject | None:
    """The commune that the whole notice is about, where its title names one only."""
    return _Subject((survey.titled,), TITLE) if survey.titled else None


def _running(survey: Survey, subject: _Subject | None, item: Item) -> _Subject | None:
    """The units that the items before speak of, if this item goes on with them."""
    if subject is None or subject.index == TITLE or item.depth == 0:
        return None
    before = survey.items[subject.index]
    opens = survey.whole.string[before.content : before.end].rstrip().endswith(":")
    return subject if (item.depth > 2 or (opens and before.depth == PLAIN)) and _introduces(survey, subject) else None


def _introduces(survey: Survey, subject: _Subject) -> bool:
    """Is the item that names these units a line of its own, like `Xã Bàn Đạt:`, that what follows belongs to?"""
    item = survey.items[subject.index]
    text = survey.whole.string[item.content : item.end].rstrip()
    return len(text) <= 160 and (subject.mentions[0].start - item.content <= 30 or text.endswith((":", ")")))


def _of_item(
    survey: Survey, index: int, item: Item, inherited: _Subject | None, taken: Sequence[Span]
) -> tuple[list[Result], _Subject | None]:
    """The results of an item, run by run: each list of units begins a new run."""
    hidden = hidden_spans(survey.whole, item.content, item.end)
    named = [*survey.communes_in(item.content, item.end), *_judged_districts(survey, item)]
    mentions = sorted((m for m in named if not _within(m.start, [*hidden, *taken])), key=lambda m: m.start)
    starts = [m for k, m in enumerate(mentions) if not k or mentions[k - 1].group != m.group]
    results: list[Result] = []
    subject, at = inherited, item.content
    for mention in [*starts, None]:
        stop = mention.start if mention else item.end
        results += _of_run(survey, index, subject, at, stop, [*taken])
        if mention:
            subject = _Subject(tuple(m for m in mentions if m.group == mention.group), index)
            at = mention.start
    return results, subject


def _judged_districts(survey: Survey, item: Item) -> list[Mention]:
    """Districts that are judged themselves: `Huyện Phù Cát đạt 8/9 tiêu chí huyện nông thôn mới`."""
    if not _OF_DISTRICT.search(survey.whole.flowing, item.content, item.end):
        return []
    mentions = find_districts(survey.whole, survey.where, item.content, item.end)
    return [m for m in mentions if _OF_DISTRICT.match(survey.whole.flowing, m.end, item.end)]


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(a <= at < b for a, b in spans)


def _of_run(
    survey: Survey, index: int, subject: _Subject | None, start: int, end: int, taken: Sequence[Span]
) -> Iterator[Result]:
    whole = survey.whole
    refs = [ref for ref in find_refs(whole, start, end) if not _within(ref.start, taken)]
    cues = _cues(whole, start, end, taken)
    if subject is None or not (cues or refs):
        return
    judged = list(_with_status(whole, cues, refs)) or list(_carried(survey, index, refs, start))
    counts = [count for cue in cues if cue.count for count in [_stated(whole, cue)] if count]
    if not judged and not counts:
        return
    told = next(((cue.start, cue.end) for cue in cues if cue.count or judged), None) or (
        judged[0][0].start,
        judged[0][0].end,
    )
    units = tuple(mention.unit for mention in subject.mentions)
    yield Result(units, _target(survey, index, subject, cues, told), told, tuple(counts), tuple(judged))


def _cues(whole: Reading, start: int, end: int, taken: Sequence[Span]) -> list[_Cue]:
    """The words that say achieved or not, each with the count that belongs to it."""
    hidden = [*hidden_spans(whole, start, end), *taken]
    missing = find_phrases(whole, "not_achieved", start, end)
    reached = [s for s in find_phrases(whole, "achieved", start, end) if not any(a <= s[0] < b for a, b in missing)]
    cues = [_cue(whole, span, Status.NOT_ACHIEVED) for span in missing]
    cues += [_cue(whole, span, Status.ACHIEVED) for span in reached if not _no_result(whole, span[1], end)]
    cues += [_Cue(m.start(), m.end(), Status.NOT_ACHIEVED, False) for m in _LEFT.finditer(whole.flowing, start, end)]
    cues = sorted((cue for cue in cues if not _within(cue.start, hidden)), key=lambda cue: cue.start)
    counts = [m for m in _COUNT.finditer(whole.flowing, start, end) if not _within(m.start(), hidden)]
    return _bound(whole, cues, counts)


def _cue(whole: Reading, span: Span, status: Status) -> _Cue:
    return _Cue(span[0], span[1], status, whole.flowing[span[0] : span[1]] in _WEAK)


def _no_result(whole: Reading, at: int, end: int) -> bool:
    """`đạt chuẩn nông thôn mới`, `đạt tỷ lệ 98%`, `đạt 61,5%` judge no criterion."""
    return _NO_RESULT.match(whole.flowing, at, end) is not None or (
        _FACTS.match(whole.flowing, at, end) is not None and _COUNT.match(whole.flowing, at + 1, end) is None
    )


def _bound(whole: Reading, cues: list[_Cue], counts: list[re.Match[str]]) -> list[_Cue]:
    """Give each count to the cue before it, else to the one behind; `còn 03 tiêu chí` alone says missing."""
    left = dict.fromkeys(range(len(counts)))
    for k, count in enumerate(counts):
        for i, cue in enumerate(cues):
            if (
                cue.count is None
                and cue.end <= count.start()
                and _AFTER_CUE.fullmatch(whole.flowing, cue.end, count.start())
            ):
                cues[i] = replace(cue, count=count)
                left.pop(k)
                break
    for k in list(left):
        count = counts[k]
        for i, cue in enumerate(cues):
            if (
                cue.count is None
                and count.end() <= cue.start
                and _BEFORE_CUE.fullmatch(whole.flowing, count.end(), cue.start)
            ):
                cues[i] = replace(cue, count=count)
                left.pop(k)
                break
    for k in left:
        rest = _REST.search(whole.flowing, max(0, counts[k].start() - 12), counts[k].start())
        if rest:
            cues.append(_Cue(rest.start(), rest.end(), Status.NOT_ACHIEVED, False, counts[k]))
    return sorted(cues, key=lambda cue: cue.first)


def _with_status(whole: Reading, cues: Sequence[_Cue], refs: Sequence[Ref]) -> Iterator[tuple[Ref, Status]]:
    """Each criterion with the cue it belongs to: the one that closes its clause, else the last before it."""
    for ref in refs:
        behind = _closing(whole, cues, refs, ref)
        before = [
            cue for cue in cues if cue.start < ref.start + 4 and cue.last <= ref.end and _opens_list(whole, cue, refs)
        ]
        if behind is not None:
            yield ref, behind.status
        elif before:
            yield _against(whole, cues, ref, before[-1]), before[-1].status


def _start(ref: Ref) -> int:
    return ref.start


def _against(whole: Reading, cues: Sequence[_Cue], ref: Ref, chosen: _Cue) -> Ref:
    """The criterion, with a doubt where another clause's cue was chosen and one that says the contrary stands near."""
    parted = _CLAUSE.search(whole.flowing, chosen.last, ref.start) is not None
    near = [c for c in cues if 0 <= c.start - ref.end <= NEAR and c.status is not chosen.status and c.count is None]
    return replace(ref, doubt=ref.doubt or "words that say the contrary stand beside it") if parted and near else ref


def _closing(whole: Reading, cues: Sequence[_Cue], refs: Sequence[Ref], ref: Ref) -> _Cue | None:
    """The cue that ends the clause of a criterion: `TC8, TC18 chưa đạt`, `Tiêu chí số 1 - Quy hoạch: Đạt`."""
    for cue in cues:
        if cue.start - ref.end > REACH:
            break
        if cue.count is not None or cue.start < ref.end or not _CLOSED.match(whole.flowing, cue.end):
            continue
        last = refs[max(bisect_right(refs, cue.start, key=_start) - 1, 0)]
        last = last if last.end <= cue.start else ref
        clause = _CLAUSE.search(whole.flowing, ref.end, cue.start)
        if _POSTPOSED.fullmatch(whole.flowing, last.end, cue.start) and clause is None:
            return cue
        alone = len({r.start for r in refs}) == 1 and _LONE_CUE.search(whole.flowing, ref.end, cue.start)
        if alone and not cue.weak:
            return cue
    return None


def _opens_list(whole: Reading, cue: _Cue, refs: Sequence[Ref]) -> bool:
    """Does a list of criteria follow this cue: has it a count, a colon, `gồm`, or a criterion at once?"""
    if cue.count is not None:
        return True
    if cue.weak:
        return False
    following = re.match(
        r"\s*(?:[:(]|gom|la\b|nhu sau|bao gom|cac tieu chi|tieu chi|tc\s?\d|so \d)",
        whole.flowing[cue.end : cue.end + 24],
    )
    return following is not None or any(0 <= ref.start - cue.end <= 3 for ref in refs)


def _carried(survey: Survey, index: int, refs: Sequence[Ref], start: int) -> Iterator[tuple[Ref, Status]]:
    """The criteria of a bullet below `Các tiêu chí chưa đạt (05 tiêu chí):`, or of a list that a page's end cut."""
    if not refs or survey.whole.flowing.rfind(".", start, refs[0].start) >= 0 or refs[0].start - start > 70:
        return
    parent = survey.parents[index]
    if parent is not None and _ends_with(survey, parent, ":"):
        status = _open_status(survey, parent)
    elif survey.items[index].depth == PLAIN and index and _ends_with(survey, index - 1, ";,"):
        status = _open_status(survey, index - 1)
    else:
        return
    if status is not None:
        yield from ((ref, status) for ref in refs)


def _ends_with(survey: Survey, index: int, marks: str) -> bool:
    item = survey.items[index]
    return survey.whole.string[item.content : item.end].rstrip()[-1:] in marks


def _open_status(survey: Survey, index: int) -> Status | None:
    """The status that an item's last words leave open."""
    item = survey.items[index]
    cues = _cues(survey.whole, item.content, item.end, ())
    return cues[-1].status if cues else None


def _stated(whole: Reading, cue: _Cue) -> StatedCount | None:
    match = cue.count
    if match is None:
        return None
    group = "n" if match["n"] else "alone"
    value = parse_count(whole.flat(*match.span(group)))
    if value is None or value > 60:
        return None
    total = whole.field(int(match["total"]), *match.span("total"), "stated_total") if match["total"] else None
    field = whole.field(value, *match.span(group), "stated_count")
    if total and value > total.value:
        field = field.doubt(f"{value} of {total.value} is impossible", 0.3)
    return StatedCount(cue.status, field, total)


def _target(survey: Survey, index: int, subject: _Subject, cues: Sequence[_Cue], told: Span) -> Field[Target] | None:
    """The level that a result counts for: named beside the unit, in the heading, behind the count, or above."""
    whole = survey.whole
    if subject.index == TITLE:
        return _named_behind(survey, cues, told) or _field_of(survey, heading_target(survey, index))
    item = survey.items[subject.index]
    near = told[0] if subject.index == index else item.end
    first, last = subject.mentions[0].start, subject.mentions[-1].end
    beside = targets_in(whole, last, near)
    if not beside and subject.index != index:
        beside = targets_in(whole, item.content, first)[-1:]
    if not beside and subject.index == index:
        beside = [t for t in targets_in(whole, item.content, first) if t[1] > first - 60][-1:]
    if beside:
        return target_field(survey, beside[0])
    above = heading_target(survey, index)
    if above and above[0] is Target.KIEU_MAU:  # a model commune is counted by the advanced set
        return target_field(survey, above)
    return _named_behind(survey, cues, told) or _field_of(survey, above)


def _named_behind(survey: Survey, cues: Sequence[_Cue], told: Span) -> Field[Target] | None:
    """`đạt 17/19 tiêu chí nông thôn mới nâng cao`: the level right behind the count."""
    after = max((cue.last for cue in cues if cue.count), default=told[1])
    limit = min(after + 60, len(survey.whole.string))
    behind = [t for t in targets_in(survey.whole, told[0], limit) if 0 <= t[1] - after <= 25]
    return _field_of(survey, behind[0] if behind else None)


def _field_of(survey: Survey, target: TargetAt | None) -> Field[Target] | None:
    return target_field(survey, target) if target else None
