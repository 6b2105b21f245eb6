"""Many files: each gives its results or its failure, written whole or not at all, and a person sees how far it is."""
