"""Pieces → verdicts: what each piece is taken for, and how surely.

`slots` opens each piece to what may stand there; `weigh` says what the channel and the words around think of that;
`lattice` finds the likeliest sentence, with the pairs that `boost` expects; `verdict` puts it in letters. `judge` does
all of it, and once more where something stayed in doubt.
"""
