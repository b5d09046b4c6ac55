"""Saving fixes for words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import phonemize
from kokoro_demo.ui.words.fixing import checked, fixed_in_lexicon, fixed_in_text, written

TEXT = "Dr. Nguyen's cat, [Kokoro](/kˈOkəɹO/), paid $5\nfor O'Brien's x-ray."


@settings(deadline=None)
@given(st.integers(0, 20), st.sampled_from(["wˈɪn", "həlˈO ðˈɛɹ"]))
def test_a_fix_in_the_text_applies_and_the_rest_is_unchanged(at, phonemes):
    words = phonemize(TEXT).words
    word = words[at % len(words)]
    fixed = phonemize(fixed_in_text(TEXT, word, phonemes)).words
    assert len(fixed) == len(words)
    assert (fixed[at % len(words)].phonemes, fixed[at % len(words)].source) == (phonemes, "fix")
    assert [written(word) for word in fixed] == [written(word) for word in words]


def test_a_fix_in_the_lexicon_replaces_the_earlier_one():
    word = phonemize("Nguyen and Kokoro").words[0]
    lexicon = fixed_in_lexicon("# mine\nNguyen = win\nKokoro = koko", word, "wˈɪn")
    assert lexicon == "# mine\nKokoro = koko\nNguyen = /wˈɪn/"
    assert phonemize("Nguyen", "en-us", lexicon).phonemes == "wˈɪn"


@pytest.mark.parametrize("phonemes", ["", "  ", "wˈɪ/n", "wʘn", "<b>", "a" * 401, "a/)[x](/b"])
def test_an_invalid_fix_is_refused(phonemes):
    with pytest.raises(RequestError):
        checked(phonemes, "en-us")


def test_spaces_and_lines_in_a_fix_become_single_spaces():
    assert checked(" wˈɪn\n wˈɪn ", "en-us") == "wˈɪn wˈɪn"


@pytest.mark.parametrize(
    ("typed", "phonemes"),
    [
        ("koh-KOH-roh", phonemize("word", "en-us", "word = koh-KOH-roh").phonemes),
        ("Nguyen", phonemize("Nguyen").phonemes),
        ("win Dixie", phonemize("word", "en-us", "word = win Dixie").phonemes),
        ("/wˈɪn/", "wˈɪn"),
        ("win", "win"),  # all of them are phonemes
    ],
)
def test_a_fix_may_be_spelled_as_it_sounds(typed, phonemes):
    assert checked(typed, "en-us") == phonemes
    assert checked(phonemes, "en-us") == phonemes
