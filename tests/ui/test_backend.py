"""The backend with a loader that a test controls."""

from types import SimpleNamespace

import pytest

from kokoro_demo.checkpoints.loading import LoadingStatus
from kokoro_demo.errors import CheckpointError
from kokoro_demo.ui.backend import LoadedBackend, LoadingEstimate, open_backend
from tests.ui.fakes import voices

FIRST = SimpleNamespace(name="Heart, small", model=SimpleNamespace(languages=("en-us",)), voices=voices(["af_heart"]))
WANTED = SimpleNamespace(name="Kokoro-82M", model=SimpleNamespace(languages=None), voices=voices(["af_heart"]))


class Loader:
    def __init__(self):
        self.checkpoint, self.status = FIRST, LoadingStatus("loading", "Fetching the weights", 0.25)

    def current(self):
        if isinstance(self.checkpoint, Exception):
            raise self.checkpoint
        return self.checkpoint


@pytest.fixture
def loader():
    return Loader()


def test_one_synthesizer_serves_all_speeches_of_a_checkpoint(loader):
    backend = LoadedBackend(loader)
    first = backend.synthesizer()
    assert first.checkpoint is FIRST
    assert backend.synthesizer() is first


def test_the_wanted_checkpoint_takes_over_when_it_is_loaded(loader):
    backend = LoadedBackend(loader)
    first = backend.synthesizer()
    loader.checkpoint = WANTED
    assert backend.synthesizer().checkpoint is WANTED
    assert first.checkpoint is FIRST, "a speech that has begun keeps what it began with"


def test_each_speech_requests_the_gpu_again(loader):
    asked = []
    gpu = SimpleNamespace(for_one_speech=lambda: asked.append(1))
    backend = LoadedBackend(loader, gpu)
    assert backend.synthesizer() is not backend.synthesizer()
    assert len(asked) == 2


def test_the_status_names_the_current_model_and_the_progress_of_the_next(loader):
    status = LoadedBackend(loader).status()
    assert (status.name, status.languages) == ("Heart, small", ("American English",))
    assert (status.fetching, status.progress) == (True, 0.25)
    assert status.message == "Fetching the weights"


def test_the_status_after_loading_has_no_progress(loader):
    loader.checkpoint, loader.status = WANTED, LoadingStatus("ready", fraction=1.0)
    status = LoadedBackend(loader).status()
    assert (status.name, status.languages, status.fetching, status.progress) == ("Kokoro-82M", (), False, None)


def test_a_damaged_first_voice_is_reported_and_not_raised(loader):
    loader.checkpoint = CheckpointError("The first voice is damaged.")
    status = LoadedBackend(loader).status()
    assert status.name == ""
    assert status.problem == "The first voice is damaged."
    assert status.message == "Fetching the weights"


def test_the_remaining_time_is_estimated_from_the_progress():
    now = 0.0
    estimate = LoadingEstimate(lambda: now)
    assert estimate.seconds_left(0.1) is None
    now = 10.0
    assert estimate.seconds_left(0.1) is None, "nothing has come"
    assert estimate.seconds_left(0.3) == pytest.approx(35)
    now = 20.0
    assert estimate.seconds_left(0.6) == pytest.approx(16)
    assert estimate.seconds_left(0.2) is None, "it begins again"
    now = 30.0
    assert estimate.seconds_left(0.6) == pytest.approx(10)
    assert estimate.seconds_left(None) is None


def test_on_zerogpu_everything_is_loaded_before_the_page(monkeypatch):
    events = []

    class Now:
        def load_now(self):
            events.append("loaded")
            return WANTED

        def start(self):
            events.append("started")

    monkeypatch.setattr("kokoro_demo.ui.backend.BackgroundLoader", Now)
    monkeypatch.setattr("kokoro_demo.ui.backend.GpuFirst", lambda checkpoint: events.append(checkpoint.name))
    monkeypatch.setenv("SPACES_ZERO_GPU", "true")
    open_backend()
    assert events == ["loaded", "Kokoro-82M"]
    monkeypatch.delenv("SPACES_ZERO_GPU")
    open_backend()
    assert events[2:] == ["started"]
