"""What restoration has learnt: `Model`, and `packaged`, the one that the package brings.

`language` (n-grams), `context` (a network over the words around), `initials` and `abbreviation` (capitals with Đ) and
`expected` (compounds) are learnt from text; `trained` puts them and the channels into one file, and reads it.
"""

from normalize.model.trained import Model, packaged

__all__ = ["Model", "packaged"]
