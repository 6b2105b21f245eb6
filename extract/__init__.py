"""Text → fields → notice. Imports `normalize` and `ocr` only."""
