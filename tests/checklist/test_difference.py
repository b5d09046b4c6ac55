"""Where phonemes differ, and what does not count as a difference."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.checklist.difference import MAX_ALIGNED, align, compare, marked
from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS

phonemes = st.text(alphabet=sorted(SYMBOLS), max_size=30)


def difference(expected, actual, language="en-us"):
    return marked(compare(expected, actual, language))


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("ɹˈɛd", "ɹˈɛd"),
        (" /ɹˈɛd/ ", "ɹˈɛd"),
        ("[ɹˈɛd]", "ɹˈɛd"),
        ("həˈloʊ ˈðɛr", "həlˈO, ðˈɛɹ."),  # plain IPA; no punctuation
        ("həlˈO, ðˈɛɹ.", "həlˈO, ðˈɛɹ."),
        ("həlˈO  ðˈɛɹ", "həlˈO—ðˈɛɹ"),
        ("/θɪŋ/", "θˈɪŋ"),  # a dictionary gives one syllable no stress
        ("t͡ʃɜːt͡ʃ", "ʧˈɜɹʧ"),
        ("ˈɡoʊ", "ɡˈO"),
        ("/ˈwɔdə(r)/", "wˈɔdəɹ"),  # a sound that may be left out
        ("/ˈwɔdə(r)/", "wˈɔdə"),
        ("(h)ɜɹ", "hɜɹ"),
        ("(h)ɜɹ ˈbʌt(ə)n", "ɜɹ bˈʌtn"),
        ("(hˈI) ðˈɛɹ", "(hˈI) ðˈɛɹ"),  # not a sound, but a text in brackets
    ],
)
def test_the_same_sound_in_another_notation_is_the_same(expected, actual):
    assert all(segment.same for segment in compare(expected, actual, "en-us"))


@pytest.mark.parametrize(
    ("expected", "actual", "shown"),
    [
        ("ɹˈɛd", "ɹˈid", "ɹˈ[ɛ|i]d"),
        ("ɡʊdbˈI", "ɡˌʊdbˈI", "ɡ[|ˌ]ʊdbˈI"),
        ("kˈʌləɹ", "kˈʌlə", "kˈʌlə[ɹ|]"),
        ("ˈɑbʤɛkt", "əbʤˈɛkt", "[ˈɑ|ə]bʤ[|ˈ]ɛkt"),
        ("həlˈO.", "həlˈO!", "həlˈO[.|!]"),
        ("ɪn ðə", "ɪnðə", "ɪn[ |]ðə"),
        ("hˈI", "", "[hˈI|]"),
        ("wˈɔtə(ɹ)", "wˈɔdə", "wˈɔ[t|d]ə"),
        ("ə(ɹ)" * 9, "ə" * 9, "əəəə" + "ə[(ɹ)|]" * 5),
    ],
)
def test_differences_are_marked_symbol_by_symbol(expected, actual, shown):
    assert difference(expected, actual) == shown


def test_plain_ipa_means_what_the_language_says():
    assert difference("ɡəʊ", "ɡQ", "en-gb") == "ɡQ"
    assert difference("ɡəʊ", "ɡQ", "en-us") == "ɡ[O|Q]"


@pytest.mark.parametrize(
    ("expected", "message"), [("xyz1", r"1 \(U\+0031\)"), ("//", "no phonemes"), ("?!", "no phonemes")]
)
def test_an_expectation_that_nothing_can_match_is_an_error(expected, message):
    with pytest.raises(RequestError, match=message):
        compare(expected, "ɹˈɛd", "en-us")


@settings(deadline=None)
@given(phonemes, phonemes)
def test_segments_contain_both_sides_completely_and_alternate(expected, actual):
    segments = align(expected, actual)
    assert "".join(segment.expected for segment in segments) == expected
    assert "".join(segment.actual for segment in segments) == actual
    kinds = [segment.same for segment in segments]
    assert all(this != other for this, other in pairwise(kinds))
    assert (expected == actual) == all(kinds)


@settings(deadline=None)
@given(phonemes, phonemes, phonemes)
def test_only_inserted_symbols_are_marked(before, inserted, behind):
    differing = [segment for segment in align(before + behind, before + inserted + behind) if not segment.same]
    assert sum(len(segment.actual) for segment in differing) == len(inserted)


@pytest.mark.parametrize("language", ["en-us", "en-gb"])
@pytest.mark.parametrize(
    "text", ["I read it yesterday.", "“Water,” she said — the bottle’s button!", "Xylquith Nguyen"]
)
def test_the_pronunciation_of_a_text_is_a_valid_expectation(text, language):
    read = phonemize(text, language).phonemes
    assert all(segment.same for segment in compare(read, read, language))


def test_very_long_differences_are_marked_as_a_whole():
    side = int(MAX_ALIGNED**0.5) + 1
    assert len(align("a" + "b" * side + "c", "a" + "d" * side + "c")) == 3
