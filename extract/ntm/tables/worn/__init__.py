"""Tables whose rules and blanks are lost: rows that their totals, counts and lists of names put together again."""
