"""Measures: numbers with what follows them - ranges, dimensions, percentages, powers of ten and units."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import number_words, units
from kokoro_demo.text.rules.amounts import Amount, part_of, read_amount, read_magnitude
from kokoro_demo.text.rules.dashes import names_a_thing
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.rules.surroundings import describes_a_noun
from kokoro_demo.text.rules.units import Unit, read_unit
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_RANGE = re.compile(r"(?: ?[–—−] ?|-|\s-\s)(?=[\d.¼½¾⅐-⅞]|[$€£¥]\d)")
_LONGER = re.compile(r"[-/:]\d|\.\d| ?=")
_BEFORE_CHRIST = re.compile(r"\sB\.? ?C\b")
_SPACED = re.compile(r"\s[-–—]\s")
_TIMES = re.compile(r" ?[×x*] ?(?=\d|\.\d)|\sX\s(?=\d)|\sby\s(?=\d)")
_TEN = re.compile(r" ?[×x*·⋅] ?10(?P<power>(?:\^|\*\*)[-−+]?\d+|[⁻⁺]?[⁰¹²³⁴-⁹]+)(?![\d.])")
_EXPONENT = re.compile(r"[eE](?P<power>[-+−]?\d{1,3})(?![\w-])")
_POWER = re.compile(r"(?:\^| ?\*\*) ?(?P<power>[-−+]?\d+)|(?P<raised>[⁻⁺]?[⁰¹²³⁴-⁹]+)(?![⁻⁺⁰¹²³⁴-⁹])")
_PERCENT = re.compile(r" ?(%|‰|‱)(?!\w)| ?(%)| ?pct\b|pc\b")
_MANY = re.compile(r"(?:(?<=[x×]\d)|(?<=[x×]\d\d))s(?!\w)")  # "2x4s", "8x10s"
_INCH_MARK = re.compile(r" ?[″”]")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")
_HOURS = re.compile(
    r"\b(?:[MTWFS][a-z]{2,8}\.?|from|open|hours:?|hrs:?|works?|working|(?:M|Tu?|W|Th)[-–](?:F|Th|Sa?|Su|W),?)\s\Z"
)
_ON_DAYS = re.compile(r",? \(?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|weekdays|daily|every day|job)")  # "9-5, Mon to Fri"
_COUNTED = re.compile(r"\s(?:people|[a-z]{3,}s)\b| ?[%$€£]")
_IN_CODE = re.compile(r"[A-Za-z]-\Z")  # "ab-12-cd"
_IN_UNITS = re.compile(r"(?:\b(?:in|per|an?|one|each|every|many|the|of)\s|[/(\d])\Z", re.I)
_COUNTED_ALONE = frozenset(("oz", "lb"))  # "an oz of tobacco", "half a lb"
_ONE_OF = re.compile(r"(?:\b(?:per|an?|one|each|every|this|that)\s|/)\Z", re.I)


def power_words(power: str, british: bool) -> str:
    """Return the words of a power: "2" -> "squared", "3" -> "cubed", "-6" -> "to the power of minus six"."""
    power = power.translate(_RAISED).lstrip("+")
    if power in ("2", "3"):
        return "squared" if power == "2" else "cubed"
    sign = "minus " if power.startswith("-") else ""
    return f"to the power of {sign}{number_words.decimal(power.lstrip('-'), british)}"


def _power_of_ten(power: str) -> str:
    """Return the words of a power of ten: "6" -> "to the sixth". Other bases have "to the power of"."""
    digits = power.translate(_RAISED).lstrip("+")
    if digits.isdecimal() and 3 < int(digits[:4]) < 100:
        return f"to the {number_words.ordinal(str(int(digits)), False)}"
    return power_words(power, False)


def _to_the_power(power: str, british: bool) -> str:
    power = power.translate(_RAISED).lstrip("^*+")
    sign = "minus " if power.startswith("-") else ""
    return f"to the power of {sign}{number_words.cardinal(power.lstrip('-').lstrip('0') or '0', british)}"


def _range_end(first: Amount, start: int, context: Context) -> Amount | None:
    """The second number of "10–20", if there is one and it is larger."""
    text = context.text
    dash = _RANGE.match(text, first.end)
    if not dash or text[max(0, start - 1) : start] == "-":
        return None
    if "-" in dash.group() and _ROOM.search(text, max(0, start - 12), start):
        return None
    if text[start] == "." and text[max(0, start - 1) : start].isalnum():  # "Qwen2.5-7B"
        return None
    second = read_amount(text, dash.end(), context.british)
    if not second or _LONGER.match(text, second.end):
        return None
    if _SPACED.match(text, dash.start()) and names_a_thing(text, start, dash.start(), second.end):
        return None
    if _is_of_sets(text, start, second.end):
        return None
    if first.value and second.value and float(second.value[:40]) <= float(first.value[:40]):
        hours = len(first.value) < 3 and (
            _HOURS.search(text, max(0, start - 12), start) or _ON_DAYS.match(text, second.end)
        )
        short_year = _is_short_year(first.value, second.value)
        if short_year and _SPACED.match(text, dash.start()) and _PASSED.match(text, second.end):  # "1918 - 20 years"
            return None
        falling = hours or short_year or _BEFORE_CHRIST.match(text, second.end)
        return second if falling else None
    return second


_ROOM = re.compile(
    r"\b(?:[Rr]oom|[Rr]m\.?|[Aa]pt\.?|[Aa]partment|[Ss]uite|[Ss]te\.?|[Uu]nit|[Oo]ffice)\s\Z"
)  # "Room 3-112"
_PASSED = re.compile(r"\s(?:more\s)?(?:years?|months?|weeks?|days?|hours?|minutes?|people|men|women|children|others)\b")


def _is_of_sets(text: str, start: int, end: int) -> bool:
    """Whether "3-6" is one of several set scores, at least one of which falls: "won 6-4, 3-6, 7-6"."""
    if _OPEN.search(text, max(0, start - 40), start):
        return False
    around = [*_SETS_BEFORE.findall(text, max(0, start - 32), start), *_SETS_AFTER.findall(text, end, end + 32)]
    return any(int(won) > int(lost) for won, lost in around)


_OPEN = re.compile(r"\b(?:hours:?|[Oo]pen|[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un)\b")
_SETS_BEFORE = re.compile(
    r"(?<![\d.$€£/:-])(\d{1,2})[-–](\d{1,2})(?: ?\(\d{1,2}\))?(?=, ?(?:(?:\d{1,2}[-–]\d{1,2}(?: ?\(\d{1,2}\))?, ?)*$))"
)
_SETS_AFTER = re.compile(r"(?<=, )(\d{1,2})[-–](\d{1,2})(?![\d/:-])")


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdecimal() and "1000" <= value <= "2099"


def _is_short_year(first: str, second: str) -> bool:
    """Whether the second year leaves out its century: "1939-45"."""
    return _is_year(first) and len(second) == 2 and second.isdecimal() and second > first[2:]


def _from_to(first: Amount, second: Amount, context: Context) -> str:
    """Return the words of a range: "ten to twenty", "nineteen fourteen to nineteen eighteen"."""
    years = [value for value in (first.value, second.value) if _is_year(value)]
    counted = _COUNTED.match(context.text, second.end) or read_unit(context.text, second.end, context.british)
    if (len(years) == 2 and years[1] >= "1100" and not counted) or _is_short_year(first.value, second.value):
        short = len(second.value) == 2 and second.value[0] == "0"  # "2005-08"
        last = number_words.year(first.value[:2] + second.value if short else second.value, context.british)
        return f"{number_words.year(first.value, context.british)} to {last}"
    return f"{first.words} to {second.words}"


def _dimensions(first: Amount, context: Context) -> tuple[list[str], int]:
    """The numbers after the first of "3 × 4 × 5", each with the word that joins it, and where they end."""
    text, end = context.text, first.end
    others: list[str] = []
    while len(others) < 5:
        unit = read_unit(text, end, context.british)
        sign = _TIMES.match(text, unit.end if unit else end)
        other = sign and read_amount(text, sign.end(), context.british)
        if not sign or not other:
            break
        part = _FRACTION.match(text, sign.end())
        said = number_words.fraction(part["upper"], part["lower"], context.british) if part else _size(other, context)
        others.append((f"{unit.plural} " if unit else "") + f"by {said}")
        end = part.end() if part else other.end
    return others, end


_FRACTION = re.compile(r"(?P<upper>[1-9]\d?)/(?P<lower>[2-9]|1[026]|32|64)(?![\d/])")


def _size(amount: Amount, context: Context) -> str:
    """One side of "1920x1080": four digits are read in pairs."""
    return number_words.in_pairs(amount.value) if amount.value.isdecimal() and len(amount.value) == 4 else amount.words


def _is_product(text: str, start: int, end: int) -> bool:
    """Whether "3 × 4" is a calculation and not the size of something."""
    if " * " in text[start:end]:
        return True
    if _EQUALS.match(text, end):  # "7 x 8 = 56"
        return True
    if _OF_STUFF.match(text, end) or _ASKED.search(text, max(0, start - 24), start):  # "2 x 500mg", "what's 7 x 8"
        return True
    return ("*" in text[start:end] or "× " in text[start:end] or "X " in text[start:end]) and not read_unit(
        text, end, False
    )


_EQUALS = re.compile(r" ?= ?[\d?]")
_OF_STUFF = re.compile(r" ?(?:mg|mcg|g|kg|ml|mL|cl|l|L|oz|lbs?)\b(?!\s?[x×])")
_ASKED = re.compile(r"\b(?:[Ww]hat(?:'s|\sis)|calculate|compute)\s\Z")


def _numbers(amount: Amount, start: int, context: Context) -> tuple[str, int, bool]:
    """The words of one or several numbers that belong together, where they end, and whether the unit is singular."""
    text, end, british = context.text, amount.end, context.british
    if exponent := _TEN.match(text, end) or _EXPONENT.match(text, end):
        return f"{amount.words} times ten {_to_the_power(exponent['power'], british)}", exponent.end(), False
    if second := _range_end(amount, start, context):
        return _from_to(amount, second, context), second.end, False
    others, end = _dimensions(amount, context)
    if not others:
        return amount.words, end, amount.singular
    if _is_product(text, start, end):
        others = [other.replace("by ", "times ", 1) for other in others]
    spoken = " ".join([_size(amount, context), *others])
    return (number_words.plural(spoken), end + 1, False) if _MANY.match(text, end) else (spoken, end, False)


def _measure(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read numbers with their power, magnitude and unit; not a plain number, which `numbers` reads."""
    text, start, british = context.text, match.start(), context.british
    amount = read_amount(text, start, british)
    if not amount:
        return None
    spoken, end, one = _numbers(amount, start, context)
    if raised := _POWER.match(text, end):
        power = raised["power"] or raised["raised"]
        spoken, end = (
            f"{spoken} {_power_of_ten(power) if spoken == 'ten' else power_words(power, british)}",
            raised.end(),
        )
    if magnitude := read_magnitude(text, end):
        spoken, end, one = f"{spoken} {magnitude[0]}", magnitude[1], False
    if percent := _PERCENT.match(text, end):
        name = {"‰": "per mille", "‱": "per ten thousand"}.get(percent.group().strip(), "percent")
        return RuleResult(words(f"{spoken} {name}", start, percent.end()), percent.end())
    if (unit := read_unit(text, end, british)) and not (
        unit.hyphen and _IN_CODE.search(text, max(0, start - 3), start)
    ):
        if amount.part and end == amount.end:
            noun = describes_a_noun(text, start, unit.end)
            spoken = f"{_SHORT_PARTS.get(spoken, spoken)} {unit.singular}" if noun else part_of(spoken, unit.singular)
        else:
            single = one or unit.hyphen or describes_a_noun(text, start, unit.end) or _is_an_age(text, unit)
            sides = " by " in spoken and _NOUN_AFTER.match(text, unit.end)
            if sides:  # "a 10″ x 12″ frame"
                spoken = spoken.replace(f" {unit.plural} by ", f" {unit.singular} by ")
            spoken = f"{spoken} {unit.singular if single or sides else unit.plural}"
        return RuleResult(words(spoken, start, unit.end), unit.end)
    if end == amount.end and text[start:end].replace(",", "") == amount.value:
        return None
    return RuleResult(words(spoken, start, end), end)


_SHORT_PARTS = {"one half": "half", "one quarter": "quarter"}
_NOUN_AFTER = re.compile(
    r"\s(?!(?:long|wide|tall|high|deep|thick|each|and|or|in|of|at|is|was|for|with|on|by|to|the|an?)\b)[a-z]{2,}[a-rt-z]\b"
)


def _is_an_age(text: str, unit: Unit) -> bool:
    """Whether the unit is part of a noun, "3-4 yr olds", "a 2 yr old", and not of "2 yrs old"."""
    old = _OLD.match(text, unit.end)
    return old is not None and unit.singular in _OF_AGES and (old["many"] == "s" or text[unit.end - 1] != "s")


_OLD = re.compile(r"[ -]old(?P<many>s?)\b")
_OF_AGES = frozenset(("year", "month", "week", "day"))


def _foot(match: re.Match[str], context: Context) -> RuleResult:
    """Read "He is 5ft 6."."""
    feet, inches = (number_words.cardinal(match[part], context.british) for part in ("feet", "inches"))
    return RuleResult(words(f"{feet} foot {inches}"), match.end())


def _feet_in_words(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "6 ft 4 in tall", "a 6 ft. 4 in. player"; "ran 6 ft 4 in the rain" has no inches."""
    if not match["stop"] and _NO_INCHES.match(context.text, match.end()):
        return None
    single = describes_a_noun(context.text, match.start(), match.end())
    feet, inches = (number_words.decimal(match[part], context.british) for part in ("feet", "inches"))
    foot = "foot" if single or match["feet"] == "1" else "feet"
    inch = "inch" if single or match["inches"] == "1" else "inches"
    end = match.end()
    if match["stop"] and ends_sentence(context.text, end):
        end -= 1
    return RuleResult(words(f"{feet} {foot} {inches} {inch}"), end)


_NO_INCHES = re.compile(
    r"\s(?:the|an?|this|that|his|her|my|our|their|its|your|each|every|one|two|front|total|less|places|all"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|\d)\b"
)


def _stone(match: re.Match[str], context: Context) -> RuleResult:
    """Read "13st 4lb", as Britons give their weight."""
    stone, pounds = (number_words.decimal(match[part], context.british) for part in ("stone", "pounds"))
    return RuleResult(words(f"{stone} stone {pounds} {'pound' if match['pounds'] == '1' else 'pounds'}"), match.end())


STONE = Rule("measure", re.compile(r"(?P<stone>\d{1,2}) ?st\.? ?(?P<pounds>\d{1,2}) ?lbs?(?!\w)"), _stone)


def _feet_and_inches(match: re.Match[str], context: Context) -> RuleResult:
    """Read 5′11″ as "five foot eleven"."""
    inches = read_amount(context.text, match.start("inches"), context.british)
    assert inches is not None  # the pattern ends in a digit
    feet = number_words.cardinal(match["feet"], context.british)
    mark = _INCH_MARK.match(context.text, inches.end)
    return RuleResult(words(f"{feet} foot {inches.words}"), mark.end() if mark else inches.end)


def _angle(match: re.Match[str], context: Context) -> RuleResult:
    """Read 51°30′15″ as "fifty one degrees thirty minutes fifteen seconds"."""
    parts: list[str] = []
    for name in ("degree", "minute", "second"):
        if match[name]:
            number = match[name].lstrip("0") or "0"
            parts.append(f"{number_words.decimal(number, context.british)} {name}{'' if number == '1' else 's'}")
    return RuleResult(words(" ".join(parts)), match.end())


def _unit(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a unit without a number: "in km/h", "per kg"."""
    above, below = match["above"], match["below"]
    if above == "mm" and not below and not before(match, _IN_UNITS):  # "mm, good", "mm-hmm"
        return None
    one = not below and before(match, _ONE_OF)
    counted = one and above in _COUNTED_ALONE
    if not counted and not (above in units.ABOVE and below in units.BELOW if below else above in units.ALONE):
        return None
    name = units.name_of(above, context.british) if one else units.plural_of(above, context.british)
    return RuleResult(
        words(f"{name} per {units.name_of(below, context.british) or below}" if below else str(name)), match.end()
    )


UNIT = Rule(
    "unit",
    re.compile(r"(?P<above>[A-Za-zμ]{1,5})(?:/(?P<below>[A-Za-z]{1,3}))?(?:(?![\w'’])(?!\.\w)|(?=[¹²³⁰⁴-⁹]{2}))"),
    _unit,
)
RULES = (
    Rule(
        "angle",
        re.compile(r"(?P<degree>\d{1,3})° ?(?P<minute>\d{1,2}(?:\.\d{1,6})?)′(?: ?(?P<second>\d{1,2}(?:\.\d+)?)″)?"),
        _angle,
    ),
    Rule(
        "measure",
        re.compile(
            r"(?P<feet>\d{1,2})[ -]?(?:ft|feet|foot)\.?,? (?P<inches>\d{1,2}(?:\.\d)?)[ -]?in(?P<stop>\.|)(?!\w|\.\w)"
        ),
        _feet_in_words,
    ),
    Rule(
        "measure",
        re.compile(
            r"(?P<feet>[3-9]) ?(?:ft|foot)\.? (?P<inches>1[01]|\d)(?=[.,;!?)](?!\d)|\s*$|\s(?:tall|and|but|or)\b)"
        ),
        _foot,
    ),
    Rule("measure", re.compile(r"(?P<feet>\d{1,2})′[ -]?(?P<inches>\d{1,2}(?!\d)|[¼½¾])"), _feet_and_inches),
    Rule("measure", re.compile(r"\d|\.\d|[¼½¾⅐-⅞↉]"), _measure),
)
