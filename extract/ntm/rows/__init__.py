"""Rows of tables that stand in the text as lines: communes with counts, counts at several dates, a verdict a row.

The grids of `extract.ntm.tables` are read apart; the words over columns (`heads`) mean the same in both.
"""
