import threading

import pytest
from huggingface_hub import constants

from kokoro_demo.checkpoints.checkpoint import first_checkpoint, load_checkpoint, load_from
from kokoro_demo.checkpoints.hub import HubRepository
from kokoro_demo.checkpoints.loading import BackgroundLoader, in_words, load_best, only_packaged_at_hand
from kokoro_demo.checkpoints.packaged import Packaged
from kokoro_demo.errors import CheckpointError
from tests.mock_hub import COMMIT, serving, status, wait_for
from tests.small_checkpoint import make_folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    root = tmp_path_factory.mktemp("folders")
    return make_folder(root / "other", seed=1), make_folder(root / "wanted", seed=2)


@pytest.fixture
def make():
    loaders = []

    def make(*args, **options):
        loaders.append(BackgroundLoader(*args, **options))
        return loaders[-1]

    yield make
    for loader in loaders:
        loader.stop()


@pytest.fixture
def without_first_voice(monkeypatch, tmp_path):
    first_checkpoint.cache_clear()
    monkeypatch.setattr("kokoro_demo.first.first_voice.model_path", lambda: tmp_path / "nothing.onnx")
    yield
    first_checkpoint.cache_clear()


class Load:
    """Loads folders; the requested one once `gate` opens, after it has failed as often as the test wants."""

    def __init__(self, wanted, failures=()):
        self.wanted, self.failures, self.gate, self.tries = wanted, list(failures), threading.Event(), 0

    def __call__(self, source, progress=None):
        if source == "builtin":
            return load_checkpoint("builtin")
        self.tries += 1
        assert self.gate.wait(10)
        if self.failures:
            raise self.failures.pop(0)
        progress(0.5, "Fetching half")
        return load_checkpoint(self.wanted, progress)


def test_the_first_voice_speaks_until_the_wanted_checkpoint_is_loaded(make, folders):
    load = Load(folders[1])
    loader = make("somewhere", load=load)
    loader.start()
    first = loader.current()
    assert first.model.languages == ("en-us",)
    assert loader.current() is first, "it is loaded once"
    assert loader.status.state == "loading"
    assert loader.status.more_to_come
    load.gate.set()
    wait_for(lambda: loader.status.state == "ready")
    assert loader.current().name == "wanted"
    assert loader.status.fraction == 1.0
    assert not loader.status.more_to_come
    assert first.voices["af_heart_small"] is not None, "a speech that began with the first one can go on"


def test_a_failure_that_recurs_is_logged_once(make, folders, caplog):
    failures = [CheckpointError("The Hub cannot be reached."), CheckpointError("The Hub cannot be reached."),
                CheckpointError("The disk is full."), CheckpointError("The Hub cannot be reached.")]  # fmt: skip
    load = Load(folders[1], failures)
    load.gate.set()
    loader = make("somewhere", intervals=[0.01], load=load)
    loader.start()
    wait_for(lambda: loader.status.state == "ready")
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "The Hub cannot be reached.", "The disk is full.", "The Hub cannot be reached.",
    ]  # fmt: skip


def test_a_start_does_not_wait(make, folders):
    load = Load(folders[1])
    loader = make("somewhere", load=load)
    loader.start()
    assert loader.status.more_to_come
    load.gate.set()


def test_a_failure_is_reported_and_loading_retried_until_it_succeeds(make, folders):
    load = Load(folders[1], [CheckpointError("The Hub cannot be reached."), CheckpointError("Still not.")])
    load.gate.set()
    loader = make("somewhere", intervals=(0.05,), load=load)
    seen = []
    loader.start()
    wait_for(lambda: seen.append(loader.status) or loader.status.state == "ready")
    assert load.tries == 3
    waiting = [status for status in seen if status.state == "waiting"]
    assert waiting
    assert all(status.more_to_come for status in waiting)
    assert "The Hub cannot be reached. The next try is in" in waiting[0].message


def test_the_hub_comes_back(make, folders, monkeypatch, tmp_path):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with serving() as hub:
        repository = HubRepository("owner/name", COMMIT, endpoint=hub.url, cache=tmp_path)

        def load(source, progress=None):
            return load_checkpoint(source) if source == "builtin" else load_from(repository, progress)

        hub.files = {path.relative_to(folders[1]).as_posix(): path.read_bytes() for path in folders[1].rglob("*.*")}
        hub.fail = status(503)
        loader = make(intervals=(0.05,), load=load)
        loader.start()
        wait_for(lambda: loader.status.state == "waiting")
        assert "out of order" in loader.status.message
        assert loader.current().name == "Heart, small"
        hub.fail = lambda handler: False
        wait_for(lambda: loader.status.state == "ready")
    assert loader.current().name == "owner/name"
    assert loader.current().voices["af_heart"].shape[0] == 510, "the best voice came along"


class Sources:
    """Loads checkpoints by name: those in `missing` fail, the rest are folders."""

    def __init__(self, **folders):
        self.folders, self.loads = folders, []

    def __call__(self, source, progress=None):
        if source == "builtin":
            return load_checkpoint(source)
        self.loads.append(source or "hub")
        if self.loads[-1] not in self.folders:
            raise CheckpointError(f"There is no {self.loads[-1]}.")
        if progress is not None:
            progress(0.5, f"Fetching the {self.loads[-1]}")
        return load_checkpoint(self.folders[self.loads[-1]], progress)


def test_the_packaged_checkpoint_stands_in_until_the_hub_is_available(make, folders):
    load = Sources(packaged=folders[0])
    loader = make(None, intervals=(0.05, 0.3), load=load, first=lambda: False)
    loader.start()
    wait_for(lambda: loader.status.state == "waiting")
    assert load.loads[:2] == ["hub", "packaged"]
    stand_in = loader.current()
    assert stand_in.name == "other", "the folder in the packaged checkpoint's place"
    assert loader.status.message.startswith("There is no hub. The next try is in")
    assert loader.status.message.endswith("other speaks until then.")
    assert loader.status.more_to_come
    load.folders["hub"] = folders[1]
    wait_for(lambda: loader.status.state == "ready")
    assert loader.current().name == "wanted"
    assert load.loads.count("packaged") == 1
    assert stand_in.voices["af_heart"] is not None, "a speech that began with it can go on"


def test_the_packaged_checkpoint_is_loaded_first_if_only_it_is_available_locally(make, folders):
    load = Sources(packaged=folders[0], hub=folders[1])
    loader = make(None, load=load, first=lambda: True)
    loader.start()
    wait_for(lambda: loader.status.state == "ready")
    assert load.loads == ["packaged", "hub"]


def test_without_either_the_first_voice_stays_and_both_reasons_are_given(make, folders):
    load = Sources()
    loader = make(None, intervals=(0.05, 60), load=load, first=lambda: False)
    loader.start()
    wait_for(lambda: "60 seconds" in loader.status.message)
    assert load.loads == ["hub", "packaged", "hub", "packaged"]
    assert loader.status.message == "There is no hub. There is no packaged. The next try is in 60 seconds."
    assert loader.current().name == "Heart, small"


def test_a_chosen_checkpoint_has_no_stand_in(make, monkeypatch):
    for chosen in ("owner/name", None):
        monkeypatch.setenv("KOKORO_CHECKPOINT", "" if chosen else "owner/name")
        load = Sources()
        loader = make(chosen, intervals=(60,), load=load, first=lambda: True)
        loader.start()
        wait_for(lambda: loader.status.state == "waiting")  # noqa: B023
        assert load.loads == [chosen or "hub"]


def test_what_is_available_locally(monkeypatch, tmp_path):
    here, packaged_here = [None], [False]
    monkeypatch.setattr(HubRepository, "cached", lambda self, path: here[0])
    monkeypatch.setattr(Packaged, "at_hand", property(lambda self: packaged_here[0]))
    assert not only_packaged_at_hand()
    packaged_here[0] = True
    assert only_packaged_at_hand()
    here[0] = tmp_path
    assert not only_packaged_at_hand()


def test_the_best_available_checkpoint_is_chosen(monkeypatch, folders):
    load = Sources(hub=folders[1], packaged=folders[0])
    monkeypatch.setattr("kokoro_demo.checkpoints.loading.load_checkpoint", load)
    assert load_best()[0].name == "wanted"
    assert load_best()[1] == ""
    del load.folders["hub"]
    checkpoint, warning = load_best()
    assert checkpoint.name == "other"
    assert warning == "There is no hub. other of the package index speaks instead."
    del load.folders["packaged"]
    with pytest.raises(CheckpointError, match=r"There is no hub\. There is no packaged\."):
        load_best()


def test_the_intervals_grow_and_the_last_one_repeats(make, folders, monkeypatch):
    load = Load(folders[1], [CheckpointError("no")] * 4)
    load.gate.set()
    loader = make("somewhere", intervals=(1, 2, 3), load=load)
    waited = []
    monkeypatch.setattr(loader._stop, "wait", lambda seconds: waited.append(seconds))
    loader.start()
    wait_for(lambda: loader.status.state == "ready")
    assert waited == [1, 2, 3, 3]


def test_an_unforeseen_failure_does_not_leave_the_page_loading(make, folders):
    load = Load(folders[1], [ZeroDivisionError()])
    load.gate.set()
    loader = make("somewhere", intervals=(0.01,), load=load)
    loader.start()
    wait_for(lambda: loader.status.state == "ready")
    assert load.tries == 2


def test_a_checkpoint_whose_best_voice_is_damaged_does_not_take_over(make, tmp_path):
    wanted = make_folder(tmp_path / "wanted")
    (wanted / "voices" / "af_heart.pt").write_bytes(b"damaged")
    loader = make(wanted, intervals=(60,))
    loader.start()
    wait_for(lambda: loader.status.state == "waiting")
    assert "af_heart.pt is damaged" in loader.status.message
    assert loader.current().name == "Heart, small"


def test_stopping_ends_the_retries(make, folders):
    load = Load(folders[1], [CheckpointError("no")] * 9)
    load.gate.set()
    loader = make("somewhere", intervals=(60,), load=load)
    loader.start()
    wait_for(lambda: loader.status.state == "waiting")
    loader.stop()
    assert load.tries == 1


def test_loading_now(make, folders):
    loader = make(folders[1])
    assert loader.load_now().name == "wanted"
    assert loader.status.state == "ready"


def test_loading_now_falls_back_and_says_why(make):
    loader = make("/nothing/here")
    assert loader.load_now().name == "Heart, small"
    assert loader.status.state == "failed"
    assert "/nothing/here" in loader.status.message
    assert not loader.status.more_to_come


def test_no_voice_at_all_is_an_error(make, without_first_voice):
    loader = make("/nothing/here")
    with pytest.raises(CheckpointError, match=r"nothing\.onnx cannot be read"):
        loader.load_now()


def test_the_first_voice_can_be_chosen_after_the_wanted_checkpoint_is_loaded(make, folders):
    checkpoint = make(folders[1]).load_now()
    assert checkpoint.name == "wanted"
    assert checkpoint.voices.names() == ("af_heart", "bm_george", "af_heart_small")
    assert checkpoint.speaker_of("af_heart_small").name == "Heart, small"
    assert checkpoint.speaker_of("af_heart+bm_george") is checkpoint


def test_a_checkpoint_speaks_without_the_first_voice(make, folders, without_first_voice):
    loader = make(folders[1], load=load_checkpoint)
    loader.start()
    wait_for(lambda: loader.status.state == "ready")
    assert loader.current().voices.names() == ("af_heart", "bm_george")


def test_concurrent_requests_load_once(make, folders):
    load = Load(folders[1])
    loads = []

    def counting(source, progress=None):
        loads.append(source)
        return load(source, progress)

    loader = make("somewhere", load=counting)
    got = []
    threads = [threading.Thread(target=lambda: got.append(loader.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert loads == ["builtin"]
    assert len({id(checkpoint) for checkpoint in got}) == 1


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 second"), (45, "45 seconds"), (120, "2 minutes"), (600, "10 minutes")]
)
def test_durations_in_words(seconds, words):
    assert in_words(seconds) == words
