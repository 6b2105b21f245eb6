"""What the heads of a grid tell: its caption and level, which column counts, and which one names communes."""
