"""Kokoro's phonemes as plain IPA."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.english.dictionary import file_of
from kokoro_demo.g2p.ipa import from_ipa
from kokoro_demo.g2p.plain_ipa import ipa_sounds, to_ipa
from kokoro_demo.languages import LANGUAGES


@pytest.mark.parametrize(
    ("language", "kokoro", "ipa"),
    [
        ("en-us", "həlˈO", "həˈloʊ"),
        ("en-us", "kwˈɛsʧᵊn", "ˈkwɛst͡ʃn̩"),
        ("en-us", "ˌæstɹənˈɑməkᵊl", "ˌæstɹəˈnɑməkl̩"),
        ("en-us", "kənstɹˈʌkt", "kənˈstɹʌkt"),
        ("en-us", "ˈætləs ˈæθlˌit", "ˈætləs ˈæθˌlit"),
        ("en-us", "bˈæŋəɹ", "ˈbæŋəɹ"),
        ("en-us", "ɪŋˈɑɹ", "ɪŋˈɑɹ"),
        ("en-us", "ɡlˈæsblˌO", "ˈɡlæsˌbloʊ"),
        ("en-us", "ɪmpjˈuT", "ɪmˈpjuɾ"),
        ("en-us", "ɹˈOzᵻz, wˈɛl!", "ˈɹoʊzɪ̈z, ˈwɛl!"),
        ("en-us", "dɹˈɔɪŋ dɹˈYd", "ˈdɹɔ.ɪŋ ˈdɹɔɪd"),
        ("en-us", "θˈɪŋ—“wˈɛl”", "ˈθɪŋ—“ˈwɛl”"),
        ("en-gb", "bˈɑːθ kˈat ɡˈQt", "ˈbɑːθ ˈkæt ˈɡəʊt"),
        ("es", "ˈIɾe kˈWsa", "ˈaɪ̯ɾe ˈkaʊ̯sa"),
        ("it", "pˈiʦːa", "ˈpit͡sːa"),
        ("fr-fr", "bɔ̃ʒˈuʁ", "bɔ̃ˈʒuʁ"),
        ("zh", "ni↓xau↓", "ni˨˩˦xau˨˩˦"),
        ("en-us", "", ""),
    ],
)
def test_the_stress_is_before_the_syllable_and_every_symbol_is_ipa(language, kokoro, ipa):
    assert to_ipa(kokoro, language) == ipa


@pytest.mark.parametrize(("language", "accent"), [("en-us", "us"), ("en-gb", "gb")])
def test_the_dictionary_survives_conversion_to_ipa_and_back(language, accent):
    lines = gzip.decompress(file_of(accent, "gold").read_bytes()).decode().splitlines()
    entries = [line.split("\t")[1] for line in lines]
    single = [phonemes for phonemes in entries if not phonemes.startswith("{")][::29]
    lost = [word for word in single if from_ipa(to_ipa(word, language).replace(".", ""), language) != word]
    # American IPA merges OɹV and ʊəɹ, which a handful of rare words have.
    assert len(single) > 2000
    assert len(lost) < len(single) / 1000


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El perro grande aprende a hablar, aire, rey, causa, instrumento ciudad."),
        ("fr-fr", "Le petit chat est un animal extraordinaire, bonjour."),
        ("it", "La pizza è buona, maestro, ragazzo, aereo."),
        ("pt-br", "Eu não posso ir ao mercado, coração."),
        ("hi", "नमस्ते आप कैसे हैं"),
    ],
)
def test_other_languages_survive_it_too(language, text):
    phonemes = phonemize(text, language).phonemes
    assert from_ipa(to_ipa(phonemes, language), language) == phonemes


@given(st.text(alphabet=[*SYMBOLS, "ŋ", "ˈ", "b", "é", "<"]), st.sampled_from(LANGUAGES))
def test_every_symbol_lies_in_one_sound(phonemes, language):
    sounds = ipa_sounds(phonemes, language)
    assert "".join(sound.kokoro for sound in sounds) == phonemes
    assert all(sound.ipa for sound in sounds)
