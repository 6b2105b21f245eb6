"""An annex of communes by criteria, a mark a cell: which columns are which, its rows, its marks, its assessments."""
