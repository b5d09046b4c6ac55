from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.ipa import from_espeak

WORDS = ["of", "the", "I", "am", "button", "Wroclaw", "chirr", "hour", "xylophone", "3,5"]


def test_words_passed_separately_stay_separate() -> None:
    assert all(" " not in phonemes and phonemes for phonemes in transcribe(["of", "the", "in", "the"], "en-us"))


def test_an_empty_text_is_silent_and_shifts_no_other() -> None:
    phonemes = transcribe(["one", "", "two", "  ", "three"], "en-us")
    assert [bool(each) for each in phonemes] == [True, False, True, False, True]
    assert phonemes[4] == transcribe(["three"], "en-us")[0]


def test_a_word_of_any_length_is_read_to_its_end() -> None:
    short, long = transcribe(["na" * 10, "na" * 1000], "en-us")
    assert len(long) > 50 * len(short)


def test_a_comma_between_digits_is_a_decimal_comma() -> None:
    assert len(transcribe(["3,5"], "es")[0].split()) == 3


@pytest.mark.parametrize("language", ["en-us", "en-gb"])
def test_english_is_returned_in_kokoros_alphabet(language: str) -> None:
    for ipa in transcribe(WORDS, language):
        assert set(from_espeak(ipa, language)) <= set(SYMBOLS)


@pytest.mark.parametrize(
    ("word", "american", "british"),
    [
        ("zobo", "zˈObO", "zˈQbQ"),
        ("glyster", "ɡlˈɪstəɹ", "ɡlˈɪstə"),
        ("fleading", "flˈidɪŋ", "flˈiːdɪŋ"),
        ("tweaster", "twˈistəɹ", "twˈiːstə"),
    ],
)
def test_espeak_is_mapped_to_each_accent(word: str, american: str, british: str) -> None:
    assert from_espeak(transcribe([word], "en-us")[0], "en-us") == american
    assert from_espeak(transcribe([word], "en-gb")[0], "en-gb") == british


def test_eight_threads_get_the_same_as_one() -> None:
    jobs = [(word, language) for word in WORDS for language in ("en-us", "fr-fr", "es", "en-gb")] * 10
    alone = [transcribe([word], language) for word, language in jobs]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda job: transcribe([job[0]], job[1]), jobs))
    assert together == alone
