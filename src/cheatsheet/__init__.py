"""The SpeakNerd Cheat Sheet: terms in YAML to a typeset, checked PDF."""

__version__ = "0.1.0"
