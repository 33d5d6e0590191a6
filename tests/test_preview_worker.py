"""A worker: what it does can be broken off at any point, and its process is replaced if need be."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cheatsheet.preview.messages import Answer, Broken, Job, Progressed
from cheatsheet.preview.worker import Bench, Line, Worker

PATIENCE_S = 30


class Base:
    """A bench that says in which process it does a job, and does it."""

    def __init__(self, _: Path) -> None:
        pass

    def work(self, job: Job, line: Line) -> None:
        line.tell(Progressed(job.generation, os.getpid(), 0))
        self.do(job)

    def do(self, job: Job) -> None:
        raise NotImplementedError


class Endless(Base):
    """Never comes to the end of the first job, and catches what it can a few times."""

    def do(self, job: Job) -> None:
        for _ in range(3):
            try:
                while job.generation == 1:
                    pass
            except BaseException:  # noqa: S110, BLE001 - as WeasyPrint does
                pass
        while job.generation == 1:
            pass


class Crashing(Base):
    """Dies of the first job, each time."""

    def do(self, job: Job) -> None:
        if job.generation == 1:
            os._exit(1)


class CrashingOnce(Base):
    """Dies of the first job the first time, as if killed."""

    def do(self, _: Job) -> None:
        if not Path("killed").exists():
            Path("killed").touch()
            os._exit(1)


class Failing(Base):
    """Fails at the first job."""

    def do(self, job: Job) -> None:
        if job.generation == 1:
            raise ValueError("no such thing")


def hear(
    make: Callable[[Path], Bench], again: type[Answer] | None, *wanted: type[Answer]
) -> list[Any]:
    """Ask for job 1, and for the next after each answer of one kind; return the answers."""
    heard: list[Any] = []

    async def talk() -> None:
        done = asyncio.Event()

        async def note(answer: Answer) -> None:
            heard.append(answer)
            if len(heard) == len(wanted):
                done.set()
            elif type(answer) is again:
                worker.ask(Job(len(heard) + 1, "print"))

        worker = Worker(make, Path(), note)
        worker.ask(Job(1, "print"))
        await until(done, worker.run())

    with ThreadPoolExecutor(1) as thread:  # in this one, Playwright may have a loop of its own
        thread.submit(asyncio.run, talk()).result()
    assert [type(answer) for answer in heard] == list(wanted)
    return heard


async def until(done: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Work until something is done."""
    task = asyncio.create_task(work)
    async with asyncio.timeout(PATIENCE_S):
        await done.wait()
    task.cancel()
    await asyncio.wait([task])


def test_a_new_job_breaks_off_the_one_in_hand_whatever_catches_it() -> None:
    first, second = hear(Endless, Progressed, Progressed, Progressed)
    assert (first.generation, second.generation) == (1, 2)
    assert first.done == second.done, "it is the same process"


def test_a_process_that_was_killed_is_replaced_and_its_job_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first, again = hear(CrashingOnce, None, Progressed, Progressed)
    assert (first.generation, again.generation) == (1, 1)
    assert first.done != again.done


def test_a_job_that_crashes_twice_is_told_and_the_next_one_done() -> None:
    first, again, crash, after = hear(Crashing, Broken, Progressed, Progressed, Broken, Progressed)
    assert "crashed" in crash.findings[0].message
    assert len({first.done, again.done, after.done}) == 3
    assert (first.generation, again.generation, after.generation) == (1, 1, 4)


def test_a_failure_is_told_and_the_process_goes_on() -> None:
    first, failure, after = hear(Failing, Broken, Progressed, Broken, Progressed)
    assert "no such thing" in failure.findings[0].message
    assert first.done == after.done
