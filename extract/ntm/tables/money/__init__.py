"""Tables of money: sources or works with amounts, payers by kinds of capital, and what their cells have in common."""
