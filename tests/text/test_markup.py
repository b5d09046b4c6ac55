"""The writer's own marks: pronunciations, stress, respellings and pauses."""

from __future__ import annotations

import pytest

from kokoro_demo.text import Token, normalise


def tokens(written: str) -> tuple[Token, ...]:
    return normalise(written, "en-us").tokens


def test_a_pronunciation_is_kept_as_typed_and_covers_its_mark() -> None:
    written = "Say [Kokoro](/kˈOkəɹO/)."
    say, kokoro, stop = tokens(written)
    assert (kokoro.text, kokoro.phonemes, kokoro.kind) == ("Kokoro", "kˈOkəɹO", "word")
    assert written[kokoro.start : kokoro.end] == "[Kokoro](/kˈOkəɹO/)"
    assert (say.phonemes, stop.text) == ("", ".")


def test_any_written_text_can_be_fixed() -> None:
    (five,) = tokens("[$5](/fˈIv bˈʌks/)")
    assert (five.text, five.phonemes) == ("five dollars", "fˈIv bˈʌks")


def test_the_text_around_a_fix_is_read_as_usual() -> None:
    ten, km = tokens("[10](/tˈɛn/) km")[:2]
    assert (ten.phonemes, ten.end) == ("tˈɛn", 12)
    assert km.start == 13
    doral, ending, *_ = tokens("[Doral](/doɹˈæl/)'s wife")
    assert (doral.text, ending.text, ending.space_before) == ("Doral", "'s", False)


@pytest.mark.parametrize(
    ("mark", "stress"), [("+1", 1), ("+2", 2), ("-1", -1), ("-2", -2), ("0.5", 0.5), ("-0.5", -0.5)]
)
def test_a_change_of_stress_applies_to_each_word(mark: str, stress: float) -> None:
    the, big, dog, ran = tokens(f"[the big dog]({mark}) ran")
    assert [token.stress for token in (the, big, dog, ran)] == [stress, stress, stress, None]
    assert (the.start, dog.end) == (0, 14 + len(mark) + 1)


def test_a_respelling() -> None:
    (nguyen,) = tokens("[Nguyen](win)")
    assert (nguyen.text, nguyen.respelling) == ("Nguyen", "win")


@pytest.mark.parametrize(
    ("mark", "seconds"),
    [
        ("[pause:0.5s]", 0.5),
        ("[pause:500ms]", 0.5),
        ("[pause: 2 s]", 2),
        ("[pause:1.25]", 1.25),
        ("[pause]", 0.5),
        ('<break time="500ms"/>', 0.5),
        ("<break time='1s' />", 1),
        ("<break/>", 0.5),
        ('<break strength="strong"/>', 0.7),
    ],
)
def test_pauses(mark: str, seconds: float) -> None:
    result = normalise(f"one {mark} two", "en-us")
    assert [(token.kind, token.seconds) for token in result.tokens] == [("word", 0), ("pause", seconds), ("word", 0)]
    assert result.spoken == "one two"
    assert result.warnings == ()


def test_a_pause_is_bounded() -> None:
    result = normalise("a [pause:3600s] b", "en-us")
    assert result.tokens[1].seconds == 10
    assert "10 seconds" in result.warnings[0]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("[pause:soon] go", "(pause: soon) go"),
        ("[word](/win go", "(word) (slash win go"),
        ("[x]() go", "(x) go"),
        ("[word](+9) go", "(word) (plus nine) go"),
    ],
)
def test_a_broken_mark_is_read_as_text_with_a_warning(written: str, spoken: str) -> None:
    result = normalise("Well,\n" + written, "en-us")
    assert result.spoken == f"Well, {spoken}"
    assert result.warnings[0].startswith("Line 2, character 1: ")


def test_a_markdown_link_is_not_a_mark() -> None:
    result = normalise("[here](/docs/page.html) and [there](https://x.org)", "en-us")
    assert result.spoken == "here and there"
    assert result.warnings == ()


def test_marks_work_in_any_language() -> None:
    juan, pause = normalise("[Juan](/xwˈan/)[pause:1s]", "es").tokens
    assert (juan.phonemes, pause.seconds) == ("xwˈan", 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Broken [markup](/xx here.", "Line 1, character 8"),
        ('Broken [markup](/xx and <break time="2s"/> ok.', "Line 1, character 8"),
        ("One [markup](/xx and [another](/tˈu/).", "Line 1, character 5"),
        ("It ends\nwith [word](", "Line 2, character 6"),
    ],
)
def test_an_unclosed_mark_gets_a_warning_with_its_position(text: str, place: str) -> None:
    assert any(place in warning for warning in normalise(text, "en-us").warnings)
