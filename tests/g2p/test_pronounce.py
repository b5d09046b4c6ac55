"""The whole front end: spans, sources, spaces, warnings; and properties of any text."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import PUNCTUATION, SYMBOLS
from kokoro_demo.g2p.pronunciation import Pause

LANGUAGES = ["en-us", "en-gb", "es", "fr-fr", "hi", "it", "pt-br"]
PIECES = ["the ", "don't", "[a](/b/)", "[x](+1)", "3.5", "U.S.", "Łódź", "rock-n-roll", "-", "10:30", "NASA", "१२"]
ANY_TEXT = st.text(max_size=80) | st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join)


def test_marks_survive_and_words_stay_apart() -> None:
    assert phonemize("Of the (best): “yes!” — no… ok?").phonemes == "ˌʌv ðə (bˈɛst): “jˈɛs!” — nˈO… ˌOkˈA?"


def test_words_have_their_spans_in_text_and_phonemes() -> None:
    text = "It cost $5, a well-known daisy-chain."
    pronunciation = phonemize(text)
    for word in pronunciation.words:
        assert text[slice(*word.span)] == word.text
        assert pronunciation.phonemes[slice(*word.phoneme_span)] == word.phonemes
    assert [(word.text, word.phonemes) for word in pronunciation.words[2:]] == [
        ("$5", "fˈIv dˈɑləɹz"),
        ("a", "ɐ"),
        ("well-known", "wˌɛlnˈOn"),
        ("daisy-chain", "dˌAziʧˈAn"),
    ]


@pytest.mark.parametrize(
    ("word", "source"),
    [("cat", "dictionary"), ("sandworms", "rule"), ("FBI", "spelled"), ("blorptang", "espeak"), ("[cat](dog)", "fix")],
)
def test_every_word_names_its_source(word: str, source: str) -> None:
    assert phonemize(word).words[0].source == source


def test_a_pause_is_placed_before_the_next_phoneme() -> None:
    pronunciation = phonemize("One [pause:0.5s] two.")
    assert pronunciation.pauses == (Pause(len("wˈʌn"), 0.5),)
    assert pronunciation.phonemes == "wˈʌn tˈu."


def test_unspeakable_text_is_reported() -> None:
    pronunciation = phonemize("good ไทย day 🙂")
    assert pronunciation.phonemes == "ɡˈʊd dˈA"
    assert "ไทย" in " ".join(pronunciation.warnings)


@given(ANY_TEXT, st.sampled_from(LANGUAGES))
@settings(deadline=None, max_examples=150)
def test_any_text_gives_symbols_and_true_spans(text: str, language: str) -> None:
    pronunciation = phonemize(text, language)
    assert set(pronunciation.phonemes) <= set(SYMBOLS)
    assert "  " not in pronunciation.phonemes
    covered: set[int] = set()
    for word in pronunciation.words:
        assert text[slice(*word.span)] == word.text
        covered.update(range(*word.span))
        stretch = pronunciation.phonemes[slice(*word.phoneme_span)]
        assert stretch == word.phonemes or set(stretch) & set(PUNCTUATION)
    assert all(index in covered for index, character in enumerate(text) if character.isalnum())


def test_eight_threads_get_the_same_as_one() -> None:
    texts = [f"{number} blorptangs read the zworkin {number} times to a frimble." for number in range(12)]
    jobs = [(text, language) for text in texts for language in ("en-us", "en-gb", "es")]
    alone = [phonemize(*job) for job in jobs]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda job: phonemize(*job), jobs)) == alone


@pytest.mark.parametrize("piece", ["9", "a", "[", "[a](", "zq", "A", "a-", "'", "é"])
def test_long_repetitions_are_read(piece: str) -> None:
    assert set(phonemize(piece * 2000).phonemes) <= set(SYMBOLS)


@pytest.mark.slow
def test_phonemizing_needs_neither_torch_nor_spacy() -> None:
    code = (
        "import sys; from kokoro_demo.g2p import phonemize; phonemize('Hello there, zyxel.');"
        "sys.exit(any(name in sys.modules for name in ('torch', 'spacy', 'misaki', 'gradio')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_each_word_names_the_rule_that_changed_it() -> None:
    rules = {word.text: word.rule for word in phonemize("Dr. Lee paid $5 on the 2nd.").words}
    assert rules == {"Dr.": "title", "Lee": "", "paid": "", "$5": "money", "on": "", "the": "", "2nd": "ordinal"}
