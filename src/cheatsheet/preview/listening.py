"""The socket that the preview listens on: of this machine alone."""

import socket

HOST = "127.0.0.1"
PORT = 8420


class PortError(ValueError):
    """A port cannot be listened on; the message says why."""


def listen(port: int | None) -> socket.socket:
    """Return a socket that listens for this machine alone, on a port; without one, on a free one.

    Raises PortError.
    """
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, PORT if port is None else port))
    except OSError as problem:
        if port is not None:
            listening.close()
            raise PortError(f"{port} cannot be used: {problem.strerror}") from problem
        listening.bind((HOST, 0))
    listening.listen()  # who comes before the server is ready waits
    return listening
