"""The body of a worker process: it does one job after the other, within limits."""

import errno
import gc
import os
import signal
import tempfile
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from cheatsheet.system.bounded import end_with_parent, limit_memory

FULL = {errno.ENOSPC, errno.EDQUOT}
MEGABYTES = 2000  # of a worker's address space; the real book's largest section takes 300


def serve(connection: Connection, scratch: str, niceness: int) -> None:
    """Do jobs until the other end is closed, with temporary files in the folder `scratch`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which ends this
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries print (Pango) is no answer
    tempfile.tempdir = scratch
    limit = limit_memory(MEGABYTES)
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(niceness)
    gc.freeze()
    gc.disable()  # nearly all of a job's objects live until it is done
    with suppress(EOFError, OSError):
        while True:
            job, arguments = connection.recv()
            try:
                answer = "", job(*arguments)
            except MemoryError:
                answer = f"it takes more than {limit} MB of memory", None
            except Exception as problem:  # noqa: BLE001 - the renderer may fail in any way
                answer = _said_of(problem, scratch), None
            connection.send(answer)
            gc.collect()
    os._exit(0)


def _said_of(problem: Exception, scratch: str) -> str:
    """Return what is said of a job's error; what could not be written are temporary files."""
    if isinstance(problem, OSError) and problem.errno in FULL:
        return f"there is no room for temporary files in {Path(scratch).parent}; see TMPDIR"
    if isinstance(problem, OSError) and problem.errno == errno.EFBIG:
        return "a temporary file is larger than the system lets this program write; see ulimit -f"
    return traceback.format_exception_only(problem)[-1].strip()
