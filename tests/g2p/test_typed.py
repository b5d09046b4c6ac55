from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.g2p import phonemize, read_phonemes
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.typed import unknown_places


def test_plain_ipa_is_converted_and_words_have_spans_in_the_typed_text() -> None:
    typed = "həˈloʊ, wɜ:rld. ˈæl.ɪs"
    read = read_phonemes(typed, "en-us")
    assert read.phonemes == "həlˈO, wɜɹld. ˈælɪs"
    assert [typed[slice(*word.span)] for word in read.words] == ["həˈloʊ", "wɜ:rld", "ˈæl.ɪs"]
    assert [read.phonemes[slice(*word.phoneme_span)] for word in read.words] == ["həlˈO", "wɜɹld", "ˈælɪs"]
    assert {word.source for word in read.words} == {"fix"}


def test_unknown_symbols_are_left_out_and_named() -> None:
    read = read_phonemes("hʢˈɛl 漢", "en-us")
    assert read.phonemes == "hˈɛl"
    assert "ʢ" in read.warnings[0]
    assert "漢" in read.warnings[0]


@pytest.mark.parametrize("language", ["en-us", "en-gb", "es", "fr-fr", "hi", "it", "pt-br"])
def test_phonemes_from_the_phoneme_box_are_spoken_unchanged(language: str) -> None:
    text = {"hi": "नमस्ते दुनिया। मेरा नाम १२ है।"}.get(language, "Oh, “Alice” (no!) — 25 radio: the rest… ok?")
    phonemes = phonemize(text, language).phonemes
    assert read_phonemes(phonemes, language).phonemes == phonemes


@given(st.text(max_size=60), st.sampled_from(["en-us", "en-gb", "fr-fr"]))
def test_anything_typed_becomes_symbols_or_a_warning(typed: str, language: str) -> None:
    read = read_phonemes(typed, language)
    assert set(read.phonemes) <= set(SYMBOLS)
    for word in read.words:
        assert read.phonemes[slice(*word.phoneme_span)] == word.phonemes
        assert typed[slice(*word.span)] == word.text


def test_unknown_symbols_have_a_place() -> None:
    assert unknown_places("hʢˈɛl. 漢 é", "en-us") == [1, 7, 9]


@settings(deadline=None)
@given(
    st.text(max_size=60) | st.text("həlˈoʊ.:,ʘ\u0301éç漢 ʢ\u0329\u0361", max_size=30), st.sampled_from(["en-us", "hi"])
)
def test_only_left_out_symbols_are_listed_with_their_positions(typed: str, language: str) -> None:
    places = unknown_places(typed, language)
    warnings = read_phonemes(typed, language).warnings
    assert bool(places) == bool(warnings)
    rest = "".join(symbol for place, symbol in enumerate(typed) if place not in places)
    assert len(unknown_places(rest, language)) <= len(places)
