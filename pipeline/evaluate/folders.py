"""Which document is judged against which gold one: by name, and by level of scan where that is asked for."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluate.errors import NoDocument, NothingToScore
from pipeline.evaluate.facts import Json
from pipeline.evaluate.judge import Judgement, judge

LARGEST = 100_000_000  # bytes of a document
_USUAL = ("light", "medium", "heavy", "dump")  # as samples/ has them; others come after, by name
_SUFFIX = re.compile(r"(?P<name>.+)[.@_-](?P<level>[^.@_-]+)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold document and the one to judge; `path` is None where it is missing, which misses every fact."""

    name: str
    level: str
    gold: Path
    path: Path | None


def judge_all(pairs: list[Pair]) -> list[Judgement]:
    """Judge each pair. Raises `NoDocument` for a file that holds no JSON object."""
    return [judge(p.name, load(p.gold), load(p.path) if p.path else {}, p.level) for p in pairs]


def gold_in(where: Path) -> dict[str, Path]:
    """The gold documents of a folder by name: NAME.json, or NAME/gold.json as in samples/; or of one file.

    Raises `NothingToScore` where there is none.
    """
    if where.is_file():
        return {where.stem: where}
    found = {path.stem: path for path in sorted(where.glob("*.json"))}
    found = found or {path.parent.name: path for path in sorted(where.glob("*/gold.json"))}
    if not found:
        raise NothingToScore(where)
    return dict(sorted(found.items()))


def by_name(gold: Path, made: Path) -> list[Pair]:
    """Pair a gold folder with a folder of documents of the same names, or one file with one file."""
    wanted = gold_in(gold)
    if made.is_file() and len(wanted) == 1:
        return [Pair(name, "", path, made) for name, path in wanted.items()]
    _must_be_folder(made)
    paths = {name: made / f"{name}.json" for name in wanted}
    return [Pair(name, "", wanted[name], path if path.is_file() else None) for name, path in paths.items()]


def by_name_and_level(gold: Path, made: Path, pattern: re.Pattern[str] | None = None) -> list[Pair]:
    """Pair each level's documents with the same gold ones.

    A document belongs to the level of its folder below `made` (light/NAME.json), else to that after its name
    (NAME.light.json, NAME-light.json, NAME_light.json). `pattern` says it otherwise: it is matched against the
    path below `made` without .json, and names the groups `name` and `level`. A notice that one level lacks
    counts as missing there. Raises `NothingToScore` where no document has both a gold one and a level.
    """
    wanted = gold_in(gold)
    _must_be_folder(made)
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(made.rglob("*.json")):
        name, level = level_of(path.relative_to(made).with_suffix("").as_posix(), wanted, pattern)
        if name in wanted and level:
            found.setdefault(level, {})[name] = path
    if not found:
        raise NothingToScore(made, "no document here names a gold one and a level", "Look at --levels in the help.")
    levels = sorted(found, key=lambda level: (_USUAL.index(level) if level in _USUAL else len(_USUAL), level))
    return [Pair(name, level, wanted[name], found[level].get(name)) for level in levels for name in wanted]


def level_of(path: str, names: dict[str, Path], pattern: re.Pattern[str] | None = None) -> tuple[str, str]:
    """The name and the level of a document; empty strings where they cannot be told.

    >>> gold = {"tb-1": Path()}
    >>> level_of("light/tb-1", gold), level_of("tb-1.dump", gold), level_of("tb-1", gold)
    (('tb-1', 'light'), ('tb-1', 'dump'), ('', ''))
    >>> level_of("2023/tb-1__a", gold, re.compile(r".*/(?P<name>.+)__(?P<level>.)"))
    ('tb-1', 'a')
    """
    if pattern is not None:
        match = pattern.fullmatch(path)
        return (match["name"], match["level"]) if match else ("", "")
    folder, _, stem = path.rpartition("/")
    if stem in names:
        return (stem, folder) if folder else ("", "")
    match = _SUFFIX.fullmatch(stem)
    return (match["name"], match["level"]) if match and match["name"] in names else ("", "")


def _must_be_folder(made: Path) -> None:
    if not made.is_dir():
        raise NothingToScore(made, "this is no folder of documents", "Give the folder that `thongbao read --out` made.")


def load(path: Path) -> Json:
    """A document as JSON. Raises `NoDocument`."""
    try:
        if path.stat().st_size > LARGEST:
            raise NoDocument(path, f"it is larger than {LARGEST:,} bytes")
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise NoDocument(path, error.strerror or "it cannot be read") from error
    except (ValueError, RecursionError) as error:
        raise NoDocument(path) from error
    if not isinstance(told, dict):
        raise NoDocument(path)
    return told
