"""Findings and what commands made → text, JSON, JUnit and GitHub annotations, one file a form."""
