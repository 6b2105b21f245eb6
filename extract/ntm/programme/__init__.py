"""What a notice says once, for all communes together: times, totals, the average, and bands of communes."""
