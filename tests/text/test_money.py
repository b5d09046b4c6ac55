"""Money as it is spoken."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("$45", "forty five dollars"),
        ("$1", "one dollar"),
        ("$1.01", "one dollar and one cent"),
        ("$50.3", "fifty dollars and thirty cents"),
        ("$0.99", "ninety nine cents"),
        ("$.99", "ninety nine cents"),
        ("$5.00", "five dollars"),
        ("$1,234.56", "one thousand two hundred thirty four dollars and fifty six cents"),
        ("$12.345", "twelve point three four five dollars"),
        ("-$3.25", "minus three dollars and twenty five cents"),
        ("$-3.25", "minus three dollars and twenty five cents"),
        ("$5.3 thousand", "five point three thousand dollars"),
        ("$5M and $2.5bn and $10k", "five million dollars and two point five billion dollars and ten thousand dollars"),
        ("$5-10", "five to ten dollars"),
        ("$5–$10 million", "five to ten million dollars"),
        ("$100K-$150K", "one hundred thousand to one hundred fifty thousand dollars"),
        ("$20/month", "twenty dollars per month"),
        ("$3/kg", "three dollars per kilogram"),
        ("a $5 bill", "a five dollar bill"),
        ("a $100 million deal", "a one hundred million dollar deal"),
        ("US$50", "fifty U S dollars"),
        ("25c and 25¢", "twenty five cents and twenty five cents"),
    ],
)
def test_dollars(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("€0.99", "ninety nine cents"),
        ("€30.2 is in euros", "thirty euros and twenty cents is in euros"),
        ("€5,50", "five euros and fifty cents"),
        ("£1.50", "one pound and fifty pence"),
        ("£0.01", "one penny"),
        ("¥500", "five hundred yen"),
        ("₹500", "five hundred rupees"),
        ("Rs. 500", "five hundred rupees"),
        ("50€", "fifty euros"),
        ("50 EUR", "fifty euros"),
        ("USD 1.5 million", "one point five million U S dollars"),
        ("A$20", "twenty Australian dollars"),
        ("CHF 20", "twenty Swiss francs"),
        ("£1m", "one million pounds"),
    ],
)
def test_other_currencies(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("50p", "fifty pence"),
        ("£2.01", "two pounds and one penny"),
    ],
)
def test_british_pence(written: str, spoken: str) -> None:
    assert normalise(written, "en-gb").spoken == spoken
