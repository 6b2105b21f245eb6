"""Numbers as notices print them, in digits or in words: counts, and amounts of money in đồng."""
