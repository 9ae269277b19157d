"""The press: documents (letters, files of a dispute) are made beside the event loop, in bounded time.

Nobody waits for a document who did not ask for it: none is made while a work holds its write transaction, for on the
embedded database that would stop everybody who writes. And nothing here lives across a fork: the typesetter has threads
of its own, which a forked child lacks, so the service starts its workers anew (`serve`).
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from core.errors import Busy
from core.store.work import Work

LOG = logging.getLogger("bekwaam")
AT_ONCE = 2
LONGEST = 20.0
"""Seconds after which who asked is told to come back."""
AGAIN_AFTER = 30


class Press:
    """A few threads of its own, so that documents never take every thread; fresh ones when a document gets stuck."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None

    async def make(self, make: Callable[..., bytes], *arguments: object, longest: float = LONGEST) -> bytes:
        """What `make` gives; Busy("document-takes-long") after so many seconds."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="press")
        threads = self._threads
        made = asyncio.get_running_loop().run_in_executor(threads, make, *arguments)
        try:
            return await asyncio.wait_for(asyncio.shield(made), longest)
        except TimeoutError as error:
            LOG.error("a document took too long")
            if self._threads is threads:  # the others that wait for these threads have their own patience
                self._threads = None
                threads.shutdown(wait=False)
            raise Busy("document-takes-long", retry_after=AGAIN_AFTER) from error


PRESS = Press()


async def pressed(work: Work, make: Callable[..., bytes], *arguments: object) -> bytes:
    """Make a document of what was read before. A work that could write gives its transaction up first (`outside`), and
    reads its rows anew afterwards; RuntimeError when it changed something already, which is a mistake of ours."""
    making = PRESS.make(make, *arguments)
    return await (work.outside(making) if work.writing else making)
