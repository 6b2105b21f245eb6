"""The programme of new rural development: `build_ntm`.

Each folder imports only those below it, and import-linter holds it to that:

| part | what it tells |
| --- | --- |
| `build` | the block `ntm`, all its parts in their order |
| `merge`, `assessments` | prose and tables put together; every unit with what is said of it |
| `tables` | tables as grids: how each is found, and what it says |
| `rows` | rows of tables that stand in the text as lines |
| `verdicts` | what sentences say that communes have reached |
| `programme` | what stands once for all communes: times, totals, average, bands |
| `funding`, `attendance` | sources of money with their amounts; who came and who did not |
| `levels` | which level of the programme words name: plain, advanced, model |
| `survey` | a notice looked over once for all of these |
| `criteria`, `units` | which criteria and which units names mean |
| `figures`, `plans`, `trust` | numbers; what is only intended; what vouches for a value |
"""

from extract.ntm.build import build_ntm

__all__ = ["build_ntm"]
