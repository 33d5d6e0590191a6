"""The words that the program itself prints: a file a language here, and what it must hold."""

from cheatsheet.model.labels.model import FOLDER, LabelError, Labels, month_in_words, put

__all__ = ["FOLDER", "LabelError", "Labels", "month_in_words", "put"]
