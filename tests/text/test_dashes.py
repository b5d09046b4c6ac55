"""Dashes: a pause between words, "minus" in a sum or as a sign, "to" in a range, nothing in a designation."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("My plan - 4 steps", "My plan — four steps"),
        ("It was cold – 12 below – and dark.", "It was cold — twelve below — and dark."),
        ("Dinner - 7:30", "Dinner — seven thirty"),
        ("Sunday - 9 AM is fine.", "Sunday — nine am is fine."),
        ("Sale - $20 off", "Sale — twenty dollars off"),
        ("Paris – 2 June 2021", "Paris — the second of June twenty twenty one"),
        ("Chapter 3 - 12 exercises", "Chapter three — twelve exercises"),
        ("Plan B - 3 stages", "Plan B — three stages"),
        ("Olympics - 2012", "Olympics — twenty twelve"),
        ("Song 4 - 3:15", "Song four — three fifteen"),
    ],
)
def test_a_dash_between_words_is_a_pause(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("it fell to -12 degrees", "it fell to minus twelve degrees"),
        ("(-3)", "(minus three)"),
        ("8 - 3 = 5", "eight minus three equals five"),
        ("9- 2 = 7", "nine minus two equals seven"),
        ("What is 12 - 5?", "What is twelve minus five?"),
        ("x - 4 = y", "x minus four equals y"),
        ("a refund of -$4", "a refund of minus four dollars"),
    ],
)
def test_minus_is_for_sums_and_signs(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("open 2 - 4 nights a week", "open two to four nights a week"),
        ("the 10 - 15 km run", "the ten to fifteen kilometer run"),
        ("volume 3, 212 -221", "volume three, two hundred twelve to two hundred twenty one"),
        ("Leeds 2 - 0 Arsenal", "Leeds two to zero Arsenal"),
        ("they won 104-99", "they won one hundred four to ninety nine"),
        ("a 6-4 set", "a six four set"),
        ("reigned ( 1425 - 1400 BC )", "reigned (fourteen twenty five to fourteen hundred B C)"),
        ("Q2-Q4 and A1-A5", "Q two to Q four and A one to A five"),
    ],
)
def test_to_is_for_ranges_and_high_scores(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("The F - 22 and a C- 130 flew.", "The F twenty two and a C one thirty flew."),
        ("a MiG - 29", "a MiG twenty nine"),
        ("COVID - 19", "COVID nineteen"),
    ],
)
def test_a_dash_within_a_designation_is_silent(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Growth of 12.5-15%", "Growth of twelve point five to fifteen percent"),
        ("15.5–19 °C", "fifteen point five to nineteen degrees Celsius"),
        ("pH 12.5-13.5", "P H twelve point five to thirteen point five"),
        ("2.05-2.10", "two point zero five to two point one zero"),
        ("from 10.25-20 units", "from ten point two five to twenty units"),
    ],
)
def test_ranges_of_decimals(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
