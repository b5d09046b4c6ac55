"""Labels: prices by the week, ages, savings plans, expiry dates, packs, townships, keys and colours."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, word_list
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.amounts import Amount, read_amount
from kokoro_demo.text.rules.dates import MONTH, MONTHS
from kokoro_demo.text.rules.sentences import full_stop_kept
from kokoro_demo.text.rules.units import read_unit
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, word_rule, words


def _read_per(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "pcm" of "£450 pcm", the "p/h" of "£12 p/h", the "psf" of "$3 psf"."""
    if not before(match, _PRICE):
        return None
    return RuleResult(words(_PER[re.sub("[./]", "", match.group())]), full_stop_kept(match))


_PRICE = re.compile(
    r"[£€$]\s?\d[\d,.]{0,10}(?:k|m|bn)?\s?\Z|\d(?:\.\d\d?)?p\s?\Z|\b\d{1,3}\s(?:days|hours|hrs|nights|weeks|times)\s\Z"
)
_PER = {
    "pcm": "per calendar month", "pppn": "per person per night", "pp": "per person", "pw": "per week",
    "pa": "per annum", "ph": "per hour", "pm": "per month", "pd": "per day", "pn": "per night",
    "psf": "per square foot",
}  # fmt: skip


def _read_ages(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "the under-21s", "over 60s"; "in under 10s" is a time."""
    if not before(match, _UNDER) or before(match, _IN_UNDER):
        return None
    return RuleResult(words(number_words.plural(number_words.cardinal(match["age"], context.british))), match.end())


_UNDER = re.compile(
    r"\b(?:[Uu]nder|[Oo]ver)-\Z|\b(?:[Tt]he|[Ff]or|[Ww]omen's|[Mm]en's|[Bb]oys'?|[Gg]irls'?)\s(?:under|over)\s\Z"
)
_IN_UNDER = re.compile(r"\b(?:in|took|takes)\s(?:under|over)-\Z")


def _read_age_range(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "5% of 18-24s"; "for 10-15s" is a time."""
    if not before(match, _AGED):
        return None
    low, high = (number_words.cardinal(match[part], context.british) for part in ("low", "age"))
    return RuleResult(words(f"{low} to {number_words.plural(high)}"), match.end())


_AGED = re.compile(r"\b(?:of|among|the|aged|most|many|few)\s\Z")


def _read_early_hour(match: re.Match[str], context: Context) -> RuleResult:
    """Read "landed at 0630", "dep. 0600"."""
    minute = "hundred" if match["minute"] == "00" else number_words.pair(match["minute"])
    return RuleResult(words(f"oh {number_words.DIGIT_WORDS[int(match['hour'])]} {minute}"), match.end())


def _read_youth(match: re.Match[str], context: Context) -> RuleResult:
    """Read "the U18s"."""
    age = number_words.plural(number_words.cardinal(match["age"], context.british))
    return RuleResult([*letters("U", match.start(), match.start() + 1), *words(age)], match.end())


def _read_plan(match: re.Match[str], context: Context) -> RuleResult:
    """Read "a 401k", "her 403b": a plan is named by the number of its law."""
    start, end = match.start(), match.end()
    letter = match["letter"].upper() + match["many"]
    number = words(number_words.in_pairs(match["number"]), start, match.end("number"))
    return RuleResult([*number, *letters(letter, match.end("number"), end)], end)


def _read_month_and_year(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "04/27" of "Exp. 04/27", which is a month and its year."""
    if not before(match, _LABELLED, 32):
        return None
    if match["month"][0] == "1" and match["year"] < "32" and before(match, _EXPIRES):  # "exp. 12/31" is a day
        return None
    year = number_words.year(f"20{match['year']}", context.british)
    return RuleResult(words(f"{MONTHS[int(match['month']) - 1]} {year}"), match.end())


_EXPIRES = re.compile(r"\bexp[a-z]*\.?:?\s\Z", re.I)
_LABELLED = re.compile(
    r"\b(?:exp\.?|exp(?:iry|iration)\.?(?:\sdate)?|best\s(?:before|by|if\sused\sby)(?:\send)?|bb[de]?|use\sby|m(?:fg|fd)\.?|manufactured"
    r"|packed|valid\s(?:thru|through|until|to)|good\s(?:thru|through)|card\sexpires)(?:\son)?:?\s\Z",
    re.I,
)


def _read_expires(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "Exp." of "Exp. 04/27", the "mfg." of "mfg. 10/23"."""
    small = match.group()[0].lower() == "e"
    full = "expires" if small else "manufactured"
    return RuleResult(words(full.capitalize() if match.group()[0].isupper() else full), match.end())


def _read_two_days(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "5/" of "the night of 5/6 June"."""
    if int(match["last"]) != int(match["first"]) + 1:
        return None
    return RuleResult(words(f"the {number_words.ordinal(match['first'], context.british)} to"), match.end())


def _read_packs(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "3 x 400g tins" as "three four hundred gram tins"."""
    amount = read_amount(context.text, match.end(), context.british)
    unit = amount and read_unit(context.text, amount.end, context.british)
    if not amount or not unit or not _PACKED.match(context.text, unit.end):
        return _read_packs_in_words(match, amount, context) if amount else None
    count = words(number_words.cardinal(match["count"], context.british), match.start(), match.end("count"))
    return RuleResult([*count, *words(f"{amount.words} {unit.singular}", match.end(), unit.end)], unit.end)


_GROCERIES = [one for one in word_list("containers") if not one.startswith("tablet")]
_PACKED = re.compile(rf"\s(?:[a-z]{{3,12}}\s)?{any_of(*_GROCERIES)}\b")


def _read_packs_in_words(match: re.Match[str], amount: Amount, context: Context) -> RuleResult | None:
    """Read the count of "2 x 4 litre bottles", whose unit is a word."""
    if not _WORDED.match(context.text, amount.end):
        return None
    return RuleResult(words(number_words.cardinal(match["count"], context.british)), match.end())


_WORDED = re.compile(
    rf"[ -](?:lit(?:er|re)|gram|kilo|pint|ounce|pound|inch|watt|quart"
    rf"|gallon)\s(?:[a-z]{{3,12}}\s)?{any_of(*_GROCERIES)}\b"
)


def _read_township(match: re.Match[str], context: Context) -> RuleResult:
    """Read "T. 3 N., R. 2 W.", a place in a survey of land."""
    spoken: list[Piece] = []
    for name, number, point in (("Township", "town", "pole"), ("Range", "range", "side")):
        told = f"{name} {number_words.cardinal(match[number], False)} {_POINTS[match[point]]}"
        spoken += words(told, match.start(number), match.end(point))
        spoken.append(Piece(",", "punctuation", *match.span("comma")))
    return RuleResult(spoken[:-1], match.end() - 1 if _CLOSED.match(match.string, match.end() - 1) else match.end())


_POINTS = {"N": "North", "S": "South", "E": "East", "W": "West"}
_CLOSED = re.compile(r"\.\s*$")


def _read_colour(match: re.Match[str], context: Context) -> RuleResult:
    """Read "#FF5733", a colour, sign by sign."""
    spoken = words("hash", match.start(), match.start() + 1)
    for position in range(match.start() + 1, match.end()):
        sign = match.string[position].upper()
        if sign.isdecimal():
            spoken += words(number_words.DIGIT_WORDS[int(sign)], position, position + 1)
        else:
            spoken += letters(sign, position, position + 1)
    return RuleResult(spoken, match.end())


def _read_reference(match: re.Match[str], context: Context) -> RuleResult:
    """Read "AB/123/45", the reference of a letter, group by group."""
    spoken: list[Piece] = []
    for group in re.finditer(r"[A-Z]+|\d+|/", match.group()):
        first, last = match.start() + group.start(), match.start() + group.end()
        run = group.group()
        if run == "/":
            spoken += words("slash", first, last)
        elif run.isdecimal():
            spoken += words(number_words.in_pairs(run) if len(run) <= 4 else number_words.one_by_one(run), first, last)
        else:
            spoken += letters(run, first, last)
    return RuleResult(spoken, match.end())


def _read_tablets(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "tabs." of "2 tabs. daily", the "caps" of "3 caps at night"."""
    many = match["many"] or not before(match, _JUST_ONE)
    name = "tablet" if match["form"] == "tab" else "capsule"
    return RuleResult(words(f"{name}s" if many else name), match.end())


_JUST_ONE = re.compile(r"(?<![\d.,/])(?:1|½|1/2) ?\Z")


def _read_lettered_stage(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "IIb" of "Phase IIb"."""
    if not before(match, _STAGE, 16):
        return None
    number = number_words.cardinal(str(_SMALL_NUMERALS[match["numeral"]]), context.british)
    end = match.end("numeral")
    return RuleResult([*words(number, match.start(), end), *letters(match["letter"].upper(), end)], match.end())


_STAGE = re.compile(r"\b(?:[Pp]hases?|[Ss]tages?|[Tt]ypes?|[Cc]lass|[Gg]rade|[Gg]roup)\s\Z")
_SMALL_NUMERALS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


def _read_side(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "W" of "24″W x 18″D"; not the "N" of "40′20″N"."""
    if before(match, _OF_AN_ANGLE, 12):
        return None
    return RuleResult(words({"W": "wide", "D": "deep", "H": "high", "L": "long"}[match.group()]), match.end())


_OF_AN_ANGLE = re.compile(r"′\s?\d{1,2}(?:\.\d{1,4})?″\Z")


def _read_helicopter(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "AH" of "AH-64" as letters."""
    return RuleResult(letters(match.group()), match.end())


def _read_calibre(match: re.Match[str], context: Context) -> RuleResult:
    """Read ".45 ACP", "a .30-06 rifle"."""
    first = number_words.cardinal(match["first"].lstrip("0") or "0", context.british)
    if match["second"]:
        second = number_words.cardinal(match["second"], context.british)
        return RuleResult(words(f"{first} aught {second}"), match.end())
    return RuleResult(words(first), match.end())


def _read_pages(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "pp." of "230 pp."; not of "1945 pp. 3"."""
    if before(match, _YEAR):
        return None
    return RuleResult(words("pages"), full_stop_kept(match))


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\s\Z")


def _read_square(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "sq. mi.", "cu. ft." without a number: "per sq. mi.", "in sq ft"."""
    one = before(match, _ONE_OF)
    name = f"{'square' if match['square'] == 'sq' else 'cubic'} {_LENGTHS[match['length']][0 if one else 1]}"
    if context.british:
        name = name.replace("meter", "metre")
    return RuleResult(words(name), full_stop_kept(match))


_ONE_OF = re.compile(r"(?:\b(?:per|an?|one|each|every)\s|/)\Z", re.I)
_LENGTHS = {
    "ft": ("foot", "feet"), "mi": ("mile", "miles"), "in": ("inch", "inches"), "yd": ("yard", "yards"),
    "km": ("kilometer", "kilometers"), "cm": ("centimeter", "centimeters"), "m": ("meter", "meters"),
}  # fmt: skip


def _read_lost(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "2-4" of "lost 2-4 at home"."""
    if not before(match, _LOSES, 30) or int(match["second"]) < int(match["first"]):
        return None
    low, high = (number_words.cardinal(match[side], context.british) for side in ("first", "second"))
    return RuleResult(words(f"{low} {high}"), match.end())


_LOSES = re.compile(
    r"\b(?:lost|los(?:e|es|ing)|drew|draw(?:s|n|ing)?|beaten|trail(?:s|ed|ing)?|went\sdown|defeated|tied)\s"
    r"(?:by\s|their\s\w+\s|the\s\w+\s|again\s|away\s|at\shome\s)?\Z"
)

DIGIT_RULES = (
    Rule("age", re.compile(r"(?P<low>[1-9]\d)[-–](?P<age>[1-9]\d)s(?!\w)"), _read_age_range),
    Rule(
        "time",
        re.compile(
            r"(?:(?<=\bat )|(?<=\b[Dd]ep\. )"
            r"|(?<=\b[Aa]rr\. ))0(?P<hour>\d)(?P<minute>[0-5]\d)(?!\w|[.,:]\d)"
        ),
        _read_early_hour,
    ),
    Rule("age", re.compile(r"(?P<age>[1-9]\d?)s(?!\w)"), _read_ages),
    Rule("plan", re.compile(r"(?P<number>401|403|457)(?P<letter>[kKbB])(?P<many>s?)(?!\w)"), _read_plan),
    Rule("date", re.compile(r"(?P<month>0[1-9]|1[0-2])/(?P<year>[2-4]\d)(?![\d/]|[.,]\d)"), _read_month_and_year),
    Rule("date", re.compile(rf"(?P<first>[1-9]|[12]\d|30)/(?=(?P<last>\d{{1,2}})\s(?:{MONTH})\b)"), _read_two_days),
    Rule("measure", re.compile(r"(?P<count>\d{1,3}) ?[x×] ?(?=\d)"), _read_packs),
    Rule(
        "score",
        re.compile(
            r"(?P<first>1?\d)[-–](?P<second>1?\d)(?=[.,;:)]|\s*$|\s(?:to|at|in|against|away|on|with|by|after|and)\b)"
        ),
        _read_lost,
    ),
)
LETTER_RULES = (
    word_rule("abbreviation", r"est\.(?=\sof\s)", lambda _: "estimate"),
    word_rule("street", r"(?:(?<=\dth )|(?<=\dst )|(?<=\dnd )|(?<=\drd ))Av\.?(?!\w)", lambda _: "Avenue"),
    word_rule("abbreviation", r"c\.f\.(?=\s)", lambda _: "compare"),
    Rule("measure", re.compile(r"(?<=″)[WDHL](?!\w)"), _read_side),
    word_rule("measure", r"(?:(?<=″[WDHL] )|(?<=″[WDHL]))[x×](?=\s?\d)", lambda _: "by"),
    Rule("initials", re.compile(r"[AUO]H(?=-\d)"), _read_helicopter),
    word_rule(
        "measure",
        r"(?<=\d )ga\.?(?=[,;)]|\.?\s*$|\s(?:shotgun|wire|shells?|needles?"
        r"|steel)\b)",
        lambda _: "gauge",
    ),
    word_rule("abbreviation", r"[Dd]ir\.(?=\sby\s)", lambda match: f"{match.group()[0]}irected"),
    word_rule("abbreviation", r"[Bb]ur\.(?=\s[A-Z][a-z])", lambda match: f"{match.group()[0]}uried"),
    word_rule("abbreviation", r"Ph\.?(?=:?\s\(?\d{3})", lambda _: "Phone"),
    Rule("code", re.compile(r"[A-Z]{1,4}(?=[A-Z\d/]{0,20}\d)(?:/[A-Z\d]{1,8}){2,4}(?![\w/])"), _read_reference),
    Rule(
        "medicine",
        re.compile(
            r"(?:(?<=\d )|(?<=\d)|(?<=½ ))(?P<form>tab|cap)(?P<many>s?)\.?(?=\s(?:p\.?o\.?|PO|b\.?i\.?d|BID"
            r"|t\.?i\.?d|TID|q\.?i\.?d|QID|q\d|qd|qhs"
            r"|prn|PRN|daily|once|twice|every|nightly|at\s(?:night|bedtime)|by\smouth|with\s(?:food|water)|orally|per\sday|a\sday)(?!\w))"
        ),
        _read_tablets,
    ),
    Rule("age", re.compile(r"U(?P<age>1[0-9]|2[0-3]|[6-9])s(?!\w)"), _read_youth),
    Rule("measure", re.compile(r"p[./]?(?:c\.?m|pp\.?n|sf|[pwahmdn])(?!\w)\.?"), _read_per),
    Rule(
        "abbreviation",
        re.compile(r"(?:[Ee]xp|EXP|[Mm]f[gd]|MF[GD])\.?(?=:?\s(?:0[1-9]|1[0-2])/[2-4]\d(?![\d/]))"),
        _read_expires,
    ),
    Rule("abbreviation", re.compile(r"(?:(?<=\d )|(?<=\d))pp\.?(?!\w)"), _read_pages),
    Rule(
        "measure",
        re.compile(rf"(?P<square>sq|cu)\.?\s(?P<length>{any_of(*_LENGTHS)})\.?(?![\w'])"),
        _read_square,
    ),
    Rule("roman numeral", re.compile(r"(?P<numeral>I{1,3}|IV|V)-?(?P<letter>[a-cA-C])(?!\w)"), _read_lettered_stage),
    Rule(
        "township",
        re.compile(
            r"T\.? ?(?P<town>\d{1,3}) ?(?P<pole>[NS])\.?(?P<comma>,? )R\.? ?(?P<range>\d{1,3}) ?(?P<side>[EW])\.?(?!\w)"
        ),
        _read_township,
    ),
    word_rule("key", r"(?:Cmd|CMD|cmd)(?=\s?[+-]\s?\w)", lambda _: "command"),
    word_rule("times", r"(?<=sets )[x×](?=\s?\d{1,3}(?!\w))", lambda _: "of"),
)
OTHER_RULES = (
    Rule(
        "calibre",
        re.compile(
            r"\.(?P<first>\d\d)(?:-0(?P<second>\d)|(?=\s(?:ACP|LR|cal\b|calib|Magnum|Mag\b|Special|Auto\b|Winchester"
            r"|revolver|pistol|rifle|handgun)))"
        ),
        _read_calibre,
    ),
    word_rule("given", r"(?<=[A-Za-z]\([A-Za-z])\|(?=[A-Za-z][),])", lambda _: "given"),
    Rule(
        "colour",
        re.compile(r"#(?=[\dA-Fa-f]{0,5}\d)(?=[\dA-Fa-f]{0,5}[A-Fa-f])[\dA-Fa-f]{6}(?!\w)|#(?:([fF0])\1\1){1,2}(?!\w)"),
        _read_colour,
    ),
)
