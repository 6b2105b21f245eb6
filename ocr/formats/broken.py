"""What pikepdf raises over a broken file: its own errors, and what qpdf itself gives up with."""

from __future__ import annotations

import pikepdf

BROKEN = (pikepdf.PdfError, RuntimeError)
