"""The API on two nodes: a speaker is killed in the middle of 200 requests."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from kokoro_demo.cluster.serving import read_options
from kokoro_demo.errors import RequestError
from tests.cluster.conftest import ray

REQUESTS = 200
TEXTS = [f"The old man looked at river {number}." for number in range(10)]


def speakers():
    """The processes of the speakers on this machine."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [int(line.split()[0]) for line in listed if "ServeReplica:default:speaking" in line]


def ask(port, text, **fields):
    body = {"model": "kokoro", "voice": "af_heart", "input": text, "response_format": "wav", **fields}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/v1/audio/speech", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read()


@pytest.fixture
def port(two_nodes):
    from ray import serve

    from kokoro_demo.cluster import app

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    ray.init(address=two_nodes[0].address, log_to_driver=False)
    serve.start(http_options={"port": number})
    serve.run(app({"cores": "1", "least": "2", "replicas": "2", "waiting": "250"}))
    yield number
    serve.shutdown()


def test_a_speaker_that_is_killed_loses_nothing(port):
    alone = [ask(port, text) for text in TEXTS]
    assert len(set(alone)) == len(TEXTS)
    before = speakers()
    assert len(before) == 2
    with ThreadPoolExecutor(32) as callers:
        answers = [callers.submit(ask, port, TEXTS[number % len(TEXTS)]) for number in range(REQUESTS)]
        answers[20].result()
        os.kill(before[0], signal.SIGKILL)
        for number, answer in enumerate(answers):
            assert answer.result() == alone[number % len(TEXTS)]
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(port, "")
    assert refused.value.code == 400
    assert "nothing to speak" in refused.value.read().decode()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"core": "2"}, "no option 'core'"),
        ({"cores": "two"}, "cores must be a number"),
        ({"replicas": "0"}, "replicas must be more than 0"),
        ({"least": "5"}, "least must not be more"),
    ],
)
def test_a_wrong_option_is_named(given, message):
    with pytest.raises(RequestError, match=message):
        read_options(given)
