"""Letters after numbers: in names of places and parts, and as magnitudes and units."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Leave at exit 14A.", "Leave at exit fourteen A."),
        ("See Table 3B and Appendix 2C.", "See Table three B and Appendix two C."),
        ("gate 12C, seat 30K", "gate twelve C, seat thirty K"),
        ("Form 1120B", "Form eleven twenty B"),
        ("the type 4857A pump", "the type four eight five seven A pump"),
        ("Apartment 7T", "Apartment seven T"),
        ("questions 3A and 4B", "questions three A and four B"),
        ("It was built in 743 B.C. by slaves.", "It was built in seven hundred forty three B C by slaves."),
        ("In 1912 J. R. Jones kept bees.", "In nineteen twelve J R Jones kept bees."),
        ("a 401(k) and a 501(c)(3)", "a four oh one K and a five oh one C three"),
        ("The V8 beat the V6.", "The V eight beat the V six."),
    ],
)
def test_letters_of_names(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("2.5B people", "two point five billion people"),
        ("over 3M users", "over three million users"),
        ("a 70B model", "a seventy billion model"),
        ("30C outside is hot.", "thirty degrees Celsius outside is hot."),
        ("at 30C", "at thirty degrees Celsius"),
        ("a 1500W heater", "a one thousand five hundred watt heater"),
        ("draws 5 A.", "draws five amps."),
    ],
)
def test_magnitudes_and_units(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("an 18K gold chain", "an eighteen karat gold chain"),
        ("She finished a 5k in Leeds.", "She finished a five K in Leeds."),
        ("a charity 10K", "a charity ten K"),
        ("10k views", "ten thousand views"),
        ("We flew on a 737-800.", "We flew on a seven thirty seven eight hundred."),
        ("The 787 took off.", "The seven eighty seven took off."),
        ("all 747 votes", "all seven hundred forty seven votes"),
    ],
)
def test_karats_races_and_aircraft(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("the 5 km run", "the five kilometer run"),
        ("her 7 ft fence", "her seven foot fence"),
        ("three 250 ml cans", "three two hundred fifty milliliter cans"),
        ("a 12m (40ft) wall", "a twelve meter (forty foot) wall"),
        ("a 32 GB SSD", "a thirty two gigabyte S S D"),
        ("the $1.5M grant", "the one point five million dollar grant"),
        ("my $40 shoes", "my forty dollar shoes"),
        ("take 20 mg tablets", "take twenty milligram tablets"),
        ("It is 5 km away and weighs 3 kg.", "It is five kilometers away and weighs three kilograms."),
        ("the 5 km between us", "the five kilometers between us"),
        ("the $500 went missing", "the five hundred dollars went missing"),
        ("a tower of 5 m height", "a tower of five meters height"),
    ],
)
def test_a_measure_before_its_noun_is_singular(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
