"""What the manuscript holds: terms, categories, pairs, paths, settings, labels. No files."""
