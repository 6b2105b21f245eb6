"""What can go wrong when documents are judged."""

from __future__ import annotations

from ocr.errors import ThongbaoError


class NothingToScore(ThongbaoError):
    """There is no gold document, or none of the given names fits."""

    exit_code = 45
    what = "there is no gold document here"
    remedy = "Give a folder of NAME.json, a folder of NAME/gold.json, or one file."


class NoDocument(ThongbaoError):
    """A file that should hold a document is no JSON object."""

    exit_code = 46
    what = "this is no notice document"
    remedy = "Make it again with `thongbao read`, or move it away."


class NoRun(ThongbaoError):
    """What --against names was not written by --save."""

    exit_code = 47
    what = "this is no saved evaluation"
    remedy = "Make one with `thongbao evaluate GOLD PRED --save RUN.json`."
