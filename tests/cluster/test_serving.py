"""The API on two nodes: speakers are killed, added and removed; and none of a visitor's text is left behind."""

import http.client
import json
import os
import signal
import socket
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from kokoro_demo.cluster.serving import read_options
from kokoro_demo.errors import RequestError
from tests.cluster.conftest import named, ray, ray_cluster, wait_for

REQUESTS = 200
SECRET = "Quokkas embezzled marmalade"
TEXTS = [f"{SECRET} by river {number}." for number in range(10)]
LONG = " ".join(f"The old man looked at river {number} once more." for number in range(30))
KEY = "a-key-of-the-operator"
SPEECH = "/v1/audio/speech"


def speakers(folder):
    return named("ServeReplica:default:speaking", folder)


def post(port, text="", path=SPEECH, key=KEY, body=None, **fields):
    """Return the response, still open."""
    fields = {"model": "kokoro", "voice": "af_heart", "input": text, "response_format": "wav", **fields}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    connection.request("POST", path, json.dumps(fields).encode() if body is None else body, headers)
    return connection.getresponse()


def ask(port, text, **fields):
    answer = post(port, text, **fields)
    data = answer.read()
    assert answer.status == 200, data
    return data


@pytest.fixture(scope="module")
def cluster(small_folder):
    with ray_cluster(KOKORO_CHECKPOINT=str(small_folder), KOKORO_API_KEY=KEY) as (nodes, folder):
        ray.init(address=nodes.address, log_to_driver=False)
        yield folder


def serve_on(port, **options):
    from ray import serve

    from kokoro_demo.cluster import app

    serve.start(http_options={"port": port})
    serve.run(app(options))


@pytest.fixture(scope="module")
def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def two(cluster, free_port):
    """Two speakers, with no scaling."""
    serve_on(free_port, cores="1", least="2", replicas="2", waiting="250")
    return cluster, free_port


def test_a_node_reads_the_checkpoint_once(two):
    folder, _ = two
    (shared,) = folder.glob("kokoro-*/*.pt")
    maps = [f"/proc/{pid}/maps" for pid in speakers(folder)]
    assert len(maps) == 2
    for path in maps:
        with open(path, encoding="utf-8") as file:
            assert str(shared) in file.read()


def test_killing_a_speaker_loses_and_repeats_nothing(two):
    folder, port = two
    alone = [ask(port, text) for text in TEXTS]
    assert len(set(alone)) == len(TEXTS)
    before = speakers(folder)
    with ThreadPoolExecutor(32) as callers:
        answers = [callers.submit(ask, port, TEXTS[number % len(TEXTS)]) for number in range(REQUESTS)]
        answers[20].result()
        os.kill(before[0], signal.SIGKILL)
        for number, answer in enumerate(answers):
            assert answer.result() == alone[number % len(TEXTS)]
    wait_for(lambda: len(set(speakers(folder)) - {before[0]}) == 2)


def test_a_streamed_answer_survives_the_loss_of_its_speaker(two):
    folder, port = two
    answer = post(port, LONG, response_format="pcm")
    begun = answer.read(1000)
    assert answer.getheader("Transfer-Encoding") == "chunked"
    for pid in speakers(folder):
        os.kill(pid, signal.SIGKILL)
    assert begun + answer.read() == ask(port, LONG, response_format="pcm")


@pytest.mark.parametrize(
    "path",
    [
        SPEECH,
        SPEECH + "/",
        "/" + SPEECH,
        "/v1//audio/speech",
        "/v1/./audio/speech",
        "/x/../v1/audio/speech",
        "/v1/audio/%73peech",
        "/V1/AUDIO/SPEECH",
        SPEECH + "?key=" + KEY,
        "http://127.0.0.1" + SPEECH,
        "/dev/captioned_speech",
        "/v1/audio/voices/combine",
    ],
)
@pytest.mark.parametrize("key", [None, "another", KEY + "x", KEY[:-1], "ü"])
def test_nobody_speaks_without_the_key(two, path, key):
    answer = post(two[1], TEXTS[0], path=path, key=key)
    assert answer.status in (401, 404, 405)
    assert answer.getheader("Content-Type", "").partition("/")[0] != "audio"
    if path == SPEECH:
        assert answer.status == 401


def test_bodies_are_bounded_and_errors_are_those_of_the_plain_server(two):
    _, port = two
    assert post(port, body=b"x" * (2**20 + 1)).status == 413
    refused = post(port, " ")
    assert refused.status == 400
    assert "nothing to speak" in refused.read().decode()
    unknown = post(port, TEXTS[0], voice=SECRET)
    assert unknown.status == 400
    unknown.read()


def test_speakers_come_and_go_with_the_requests_and_a_full_queue_is_429(cluster, free_port):
    serve_on(free_port, cores="1", least="1", replicas="2", at_once="1", waiting="2", up_after="1", down_after="3")
    wait_for(lambda: len(speakers(cluster)) == 1)
    statuses, counts = [], [1]

    def speak(number):
        answer = post(free_port, f"{LONG} {number}", response_format="pcm")
        size = len(answer.read())
        statuses.append(answer.status)
        if answer.status == 200:
            assert size
        else:
            assert answer.status == 429
            assert int(answer.getheader("Retry-After")) > 0

    with ThreadPoolExecutor(8) as callers:
        waiting = set()
        while max(counts) < 2 or not {200, 429} <= set(statuses):
            assert len(statuses) < 5000
            waiting |= {callers.submit(speak, len(statuses) + n) for n in range(8 - len(waiting))}
            done, waiting = wait(waiting, timeout=0.5)
            for request in done:
                request.result()
            counts.append(len(speakers(cluster)))
    wait_for(lambda: len(speakers(cluster)) == 1)


def test_no_file_contains_a_visitors_text(cluster, free_port):
    ask(free_port, TEXTS[0])
    for path in ("/v1/" + SECRET.replace(" ", "%20"), SPEECH + "?input=" + SECRET.replace(" ", "%20")):
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{free_port}{path}", timeout=60)
    logs = 0
    words = [word.encode() for word in (*SECRET.split(), KEY)]
    for path in cluster.rglob("*"):
        if path.is_file():
            logs += path.suffix == ".log"
            content = path.read_bytes()
            assert not any(word in content for word in words), path
    assert logs > 5


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"core": "2"}, "no option 'core'"),
        ({"cores": "two"}, "cores must be a number"),
        ({"replicas": "0"}, "replicas must be more than 0"),
        ({"least": "5"}, "least must not be more"),
    ],
)
def test_a_wrong_option_is_reported(given, message):
    with pytest.raises(RequestError, match=message):
        read_options(given)
