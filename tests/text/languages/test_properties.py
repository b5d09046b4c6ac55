"""What holds for every text in every language that has rules of its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokoro_demo.text import normalise
from kokoro_demo.text.languages import locale_of
from kokoro_demo.text.languages.locale import LONGEST, Agreement, Amount
from tests.text.languages.test_cases import TABLES, cases
from tests.text.test_properties import PIECES, check

WITH_RULES = sorted(TABLES)
FIGURES = (
    "1 2 21 31 100 101 200 1.234 1.234,56 1 234 567 3,5 0,05 007 1/2 3/4 24/7 3/5/2024 31.12.1999 14:30 14h30 8:05 "
    "1º 3ª 1er 2e 1° 21ª n° nº § € $ R$ US$ £ ₹ % ‰ °C ° km kg m² h min km/h - – — + ± × = / , . ; ( ) ' X XIX II "
    "siglo siècle secolo século सदी Dr. Sr. Sra. M. Sig. डॉ. रु. लाख करोड़ millones millions milioni milhões personas "
    "pages libri pessoas de a et e l' d' ½ ¾ www.a.es a@b.fr #x @y +34 612 345 678 01 23 45 67 89 10-20 3-1"
).split(" ")
texts = (
    st.text(max_size=60)
    | st.lists(st.sampled_from(FIGURES), max_size=12).map(" ".join)
    | st.lists(st.sampled_from((*FIGURES, *PIECES)), max_size=12).map("".join)
)


@given(texts, st.sampled_from(WITH_RULES))
@settings(max_examples=300, deadline=None)
def test_every_letter_and_digit_of_any_text_is_in_a_token(text: str, language: str) -> None:
    check(normalise(text, language), text)


@given(st.lists(st.sampled_from(FIGURES), max_size=10).map(" ".join), st.sampled_from(WITH_RULES))
@settings(max_examples=150, deadline=None)
def test_no_digit_is_left_in_the_spoken_text(text: str, language: str) -> None:
    assert not any(character.isdecimal() for character in normalise(text, language).spoken)


@pytest.mark.parametrize("language", WITH_RULES)
def test_normalising_the_spoken_text_changes_nothing(language: str) -> None:
    """Words that one rule has made are not changed by another."""
    for case in cases(language):
        once = normalise(case["written"], language)
        if all(token.kind == "word" for token in once.tokens):
            assert normalise(once.spoken, language).spoken.replace("-", " ") == once.spoken.replace("-", " ")


@pytest.mark.slow
@given(st.integers(0, 10**LONGEST - 1), st.sampled_from(WITH_RULES), st.sampled_from("mf"), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_number_has_words(number: int, language: str, gender: str, noun: bool) -> None:
    locale = locale_of(language)
    assert locale is not None
    spoken = locale.cardinal(number, Agreement(gender, noun))
    assert spoken == " ".join(spoken.split())
    assert spoken.strip()
    assert not any(character.isdecimal() for character in spoken)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(WITH_RULES))
@settings(max_examples=200, deadline=None)
def test_two_numbers_never_sound_the_same(first: int, other: int, language: str) -> None:
    locale = locale_of(language)
    assert locale is not None
    assert (locale.cardinal(first) == locale.cardinal(other)) == (first == other)


@given(st.integers(1, 999), st.sampled_from(WITH_RULES))
def test_every_ordinal_has_words(number: int, language: str) -> None:
    locale = locale_of(language)
    assert locale is not None
    assert locale.ordinal(number).strip()


@given(st.integers(0, 10**6), st.text("0123456789", max_size=6), st.sampled_from(WITH_RULES))
def test_every_unit_and_currency_counts_any_amount(whole: int, decimals: str, language: str) -> None:
    locale = locale_of(language)
    assert locale is not None
    for currency in locale.currencies.values():
        assert locale.money(Amount(str(whole), decimals), currency)


@pytest.mark.slow
@pytest.mark.parametrize("language", WITH_RULES)
@pytest.mark.parametrize("piece", [*FIGURES, "1 000 ", "1.000.", "1,2", "a.b@", "X-", "1-", "1/", "1:", "l'", "A. "])
def test_long_repetitions_are_read(piece: str, language: str) -> None:
    text = piece * (4_000 // len(piece))
    check(normalise(text, language), text)
