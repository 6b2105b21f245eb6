"""Notice documents → tables."""
