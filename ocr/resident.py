"""Tesseract within this process: its library through its C interface (`tesseract/capi.h`), loaded once for many images.

The command loads its model anew for each image, which is an eighth of a page's CPU and up to half of a small crop's
(docs/reliability.md). The library is the one that the command itself runs on, so both read the same. It can end the
whole process on a broken image: only workers that may die use it.
"""

from __future__ import annotations

import atexit
import ctypes
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2

from ocr.installed import probe
from ocr.tesseract import HEADER, EngineTrouble, Task, variables

_NAMES = ("libtesseract.so.5", "libtesseract.so.4")
_LINE, _WORD = 2, 3  # levels of an iterator (TessPageIteratorLevel)
_QUIET = (("debug_file", os.devnull),)  # it remarks on diacritics and the like on standard error
_CALLS = {  # name: what it gives back, what it takes
    "TessVersion": (ctypes.c_char_p, ()),
    "TessBaseAPICreate": (ctypes.c_void_p, ()),
    "TessBaseAPIInit3": (ctypes.c_int, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)),
    "TessBaseAPISetVariable": (ctypes.c_int, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)),
    "TessBaseAPISetPageSegMode": (None, (ctypes.c_void_p, ctypes.c_int)),
    "TessBaseAPISetImage": (None, (ctypes.c_void_p, ctypes.c_char_p, *[ctypes.c_int] * 4)),
    "TessBaseAPIRecognize": (ctypes.c_int, (ctypes.c_void_p, ctypes.c_void_p)),
    "TessBaseAPIGetIterator": (ctypes.c_void_p, (ctypes.c_void_p,)),
    "TessPageIteratorBoundingBox": (ctypes.c_int, (ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)),
    "TessResultIteratorConfidence": (ctypes.c_float, (ctypes.c_void_p, ctypes.c_int)),
    "TessResultIteratorGetUTF8Text": (ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_int)),
    "TessResultIteratorNext": (ctypes.c_int, (ctypes.c_void_p, ctypes.c_int)),
    "TessResultIteratorDelete": (None, (ctypes.c_void_p,)),
    "TessDeleteText": (None, (ctypes.c_void_p,)),
    "TessBaseAPIDelete": (None, (ctypes.c_void_p,)),
    "TessBaseAPIClear": (None, (ctypes.c_void_p,)),
}


@dataclass(frozen=True, slots=True)
class Resident:
    """An engine in this process. `api`: the library, `handle`: one recogniser of it, for one language."""

    api: Any
    handle: int

    def read(self, image: Path, dpi: int, task: Task = Task.PAGE) -> str:
        """Read an image file; TSV of its words as the command writes it, but for their blocks. Raises EngineTrouble."""
        pixels = cv2.imread(str(image), cv2.IMREAD_GRAYSCALE)
        if pixels is None:
            raise EngineTrouble("the image could not be read")
        api, (height, width) = self.api, pixels.shape
        for name, value in (*variables(dpi, task), *_QUIET):
            api.TessBaseAPISetVariable(self.handle, name.encode(), value.encode())
        api.TessBaseAPISetPageSegMode(self.handle, task.mode)
        api.TessBaseAPISetImage(self.handle, pixels.tobytes(), width, height, 1, width)
        try:
            if api.TessBaseAPIRecognize(self.handle, None):
                raise EngineTrouble("Tesseract failed")
            return HEADER + "".join(self._rows())
        finally:
            api.TessBaseAPIClear(self.handle)

    def _rows(self) -> Iterator[str]:
        """A row a word. Lines are told apart by their boxes: asking whether one begins is a walk from the page's top,
        which costs the command's own TSV a twentieth of recognition."""
        api, words = self.api, self.api.TessBaseAPIGetIterator(self.handle)
        if not words:
            return
        try:
            line, last, edges = 0, None, (ctypes.c_int * 4)()
            sides = [ctypes.byref(edges, at * ctypes.sizeof(ctypes.c_int)) for at in range(4)]
            while True:
                api.TessPageIteratorBoundingBox(words, _LINE, *sides)
                place = edges[:]
                line, last = line + (place != last), place
                api.TessPageIteratorBoundingBox(words, _WORD, *sides)
                left, top, right, bottom = edges
                sure = api.TessResultIteratorConfidence(words, _WORD)
                box = f"{left}\t{top}\t{right - left}\t{bottom - top}"
                yield f"5\t1\t1\t1\t{line}\t1\t{box}\t{sure:.6f}\t{self._text(words)}\n"
                if not api.TessResultIteratorNext(words, _WORD):
                    return
        finally:
            api.TessResultIteratorDelete(words)

    def _text(self, words: int) -> str:
        told = self.api.TessResultIteratorGetUTF8Text(words, _WORD)
        try:
            return ctypes.string_at(told).decode("utf-8") if told else ""
        except UnicodeDecodeError as error:
            raise EngineTrouble("Tesseract's output is not UTF-8") from error
        finally:
            self.api.TessDeleteText(told)


@lru_cache(maxsize=4)
def resident(language: str) -> Resident | None:
    """The engine for a language, kept for the life of the process and of those forked from it.

    None where the library is missing, is not that of the command, or has no such model.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"  # it is looked at when the library is loaded
    api = _library()
    if api is None or api.TessVersion().decode("ascii", "replace") != probe().version:
        return None
    handle = api.TessBaseAPICreate()
    atexit.register(api.TessBaseAPIDelete, handle)  # else the library complains of leaks when the process ends
    if api.TessBaseAPIInit3(handle, None, language.encode()):
        return None
    return Resident(api, handle)


def _library() -> Any:  # noqa: ANN401 - a library of ctypes has any attributes
    for name in _NAMES:
        try:
            found = ctypes.CDLL(name)
            for call, (result, arguments) in _CALLS.items():
                getattr(found, call).restype = result
                getattr(found, call).argtypes = arguments
        except (OSError, AttributeError):
            continue
        return found
    return None
