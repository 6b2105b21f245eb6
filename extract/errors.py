"""What can go wrong after a file was read: it is no notice."""

from __future__ import annotations

from ocr.errors import ThongbaoError


class NotANotice(ThongbaoError):
    """Nothing of an administrative document was found: no letterhead, number, type or issuer."""

    exit_code = 14
    what = "this is no administrative notice: it has no letterhead, no number, no type and no issuer"
    remedy = "Check that it is the right file; `thongbao read --text` shows what was read."
