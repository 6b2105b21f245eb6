"""What small stretches of text mean, whatever part they stand in: codes, dates, names, titles, set phrases."""
