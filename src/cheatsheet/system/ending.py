"""The signals that end the program, and its exit codes; loaded in no time."""

import signal

ENDING = [signal.SIGTERM, signal.SIGHUP]
"""What a service's manager sends, and a terminal that is closed."""


class TerminatedError(KeyboardInterrupt):
    """The program was ended by another signal than that of Ctrl-C, whose number is given."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def exit_code(number: int) -> int:
    """Return the exit code of what a signal ended, as shells have it."""
    return 128 + number


def stopped_code(problem: KeyboardInterrupt) -> int:
    """Return the exit code of a command that Ctrl-C, or another signal, has ended."""
    return exit_code(problem.number if isinstance(problem, TerminatedError) else signal.SIGINT)
