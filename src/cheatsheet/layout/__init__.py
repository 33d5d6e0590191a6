"""Sections → section files with true page numbers, and editions linked from them."""
