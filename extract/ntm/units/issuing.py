"""The one commune that a notice is about: its title names it, or its own office reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.draft import DocumentDraft
from extract.notice import Level
from extract.ntm.units.link import Mention, Whereabouts, link_unit
from extract.reading import Reading
from normalize.fold import fold
from normalize.lexicon.find import match_commune

_OWN = re.compile(r"(?:^|\s)(?:[Xx]ã|[Pp]hường|[Tt]hị trấn)\s+(?P<name>\S.*)$")
# toàn xã đã đạt · xã ta hiện có: it speaks of itself
_OF_ITSELF = re.compile(r"(?<!\w)(?:(?:toan|cua)\s+xa|xa\s+(?:ta|nha|da|hien|moi|dat))(?!\w)")


def commune_of_notice(
    whole: Reading, document: DocumentDraft, where: Whereabouts, named: Sequence[Mention], communes: Sequence[Mention]
) -> Mention | None:
    """The one commune that the trích yếu names (`named`), else, where it names none, the one whose office issued it."""
    if named:
        alone = len({mention.unit.value.code for mention in named}) == 1
        return named[0] if alone and named[0].unit.value.code else None
    return _reporting(document, communes) or _issuing(whole, document, where)


def _reporting(document: DocumentDraft, communes: Sequence[Mention]) -> Mention | None:
    """The commune whose own office issued the notice: `UBND xã Ân Hảo` reports on itself."""
    issuer = document.issuer.value if document.issuer else ""
    own = _OWN.search(issuer)
    name = fold(own["name"]) if own else None
    return next((m for m in communes if m.unit.value.code and fold(m.unit.value.name) == name), None)


def _issuing(whole: Reading, document: DocumentDraft, where: Whereabouts) -> Mention | None:
    """The commune whose office issued a notice that only says `xã ta`, `xã nhà`, `toàn xã`: from the letterhead."""
    issuer = document.issuer.value if document.issuer else ""
    own = _OWN.search(issuer)
    at = whole.folded.find(fold(own["name"])) if own and _OF_ITSELF.search(whole.flowing) else -1
    if own is None or at < 0:
        return None
    end = at + len(own["name"])
    match = match_commune(f"xã {own['name']}", where.day, where.district_code, where.province_code)
    unit = link_unit(whole, at, end, match, Level.COMMUNE, "xã", where)
    return Mention(at, end, -1 - at, unit) if match.sure else None
