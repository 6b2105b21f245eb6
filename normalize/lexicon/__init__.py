"""Closed lists: units as they stood on a date, criteria sets, document types, agencies, stock phrases."""
