"""An evaluation for the eye: charts as PNG, and one HTML page that needs nothing else."""
