"""Units of measure: the symbol after an amount, made of a prefix and a base, and its words in singular and plural."""

from __future__ import annotations

import re
from typing import NamedTuple

from kokoro_demo.text.patterns import any_of, listed, word_list
from kokoro_demo.text.rules.surroundings import is_designation

_PREFIXES = {
    "k": "kilo", "K": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "h": "hecto", "d": "deci",
    "c": "centi", "m": "milli", "μ": "micro", "n": "nano", "p": "pico", "f": "femto",
}  # fmt: skip
# Symbols that take prefixes: the name, and the prefixes in use.
_BASES = {
    "m": ("meter", "kcmμnpd"), "g": ("gram", "kmμn"), "L": ("liter", "mcdμh"), "l": ("liter", "mcdμh"),
    "s": ("second", "mμnpf"), "W": ("watt", "kMGTmμ"), "Wh": ("watt hour", "kMGTm"), "V": ("volt", "kmMμ"),
    "A": ("amp", "mμnk"), "Ah": ("amp hour", "mk"), "Hz": ("hertz", "kKMGT"), "Pa": ("pascal", "kMGh"),
    "J": ("joule", "kMGm"), "N": ("newton", "kMm"), "cal": ("calorie", "k"), "eV": ("electron volt", "kMGTm"),
    "mol": ("mole", "mμnk"), "Ω": ("ohm", "kMm"), "F": ("farad", "mμnp"), "Sv": ("sievert", "mμ"),
    "Bq": ("becquerel", "kMG"), "T": ("tesla", "mμ"), "bar": ("bar", "m"), "B": ("byte", "kKMGTP"),
    "bit": ("bit", "kKMGT"), "b": ("bit", "kMGT"), "bps": ("bit per second", "kKMGT"), "pc": ("parsec", "kM"),
}  # fmt: skip
_PLAIN = {
    "ft": "foot", "in": "inch", "yd": "yard", "yds": "yard", "mi": "mile", "nmi": "nautical mile", "oz": "ounce",
    "lb": "pound", "lbs": "pound", "st": "stone", "pt": "pint", "qt": "quart", "qts": "quart", "pts": "point",
    "gals": "gallon", "gal": "gallon", "tsp": "teaspoon", "tbsp": "tablespoon", "fl oz": "fluid ounce",
    "cc": "cc", "mEq": "milliequivalent", "ha": "hectare", "ac": "acre",
    "t": "ton", "h": "hour", "hr": "hour", "hrs": "hour",
    "min": "minute", "mins": "minute", "sec": "second", "secs": "second", "d": "day", "wk": "week", "wks": "week",
    "mo": "month", "mos": "month", "mth": "month", "mths": "month",
    "yr": "year", "yrs": "year", "mph": "mile per hour", "kph": "kilometer per hour",
    "kmh": "kilometer per hour", "kmph": "kilometer per hour", "mpg": "mile per gallon",
    "rpm": "revolution per minute", "fps": "frame per second", "bpm": "beat per minute", "wpm": "word per minute",
    "dpi": "dot per inch", "ppi": "pixel per inch", "ppm": "part per million", "ppb": "part per billion",
    "psi": "pound per square inch", "px": "pixel", "MP": "megapixel", "dB": "decibel", "hp": "horsepower",
    "bhp": "brake horsepower", "kt": "knot", "kts": "knot", "kn": "knot", "lm": "lumen", "lx": "lux",
    "cd": "candela", "atm": "atmosphere", "mmHg": "millimeter of mercury", "inHg": "inch of mercury",
    "au": "astronomical unit",
    "AU": "astronomical unit", "ly": "light year", "K": "kelvin", "°C": "degree Celsius", "°F": "degree Fahrenheit",
    "° C": "degree Celsius", "° F": "degree Fahrenheit", "ºC": "degree Celsius", "ºF": "degree Fahrenheit",
    "°": "degree", "º": "degree", "°K": "degree Kelvin", "C": "degree Celsius", "F": "degree Fahrenheit",
    "KiB": "kibibyte", "MiB": "mebibyte", "GiB": "gibibyte", "TiB": "tebibyte", "ohm": "ohm", "ohms": "ohm",
    "Å": "angstrom", "′": "foot", "″": "inch", "kg": "kilogram", "tonne": "tonne", "sqft": "square foot",
    "sqm": "square meter", "rad": "radian", "dBm": "decibel milliwatt", "kΩ": "kilohm", "MΩ": "megohm",
    "mcg": "microgram", "ug": "microgram", "um": "micrometer", "us": "microsecond", "uF": "microfarad",
    "Mbit": "megabit", "kwh": "kilowatt hour", "KWh": "kilowatt hour", "KWH": "kilowatt hour", "kw": "kilowatt",
    "KW": "kilowatt", "mw": "megawatt", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz", "hz": "hertz",
    "KM": "kilometer", "Km": "kilometer", "KG": "kilogram", "Kg": "kilogram", "kgs": "kilogram", "kms": "kilometer",
    "CM": "centimeter", "MM": "millimeter", "ML": "milliliter", "mls": "milliliter", "gm": "gram", "gms": "gram",
    "gb": "gigabyte", "mb": "megabyte", "tb": "terabyte", "LB": "pound", "LBS": "pound", "OZ": "ounce", "FT": "foot",
    "Tbsp": "tablespoon", "Tsp": "teaspoon", "TBSP": "tablespoon", "TSP": "teaspoon", "tbs": "tablespoon",
    "Tbs": "tablespoon", "Tbsps": "tablespoon", "tbsps": "tablespoon", "tsps": "teaspoon",
    "cwt": "hundredweight", "ozs": "ounce", "kbit": "kilobit", "Gbit": "gigabit", "mAh": "milliamp hour",
    "MPH": "mile per hour", "RPM": "revolution per minute", "HP": "horsepower", "PS": "horsepower",
    "Nm": "newton meter", "c": "cup", "ct": "carat", "pk": "pack", "ov": "over", "cts": "carat",
    "ft-lb": "foot pound", "ft-lbs": "foot pound", "lb-ft": "pound foot", "in-lb": "inch pound",
    "in-lbs": "inch pound", "ft·lb": "foot pound", "ft·lbs": "foot pound", "lb·ft": "pound foot",
    "bbl": "barrel", "bbls": "barrel", "cyl": "cylinder", "sf": "square foot", "SF": "square foot",
}  # fmt: skip
_IRREGULAR = {"foot": "feet", "inch": "inches", "stone": "stone"}
_UNCHANGED = ("cc", "hertz", "lux", "horsepower", "hundredweight")
# Capitals that are units but more often letters in names: see `_is_letter`.
_LETTERS = frozenset("ABCFJKNTVW")
_AFTER_DEGREES = re.compile(
    r"(?:^|[CF]/|[-−–~<>=(,“&]|\b(?:at|to|of|is|was|are|were|around|about|below|above|from|hits?|reach(?:es|ed)?|temperatures?"
    r"|high|low|over|under|near|nearly|heat|oven|by|between|and|or|than|stays?|feels?|like|down|up|until|till|only"
    r"|approximately|roughly|almost|just|its?|it's|still|a|the))\s*\Z",
    re.I,
)
_INITIAL = re.compile(r"\.(?:\s?[A-Z]|[A-Za-z])|\s[A-Z]\.")  # "1909 J. E. Potter", "743 B.C."
_NAMED_LETTER = re.compile(r"-[A-Za-z]|'s\b")  # "3 A-levels", "10 K-pop songs", "5 A's"
_TESLA = re.compile(r"\s(?:MRI|magnets?|magnetic|fields?|scanners?|superconducting)\b")
# Near these, "bps" are basis points; elsewhere they are bits per second.
_RATES = re.compile(
    r"\b(?:rates?|yields?|spreads?|Fed|ECB|hike[sd]?|cuts?|basis|inflation|mortgages?|treasur\w+|interest|bonds?|margins?|loans?|QoQ|YoY|MoM)\b|\d%"
)
_MOVED = re.compile(
    r"\b(?:rose|rise[sn]?|fell|fall(?:s|en)?|up|down|gain(?:s|ed)?|lost|climb(?:s|ed)|drop(?:s|ped)|widen(?:s|ed)|tighten(?:s|ed)"
    r"|increased?|decreased?|raised?|lower(?:s|ed)|grew|slid|jumped|added|by|another)\s(?:by\s|about\s|some\s|to\s)?[\d.]+\Z",
    re.I,
)
_MODEM = re.compile(
    r"\b(?:modem|baud|bits?|serial|link|connection|transfer|transmi\w+|bandwidth|network|data|speed)\b", re.I
)
# "2 c. flour", "1 c of sugar"
_FLOUR = re.compile(
    rf"\.?\s\(\d|\.\s(?:\+|plus|and)\s?\d|\.\s(?!of\b)[a-z]{{3}}|\.?\s(?:of\s)?(?:[a-z]{{3,9}}\s)?{any_of(*word_list('by_the_cup'))}\b"
)
# Symbols that are also words or names: after a space, they are units only if no word follows.
_RISKY = frozenset(("in", "A", "st", "t", "mo", "au", "MP", "rad", "cd", "pc"))
# And these are units only directly after the digits, without a space.
_TOUCHING = frozenset(("C", "F", "d", "us", "um", "AU"))
# Symbols that may have a full stop.
_ABBREVIATED = listed(
    "ft in lb lbs oz yd yds mi hr hrs min mins sec secs yr yrs mo mos wk wks gal pt qt tsp tbsp",
    "qts pts gals tsps tbsps Tbsp Tsp Tbs tbs c ct cts mm cm km kg ml pk cyl ac m.p.h m.p.g k.p.h r.p.m b.h.p",
)
_LENGTHS = frozenset(("m", "km", "cm", "mm", "dm", "nm", "ft", "in", "yd", "mi"))
_POINTS = re.compile(
    r"\.?\s(?:fonts?|type|bold|italic|lead|margin|shots?|game|loss|gain|drop|rise|buck|scale|Times|Arial)\b"
)
_SPOONED = re.compile(rf"\.?\s(?:[a-z]{{3,9}}\s)?{any_of(*word_list('by_the_cup'), *word_list('by_the_spoon'))}\b")
_GEM_NEXT = re.compile(rf"\.?\s(?:[a-z]{{3,9}}\s)?{any_of(*word_list('gems'))}\b", re.I)
_GEM = re.compile(rf"\d\.\d|\b{any_of(*word_list('gems'))}\b", re.I)
# "It costs 20 ct.", "5 ct. each"; but "a 24 ct. pack" holds that many.
_PRICED = re.compile(r"\.?\s(?:each|apiece|per|an?|a\spiece|off|more|less|extra|to|for|by|on)\b|\.?\s*$|[,;)]")
_PRICE_BEFORE = re.compile(
    r"\b(?:costs?|at|for|pa(?:y|id)|price[ds]?|only|just|charge[sd]?|rose|fell|by|to|of|and)\s[\d.,]+\s?\Z", re.I
)
_PACKED = re.compile(
    r"\.?\s(?:packs?|packages?|box(?:es)?|bags?|bottles?|cases?|cartons?|jars?|rolls?|tubs?|cans?|trays?|tablets?|capsules?|refills?|eggs|wipes|shrimp)\b"
)
_ROAD = re.compile(r"(?:\b[A-Z]{1,2}-|\b(?:Rt|Rte|Hwy|Fwy|US|U\.S|Route|Highway)\.?\s)\Z")  # "I-95 N", "Rt. 9W"
_STREET = re.compile(r"\.?\s(?:[A-Z]|\d)")  # "123 N. Main St.", "708 N 1st St."
_SENTENCE_CONTINUES = re.compile(
    r"\s+[a-z\d@+&=]|[,;)]|-[a-z]|\s\((?:about\s|approx\.?\s|~)?\d[^()\n]{0,24}\)(?:\s[a-z]|[;,])|\s(?:[NSEW]|N[EW]|S[EW]|NN[EW]|SS[EW]|[EW][NS][EW])\s(?:of|on|along|to|past|from)\b"
)
_AFTER_INCHES = re.compile(
    r"\s*(?:$|[^\w\s'’.]|\.(?!\w)|(?:x|by|long|wide|tall|high|deep|thick|of|in|and|to|per|at|or|is|was|from)\b)"
)
_SYMBOL = (
    r"(?:ft[-·]lbs?|lb[-·]ft|in[-·]lbs?|(?:in\.?|mm) Hg|m\.p\.[hg]|k\.p\.h|r\.p\.m|b\.h\.p|fl\.? oz"
    r"|[°º] ?[CFK]\b|[°º′″]"
    r"|[A-Za-zμΩÅ]{1,6})"
)
_UNIT = re.compile(
    rf"(?P<gap>[ -]?)(?P<square>sq\.?[\s-]|cu\.?[\s-])?(?P<symbol>{_SYMBOL})"
    rf"(?:[·⋅](?P<times>[A-Za-zΩ]{{1,3}}))?(?P<power>[²³]|\^?[23](?![\d.]\d|\d))?"
    rf"(?:(?P<per> ?/ ?(?!(?:overnight|more|less|longer|gas|fan)\b)|\sper\s)"
    rf"(?P<below>[A-Za-zμ]{{1,5}})(?P<root>[²³]|\^?[23](?!\d))?)?"
    r"(?:(?<=[°′″])(?=x\d|[WDHL](?!\w))|(?![\w²³]|-\d(?!\d{0,2} ?(?:hours?|hrs?|minutes?|mins?|days?|weeks?|wks?"
    r"|months?|yrs?)\b)))"
)


_PRESSURE = re.compile(
    r"\b(?:pressure|winds?|barometer|storm|hurricane|cyclone|anticyclone|hPa|temps?|forecast|falling|rising)\b", re.I
)
_NAMED_DIGITS = re.compile(r"[A-Z]-\d{1,4}\Z")
# Where "F" after a number is a temperature, whatever the number: "bake at 425F", "temp 98.6 F".
_HEATED = re.compile(
    r"\b(?:[Bb]ak(?:e|ed|ing)|[Rr]oast(?:ed)?|[Oo]vens?|[Pp]reheat(?:ed)?|[Bb]roil|[Gg]rill|[Ss]moke|[Tt]emp(?:erature|\.)?|[Ff]ever)\b"
    r"[^!?\n]{0,24}\Z"
)


class Unit(NamedTuple):
    """A unit read from a text: singular, plural, where it ends, and whether a hyphen joins it to its number."""

    singular: str
    plural: str
    end: int
    hyphen: bool = False


def _all_names() -> dict[str, str]:
    names = dict(_PLAIN)
    for symbol, (name, prefixes) in _BASES.items():
        if symbol != "b":
            names.setdefault(symbol, name)
        for prefix in prefixes:
            names.setdefault(prefix + symbol, _PREFIXES[prefix] + name)
    return names


_NAMES = _all_names()


def _plural(name: str) -> str:
    """Put the main noun in the plural: "meter per second" -> "meters per second"."""
    head, split, tail = _split(name)
    *before, noun = head.split()
    unchanged = noun in _UNCHANGED or noun.endswith("hertz")
    many = noun if unchanged else _IRREGULAR.get(noun, noun + "s")
    return " ".join([*before, many]) + split + tail


def _split(name: str) -> tuple[str, str, str]:
    """Split a name into the noun that takes the plural, the word after it, and the rest."""
    for joiner in (" per ", " of ", " Celsius", " Fahrenheit", " Kelvin", " milliwatt"):
        if joiner in name:
            head, _, tail = name.partition(joiner)
            return head, joiner, tail
    return name, "", ""


def _powered(name: str, power: str | None, square: str | None = None) -> str:
    if (power and power[-1] in "²2") or (square and square.startswith("sq")):
        return f"square {name}"
    if (power and power[-1] in "³3") or (square and square.startswith("cu")):
        return f"cubic {name}"
    return name


def _spelled(name: str, british: bool) -> str:
    if not british:
        return name
    return name.replace("meter", "metre").replace("liter", "litre")


def name_of(symbol: str, british: bool) -> str | None:
    """The singular name of the unit with this symbol; None if there is none."""
    name = _NAMES.get(symbol)
    return name and _spelled(name, british)


def plural_of(symbol: str, british: bool) -> str | None:
    """The plural name of the unit with this symbol; None if there is none."""
    name = _NAMES.get(symbol)
    return name and _spelled(_plural(name), british)


# Symbols that are units even without a number, and those above and below the line of a quotient.
ALONE = listed("km cm mm kg mg ml mL kWh kW mph kph rpm GHz MHz kHz Hz dB psi mmHg Mbps Gbps kbps dpi ppm km² m²")
ABOVE = listed("m km cm mm ft mi mg g kg L mL ml MB GB Mb Gb kb KB kB TB J W kWh mol ug mcg μg")
BELOW = listed("Mpc kpc s h hr min kg L l mL dL d day m cm km gal wk yr mo lb mi sec pk")


def read_unit(text: str, start: int, british: bool) -> Unit | None:
    """The unit whose symbol is at `start`, right after an amount, with or without a space or a hyphen."""
    match = _UNIT.match(text, start)
    if not match:
        return None
    symbol = match["symbol"].replace(".", "")
    name, single = _name_here(symbol, text, start, match)
    times = match["times"] and _NAMES.get(match["times"])
    if not name or (match["times"] and not times) or _is_something_else(symbol, text, start, match):
        return None
    name = _powered(f"{name} {times}" if times else name, match["power"], match["square"])
    per, end = _per(match)
    singular = _spelled(name + per, british)
    many = _spelled(_plural(name) + per, british)
    return Unit(singular, many, _past_full_stop(text, match, end), match["gap"] == "-" or single)


def _name_here(symbol: str, text: str, start: int, match: re.Match[str]) -> tuple[str, bool]:
    """The name that a symbol stands for here, "" if none; and whether it stays in the singular."""
    if symbol == "mb" and _PRESSURE.search(text, max(0, start - 60), min(len(text), match.end() + 40)):
        return "millibar", False
    if symbol == "bps" and _is_of_rates(text, start, match):
        return "basis point", False
    if symbol in ("ct", "cts"):
        name = _of_ct(text, start, match)
        return name, name == "count" or _GEM_NEXT.match(text, match.end()) is not None
    if symbol == "pt":
        moved = _MOVED.search(text, max(0, start - 40), start) and not _SPOONED.match(text, match.end())
        of_type = _POINTS.match(text, match.end()) is not None
        return "point" if of_type or moved or match["gap"] == "-" else _NAMES[symbol], of_type
    return _NAMES.get(symbol) or _NAMES.get(symbol.replace(" ", ""), ""), symbol == "pk"


def _is_something_else(symbol: str, text: str, start: int, match: re.Match[str]) -> bool:
    """Whether what looks like the symbol of a unit is a word, a letter or part of a name."""
    if (match["power"] or "")[:1].isdecimal() and symbol not in _LENGTHS:  # "456 B2"
        return True
    if symbol == "s" and _NAMED_DIGITS.search(text, max(0, start - 8), start):  # "B-52s"
        return True
    if symbol == "K" and text.startswith("/9", match.end("symbol")):
        return True
    if symbol == "L" and match["gap"] and _EDITION.match(text, match.end()):  # "16 L. Ed. 2d"
        return True
    if symbol == "t" and _SPOONED.match(text, match.end()):  # "1 t. salt"
        return True
    if symbol == "SF" and not (match["gap"] and _HUNDREDS.search(text, max(0, start - 8), start)):
        return True
    if symbol == "c" and not _FLOUR.match(text, match.end()):
        return True
    gap = match["gap"]
    if len(symbol) == 1 and gap and text.startswith(":", match.end()):  # "H: 75 L: 58"
        return True
    if gap == " " and len(symbol) == 1 and symbol.isupper() and _NAMED_LETTER.match(text, match.end("symbol")):
        return True
    if match["power"] or match["per"] or match["square"] or match["times"]:
        return False
    if symbol in _LETTERS and _is_letter(text, start, match):
        return True
    if not gap:
        return False
    heated = symbol == "F" and gap == " " and _HEATED.search(text, max(0, start - 40), start)
    if (symbol in _TOUCHING and not heated) or (gap == "-" and len(symbol) < 2):
        return True
    hyphened = gap == "-" and symbol == "in" and text[match.end() : match.end() + 1] != "-"  # "a 12-in pipe"
    return symbol in _RISKY and not hyphened and not _AFTER_INCHES.match(text, match.end("symbol"))


def _per(match: re.Match[str]) -> tuple[str, int]:
    """The words of "/s" or "per kg" after a unit, and where the unit ends, which is before any other word."""
    if not match["per"]:
        return "", match.end()
    if below := _NAMES.get(match["below"]):
        squared = below == "second" and (match["root"] or "")[-1:] in ("²", "2")  # "m/s²"
        return " per second squared" if squared else f" per {_powered(below, match['root'])}", match.end()
    if match["per"].strip() == "/":
        return " per", match.end("per")
    return "", match.end("power") if match["power"] else match.end("symbol")


def _of_ct(text: str, start: int, match: re.Match[str]) -> str:
    """What "ct" is short for after a number: carats, cents, or the count of a pack; "" if none of these."""
    if _PACKED.match(text, match.end()):
        return "count"
    if _GEM.search(text, max(0, start - 40), min(len(text), match.end() + 40)):
        return "carat"
    priced = _PRICED.match(text, match.end()) and _PRICE_BEFORE.search(text, max(0, start - 24), start)
    return "cent" if priced or _PER_ONE.match(text, match.end()) else ""


_PER_ONE = re.compile(r"\.?\s(?:each|apiece|per|a\spiece|off)\b")


def _is_of_rates(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether "bps" are basis points: rates are mentioned nearby, or something rose by them. A modem has bits."""
    first, last = max(0, start - 60), min(len(text), match.end() + 40)
    if _RATES.search(text, first, last):
        return True
    return _MOVED.search(text, max(0, start - 40), start) is not None and not _MODEM.search(text, first, last)


def _is_letter(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a capital after a number is a letter and not a unit: "exit 72B", "1909 J. Potter", "314 W. 42nd St."."""
    symbol, end = match["symbol"], match.end()
    digits = _DIGITS_BEFORE.search(text, max(0, start - 12), start)
    number = digits.start() if digits else start
    plain = digits is not None and "." not in digits.group() and "," not in digits.group()
    if text[number - 1 : number] == "/" and _NAMED_BY_LETTERS.search(text, max(0, number - 4), number):  # "C57BL/6J"
        return True
    if symbol == "W" and _SHOE.search(text, max(0, number - 24), number):
        return True
    if symbol == "F" and _AFTER_A_FORM.search(text, max(0, number - 8), number):
        return True
    if is_designation(text, number) or (symbol in "NW" and _ROAD.search(text, max(0, number - 10), number)):
        return True
    if symbol == "K" and match["gap"] and text.startswith(" of ", end):  # "64 K of RAM"
        return True
    if symbol == "F" and _HEATED.search(text, max(0, number - 40), number):
        return False
    if not match["gap"]:
        if symbol in "BT" or (symbol == "A" and plain and start - number > 2 and text[start - 1] not in "05"):
            return True
        return symbol in "CF" and plain and _AFTER_DEGREES.search(text, max(0, number - 16), number) is None
    if symbol == "T":
        return plain and _TESLA.match(text, end) is None
    if symbol in "NW" and _STREET.match(text, end):
        return True
    if symbol == "V" and re.match(r"\s?\d", text[end : end + 2]):
        return True
    return _INITIAL.match(text, end) is not None or (plain and start - number > 3)


_DIGITS_BEFORE = re.compile(r"\d[\d.,]*\Z")
_AFTER_A_FORM = re.compile(r"\d-[A-Z],?\s(?:and\s)?\Z")  # "8-K, 13F"
_EDITION = re.compile(r"\.\s?[A-Z][a-z]")
_NAMED_BY_LETTERS = re.compile(r"[A-Z]{2}/\Z")
_SHOE = re.compile(
    r"\b(?:[Ww]omen's|[Mm]en's|[Kk]ids'|[Bb]oys'|[Gg]irls'|[Ss]izes?"
    r"|[Ss]hoes?)\s(?:\d{1,2}[A-Z]?,?\s(?:or|to|and)\s)?\Z"
)
_HUNDREDS = re.compile(r"\d\d\d\Z")


def _past_full_stop(text: str, match: re.Match[str], end: int) -> int:
    """Where the unit ends: after the full stop of "5 ft. 3 in. tall", which does not end a sentence."""
    degrees = match["symbol"][0] in "°º" and match["symbol"][-1] in "CF"  # "425° F. and"
    if (
        not (degrees or match["symbol"] in _ABBREVIATED or match["symbol"].endswith("l. oz"))
        or text[end : end + 1] != "."
    ):
        return end
    bound = match["gap"] == "-" and text[end + 1 : end + 2] == " "  # "a 42-yd. FG"
    return end + 1 if bound or _SENTENCE_CONTINUES.match(text, end + 1) else end
