"""Home Assistant's Wyoming protocol, called by the classes of its own library."""

import asyncio
import socket
import time

import numpy as np
import pytest

pytest.importorskip("wyoming")

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import (
    Synthesize,
    SynthesizeChunk,
    SynthesizeStart,
    SynthesizeStop,
    SynthesizeStopped,
    SynthesizeVoice,
)

from kokoro_demo.audio import to_int16
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.programs import wyoming_server
from kokoro_demo.ui.programs.wyoming import require_wyoming
from tests.own_thread import in_own_thread
from tests.ui.fakes import FakeBackend

TEXT = "The train is late today. It will be here at six."


@pytest.fixture(scope="module")
def server(backend):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    page = build_page(backend, wyoming=f"tcp://127.0.0.1:{port}")
    launch(page, prevent_thread_lock=True, quiet=True)
    yield page, port
    page.close()


def talk(server, *events, until):
    """Sends events, and returns the server's answers up to the first of a class."""

    async def run():
        async with AsyncTcpClient("127.0.0.1", server[1]) as client:
            for event in events:
                await client.write_event(event.event())
            answers = []
            while not answers or not until.is_type(answers[-1].type):
                event = await asyncio.wait_for(client.read_event(), 20)
                assert event is not None, "the connection was closed"
                answers.append(event)
            return answers

    return in_own_thread(asyncio.run, run())


def heard(answers):
    return np.frombuffer(b"".join(a.payload for a in answers if AudioChunk.is_type(a.type)), "<i2")


def wanted(backend, text, voice="af_heart"):
    return to_int16(backend.speaker.speak(SpeechRequest(text, voice)).audio)


def test_it_describes_itself_with_its_voices(server, backend):
    (program,) = Info.from_event(talk(server, Describe(), until=Info)[-1]).tts
    assert program.installed
    assert program.supports_synthesize_streaming
    assert program.attribution.name == "hexgrad"
    assert [voice.name for voice in program.voices] == list(backend.speaker.checkpoint.voices.names())
    languages = {voice.name: voice.languages for voice in program.voices}
    assert languages["af_heart"] == ["en-US"]
    assert languages["bf_emma"] == ["en-GB"]
    assert all(voice.installed and voice.attribution.url for voice in program.voices)
    assert Pong.from_event(talk(server, Ping(text="x"), until=Pong)[-1]).text == "x"


@pytest.mark.parametrize(
    ("voice", "speaks"),
    [
        (None, "af_heart"),
        (SynthesizeVoice(name="bf_emma"), "bf_emma"),
        (SynthesizeVoice(name="BF_Emma", speaker="x"), "bf_emma"),
        (SynthesizeVoice(language="en-GB"), "bf_emma"),
    ],
)
def test_a_whole_text_sounds_as_in_the_http_api(server, backend, voice, speaks):
    answers = talk(server, Synthesize(text=TEXT, voice=voice), until=AudioStop)
    start = AudioStart.from_event(answers[0])
    assert (start.rate, start.width, start.channels) == (24_000, 2, 1)
    np.testing.assert_array_equal(heard(answers), wanted(backend, TEXT, speaks))


def test_a_text_is_spoken_while_it_is_written_and_the_whole_text_after_it_is_not(server, backend):
    chunks = [SynthesizeChunk(text=TEXT[at : at + 7]) for at in range(0, len(TEXT), 7)]
    voice = SynthesizeVoice(name="bf_emma")
    events = [SynthesizeStart(voice=voice), *chunks, Synthesize(text=TEXT, voice=voice), SynthesizeStop()]
    answers = talk(server, *events, until=SynthesizeStopped)
    assert [a.type for a in answers if not AudioChunk.is_type(a.type)] == [
        "audio-start",
        "audio-stop",
        "synthesize-stopped",
    ]
    sound = heard(answers)
    first, second = (
        wanted(backend, text, "bf_emma") for text in ("The train is late today.", "It will be here at six.")
    )
    np.testing.assert_array_equal(sound[: len(first)], first)
    np.testing.assert_array_equal(sound[-len(second) :], second)


def test_one_connection_can_speak_repeatedly(server, backend):
    async def run():
        async with AsyncTcpClient("127.0.0.1", server[1]) as client:
            lengths = []
            for text in ("The train is late today.", "Hello."):
                await client.write_event(Synthesize(text=text).event())
                sound = b""
                while not AudioStop.is_type((event := await asyncio.wait_for(client.read_event(), 20)).type):
                    sound += event.payload or b""
                lengths.append(len(sound) // 2)
            return lengths

    assert in_own_thread(asyncio.run, run()) == [
        len(wanted(backend, text)) for text in ("The train is late today.", "Hello.")
    ]


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (Synthesize(text="Hi.", voice=SynthesizeVoice(name="af_nobody")), "af_nobody"),
        (Synthesize(text="Hi.", voice=SynthesizeVoice(language="xx-YY")), "xx-YY"),
        (Synthesize(text="  "), "nothing to speak"),
        (Synthesize(text="a" * 20_001), "20,001 characters"),
        (Synthesize(text=5), "must be a string"),
    ],
    ids=str,
)
def test_an_unspeakable_text_is_an_error_event(server, event, message):
    assert message in Error.from_event(talk(server, event, until=Error)[-1]).text


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\xff\n",
        b"x" * 100_000,
        b'{"type": "synthesize", "data_length": 99999999}\n',
        b'{"type": "synthesize", "payload_length": 2000000}\n' + b"x" * 100,
        b"[1]\n",
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_hostile_client_is_disconnected(server, sent, capfd):
    with socket.create_connection(("127.0.0.1", server[1]), timeout=20) as client:
        client.sendall(sent)
        client.settimeout(20)
        try:
            while client.recv(1_000):
                pass
        except ConnectionError:
            pass
    assert talk(server, Describe(), until=Info)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_connections_are_limited_and_silent_ones_closed(server, monkeypatch):
    wyoming = server[0].wyoming
    time.sleep(0.5)
    monkeypatch.setattr(wyoming, "most", 1)
    monkeypatch.setattr(wyoming, "idle", 0.5)
    with socket.create_connection(("127.0.0.1", server[1]), timeout=20) as first:
        time.sleep(0.2)
        with socket.create_connection(("127.0.0.1", server[1]), timeout=20) as second:
            assert second.recv(10) == b""
        assert first.recv(10) == b""


def test_an_invalid_address_is_refused():
    for wrong in ("10200", "tcp://0.0.0.0", "tcp://:x", "http://a:1", "stdio://"):
        with pytest.raises(SystemExit, match=r"tcp://0\.0\.0\.0:10200"):
            require_wyoming(wrong)
    require_wyoming("tcp://0.0.0.0:10200")


def test_the_first_voice_is_attributed_to_its_maker():
    assert wyoming_server.ATTRIBUTIONS["af_heart_small"].name == "Maureese Williams"
    assert FakeBackend().status().name
