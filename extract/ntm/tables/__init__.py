"""Tables of the programme as grids, whatever they were printed as: `read_tables`.

| part | what it tells |
| --- | --- |
| `read` | the facts of all tables of a notice |
| `kinds` | tables of communes and criteria, each kind with its reader |
| `money` | tables of money: a source a row, a kind of capital a column |
| `heads` | what stands over columns and tables, and which column names communes |
| `shapes` | how a grid is found: by rules, by blanks and strokes, by the marks of rows |
| `marks` | what crosses and signs mean, and whether they add up to the totals |
| `worn` | tables whose rules, blanks or heads a dump lost, put together again |
"""

from extract.ntm.tables.read import TableFacts, read_tables

__all__ = ["TableFacts", "read_tables"]
