from __future__ import annotations

import pytest

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.ipa import from_ipa, nearest, unknown_symbols_warning


@pytest.mark.parametrize(
    ("plain", "american"),
    [
        ("həˈloʊ", "həlˈO"),
        ("ˈtʃɜːrtʃ", "ʧˈɜɹʧ"),
        ("dʒʌdʒ", "ʤʌʤ"),
        ("t͡ʃiːz", "ʧiz"),
        ("taɪm", "tIm"),
        ("naʊ", "nW"),
        ("bɔɪ", "bY"),
        ("deɪ", "dA"),
        ("ˈbʌtɚ", "bˈʌtəɹ"),
        ("bɝd", "bɜɹd"),
        ("ɡoʊ", "ɡO"),
        ("go", "ɡO"),
        ("rɛd", "ɹɛd"),
        ("foʊr", "fɔɹ"),
        ("ˈbʌtn̩", "bˈʌtᵊn"),
        ("ˈlɪtl̩", "lˈɪtᵊl"),
        ("'wɔːtər", "wˈɔtəɹ"),
        ("ˈsɪɾi", "sˈɪTi"),
        ("ˌʌndərˈstænd", "ˌʌndəɹstˈænd"),
    ],
)
def test_plain_ipa_is_converted_to_kokoros_alphabet(plain: str, american: str) -> None:
    assert from_ipa(plain, "en-us") == american


@pytest.mark.parametrize(
    ("plain", "british"),
    [("həˈləʊ", "həlˈQ"), ("bɜːd", "bɜːd"), ("ˈskweə", "skwˈɛː"), ("kæt", "kat"), ("ɡoʊ", "ɡQ")],
)
def test_british_ipa_keeps_its_length(plain: str, british: str) -> None:
    assert from_ipa(plain, "en-gb") == british


@pytest.mark.parametrize("language", ["en-us", "en-gb"])
def test_our_own_phonemes_stay_as_they_are(language: str) -> None:
    for word in phonemize("Butter, kitten: the quick brown fox's northern church thought about it.", language).words:
        assert from_ipa(word.phonemes, language) == word.phonemes


def test_nasal_vowels_and_cedilla_survive() -> None:
    assert from_ipa("bɔ̃ʒuʁ", "fr-fr") == "bɔ\u0303ʒuʁ"
    assert from_ipa("iç", "es") == "iç"


@pytest.mark.parametrize(("symbol", "near"), [("ʐ", "ʒ"), ("ɘ", "ə"), ("ħ", "h"), ("ß", "β"), ("ā", "a")])
def test_the_nearest_symbols_are_suggested(symbol: str, near: str) -> None:
    assert near in nearest(symbol)


def test_the_warning_names_symbol_code_and_similar_symbols() -> None:
    warning = unknown_symbols_warning("ʐ漢", "of “x”")
    assert "ʐ (U+0290, nearest: ʒ" in warning
    assert "漢 (U+6F22)" in warning
