"""Numbers as they are spoken."""

from __future__ import annotations

import pytest

from kokoro_demo.text import normalise


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("I am 26.", "I am twenty six."),
        ("342 pages", "three hundred forty two pages"),
        ("3,497 words", "three thousand four hundred ninety seven words"),
        ("1,234,567", "one million two hundred thirty four thousand five hundred sixty seven"),
        ("1.234.567", "one million two hundred thirty four thousand five hundred sixty seven"),
        ("1.234,56", "one thousand two hundred thirty four point five six"),
        ("12,34,567", "one million two hundred thirty four thousand five hundred sixty seven"),
        ("10 000", "ten thousand"),
        ("10\xa0500", "ten thousand five hundred"),
        ("1 234 567", "one million two hundred thirty four thousand five hundred sixty seven"),
        ("0", "zero"),
        ("007", "zero zero seven"),
        ("He made -50 sales.", "He made minus fifty sales."),
        ("−7 and +5 and ±3", "minus seven and plus five and plus or minus three"),
        ("0.5", "zero point five"),
        (".5", "point five"),
        ("3.14159", "three point one four one five nine"),
        ("1,234.56", "one thousand two hundred thirty four point five six"),
        ("1,2,3", "one, two, three"),
        ("1234 apples", "one thousand two hundred thirty four apples"),
        ("1000 years", "one thousand years"),
    ],
)
def test_counts(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("342 pages", "three hundred and forty two pages"),
        ("1,001 nights", "one thousand and one nights"),
        ("2200", "two thousand two hundred"),
        ("1500 people", "one thousand five hundred people"),
    ],
)
def test_british_counts(written: str, spoken: str) -> None:
    assert normalise(written, "en-gb").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("1st, 2nd, 3rd, 21st, 100th", "first, second, third, twenty first, one hundredth"),
        ("the 1,000th time", "the one thousandth time"),
        ("the 42ND STREET", "the forty second STREET"),
        ("2ⁿᵈ", "second"),
        ("19th-century art", "nineteenth century art"),
        ("1/2", "one half"),
        ("3/4 of it", "three quarters of it"),
        ("2/3 and 5/8", "two thirds and five eighths"),
        ("½ and 3½ and 1 1/2", "one half and three and a half and one and a half"),
        ("⅔ cup", "two thirds cup"),
        ("22/7", "twenty two over seven"),
        ("2/3rds and 1/8th", "two thirds and one eighth"),
        ("24/7/365", "twenty four seven three sixty five"),
        ("2023/24", "twenty twenty three twenty four"),
        ("24/7", "twenty four seven"),
        ("9/11", "nine eleven"),
        ("50/50", "fifty fifty"),
        ("I rate it 7/10", "I rate it seven out of ten"),
        ("6 / 2 = 3", "six divided by two equals three"),
    ],
)
def test_ordinals_and_fractions(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("in 1990", "in nineteen ninety"),
        ("by 2024.", "by twenty twenty four."),
        ("1905", "nineteen oh five"),
        ("2001", "two thousand one"),
        ("2010", "twenty ten"),
        ("1066", "one thousand sixty six"),
        ("1800", "eighteen hundred"),
        ("2200", "twenty two hundred"),
        ("the 1990s' music", "the nineteen nineties music"),
        ("the 1990's", "the nineteen nineties"),
        ("the 2000s", "the two thousands"),
        ("the 1800s", "the eighteen hundreds"),
        ("100s of pages, 1,000s of people", "hundreds of pages, thousands of people"),
        ("the '80s and 90s", "the eighties and nineties"),
        ("mid-1980s", "mid nineteen eighties"),
        ("class of '99", "class of ninety nine"),
        ("1984's hero", "nineteen eighty four's hero"),
        ("44 BC", "forty four B C"),
        ("AD 476", "A D four hundred seventy six"),
        ("1500 people", "fifteen hundred people"),
        ("In 1042 and since 1087, by 1099.", "In ten forty two and since ten eighty seven, by ten ninety nine."),
        ("the spring of 1003; c. 1050", "the spring of ten oh three; circa ten fifty"),
        ("in 1050 cases, a total of 1012", "in one thousand fifty cases, a total of one thousand twelve"),
        ("from 7000 to 9500 feet", "from seven thousand to nine thousand five hundred feet"),
        ("The letter of 1908 tells all.", "The letter of nineteen oh eight tells all."),
        ("in the 1970 s", "in the nineteen seventies"),
        ("up in 3Q23 and the 1H24", "up in the third quarter of twenty three and the first half of twenty four"),
        ("UNESCO 2008", "UNESCO two thousand eight"),
        ("(1071–1115)", "(ten seventy one to eleven fifteen)"),
    ],
)
def test_years_and_decades(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("10–20", "ten to twenty"),
        ("5-10 people", "five to ten people"),
        ("1939-45", "nineteen thirty nine to forty five"),
        ("1914–1918", "nineteen fourteen to nineteen eighteen"),
        ("pp. 12–15", "pages twelve to fifteen"),
        ("We won 6-3.", "We won six three."),
        ("747-400", "seven hundred forty seven four hundred"),
        ("16:9", "sixteen to nine"),
        ("3:1 odds", "three to one odds"),
        ("3 × 3 mm", "three by three millimeters"),
        ("3 ×3 mm", "three by three millimeters"),
        ("1920x1080", "nineteen twenty by ten eighty"),
        ("10 cm x 20 cm", "ten centimeters by twenty centimeters"),
        ("3 × 4 = 12", "three times four equals twelve"),
        ("2 * 3 = 6", "two times three equals six"),
        ("10–20%", "ten to twenty percent"),
        ("25%-30%", "twenty five percent to thirty percent"),
        ("3-to-1", "three to one"),
        ("an 18-year-old", "an eighteen year old"),
    ],
)
def test_ranges_ratios_and_sizes(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("50%", "fifty percent"),
        ("5.5 %", "five point five percent"),
        ("0.1‰", "zero point one per mille"),
        ("6.02×10^23", "six point zero two times ten to the power of twenty three"),
        ("3 × 10⁸ m/s", "three times ten to the power of eight meters per second"),
        ("1.5e-3", "one point five times ten to the power of minus three"),
        ("2^8", "two to the power of eight"),
        ("x² + y³", "x squared plus y cubed"),
        ("E=mc²", "E equals mc squared"),
        ("x^2", "x squared"),
    ],
)
def test_percent_and_powers(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("B2B, MP3, A4, 5G, 4K, 3D", "B two B, M P three, A four, five G, four K, three D"),
        ("10k and 1.6M and 2bn", "ten thousand and one point six million and two billion"),
        ("H2O and CO2", "H two O and C O two"),
        ("A380, R2D2, PS5, i7", "A three eighty, R two D two, P S five, i seven"),
        ("COVID-19, F-16, B-52", "COVID nineteen, F sixteen, B fifty two"),
        ("1080p", "ten eighty p"),
        ("221B Baker Street", "two twenty one B Baker Street"),
        ("Room 305", "Room three oh five"),
        ("an RTX 4090 and a 10K run", "an R T X forty ninety and a ten K run"),
        ("H2SO4 and C6H12O6", "H two S O four and C six H twelve O six"),
        ("a 175B model", "a one hundred seventy five billion model"),
        ("ZIP 90210", "ZIP nine zero two one zero"),
        ("Flight UA 1234", "Flight U A twelve thirty four"),
        ("Seat 12F", "Seat twelve F"),
        ("v2.0", "version two point zero"),
        ("version 10.15.7", "version ten point fifteen point seven"),
        ("192.168.0.1", "one ninety two dot one sixty eight dot zero dot one"),
        ("127.0.0.1:8080", "one twenty seven dot zero dot zero dot one colon eighty eighty"),
    ],
)
def test_names_made_of_digits(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("555-1234", "five five five, one two three four"),
        ("(555) 123-4567", "five five five, one two three, four five six seven"),
        ("1-800-555-0199", "one, eight hundred, five five five, zero one nine nine"),
        ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
        ("Call 911!", "Call nine one one!"),
        ("911 calls", "nine hundred eleven calls"),
        ("1-800-FLOWERS", "one, eight hundred, FLOWERS"),
        ("123-45-6789", "one two three, four five, six seven eight nine"),
    ],
)
def test_telephone_numbers(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Chapter IV", "Chapter four"),
        ("part iii", "part three"),
        ("Act V, Scene II", "Act five, Scene two"),
        ("vol. III", "volume three"),
        ("pp. xii–xv", "pages twelve to fifteen"),
        ("Henry VIII had six wives.", "Henry the eighth had six wives."),
        ("Louis XVI was king.", "Louis the sixteenth was king."),
        ("Pope John Paul II", "Pope John Paul the second"),
        ("King Charles III", "King Charles the third"),
        ("World War II", "World War two"),
        ("WWII", "World War two"),
        ("Rocky IV", "Rocky four"),
        ("Super Bowl XLVIII", "Super Bowl forty eight"),
        ("XXI century", "twenty first century"),
        ("I mix it.", "I mix it."),
        ("XL shirts", "X L shirts"),
        ("Malcolm X", "Malcolm X"),
        ("Vitamin C. It helps.", "Vitamin C. It helps."),
        ("an IV drip", "an I V drip"),
        ("the part I like", "the part I like"),
    ],
)
def test_roman_numerals(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("1000000000000", "one trillion"),
    ],
)
def test_numbers_too_long_for_a_name(written: str, spoken: str) -> None:
    assert normalise(written, "en-us").spoken == spoken
