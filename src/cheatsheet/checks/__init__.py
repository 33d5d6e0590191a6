"""PDF bytes and glossary → findings. Never sees what the renderer remembered.

`GENERAL` rules hold for any PDF, `BOOK` rules for an edition of the book. To add a rule: declare it
and write its function in the module of its subject, name it in one of that module's two lists, and
give it a damage that trips it and a change that does not in tests/damage/.
"""
