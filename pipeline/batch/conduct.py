"""`Conductor`: takes items, hands their steps to the workers, writes documents and ledger. One loop, one process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from typing import Any

from ocr.errors import EncryptedFile, EngineMissing, LanguageMissing, RendererMissing, ThongbaoError
from ocr.page import Page
from ocr.source import Kind, Source
from pipeline.batch.errors import TimeUp, TooManyFailures, WorkerDied, category
from pipeline.batch.intake.admit import Admission, Admitted
from pipeline.batch.intake.item import Item
from pipeline.batch.job import LOOK, MAKE, UNLOCK, Job
from pipeline.batch.ledger.leases import Tally
from pipeline.batch.ledger.ledger import Ledger
from pipeline.batch.ledger.pages import PageStore
from pipeline.batch.outcome import Counts, Ending, Threshold
from pipeline.batch.place import Shelf, names
from pipeline.batch.work.call import Step
from pipeline.batch.work.limits import WorkLimits
from pipeline.batch.work.pool import Died, Workers
from pipeline.batch.work.values import Failure, Made, Reading, Timed, Unlocked, failure
from pipeline.settings import Settings

_TICK = 0.5  # seconds between looks at the clock and at what the user wants
_RENEWAL = 60.0  # seconds between renewals of the leases
_LEAST_FREE = 32_000_000  # bytes on the disk, without which nothing is begun
_ENOUGH_FREE = 500_000_000  # bytes with which no page fails for want of space; the image of one takes up to 360 MB
_DEATHS = 3  # of workers over one step, before it is given up


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a conductor works with."""

    ledger: Ledger
    pages: PageStore
    shelf: Shelf
    workers: Workers
    settings: Settings
    limits: WorkLimits
    reading: str  # the version of page readings
    version: int  # the ledger's row of the version of documents
    threshold: Threshold
    passwords: tuple[str, ...] = ()  # of encrypted PDFs
    new_only: bool = False  # what other settings, code or data have read is left alone


@dataclass(slots=True)
class Conductor:
    """Runs until all is read, too much has failed, or `stop` says so. `tell` hears of each file that ended."""

    desk: Desk
    tell: Callable[[Ending], None]
    stop: Callable[[], bool] = lambda: False
    counts: Counts = field(default_factory=Counts)
    _jobs: list[Job] = field(default_factory=list)
    _running: dict[Future[Any], tuple[Job, int]] = field(default_factory=dict)
    _renewed: float = field(default_factory=time.monotonic)

    def run(self, items: Iterator[Item | None]) -> None:
        """Read all items. Raises `TooManyFailures`, `BadLedger`, `OutputFailed`, and `EngineMissing` and its like.

        Leases are let go in any case.
        """
        desk = self.desk
        admission = Admission(desk.ledger, desk.pages, desk.version, desk.reading, desk.new_only)
        admitted = admission.admit(items)
        try:
            while not self.stop() and (self._fill(admitted) or self._running):
                self._wait()
                self._renew()
        finally:
            self._leave()

    def _fill(self, admitted: Iterator[Admitted]) -> bool:
        """Give every free worker a step. False when there is nothing left to begin."""
        while self.desk.workers.free():
            job = next((job for job in self._jobs if job.todo), None)
            if job is not None:
                self._begin(job, job.todo.popleft())
                continue
            entry = next(admitted, None)
            if entry is None:
                return False
            self._take(entry)
            if entry.pause or self.stop():
                break
        return True

    def _take(self, entry: Admitted) -> None:
        if entry.job is not None:
            self._jobs.append(entry.job)
        elif entry.refused is not None:
            self._count(Ending.of_refusal(entry.name, entry.refused))
        elif not entry.pause:
            self.counts.unchanged += 1

    def _begin(self, job: Job, number: int) -> None:
        desk = self.desk
        desk.shelf.need(_LEAST_FREE)
        if number > 0 and job.spent > desk.limits.file_seconds:
            self._lose(job, number, f"the file took more than {desk.limits.file_seconds:g} s")
            return
        self._running[self._start(job, number)] = (job, number)

    def _start(self, job: Job, number: int) -> Future[Any]:
        start, limits, settings = self.desk.workers.start, self.desk.limits, self.desk.settings
        if number == LOOK:
            sha256 = job.unlocked.sha256 if job.unlocked is not None else job.known.sha256
            return start(Step.LOOK, limits.look_seconds, job.readable, sha256, settings)
        if number == UNLOCK:
            return start(Step.UNLOCK, limits.look_seconds, job.path, self.desk.passwords)
        if number == MAKE:
            readings = None if _source(job).kind is Kind.TEXT else tuple(job.in_order())
            seconds = limits.notice_seconds + 2 * _source(job).pages
            return start(Step.MAKE, seconds, job.path, job.source, readings, settings)
        apart = limits.apart or number in job.deaths  # what ended a worker may be Tesseract within it
        return start(Step.READ, limits.page_seconds, job.readable, job.source, number, settings, apart)

    def _wait(self) -> None:
        if not self._running:
            return
        done, _ = wait(self._running, timeout=_TICK, return_when=FIRST_COMPLETED)
        for future in done:
            job, number = self._running.pop(future)
            try:
                self._took(job, number, future.result())
            except Died as death:
                self._died(job, number, death)
            if job.over:
                self._end(job)

    def _took(self, job: Job, number: int, timed: Timed) -> None:
        value = timed.value
        label = {LOOK: "look", MAKE: "make", UNLOCK: "unlock"}.get(number, f"page {number}")
        job.cpu += timed.cpu
        job.seconds[label] = job.seconds.get(label, 0.0) + timed.seconds
        if isinstance(value, Failure):
            self._refused(job, number, value)
        elif isinstance(value, Unlocked):
            job.opened(value)
        elif isinstance(value, Source):
            job.looked(replace(value, path=job.path, sha256=job.known.sha256))
        elif isinstance(value, Made):
            job.made = value
        elif isinstance(value, Reading):
            self._keep(job, number, value)

    def _refused(self, job: Job, number: int, why: Failure) -> None:
        """A step gave nothing: that of one page of many loses the page, a password may help, else the file fails."""
        if number > 0 and _source(job).pages > 1 and why.category in _OF_A_PAGE:
            self._lose(job, number, why.message)
        elif why.category in _SET_UP:
            raise _SET_UP[why.category](None, why.message.rstrip("."), " ")
        elif why.category == _LOCKED and self.desk.passwords and number == LOOK and job.unlocked is None:
            job.todo.append(UNLOCK)
        else:
            job.failure = why

    def _died(self, job: Job, number: int, death: Died) -> None:
        """Begin the step again, unless time was up or it has cost too many workers."""
        job.deaths[number] = job.deaths.get(number, 0) + 1
        if not death.by_time and job.deaths[number] < _DEATHS:
            job.todo.appendleft(number)
            return
        kind = TimeUp if death.by_time else WorkerDied
        if number > 0:
            self._lose(job, number, kind.what if death.by_time else f"the worker died over it ({death.reason})")
        else:
            job.failure = failure(kind(job.path))

    def _lose(self, job: Job, number: int, problem: str) -> None:
        """A page could not be read, as its worker died or did not end: it stands in the documents as such."""
        from pipeline.batch.work.steps import pack

        self._keep(job, number, Reading(pack(Page(number, 0, 0, (), problem=problem)), whole=False))

    def _keep(self, job: Job, number: int, reading: Reading) -> None:
        if not reading.whole:
            self.desk.shelf.need(_ENOUGH_FREE)  # else it may be for want of space that it could not be read
        self.desk.pages.put(job.known.sha256, self.desk.reading, number, reading.packed, whole=reading.whole)
        job.has_read(number, reading.packed)

    def _end(self, job: Job) -> None:
        """Write what came of a file: documents first, then the ledger."""
        self._jobs.remove(job)
        job.todo.clear()
        for future in [future for future, (other, _) in self._running.items() if other is job]:
            del self._running[future]
        began = time.monotonic()
        try:
            ending = self._kept(job)
        finally:
            job.left()
        self._count(ending.with_time("write", time.monotonic() - began))

    def _kept(self, job: Job) -> Ending:
        desk, source = self.desk, job.known.id
        if job.made is None:
            why = job.failure or Failure(category(ThongbaoError), ThongbaoError.what)
            desk.ledger.fail(source, desk.version, why.category, why.message, _tally(job))
            return Ending.of_failure(job, why)
        taken = names(job.known, job.item.siblings, len(job.made.documents), self._is_taken(source))
        documents = desk.shelf.put(taken, job.made.documents)
        message = _about_pages(job.made.failed_pages)
        for path in desk.ledger.done(source, desk.version, documents, message, _tally(job)):
            desk.shelf.drop(path)
        desk.pages.keep_only(job.known.sha256, desk.reading)
        return Ending.of_documents(job, job.made, tuple(document.path for document in documents))

    def _is_taken(self, source: int) -> Callable[[str], bool]:
        return lambda target: self.desk.ledger.is_taken(target, source)

    def _count(self, ending: Ending) -> None:
        self.counts.add(ending)
        self.tell(ending)
        if self.desk.threshold.passed(self.counts):
            raise TooManyFailures(
                None, f"{self.counts.failed} of {self.counts.ended} files failed, more than --max-failures allows"
            )

    def _renew(self) -> None:
        if time.monotonic() - self._renewed > _RENEWAL:
            self.desk.ledger.renew()
            self._renewed = time.monotonic()

    def _leave(self) -> None:
        self.desk.workers.close()
        for job in self._jobs:
            job.left()
        self.desk.ledger.release()


_LOCKED = category(EncryptedFile)
# what is wrong with the machine is no failure of a file: the run stops, and goes on where it was
_SET_UP = {category(kind): kind for kind in (EngineMissing, LanguageMissing, RendererMissing)}
_OF_A_PAGE = frozenset({"program-fault", "out-of-memory", "damaged-file"})  # the other pages are read all the same


def _source(job: Job) -> Source:
    if job.source is None:
        raise ValueError("a file's pages come after the look at it")
    return job.source


def _tally(job: Job) -> Tally:
    made = job.made
    pages = job.source.pages if job.source is not None else 0
    if made is None:
        return Tally(job.spent, pages)
    return Tally(job.spent, pages, made.failed_pages, made.stated, made.doubtful)


def _about_pages(numbers: tuple[int, ...]) -> str:
    """
    >>> _about_pages((2, 5))
    'could not be read: page 2, 5'
    """
    return f"could not be read: page {', '.join(map(str, numbers))}" if numbers else ""
