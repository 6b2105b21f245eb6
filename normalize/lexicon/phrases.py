"""Phrases with right marks: stock formulas, and every name that the closed lists know on a day."""

from __future__ import annotations

from functools import lru_cache

from normalize.data import FOLDER
from normalize.lexicon.agencies import agencies
from normalize.lexicon.criteria import criteria_sets
from normalize.lexicon.titles import signer_titles
from normalize.lexicon.types import document_types


@lru_cache(maxsize=1)
def phrases() -> tuple[str, ...]:
    """The stock phrases of notices, from `data/phrases.txt`.

    >>> "Độc lập - Tự do - Hạnh phúc" in phrases()
    True
    """
    lines = (FOLDER / "phrases.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def closed_names() -> tuple[str, ...]:
    """Full names of criteria, agencies, titles and document types, each once.

    >>> {"Hành chính công", "Phó Giám đốc", "Tờ trình"} <= set(closed_names())
    True
    """
    criteria = (c.name for s in criteria_sets() for c in s.criteria)
    names = (*criteria, *(a.name for a in agencies()), *signer_titles(), *(t.name for t in document_types()))
    return tuple(dict.fromkeys(names))
