"""What a study shows: the terminal, the summary files and the figures."""
