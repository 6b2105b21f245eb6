"""What is done in worker processes, and the processes themselves."""
