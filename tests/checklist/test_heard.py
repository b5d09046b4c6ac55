"""What a recogniser hears, compared with what was spoken; with a fake recogniser, or the optional real one."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from kokoro_demo.__main__ import main
from kokoro_demo.checklist import command, heard
from kokoro_demo.checklist.heard import compare_heard, marked_words, resampled
from kokoro_demo.errors import RequestError


@pytest.mark.parametrize(
    ("spoken", "written", "marked"),
    [
        ("twenty dollars, please.", "$20 please", "twenty dollars please"),
        ("The cat sat.", "the hat sat", "the [cat → hat] sat"),
        ("One two.", "One.", "one [two → –]"),
        ("One.", "One, oh one.", "one [– → oh one]"),
        ("Don't.", "don’t", "don't"),
        ("", "", ""),
    ],
)
def test_words_that_differ_are_marked(spoken, written, marked):
    comparison = compare_heard(spoken, written, "en-us")
    assert marked_words(comparison) == marked
    assert comparison.same == ("[" not in marked)
    assert comparison.text == written


@pytest.mark.parametrize("rate", [24_000, 16_000, 8_000])
def test_a_tone_is_the_same_tone_at_another_rate(rate):
    seconds = np.arange(rate) / rate
    tone = np.sin(2 * np.pi * 440 * seconds).astype(np.float32)
    expected = np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000)
    assert np.abs(resampled(tone, rate, 16_000) - expected).max() < 1e-3
    assert len(resampled(np.zeros(1, np.float32), rate, 16_000)) <= 2


def test_without_the_extra_a_message_says_how_to_install_it(monkeypatch, capsys):
    monkeypatch.setattr(heard, "find_spec", lambda name: None)
    with pytest.raises(RequestError, match=r"pip install -r requirements-listening\.txt"):
        heard.Recogniser()
    assert main(["check", "any.csv", "--heard"]) == 2
    assert "requirements-listening.txt" in capsys.readouterr().err


def test_the_command_shows_and_writes_what_is_heard(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.txt").write_text("Hello there.\nGood cat.", "utf-8")
    spoken = []

    def speak(request):
        spoken.append(request.text)
        return SimpleNamespace(audio=np.zeros(240, np.float32), sample_rate=24_000)

    speaker = SimpleNamespace(speak=speak, language_of=lambda voice: "en-us")
    monkeypatch.setattr(command, "open_synthesizer", lambda options: speaker)
    answers = iter(["hello there", "good hat"])
    ear = SimpleNamespace(hear=lambda audio, rate, language: next(answers))
    monkeypatch.setattr(command, "Recogniser", lambda: ear)
    assert main(["check", "words.txt", "--heard", "--json", "out.json"]) == 0
    printed = capsys.readouterr().out
    assert spoken == ["Hello there.", "Good cat."]
    assert "line 2    heard as good [cat → hat]" in printed
    assert "Heard 2 of 2 rows: 1 otherwise than spoken." in printed
    rows = json.loads((tmp_path / "out.json").read_text("utf-8"))["rows"]
    assert [row["heard"] for row in rows] == ["hello there", "good hat"]
    assert rows[1]["heard_difference"] == [{"expected": "good", "actual": "good"}, {"expected": "cat", "actual": "hat"}]
