"""Tasks: what a notice asks of whom, and by when.

`wording` the words, `asking` which items ask, `deadlines` last days, `whom` the bodies asked, `find` all of it.
"""

from extract.rules.tasks.asking import task_items
from extract.rules.tasks.find import find_tasks

__all__ = ["find_tasks", "task_items"]
