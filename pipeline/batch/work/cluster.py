"""The same steps on an existing Ray cluster. The ledger, the documents and the order of things stay with the run.

A step is one Ray task. Files go along with their steps, so nodes need no common file system, but each needs thongbao,
Tesseract and poppler. A node that dies loses its steps, and the run begins them again elsewhere.
"""

from __future__ import annotations

import logging
import os
import socket
import tempfile
import time
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from ocr.errors import ThongbaoError
from pipeline.batch.versions import installed
from pipeline.batch.work.call import Step, call
from pipeline.batch.work.limits import WorkLimits, confine
from pipeline.batch.work.pool import Died, LocalWorkers
from pipeline.batch.work.values import Timed


class NoCluster(ThongbaoError):
    """Ray is not installed, or no cluster answers."""

    exit_code = 43
    what = "no Ray cluster answers"
    remedy = "pip install 'thongbao[ray]', `ray start --head`, or RAY_ADDRESS for one that is there."


class ClusterWorkers:
    """Workers on a cluster. `count`: steps at a time; 0: as many as the cluster has CPUs. Raises `NoCluster`."""

    def __init__(self, count: int, limits: WorkLimits, folder: Path) -> None:
        self._ray = _ray()
        self.count = count or int(self._ray.cluster_resources().get("CPU", 1))
        self._limits = limits
        self._folder = folder
        self._local = LocalWorkers(1, limits, folder)
        self._busy = 0
        self._files: dict[Path, Any] = {}
        self._installed = installed()
        self._remote = self._ray.remote(max_calls=limits.recycle, max_retries=0, num_cpus=1)(_step)

    def free(self) -> int:
        return self.count - self._busy

    def start(self, step: Step, seconds: float, path: Path, *args: object) -> Future[Timed]:
        if step is Step.UNLOCK:  # its copy is to lie here, and goes along with the steps that follow
            return self._local.start(step, seconds, path, *args)
        self._busy += 1
        told: Future[Timed] = Future()
        began = time.monotonic()
        reference = self._remote.remote(step, seconds, path.name, self._file(path), self._installed, args)
        reference.future().add_done_callback(lambda done: self._ended(done, told, time.monotonic() - began >= seconds))
        return told

    def close(self) -> None:
        """Let go of the cluster; what is still running there is cancelled with the job."""
        self._local.close()
        self._files.clear()
        self._ray.shutdown()

    def _file(self, path: Path) -> Any:  # noqa: ANN401 - a reference of Ray's
        """The file's bytes in the cluster's memory, put there once for all of its steps."""
        if path not in self._files:
            while len(self._files) > self.count:
                self._files.pop(next(iter(self._files)))
            self._files[path] = self._ray.put(path.read_bytes())
        return self._files[path]

    def _ended(self, done: Any, told: Future[Timed], late: bool) -> None:  # noqa: ANN401 - a future of Ray's
        """Pass the outcome on. Ray says that a worker is gone, not why: one that took its time was ended for that."""
        self._busy -= 1
        error = done.exception()
        if error is None:
            told.set_result(done.result())
        elif isinstance(error, self._ray.exceptions.RayTaskError):
            told.set_exception(error.cause if isinstance(error.cause, ThongbaoError) else NoCluster(None, str(error)))
        else:
            told.set_exception(Died(None, by_time=late))


def _ray() -> Any:  # noqa: ANN401 - Ray's types are loose
    try:
        import ray
    except ImportError as error:
        raise NoCluster(None) from error
    try:
        if not ray.is_initialized():
            ray.init(address="auto", log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise NoCluster(None, f"no Ray cluster answers ({error})") from error
    return ray


def _step(step: Step, seconds: float, name: str, content: bytes, wanted: str, args: tuple[object, ...]) -> Timed:
    """Take a step on a node: the file is put into a folder that goes when the step ends."""
    if installed() != wanted:
        raise RuntimeError(f"the node {socket.gethostname()} has another version of thongbao, its data or Tesseract")
    confine(replace(WorkLimits(), memory=0))  # a worker of Ray's maps the memory of its whole node
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory(prefix="thongbao-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return call(step, seconds, path, *args)
