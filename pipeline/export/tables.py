"""A folder of notice documents → two tables, as CSV or Parquet: `notices` and `results`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from extract.notice import Notice
from ocr.errors import ThongbaoError, Unreadable
from pipeline.batch.output import whole
from pipeline.export.columns import NOTICES, RESULTS, Column, results

MOST_BYTES = 50_000_000  # of one document; a notice with a hundred communes takes about 1 MB
_FORMULA = r"^(?=[=+\-@\t\r])"  # what a spreadsheet would run


class BadDocument(ThongbaoError):
    """A JSON file that is no notice document of this schema version."""

    exit_code = 17
    what = "this is no notice document of schema version 1.0"
    remedy = "Make it again with `thongbao read`, or move it out of the folder."


def export_folder(folder: Path, form: str, out: Path) -> tuple[dict[Path, int], list[ThongbaoError]]:
    """Write `out/notices.FORM` and `out/results.FORM` of all documents in `folder`; `form` is csv or parquet.

    Returns the rows of each table, and the failures: documents that were left out. Raises `Unreadable` for a
    folder that cannot be listed, `BadDocument` where no document is left, `OutputFailed`.
    """
    notices, bad = load(folder)
    if not notices:
        raise bad[0] if bad else BadDocument(folder, "there is no notice document in it", "Make some: `thongbao read`.")
    tables = {
        out / f"notices.{form}": table(NOTICES, notices),
        out / f"results.{form}": table(RESULTS, [result for notice in notices for result in results(notice)]),
    }
    for target, frame in tables.items():
        with whole(target) as temporary:
            write_csv(frame, temporary) if form == "csv" else frame.to_parquet(temporary, index=False)
    return {target: len(frame) for target, frame in tables.items()}, bad


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def load(folder: Path) -> tuple[list[Notice], list[ThongbaoError]]:
    """The documents of a folder and of those below it (`*.json`, nothing hidden), by name, and those that are none."""
    try:
        next(folder.iterdir(), None)
        files = sorted(file for file in folder.rglob("*.json") if not _is_hidden(file.relative_to(folder)))
    except OSError as error:
        raise Unreadable(folder, f"the folder cannot be read ({error.strerror})", "Check the path.") from error
    notices: list[Notice] = []
    bad: list[ThongbaoError] = []
    for file in files:
        try:
            notices.append(load_document(file))
        except ThongbaoError as error:
            bad.append(error)
    return notices, bad


def load_document(file: Path) -> Notice:
    """Read a notice document back. Raises `BadDocument` or `Unreadable`."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise BadDocument(file, f"it has more than {MOST_BYTES:,} bytes")
        return Notice.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = "/" + "/".join(map(str, first["loc"]))
        raise BadDocument(file, f"{BadDocument.what}: {first['msg']} (at {where})") from error
    except OSError as error:
        raise Unreadable(file, f"it cannot be read ({error.strerror})") from error


def table(columns: Sequence[Column], subjects: Sequence[object]) -> pd.DataFrame:
    """One row a subject. The columns have their types also where one of them, or the whole table, is empty."""
    cells = {column: [column.cell(subject) for subject in subjects] for column in columns}
    return pd.DataFrame({column.name: pd.array(cells[column], dtype=column.kind.value) for column in columns})


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """UTF-8 with a byte order mark, else Excel shows Vietnamese letters as rubbish; commas, as RFC 4180 has it.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front: text in a scan is not trusted.
    """
    guarded = frame.copy()
    for name in guarded.columns[guarded.dtypes == "string"]:
        guarded[name] = guarded[name].str.replace(_FORMULA, "'", regex=True)
    guarded.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
