"""Who came to an inspection or meeting and who did not: where a notice lists them, and the bodies named there."""
