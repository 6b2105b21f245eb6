"""Scan → words with boxes. The first stage: it imports nothing of the others."""
