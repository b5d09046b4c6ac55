"""Everyday writing of many kinds: each case is a neighbour of something that people reported as read wrong."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise

AMERICAN = {
    "names and letters": [
        ("Abbott, B. 2008. Letters", "Abbott, B. two thousand eight. Letters"),
        ("Sahl, D. 1981", "Sahl, D. nineteen eighty one"),
        ("born b. 1850", "born born eighteen fifty"),
        ("a 2.8 V 6 engine", "a two point eight V six engine"),
        ('ward "9A"', "ward “nine A”"),
        ("Room 101B or 102A", "Room one oh one B or one oh two A"),
        ("We were sent to location 1017.", "We were sent to location ten seventeen."),
        ("C# and F# in ASP#", "C sharp and F sharp in A S P sharp"),
        ("ab#cd", "ab hash cd"),
    ],
    "saints, streets, doctors": [
        ("He lives at 5 Park Dr. Dr. Jones does not.", "He lives at five Park Drive. Doctor Jones does not."),
        ("I saw the Dr. He was kind.", "I saw the Doctor. He was kind."),
        ("I saw the Dr. Who episode.", "I saw the Doctor Who episode."),
        ("at 12 Lake Dr.", "at twelve Lake Drive."),
        ("on Martin Luther King Jr. Dr. in town", "on Martin Luther King Junior Drive in town"),
        ("on Old St. in town", "on Old Street in town"),
        ("SS. Peter and Paul", "Saints Peter and Paul"),
        ("Sault Ste. Marie", "Sault Saint Marie"),
        ("the SS Great Britain", "the S S Great Britain"),
        ("Apt 5, Ste. 200", "Apartment five, Suite two hundred"),
        ("He works at Acme Inc. Mr. Lee does too.", "He works at Acme Incorporated. Mister Lee does too."),
    ],
    "before a noun": [
        ("There's $200,000 coming", "There's two hundred thousand dollars coming"),
        ("It's 5 km north", "It's five kilometers north"),
        ("$20 bills and 30 lb weights", "twenty dollar bills and thirty pound weights"),
        ("10 GB files on 2 km trails", "ten gigabyte files on two kilometer trails"),
        ("2 lb potatoes, 500 g carrots", "two pounds potatoes, five hundred grams carrots"),
        ("$20 buys a lot, 5 km separates them", "twenty dollars buys a lot, five kilometers separates them"),
        ("$20 dollars, £5 pounds", "twenty dollars, five pounds"),
        ("5 cc of saline, a 250cc engine", "five cc of saline, a two hundred fifty cc engine"),
    ],
    "old money and books": [
        ("It cost £3 4s. 6d. then.", "It cost three pounds four shillings and six pence then."),
        ("He had 10s. 6d. He spent it.", "He had ten shillings and six pence. He spent it."),
        ("4s 1d each", "four shillings and one penny each"),
        ("5s. a week and 6d. each", "five shillings a week and six pence each"),
        ("£5 10s. a year", "five pounds and ten shillings a year"),
        ("in 4s 6m", "in four seconds six meters"),
        ("a bible, 32mo size; an 8vo volume", "a bible, thirty two mo size; an octavo volume"),
        ("a 12mo warranty", "a twelve month warranty"),
    ],
    "years and dates": [
        ("In 1066 and 1087", "In ten sixty six and ten eighty seven"),
        ("from 1003 to 1009", "from ten oh three to ten oh nine"),
        ("so late as 1829 of the mail", "so late as eighteen twenty nine of the mail"),
        ("in the '00s", "in the two thousands"),
        ("the 05/06 season", "the oh five oh six season"),
        ("runway 09/27", "runway zero nine two seven"),
        ("in 1527/8", "in fifteen twenty seven eight"),
        ("March 3 - April 5", "March third to April fifth"),
        ("5 March – 7 April", "the fifth of March to the seventh of April"),
        ("May 5 - 7 PM show", "May fifth — seven pm show"),
        ("a 10th of August", "a tenth of August"),
        ("sat may 5", "Saturday May fifth"),
        ("on tuesday, march 3", "on tuesday, March third"),
        ("all 25 may leave", "all twenty five may leave"),
        ("31-01-2020", "the thirty first of January twenty twenty"),
        ("5 p.m.EST, 6 pm pst", "five pm E S T, six pm P S T"),
        ("3rd-4th grade", "third to fourth grade"),
    ],
    "numerals and abbreviations": [
        ("Saint Benoit II., in the matter", "Saint Benoit the second, in the matter"),
        ("of Isabel II, or of Magellan", "of Isabel the second, or of Magellan"),
        ("3d ed., 2d ed.", "third edition, second edition."),
        ("Eqs. 3 and 4, secs. 2 to 5", "Equations three and four, sections two to five"),
        ("Spreads rose 50 bps.", "Spreads rose fifty basis points."),
        ("It fell 25 bps.", "It fell twenty five basis points."),
        ("The modem dropped to 300 bps.", "The modem dropped to three hundred bits per second."),
        ("a card ending 4242", "a card ending four two four two"),
    ],
    "sums and signs": [
        ("x - y = 3", "x minus y equals three"),
        ("x² - 4 = 0", "x squared minus four equals zero"),
        ("I am a - well - man", "I am a — well — man"),
        ("2 * 10 mm", "two times ten millimeters"),
        ("3 x 4 mm", "three by four millimeters"),
        ("2 4/5ths", "two and four fifths"),
        ("It is 4.4x.", "It is four point four times."),
        ("4.4x", "four point four x"),
        ("$2.000 or $20.010", "two dollars or twenty dollars and one cent"),
        ("I <3 cats, we <3 NY", "I love cats, we love N Y"),
        ("$\\frac{1}{2}$ of it", "one half of it"),
        ("10<sup>6</sup> cells", "ten to the sixth cells"),
        ("as shown.[1]–[3] Then", "as shown. Then"),
    ],
}


@pytest.mark.parametrize(("written", "spoken"), [case for cases in AMERICAN.values() for case in cases])
def test_everyday_writing(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
