"""How much one file may ask for: inputs are hostile until proven otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask for. Real notices stay far below each of these.

    size: 500 MB; a colour page at 300 dpi is 1 to 3 MB as JPEG, 25 MB raw.
    pages: 1,000; the thickest attached plans have some hundreds.
    pixels: 120 million a page; A3 at 600 dpi is 70 million, and grey they are bytes of memory.
    text_size: 20 MB; a page of print is about 3 kB.
    page_seconds: 120 for one page to be rendered or recognised; a page takes 1 to 10.
    probe_seconds: 60 for looking at a whole PDF with poppler.
    memory: 3 GB of address space for the engine; it uses 190 MB on A4.
    """

    size: int = 500_000_000
    pages: int = 1_000
    pixels: int = 120_000_000
    text_size: int = 20_000_000
    page_seconds: float = 120.0
    probe_seconds: float = 60.0
    memory: int = 3_000_000_000
