"""PDF bytes and glossary → findings. Never sees what the renderer remembered.

A `general_check` is of any PDF, a `book_check` of an edition of the book. To add a rule: declare it
and write its check in the module of its subject, and give it a damage that trips it and a change
that does not in tests/damage/.
"""
