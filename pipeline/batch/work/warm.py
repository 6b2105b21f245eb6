"""When the fork server imports this, all that a worker needs is loaded: once, and workers start from there.

The samples' words are invented. Lists, patterns and model are used once, so that their tables are built.
"""

from __future__ import annotations

import contextlib
import gc
import sys

from normalize.text import from_lines

_DUMP = (
    "UBND TINH LANG SON CONG HOA XA HOI CHU NGHIA VIET NAM",
    "SO TAI NGUYEN VA MOI TRUONG Doc lap - Tu do - Hanh phuc",
    "So: 12/TB-STNMT Lang Son, ngay 05 thang 3 nam 2023",
    "THONG BAO",
    "Ket qua kiem tra cac tieu chi nong thon moi xa Long Dong, huyen Bac Son",
    "Can cu Ke hoach so 18/KH-UBND ngay 18/01/2023 cua UBND tinh Lang Son;",
    "1. Ve ket qua: xa Long Dong dat 14/19 tieu chi. Giao UBND huyen hoan thanh truoc ngay 15/12/2023.",
    "Noi nhan: KT. GIAM DOC",
    "- UBND tinh (de b/c); PHO GIAM DOC",
    "- Luu: VT. Nguyen Van An",
)


def warm() -> None:
    """Go through the stages once, but for recognition, whose model is loaded."""
    import pipeline.batch.work.steps  # noqa: F401
    from extract import build, notice
    from ocr import scan  # noqa: F401 - loads OpenCV
    from ocr.formats import pdf, picture  # noqa: F401 - load pikepdf and Pillow
    from ocr.installed import probe
    from ocr.read import ReadSettings
    from ocr.resident import resident
    from ocr.tesseract import _pytesseract
    from pipeline.settings import data_versions

    probe()
    resident(ReadSettings().language)
    _pytesseract()
    build.extract(
        from_lines(list(_DUMP)),
        ident="0" * 16,
        source=notice.Source(name="warm", sha256="0" * 64, kind=notice.Kind.TEXT, pages=1, range=(1, 1)),
        produced_by=notice.ProducedBy(thongbao="0", ocr=None, settings="sha256:" + "0" * 64, data=data_versions()),
        review_below=0.8,
    )


if any("multiprocessing.forkserver" in argument for argument in sys.orig_argv):
    with contextlib.suppress(Exception):  # whatever is wrong shows where it is used, with its file
        warm()
    gc.collect()
    gc.freeze()  # what is shared with the fork server stays shared
    gc.set_threshold(20_000, 20, 20)  # pages make thousands of objects and hardly a circle: looking costs 1.5 %
