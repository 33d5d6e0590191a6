"""A worker process: takes the newest job, gives its answers one by one, and is started again."""

import asyncio
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from cheatsheet.build import ENGINE
from cheatsheet.preview.messages import Answer, Broken, Done, Job

CONTEXT = multiprocessing.get_context("spawn")  # a fork would copy the server's threads and sockets


class SupersededError(Exception):
    """A newer job is there: what is being done is not wanted any more."""


class Line:
    """A worker's line to the server while it does a job."""

    def __init__(self, connection: Connection, newest: Any, ticket: int) -> None:
        self._connection = connection
        self._newest = newest
        self._ticket = ticket

    def check(self) -> None:
        """Raise SupersededError if a newer job is there."""
        if self._newest.value != self._ticket:
            raise SupersededError

    def tell(self, answer: Answer) -> None:
        """Send an answer, or raise SupersededError; without a server the process ends."""
        self.check()
        self.send(answer)

    def send(self, answer: Answer) -> None:
        """Send an answer."""
        try:
            self._connection.send(answer)
        except OSError:
            sys.exit()


class Bench(Protocol):
    """What a worker works at."""

    def work(self, job: Job, line: Line) -> None:
        """Do a job, and tell each answer. Raises SupersededError."""


class Worker:
    """A process that does one kind of job; a new job supersedes the one it is doing.

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
        self._newest = CONTEXT.Value("i", 0)
        self._asked: Job | None = None
        self._is_asked = asyncio.Event()
        self._generation = 0

    def ask(self, job: Job) -> None:
        """Do this job next; the one that is being done, if any, is broken off."""
        ticket = self._newest.value + 1
        self._newest.value = ticket
        self._asked = replace(job, ticket=ticket)
        self._is_asked.set()

    async def run(self) -> None:
        """Do jobs for ever; a process that dies is replaced by another."""
        while True:
            process, connection = self._start_process(self._newest)
            try:
                await self._work(connection)
            except (EOFError, OSError):
                await self._hear(
                    Broken(self._generation, (ENGINE.finding("the renderer has crashed"),))
                )
            finally:
                process.kill()
                connection.close()

    async def _work(self, connection: Connection) -> None:
        """Hand jobs to a process and hear its answers, until it dies."""
        while True:
            await self._is_asked.wait()
            self._is_asked.clear()
            job = self._asked
            if job is None:
                continue
            self._generation = job.generation
            connection.send(job)
            while not isinstance(answer := await asyncio.to_thread(connection.recv), Done):
                await self._hear(answer)


def _start(
    make: Callable[[Path], Bench], project: Path, niceness: int, newest: Any
) -> tuple[Any, Connection]:
    """Start a process; return it and the connection to it."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(
        target=_serve, args=(make, project, niceness, newest, theirs), daemon=True
    )
    process.start()
    theirs.close()
    return process, ours


def _serve(
    make: Callable[[Path], Bench], project: Path, niceness: int, newest: Any, connection: Connection
) -> None:
    """Do jobs until the other end is closed: the body of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this one
    if hasattr(os, "nice"):
        os.nice(niceness)
    bench = make(project)
    with suppress(EOFError, OSError):
        while True:
            job = connection.recv()
            _do(bench, job, Line(connection, newest, job.ticket))


def _do(bench: Bench, job: Job, line: Line) -> None:
    """Do a job and send its answers; what the renderer cannot do is a finding."""
    try:
        bench.work(job, line)
    except SupersededError:
        pass
    except Exception as problem:  # noqa: BLE001 - the renderer may fail in any way
        said = traceback.format_exception_only(problem)[-1].strip()
        line.send(Broken(job.generation, (ENGINE.finding(f"the renderer failed: {said}"),)))
    line.send(Done(job.ticket))
