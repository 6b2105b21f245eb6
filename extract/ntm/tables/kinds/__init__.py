"""Kinds of tables of communes and criteria: a matrix of marks, tallies, verdicts, communes recognised, bands, averages.

Each `read_…` gives None for a grid of another kind.
"""
