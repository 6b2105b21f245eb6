"""How a step is called in a worker: by its name, so that the run itself need not load the stages."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from pipeline.batch.work.values import Timed


class Step(Enum):
    """The steps of one file; the values are the names of functions in `steps`."""

    LOOK = "look"
    UNLOCK = "unlock"
    READ = "read"
    MAKE = "make"


def call(step: Step, seconds: float, path: Path, *args: object) -> Timed:
    """Take a step within its time, in seconds; runs in a worker."""
    from pipeline.batch.work import steps

    timed: Timed = getattr(steps, step.value)(seconds, path, *args)
    return timed
