"""Document types: Decree 30/2020's own, and those that notices cite besides; a type from a symbol."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from normalize.data import FOLDER as DATA


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type: `slug` as in the contract, `name` as printed, `symbols` that begin or make up a document's symbol.

    `decree30`: one of the 29 types of Decree 30/2020, Article 7; `examples`: symbols that mean this type.
    """

    slug: str
    name: str
    symbols: tuple[str, ...] = ()
    decree30: bool = False
    examples: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def document_types() -> tuple[DocumentType, ...]:
    """Every type, those of Decree 30/2020 first.

    >>> sum(kind.decree30 for kind in document_types())
    29
    """
    records = tomllib.loads((DATA / "types.toml").read_text("utf-8"))["types"]
    return tuple(
        DocumentType(
            record["slug"],
            record["name"],
            tuple(record.get("symbols", ())),
            record.get("decree30", False),
            tuple(record.get("examples", ())),
        )
        for record in records
    )


def type_of_symbol(symbol: str) -> str | None:
    """The slug that a symbol tells, `cong_van` for one without a type, None for an empty one.

    The type stands before the first dash; a law's symbol is its assembly alone.

    >>> [type_of_symbol(s) for s in ("TB-STNMT", "NĐ-CP", "UBND-KT", "CV/VPTW", "TTLT-BNV-BTC")]
    ['thong_bao', 'nghi_dinh', 'cong_van', 'cong_van', 'thong_tu_lien_tich']
    """
    groups = [group for group in re.split(r"[-–/\s.]+", symbol.strip()) if group and not group.isdigit()]
    if not groups:
        return None
    if re.fullmatch(r"QH\d+", groups[0]):  # 59/2020/QH14: nearly always a law, sometimes a resolution
        return "luat"
    return _by_symbol().get(groups[0], _by_symbol().get(groups[0].upper(), "cong_van"))


def type_by_slug(slug: str) -> DocumentType | None:
    """The type with a slug."""
    return next((kind for kind in document_types() if kind.slug == slug), None)


@lru_cache(maxsize=1)
def _by_symbol() -> dict[str, str]:
    table = {symbol: kind.slug for kind in document_types() for symbol in kind.symbols}
    capitals: dict[str, list[str]] = {}
    for symbol, slug in table.items():
        capitals.setdefault(symbol.upper(), []).append(slug)
    # QyĐ and QYĐ mean one type, but a spelling in capitals that two types share tells neither
    return {upper: slugs[0] for upper, slugs in capitals.items() if len(set(slugs)) == 1} | table
