"""The HTTP API while only the first voice is available, before Kokoro is loaded or without it."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.checkpoints.loading import LoadingStatus
from kokoro_demo.ui.backend import RETRY_WHILE_LOADING, RETRY_WHILE_WAITING, LoadedBackend
from kokoro_demo.ui.programs import program_routes


class Loader:
    def __init__(self):
        self.status = LoadingStatus("loading", "Fetching the weights", 0.25)

    def current(self):
        return load_checkpoint("builtin")


@pytest.fixture
def loader():
    return Loader()


@pytest.fixture
def client(loader):
    return TestClient(Starlette(routes=program_routes(LoadedBackend(loader), 8)))


def ask(client, text="Hola.", voice="ef_dora", **more):
    return client.post(
        "/v1/audio/speech", json={"model": "kokoro", "input": text, "voice": voice, "response_format": "wav", **more}
    )


def test_another_language_gets_503_with_retry_after_while_kokoro_is_loading(loader, client):
    answer = ask(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(RETRY_WHILE_LOADING))
    assert "not Spanish. Kokoro speaks it, and is being loaded (25%)." in answer.json()["error"]["message"]
    loader.status = LoadingStatus("waiting", "The Hub cannot be reached. The next try is in 5 seconds.")
    answer = ask(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(RETRY_WHILE_WAITING))
    assert "The Hub cannot be reached." in answer.json()["error"]["message"]


def test_without_kokoro_the_error_says_how_to_install_it(loader, client):
    loader.status = LoadingStatus("ready", fraction=1.0)
    answer = ask(client)
    assert answer.status_code == 400
    assert "Retry-After" not in answer.headers
    assert "requirements-packaged.txt" in answer.json()["error"]["message"]


def test_english_is_spoken_immediately_with_warnings(client):
    answer = ask(client, "Hello.", "bf_emma")
    assert answer.status_code == 200
    assert answer.content[:4] == b"RIFF"
    assert "American" in answer.headers["X-Kokoro-Warnings"]


def test_health_says_which_languages_are_spoken(client):
    status = client.get("/health").json()
    assert (status["ready"], status["checkpoint"], status["languages"]) == (
        True,
        "Heart, small",
        ["American English"],
    )
    assert [voice["id"] for voice in client.get("/v1/audio/voices").json()["voices"]] == ["af_heart_small"]
