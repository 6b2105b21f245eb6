"""Ruled tables: found by their rules, read cell by cell."""
