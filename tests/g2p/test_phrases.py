from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.phrases import LONGEST_SENTENCE, MAX_SYMBOLS, split_phrases
from kokoro_demo.g2p.pronunciation import Pause, Word


def word(phonemes: str, position: int) -> Word:
    return Word("1", "one", phonemes, "rule", (0, 1), (position, position + len(phonemes)))


SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ. "


def texts(phonemes: str, **options: Any) -> list[str]:
    return [phonemes[start:end] for start, end in split_phrases(phonemes, **options)]


def spoken(text: str) -> list[str]:
    """Return the written words of each phrase."""
    read = phonemize(text)
    spans = split_phrases(read.phonemes, read.pauses, read.words, waiting=True)
    return [" ".join(word.text for word in read.words if start <= word.phoneme_span[0] < end) for start, end in spans]


@given(
    st.text("əˈaɪt .,!?;—… ”“()", max_size=1500),
    st.lists(st.integers(0, 1500), max_size=4),
    st.integers(30, MAX_SYMBOLS),
)
def test_phrases_cover_everything_but_spaces_in_order_and_fit_the_model(
    phonemes: str, positions: list[int], limit: int
) -> None:
    spans = split_phrases(phonemes, [Pause(position, 1.0) for position in positions], limit=limit)
    reached = 0
    for start, end in spans:
        assert start < end
        assert not phonemes[reached:start].strip(" ")
        assert end - start <= limit
        assert phonemes[start] != " "
        assert phonemes[end - 1] != " "
        reached = end
    assert not phonemes[reached:].strip(" ")


def test_a_long_text_is_cut_between_sentences_into_suitable_lengths() -> None:
    phrases = texts(SENTENCE * 20)
    assert all(phrase.endswith(".") for phrase in phrases)
    assert all(100 <= len(phrase) <= 200 for phrase in phrases)


@given(st.text("əˈaɪt .,!?;—… ”“()", max_size=1500), st.booleans())
def test_no_phrase_ends_inside_a_clause_that_fits_the_model(phonemes: str, waiting: bool) -> None:
    spans = split_phrases(phonemes, waiting=waiting)
    for (start, end), (following, _) in pairwise(spans):
        clause_start = max([phonemes.rfind(mark, 0, end) for mark in ";:,.!?—…"]) + 1
        ends = [place for mark in ";:,.!?—…" if (place := phonemes.find(mark, end)) >= 0]
        clause_end = min(ends, default=len(phonemes))
        inside = phonemes[start:end].rstrip(' ")”')[-1:] not in set(";:,.!?—…)")
        assert not inside or clause_end - max(clause_start, start) > MAX_SYMBOLS, phonemes[start:following]


@pytest.mark.parametrize("words", [10, 20, 28])
def test_a_sentence_is_whole_up_to_the_best_length_whatever_its_marks(words: int) -> None:
    clause = "lˈɛt ʌs ɡˈO nˈW"
    sentence = "; ".join([clause] * (words // 2)) + ", " + clause + "."
    assert len(sentence) <= LONGEST_SENTENCE
    phrases = texts(f"{sentence} {sentence} {sentence}", waiting=True)
    assert all(phrase.endswith(".") for phrase in phrases)


@pytest.mark.parametrize(("stronger", "weaker"), list(combinations([";", ":", " —", ","], 2)))
def test_a_longer_sentence_is_cut_at_its_strongest_marks(stronger: str, weaker: str) -> None:
    words = "lˈɛt ʌs ɡˈO nˈW " * 7
    one, other = words.strip() + stronger + " ", words.strip() + weaker + " "
    first, *_ = texts(other + one + other + words.strip() + ".")
    assert first.endswith(stronger)


LONG_CLAUSE = (
    "the man who had been given twenty five of the apples by Mr. Brown of the house at the end of the road would have "
    "walked to the {} of the town with two of his friends from the farm and an uncle of Dr. Smith "
)


@pytest.mark.slow
@given(st.integers(0, 40), st.integers(4, 9))
@settings(max_examples=25, deadline=None)
def test_a_clause_that_must_be_cut_is_not_cut_after_a_function_word(shift: int, times: int) -> None:
    text = "go on " * shift + "".join(LONG_CLAUSE.format(place) for place in ["edge", "middle", "heart"] * times)
    phrases = spoken(text)
    assert len(phrases) > 1
    for phrase in phrases[:-1]:
        leaning = "the a an of at by to from with had been would have and two twenty five Mr. Dr. his who"
        assert phrase.split()[-1] not in leaning.split()


@pytest.mark.parametrize(
    "text",
    [
        "Engineers who inspected the structure after the storm found cracks in three of the eight supports on Tuesday.",
        "Thank you for your help me: I was wondering whether you could help me with a question about my invoice.",
        "The board confirmed on Tuesday that the cost of repairs would be nearer to four million dollars than to two.",
        "There was a fault where the clock of the open-weight model with the longer name was set by a stranger.",
    ],
)
def test_the_first_phrase_of_a_text_is_its_whole_first_sentence(text: str) -> None:
    assert len(spoken(text)) == 1
    first = spoken(f"{text} " + "It was not the first time that somebody had asked for the reason of all this. " * 5)[0]
    assert first == spoken(text)[0]


def test_closing_marks_stay_with_what_they_close() -> None:
    phonemes = "“" + SENTENCE.strip() * 3 + "” (" + SENTENCE.strip() * 3 + ") " + SENTENCE * 4
    for phrase in texts(phonemes):
        assert phrase[0] not in "”)"


def test_very_short_sentences_join_a_neighbour() -> None:
    assert texts("jˈɛs. " + SENTENCE + "nˈO. ") == ["jˈɛs. " + SENTENCE + "nˈO."]


@pytest.mark.parametrize("length", [1, 100, 509, 510, 511, 1500])
def test_one_word_of_any_length_is_kept_whole_if_possible(length: int) -> None:
    phrases = texts("a" * length)
    assert "".join(phrases) == "a" * length
    assert len(phrases) == 1 if length <= MAX_SYMBOLS else all(len(phrase) <= MAX_SYMBOLS for phrase in phrases)


def test_text_written_as_one_word_is_spoken_in_one_phrase_if_possible() -> None:
    money = "fˈIv hˈʌndɹəd, twˈɛnti sˈɛnts"
    phonemes = "ðə kwˈɪk bɹˈWn fˈɑks " * 8 + f"{money} " + ("ænd ðə dˈɔɡ " * 14).strip() + ", ænd ðə dˈɔɡ."
    assert texts(phonemes)[0].endswith("hˈʌndɹəd,")
    written = [word(money, phonemes.index(money))]
    assert any(money in phrase for phrase in texts(phonemes, words=written))
    number = ("wˈʌn mˈɪljən, " * 60).strip()
    assert len(split_phrases(number, words=[word(number, 0)])) > 1


def test_a_pause_ends_a_phrase_and_a_lone_mark_joins_the_words_before_it() -> None:
    assert split_phrases("wˈʌn tˈu", [Pause(5, 0.5)]) == [(0, 4), (5, 8)]
    assert split_phrases("wˈʌn. tˈu", [Pause(4, 0.5)]) == [(0, 5), (6, 9)]
    assert split_phrases("wˈʌn.", [Pause(0, 0.5), Pause(5, 0.5)]) == [(0, 5)]


def test_the_first_phrase_of_a_stream_is_short_but_long_enough_to_generate_the_next() -> None:
    assert len(texts(SENTENCE * 8, waiting=True)[0]) <= len(SENTENCE)
    assert len(texts(SENTENCE * 8, waiting=True)[1]) <= 3 * len(SENTENCE)
    assert len(texts(SENTENCE * 8)[0]) > 90


def test_an_empty_text_has_no_phrases() -> None:
    assert split_phrases("") == split_phrases("   ") == []
