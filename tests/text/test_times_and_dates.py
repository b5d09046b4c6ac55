"""Times and dates as they are spoken."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("5:03 am", "five oh three am"),
        ("1:49 PM EST", "one forty nine pm E S T"),
        ("13:42", "thirteen forty two"),
        ("12:00", "twelve o'clock"),
        ("12:00 pm", "twelve pm"),
        ("17:00", "seventeen hundred"),
        ("0:30", "zero thirty"),
        ("5pm", "five pm"),
        ("at 5 p.m. She left.", "at five pm. She left."),
        ("at 5 p.m. on Friday", "at five pm on Friday"),
        ("6.30pm", "six thirty pm"),
        ("at 5:30:15", "at five thirty and fifteen seconds"),
        ("a lap of 5:30:15", "a lap of five hours, thirty minutes and fifteen seconds"),
        ("It took 1:00:01 or 00:04:59.", "It took one hour and one second or four minutes and fifty nine seconds."),
        ("1130 am and 730pm", "eleven thirty am and seven thirty pm"),
        ("UTC-8, GMT+5:30 and UTC−03:00", "U T C minus eight, G M T plus five thirty and U T C minus three"),
        ("in 25:30", "in twenty five thirty"),
        ("in 3:50.07", "in three fifty point zero seven"),
        ("runs 2h 15m", "runs two hours fifteen minutes"),
        ("at 4:05 p.m. EST", "at four oh five pm E S T"),
        ("5 p.m. Monday", "five pm Monday"),
        ("Mon-Sat 9-5", "Monday to Saturday nine to five"),
        ("Gen. 1:1 and 1 Cor. 13:4-7", "Genesis one one and one Corinthians thirteen four to seven"),
        ("ISO 9001:2015", "I S O nine thousand one twenty fifteen"),
        ("9am–5pm", "nine am to five pm"),
        ("3-4pm", "three to four pm"),
        ("5:00-6:30 pm", "five to six thirty pm"),
        ("10:00 AM–2:30 PM", "ten am to two thirty pm"),
        ("7 o'clock", "seven o'clock"),
        ("0800 hours", "oh eight hundred hours"),
        ("John 3:16", "John three sixteen"),
        ("Psalm 23:1", "Psalm twenty three one"),
    ],
)
def test_times(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("On 2023-01-01, we met.", "On January first twenty twenty three, we met."),
        ("2024-05-06T12:30:00Z", "May sixth twenty twenty four twelve thirty Z"),
        ("2020/12/31", "December thirty first twenty twenty"),
        ("2020.12.31", "the thirty first of December twenty twenty"),
        ("June 13th", "June thirteenth"),
        ("Jan. 5, 2020", "January fifth, twenty twenty"),
        ("July 4th, 1776", "July fourth, seventeen seventy six"),
        ("3/4/2025", "March fourth twenty twenty five"),
        ("13/6/2024", "the thirteenth of June twenty twenty four"),
        ("12.06.2024", "the twelfth of June twenty twenty four"),
        ("on 3/4", "on March fourth"),
        ("5 May 1999", "the fifth of May nineteen ninety nine"),
        ("the 4th of July", "the fourth of July"),
        ("On 14 July. It rained.", "On the fourteenth of July. It rained."),
        ("May 3–5", "May third to fifth"),
        ("Mon 3 Mar", "Monday the third of March"),
        ("Wed. 5 May", "Wednesday the fifth of May"),
        ("Mon-Fri", "Monday to Friday"),
        ("Mon.–Fri.", "Monday to Friday."),
        ("Jan-Mar", "January to March"),
        ("Feb 2021", "February twenty twenty one"),
        ("in Feb. we left", "in February we left"),
        ("I sat. Mar the view.", "I sat. Mar the view."),
    ],
)
def test_dates(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("3/4/2025", "the third of April twenty twenty five"),
        ("6/13/2024", "the thirteenth of June twenty twenty four"),
        ("June 13th", "June the thirteenth"),
        ("2023-01-01", "the first of January twenty twenty three"),
        ("2001", "two thousand and one"),
        (
            "The train at 9.05 or by 19.45 costs £2.50.",
            "The train at nine oh five or by nineteen forty five costs two pounds and fifty pence.",
        ),
        ("a score of 9.45", "a score of nine point four five"),
    ],
)
def test_british_dates(written: str, spoken: str) -> None:
    assert normalise(written, "en-gb").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("paid on feb 3 2019", "paid on February third twenty nineteen"),
        ("the 5th of may", "the fifth of May"),
        ("you may 3 times try", "you may three times try"),
        ("they march 20 miles", "they march twenty miles"),
        ("June 3, 4 and 5", "June third, fourth and fifth"),
        ("On June 5 and 20 people came.", "On June fifth and twenty people came."),
        ("On 7 April, 2021, it rained.", "On the seventh of April, twenty twenty one, it rained."),
        ("DUE OCT. 2ND", "DUE October second"),
        ("July 3d, 1863", "July third, eighteen sixty three"),
        ("Thurs. 9/4 works", "Thursday September fourth works"),
        ("fri 12/1", "Friday December first"),
        ("from 2/3 to 4/5", "from February third to April fifth"),
        ("about 2/3 of it", "about two thirds of it"),
        ("the 42d Infantry, 3d ed. of it", "the forty second Infantry, third edition of it"),
    ],
)
def test_informal_dates(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Henry IV's horse", "Henry the fourth's horse"),
        ("KING JAMES II.", "KING JAMES the second."),
        ("Under George V. Then came war.", "Under George the fifth. Then came war."),
        ("George V. Barnes sang.", "George V Barnes sang."),
        ("Chapter I The Sea", "Chapter one The Sea"),
        ("CHAPTER V. Snow", "CHAPTER five. Snow"),
        ("In Part I am brave.", "In Part I am brave."),
        ("in the XIIth book", "in the twelfth book"),
        ("Valerian II", "Valerian the second"),
        ("VII", "seven"),
    ],
)
def test_roman_numerals_of_rulers_and_chapters(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
