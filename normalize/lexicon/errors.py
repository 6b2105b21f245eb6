"""What can go wrong with a list of units that a user adds."""

from __future__ import annotations

from pathlib import Path

from ocr.errors import ThongbaoError


class BadUnitList(ThongbaoError):
    """A list of units that cannot be used; `line` is where, from 1, None for the file as a whole.

    >>> str(BadUnitList(Path("units.csv"), "commune 06325 stands twice", 7))
    'units.csv: line 7: commune 06325 stands twice. Correct the list, or export it again from the Office.'
    """

    exit_code = 20
    what = "this is no list of administrative units"
    remedy = "Correct the list, or export it again from the Office."

    def __init__(self, path: Path | str, what: str = "", line: int | None = None, remedy: str = "") -> None:
        self.line = line
        super().__init__(path, f"line {line}: {what}" if line else what, remedy)
