"""Money: sources and items with their amounts, in sentences and in rows, and which amount is the total of which."""
