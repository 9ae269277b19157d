"""The press: nobody waits for a document for ever, nobody waits for another's, and none is made under a lock."""

import asyncio
import threading
import time

import pytest

from auth.actor import SYSTEM
from core.errors import Busy
from core.press import AT_ONCE, Press, pressed


def quick() -> bytes:
    return b"%PDF-"


@pytest.mark.differs
async def test_a_document_that_takes_too_long_is_given_up_with_a_reason_and_the_next_one_is_made():
    press, let_go = Press(), threading.Event()

    def stuck() -> bytes:
        let_go.wait(30)
        return b""

    begun = time.monotonic()
    waiting = [press.make(stuck, longest=0.2) for _ in range(AT_ONCE)]
    answers = await asyncio.gather(*waiting, return_exceptions=True)

    assert [(type(one), getattr(one, "code", "")) for one in answers] == [(Busy, "document-takes-long")] * AT_ONCE
    assert time.monotonic() - begun < 10
    assert await press.make(quick) == b"%PDF-"
    let_go.set()


async def test_a_document_is_never_made_while_a_write_transaction_is_open(house):
    async with house.means.work(SYSTEM) as work:
        await work.session.connection()
        assert work.writing

        assert await pressed(work, lambda: b"held" if work.writing else b"%PDF-") == b"%PDF-"


async def test_no_document_is_made_once_something_was_changed(house):
    async with house.means.work(SYSTEM) as work:
        await work.session.connection()
        work.log("test:line")
        with pytest.raises(RuntimeError):
            await pressed(work, quick)
