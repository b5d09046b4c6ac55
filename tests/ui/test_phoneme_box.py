"""The phoneme box without a browser: unknown symbols, the count, and the palette."""

import html
import re

import pytest

from kokoro_demo.errors import CheckpointError
from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.speech import MAX_CHARACTERS
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.phoneme_box.palette import PALETTE, palette_html
from kokoro_demo.ui.phoneme_box.phoneme_events import MAX_SHOWN, PhonemeEvents
from tests.ui.fakes import FakeBackend

EXAMPLES = [example for examples in PALETTE.values() for example in examples]


@pytest.fixture
def checking():
    return PhonemeEvents(FakeBackend())


def test_an_unknown_symbol_is_marked_in_place_and_its_nearest_is_named(checking):
    shown = checking.unknown("həlˈO wˈɜʘld", "af_heart", "")
    assert shown.count("<mark>ʘ</mark>") == 1
    assert 'data-place="9"' in shown
    assert "nearest: p" in shown
    assert checking.unknown("həlˈO, wˈɜɹld!", "af_heart", "") == ""
    assert checking.unknown(None, None, None) == ""


def test_many_unknown_symbols_are_counted_and_all_are_escaped(checking):
    shown = checking.unknown("<img src=x>é" + "ʘ" * 100, "nobody", "xx")
    assert "<img" not in shown
    assert shown.count("<mark>") == MAX_SHOWN
    assert "more" in shown
    assert f"{MAX_CHARACTERS + 1:,}" in checking.unknown("ʘ" * (MAX_CHARACTERS + 1), "af_heart", "")


@pytest.mark.parametrize(
    ("voice", "language", "count"), [("af_heart", "", 5), ("bf_emma", "", 5), ("bf_emma", "es", 6)]
)
def test_plain_ipa_is_counted_in_kokoros_symbols(checking, voice, language, count):
    assert f"{count} symbols" in checking.count("həˈləʊ", voice, language)


def test_more_than_510_are_reported_in_phrases(checking):
    assert "1,203 symbols, spoken in 11 phrases of at most 510" in checking.count("həlˈO wˈɜɹld. " * 86, "af_heart", "")
    assert "0 symbols" in checking.count(None, "af_heart", "")


def test_the_texts_own_phonemes_can_be_restored(checking):
    reading, phonemes, count, spoken, warnings = checking.from_text(
        *RequestFields("Hello ™ you.", edited="x", edited_for="Hello ™ you.")
    )
    assert (phonemes, spoken) == ("hello  you.", "Hello ™ you.")
    assert len(reading["items"]) == 2
    assert "11 symbols" in count
    assert "™" in warnings
    assert checking.from_text(*RequestFields(" "))[1] == ""
    assert "af_nobody" in checking.from_text(*RequestFields("Hi.", "af_nobody"))[4]


def test_phonemes_are_checked_even_if_no_voice_is_available(monkeypatch):
    backend = FakeBackend()

    def broken():
        raise CheckpointError("The first voice is damaged.")

    monkeypatch.setattr(backend, "synthesizer", broken)
    assert "ʘ" in PhonemeEvents(backend).unknown("ʘ", "bf_emma", "")
    assert "damaged" in PhonemeEvents(backend).from_text(*RequestFields("Hi.", "bf_emma"))[4]


def test_the_palette_has_every_symbol_once():
    symbols = [example.symbol for example in EXAMPLES]
    assert sorted(symbols) == sorted(set(SYMBOLS) - {" "})
    shown = palette_html()
    assert [html.unescape(symbol) for symbol in re.findall('data-symbol="([^"]+)"', shown)] == symbols


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.language], ids=str)
def test_the_example_word_of_a_symbol_contains_it(example):
    assert example.symbol in phonemize(example.word, example.language).phonemes
