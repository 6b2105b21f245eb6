"""How a value came about, in plain words; or why there is none."""
