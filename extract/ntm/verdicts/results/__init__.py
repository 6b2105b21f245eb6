"""Results: what a notice says that units have reached, clause by clause: `find_results`."""
