"""What holds for every text: no error, every letter covered, and a second pass changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kokoro_demo.languages import LANGUAGES
from kokoro_demo.text import SpokenText, normalise

PUNCTUATION = set(";:,.!?—…()“”")
PIECES = (
    "Mr. Dr. St. U.S. e.g. etc. No. a.m. p.m. Ph.D. Jan. Mon. vs. $ € £ ¥ % ° & @ # + = - – — … . , : ; ! ? / "
    "\\ ( ) [ ] { } ' \" ’ “ ” ` * ** _ ~~ | > - 1. ## \n \n\n 1 12 123 1,234 3.14 1/2 ½ ² 10k 5G MP3 1990 "
    "1990s '80s 2nd 12:34 5pm 2023-01-01 3/4/2025 10-20 km kg m/s ft in mm °C 5'11\" I IV VIII Chapter Henry "
    "FBI NASA US OK STOP don't dogs' word Word camelCase snake_case a.b x@y.com https://a.b/c file.txt #tag "
    "@me [a](/b/) [a](+1) [a](b) [pause:1s] <break/> <b> &amp; 😀 é ﬁ Ω я 漢 \u0301 \u200b \xa0 \ue000 \ue001"
).split(" ")

texts = (
    st.text(max_size=60)
    | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
)


def check(spoken: SpokenText, text: str) -> None:
    assert spoken.written == text
    covered = bytearray(len(text))
    starts = [token.start for token in spoken.tokens]
    assert starts == sorted(starts)
    for token in spoken.tokens:
        assert 0 <= token.start < token.end <= len(text)
        covered[token.start : token.end] = b"\1" * (token.end - token.start)
        if token.kind == "punctuation":
            assert token.text in PUNCTUATION
        elif token.kind in ("word", "letters"):
            assert token.text.strip()
        else:
            assert token.text == ""
    missed = [c for c, done in zip(text, covered, strict=True) if c.isalnum() and not done]
    assert not missed
    assert all(isinstance(warning, str) and warning for warning in spoken.warnings)


@given(texts, st.sampled_from(LANGUAGES))
@settings(max_examples=150, deadline=None)
@example("\ue000[pause:1s]\ue001[a\ue002](/b/)", "en-us")
@example("\ud800 a", "en-us")
@example("re-run, 東京. 62", "en-us")
@example("3.510:301990s", "en-gb")
@example("1-800-5FLOWERS", "en-us")
def test_every_letter_and_digit_of_any_text_is_in_a_token(text: str, language: str) -> None:
    check(normalise(text, language), text)


# Pauses and pronunciations are not in the spoken text, and the words around them would be joined without them.
ORDINARY = tuple(piece for piece in PIECES if "break" not in piece and not set(piece) & set("[]{}|"))


@pytest.mark.slow
@given(st.lists(st.sampled_from(ORDINARY), max_size=10).map(" ".join), st.sampled_from(("en-us", "en-gb")))
@settings(max_examples=150, deadline=None)
@example("Mr. - 漢 –", "en-us")
@example("Chapter ` I", "en-us")
def test_normalising_the_spoken_text_changes_nothing(text: str, language: str) -> None:
    result = normalise(text, language)
    # Removing something may join words that it separated.
    assume(not result.warnings and all(token.kind != "silent" for token in result.tokens))
    once = result.spoken
    assert normalise(once, language).spoken == once


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    (
        "1 a A . [ ( ' \" - * _ ` # < & $ @ / | x "
        "é я 漢 😀 \u0301 \u200b ½ ² 1, 1. 1- 1/ 1: a. A. a- a_ a/ [a]( [a](/ **a <a &a; http:// a@ "
        "$1 #a 1x IV St. 'a a1 1e5 U.S. [pause: <break | > \n \n- (1"
    ).split(" "),
)
def test_long_repetitions_are_read(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    check(normalise(text, "en-us"), text)
