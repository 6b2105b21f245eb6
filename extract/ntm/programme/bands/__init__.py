"""Bands: `find_bands`, and what a band is made of: its range, its count, its communes and its level."""
