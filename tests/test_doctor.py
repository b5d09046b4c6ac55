import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from kokoro_demo import phonemize
from kokoro_demo.__main__ import main
from kokoro_demo.checkpoints.checkpoint import first_checkpoint, load_checkpoint
from kokoro_demo.doctor import environment, findings, self_test, speaking
from kokoro_demo.errors import CheckpointError
from kokoro_demo.speech import SAMPLES_PER_FRAME
from tests.small_checkpoint import make_folder

TEXT = "Hi."


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = make_folder(tmp_path_factory.mktemp("made") / "small")
    self_test.record(folder, TEXT)
    return folder


@pytest.fixture
def folder(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "small"))


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, tmp_path):
    """Make the timed sentence short, and the Hub unavailable."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(self_test, "SENTENCE", TEXT)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.delenv("KOKORO_CHECKPOINT", raising=False)


def states(results):
    return [finding.state for finding in results]


def wrong(results):
    return [finding for finding in results if finding.state == "wrong"]


@pytest.mark.slow
def test_a_right_installation(folder, capsys):
    assert main(["doctor", "--checkpoint", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "WRONG" not in printed
    assert "eSpeak NG reads" in printed
    assert printed.count("is as it should be") == 2, "the folder and the first voice"
    assert printed.endswith("Nothing is wrong.\n")


def test_an_unreachable_hub_is_an_error_only_if_it_was_chosen():
    (finding,) = speaking.check_checkpoint(None, True)
    assert finding.state == "note"
    assert "HF_HUB_OFFLINE" in finding.what
    assert states(speaking.check_checkpoint("hexgrad/Kokoro-82M", False)) == ["wrong"]


@pytest.mark.slow
def test_a_missing_checkpoint_ends_with_status_1(tmp_path, capsys):
    assert main(["doctor", "--checkpoint", str(tmp_path / "nothing")]) == 1
    printed = capsys.readouterr().out
    assert "WRONG There is no checkpoint" in printed
    assert printed.endswith("1 thing is wrong.\n")


def test_another_python(monkeypatch):
    monkeypatch.setattr(environment, "PYTHONS", ((3, 1), (3, 2)))
    assert "Python" in wrong(environment.check_packages())[0].what


def test_the_packages_of_this_environment_are_correct():
    assert wrong(environment.check_packages()) == []


@pytest.mark.parametrize(("missing", "state"), [("torch", "wrong"), ("gradio", "note")])
def test_a_missing_package(monkeypatch, missing, state):
    versions = {missing: None}
    monkeypatch.setattr(environment, "installed_version", lambda name: versions.get(name, "1.0"))
    missing_packages = [finding for finding in environment.check_packages() if "is not installed" in finding.what]
    assert [finding.state for finding in missing_packages if missing in finding.what] == [state]
    assert all("pip install" in finding.advice for finding in missing_packages)


def test_a_package_of_another_version():
    other = environment.check_package("numpy", ">=99", "wrong")
    assert other.state == "note"
    assert "tried with >=99" in other.what
    assert environment.check_package("numpy", "", "wrong").state == "right"


def test_two_phonemizers(monkeypatch):
    assert list(environment.check_phonemizers()) == []
    monkeypatch.setattr(environment, "installed_version", lambda name: "3.3.2")
    (finding,) = environment.check_phonemizers()
    assert finding.state == "wrong"
    assert "pip uninstall -y phonemizer-fork phonemizer" in finding.advice


def test_the_requirements_are_those_of_the_repository():
    asked = environment.requirements()
    assert set(environment.NEEDED + environment.FOR_THE_PAGE) <= set(asked)


@pytest.mark.slow
def test_espeak_without_its_data_kills_only_its_own_process(monkeypatch, tmp_path):
    import espeakng_loader

    library = espeakng_loader.get_library_path()
    code = f"get_library_path = lambda: {library!r}\nget_data_path = lambda: {str(tmp_path)!r}\n"
    (tmp_path / "espeakng_loader.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    (finding,) = environment.check_espeak()
    assert finding.state == "wrong"
    assert "does not run" in finding.what


@pytest.mark.slow
def test_espeak_that_reads_differently(monkeypatch):
    monkeypatch.setattr(environment, "ESPEAK_PHONEMES", "something else")
    (finding,) = environment.check_espeak()
    assert finding.state == "wrong"


def test_espeak_that_hangs(monkeypatch):
    monkeypatch.setattr(environment, "ESPEAK_TIMEOUT", 0.01)
    (finding,) = environment.check_espeak()
    assert "did not answer" in finding.what


def test_a_damaged_voice_is_detected(folder):
    (folder / "voices" / "bm_george.pt").write_bytes(b"damaged")
    errors = wrong(speaking.check_checkpoint(str(folder), False))
    assert len(errors) == 1
    assert "bm_george.pt is damaged" in errors[0].what


def test_weights_other_than_those_recorded_are_detected(folder):
    state = torch.load(folder / "kokoro-v1_0.pth", weights_only=True)
    state["predictor"]["duration_proj.linear_layer.bias"] += 5
    torch.save(state, folder / "kokoro-v1_0.pth")
    errors = wrong(speaking.check_checkpoint(str(folder), False))
    assert len(errors) == 1
    assert "is not as it should be" in errors[0].what


def test_a_damaged_first_voice_is_detected(monkeypatch, tmp_path):
    assert states(speaking.check_first_voice()) == ["right"] * 3
    monkeypatch.setattr(self_test, "FIRST", replace(self_test.FIRST, rms=0.06))
    (finding,) = wrong(speaking.check_first_voice())
    assert "loudness" in finding.what
    first_checkpoint.cache_clear()
    monkeypatch.setattr("kokoro_demo.first.first_voice.model_path", lambda: tmp_path / "nothing.onnx")
    (finding,) = speaking.check_first_voice()
    assert finding.state == "wrong"
    assert "nothing.onnx" in finding.what


def test_a_checkpoint_without_a_known_sentence(folder):
    (folder / self_test.FILE).unlink()
    assert "note" in states(speaking.check_checkpoint(str(folder), False))
    assert wrong(speaking.check_checkpoint(str(folder), False)) == []


def test_a_check_that_fails_is_a_finding():
    def look():
        raise ModuleNotFoundError("No module named 'torch'")
        yield

    (finding,) = findings(look)
    assert finding.state == "wrong"
    assert "No module named 'torch'" in finding.what


def test_recording(folder, capsys):
    (folder / self_test.FILE).unlink()
    assert main(["doctor", "--record-self-test", str(folder)]) == 0
    known = self_test.SelfTest.read(folder / self_test.FILE)
    assert "samples" in capsys.readouterr().out
    assert known.samples == SAMPLES_PER_FRAME * sum(known.durations)
    assert known.voice == "af_heart"
    assert self_test.differences(known, self_test.measure(load_checkpoint(folder), known.text, known.voice)) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"phonemes": "hˈY."}, "is read"),
        ({"samples": 10_200}, "10,000 samples instead of 10,200"),
        ({"durations": (4, 5)}, "last differently"),
        ({"durations": (4,)}, "last differently"),
        ({"rms": 0.06}, "loudness"),
        ({"samples": 10_050, "durations": (3, 2), "rms": 0.0505}, None),
        ({"durations": ()}, None),
    ],
)
def test_differences_that_count(change, says):
    measured = self_test.SelfTest(TEXT, "af_heart", "hˈI.", 10_000, 0.05, (4, 3))
    faults = self_test.differences(replace(measured, **change), measured)
    assert faults == [] if says is None else says in faults[0]


@pytest.mark.parametrize("text", ["{", "[]", '{"text": "x"}', '{"other": 1}', "null"])
def test_a_damaged_record(tmp_path, text):
    (tmp_path / self_test.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CheckpointError, match="is damaged"):
        self_test.SelfTest.read(tmp_path / self_test.FILE)


def test_a_record_is_readable_by_people(made):
    assert json.loads((made / self_test.FILE).read_text(encoding="utf-8"))["voice"] == "af_heart"
    assert "\\u" not in (made / self_test.FILE).read_text(encoding="utf-8")


def test_the_known_sentence_of_the_official_weights():
    assert self_test.OFFICIAL.samples == 130 * SAMPLES_PER_FRAME
    assert phonemize(self_test.OFFICIAL.text).phonemes == self_test.OFFICIAL.phonemes


def test_the_speed_is_measured_without_the_cache(small_folder, monkeypatch):
    checkpoint, made = load_checkpoint(small_folder), []
    prosody = type(checkpoint.model).prosody
    monkeypatch.setattr(type(checkpoint.model), "prosody", lambda *given: made.append(1) or prosody(*given))
    assert "times as fast as speech" in speaking.check_speed(checkpoint).what
    assert len(made) == 2
