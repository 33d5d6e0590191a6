"""What a library complains about in its log → messages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collect_log(library: str) -> Iterator[list[str]]:
    """Collect what a library logs as a warning or worse, each message once, while the body runs.

    Nobody else hears of it.
    """
    collector = _Collector(logging.WARNING)
    logger = logging.getLogger(library)
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagates


class _Collector(logging.Handler):
    """Keeps the messages that are logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's message."""
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)
