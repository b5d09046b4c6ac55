"""A client that disappears while audio is sent leaves nothing in the log, over WebSockets and Wyoming."""

import asyncio
import gc
import json
import socket
import struct
import time

import pytest
from websockets.sync.client import connect

from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.programs.conversation import converse
from kokoro_demo.ui.programs.text_stream import send_in_turn
from tests.own_thread import in_own_thread
from tests.ui.fakes import FakeBackend

TEXT = "The train is late today and nobody knows when it will be here at last. " * 100


def logged_by_asyncio(coroutine_function):
    """Returns what the event loop logs for a coroutine, including when its leftovers are garbage-collected."""
    results = []

    async def run():
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: results.append(context["message"]))
        await coroutine_function()
        gc.collect()
        await asyncio.sleep(0)

    in_own_thread(asyncio.run, run())
    return results


async def lost_when_cancelled():
    """Fails just when it is cancelled, as `asyncio.wait_for` does if the connection is lost at that moment."""
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        raise ConnectionResetError("Connection lost") from None


async def lost_at_once():
    raise ConnectionResetError("Connection lost")


def test_a_message_that_fails_while_it_is_cancelled():
    async def run():
        sending = asyncio.ensure_future(send_in_turn(None, lost_when_cancelled()))
        await asyncio.sleep(0.01)
        sending.cancel()
        await asyncio.wait([sending])
        assert sending.cancelled()

    assert logged_by_asyncio(run) == []


def test_reading_that_fails_after_speaking_has_failed():
    async def run():
        speaking = asyncio.ensure_future(lost_at_once())
        with pytest.raises(ConnectionResetError):
            await converse(lost_when_cancelled, None, lambda: speaking, lambda: True, 60)
        await asyncio.sleep(0.01)

    assert logged_by_asyncio(run) == []


@pytest.fixture(scope="module")
def served():
    """A page's address, and the port of its Wyoming server if that package is installed."""
    port = None
    try:
        import wyoming  # noqa: F401
    except ImportError:
        pass
    else:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    page = build_page(FakeBackend(), wyoming=f"tcp://127.0.0.1:{port}" if port else None)
    yield launch(page, prevent_thread_lock=True, quiet=True)[1], port
    page.close()


def vanish(connection):
    """Resets the connection, as happens if the client is killed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drop_websocket(url, port, size):
    with connect(url.replace("http", "ws") + "v1/audio/speech/stream", max_queue=None) as client:
        client.send(json.dumps({"type": "input.text", "text": TEXT}))
        got = 0
        while got < size:
            got += len(client.recv(timeout=20))
        vanish(client.socket)


def drop_wyoming(url, port, size):
    if port is None:
        pytest.skip("wyoming is not installed")
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    data = json.dumps({"text": TEXT}).encode()
    client.sendall(json.dumps({"type": "synthesize", "data_length": len(data)}).encode() + b"\n" + data)
    got = 0
    while got < size:
        got += len(client.recv(2**16))
    vanish(client)


@pytest.mark.slow
@pytest.mark.parametrize("drop", [drop_websocket, drop_wyoming])
def test_a_client_that_disappears_is_not_logged(served, drop, caplog, capfd):
    for _ in range(4):
        for size in (1, 200_000, 1_000_000):
            drop(*served, size)
            time.sleep(0.1)
    time.sleep(0.5)
    gc.collect()
    written = caplog.text + "".join(capfd.readouterr())
    assert "never retrieved" not in written
    assert "Traceback" not in written
    assert "Error" not in written
