from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.g2p.phrases import MAX_SYMBOLS, split_phrases
from kokoro_demo.g2p.pronunciation import Pause

SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ. "


def texts(phonemes: str, **options: int) -> list[str]:
    return [phonemes[start:end] for start, end in split_phrases(phonemes, **options)]


@given(
    st.text("əˈaɪt .,!?;—… ”“()", max_size=1500),
    st.lists(st.integers(0, 1500), max_size=4),
    st.integers(30, MAX_SYMBOLS),
)
def test_phrases_cover_all_but_spaces_in_order_and_fit(phonemes: str, positions: list[int], limit: int) -> None:
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


def test_long_text_is_cut_between_sentences_into_good_lengths() -> None:
    phrases = texts(SENTENCE * 20)
    assert all(phrase.endswith(".") for phrase in phrases)
    assert all(100 <= len(phrase) <= 200 for phrase in phrases)


def test_a_clause_is_a_better_end_than_a_comma_and_a_comma_than_a_word() -> None:
    words = "lˈɛt ʌs ɡˈO nˈW " * 9
    assert texts(words + "ju, " + words + "ænd; " + words + "ˈI, " + words)[0].endswith(";")
    assert texts(words + words.strip() + ", " + words + words)[0].endswith(",")


def test_closing_marks_stay_with_what_they_close() -> None:
    phonemes = "“" + SENTENCE.strip() * 3 + "” (" + SENTENCE.strip() * 3 + ") " + SENTENCE * 4
    for phrase in texts(phonemes):
        assert phrase[0] not in "”)"


def test_very_short_sentences_join_a_neighbour() -> None:
    assert texts("jˈɛs. " + SENTENCE + "nˈO. ") == ["jˈɛs. " + SENTENCE + "nˈO."]


@pytest.mark.parametrize("length", [1, 100, 509, 510, 511, 1500])
def test_one_word_of_any_length_is_kept_whole_where_it_can_be(length: int) -> None:
    phrases = texts("a" * length)
    assert "".join(phrases) == "a" * length
    assert len(phrases) == 1 if length <= MAX_SYMBOLS else all(len(phrase) <= MAX_SYMBOLS for phrase in phrases)


def test_what_was_written_as_one_word_is_said_in_one_phrase_where_it_can_be() -> None:
    money = "fˈIv hˈʌndɹəd dˈɑləɹz ænd twˈɛnti sˈɛnts"
    phonemes = f"ðə kwˈɪk bɹˈWn fˈɑks ɹˈɛd {money} " + SENTENCE * 3
    whole = (phonemes.index(money), phonemes.index(money) + len(money))
    assert not any(money in phrase for phrase in texts(phonemes, first=40))
    assert any(money in phonemes[slice(*span)] for span in split_phrases(phonemes, wholes=[whole], first=40))
    number = ("wˈʌn mˈɪljən, " * 60).strip()
    assert len(split_phrases(number, wholes=[(0, len(number))])) > 1


def test_a_pause_ends_a_phrase_and_a_lone_mark_goes_with_the_words_before_it() -> None:
    assert split_phrases("wˈʌn tˈu", [Pause(5, 0.5)]) == [(0, 4), (5, 8)]
    assert split_phrases("wˈʌn. tˈu", [Pause(4, 0.5)]) == [(0, 5), (6, 9)]
    assert split_phrases("wˈʌn.", [Pause(0, 0.5), Pause(5, 0.5)]) == [(0, 5)]


def test_the_first_phrase_can_be_short_for_a_listener_who_waits() -> None:
    assert len(texts(SENTENCE * 8, first=60)[0]) <= 70
    assert len(texts(SENTENCE * 8)[0]) > 90


def test_nothing_has_no_phrases() -> None:
    assert split_phrases("") == split_phrases("   ") == []
