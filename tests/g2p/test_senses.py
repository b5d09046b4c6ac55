"""The model that chooses among the senses of a heteronym."""

from __future__ import annotations

import numpy as np
import pytest

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.english.context import Sentence, grammar_features, topic_features
from kokoro_demo.g2p.english.senses import FROM_DICTIONARY, MODEL, TABLE, Choice, Weights, choice_of, choose

SENTENCE = Sentence(["The", "Bow", "bent"], ["the", "bow", "bent"], ["DT", "NN", "VBD"], [False, False, False])


def rows() -> list[list[str]]:
    return [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]


def test_every_word_of_the_table_has_two_senses_in_the_alphabet() -> None:
    words = [word for word, *_ in rows()]
    assert all(words.count(word) >= 2 for word in words)
    for _, _, american, british, label in rows():
        assert label
        assert (american == FROM_DICTIONARY) == (british == FROM_DICTIONARY)
        assert american == FROM_DICTIONARY or set(american + british) <= set(SYMBOLS)
        assert not set(american) & set("ː")
        assert not set(british) & set("æOᵻT")


def test_a_word_with_one_pronunciation_leaves_no_choice() -> None:
    assert choice_of("cat", "NN", {"DEFAULT": "kˈæt"}, False, "kˈæt") is None
    assert choice_of("abstract", "NN", None, False, None) is None


def test_the_noun_is_found_wherever_the_dictionary_keeps_it() -> None:
    choice = choice_of("diffuse", "VB", {"ADJ": "dəfjˈus", "DEFAULT": "dəfjˈuz"}, False, "dəfjˈuz")
    assert choice == Choice("diffuse", {"other": "dəfjˈus", "verb": "dəfjˈuz"}, "verb")


@pytest.mark.parametrize("by_rule", ["knot", "bend"])
def test_without_evidence_the_rules_decide(by_rule: str) -> None:
    pronunciations = {"knot": "bˈO", "bend": "bˈW"}
    nothing = Weights(np.array([0], dtype=np.uint32), np.array([0], dtype=np.int8), 1.0)
    assert choose(Choice("bow", pronunciations, by_rule), SENTENCE, 1, nothing) == pronunciations[by_rule]


def test_features_may_extend_beyond_the_text() -> None:
    for index in range(3):
        assert len(set(grammar_features(SENTENCE, index))) > 20
    assert list(topic_features(SENTENCE.small, 2)) == ["topic the", "near the", "topic bow", "near bow"]


def test_both_accents_choose_the_same_sense() -> None:
    text = "The bass player caught a bass."
    assert [word.phonemes for word in phonemize(text, "en-us").words if word.text == "bass"] == ["bˈAs", "bˈæs"]
    assert [word.phonemes for word in phonemize(text, "en-gb").words if word.text == "bass"] == ["bˈAs", "bˈas"]


def test_the_model_stays_small() -> None:
    assert MODEL.stat().st_size < 400_000
