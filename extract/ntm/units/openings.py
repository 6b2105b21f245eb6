"""Communes that an item or a sentence begins with, without the word xã or under a name that was misread."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from extract.notice import Level
from extract.ntm.units.link import Linked, Mention, Whereabouts, link_unit
from extract.ntm.units.names import name_ends, read_names
from extract.parts.item_marks import PLAIN
from extract.parts.items import Item
from extract.reading import Reading
from normalize.fold import fold
from normalize.letters import SMALL
from normalize.lexicon.find import match_commune

# Vũ Sơn: đạt 15/19 · Kiến Quốc mới được 16/19 tiêu chí
_BEHIND_NAME = re.compile(
    r"\s*(?:[:(–-]|(?:da|moi|hien)?\s*dat\s|con\s|chua\s|(?:(?:da|moi|hien)\s+)?(?:duoc|co|du|hoan thanh)\s+\d|"
    r"\d{1,2}\s+tieu\s+chi|tang\s|dung\s+o\s|la\s+xa\s|thi\s)"
)
_VERB = re.compile(rf"\s(?={SMALL}\w*\s)")  # a word behind the name
_SENTENCE_END = re.compile(r"[.;]\s+")
# Riêng Hải Đường còn vướng … · Biểu dương Đức Hiệp.: what may stand before a commune that a sentence is about
_LEAD = re.compile(r"(?:rieng|con|doi voi|voi|bieu duong|phe binh|ghi nhan|hoan nghenh)\s+(?=\w)")
# Trong các xã …, Ea Kiết là · Đến nay Gia Hiệp đạt · Tổng cộng Hòa Bắc đạt
_AMONG = re.compile(
    r"(?:trong\s+(?:so\s+)?(?:cac|nhung|\d{1,2})\s+xa\s[^.;:,]{0,60},|(?:den\s+nay|hien\s+nay|tong\s+cong|nhu\s+vay|ket\s+qua),?)\s+"
)
_COMMUNE_HEAD = re.compile(r"[Xx]ã\s+(?P<name>\S+(?:\s\S+){0,3}?)\W*")


def at_items(whole: Reading, where: Whereabouts, items: Sequence[Item], known: Sequence[Mention]) -> Iterator[Mention]:
    """Communes that an item begins with without the word xã: `- Vũ Sơn: đạt 15/19 tiêu chí`."""
    taken = {mention.start for mention in known}
    for item in items:
        for at in _openings(whole, item) if item.depth else ():
            if at in taken or not whole.string[at : at + 1].isupper():
                continue
            told = [end for end in name_ends(whole, at, item.end) if _is_told_of(whole, item, at, end)]
            names = read_names(whole, at, item.end, "xã", where, many=False) if told else ()
            for start, end, kind, match in names:
                if match.sure and match.score >= 0.95 and end in told:
                    yield Mention(start, end, -1 - at, link_unit(whole, start, end, match, Level.COMMUNE, kind, where))


def misread(
    whole: Reading, where: Whereabouts, items: Sequence[Item], parents: Sequence[int | None], known: Sequence[Mention]
) -> Iterator[Mention]:
    """`3. Xã ng Cang` in a row of headings of communes: the name that the list has most like it, in doubt."""
    heads = {
        i: head
        for i, item in enumerate(items)
        if (head := _COMMUNE_HEAD.fullmatch(whole.string, item.content, item.end))
    }
    starts = {mention.start for mention in known}
    named = {(parents[i], items[i].depth) for i, head in heads.items() if items[i].content in starts}
    for i, head in heads.items():
        if items[i].content in starts or (parents[i], items[i].depth) not in named:
            continue
        match = match_commune(
            f"xã {whole.flat(*head.span('name'))}", where.day, where.district_code, where.province_code
        )
        if match.sure:
            unit = link_unit(whole, *head.span("name"), match, Level.COMMUNE, "xã", where)
            yield Mention(items[i].content, head.end("name"), -1 - items[i].content, unit)


def _is_told_of(whole: Reading, item: Item, at: int, end: int) -> bool:
    """Does a name stand alone as a heading, `1. Long Giang`, `1) ÔNG ĐÌNH. Đồng ý: 13`, or does a figure or a verb
    follow?"""
    closed = item.depth != PLAIN and whole.string.startswith(". ", end)
    alone = at == item.content and (closed or not whole.string[end : item.end].strip())
    return alone or _BEHIND_NAME.match(whole.flowing, end, item.end) is not None


def named_again(
    whole: Reading, where: Whereabouts, items: Sequence[Item], known: Sequence[Mention]
) -> Iterator[Mention]:
    """Communes that a sentence begins with, without the word xã, that were named before: `Riêng Hải Đường còn …`."""
    taken = {at for mention in known for at in range(mention.start, mention.end)}
    codes = {mention.unit.value.code for mention in known} - {None}
    known_names = tuple({fold(mention.unit.value.name) for mention in known if mention.unit.value.code})
    for item in items:
        ends = _SENTENCE_END.finditer(whole.flowing, item.content, item.end)
        for at in (item.content, *(end.end() for end in ends)):
            lead = _LEAD.match(whole.flowing, at, item.end)
            among = _AMONG.match(whole.flowing, at, item.end)
            at = lead.end() if lead else among.end() if among else at
            if at in taken or not whole.string[at : at + 1].isupper():
                continue
            told = [end for end in name_ends(whole, at, item.end) if _BEHIND_NAME.match(whole.flowing, end, item.end)]
            # 1.2. Gia Hiệp trồng chủ yếu cà phê
            headed = item.depth != PLAIN and at == item.content and whole.folded.startswith(known_names, at)
            names = read_names(whole, at, item.end, "xã", where, many=False) if lead or told or headed else ()
            for start, end, kind, match in names:
                about = lead or end in told or (headed and _VERB.match(whole.string, end, item.end))
                if (_is_same(match, codes) and about) or (end in told and _is_of(match, where)):
                    yield Mention(start, end, -1 - at, link_unit(whole, start, end, match, Level.COMMUNE, kind, where))


def _is_same(match: Linked, codes: Collection[str | None]) -> bool:
    """Is a name surely that of a commune of these?"""
    return match.sure and match.score >= 0.95 and match.best is not None and match.best.code in codes


def _is_of(match: Linked, where: Whereabouts) -> bool:
    """Is a name letter by letter that of a commune of the notice's district?"""
    district = match.best.district if match.best else None
    return match.sure and match.score >= 0.99 and district is not None and district.code == where.district_code


def _openings(whole: Reading, item: Item) -> Iterator[int]:
    """Where an item begins, and the lines of it that begin a sentence: `Sơn Thành: 14/19; vướng …`."""
    yield item.content
    for match in re.compile(r"[.;]\s*\n\s*").finditer(whole.string, item.content, item.end):
        yield match.end()
