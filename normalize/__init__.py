"""Words → restored text, every change written down. Imports `ocr` only."""
