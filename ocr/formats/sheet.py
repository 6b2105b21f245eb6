"""`Sheet`: what is known of one page before it is read."""

from __future__ import annotations

from dataclasses import dataclass

from ocr.formats.legacy import Encoding


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of one page before it is read.

    `width`, `height`: points for a PDF, pixels for an image. `dpi` of the scan that covers the page, 0 where
    unknown; `colour`: it may hold more than grey; `layer`: its text layer is to be used; `bare`: annotations
    (visible digital signatures) must not be drawn; `pixels` of the largest image that lies in it; `legacy`: the
    encodings from before Unicode that were recognised in the file's text layers.
    """

    width: float
    height: float
    dpi: float = 0.0
    colour: bool = False
    layer: bool = False
    bare: bool = False
    pixels: int = 0
    legacy: tuple[Encoding, ...] = ()
