"""Everyday English, sentence by sentence: kinds that were read wrongly when new sentences were written."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise

CASES = {
    "the same measure twice": [
        ("Roast at 400°F/200°C.", "Roast at four hundred degrees Fahrenheit or two hundred degrees Celsius."),
        ("a bag of 2 lb/900 g", "a bag of two pounds or nine hundred grams"),
        ("125 mg/5 mL", "one hundred twenty five milligrams per five milliliters"),
    ],
    "basis points": [
        (
            "The yield is 4.1%, up 12 bps QoQ.",
            "The yield is four point one percent, up twelve basis points quarter over quarter.",
        ),
        ("a 300 bps modem", "a three hundred bit per second modem"),
    ],
    "plurals of numbers": [
        ("Two B-17s and some F-35s flew.", "Two B seventeens and some F thirty fives flew."),
        ("prints of 8x10s", "prints of eight by tens"),
        ("He hit 40 HRs.", "He hit forty H Rs."),
    ],
    "parts of figures": [
        ("Tables 4B-D and Fig. 2A", "Tables four B to D and Figure two A"),
    ],
    "times with a zone": [
        ("The call is at 16.30 GMT.", "The call is at sixteen thirty G M T."),
        ("a GPA of 3.45 or so", "a G P A of three point four five or so"),
        ("boarding 13:00h, doors 6h45", "boarding thirteen hundred hours, doors six forty five"),
    ],
    "temperatures": [
        ("Set the oven to 375F.", "Set the oven to three hundred seventy five degrees Fahrenheit."),
        ("Her temp was 101.2 F.", "Her temp was one hundred one point two degrees Fahrenheit."),
        ("Room 425F is upstairs.", "Room four twenty five F is upstairs."),
    ],
    "days on which something moves": [
        ("The parcel ships 9/17.", "The parcel ships September seventeenth."),
        ("week of 3/4", "week of March fourth"),
        ("wk of 3/4", "week of March fourth"),
    ],
    "shorts of letters and adverts": [
        ("Attn: Payroll", "Attention: Payroll"),
        ("in 5-7 bus. days", "in five to seven business days"),
        ("8 yrs. exp. in retail pref'd.", "eight years experience in retail preferred."),
        ("Act II, Sc. iv", "Act two, scene four"),
        ("Ms. Wu (D–Mass.) spoke.", "Miz Wu (D Massachusetts) spoke."),
        ("Mon./Wed. 5-6", "Monday, Wednesday five to six"),
        ("M-Th, 10-4", "Monday to Thursday, ten to four"),
        ("a $9 fee/mo", "a nine dollar fee per month"),
    ],
    "rupees": [
        ("₹7 lakh and ₹3 crore", "seven lakh rupees and three crore rupees"),
    ],
    "a measure before a noun": [
        ('a 3/8" drill and 5/8" nails', "a three eighths inch drill and five eighths inch nails"),
        ("a 1/4 lb burger", "a quarter pound burger"),
        ("1/2 lb of beef", "half a pound of beef"),
        ('an 11" x 14" frame', "an eleven inch by fourteen inch frame"),
        ('It is 11" x 14".', "It is eleven inches by fourteen inches."),
        ("Add a 10A fuse.", "Add a ten amp fuse."),
        ("one 15 oz. can", "one fifteen ounce can"),
        ("10 lb. can hurt", "ten pounds can hurt"),
        ("a dozen: 12 ct. eggs", "a dozen: twelve count eggs"),
        ("a -6 dB slope", "a minus six decibel slope"),
        ("Go 3 mi. N on Elm.", "Go three miles north on Elm."),
    ],
    "ranges": [
        ("4/2021-6/2022", "April twenty twenty one to June twenty twenty two"),
        ("sizes S-XL", "sizes S to X L"),
        ("in rm. 2-105", "in room two one hundred five"),
    ],
    "numbers of help lines": [
        ("Call the 1-888 number.", "Call the one, eight eight eight number."),
    ],
    "formulas and commands": [
        ("y = (a + b) / 2", "y equals (a plus b) over two"),
        ("rm -rf old", "rm dash R F old"),
        ("python3 -m pip", "python three dash M pip"),
        ("He is well -ish", "He is well ish"),
    ],
    "numerals of pages": [
        ("See pp. i-ix and ch. iii.", "See pages one to nine and chapter three."),
        ("the plural i and page v", "the plural i and page v"),
    ],
    "prices before a noun": [
        ("a $3M-$4M gap", "a three million to four million dollar gap"),
        ("an $8-$9 lunch", "an eight to nine dollar lunch"),
        ("It is $3-$4.", "It is three to four dollars."),
    ],
    "votes, zones, alphabets": [
        ("The motion passed 27-25.", "The motion passed twenty seven to twenty five."),
        ("at 6 p.m. CT/7 p.m. ET", "at six pm C T, seven pm E T"),
        ("all of it, A-Z", "all of it, A to Z"),
        ("the 1950's-60's", "the nineteen fifties to sixties"),
        ("30 mpg/12.7 km/L", "thirty miles per gallon or twelve point seven kilometers per liter"),
        ("2 X 5 = 10", "two times five equals ten"),
        ("c. 2,500 BC", "circa two thousand five hundred B C"),
        ("Mx. Hill, pl. see below", "Mix Hill, pl. see below"),
        ("Pl. call back.", "Please call back."),
        ("Brook Pl. is near.", "Brook Place is near."),
        ("txt 40404 now", "txt four zero four zero four now"),
        ("Oh ¯\\_(ツ)_/¯ well", "Oh well"),
        ("pp. 12 ff.", "pages twelve and following"),
    ],
    "dates, hours and directions": [
        ("3/1/21-5/2/22", "March first twenty twenty one to May second twenty twenty two"),
        ("11 a.m.-noon, noon-3, 9 pm-midnight", "eleven am to noon, noon to three, nine pm to midnight"),
        ("the SW corner of Elm", "the southwest corner of Elm"),
        ("NE of the town", "northeast of the town"),
        ("on the 3rd flr", "on the third floor"),
    ],
    "prices, processors and points": [
        ("soap 2/$5", "soap two for five dollars"),
        ("an app for x64 and x86", "an app for x sixty four and x eighty six"),
        ("He got 1450/1600.", "He got fourteen fifty out of sixteen hundred."),
        ("half: 1/2 c. (120 mL), packed", "half: half a cup (one hundred twenty milliliters), packed"),
    ],
    "codes by character": [
        ("host 2001:db8::7", "host two zero zero one colon D B eight colon colon seven"),
        (
            "parcel 1Z 999 AA1 01 2345 6784",
            "parcel one Z nine nine nine A A one zero one two three four five six seven eight four",
        ),
        ("CVV: 907", "C V V: nine zero seven"),
        ("a time of 1:02:03", "a time of one hour, two minutes and three seconds"),
    ],
    "speakers and faces": [
        ("TOM (laughing): No. ANN [aside]: Yes.", "TOM (laughing): No. ANN (aside): Yes."),
        ("so sad </3 lol xD o_O", "so sad lol"),
        ("Done (╯°□°)╯︵ ┻━┻", "Done"),
        ("Mmes. Roy and Lee", "Mesdames Roy and Lee"),
    ],
    "tests": [
        ("a 1520 SAT, 33 ACT.", "a fifteen twenty S A T, thirty three A C T."),
    ],
}


BRITISH = [
    ("VAT reg. no. 123", "V A T registration number one hundred and twenty three"),
    ("NI no. AB 12", "N I number A B twelve"),
    ("Spurs 2-1 Wigan (agg 3-2)", "Spurs two to one Wigan (aggregate three two)"),
    ("Leeds won 2-1 aet.", "Leeds won two one after extra time."),
    ("shut on Bank Hols", "shut on Bank holidays"),
    ("low pressure, 985mb", "low pressure, nine hundred and eighty five millibars"),
    ("a 20mb file", "a twenty megabyte file"),
]


@pytest.mark.parametrize(("written", "spoken"), BRITISH)
def test_neighbouring_british_cases(written: str, spoken: str) -> None:
    assert normalise(written, "en-gb").spoken == spoken


@pytest.mark.parametrize(("written", "spoken"), [case for cases in CASES.values() for case in cases])
def test_neighbouring_cases_are_read_as_people_say_them(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
