"""A run from its inputs to its summary: opens what is needed, conducts, closes."""

from __future__ import annotations

import contextlib
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from ocr.errors import ThongbaoError
from pipeline.batch.board import Board, closing
from pipeline.batch.conduct import Conductor, Desk
from pipeline.batch.errors import SomeFailed, TooManyFailures
from pipeline.batch.intake.item import Item
from pipeline.batch.ledger.ledger import Ledger
from pipeline.batch.ledger.opening import locked
from pipeline.batch.ledger.pages import PageStore
from pipeline.batch.log import line, open_log
from pipeline.batch.outcome import Ending, Threshold
from pipeline.batch.place import send, shelf
from pipeline.batch.versions import versions
from pipeline.batch.work.limits import WorkLimits
from pipeline.batch.work.pool import LocalWorkers, Workers
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a run."""

    out: Path
    settings: Settings = field(default_factory=Settings)
    limits: WorkLimits = field(default_factory=WorkLimits)
    workers: int = 0  # 0: one for each core that this process may use
    threshold: Threshold = field(default_factory=Threshold)
    documents: str = ""  # URL for documents, if they are not to lie in `out`
    passwords: tuple[str, ...] = ()
    new_only: bool = False
    log: Path | None = None
    quiet: bool = False
    counted: bool = True  # there is an end to the items, so that they can be counted ahead


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended. `summary`: for JSON."""

    exit_code: int
    summary: dict[str, object]


Take = Callable[[list[str]], Iterator[Item | None]]  # gathers the files that it leaves alone; None: nothing just now
Hire = Callable[[int, WorkLimits, Path], Workers]  # number, limits, folder for temporary files


def carry_out(order: Order, items: Take, hire: Hire = LocalWorkers) -> Report:
    """Read all items into `order.out` by the workers that `hire` gives.

    Raises `InUse`, `BadLedger`, `OutputFailed`.
    """
    with ExitStack() as stack:
        inner = stack.enter_context(locked(order.out))
        if order.documents:
            send(order.out, order.documents)
        ledger = Ledger(inner / "ledger.db")
        stack.callback(ledger.close)
        pages = PageStore(inner / "pages.db")
        stack.callback(pages.close)
        log = stack.enter_context(open_log(order.log)) if order.log is not None else None
        told = versions(order.settings)
        stack.enter_context(_own_temporary_files(inner / "tmp"))
        (inner / "tmp" / "work").mkdir()
        workers = hire(order.workers, order.limits, inner / "tmp" / "work")
        desk = Desk(
            ledger, pages, shelf(order.out, inner / "tmp"), workers, order.settings, order.limits,
            told.reading, ledger.version(told.told, told.making), order.threshold, order.passwords, order.new_only,
        )  # fmt: skip
        stop = stack.enter_context(_stopping())
        run = ledger.begin()
        conductor = Conductor(desk, lambda _: None, stop=lambda: stop.signal != 0)
        board = stack.enter_context(Board(conductor.counts, order.quiet))

        def tell(ending: Ending) -> None:
            board.tell(ending)
            if log is not None:
                log.write(line(ending, run))

        conductor.tell = tell
        if order.counted:
            threading.Thread(target=_count, args=(items, board), daemon=True).start()
        return _conduct(conductor, ledger, run, items, stop, board, order.quiet)


@dataclass(slots=True)
class _Stop:
    signal: int = 0


def _conduct(
    conductor: Conductor,
    ledger: Ledger,
    run: int,
    items: Take,
    stop: _Stop,
    board: Board,
    quiet: bool,
) -> Report:
    began, others = time.monotonic(), list[str]()
    stopped: TooManyFailures | None = None
    try:
        conductor.run(items(others))
    except TooManyFailures as error:
        stopped = error
    finally:
        conductor.counts.left_alone = len(others)
        seconds = time.monotonic() - began
        summary = {**conductor.counts.told(), "seconds": round(seconds, 2), "stopped_by": stop.signal or None}
        ledger.end(run, summary)
    if not quiet:
        board.say(("stopped: " if stop.signal or stopped else "") + closing(conductor.counts, seconds))
    if stopped is not None:
        board.say(f"error: {stopped}")
        return Report(stopped.exit_code, summary)
    code = SomeFailed.exit_code if conductor.counts.failed else 0
    return Report(128 + stop.signal if stop.signal else code, summary)


def _count(items: Take, board: Board) -> None:
    """How many there are, beside the work: it only serves the bar."""
    with contextlib.suppress(OSError, ThongbaoError):
        board.expect(sum(1 for _ in items([])))


@contextmanager
def _own_temporary_files(folder: Path) -> Iterator[None]:
    """What the run itself unpacks lies in the output folder too, where the next run clears it away."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextmanager
def _stopping() -> Iterator[_Stop]:
    """Turn Ctrl-C and SIGTERM into a wish that the loop looks at; a second one ends the process at once."""
    stop = _Stop()

    def wish(number: int, _: FrameType | None) -> None:
        stop.signal = number
        signal.signal(number, signal.SIG_DFL)

    before = {number: signal.signal(number, wish) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
