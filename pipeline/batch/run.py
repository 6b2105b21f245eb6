"""Many files, one after the other: each gives its results or its failure, and the others still come out."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ocr.errors import ThongbaoError
from pipeline.batch.output import place, write
from pipeline.batch.progress import Progress

Make = Callable[[Path, Progress], Sequence[str]]  # a file → the texts of its results, one a notice


class ProgramFault(ThongbaoError):
    """An error that nobody foresaw: a defect of thongbao, not of the file."""

    what = "thongbao failed on it"
    remedy = "Please report this, with the file if it may be shown."


def run(targets: Mapping[Path, Path], make: Make, progress: Progress) -> int:
    """Make and write the results of each file. Returns the exit code: 0, or that of the first failure."""
    failures = []
    taken = set(targets.values())
    for file, target in targets.items():
        progress.begin(file)
        try:
            results = made(file, make, progress)
            places = place(file, target, len(results), taken)
            for result, written in zip(results, places, strict=True):
                write(written, result.encode())
        except ThongbaoError as error:
            progress.failed(error)
            failures.append(error)
        else:
            progress.done(places)
    return failures[0].exit_code if failures else 0


def made(file: Path, make: Make, progress: Progress) -> Sequence[str]:
    """The results of one file. Whatever goes wrong is a `ThongbaoError`."""
    try:
        return make(file, progress)
    except ThongbaoError:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, line {last.lineno}"
        raise ProgramFault(file, f"thongbao failed on it ({type(error).__name__}: {error}; {where})") from error
