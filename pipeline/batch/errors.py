"""What can go wrong in a batch, beyond what can go wrong with one file."""

from __future__ import annotations

import re

from ocr.errors import ThongbaoError


class TimeUp(ThongbaoError):
    """A file, or a page of it, took longer than the limits allow, and its worker was ended."""

    exit_code = 31
    what = "it took longer than the limits allow"
    remedy = "Look at it with another program, or read it again with a higher --page-seconds."


class WorkerDied(ThongbaoError):
    """The worker process was killed more than once while it was at this file: by a crash, or for want of memory."""

    exit_code = 32
    what = "the worker died over it more than once"
    remedy = "Read it again with more memory free (thongbao retry --category worker-died)."


class OutOfMemory(ThongbaoError):
    """The file asks for more memory than a worker may have."""

    exit_code = 33
    what = "it needs more memory than a worker may have"
    remedy = "Scan it at 200 to 300 dpi, or allow more with --memory."


class NotAFile(ThongbaoError):
    """A fifo, device or socket, or a link that leaves the folder it stands in: never opened."""

    exit_code = 34
    what = "this is no regular file"
    remedy = "Give the path of the file itself."


class BadArchive(ThongbaoError):
    """A zip or tar file that is damaged, or a member of it that is larger than its header says."""

    exit_code = 35
    what = "the archive is damaged"
    remedy = "Copy it again, or unpack it with another program."


class ChangedFile(ThongbaoError):
    """The file's bytes changed while it was being read."""

    exit_code = 36
    what = "it changed while it was being read"
    remedy = "Run again when nothing writes to it any more."


class InUse(ThongbaoError):
    """Another run is at work on the folder."""

    exit_code = 37
    what = "another run is at work on this folder"
    remedy = "Wait for it to end, or give another folder with --out."


class BadLedger(ThongbaoError):
    """The ledger of a folder is missing, damaged or of a newer version of thongbao."""

    exit_code = 38
    what = "its ledger cannot be used"
    remedy = "Give the folder of an earlier `thongbao run --out`."


class TooManyFailures(ThongbaoError):
    """More files failed than --max-failures allows, so the run was stopped."""

    exit_code = 39
    what = "more files failed than --max-failures allows"
    remedy = "See `thongbao status`, mend the cause, and run again."


class SomeFailed(ThongbaoError):
    """The run went through, and some of the files failed."""

    exit_code = 40
    what = "some files failed"
    remedy = "See `thongbao status --failures`, and `thongbao retry` when the cause is mended."


class ChangedOutput(ThongbaoError):
    """A document in the folder is missing, or its bytes are not those that were written."""

    exit_code = 41
    what = "documents are missing or were changed"
    remedy = "`thongbao verify --again`, then `thongbao run`, make them again."


def category(kind: type[BaseException]) -> str:
    """The word for a kind of failure in the ledger and on the command line.

    >>> category(TimeUp), category(NotAFile)
    ('time-up', 'not-a-file')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", kind.__name__).lower()
