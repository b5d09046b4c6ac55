"""The spoken text: words above their sounds, with unspoken text in its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.g2p import phonemize, read_phonemes
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.kana import sounds_of_kana
from kokoro_demo.languages import LANGUAGES
from kokoro_demo.pronouncing import pronounce_without_model
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.known_symbols import known_symbols
from kokoro_demo.ui.phoneme_box.example_words import WORDS_OF, example_of
from kokoro_demo.ui.spoken_text.word_items import MAX_PHONEMES, MAX_SHOWN, spoken_text_of


def shown(pronunciation):
    """The items in a short form, with dropped text and dropped symbols in brackets."""
    items = spoken_text_of(pronunciation, lambda voice: "en-us")["items"]
    return [
        f"<{item['dropped']}>"
        if "dropped" in item
        else item["text"] + " " + "".join(f"<{symbols}>" if left else symbols for symbols, _, left in item["sounds"])
        for item in items
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Hello ™ you.", ["Hello həlˈO", "<™>", "you ju."]),
        ("Hello you 🙂", ["Hello həlˈO", "you ju", "<🙂>"]),
        ("🙂", ["<🙂>"]),
        ("A “big” dog—no.", ["A ɐ", "big “bˈɪɡ”", "dog dˈɔɡ—", "no nˈO."]),
        ("$5, please", ["$5 fˈIv dˈɑləɹz,", "please plˈiz"]),
        ("[Nguyen](/wˈɪn/) sat", ["Nguyen wˈɪn", "sat sˈæt"]),
        ("Well வணக்கம் then", ["Well wˈɛl", "<வணக்கம்>", "then ðˈɛn"]),
        ("", []),
    ],
)
def test_words_have_their_phonemes_and_unspoken_text_keeps_its_place(text, items):
    assert shown(phonemize(text)) == items


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("həˈloʊ, wʘɜːld", ["həˈloʊ həlˈO,", "wʘɜːld w<ʘ>ɜɹld"]),
        ("ʘhˈI", ["ʘhˈI <ʘ>hˈI"]),
        ("hˈI🙂 jˈu", ["hˈI🙂 hˈI<🙂>", "jˈu jˈu"]),
        ("hˈI ʘ jˈu", ["hˈI hˈI", "<ʘ>", "jˈu jˈu"]),
        ("ʘ", ["<ʘ>"]),
    ],
)
def test_unknown_typed_symbols_are_shown_in_their_place(typed, items):
    assert shown(read_phonemes(typed, "en-us")) == items


def test_symbols_that_the_model_lacks_are_shown_in_their_place():
    spoken = known_symbols(phonemize("This thing, then."), set(SYMBOLS) - {"θ", "ð"}, {})
    assert shown(spoken) == ["This <ð>ˌɪs", "thing <θ>ˈɪŋ,", "then <ð>ˈɛn."]


def test_a_long_text_ends_with_a_count():
    data = spoken_text_of(phonemize("one " * (MAX_SHOWN + 7)), lambda voice: "en-us")
    assert (len(data["items"]), data["more"]) == (MAX_SHOWN, 7)
    (word,) = spoken_text_of(read_phonemes("a" * 20_000 + "ʘ", "en-us"), lambda voice: "en-us")["items"]
    assert len(word["sounds"]) <= MAX_PHONEMES + 2
    assert word["sounds"][-1][0] == "…"


def test_the_examples_are_in_the_spoken_language():
    data = spoken_text_of(phonemize("Buenos días, niño.", "es"), lambda voice: "en-us")
    assert data["examples"]["ɲ"] == "as in “niño”"
    assert data["examples"]["ˈ"] == "main stress, as in “mano”"
    assert data["examples"][","] == "comma"
    assert " " not in data["examples"]


def test_each_part_of_a_script_has_the_examples_of_its_own_language():
    request = SpeechRequest("Ann: Nine ™.\nDora: Niño.", cast="Ann = af_heart\nDora = ef_dora")
    data = spoken_text_of(pronounce_without_model(request), lambda voice: "es" if voice == "ef_dora" else "en-us")
    assert data["examples"]["ɲ"] == "as in “niño”"
    assert [item.get("dropped", item.get("text")) for item in data["items"]] == ["Nine", "™", "Niño"]


@given(st.text(alphabet="ab ,.™🙂—“”(1$ɪʘ\n[]/க"), st.sampled_from(["en-us", "es", "fr-fr"]))
def test_the_spoken_text_of_any_text_has_all_phonemes(text, language):
    for pronunciation in (phonemize(text, language), read_phonemes(text, language)):
        data = spoken_text_of(pronunciation, lambda voice: language)
        json.dumps(data)
        sounds = "".join(k for item in data["items"] for k, _, left in item.get("sounds", []) if not left)
        outside = {mark for mark in pronunciation.phonemes if mark in ' ;:,.!?—…"()“”'}
        assert "".join(c for c in sounds if c not in outside) == "".join(
            c for c in pronunciation.phonemes if c not in outside
        )


def test_every_symbol_of_the_alphabet_has_an_example_in_every_language():
    for language in LANGUAGES:
        assert all(example_of(symbol, language) for symbol in SYMBOLS if symbol != " ")
    assert example_of("ʘ", "en-us") == ""
    assert example_of("ø", "en-us") == "as in “peu” (French)"


@pytest.mark.parametrize("language", WORDS_OF)
def test_every_example_word_contains_its_symbol(language):
    for symbol, word in WORDS_OF[language].items():
        phonemes = sounds_of_kana(word) if language == "ja" else phonemize(word, language).phonemes
        assert symbol in phonemes, word


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en-us", "The quick brown fox jumps over the lazy dog, and nobody minds that it usually does."),
        ("en-gb", "The quick brown fox jumps over the lazy dog, and nobody minds that it usually does."),
        ("es", "El veloz murciélago hindú comía feliz cardillo y kiwi; la cigüeña tocaba el saxofón."),
        ("fr-fr", "Portez ce vieux whisky au juge blond qui fume une cigarette le soir."),
        ("it", "Pranzo d'acqua fa volti sghembi, e la gente mangia gli gnocchi."),
        ("pt-br", "Um pequeno jabuti xereta viu dez cegonhas felizes, não amanhã."),
    ],
)
def test_the_sounds_of_everyday_sentences_have_words_of_their_own_language(language, text):
    foreign = {c for c in phonemize(text, language).phonemes if c.isalpha() and c not in WORDS_OF[language]}
    assert foreign == set()
