"""Abbreviations with two meanings, each in a context that decides: fractions and dates, carats and cents."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise

CASES = {
    "a range of fractions and of days": [
        ("It rose from 1/3 to 1/2.", "It rose from one third to one half."),
        ("Its width went from 3/8 to 1/4.", "Its width went from three eighths to one quarter."),
        ("somewhere between 1/4 and 1/2", "somewhere between one quarter and one half"),
        ("We are away from 1/3 to 1/5.", "We are away from January third to January fifth."),
        ("closed 12/23 - 1/2", "closed December twenty third to January second"),
    ],
    "a part of so many and a month": [
        ("3/2010 votes were spoiled", "three out of two thousand ten votes were spoiled"),
        ("valid from 3/2010 to 5/2011", "valid from March twenty ten to May twenty eleven"),
        ("since 12/2010 members left", "since December twenty ten members left"),
    ],
    "reverend and revenue": [
        ("The rev. was late.", "The Reverend was late."),
        ("Our rev. was down 3%.", "Our revenue was down three percent."),
        ("Total rev. came late", "Total revenue came late"),
    ],
    "cups and centuries": [
        ("a 2nd c. of tea", "a second cup of tea"),
        ("the 3rd c. of our era", "the third century of our era"),
        ("1 c of sugar, 2 c. chopped walnuts", "one cup of sugar, two cups chopped walnuts"),
    ],
    "carats, cents, counts": [
        ("20 ct. diamonds", "twenty carat diamonds"),
        ("The stone weighs 1.5 ct.", "The stone weighs one point five carats."),
        ("It costs 20 ct. each", "It costs twenty cents each"),
        ("a 24 ct. box", "a twenty four count box"),
    ],
    "weekdays": [
        ("See you the next Sun.", "See you the next Sunday."),
        ("this Wed or Thu", "this Wednesday or Thursday"),
        ("by Fri, on Sat", "by Friday, on Saturday"),
        ("Spots on Sun and Moon", "Spots on Sun and Moon"),
        ("Sat down. Thu Trang sang", "Sat down. Thu Trang sang"),
    ],
    "degrees": [
        ("an M.Phil. and a D. Phil. and more", "an M Phil and a D Phil and more"),
        ("B.Ed., LL.M., Psy.D.", "B Ed, L L M, Psy D."),
        ("by M. Ed Smith", "by M Ed Smith"),
    ],
    "signs between words": [
        ("men > Women", "men greater than Women"),
        ("Settings > Privacy > Location", "Settings, Privacy, Location"),
        ("Go to the app > Profile", "Go to the app, Profile"),
        ("x**y and (a+b)**2", "x to the power of y and (a plus b) squared"),
        ("x*y is 2*n", "x times y is two times n"),
        ("a ** b", "a to the power of b"),
        ("the *A* team, **bold**, a 5* hotel", "the A team, bold, a five hotel"),
    ],
    "results": [
        ("Smith (4) def. Jones", "Smith (four) defeated Jones"),
        ("Ali (GBR) def. No. 3 Lee", "Ali (G B R) defeated Number three Lee"),
        ("the def. of a word", "the def. of a word"),
    ],
    "estimates and years": [
        ("GDP est. 2020", "G D P estimate twenty twenty"),
        ("pop. 4,000 (2020 est.)", "population four thousand (twenty twenty estimate)"),
        ("Acme, est. 1999", "Acme, established nineteen ninety nine"),
        ("GDP est. $4 trillion", "G D P estimated four trillion dollars"),
        ("He died in 1918 - 20 years later", "He died in nineteen eighteen — twenty years later"),
        ("the 1918 – 20 seasons", "the nineteen eighteen to twenty seasons"),
    ],
    "authors": [
        ("Berg AH, Toth DM", "Berg A H, Toth D M"),
        ("Lee SO, Park IN, et al.", "Lee S O, Park I N, et al."),
        ("Tell Bob HI, and go", "Tell Bob HI, and go"),
    ],
}


@pytest.mark.parametrize(("written", "spoken"), [case for cases in CASES.values() for case in cases])
def test_a_short_form_is_read_by_its_context(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Verdi bros (1990), my bros are here", "Verdi brothers (nineteen ninety), my bros are here"),
        ("12 million HRK and 5 CZK", "twelve million Croatian kunas and five Czech korunas"),
        ("40 (2): 1052", "forty (two): ten fifty two"),
        ("Acta 12.1 - 4 (2001): 7", "Acta twelve point one to four (two thousand one): seven"),
        ("Private Lee (K 30412), Army", "Private Lee (K three zero four one two), Army"),
        ("from K 'Rd to town", "from K Road to town"),
        (
            "see ISO 27001, and DIN 10204",
            "see I S O twenty seven thousand one, and D I N ten thousand two hundred four",
        ),
        ("a car (SE ST) from there", "a car (S E S T) from there"),
        ("900 7th ST NW", "nine hundred seventh Street Northwest"),
    ],
)
def test_references_and_lists(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
