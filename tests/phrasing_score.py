"""Count what comes out of the phrasing cases, without showing them: `python -m tests.phrasing_score [FILE…] [--show]`.

`--show` prints each flaw of the files for writing rules; of those kept for judging it never does.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from tests.notice_lines import FOLDER, cases, outcome

FILES = ("phrasing_write", "phrasing_judge", "letters_write", "letters_judge", "reports_write", "reports_judge")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over the lines of one file."""

    cases: int
    whole: int
    """Cases without a flaw."""
    right: int
    missing: int
    wrong: int
    """Wrong and not marked for review."""
    wrong_marked: int
    doubted: int
    """Right, and marked without need."""

    @property
    def share(self) -> float:
        """Lines right among those wanted."""
        return self.right / max(1, self.right + self.missing)

    def __str__(self) -> str:
        return (
            f"{self.whole} of {self.cases} cases whole; lines: {self.right} right ({self.share:.3f}), "
            f"{self.missing} missing, {self.wrong} wrong unmarked, {self.wrong_marked} wrong marked, "
            f"{self.doubted} right but marked"
        )


def score(name: str) -> Score:
    """The counts of one file."""
    seen = [outcome(case) for case in cases(name)]
    wrong = [line for one in seen for line in one.wrong]
    return Score(
        len(seen),
        sum(not one.flaws for one in seen),
        sum(len(one.right) for one in seen),
        sum(len(one.missing) for one in seen),
        sum(not line.marked for line in wrong),
        sum(line.marked for line in wrong),
        sum(len(one.doubted) for one in seen),
    )


def main(arguments: list[str]) -> None:
    """Print the counts of the files that are there."""
    asked = [name for name in arguments if not name.startswith("-")] or FILES
    for name in (name for name in asked if (FOLDER / f"{name}.toml").exists()):
        print(f"{name:15} {score(name)}")
        if "--show" in arguments and not name.endswith("_judge"):
            for case in cases(name):
                print(*(f"  {case.ident}: {flaw}" for flaw in outcome(case).flaws), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
