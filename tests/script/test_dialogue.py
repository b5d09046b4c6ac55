"""Several voices in one text: who speaks what; and none of the text is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.pronouncing import pronounce_without_model
from kokoro_demo.script.cast import MAX_SPEAKERS, cast_lines, parse_cast
from kokoro_demo.script.segments import MAX_SEGMENTS
from kokoro_demo.speech import SpeechRequest

CAST = {"Emma": "bf_emma", "Tom": {"voice": "am_adam(2)+am_echo", "speed": 1.1}}


def segments(text, cast=CAST):
    script = SpeechRequest(text, cast=cast).script
    return [(segment.speaker, segment.voice, segment.speed, segment.traced.text.strip()) for segment in script.segments]


@pytest.mark.parametrize(
    "head",
    ["Emma:", "EMMA :", "**Emma:**", "**Emma**:", "*Emma*:", "- Emma:", "Emma (softly):", "  emma：", "__Emma__:"],
)
def test_a_line_that_begins_with_a_name_of_the_cast_is_spoken_by_its_voice(head):
    assert segments(f"{head} Good morning.") == [("Emma", "bf_emma", 1.0, "Good morning.")]


def test_a_turn_lasts_until_the_next_name_or_an_empty_line():
    text = "Once.\nEmma: Hello.\nStill me.\nTom: Hi: you.\n\nThey left."
    assert segments(text) == [
        ("", "", 1.0, "Once."),
        ("Emma", "bf_emma", 1.0, "Hello.\nStill me."),
        ("Tom", "am_adam(2)+am_echo", 1.1, "Hi: you."),
        ("", "", 1.0, "They left."),
    ]


def test_marks_change_the_voice_and_the_speed_to_the_end_of_the_turn():
    text = "A [voice:bf_emma]b [speed:1.5]c[/speed] d[/voice] e.\nTom: f [voice:Emma]g [speed:2]h\nTom: i"
    assert segments(text) == [
        ("", "", 1.0, "A"),
        ("", "bf_emma", 1.0, "b"),
        ("", "bf_emma", 1.5, "c"),
        ("", "bf_emma", 1.0, "d"),
        ("", "", 1.0, "e."),
        ("Tom", "am_adam(2)+am_echo", 1.1, "f"),
        ("Emma", "bf_emma", 1.0, "g"),
        ("Emma", "bf_emma", 2.0, "h"),
        ("Tom", "am_adam(2)+am_echo", 1.1, "i"),
    ]


@pytest.mark.parametrize(
    ("text", "cast"),
    [("Note: this is it.", ""), ("Note: this is it.", "Emma = bf_emma"), ("[voice](af_heart) [speed] [pause:1s]", "")],
)
def test_a_plain_text_is_not_a_script(text, cast):
    assert SpeechRequest(text, cast=cast).script is None


@pytest.mark.parametrize(
    ("cast", "why"),
    [
        ("Emma bf_emma", "Line 1 of the cast"),
        ("Emma = bf_emma, quick", "number from"),
        ("Emma =", "belongs a voice"),
        ("= bf_emma", "name has"),
        ("Emma = a(b)(c)", "not part of a blend"),
        ({"Emma": 3}, "must be a string"),
        ({"Emma": {"voice": "bf_emma", "speed": float("nan")}}, "number from"),
        ({"E\nm = x": "bf_emma"}, "name has"),
        ([1], "must be lines"),
        ("\n".join(f"Name{n} = bf_emma" for n in range(MAX_SPEAKERS + 1)), "at most|can have"),
    ],
)
def test_an_invalid_cast_is_refused_with_the_reason(cast, why):
    with pytest.raises(RequestError, match=why):
        SpeechRequest("Hi.", cast=cast)


@pytest.mark.parametrize("text", ["a [speed:fast] b", "a [speed:99] b", "a\n[voice:x(y)(z)] b"])
def test_a_mark_that_cannot_be_read_is_refused_with_its_line(text):
    with pytest.raises(RequestError, match=r"Line [12] of the text"):
        pronounce_without_model(SpeechRequest(text))


def test_too_many_changes_are_refused():
    with pytest.raises(RequestError, match="at most"):
        pronounce_without_model(SpeechRequest("[voice:af_sky]a [voice:af_heart]b " * MAX_SEGMENTS))
    with pytest.raises(RequestError, match="voices"):
        pronounce_without_model(SpeechRequest(" ".join(f"[voice:af_{letter}]a" for letter in "abcdefghijklmnopqrs")))


def test_lines_are_pronounced_in_their_voices_accent():
    reading = pronounce_without_model(SpeechRequest("Emma: The bath.\nTom: The bath.", cast=CAST))
    assert reading.phonemes == "ðə bˈɑːθ. ðə bˈæθ."
    one_accent = pronounce_without_model(SpeechRequest("Emma: The bath.\nTom: The bath.", cast=CAST, language="en-us"))
    assert one_accent.phonemes == "ðə bˈæθ. ðə bˈæθ."


def test_a_warning_names_the_place_in_the_whole_text():
    reading = pronounce_without_model(SpeechRequest("One.\nEmma: Two [pause:99s] three.", cast=CAST))
    assert any(warning.startswith("Line 2, character 11:") for warning in reading.warnings)


pieces = st.sampled_from(
    ["Emma: ", "Tom: ", "\n", "\n\n", "[voice:bf_emma]", "[voice:Tom]", "[/voice]", "[speed:1.5]", "[/speed]", "[", "<",
     "Hello there. ", "a b ", "$5 ", "[Kokoro](/kˈOkəɹO/) ", "[pause:1s]", "**", ": ", "é", "it cost 3% ", "!"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(pieces, min_size=1, max_size=25).map("".join).filter(str.strip))
def test_the_words_of_a_script_have_their_spans_in_text_and_phonemes(text):
    reading = pronounce_without_model(SpeechRequest(text, cast=CAST))
    for word in reading.words:
        first, last = word.phoneme_span
        assert text[slice(*word.span)] == word.text
        if word.phonemes:
            assert reading.phonemes[first:last].replace(" ", "").startswith(word.phonemes.split(" ")[0])
    starts = [word.span[0] for word in reading.words]
    assert starts == sorted(starts)
    for part in reading.parts:
        for (start, end), word in zip(part.places, reading.words[slice(*part.words)], strict=True):
            # A mark may lie within a word.
            assert part.text[start:end] == word.text or "[" in word.text
    assert all(0 <= pause.position <= len(reading.phonemes) for pause in reading.pauses)


@given(st.text(max_size=80))
def test_any_cast_is_read_or_refused(lines):
    try:
        roles = parse_cast(lines)
    except RequestError:
        return
    assert parse_cast(cast_lines({role.name: role._asdict() for role in roles.values()})) == roles
