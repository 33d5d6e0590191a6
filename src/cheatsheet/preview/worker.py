"""A worker process: takes the newest job, gives its answers one by one, and is started again."""

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
from _thread import interrupt_main
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import Any, Protocol

from cheatsheet.build import ENGINE, rare_collections
from cheatsheet.preview.messages import Answer, Broken, Job

CONTEXT = multiprocessing.get_context("spawn")  # a fork would copy the server's threads and sockets
SWITCH_S = 0.001  # in which who listens gets the interpreter, in place of 5 ms
LEFT = 10  # jobs that were broken off, and whose pages are still there
PERSISTS_S = 0.02  # until a worker is interrupted again: WeasyPrint's SVGImage.draw catches all


class SupersededError(BaseException):
    """What is being done is not wanted any more; like KeyboardInterrupt, it comes at any point.

    No Exception, or a library would take it for a failure of its own and go on.
    """


class Line:
    """A worker's line to the server: jobs come in, answers go out.

    A thread listens, and interrupts the main thread at its work (`_thread.interrupt_main`, as
    Ctrl-C does) whenever a job comes, so that nothing has to be done to its end. What jobs share
    must be whole at every point.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._newest: Job | None = None
        self._is_newer = Event()
        self._is_taken = Event()
        self._is_busy = False
        self._left: list[SupersededError] = []

    def open(self) -> None:
        """Begin to listen."""
        sys.setswitchinterval(SWITCH_S)
        sys.unraisablehook = _report_unraisable
        signal.signal(signal.SIGINT, self._interrupt)  # Ctrl-C is for the server, which ends this
        _hold_back_interrupts(hold=False)
        Thread(target=self._listen, daemon=True).start()

    def take(self) -> Job | None:
        """Wait for the next job and return it; None is for nothing but to break off the last."""
        self._is_busy = False
        self._is_newer.wait()
        job = self._newest
        self._is_newer.clear()
        self._is_taken.set()
        return job

    def check(self) -> None:
        """Raise SupersededError if a newer job is there."""
        if self._is_newer.is_set():
            raise SupersededError

    def pause(self, seconds: float) -> None:
        """Leave the processor to others for a while. Raises SupersededError."""
        self._is_busy = True
        self._is_newer.wait(seconds)
        self.check()
        self._left.clear()
        self._is_busy = False

    def put_by(self, problem: SupersededError) -> None:
        """Keep what a job that was broken off has left: to free its pages takes up to 0.5 s.

        The exception's traceback holds them until the next pause, or until there are too many.
        """
        del self._left[: 1 - LEFT]
        self._left.append(problem)

    def tell(self, answer: Answer) -> None:
        """Send an answer, whole, or raise SupersededError."""
        self._is_busy = True
        self.check()
        self._connection.send(answer)
        self._is_busy = False

    def _listen(self) -> None:
        """Take jobs as they come; without a server the process ends."""
        with suppress(EOFError, OSError):
            while True:
                self._newest = self._connection.recv()
                self._is_taken.clear()
                self._is_newer.set()
                interrupt_main()
                while not self._is_taken.wait(PERSISTS_S):
                    interrupt_main()
        os._exit(0)

    def _interrupt(self, _: int, frame: FrameType | None) -> None:
        """Break off what is being done, if it is a job and an older one (a signal's handler)."""
        if not self._is_busy and _is_at_work(frame):
            self.check()


class Bench(Protocol):
    """What a worker works at."""

    def work(self, job: Job, line: Line) -> None:
        """Do a job, and tell each answer. Raises SupersededError."""


class Worker:
    """A process that does one kind of job; a new job breaks off the one it is doing.

    `make` makes its bench in the new process, given the project's folder. `niceness` is how much
    it stands back behind other processes (nice(2)).
    """

    def __init__(
        self,
        make: Callable[[Path], Bench],
        project: Path,
        hear: Callable[[Answer], Awaitable[None]],
        niceness: int = 0,
    ) -> None:
        self._start_process = partial(_start, make, project, niceness)
        self._hear = hear
        self._asked: Job | None = None
        self._is_asked = asyncio.Event()
        self._crashed: Job | None = None

    def ask(self, job: Job | None) -> None:
        """Break off what is being done, if anything, and do this job next, if there is one."""
        self._asked = job
        self._is_asked.set()

    async def run(self) -> None:
        """Do jobs for ever; a process that dies is replaced by another."""
        while True:
            with tempfile.TemporaryDirectory(prefix="cheatsheet-") as scratch:
                await self._run(scratch)

    async def _run(self, scratch: str) -> None:
        """Do jobs until the process dies; it leaves its files in `scratch`."""
        process, connection = self._start_process(scratch)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._give(connection))
                tasks.create_task(self._listen(connection))
        except* (EOFError, OSError):
            await self._note_crash()
        finally:
            process.kill()
            process.join()
            connection.close()

    async def _note_crash(self) -> None:
        """Have the newest job done again; tell of it if the process has crashed over it twice."""
        job, before = self._asked, self._crashed
        self._crashed = job
        if job is not None and job is before:
            crash = ENGINE.finding("the renderer has crashed")
            await self._hear(Broken(job.generation, (crash,)))
        elif job is not None:
            self._is_asked.set()

    async def _give(self, connection: Connection) -> None:
        """Give a process the newest job, whenever there is one, until the process dies."""
        while True:
            await self._is_asked.wait()
            self._is_asked.clear()
            await asyncio.to_thread(connection.send, self._asked)

    async def _listen(self, connection: Connection) -> None:
        """Hear a process's answers until it dies."""
        while True:
            await self._hear(await asyncio.to_thread(connection.recv))


def _start(
    make: Callable[[Path], Bench], project: Path, niceness: int, scratch: str
) -> tuple[Any, Connection]:
    """Start a process; return it and the connection to it."""
    ours, theirs = CONTEXT.Pipe()
    arguments = (make, project, niceness, scratch, theirs)
    process = CONTEXT.Process(target=_serve, args=arguments, daemon=True)
    _hold_back_interrupts(hold=True)  # it inherits that, and has no handler of its own yet
    try:
        process.start()
    finally:
        _hold_back_interrupts(hold=False)
    theirs.close()
    return process, ours


def _serve(
    make: Callable[[Path], Bench],
    project: Path,
    niceness: int,
    scratch: str,
    connection: Connection,
) -> None:
    """Do jobs until the other end is closed: the body of the process."""
    tempfile.tempdir = scratch  # the process is killed, and cannot tidy up itself
    line = Line(connection)
    line.open()
    if hasattr(os, "nice"):
        os.nice(niceness)
    bench = make(project)
    with rare_collections():
        while True:
            try:
                _do(bench, line)
            except SupersededError as problem:
                line.put_by(problem)


def _do(bench: Bench, line: Line) -> None:
    """Do the next job; what the renderer cannot do is a finding. Raises SupersededError."""
    job = line.take()
    if job is None:
        return
    try:
        _work(bench, job, line)
    except Exception as problem:  # noqa: BLE001 - the renderer may fail in any way
        said = traceback.format_exception_only(problem)[-1].strip()
        line.tell(Broken(job.generation, (ENGINE.finding(f"the renderer failed: {said}"),)))


def _work(bench: Bench, job: Job, line: Line) -> None:
    """Do a job: what is called from here may be broken off."""
    bench.work(job, line)


def _is_at_work(frame: FrameType | None) -> bool:
    """Tell whether a frame was called from `_work`, which is left by all that is raised in it."""
    while frame and frame.f_code is not _work.__code__:
        frame = frame.f_back
    return frame is not None


def _hold_back_interrupts(*, hold: bool) -> None:
    """Have this thread hear Ctrl-C later, or from now on; Windows cannot."""
    if hasattr(signal, "pthread_sigmask"):
        how = signal.SIG_BLOCK if hold else signal.SIG_UNBLOCK
        signal.pthread_sigmask(how, {signal.SIGINT})


def _report_unraisable(unraisable: Any) -> None:
    """Report what was raised where nothing can be raised, but for what will be raised again."""
    if unraisable.exc_type is not SupersededError:
        sys.__unraisablehook__(unraisable)
