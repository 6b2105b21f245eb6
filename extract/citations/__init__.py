"""Other documents that a notice names: codes, laws without one, and what the sentence says of each."""

from extract.citations.cite import find_citations

__all__ = ["find_citations"]
