"""The confusion channel: a word as read → the words that it may have been, and how likely each is read so.

`paired` counts pairs of a true word and what a reader made of it; `learning` makes the confusions of letters of these;
`table` scores what was read against all onsets and rimes at once; `candidates` puts both together to words.
"""
