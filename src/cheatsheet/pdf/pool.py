"""Worker processes: each does one job at a time, and is replaced when it dies, hangs or is old.

A thread for each worker hands it the jobs. Workers are forked from a server process that has
imported the renderer (multiprocessing's forkserver), so a new one is there in no time.
"""

import gc
import os
import queue
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from threading import Lock, Thread
from types import ModuleType
from typing import Any, Protocol, Self, TypeVar, runtime_checkable

T = TypeVar("T")

LIMIT_S = 120.0  # of a job; the slowest section of the real book takes a second
LIFETIME = 40  # jobs of a worker: WeasyPrint 70 does not give back some 25 KB of memory a page
KEPT = 4  # values that a worker keeps because many jobs share them
FORKS = sys.platform == "linux"  # elsewhere the renderer's libraries may not be forked
PRELOADED = ["cheatsheet.pdf.layout"]


@runtime_checkable
class Shared(Protocol):
    """An argument that many jobs have in common; it is sent to a worker once."""

    @property
    def digest(self) -> str:
        """What tells it from all others."""


@dataclass(frozen=True)
class _Reference:
    """Stands for a shared argument, and brings it where the worker does not have it."""

    digest: str
    value: Shared | None


class JobError(Exception):
    """A job could not be done; the message says why."""


class WorkerPool:
    """Processes that do jobs in the order in which they are submitted.

    `submit` is that of an Executor (concurrent.futures). `niceness` is how much the processes
    stand back behind others (nice(2)), `limit_s` how long a job may take.
    """

    def __init__(self, workers: int, *, limit_s: float = LIMIT_S, niceness: int = 0) -> None:
        self._jobs: queue.SimpleQueue[_Submitted | None] = queue.SimpleQueue()
        self._scratch = tempfile.mkdtemp(prefix="cheatsheet-")
        self._workers = [_Worker(self._scratch, niceness, limit_s) for _ in range(workers)]
        self._threads = [Thread(target=self._hand, args=(w,), daemon=True) for w in self._workers]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers."""
        self.close()

    def submit(self, job: Callable[..., T], /, *arguments: Any) -> Future[T]:
        """Have a job done: a function of a module. The future has what it returns, or JobError."""
        future: Future[T] = Future()
        self._jobs.put((future, job, arguments))
        return future

    def close(self) -> None:
        """End all workers at once, whatever they are doing."""
        for worker in self._workers:
            worker.close()
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _hand(self, worker: "_Worker") -> None:
        """Hand a worker one job after the other, and end it."""
        while (submitted := self._jobs.get()) is not None:
            future, job, arguments = submitted
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(worker.do(job, arguments))
                except JobError as problem:
                    future.set_exception(problem)
        worker.end()


_Submitted = tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]


class _Worker:
    """A worker process, which is started when there is a job for it.

    One thread hands it jobs and ends it; only `close` may be called from another.
    """

    def __init__(self, scratch: str, niceness: int, limit_s: float) -> None:
        self._scratch = scratch
        self._niceness = niceness
        self._limit_s = limit_s
        self._lock = Lock()
        self._closed = False
        self._process: Any = None
        self._connection: Connection | None = None
        self._known: dict[str, None] = {}
        self._done = 0

    def do(self, job: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Have the process do a job. Raises JobError."""
        try:
            connection = self._connect()
            connection.send((job, [self._refer(argument) for argument in arguments]))
            is_done = connection.poll(self._limit_s)
            failure, answer = connection.recv() if is_done else ("", None)
        except (EOFError, OSError):
            raise JobError(f"the renderer crashed ({self.end()})") from None
        if not is_done:
            self.end()
            raise JobError(f"the renderer took more than {self._limit_s:g} s")
        self._done += 1
        if self._done >= LIFETIME:
            self.end()
        if failure:
            raise JobError(f"the renderer failed: {failure}")
        return answer

    def _refer(self, argument: Any) -> Any:
        """Return an argument, or a reference to it if it is shared."""
        if not isinstance(argument, Shared):
            return argument
        value = None if argument.digest in self._known else argument
        _keep(self._known, argument.digest, None)
        return _Reference(argument.digest, value)

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
                raise JobError("the build was stopped")
            if self._connection is None:
                context = start_server()
                self._connection, theirs = context.Pipe()
                arguments = theirs, self._scratch, self._niceness
                self._process = context.Process(target=_serve, args=arguments, daemon=True)
                with _without_main(), _without_interrupts():
                    self._process.start()
                theirs.close()
                self._known, self._done = {}, 0
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
        context = get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        with suppress(OSError), _without_main(), _without_interrupts():
            forkserver.ensure_running()
            return context
    return get_context("spawn")


def _serve(connection: Connection, scratch: str, niceness: int) -> None:
    """Do jobs until the other end is closed: the body of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which ends this
    tempfile.tempdir = scratch
    if hasattr(os, "nice"):
        os.nice(niceness)
    gc.freeze()
    gc.disable()  # nearly all of a job's objects live until it is done
    known: dict[str, Shared] = {}
    with suppress(EOFError, OSError):
        while True:
            job, arguments = connection.recv()
            try:
                answer = "", job(*(_resolve(argument, known) for argument in arguments))
            except Exception as problem:  # noqa: BLE001 - the renderer may fail in any way
                answer = traceback.format_exception_only(problem)[-1].strip(), None
            connection.send(answer)
            gc.collect()
    shutil.rmtree(scratch, ignore_errors=True)  # the main process was killed, and cannot
    os._exit(0)


def _resolve(argument: Any, known: dict[str, Shared]) -> Any:
    """Return what an argument stands for."""
    if not isinstance(argument, _Reference):
        return argument
    _keep(known, argument.digest, argument.value or known.get(argument.digest))
    return known[argument.digest]


def _keep(known: dict[str, Any], digest: str, value: Any) -> None:
    """Keep a value, and forget the one that was unused for longest where they are too many."""
    known.pop(digest, None)
    known[digest] = value
    if len(known) > KEPT:
        del known[next(iter(known))]


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
