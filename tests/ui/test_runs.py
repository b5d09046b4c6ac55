from types import SimpleNamespace

from kokoro_demo.audio import to_int16
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.speech_events import SpeechEvents
from tests.ui.fakes import FakeBackend


def test_a_player_fetches_the_phrases_of_its_run_in_order():
    runs = Runs()
    run = runs.begin("visitor")
    runs.add(run, b"one")
    runs.add(run, b"two")
    assert [runs.phrase(run.id, index) for index in (0, 1)] == [b"one", b"two"]


def test_missing_runs_and_phrases_are_none():
    runs = Runs()
    run = runs.begin("visitor")
    runs.add(run, b"one")
    assert runs.phrase(run.id, 1) is None
    assert runs.phrase(run.id, -1) is None
    assert runs.phrase("another", 0) is None


def test_ids_are_long_and_unique():
    runs = Runs()
    ids = {runs.begin(f"visitor {number}").id for number in range(50)}
    assert len(ids) == 50
    assert min(map(len, ids)) >= 20


def test_stop_affects_only_the_visitors_own_speech():
    runs = Runs()
    mine, yours = runs.begin("me"), runs.begin("you")
    assert runs.stop("me") is mine
    assert mine.stopped()
    assert not yours.stopped()


def test_there_is_nothing_to_stop_before_and_after_a_speech():
    runs = Runs()
    assert runs.stop("me") is None
    runs.begin("me").finish()
    assert runs.stop("me") is None


def test_a_new_speech_stops_and_forgets_the_one_before():
    runs = Runs()
    first = runs.begin("me")
    runs.add(first, b"sound")
    runs.begin("me")
    assert first.stopped()
    assert runs.phrase(first.id, 0) is None


def test_leaving_stops_and_forgets_a_visitors_speech():
    runs = Runs()
    run = runs.begin("me")
    runs.add(run, b"sound")
    runs.leave("me")
    assert run.stopped()
    assert runs.phrase(run.id, 0) is None


def test_the_oldest_runs_are_dropped_if_all_hold_too_much():
    runs = Runs(kept_bytes=100)
    first, second, third = (runs.begin(name) for name in "abc")
    for run in (first, second, third):
        runs.add(run, b"x" * 45)
    assert runs.phrase(first.id, 0) is None
    assert runs.phrase(second.id, 0) is not None
    assert runs.phrase(third.id, 0) is not None


def test_the_speech_being_made_is_kept_however_long_it_is():
    runs = Runs(kept_bytes=100)
    run = runs.begin("a")
    for _ in range(5):
        runs.add(run, b"x" * 45)
    assert runs.phrase(run.id, 0) is not None
    assert runs.phrase(run.id, 4) is not None


def test_a_run_assembles_its_speech_from_the_players_audio():
    backend, runs = FakeBackend(), Runs()
    speaking = SpeechEvents(backend, runs)
    visitor = SimpleNamespace(session_hash="one")
    list(speaking.speak(visitor, *RequestFields("One. Two!")))
    run = runs.latest("one")
    speech = run.speech()
    assert to_int16(speech.audio).tobytes() == b"".join(run.phrases)
    assert [chunk.phonemes for chunk in speech.chunks] == ["One.", " Two!"]
    assert runs.latest("another") is None
    assert runs.begin("one").speech() is None
