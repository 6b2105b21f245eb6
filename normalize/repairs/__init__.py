"""What is put right beside restoration, by rules: each takes a `Text` and gives a `Text`.

`doubled`, `specks` and `figures` (with `days`) come before restoration; after it `ranges` and `bodies` in mangled
text, then `spelled`, `stops` and `signs` with the names that are expected. `extract.build` has them in this order.
"""
