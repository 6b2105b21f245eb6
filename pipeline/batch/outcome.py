"""What came of files: one `Ending` a file, `Counts` of them all, and when too many have failed."""

from __future__ import annotations

import math
import re
import time
from dataclasses import asdict, dataclass, field, replace

from pipeline.batch.intake.item import Refusal
from pipeline.batch.job import Job
from pipeline.batch.work.values import Failure, Made

_EARLIEST = 20  # files that must have ended before a share of failures means anything


@dataclass(frozen=True, slots=True)
class Ending:
    """What came of one file. `seconds`: by step, of worker time, and `wall` as a whole; `cpu`: of all steps."""

    name: str
    sha256: str = ""
    category: str = ""
    message: str = ""
    pages: int = 0
    failed_pages: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()
    stated: int = 0
    doubtful: int = 0
    cpu: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of_refusal(cls, name: bytes, refusal: Refusal) -> Ending:
        return cls(name.decode("utf-8", "replace"), category=refusal.category, message=refusal.message)

    @classmethod
    def of_failure(cls, job: Job, failure: Failure) -> Ending:
        pages = job.source.pages if job.source is not None else 0
        return cls(
            job.item.told,
            job.known.sha256,
            failure.category,
            failure.message,
            pages,
            cpu=round(job.cpu, 3),
            seconds=_seconds(job),
        )

    @classmethod
    def of_documents(cls, job: Job, made: Made, paths: tuple[str, ...]) -> Ending:
        return cls(
            job.item.told,
            job.known.sha256,
            pages=job.source.pages if job.source is not None else 0,
            failed_pages=made.failed_pages,
            documents=paths,
            stated=made.stated,
            doubtful=made.doubtful,
            cpu=round(job.cpu, 3),
            seconds=_seconds(job),
        )

    def with_time(self, step: str, seconds: float) -> Ending:
        return replace(self, seconds={**self.seconds, step: round(seconds, 4)})

    @property
    def failed(self) -> bool:
        return not self.documents


def _seconds(job: Job) -> dict[str, float]:
    steps = {step: round(seconds, 4) for step, seconds in job.seconds.items()}
    return {**steps, "wall": round(time.monotonic() - job.began, 4)}


@dataclass(slots=True)
class Counts:
    """How many files ended how, in one run."""

    read: int = 0
    failed: int = 0
    unchanged: int = 0
    left_alone: int = 0
    documents: int = 0
    pages: int = 0
    failed_pages: int = 0
    stated: int = 0
    doubtful: int = 0
    worker_seconds: float = 0.0
    cpu_seconds: float = 0.0
    categories: dict[str, int] = field(default_factory=dict)

    def add(self, ending: Ending) -> None:
        self.failed += ending.failed
        self.read += not ending.failed
        self.documents += len(ending.documents)
        self.pages += ending.pages if not ending.failed else 0
        self.failed_pages += len(ending.failed_pages)
        self.stated += ending.stated
        self.doubtful += ending.doubtful
        self.cpu_seconds += ending.cpu
        self.worker_seconds += sum(value for step, value in ending.seconds.items() if step not in ("wall", "write"))
        if ending.category:
            self.categories[ending.category] = self.categories.get(ending.category, 0) + 1

    @property
    def ended(self) -> int:
        return self.read + self.failed

    @property
    def doubtful_share(self) -> float:
        """Of the values stated, those that are for a person to look at."""
        return self.doubtful / self.stated if self.stated else 0.0

    def told(self) -> dict[str, object]:
        """For JSON."""
        return {
            **asdict(self),
            "worker_seconds": round(self.worker_seconds, 2),
            "cpu_seconds": round(self.cpu_seconds, 2),
            "doubtful_share": round(self.doubtful_share, 4),
        }


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many failures stop a run: a number, or a share (0..1) of the files that ended."""

    count: float = math.inf
    share: float = math.inf

    def passed(self, counts: Counts) -> bool:
        """
        >>> Threshold(share=0.1).passed(Counts(read=17, failed=3)), Threshold(count=2).passed(Counts(failed=2))
        (True, False)
        """
        if counts.failed > self.count:
            return True
        return counts.ended >= _EARLIEST and counts.failed > self.share * counts.ended

    @classmethod
    def of(cls, told: str) -> Threshold:
        """
        >>> Threshold.of("10%").share, Threshold.of("7").count
        (0.1, 7.0)
        """
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", told.strip())
        if found is None or (found[2] and float(found[1]) > 100):
            raise ValueError(f"{told!r} is neither a number of files nor a share such as 10%")
        return cls(share=float(found[1]) / 100) if found[2] else cls(count=float(found[1]))
