"""How a grid is found: in ruled tables, in text aligned by blanks or strokes, in loose lines of marks or letters."""
