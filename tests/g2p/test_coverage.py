"""Words that no dictionary has, with their guesses, counts and places."""

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kokoro_demo.g2p.coverage as module
from kokoro_demo import phonemize
from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.coverage import CoverageSearch, coverage

SCRIPT = "Dr. Zyxon's dog sat.\n\nZYXON will recieve it,\nsaid zyxon of @zorbcorp."


def test_each_word_has_its_guess_count_and_first_place():
    result = coverage(SCRIPT)
    assert [(word.word, word.count, word.line, word.column) for word in result.words] == [
        ("zyxon", 3, 1, 5),
        ("recieve", 1, 3, 12),
        ("zorbcorp", 1, 4, 16),
    ]
    first = result.words[0]
    assert SCRIPT[first.start : first.end] == "Zyxon's"
    assert first.guess == phonemize("zyxon").phonemes
    assert first.context == "Dr. Zyxon's dog sat. ZYXON will recieve it"
    assert result.unknown == 5
    assert result.summary == f"3 words, used 5 times among {result.total}, are not in a dictionary."


def test_a_name_that_is_always_written_alike_keeps_its_capital():
    assert [word.word for word in coverage("Zyxon met Zyxon's son.").words] == ["Zyxon"]


def test_words_that_a_dictionary_a_rule_or_a_fix_covers_are_not_listed():
    text = "The cats unhappily re-read $5.20, NASA and FBI files; cooooool! GitHub, [Zyxon](/zˈɪks/)."
    result = coverage(text)
    assert result.words == ()
    assert result.summary == f"All {result.total} words are in a dictionary."
    assert coverage("Zyxon is here.", lexicon="zyxon = zicks on").words == ()


def test_a_text_may_have_no_words():
    assert coverage("… 🙂").summary == "There are no words in this text."
    assert coverage("").words == ()


def test_a_language_without_a_dictionary_is_refused_with_a_message():
    with pytest.raises(RequestError, match="Spanish is read by the rules of eSpeak NG, without a dictionary"):
        coverage("hola", "es")


@pytest.mark.slow
def test_latin_words_in_mandarin_are_checked():
    assert [word.word for word in coverage("我喜欢 Zorblaxian。", "zh").words] == ["Zorblaxian"]


def test_parts_give_the_same_as_the_whole():
    search = CoverageSearch(SCRIPT)
    cut = SCRIPT.index("ZYXON")
    search.add(0, cut)
    search.add(cut, len(SCRIPT))
    assert search.result() == coverage(SCRIPT)


letters = st.text("bcdfgklmnprstvzaeiou", min_size=4, max_size=10)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(letters, st.sampled_from([str.lower, str.title, str.upper])), min_size=1, max_size=8))
def test_a_lexicon_of_the_words_covers_the_text(words):
    text = "the dog and ".join(f"{change(word)}'s {change(word)}, " for word, change in words)
    result = coverage(text)
    lexicon = "\n".join(f"{word.word} = /{word.guess}/" for word in result.words)
    assert coverage(text, lexicon=lexicon).words == ()
    assert all(text[word.start : word.end].lower().startswith(word.word.lower()) for word in result.words)


def test_the_example():
    assert doctest.testmod(module).failed == 0
