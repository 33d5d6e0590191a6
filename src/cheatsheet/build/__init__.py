"""A project → its files in dist/: built, judged, built again after each save, and pictured."""
