"""Scripts: several voices become one speech with one timeline."""

import numpy as np
import pytest

from kokoro_demo import SpeechRequest
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.formats import format_of
from kokoro_demo.share import fingerprint
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.timeline import captions, speaker_intervals

TEXT = "It rained.\n\nEmma: Hello there. How are you?\nTom: I am fine, [speed:1.5]thanks.\nEmma: Good."
CAST = "Emma = bf_emma\nTom = am_adam, 1.2"


@pytest.fixture(scope="module")
def synthesizer(small_folder):
    return Synthesizer(load_checkpoint(small_folder))


@pytest.fixture(scope="module")
def speech(synthesizer):
    return synthesizer.speak(SpeechRequest(TEXT, cast=CAST))


def test_a_script_is_one_sound_with_one_timeline(speech):
    assert [word.text for word in speech.words] == [
        "It", "rained", "Hello", "there", "How", "are", "you", "I", "am", "fine", "thanks", "Good"
    ]  # fmt: skip
    times = [time for word in speech.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert times[-1] <= speech.duration
    assert len(speech.timings) == len(speech.phonemes)
    np.testing.assert_array_equal(speech.audio, np.concatenate([chunk.audio for chunk in speech.chunks]))
    assert [chunk.index for chunk in speech.chunks if chunk.phonemes] == list(range(speech.chunks[0].total))


def test_each_part_sounds_as_its_voice_alone(synthesizer, speech):
    alone = synthesizer.speak(SpeechRequest("Hello there. How are you?", "bf_emma", untouched=True))
    script = synthesizer.speak(SpeechRequest("Emma: Hello there. How are you?\nTom: Yes.", cast=CAST, untouched=True))
    np.testing.assert_array_equal(script.audio[: len(alone.audio)], alone.audio)


def test_one_voice_mark_for_the_whole_text_sounds_like_choosing_that_voice(synthesizer):
    marked = synthesizer.speak(SpeechRequest("[voice:bf_emma]Hello there. It is late."))
    chosen = synthesizer.speak(SpeechRequest("Hello there. It is late.", "bf_emma"))
    np.testing.assert_array_equal(marked.audio, chosen.audio)


def test_a_pause_between_two_speakers_is_as_long_as_it_says(synthesizer):
    def silence(between):
        made = synthesizer.speak(SpeechRequest(f"Emma: Hello.{between}\nTom: Hi.", cast=CAST))
        first, second = speaker_intervals(made.timeline)
        return second.start - first.end

    assert silence("[pause:2s]") - silence("") == pytest.approx(2.0 - 0.4, abs=0.15)
    assert silence("\n\n[pause:1s]\n") - silence("[pause:2s]") == pytest.approx(-1.0, abs=0.05)


def test_captions_name_the_speaker(speech):
    assert [(piece.speaker, piece.begins, piece.text) for piece in captions(speech.timeline)] == [
        ("", True, "It rained."),
        ("Emma", True, "Hello there."),
        ("Emma", False, "How are you?"),
        ("Tom", True, "I am fine, thanks."),
        ("Emma", True, "Good."),
    ]
    subtitles = format_of("a.srt").write(speech).decode()
    assert "Emma: Hello there.\n" in subtitles
    assert "\nHow are you?" in subtitles
    assert "Tom: I am fine" in subtitles
    web = format_of("a.vtt").write(speech).decode()
    assert "<v Emma>How are you?" in web
    assert "\nIt rained." in web
    grid = format_of("a.TextGrid").write(speech).decode()
    assert 'name = "speakers"' in grid
    details = speech.details()
    assert [turn["speaker"] for turn in details["turns"]] == ["", "Emma", "Tom", "Tom", "Emma"]
    assert [turn["voice"] for turn in details["turns"]][1:3] == ["bf_emma", "am_adam"]


def test_a_plain_speech_names_nobody(synthesizer):
    plain = synthesizer.speak(SpeechRequest("Note: it rained."))
    assert plain.details()["turns"] == []
    assert "speaker" not in plain.details()["captions"][0]
    assert 'name = "speakers"' not in format_of("a.TextGrid").write(plain).decode()


def test_fingerprints_of_plain_requests_are_what_they_were_before_there_was_a_cast():
    assert fingerprint(SpeechRequest("Hello."), "weights", "həlˈO.", [1, 2]) == "198b-87a9-d4ca"
    changed = fingerprint(SpeechRequest("Hello.", cast="Emma = bf_emma"), "weights", "həlˈO.", [1, 2])
    assert changed != "198b-87a9-d4ca"


def test_an_unknown_voice_in_a_mark_is_refused_with_suggestions(synthesizer):
    with pytest.raises(ValueError, match="af_heart"):
        synthesizer.pronounce(SpeechRequest("[voice:af_hart]Hello."))
