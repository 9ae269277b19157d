"""Runs a function on bytes from strangers in a process of its own, bounded in time and memory.

The process is a fresh interpreter (never a fork: libraries keep threads that do not live through one) with an empty
environment, and can write no file. It is used again until something goes wrong in it. Only plain data comes back, so
whoever takes the process over can send no more than that.
"""

import asyncio
import atexit
import importlib
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO
from weakref import WeakKeyDictionary

import msgspec

from core import errors
from core.errors import Busy, Invalid, Problem

AT_ONCE = 2
JOBS = 200
"""After so many a process makes room for a new one, whatever its libraries leaked."""
PATIENCE = 30
"""Seconds that a job waits for its turn."""
MOST_MEMORY = 4 * 2**30
_START = "import sys; sys.path[:] = {path!r}; from core.store.bounded import _serve; _serve()"


class _Job(msgspec.Struct, array_like=True):
    function: str
    seconds: int
    memory: int
    arguments: list[Any]


class _Answer(msgspec.Struct, array_like=True):
    """`kind` is empty for a result, else the name of the Problem."""

    kind: str
    code: str = ""
    facts: dict[str, Any] = {}
    errors: list[tuple[str, str]] = []
    result: Any = None


async def run(
    function: Callable[..., Any], *arguments: Any, seconds: int = 20, memory: int = 1024, code: str = "file-broken"
) -> Any:
    """What a module's function gives for these arguments, as plain data; its own Problem comes out as it is.

    `memory` in MiB. Invalid("file-too-heavy") beyond a bound; Invalid(`code`) for any other error of the function.
    """
    job = _Job(f"{function.__module__}:{function.__qualname__}", seconds, memory, list(arguments))
    try:
        async with asyncio.timeout(PATIENCE):
            await _turn().acquire()
    except TimeoutError:
        raise Busy from None
    try:
        answer = await asyncio.to_thread(_ask, msgspec.msgpack.encode(job), seconds)
    finally:
        _turn().release()
    if answer.kind == "":
        return answer.result
    if answer.kind == "Exception":
        raise Invalid(code)
    raise _problem(answer)


def _problem(answer: _Answer) -> Problem:
    kind: type[Problem] = getattr(errors, answer.kind)
    if answer.errors and issubclass(kind, Invalid):
        return kind(answer.code, answer.errors, **answer.facts)
    return kind(answer.code, **answer.facts)


_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    return _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


class _Worker:
    """One process, asked one thing at a time."""

    def __init__(self) -> None:
        path = [str(Path(__file__).parents[2]), *(folder for folder in sys.path if folder)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={},
            cwd="/",
        )
        self.jobs = 0

    def ask(self, job: bytes, seconds: int) -> bytes | None:
        """The answer; None when the process died or was stopped."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.jobs += 1
        alarm = threading.Timer(seconds, self.process.kill)
        alarm.start()
        try:
            _write(self.process.stdin, job)
            return _read(self.process.stdout)
        except OSError:
            return None
        finally:
            alarm.cancel()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.leave()

    def leave(self) -> None:
        """Let go of the pipes; a process that nobody talks to any more ends."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


_IDLE: list[_Worker] = []


def _ask(job: bytes, seconds: int) -> _Answer:
    try:
        worker = _IDLE.pop()
    except IndexError:
        worker = _Worker()
    answer = worker.ask(job, seconds)
    if answer is None:
        worker.stop()
        return _Answer("Invalid", "file-too-heavy")
    if worker.jobs >= JOBS:
        worker.stop()
    else:
        _IDLE.append(worker)
    return msgspec.msgpack.decode(answer, type=_Answer)


@atexit.register
def _stop() -> None:
    while _IDLE:
        _IDLE.pop().stop()


def _after_fork() -> None:
    """The processes belong to the parent: two who talk through one pipe understand nothing."""
    while _IDLE:
        worker = _IDLE.pop()
        worker.leave()
        worker.process.returncode = 0  # not ours to wait for


os.register_at_fork(after_in_child=_after_fork)


def _write(pipe: Any, message: bytes) -> None:
    left = memoryview(len(message).to_bytes(8, "big") + message)
    while left:
        left = left[pipe.write(left) :]


def _read(pipe: Any) -> bytes | None:
    head = _exactly(pipe, 8)
    return None if head is None else _exactly(pipe, int.from_bytes(head, "big"))


def _exactly(pipe: Any, size: int) -> bytes | None:
    found = bytearray()
    while len(found) < size:
        piece = pipe.read(min(size - len(found), 2**20))
        if not piece:
            return None
        found += piece
    return bytes(found)


# What follows runs in the process itself.


def _serve() -> None:
    """Answer jobs until nobody asks any more."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_AS, MOST_MEMORY),
    ):
        _limit(kind, most, most)
    asking, answering = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb", 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)  # a library that prints says it to nobody
    while (message := _read(asking)) is not None:
        _answer(msgspec.msgpack.decode(message, type=_Job), answering)


def _answer(job: _Job, answering: BinaryIO) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + job.seconds + 1)
    module, _, name = job.function.partition(":")
    try:
        function = getattr(importlib.import_module(module), name)
        _limit(resource.RLIMIT_AS, job.memory * 2**20)
        said = msgspec.msgpack.encode(_Answer("", result=function(*job.arguments)))
    except Problem as problem:
        facts = {name: value for name, value in problem.facts.items() if isinstance(value, str | int)}
        said = msgspec.msgpack.encode(
            _Answer(type(problem).__name__, problem.code, facts, list(getattr(problem, "errors", ())))
        )
    except MemoryError:
        said = msgspec.msgpack.encode(_Answer("Invalid", "file-too-heavy"))
    except Exception:  # whatever a broken file makes of its reader
        said = msgspec.msgpack.encode(_Answer("Exception"))
    _limit(resource.RLIMIT_AS, MOST_MEMORY)
    _write(answering, said)


def _limit(kind: int, soft: int, hard: int | None = None) -> None:
    try:
        resource.setrlimit(kind, (soft, resource.getrlimit(kind)[1] if hard is None else hard))
    except (ValueError, OSError):  # a system that does not bound this; time is bounded everywhere
        return
