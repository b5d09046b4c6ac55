"""Numbers without a unit: years, decades, ordinals, fractions, room and flight numbers, and plain counts."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, word_list
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.amounts import NUMBER, part_of
from kokoro_demo.text.rules.dates import MONTHS
from kokoro_demo.text.rules.surroundings import ODDS, describes_a_noun, is_designation, is_part
from kokoro_demo.text.rules.units import read_unit
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

# A number after one of these is a name, read in pairs: "Room 305", "Flight 2345".
_NAMED = re.compile(
    r"\b"
    + any_of(
        r"room rm\.? flight(?:\s[A-Z]{1,3})? route highway hwy\.? rte?\.? bus suite apartment apt\.? extension",
        r"ext\.? channel unit gate train interstate building location locker form cell bin boeing airbus bmw",
        r"port pin code pin_code",
    )
    + r"\s*\Z",
    re.I,
)
_ROAD = re.compile(r"\b(?:or|at|call|dial|on)\sx\Z|\b(?:I|US|SR|CR|FM|U|Pu|Cs|Th|Am|Sr)-\Z")  # "I-405", "U-235"
_DESIGNATED = re.compile(r"\b[A-Z]\s?-\s\Z")  # "C - 130"
_MODEL = re.compile(r"\b(?!AD|BC|CE|BCE|USD|EUR|GBP|ISO)[A-Z]{2,}[\s-]\Z")
_BEFORE_YEAR = re.compile(
    r"\b"
    + any_of(
        "in by since of until till from during before after around circa year the to and between late early",
        "mid spring summer autumn fall winter through class january february march april may june july august",
        "september october november december (?:late|early|recently|far_back)_as",
    )
    + r",?[\s-]+\Z",
    re.I,
)
_NOT_COUNTED = any_of(
    "as this its vs us plus perhaps always across versus towards afterwards census less",
    "unless series edition version season",
    *word_list("verbs_in_s"),
)
# Before these, 1000 to 1099 are years; elsewhere they are counts.
_BEFORE_MEDIEVAL = re.compile(
    r"(?:\b(?:est\.|in|since|from|by|until|till|before|after|around|circa|ca?\.|years?(?:\s(?:is|was|were))?|early|late|during|AD|A\.D\."
    r"|(?:in|from|between|since|by|of)\s1\d{3}(?:,\s1\d{3})?,?\s(?:and|or|to|until|till|through)"
    r"|(?<!number )(?<!total )(?<!sum )(?<!average )(?<!height )(?<!length )(?<!crowd )(?<!out )(?<!group )of"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)\s)\Z",
    re.I,
)
_FUTURE = re.compile(r"\b(?:by|until|till|in|year|before|after|since)\s\Z", re.I)
_CITED = re.compile(r"\d ?\)? ?: ?\Z")
_CITED_AFTER = re.compile(r" ?\( ?(?:1[5-9]|20)\d\d ?\)")
_ANY_COUNTED = re.compile(
    rf"\s(?!{_NOT_COUNTED}\b)(?:[a-z]{{2,}}(?<!s)s|people|men|women|children|more|other)\b|\sof\b"
)
_NOUNS = any_of("people men women children more other new different of_the")
_COUNTED = re.compile(rf"\s(?!{_NOT_COUNTED}\b)(?:[a-z]{{2,}}(?<!s)s|{_NOUNS})\b")
_SECONDS = re.compile(
    r"\b" + any_of("for after every wait takes? took within lasts? lasted timeout:? about least only =") + r"\s*\Z",
    re.I,
)
_SCORE = re.compile(
    r"\b"
    + any_of(
        "pain hp: health: xp: progress: score: result: mark: total: points?:",
        "scores? scored scoring rated? rating got gets? grade marks? gave_it give_it",
    )
    + r"\s(?:(?:it|this|that|him|her|them|us|me)\s)?(?:an?\s)?(?:of\s)?\Z",
    re.I,
)
_RUNWAY = re.compile(r"\brunways?(?:\sis)?(?:\sdesignated)?\s\Z", re.I)
_ROUND = {"100": "hundreds", "1000": "thousands", "10000": "tens of thousands", "100000": "hundreds of thousands"}
_POSSESSIVE = re.compile(r"'s(?!\w)")
_SPELLED_FRACTIONS = {("24", "7"): "twenty four seven", ("9", "11"): "nine eleven", ("50", "50"): "fifty fifty"}


def is_year(match: re.Match[str], digits: str, british: bool) -> bool:
    """Whether four digits are read as a year: "1990" is one, "1990 apples" is a count."""
    if len(digits) != 4:
        return False
    text = match.string
    counted = _COUNTED.match(text, match.end()) is not None and not before(match, _BEFORE_YEAR)
    if "1100" <= digits <= "2099":
        return not counted or (digits.endswith("00") and digits < "2000" and not british)
    if "2100" <= digits <= "2199" and before(match, _FUTURE, 12) and not _ANY_COUNTED.match(text, match.end()):
        return True
    if "1000" <= digits < "1100":
        cited = before(match, _CITED, 12) or _CITED_AFTER.match(text, match.end())  # "56(10): 1091"
        return (cited or before(match, _BEFORE_MEDIEVAL, 40)) and not _ANY_COUNTED.match(text, match.end())
    # Americans read a round hundred that stands alone as "twenty two hundred".
    return not british and digits.endswith("00") and digits[1] != "0" and text.strip(" .") == digits


def _ordinal(match: re.Match[str], context: Context) -> RuleResult | None:
    digits = match["digits"].replace(",", "")
    spoken = words(number_words.ordinal(digits, context.british), match.start(), match.end())
    following = _ORDINAL_RANGE.match(match.string, match.end())
    if following and int(following["last"]) > int(digits):  # "3rd-5th"
        return RuleResult([*spoken, *words("to", *following.span("dash"))], following.end("dash"))
    return RuleResult(spoken, match.end())


_ORDINAL_RANGE = re.compile(r"(?P<dash>\s?[-–—]\s?)(?P<last>\d{1,3})(?:st|nd|rd|th)\b")
# Before these, "2d" and "3d" are an old way of writing "2nd" and "3rd".
_OF_A_SERIES = (
    r"(?=\s(?:(?i:regiment|cavalry|infantry|division|dragoons|battalion|corps|army|brigade|artillery|edition|ed\.|cir\."
    r"|circuit|street|st\.|ave|district|congress|sess|series|bn\b|cav\b|inf\b|div\b|regt\b|bde\b|squadron|platoon|marines|armou?red|foot|lieut|duke|earl|baron|lord|sunday|of\s|inst|day|century"
    r"|time|ser\.|dep|d\.|battery|company|guards|hussars|lancers|floor|fleet)))"
)
_ARTICLE = re.compile(r"\b(?:the|his|her|our|their|this|my|its)\s\Z", re.I)


def _old_ordinal(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "the 23d Dragoons", "2d ed."."""
    digits, text = match["digits"], match.string
    if text.startswith(" of", match.end()) and not before(match, _ARTICLE):
        return None
    return RuleResult(words(number_words.ordinal(digits, context.british)), match.end())


def _decade(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "1990s", "80s", "747s"; not the "30s" of "for 30s", which `units` reads as seconds."""
    digits = match["digits"].replace(",", "")
    if digits in _ROUND:
        return RuleResult(words(_ROUND[digits]), match.end())
    if len(digits) == 2 and digits[0] in "123456" and before(match, _SECONDS):
        return None
    if len(digits) == 4:
        spoken = number_words.plural(number_words.year(digits, False))
    elif len(digits) == 2 or len(digits) > 4 or digits.endswith("00"):
        spoken = number_words.plural(number_words.cardinal(digits, False))
    else:
        spoken = number_words.plural(number_words.in_pairs(digits))
    return RuleResult(words(spoken), match.end())


def _short_year(match: re.Match[str], context: Context) -> RuleResult:
    """Read '80s, '99."""
    digits = match["digits"]
    spoken = (
        number_words.cardinal(digits, False) if digits[0] != "0" else f"oh {number_words.DIGIT_WORDS[int(digits[1])]}"
    )
    if digits == "00":
        spoken = "two thousand"
    if match["s"]:
        spoken = number_words.plural(spoken)
    return RuleResult(words(spoken), match.end())


def _fraction(match: re.Match[str], context: Context) -> RuleResult:
    """Read two numbers with a slash: a year, a date, a score, a fraction and the like."""
    upper, lower = match["upper"], match["lower"].replace(",", "")
    spoken = _two_digit_pair(match, upper, lower, context) or _numbers_with_a_word(match, upper, lower, context)
    if spoken is not None:
        return RuleResult(words(spoken), match.end())
    joiner = _joiner(match, upper, lower)
    if joiner is None:
        return _part(number_words.fraction(upper, lower, context.british), match, context)
    top, bottom = number_words.decimal(upper, context.british), number_words.decimal(lower, context.british)
    return RuleResult(words(f"{top} {joiner} {bottom}"), match.end())


def _two_digit_pair(match: re.Match[str], upper: str, lower: str, context: Context) -> str | None:
    """The words of a year and the next, "2023/24", and of pairs such as "05/06", "24/7", "80/20"; None if neither."""
    if len(upper) == 4 and len(lower) == 2 and "1100" <= upper <= "2099":  # "2023/24"
        return f"{number_words.year(upper, context.british)} {number_words.pair(lower)}"
    if _is_split_year(upper, lower):  # "1527/8"
        return f"{number_words.year(upper, context.british)} {number_words.cardinal(lower, False)}"
    if upper[0] == "0" and len(upper) == len(lower) == 2:  # "the 05/06 season", "runway 09/27"
        say = number_words.one_by_one if before(match, _RUNWAY) else number_words.pair
        return f"{say(upper)} {say(lower)}"
    if len(lower) == 4 and lower.endswith("00") and len(upper) in (3, 4) and int(upper) <= int(lower):  # "1540/1600"
        return " out of ".join(map(number_words.in_pairs, (upper, lower)))
    if spoken := _SPELLED_FRACTIONS.get((upper, lower)):
        return spoken
    if int(upper) + int(lower) == 100 and len(upper) == len(lower) == 2 and int(upper) % 5 == 0:  # "an 80/20 split"
        return f"{number_words.cardinal(upper, False)} {number_words.cardinal(lower, False)}"
    return None


def _numbers_with_a_word(match: re.Match[str], upper: str, lower: str, context: Context) -> str | None:
    """The words of "Step 1/3", "3/2010 votes", "expires 05/2027", "junction 8/9"; None if it is none of these."""
    text, start, end = match.string, match.start(), match.end()
    first, second = number_words.cardinal(upper, context.british), number_words.cardinal(lower, context.british)
    part = is_part(text, end)
    if not part and before(match, _OF_SO_MANY) and 0 < int(upper) <= int(lower):
        return f"{first} of {second}"
    if upper[0] != "0" and not before(match, _DATED) and _THINGS.match(text, end):
        return f"{first} out of {second}"
    if len(lower) == 4 and 1 <= int(upper) <= 12 and "1900" <= lower <= "2099":
        return f"{MONTHS[int(upper) - 1]} {number_words.year(lower, context.british)}"
    if not part and is_designation(text, start) and int(lower) == int(upper) + 1:
        return f"{first} slash {second}"
    return None


def _joiner(match: re.Match[str], upper: str, lower: str) -> str | None:
    """The word between the two numbers; None if they are a fraction below one, which is read as one."""
    if _STARS.match(match.string, match.end()) or before(match, _SCORE, 30):
        return "out of"
    if lower == "10" and 10 < int(upper) < 16:  # "12/10, would pet again"
        return "out of"
    if upper == lower and len(lower) < 3 and lower <= "10":
        return "out of"
    if before(match, ODDS):
        return "to"
    if " " in match.group():
        return "divided by"
    if upper == lower:
        return ""
    odd = int(lower) > 20 and lower[-1] in "12" and lower != "32"  # no "ten twenty seconds"
    common = not odd and (int(lower) <= 100 or lower.endswith("00") or len(lower) > 4)
    if 0 < int(upper) < int(lower) and common and upper[0] != "0" and lower[0] != "0":
        return None
    return "over"


_STARS = re.compile(r"\s(?:stars?|★|pain\b|severity\b|(?:muscle\s|motor\s)?strength\b|would\s)")
_DATED = re.compile(
    r"\b(?:in|on|since|from|by|until|till|before|after|of|due|the|expires?|exp\.?|dated?|valid|between|and|to)\s\Z",
    re.I,
)
_THINGS = re.compile(
    r"\s(?:votes?|people|students|members|voters|patients|users|employees|respondents|seats|entries|tests|pages|samples"
    r"|files|rows|items|steps|points|ballots|players|guests|participants)\b"
)
_OF_SO_MANY = re.compile(
    r"\b(?:step|page|part|question|slide|chapter|episode|level|round|stage|attempt|photo|image)\s\Z", re.I
)


def _is_split_year(upper: str, lower: str) -> bool:
    """Whether "1527/8" is a year by two calendars, the second given by its last digit."""
    return len(upper) == 4 and len(lower) == 1 and "1100" <= upper <= "2099" and int(lower) == (int(upper[3]) + 1) % 10


def _part(part: str, match: re.Match[str], context: Context) -> RuleResult:
    """Read a fraction below one with its unit: "half a pound", "three quarter inch"."""
    unit = read_unit(context.text, match.end(), context.british)
    if not unit:
        return RuleResult(words(part), match.end())
    if unit.hyphen:
        return RuleResult(words(f"{part} {unit.singular}", match.start(), unit.end), unit.end)
    if describes_a_noun(match.string, match.start(), unit.end):  # "a 7/8″ bolt"
        short = {"one half": "half", "one quarter": "quarter"}.get(part, part)
        return RuleResult(words(f"{short} {unit.singular}", match.start(), unit.end), unit.end)
    return RuleResult(words(part_of(part, unit.singular), match.start(), unit.end), unit.end)


def _hours(match: re.Match[str], context: Context) -> RuleResult:
    """Read "0800 hours"."""
    hour = match["hour"]
    spoken = f"oh {number_words.DIGIT_WORDS[int(hour[1])]}" if hour[0] == "0" else number_words.cardinal(hour, False)
    minute = "hundred" if match["minute"] == "00" else number_words.pair(match["minute"])
    pieces = words(f"{spoken} {minute}", match.start(), match.end("minute"))
    return RuleResult(pieces + words("to", *match.span("dash")) if match["dash"] else pieces, match.end())


def _number(match: re.Match[str], context: Context) -> RuleResult:
    number = match.group()
    if _BATTED.fullmatch(number) and before(match, _BATS):
        spoken = f"oh {number_words.pair(number[2:])}" if number[1] == "0" else number_words.in_pairs(number[1:])
    elif number.isdecimal():
        named = (
            before(match, _NAMED)
            or before(match, _ROAD)
            or before(match, _DESIGNATED)
            or (len(number) == 4 and before(match, _MODEL))
        )
        if 3 <= len(number) <= 4 and named:
            modern = "1900" <= number <= "2099" and len(number) == 4
            spoken = number_words.year(number, context.british) if modern else number_words.in_pairs(number)
        elif len(number) > 3 and before(match, _CODED, 24):
            spoken = number_words.in_pairs(number) if len(number) == 4 else number_words.one_by_one(number)
        elif is_year(match, number, context.british):
            spoken = number_words.year(number, context.british)
        else:
            spoken = number_words.decimal(number, context.british)
    else:
        spoken = number_words.decimal(number, context.british)
    if possessive := _POSSESSIVE.match(match.string, match.end()):
        return RuleResult(words(f"{spoken}'s", match.start(), possessive.end()), possessive.end())
    return RuleResult(words(spoken), match.end())


_CODED = re.compile(r"(?<!\w)(?=[A-Z\d-]{0,20}[A-Z])[A-Z\d]{1,8}(?:-[A-Z\d]{1,8}){0,3}-\Z")  # "XPS-13-9310"
_BATTED = re.compile(r"\.(?!00)\d{3}")
# After these, ".305" is a batting average, "three oh five".
_BATS = re.compile(
    r"\b(?:hit|hits|hitting|bat(?:s|ted|ting)?|slugg(?:ed|ing)|average(?: of)?|avg\.?(?: of)?|OPS(?: of)?|OBP(?: of)?"
    r"|SLG|ERA|AVG)\s\Z"
)


def _rating(match: re.Match[str], context: Context) -> RuleResult:
    """Read "3.5/5"."""
    score, best = (number_words.decimal(match[part], context.british) for part in ("score", "best"))
    return RuleResult(words(f"{score} out of {best}"), match.end())


def _quarter(match: re.Match[str], context: Context) -> RuleResult:
    """Read "2Q22" as "the second quarter of twenty two"."""
    period = "quarter" if match["period"] == "Q" else "half"
    year = number_words.year(match["year"], context.british)
    spoken = f"{number_words.ordinal(match['number'], False)} {period} of {year}"
    return RuleResult(words(spoken if before(match, _THE) else f"the {spoken}"), match.end())


_THE = re.compile(r"\b(?:the|an?|this|last|next)\s\Z", re.I)


def _times(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "3x faster", "2x as long"; not a text that is "2x" alone."""
    if match.group() == match.string.strip():
        return None
    return RuleResult(words(f"{number_words.decimal(match['number'], context.british)} times"), match.end())


def _years_old(match: re.Match[str], context: Context) -> RuleResult:
    """Read "a 3yo filly", "She is 32yo"."""
    years = "year" if _DESCRIBED.match(match.string, match.end()) else "years"
    return RuleResult(words(f"{number_words.cardinal(match['age'], context.british)} {years} old"), match.end())


_DESCRIBED = re.compile(r"\s(?!and\b|but\b|or\b|with\b|who\b|in\b|at\b|now\b|today\b)[a-zMF]")

FIRST = (
    Rule("age", re.compile(r"(?P<age>[1-9]\d{0,2})yo(?!\w)"), _years_old),
    Rule("quarter", re.compile(r"(?P<number>[1-4])(?P<period>Q|(?<=[12])H)(?P<year>\d{4}|\d\d)(?!\w)"), _quarter),
    Rule(
        "times",
        re.compile(
            r"(?P<number>\d{1,6}(?:\.\d{1,3})?) ?[xX×]"
            r"(?=\s(?:[a-z]{2,}er|(?:optical\s|digital\s|hybrid\s)?zoom|speed|magnification|more|less|as|the|per|a|an|daily|weekly|what|their|its)\b|[.,;!?]|\s*$)"
        ),
        _times,
    ),
    Rule(
        "rating",
        re.compile(r"(?P<score>\d{1,2}\.\d{1,2}) ?/ ?(?P<best>[45]\.0|10\.0|4|5|10|100)(?![\d/]|[.,]\d)"),
        _rating,
    ),
    Rule(
        "ordinal",
        re.compile(r"(?P<digits>\d{1,3}(?:,\d{3}){1,8}|\d{1,36})(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z\d])"),
        _ordinal,
    ),
    Rule("ordinal", re.compile(rf"(?P<digits>\d?[02-9][23]|[23])d{_OF_A_SERIES}"), _old_ordinal),
    Rule(
        "ordinal", re.compile(r"(?:(?<=Supp\. )|(?<=Ed\. )|(?<=App\. )|(?<=Rptr\. ))(?P<digits>[23])d(?!\w)"), _ordinal
    ),
    Rule(
        "decade",
        re.compile(r"(?P<digits>\d{1,3},000|\d{2}(?:\d0)|\d0|\d{3}|00)['’]?s(?:['’](?![A-Za-z]))?(?!\w)"),
        _decade,
    ),
    Rule("decade", re.compile(r"(?P<digits>1[1-9]\d0|20\d0) s(?![\w'.])"), _decade),
    Rule(
        "fraction",
        re.compile(
            r"(?P<upper>\d{1,5}) ?/ ?(?P<lower>\d{1,3}(?:,\d{3})+|\d{1,5})(?:(?:nd|rd|th)s?(?!\w))?(?![\d/CF]|[.,]\d)"
        ),
        _fraction,
    ),
    Rule(
        "time",
        re.compile(
            r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?:(?= ?(?:hours|hrs)\b)"
            r"|(?P<dash>\s?[-–]\s?|\sto\s)(?=(?:[01]\d|2[0-4])[0-5]\d ?(?:hours|hrs)\b))"
        ),
        _hours,
    ),
)
LAST = (Rule("number", re.compile(NUMBER + r"|\.\d+"), _number),)
SHORT_YEAR = Rule("year", re.compile(r"'(?P<digits>\d\d)(?P<s>'?s)?(?!\w)"), _short_year)
