"""Glossary → the ordered sections of the book, and each section as HTML. Alone knows Jinja2."""
