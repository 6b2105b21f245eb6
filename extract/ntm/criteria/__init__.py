"""Criteria: which ones a text names, by number or name, also shortened, and in which of the official sets."""
