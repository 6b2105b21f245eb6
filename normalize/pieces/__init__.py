"""A text cut into pieces, and what is told of each before anything is repaired.

`tokens` cuts; `gate` tells the regime of each line from the words in it; `hook` joins signs to the words that they
are a part of; `numeral` knows the short pieces that are no words; `ways` tells how far each may be opened to repair.
"""
