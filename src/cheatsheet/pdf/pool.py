"""Worker processes: each does one job at a time, and is replaced when it dies, hangs or is old.

Workers are forked from a server process that has
imported the renderer (multiprocessing's forkserver), so a new one is there in no time.
"""

import atexit
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import cache
from multiprocessing import current_process, forkserver, get_context, resource_tracker
from multiprocessing.connection import Connection
from queue import LifoQueue
from threading import Lock
from types import ModuleType
from typing import Any, TypeVar

from cheatsheet.pdf.worker import serve
from cheatsheet.system.bounded import file_limit, memory_limit
from cheatsheet.system.writing import scratch_folder

T = TypeVar("T")

LIMIT_S = 180.0  # of a job; the slowest section of the real book takes a second on a free core
LEAST_MB = 700  # of address space: with less, Python may come to no end where memory does
LIFETIME = 40  # jobs of a worker: WeasyPrint 70 does not give back some 25 KB of memory a page
LEAST_FILES = 32  # open at once: with few, what starts the workers ends with a traceback
TOO_FEW = "this takes {} open files, and the shell allows {}: see `ulimit -n`"
TOO_LITTLE = "this takes {} MB of memory, and the shell allows {}: see `ulimit -v`"
STOPPED = "the build was stopped"
FORKS = sys.platform == "linux"  # elsewhere the renderer's libraries may not be forked
PRELOADED = ["cheatsheet.pdf.layout", "cheatsheet.checks"]


class JobError(Exception):
    """A job could not be done; the message says why."""


class OutOfTimeError(JobError):
    """A job took too long, or took its worker down."""


class WorkerPool(AbstractContextManager["WorkerPool"]):
    """Processes that do jobs in the order in which they are submitted.

    `submit` is that of an Executor (concurrent.futures). `niceness` is how much the processes
    stand back behind others (nice(2)), `limit_s` how long a job may take. Raises MemoryError where
    the shell allows too little memory, or too few open files, to begin (ulimit -v, -n).
    """

    def __init__(self, workers: int, *, limit_s: float = LIMIT_S, niceness: int = 0) -> None:
        given = memory_limit(LEAST_MB)
        if given < LEAST_MB:
            raise MemoryError(TOO_LITTLE.format(LEAST_MB, given))
        if (files := file_limit(LEAST_FILES)) < LEAST_FILES:
            raise MemoryError(TOO_FEW.format(LEAST_FILES, files))
        self._lock = Lock()
        self._closed = False
        self._workers = [_Worker(niceness, limit_s) for _ in range(workers)]
        self._idle = LifoQueue[_Worker]()  # the one that worked last is the first: it is warm
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers)  # each waits for a worker

    def __exit__(self, *_: object) -> None:
        """End all workers."""
        self.close()

    def allow(self, seconds: float) -> None:
        """Give every job from now on at least so much time."""
        for worker in self._workers:
            worker.limit_s = max(worker.limit_s, seconds)

    def submit(self, job: Callable[..., T], /, *arguments: Any) -> Future[T]:
        """Have a job done: a function of a module. The future has what it returns, or JobError."""
        with self._lock:
            if not self._closed:
                return self._threads.submit(self._hand, job, arguments)
        future: Future[T] = Future()
        future.set_exception(JobError(STOPPED))
        return future

    def close(self) -> None:
        """End all workers at once, whatever they are doing; what was submitted gets a JobError."""
        with self._lock:
            self._closed = True
        for worker in self._workers:
            worker.close()
        self._threads.shutdown()
        for worker in self._workers:
            worker.end()

    def _hand(self, job: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Hand a job to a worker that is idle. Raises JobError."""
        worker = self._idle.get()
        try:
            return worker.do(job, arguments)
        finally:
            self._idle.put(worker)


class _Worker:
    """A worker process, which is started when there is a job for it.

    One thread at a time hands it a job or ends it; only `close` may be called from another.
    """

    def __init__(self, niceness: int, limit_s: float) -> None:
        self._niceness = niceness
        self.limit_s = limit_s
        self._lock = Lock()
        self._closed = False
        self._process: Any = None
        self._connection: Connection | None = None
        self._done = 0

    def do(self, job: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Have the process do a job. Raises JobError."""
        try:
            connection = self._connect()
        except (EOFError, OSError) as problem:
            why = getattr(problem, "strerror", "") or "what starts them has ended"
            raise JobError(f"no worker can be started: {why}") from None
        try:
            connection.send((job, arguments))
            is_done = connection.poll(self.limit_s)
            failure, answer = connection.recv() if is_done else ("", None)
        except (EOFError, OSError):
            raise JobError(f"the renderer crashed ({self.end()})") from None
        if not is_done:
            self.end()
            raise OutOfTimeError(f"the renderer took more than {self.limit_s:g} s")
        self._done += 1
        if self._done >= LIFETIME:
            self.end()
        if failure:
            raise JobError(f"the renderer failed: {failure}")
        return answer

    def close(self) -> None:
        """Kill the process for good: whoever waits for its answer gets a JobError."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _connect(self) -> Connection:
        """Return the connection to the process, which is started if there is none."""
        with self._lock:
            if self._closed:
                raise JobError(STOPPED)
            if self._connection is None:
                context = start_server()
                ours, theirs = context.Pipe()
                with theirs, _without_main(), _without_interrupts():
                    arguments = theirs, _scratch(), self._niceness
                    process = context.Process(target=serve, args=arguments, daemon=True)
                    process.start()
                self._connection, self._process = ours, process
                self._done = 0
            return self._connection

    def end(self) -> str:
        """End the process, if there is one; return how it ended, if it had done so by itself."""
        with self._lock:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if process is None or connection is None:
            return "it was stopped"
        process.join(0.1)
        code = process.exitcode
        process.kill()
        process.join()
        connection.close()
        return "it was stopped" if code is None else _ended_by(code)


def default_jobs() -> int:
    """Return how many workers this machine has a core for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_server() -> Any:
    """Return the context (multiprocessing) that workers are started with.

    The process that they are forked from is started, and imports the renderer beside other work.
    Where there cannot be one, as with a temporary folder of a very long name, they start by
    themselves, and later.
    """
    if FORKS:
        # Where multiprocessing has its sockets (util.get_temp_dir): a kill leaves nothing else.
        current_process()._config["tempdir"] = _scratch()  # type: ignore[attr-defined]  # noqa: SLF001
        context = get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        with suppress(OSError), _without_main():
            resource_tracker.ensure_running()  # before: it lets Ctrl-C through again
            with _without_interrupts():
                forkserver.ensure_running()
            return context
    return get_context("spawn")


@cache
def _scratch() -> str:
    """Return the folder of this process's temporary files, which goes with it."""
    stack = ExitStack()
    atexit.register(stack.close)
    return str(stack.enter_context(scratch_folder()))


def _ended_by(code: int) -> str:
    """Return how a process ended, by its exit code."""
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit code {code}"


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep a new process from running the main module again, which it does not need.

    multiprocessing has every process do so (spawn.get_preparation_data), for functions that are
    defined there.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Have a process that is started in the body inherit that Ctrl-C is held back."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
