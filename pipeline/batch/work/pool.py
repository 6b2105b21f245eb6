"""Worker processes: one pebble pool a worker, so that a worker that dies takes nothing along but its own step.

Workers start from a fork server that has everything loaded. Each leads a process group and ends with the run.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker, spawn
from pathlib import Path
from typing import Any, Protocol

from pebble import ProcessExpired, ProcessPool

from pipeline.batch.work import sandbox
from pipeline.batch.work.call import Step, call
from pipeline.batch.work.limits import WorkLimits, confine, keep_freed_memory
from pipeline.batch.work.strays import Strays, end_children
from pipeline.batch.work.values import UNLOCKED, Timed

PRELOAD = ["pipeline.batch.work.warm"]  # what the fork server loads before the first worker starts
_STARTS = (0.0, 0.1, 0.5, 2.0)  # seconds to wait before a worker is started again
_GRACE = 30.0  # seconds after which the pool ends a worker that the kernel should have ended
_BY_TIME = (-signal.SIGALRM, -signal.SIGXCPU)


class Died(Exception):
    """The worker ended in the middle of a step. `by_time`: the kernel ended it as its time was up."""

    def __init__(self, code: int | None, by_time: bool = False) -> None:
        super().__init__(code)
        self.by_time = by_time
        self.reason = f"signal {-code}" if code and code < 0 else f"exit code {code}"


class Workers(Protocol):
    """Where steps run: processes of this machine, or a cluster."""

    count: int

    def start(self, step: Step, seconds: float, path: Path, *args: object) -> Future[Timed]:
        """Begin a step; `free` must say that there is room. The future may raise `Died`."""
        ...

    def free(self) -> int: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class _Slot:
    """A worker's place. `folder`: for its temporary files, emptied when it dies."""

    folder: Path
    pool: ProcessPool | None = None
    busy: bool = False


class LocalWorkers:
    """Processes of this machine; 0: one for each core that it may use. None is started before it is needed."""

    def __init__(self, count: int, limits: WorkLimits, folder: Path) -> None:
        self.count = count or len(os.sched_getaffinity(0))
        self._sandboxed = limits.sandbox and sandbox.works()
        self._limits = limits
        self._folder = folder
        self._program = folder.with_name("python")
        self._slots = [_Slot(folder / str(k)) for k in range(self.count)]
        self._strays = Strays()
        self._own = spawn.get_executable()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(PRELOAD)

    def free(self) -> int:
        return sum(not slot.busy for slot in self._slots)

    def start(self, step: Step, seconds: float, path: Path, *args: object) -> Future[Timed]:
        slot = next(slot for slot in self._slots if not slot.busy)
        slot.busy = True
        told: Future[Timed] = Future()
        inner = self._scheduled(slot, (step, seconds, path, *args), seconds + _GRACE)
        inner.add_done_callback(lambda done: self._ended(slot, done, told))
        return told

    def _scheduled(self, slot: _Slot, args: tuple[object, ...], seconds: float) -> Future[Any]:
        """Hand a step to a slot's worker, or to a new one where the idle one was killed, or the fork server just as it
        was asked for a worker, which may happen to several in a row."""
        for waited in _STARTS:
            try:
                return self._pool(slot).schedule(call, args=args, timeout=seconds)
            except RuntimeError:
                self._discard(slot)
                time.sleep(waited)
        return self._pool(slot).schedule(call, args=args, timeout=seconds)

    def close(self) -> None:
        """End all workers and whatever they started, at once."""
        for slot in self._slots:
            self._discard(slot)
        self._strays.end(_servers())
        self._context.set_executable(self._own)
        self._program.unlink(missing_ok=True)

    def _pool(self, slot: _Slot) -> ProcessPool:
        if not self._strays.knows:
            resource_tracker.ensure_running()
            self._strays.know()
            self._serve()
        if slot.pool is None:
            slot.folder.mkdir(exist_ok=True)
            slot.pool = ProcessPool(
                max_workers=1,
                max_tasks=self._limits.recycle,
                initializer=_settle,
                initargs=(self._limits, str(slot.folder)),
                context=self._context,
            )
        return slot.pool

    def _serve(self) -> None:
        """Start the fork server, in the sandbox if there is one; should it die, the next worker starts it again."""
        place, tempfile.tempdir = tempfile.tempdir, None  # its socket wants a short path: the system's folder
        if self._sandboxed:
            self._context.set_executable(str(sandbox.interpreter(self._folder, self._program)))
        try:
            forkserver.ensure_running()
        finally:
            tempfile.tempdir = place

    def _ended(self, slot: _Slot, done: Future[Any], told: Future[Timed]) -> None:
        """Pass the outcome on; a worker that died leaves its pool in an unknown state, so that goes too."""
        error = done.exception() if not done.cancelled() else BrokenProcessPool()
        if isinstance(error, (ProcessExpired, BrokenProcessPool, TimeoutError, OSError, EOFError)):
            code = getattr(error, "exitcode", None)
            self._discard(slot)
            self._strays.end(_servers())
            _clear(slot.folder)
            slot.busy = False
            told.set_exception(Died(code, by_time=code in _BY_TIME))
            return
        slot.busy = False
        if error is not None:
            told.set_exception(error)
        else:
            told.set_result(done.result())

    def _discard(self, slot: _Slot) -> None:
        """Stop a pool without waiting for it: a torn message can hold up its threads for good."""
        pool, slot.pool = slot.pool, None
        if pool is None:
            return
        for worker in list(pool._pool_manager.worker_manager.workers.values()):
            with contextlib.suppress(OSError):
                if worker.pid is not None:
                    os.killpg(worker.pid, signal.SIGKILL)
        threading.Thread(target=_stop, args=(pool,), daemon=True).start()


def _clear(folder: Path) -> None:
    """What a dead worker left half-made goes; a copy without a password serves the steps that follow."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif not path.name.startswith(UNLOCKED):
                path.unlink(missing_ok=True)


def _servers() -> set[int]:
    """The processes of multiprocessing's own that serve this one; they may have been started again."""
    server: Any = forkserver._forkserver
    tracker: Any = resource_tracker._resource_tracker
    return {process for process in (server._forkserver_pid, tracker._pid) if process is not None}


def _stop(pool: ProcessPool) -> None:
    with contextlib.suppress(Exception):
        pool.stop()  # type: ignore[no-untyped-call]  # pebble's own
        pool.join(5)


def _settle(limits: WorkLimits, folder: str) -> None:
    """Make a fresh process a worker: a group of its own, its limits, its place for temporary files."""
    with contextlib.suppress(PermissionError):  # it leads a session already
        os.setsid()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    confine(limits)
    keep_freed_memory()
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """Wait for the run to die, however it dies, and die with all that was started here."""
    run = multiprocessing.parent_process()
    if run is None:
        return
    run.join()
    end_children(os.getpid())
    os.killpg(0, signal.SIGKILL)
