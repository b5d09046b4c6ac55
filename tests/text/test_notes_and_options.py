"""Doctors' notes, options of commands, brackets in recipes, and dates outside a sentence."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise

CASES = {
    "a date of ISO form, in a sentence and beside it": [
        ("The shop shut on 2019-04-02 for good.", "The shop shut on April second twenty nineteen for good."),
        ("Okafor, Ada (2017-08-21).", "Okafor, Ada (the twenty first of August twenty seventeen)."),
        ("On Friday, 2021-06-04, it rained.", "On Friday, the fourth of June twenty twenty one, it rained."),
        (
            "Archived from the old page on 2008-12-09.",
            "Archived from the old page on the ninth of December two thousand eight.",
        ),
        ("Retrieved 2015-02-28", "Retrieved the twenty eighth of February twenty fifteen"),
        ("the 2022-03-07 build", "the March seventh twenty twenty two build"),
        ("2020-11-05T09:00:00Z", "November fifth twenty twenty nine o'clock Z"),
    ],
    "a weekday keeps its comma": [
        ("Saturday, 21st", "Saturday, the twenty first"),
        ("Come on Tuesday, 3rd, or stay.", "Come on Tuesday, the third, or stay."),
        ("See you Thursday 12th.", "See you Thursday the twelfth."),
    ],
    "ions in blood": [
        ("K+ 3.6", "potassium three point six"),
        ("Na+ 141, K+ 5.1, Cl- 99", "sodium one hundred forty one, potassium five point one, chloride ninety nine"),
        ("Labs: Na 135, K 3.9", "Labs: sodium one hundred thirty five, potassium three point nine"),
        ("K+ channels open.", "K plus channels open."),
        ("a Ca2+ signal", "a C A two plus signal"),
        ("Grade K to 5", "Grade K to five"),
    ],
    "patients": [
        ("Pt 61M with fever.", "patient sixty one year old male with fever."),
        ("Pt. 19F c/o pain x4 days.", "patient nineteen year old female complaining of pain for four days."),
        ("A 45F presents to the ED with pain.", "A forty five year old female presents to the E D with pain."),
        ("72yo M admitted", "seventy two year old male admitted"),
        ("It was 61F at noon.", "It was sixty one degrees Fahrenheit at noon."),
        ("Pt. Reyes is windy.", "Point Reyes is windy."),
        ("Send it c/o Mrs Hill.", "Send it care of Missus Hill."),
        ("h/o CHF, on meds daily", "history of C H F, on meds daily"),
    ],
    "respectively and breathing": [
        ("Ann and Bo are 7 and 9, resp.", "Ann and Bo are seven and nine, respectively."),
        ("a resp. infection", "a respiratory infection"),
        ("BP 120/80, Resp 16", "B P one hundred twenty over eighty, respirations sixteen"),
    ],
    "options of commands": [
        ("git commit --amend", "git commit dash dash amend"),
        ("Pass --no-cache to be sure.", "Pass dash dash no cache to be sure."),
        ("pip install --upgrade pip", "pip install dash dash upgrade pip"),
        ("The --quiet flag helps.", "The dash dash quiet flag helps."),
        ("“--verbose” says more.", "“dash dash verbose” says more."),
        ("--Ada Lovelace, page 9", "Ada Lovelace, page nine"),
        ("She sighed --wearily.", "She sighed —wearily."),
        ("the thing--well, you know--broke", "the thing—well, you know—broke"),
    ],
    "a measure in brackets": [
        ("1 (10 oz.) package spinach", "one (ten ounce) package spinach"),
        ("2 (400 g) tins of beans", "two (four hundred gram) tins of beans"),
        ("1 jar (24 oz.) of sauce", "one jar (twenty four ounces) of sauce"),
        ("Stir in cream (4 oz.), then salt.", "Stir in cream (four ounces), then salt."),
        ("a 16 oz. (454 g) bag", "a sixteen ounce (four hundred fifty four gram) bag"),
    ],
    "records of games": [
        ("The Owls are 20-4-1.", "The Owls are twenty, four one."),
        ("a 5-3-2 formation", "a five three two formation"),
    ],
}


@pytest.mark.parametrize(("written", "spoken"), [case for cases in CASES.values() for case in cases])
def test_notes_and_options_are_read_as_in_their_field(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
