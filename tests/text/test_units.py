"""Units of measure and symbols, as they are spoken."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("10 km/h", "ten kilometers per hour"),
        ("1 km and 1.5 km", "one kilometer and one point five kilometers"),
        ("40–60°C", "forty to sixty degrees Celsius"),
        ("-5°F", "minus five degrees Fahrenheit"),
        ("45°", "forty five degrees"),
        ("5'11\"", "five foot eleven"),
        ("6' 2\"", "six foot two"),
        ("2'x4'", "two feet by four feet"),
        ("250mg", "two hundred fifty milligrams"),
        ("5 ft 3 in. tall", "five feet three inches tall"),
        ("10 in the morning", "ten in the morning"),
        ("3 m²", "three square meters"),
        ("9.8 m/s²", "nine point eight meters per second squared"),
        ("60 mph", "sixty miles per hour"),
        ("16GB and 2.4 GHz", "sixteen gigabytes and two point four gigahertz"),
        ("100 Mb/s. 1 TB.", "one hundred megabits per second. one terabyte."),
        ("5 mg/dL", "five milligrams per deciliter"),
        ("20 µg/m³", "twenty micrograms per cubic meter"),
        ("10 kΩ", "ten kilohms"),
        ("in km/h, per kg", "in kilometers per hour, per kilogram"),
        ("5 cells/mL", "five cells per milliliter"),
        ("120 mmHg", "one hundred twenty millimeters of mercury"),
        ("a 10 km run", "a ten kilometer run"),
        ("a 16-inch pizza", "a sixteen inch pizza"),
        ("30-min. drive", "thirty minute drive"),
        ("1/2 lb", "half a pound"),
        ("3/4 tsp", "three quarters of a teaspoon"),
        ("51°30′N", "fifty one degrees thirty minutes north"),
        ("30s later, after 30s", "thirties later, after thirty seconds"),
        ("60 words/minute and 3 g/day", "sixty words per minute and three grams per day"),
        ("5 kg/week, 1 kg/week", "five kilograms per week, one kilogram per week"),
        ("12 eggs/box and 25 pupils/class", "twelve eggs per box and twenty five pupils per class"),
        ("250.5/km² and 40/sq mi", "two hundred fifty point five per square kilometer and forty per square mile"),
        ("$20/user/month, price/night", "twenty dollars per user per month, price per night"),
        ("up 3% y/y, MoM", "up three percent year over year, month over month"),
        ("4x faster, twice the 10x growth", "four times faster, twice the ten x growth"),
    ],
)
def test_units(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("10 km", "ten kilometres"),
        ("250 ml", "two hundred and fifty millilitres"),
    ],
)
def test_british_units(written: str, spoken: str) -> None:
    assert normalise(written, "en-gb").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("A & B", "A and B"),
        ("Q&A, AT&T, R&B", "Q and A, A T and T, R and B"),
        ("@ the shop", "at the shop"),
        ("3 + 4 = 7", "three plus four equals seven"),
        ("5 - 3 = 2", "five minus three equals two"),
        ("5 > 3 and 2 < 4", "five greater than three and two less than four"),
        ("x >= 5", "x greater than or equal to five"),
        ("a ≠ b", "a does not equal b"),
        ("10-3=7", "ten minus three equals seven"),
        ("~50 and ≈ 3", "about fifty and approximately three"),
        ("A → B", "A to B"),
        ("Q1–Q3, London–Paris", "Q one to Q three, London to Paris"),
        ("see # 7", "see number seven"),
        ("3.5/5 or 4.5★", "three point five out of five or four point five stars"),
        ("10%/yr", "ten percent per year"),
        ("© 2024", "copyright twenty twenty four"),
        ("№ 5 and #1 and § 3", "number five and number one and section three"),
        ("C++, C#, A+", "C plus plus, C sharp, A plus"),
        ("a B- in art", "a B minus in art"),
        ("and/or", "and or"),
        ("he/she, yes/no", "he or she, yes or no"),
        ("TCP/IP", "T C P I P"),
        ("w/ milk, w/o sugar", "with milk, without sugar"),
    ],
)
def test_signs(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
