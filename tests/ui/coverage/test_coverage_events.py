"""The Coverage tab without a browser."""

from types import SimpleNamespace

import pytest

from kokoro_demo.ui.coverage.coverage_events import MAX_ROWS, CoverageEvents, found_words
from kokoro_demo.ui.fields import RequestFields
from tests.ui.fakes import FakeBackend, clip_samples

VALUES = RequestFields("Zyxon met Zyxon.\nThey recieve it.", "af_heart")


@pytest.fixture
def events():
    return CoverageEvents(FakeBackend())


def event(word="Zyxon", pronunciation="/zˈɪks/", at=0):
    return SimpleNamespace(at=at, word=word, pronunciation=pronunciation)


def test_the_words_are_shown_with_count_place_and_guess(events):
    table, status = events.show(*VALUES)
    assert table.count("<tr data-word") == 2
    assert "2×" in table
    assert "line 2, column 6" in table
    assert 'value="/zˈIksən/"' in table
    assert "2 words, used 3 times among 6" in status


def test_a_text_without_unknown_words_has_no_table(events):
    table, status = events.show(*VALUES._replace(text="All of this is known."))
    assert table == ""
    assert "All 5 words are in a dictionary." in status


def test_a_word_is_played_with_the_typed_pronunciation(events):
    spoken = []
    speak = events.backend.speaker.speak
    events.backend.speaker.speak = lambda request: spoken.append(request) or speak(request)
    sound, _ = events.hear(event(pronunciation="zicks"), *VALUES)
    assert len(clip_samples(sound)) > 0
    assert (spoken[0].text, spoken[0].lexicon) == ("Zyxon", "Zyxon = zicks")


def test_a_fix_is_added_to_the_lexicon_and_removed_from_the_table(events):
    table, lexicon, status = events.keep(event(), *VALUES._replace(lexicon="# mine\nZyxon = old"))
    assert lexicon == "# mine\nZyxon = /zˈɪks/"
    assert 'data-word="Zyxon"' not in table
    assert "recieve" in table
    assert "“Zyxon” is in My fixes" in status


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (event(pronunciation=" "), "Type its pronunciation"),
        (event(pronunciation="/zˈɪks"), "slash at both ends"),
        (event(pronunciation="/ǁǁ/"), "no such symbol"),
        (event(word="a=b"), "slash|Line 1|="),
        (event(word=7), "has changed"),
        (event(pronunciation="x" * 500), "at most 400"),
    ],
)
def test_an_invalid_fix_is_refused_with_a_message(events, wrong, message):
    table, lexicon, status = events.keep(wrong, *VALUES)
    assert table["__type__"] == lexicon["__type__"] == "update"
    assert 'role="alert"' in status


def test_words_are_escaped_and_rows_are_limited(events):
    words = " ".join(f"zyx{letter}q{other}v" for letter in "abcdefghijklmnopqr" for other in "abcdefghijklmnopqr")
    table, _ = events.show(*VALUES._replace(text=words))
    assert table.count("<tr data-word") == MAX_ROWS
    assert f"The first {MAX_ROWS} of" in table
    table, _ = events.show(*VALUES._replace(text='zorb"onload=x <script>zorblax</script>'))
    assert "<script>" not in table


def test_a_language_without_a_dictionary_is_named(events):
    table, status = events.show(*VALUES._replace(language="es"))
    assert table == ""
    assert "without a dictionary" in status


def test_the_endpoint():
    coverage = found_words("Zyxon met Zyxon.")
    assert (coverage["total"], coverage["unknown"]) == (3, 2)
    assert coverage["words"][0]["word"] == "Zyxon"
    assert found_words("Zyxon.", "", "zyxon = x")["words"] == []
    with pytest.raises(Exception, match="without a dictionary"):
        found_words("hola", "es")


SCRIPT = RequestFields(
    "Zyxon slept.\n\nZorg: Zyxon recieved a lorry.\nTom: Zyxon!",
    "af_heart",
    cast="Zorg = bf_emma\nTom = am_adam",
)


def test_a_scripts_names_of_speakers_are_not_counted(events):
    table, status = events.show(*SCRIPT)
    assert "Zorg" not in table.replace("Zorg: Zyxon", "")
    assert "3×" in table
    assert "2 words, used 4 times among 7" in status


def test_a_word_of_a_script_is_played_in_its_speakers_voice(events):
    spoken = []
    speak = events.backend.speaker.speak
    events.backend.speaker.speak = lambda request: spoken.append(request) or speak(request)
    events.hear(event("recieved", "/ɹᵻsˈivd/"), *SCRIPT)
    assert (spoken[0].text, spoken[0].voice) == ("recieved", "bf_emma")


def test_a_fix_in_a_script_removes_the_word_from_the_table(events):
    table, lexicon, _ = events.keep(event(), *SCRIPT)
    assert lexicon == "Zyxon = /zˈɪks/"
    assert 'data-word="Zyxon"' not in table
