"""The ledger of a folder: what was read, what came of it, what failed and why."""
