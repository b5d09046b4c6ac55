"""The times of words and sounds, with the first voice and real pronunciations."""

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kokoro_demo import SpeechRequest, generate_audio, timeline
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import RequestError
from kokoro_demo.synthesis.synthesizer import Synthesizer

PARAGRAPH = (
    "“Where were you,” asked Dr. Smith at 5:30 p.m., “when the lamps went out?” Nobody spoke; the $20 note lay on the "
    "table, beside a [tomato](/təmˈɑTO/) & a <cup>. Then a very long sentence went on and on without any mark at all "
    "until it had filled more than one caption could ever hold of it and still it did not come to its end.\n\nThe end."
)
sentences = st.lists(
    st.sampled_from(
        [
            "Hello there.",
            "One, two; three!",
            "(A $5 bill.)",
            "Is it?",
            "—",
            "“Quite so,” she said.",
            "3.14",
            "WWW",
            "the",
        ]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@pytest.fixture(scope="module")
def speech():
    return generate_audio(PARAGRAPH, checkpoint="builtin")


def well_ordered(intervals, duration):
    assert all(interval.end > interval.start for interval in intervals)
    assert all(one.end <= other.start for one, other in itertools.pairwise(intervals))
    assert not intervals or (intervals[0].start >= 0 and intervals[-1].end <= duration + 1e-6)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sentences, st.sampled_from([0.5, 1.0, 2.0]))
def test_everything_is_in_order_and_within_the_speech(text, speed):
    try:
        speech = generate_audio(text, speed=speed, checkpoint="builtin")
    except RequestError:  # a dash alone
        return
    line = speech.timeline
    words, sounds, pieces = timeline.word_intervals(line), timeline.sound_intervals(line), timeline.captions(line)
    for intervals in (words, sounds, pieces):
        well_ordered(intervals, speech.duration)
    for tier in (words, sounds):
        whole = timeline.with_silences(tier, speech.duration)
        assert whole[0].start == 0
        assert whole[-1].end == pytest.approx(speech.duration, abs=1e-6)
        assert all(one.end == other.start for one, other in itertools.pairwise(whole))
    assert "".join(sound.text for sound in sounds) == re.sub(r"[\s;:,.!?—…\"()“”]", "", speech.phonemes)
    letters = lambda text: re.sub(r"\W", "", text)  # noqa: E731
    assert letters("".join(piece.text for piece in pieces)) == letters(text)


def test_words_have_the_times_of_their_own_sounds(speech):
    words, sounds = timeline.word_intervals(speech.timeline), timeline.sound_intervals(speech.timeline)
    for word in words:
        assert any(sound.start >= word.start and sound.end <= word.end for sound in sounds), word
    starts = {round(sound.start, 6) for sound in sounds}
    assert all(round(word.start, 6) in starts for word in words)
    first = speech.chunks[0]
    frames = [round((end - start) * 40, 3) for start, end in first.timings]
    assert frames[:-4] == list(first.durations[1:-5]), "exact to the frame, where no silence was cut"


def test_captions_can_be_read(speech):
    pieces = timeline.captions(speech.timeline)
    assert len(pieces) >= 5
    for piece in pieces:
        lines = piece.text.split("\n")
        assert len(lines) <= timeline.LINES
        assert max(map(len, lines)) <= timeline.LINE
    assert pieces[-1].text == "The end."
    assert "tomato & a <cup>" in " ".join(piece.text.replace("\n", " ") for piece in pieces)


@pytest.mark.parametrize("phonemes", ["həlˈO wˈɜɹld.", "..."])
def test_phonemes_alone_have_captions_if_they_have_words(phonemes):
    request = SpeechRequest("", phonemes=phonemes, voice="af_heart_small")
    speech = Synthesizer(load_checkpoint("builtin")).speak(request)
    assert [piece.text for piece in timeline.captions(speech.timeline)] == [phonemes] * phonemes[0].isalpha()


def test_given_phonemes_are_shown_in_place_of_the_text():
    request = SpeechRequest("Something else.", phonemes="həlˈO wˈɜɹld.", voice="af_heart_small")
    speech = Synthesizer(load_checkpoint("builtin")).speak(request)
    assert [piece.text for piece in timeline.captions(speech.timeline)] == ["həlˈO wˈɜɹld."]


def test_brackets_that_are_no_marks_are_shown():
    speech = generate_audio("He wrote [sic] there. [pause:0.2s] Then left.", checkpoint="builtin")
    assert [piece.text for piece in timeline.captions(speech.timeline)] == ["He wrote [sic] there.", "Then left."]


def test_unspoken_symbols_do_not_fill_the_screen():
    pieces = timeline.captions(generate_audio("Hello " + "☃ " * 80 + "there.", checkpoint="builtin").timeline)
    assert all(piece.text.count("\n") < timeline.LINES for piece in pieces)
    assert sum(piece.text.count("☃") for piece in pieces) == 80


def test_srt(speech):
    blocks = timeline.srt(speech.timeline).strip().split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [str(number + 1) for number in range(len(blocks))]
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}", block.split("\n")[1]) for block in blocks)


def test_vtt_escapes_what_would_be_markup(speech):
    made = timeline.vtt(speech.timeline)
    assert made.startswith("WEBVTT\n\n")
    assert "&amp; a &lt;cup&gt;" in made.replace("\n", " ")
    assert "<" not in made


def test_textgrid(speech):
    made = timeline.textgrid(speech.timeline)
    assert made.startswith('File type = "ooTextFile"\nObject class = "TextGrid"\n')
    times = [float(value) for value in re.findall(r"xmin = ([\d.]+)", made)]
    assert max(times) < speech.duration
    for size, body in re.findall(r"intervals: size = (\d+)\n((?:        {1,2}.*\n)*?)(?=    item|\Z)", made):
        assert int(size) == body.count("intervals [")
    assert 'text = "Smith"' in made


def test_quotation_marks_are_doubled_in_a_textgrid():
    speech = generate_audio("nail", checkpoint="builtin")
    quoted = replace(speech, words=(replace(speech.words[0], text='5" nail'),))
    assert 'text = "5"" nail"' in timeline.textgrid(quoted.timeline)


def test_json_tells_everything(speech):
    made = speech.details()
    assert made["fingerprint"] == speech.fingerprint
    assert [word["text"] for word in made["words"]] == [word.text for word in speech.words]
    assert made["words"][0]["end"] > made["words"][0]["start"] >= 0
    assert made["captions"][-1]["text"] == "The end."
