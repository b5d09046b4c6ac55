"""Rewrites the text of ``say-as`` so that our own rules read it as requested: "2023-09-22", "3rd", "U S B"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from kokoro_demo.languages import BY_CODE, ENGLISH
from kokoro_demo.text.languages import locale_of
from kokoro_demo.text.rules.number_words import one_by_one

# English names for signs that are spelled out; the rules of other languages have their own.
_SIGNS = {
    "-": "dash", "–": "dash", "—": "dash", ".": "dot", "@": "at", "/": "slash", "\\": "backslash", "_": "underscore",
    "&": "and", "#": "hash", "+": "plus", "*": "star", ":": "colon", ";": "semicolon", ",": "comma", "'": "apostrophe",
    "!": "exclamation mark", "?": "question mark", "(": "open bracket", ")": "close bracket", "$": "dollar",
    "%": "percent", "=": "equals", '"': "quote", "<": "less than", ">": "greater than", "~": "tilde", "|": "bar",
    "€": "euro", "£": "pound", "^": "caret",
    # The letter, not the article.
    "A": "[A](/ˈA/)",
}  # fmt: skip
_BLEEPS = {"es": "bip", "fr-fr": "bip", "it": "bip", "pt-br": "bip", "hi": "बीप", "ja": "ピー", "zh": "哔"}
_ORDINALS = {"es": "{}.º", "it": "{}º", "pt-br": "{}º", "hi": "{}वां", "ja": "第{}", "zh": "第{}"}
_DATE_FORMATS = ("mdy", "dmy", "ymd", "ydm", "md", "dm", "ym", "my", "y", "m", "d")
_NUMBER = re.compile(r"(?P<sign>[-−+]?)\s?(?P<whole>\d{1,3}(?:[,\s]\d{3})+|\d+)(?P<rest>\.\d+)?")
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,3})[:h]\s?)?(?P<minutes>\d{1,3})(?:['′m:]\s?)(?:(?P<seconds>\d{1,2})(?:\.\d+)?(?:''|[\"″s])?)?"
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::|\.|h)?(?P<minute>\d{2})?(?::(?P<second>\d{2}))?\s?(?P<half>[ap]\.?m\.?)?", re.I
)


def spelled(text: str, language: str, form: str = "") -> str:
    """Spell out a text character by character, with the names of letters and signs."""
    signs = [sign.upper() if len(sign.upper()) == 1 else sign for sign in "".join(text.split())]
    if language in ENGLISH:
        return " ".join(one_by_one(sign) if _is_digit(sign) else _SIGNS.get(sign, sign) for sign in signs)
    # "3 A" could be read as a number with a unit.
    return re.sub(r"(?<=\d) (?=[^\W\d_])", ", ", " ".join(signs))


def digits(text: str, language: str, form: str = "") -> str:
    """Read digits one by one; everything else stays as it is."""
    if language in ENGLISH:
        return re.sub(r"[\d\s,.-]*\d", lambda run: one_by_one(re.sub(r"\D", "", run[0])), text, flags=re.ASCII)
    return re.sub(r"(?<=\d)[\s,.-]*(?=\d)", " ", text)


def _is_digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()


def cardinal(text: str, language: str, form: str = "") -> str:
    """Read a cardinal number, never a year."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return text
    whole = re.sub(r"\D", "", match["whole"])
    if language not in ENGLISH:
        return f"{match['sign']}{whole}{match['rest'] or ''}"
    return f"{match['sign']}{int(whole):,}{match['rest'] or ''}" if len(whole) < 19 else text


def ordinal(text: str, language: str, form: str = "") -> str:
    """Read an ordinal number."""
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,15})", text.strip())
    if match is None:
        return text
    number = int(match[1].replace(",", ""))
    if language in ENGLISH:
        last = "" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "")
        return f"{number}{last or 'th'}"
    if language == "fr-fr":
        return f"{number}{'er' if number == 1 else 'e'}"
    return _ORDINALS.get(language, "{}").format(number)


def fraction(text: str, language: str, form: str = "") -> str:
    """Read 3/20, 1+1/2 and 2 ½ as fractions, not as dates."""
    return re.sub(r"(\d)\s?\+\s?(?=\d+/\d)", r"\1 ", text.strip())


def unit(text: str, language: str, form: str = "") -> str:
    """Read a number or a fraction with its unit, with or without a space between them."""
    return re.sub(r"(?<=\d)(?=[^\W\d])", " ", re.sub(r"(\d)\s?\+\s?(?=\d)", r"\1 ", text.strip()))


def date(text: str, language: str, form: str = "") -> str:
    """Read a date whose parts are in the order of `form`, such as `mdy` or `ymd`; unknown parts are "?"."""
    order = "ymd" if form.lower() == "yyyymmdd" else form.lower().replace("yyyy", "y").replace("mm", "m")
    order = order.replace("dd", "d") if order not in _DATE_FORMATS else order
    written = text.strip()
    if order not in _DATE_FORMATS:
        return text
    if re.fullmatch(r"[\d?]{8}", written) and order == "ymd":
        values = [written[:4], written[4:6], written[6:]]
    else:
        values = re.split(r"[-/.,\s]+", written)
    if len(values) != len(order) or not all(re.fullmatch(r"\d{1,4}|\?+", value) for value in values):
        return text
    known = {part: int(value) for part, value in zip(order, values, strict=True) if not value.startswith("?")}
    return _date_in_words(known.get("y"), known.get("m"), known.get("d"), language) or text


def _date_in_words(year: int | None, month: int | None, day: int | None, language: str) -> str:
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return ""
    if year is not None and year < 100:
        year += 2000 if year < 50 else 1900
    if BY_CODE[language].front_end in ("japanese", "mandarin"):
        parts = ((year, "年"), (month, "月"), (day, "日"))
        return "".join(f"{value}{sign}" for value, sign in parts if value is not None)
    if year is not None and month is not None and day is not None:
        return f"{year:04}-{month:02}-{day:02}"
    if language in ENGLISH:
        name = calendar.month_name[month or 0]
        spoken_day = ordinal(str(day), language) if day and not name else str(day or "")
        return " ".join(filter(None, (name, spoken_day, str(year or ""))))
    locale = locale_of(language)
    if locale is None:
        return ""
    return " ".join(filter(None, (str(day or ""), locale.months[month - 1] if month else "", str(year or ""))))


def time(text: str, language: str, form: str = "") -> str:
    """Read a time of day, or a duration in minutes and seconds such as 1'21"."""
    written = text.strip()
    if "'" in written or "′" in written:
        return duration(written, language)
    match = _CLOCK.fullmatch(written)
    if match is None or match["minute"] is None:
        return text
    if match["second"] and match["second"] != "00":
        return f"{match['hour']}:{match['minute']}:{match['second']}{match['half'] or ''}"
    return f"{match['hour']}:{match['minute']}{' ' + match['half'] if match['half'] else ''}"


def duration(text: str, language: str, form: str = "") -> str:
    """Read hours, minutes and seconds; in English with their names."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or language not in ENGLISH:
        return text
    values = ((match["hours"], "hour"), (match["minutes"], "minute"), (match["seconds"], "second"))
    named = [f"{int(value)} {name}{'' if int(value) == 1 else 's'}" for value, name in values if value and int(value)]
    return " ".join([*named[:-1], *(["and"] if len(named) > 1 else []), *named[-1:]]) or "0 seconds"


def telephone(text: str, language: str, form: str = "") -> str:
    """Read a telephone number digit by digit, in groups; ten digits without groups are grouped as in America."""
    ten = re.fullmatch(r"(\d{3})(\d{3})(\d{4})", text.strip())
    if ten:
        return "-".join(ten.groups())
    groups = re.findall(r"\d+|[+*#]|[^\W\d_]+", text)
    return ", ".join(" ".join(group) if group.isdigit() else group for group in groups).replace("+, ", "+")


def currency(text: str, language: str, form: str = "") -> str:
    """Read an amount as in any text: "$42.01", "99.9 USD"."""
    return re.sub(r"(?<=\d)(?=[A-Z]{3}\b)|(?<=\b[A-Z]{3})(?=\d)", " ", text.strip())


def bleeped(text: str, language: str, form: str = "") -> str:
    """Return the word that is spoken in place of an expletive."""
    return _BLEEPS.get(language, "bleep")


def as_written(text: str, language: str, form: str = "") -> str:
    """Return the text itself, for kinds that are read like any text."""
    return text


KINDS: dict[str, Callable[[str, str, str], str]] = {
    **dict.fromkeys(("characters", "spell-out", "verbatim", "letters"), spelled),
    **dict.fromkeys(("digits", "number_digit"), digits),
    **dict.fromkeys(("cardinal", "number"), cardinal),
    "ordinal": ordinal,
    "fraction": fraction,
    "unit": unit,
    "date": date,
    "time": time,
    "duration": duration,
    "telephone": telephone,
    "currency": currency,
    **dict.fromkeys(("expletive", "bleep"), bleeped),
    **dict.fromkeys(("address", "name", "net"), as_written),
}
"""Functions by the value of ``interpret-as``. Arguments: the text, the code of its language, and ``format``."""
