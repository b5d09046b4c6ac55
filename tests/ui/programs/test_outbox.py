import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from kokoro_demo.ui.programs.errors import ApiError
from kokoro_demo.ui.programs.outbox import PIECE, Outboxes


def run(work):
    """Runs in a thread of its own, because a browser test may have left an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asyncio.wait_for(work, 10)).result()


async def read(outbox):
    return [piece async for piece in outbox.read()]


def test_parts_are_read_in_order_and_in_small_pieces():
    async def work():
        outboxes = Outboxes()
        outbox = outboxes.open()
        sound = bytes(range(256)) * 1_000
        outbox.put(sound[:100])
        outbox.put(sound[100:])
        assert outboxes.unread == len(sound)
        outbox.end()
        pieces = await read(outbox)
        assert b"".join(pieces) == sound
        assert max(map(len, pieces)) <= PIECE
        assert outboxes.unread == 0

    run(work())


def test_a_reader_waits_for_more_parts():
    async def work():
        outbox = Outboxes().open()
        reading = asyncio.create_task(read(outbox))
        for part in (b"one", b"two"):
            await asyncio.sleep(0.01)
            outbox.put(part)
        await asyncio.sleep(0.01)
        outbox.end()
        assert await reading == [b"one", b"two"]

    run(work())


def test_an_error_comes_after_the_parts_before_it():
    async def work():
        outbox = Outboxes().open()
        outbox.put(b"one")
        outbox.end(ZeroDivisionError())
        assert await outbox.first() is None
        pieces = outbox.read()
        assert await anext(pieces) == b"one"
        with pytest.raises(ZeroDivisionError):
            await anext(pieces)

    run(work())


def test_making_waits_for_a_slow_reader():
    async def work():
        outbox = Outboxes(each=100).open()
        outbox.put(bytes(99))
        assert outbox.has_room()
        outbox.put(bytes(1))
        assert not outbox.has_room()
        assert await anext(outbox.read()) == bytes(99)
        assert outbox.has_room()

    run(work())


def test_if_all_outboxes_are_full_new_ones_are_refused_and_stalled_ones_cut_off():
    async def work():
        outboxes = Outboxes(each=100, by_all=150, stalled_after=0.05)
        cut = []
        stalled, busy = outboxes.open(lambda: cut.append("stalled")), outboxes.open(lambda: cut.append("busy"))
        stalled.put(bytes(80))
        busy.put(bytes(80))
        with pytest.raises(ApiError) as refused:
            outboxes.open()
        assert refused.value.status == 503
        assert not busy.has_room()
        await asyncio.sleep(0.06)
        await anext(busy.read())
        busy.put(bytes(80))
        outboxes.open()
        assert cut == ["stalled"]
        assert outboxes.unread == 80
        with pytest.raises(ConnectionError):
            await read(stalled)

    run(work())


def test_an_abandoned_outbox_takes_no_room():
    async def work():
        outboxes = Outboxes()
        outboxes.open().put(bytes(100))
        assert outboxes.unread == 0

    run(work())
