"""The Words tab without a browser."""

from types import SimpleNamespace

import gradio as gr
import pytest

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.speech_events import SpeechEvents
from kokoro_demo.ui.words.table import MAX_ROWS, words_html
from kokoro_demo.ui.words.word_events import MARGIN, WordEvents
from tests.ui.fakes import FakeBackend, clip_samples

VISITOR = SimpleNamespace(session_hash="visitor")
VALUES = RequestFields("Hello there you.", "af_heart")
# What the browser sends for fields that were never unfolded.
FOLDED = VALUES._replace(language=None, seed=None, lexicon=None)


@pytest.fixture
def main():
    backend, runs = FakeBackend(), Runs()
    return SimpleNamespace(backend=backend, runs=runs, speaking=SpeechEvents(backend, runs))


def event(at=1, word="there", phonemes="there", what="hear"):
    return SimpleNamespace(at=at, word=word, phonemes=phonemes, what=what)


def seconds(sound):
    return len(clip_samples(sound)) / 24_000


def test_words_have_times_after_the_text_was_spoken(main):
    table, _ = WordEvents(main).show(VISITOR, *VALUES)
    assert table.count("<tr data-at") == 3
    assert "0.10 s" not in table
    list(main.speaking.speak(VISITOR, *VALUES))
    assert "0.10 s</td><td>0.20 s" in WordEvents(main).show(VISITOR, *VALUES)[0]
    assert "0.10 s" not in WordEvents(main).show(VISITOR, *VALUES._replace(text="Hello there now."))[0]


def test_a_word_is_cut_from_the_last_speech_unless_its_phonemes_changed(main):
    sound, message = WordEvents(main).hear(event(), VISITOR, *VALUES)
    assert "Spoken alone" in message
    list(main.speaking.speak(VISITOR, *VALUES))
    sound, message = WordEvents(main).hear(event(), VISITOR, *VALUES)
    assert "last speech" in message
    assert seconds(sound) == pytest.approx(0.1 + 2 * MARGIN, abs=1e-3)
    assert "Spoken alone" in WordEvents(main).hear(event(phonemes="ðˈɛɹ"), VISITOR, *VALUES)[1]


@pytest.mark.parametrize("values", [VALUES, FOLDED])
def test_a_fix_is_saved_in_the_text_or_in_the_lexicon(main, values):
    _, text, lexicon, message = WordEvents(main).keep(event(phonemes="ðˈɛɹ", what="text"), VISITOR, *values)
    assert (text, lexicon) == ("Hello [there](/ðˈɛɹ/) you.", "")
    assert "Saved" in message
    _, text, lexicon, _ = WordEvents(main).keep(event(phonemes="ðˈɛɹ", what="fixes"), VISITOR, *values)
    assert (text, lexicon) == (VALUES.text, "there = /ðˈɛɹ/")


def test_a_fix_without_effect_is_refused_with_a_message(main):
    values = VALUES._replace(text="One [there](/ðˈA/) you.")
    pronunciation = phonemize(values.text)
    main.backend.speaker.pronounce = lambda request: pronunciation
    there = event(word="[there](/ðˈA/)", phonemes="ðˈɛɹ", what="fixes")
    *unchanged, message = WordEvents(main).keep(there, VISITOR, *values)
    assert unchanged == [gr.skip()] * 3
    assert "other place" in message
    there.what = "text"
    assert WordEvents(main).keep(there, VISITOR, *values)[1] == "One [there](/ðˈɛɹ/) you."


def test_both_accents_are_shown(main):
    *unchanged, message = WordEvents(main).keep(event(what="both"), VISITOR, *VALUES)
    assert unchanged == [gr.skip()] * 3
    assert phonemize("there", "en-us").phonemes in message
    assert phonemize("there", "en-gb").phonemes in message


@pytest.mark.parametrize(
    "wrong",
    [
        event(at=2),
        event(at=99),
        event(at=-1),
        event(at="1"),
        event(word="<script>"),
        event(phonemes=None),
        event(phonemes="<script>"),
    ],
    ids=str,
)
def test_a_stale_or_hostile_event_changes_nothing_and_is_reported(main, wrong):
    wrong.what = "text"
    *unchanged, message = WordEvents(main).keep(wrong, VISITOR, *VALUES)
    assert unchanged == [gr.skip()] * 3
    assert 'class="warnings"' in message
    assert "<script>" not in message


def test_the_effect_of_a_fix_is_shown_and_escaped():
    table = words_html(phonemize('[<b>&"cat](/kˈIt/) and dog'), {}, lambda word: "kˈæt")
    assert '<del title="without your fix">kˈæt</del>' in table
    assert "your fix" in table
    assert table.count("<del") == 1
    assert "<b>" not in table


def test_a_long_text_shows_its_first_words_and_says_so():
    table = words_html(phonemize("word " * (MAX_ROWS + 7)), {}, str)
    assert table.count("<tr data-at") == MAX_ROWS
    assert f"The first {MAX_ROWS} of {MAX_ROWS + 7} words." in table
    assert "no word" in words_html(phonemize("..."), {}, str)


def test_a_word_of_a_script_has_its_speakers_voice(main, small_folder):
    speaker = Synthesizer(load_checkpoint(small_folder))
    main.backend.speaker = speaker
    values = RequestFields("Tom: I have a vase.", "af_heart", cast="Tom = bm_george")
    vase = [word.text for word in speaker.pronounce(values.request(speaker)).words].index("vase")
    asked = []
    speaker.speak = lambda request: asked.append(request) or FakeBackend().speaker.speak(request)
    WordEvents(main).hear(event(at=vase, word="vase", phonemes="vˈAz"), VISITOR, *values)
    assert (asked[0].text, asked[0].voice) == ("vase", "bm_george")
    fix = event(at=vase, word="vase", phonemes="vˈAz", what="fixes")
    _, _, lexicon, message = WordEvents(main).keep(fix, VISITOR, *values)
    assert (lexicon, "Saved" in message) == ("vase = /vˈAz/", True)
