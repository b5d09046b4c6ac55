"""Spoken SSML: the speech, captions as they are written, and marks with their times."""

import numpy as np
import pytest

from kokoro_demo import SpeechRequest
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.formats import format_of
from kokoro_demo.synthesis.synthesizer import Synthesizer

DOCUMENT = """<speak>
  <p><s>The <sub alias="World Wide Web">WWW</sub> is old</s><s>Tom &amp; Ann know it.</s></p>
  <voice name="bf_emma">Good <mark name="here -->"/>night.</voice>
</speak>"""


@pytest.fixture(scope="module")
def synthesizer(small_folder):
    return Synthesizer(load_checkpoint(small_folder))


@pytest.fixture(scope="module")
def speech(synthesizer):
    return synthesizer.speak(SpeechRequest(DOCUMENT))


def test_captions_show_what_was_written_and_marks_have_their_times(speech):
    details = speech.details()
    captions = [caption["text"] for caption in details["captions"]]
    assert captions == ["The WWW is old.", "Tom & Ann know it.", "Good", "night."]
    night = next(word for word in speech.words if word.text == "night")
    assert details["marks"] == [{"name": "here -->", "time": round(night.start, 4)}]
    assert "\nhere\n" in format_of("a.vtt").write(speech).decode()
    assert details["ssml"] is True
    assert [turn["voice"] for turn in details["turns"]] == ["af_heart", "bf_emma"]


def test_white_space_between_tags_is_not_heard(synthesizer, speech):
    tight = DOCUMENT.replace("\n  ", "").replace("\n", "")
    loose = DOCUMENT.replace("<s>", "\n\n<s>\n\n").replace("<mark", "\n\n  <mark")
    for document in (tight, loose):
        np.testing.assert_array_equal(synthesizer.speak(SpeechRequest(document)).audio, speech.audio)


def test_sentences_are_closer_than_paragraphs(synthesizer):
    def gap(tag):
        made = synthesizer.speak(SpeechRequest(f"<speak><{tag}>One two</{tag}><{tag}>three four</{tag}></speak>"))
        return made.words[2].start - made.words[1].end

    assert gap("p") > gap("s") + 0.2


def test_a_plain_text_in_tags_sounds_as_the_text(synthesizer):
    plain = synthesizer.speak(SpeechRequest("Hello there. It is late."))
    tagged = synthesizer.speak(SpeechRequest("<speak>Hello there. It is late.</speak>"))
    np.testing.assert_array_equal(plain.audio, tagged.audio)
