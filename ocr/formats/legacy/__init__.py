"""Vietnamese from before Unicode: is a text in TCVN3, VNI, VISCII or VPS, and what does it say in Unicode.

Such a text comes as the Latin-1 look of its bytes: `B¸o c¸o` is Báo cáo set in .VnTime. viparse has the tables; its
detector judges a whole text by frequencies of letters and leaves VPS out, so recognition is ours: a text is legacy
where conversion turns words that no Vietnamese writes into syllables that Vietnamese can have (docs/restore.md has
the measurement).

`encoding` what there is to recognise, `syllable` what Vietnamese can have, `unicode` words turned, `recognition` what a
text is in, `text` all of it.
"""

from ocr.formats.legacy.encoding import Encoding, word_pattern
from ocr.formats.legacy.recognition import doubtful, encodings_of, reads_modern, recognise
from ocr.formats.legacy.text import convert, note
from ocr.formats.legacy.unicode import turn

__all__ = [
    "Encoding",
    "convert",
    "doubtful",
    "encodings_of",
    "note",
    "reads_modern",
    "recognise",
    "turn",
    "word_pattern",
]
