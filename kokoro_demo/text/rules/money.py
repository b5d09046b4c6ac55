"""Money: a sign or a code before or after an amount, with minor units, magnitudes and ranges."""

from __future__ import annotations

import re
from typing import NamedTuple

from kokoro_demo.text.patterns import any_of
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.amounts import Amount, part_of, read_amount, read_magnitude
from kokoro_demo.text.rules.sentences import full_stop_kept
from kokoro_demo.text.rules.surroundings import describes_a_noun
from kokoro_demo.text.rules.units import read_unit
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, words


class Currency(NamedTuple):
    """The singular and plural of its main unit and of its minor unit; "" if no minor unit is in use."""

    singular: str
    plural: str
    minor_singular: str = "cent"
    minor_plural: str = "cents"


def _dollars(country: str = "") -> Currency:
    return Currency(f"{country} dollar".strip(), f"{country} dollars".strip())


_NO_MINOR = ("", "")
SIGNS = {
    "$": _dollars(), "€": Currency("euro", "euros"), "£": Currency("pound", "pounds", "penny", "pence"),
    "¥": Currency("yen", "yen", *_NO_MINOR), "₹": Currency("rupee", "rupees", "paisa", "paise"),
    "₩": Currency("won", "won", *_NO_MINOR), "₽": Currency("ruble", "rubles", "kopeck", "kopecks"),
    "₺": Currency("lira", "lira", "kurush", "kurush"), "₪": Currency("shekel", "shekels", "agora", "agorot"),
    "₫": Currency("dong", "dong", *_NO_MINOR), "฿": Currency("baht", "baht", "satang", "satang"),
    "₴": Currency("hryvnia", "hryvnias", "kopeck", "kopecks"), "₦": Currency("naira", "naira", "kobo", "kobo"),
    "₱": Currency("peso", "pesos", "centavo", "centavos"), "₿": Currency("bitcoin", "bitcoins", *_NO_MINOR),
    "₡": Currency("colon", "colones", *_NO_MINOR), "₵": Currency("cedi", "cedis", "pesewa", "pesewas"),
    "₸": Currency("tenge", "tenge", *_NO_MINOR), "₾": Currency("lari", "lari", *_NO_MINOR),
    "US$": _dollars("US"), "A$": _dollars("Australian"), "AU$": _dollars("Australian"),
    "C$": _dollars("Canadian"), "CA$": _dollars("Canadian"), "NZ$": _dollars("New Zealand"),
    "HK$": _dollars("Hong Kong"), "S$": _dollars("Singapore"), "NT$": _dollars("Taiwan"),
    "R$": Currency("Brazilian real", "Brazilian reais", "centavo", "centavos"),
    "MX$": Currency("Mexican peso", "Mexican pesos", "centavo", "centavos"),
    "CN¥": Currency("yuan", "yuan", *_NO_MINOR),
}  # fmt: skip
CODES = {
    "USD": SIGNS["US$"], "EUR": SIGNS["€"], "GBP": SIGNS["£"], "JPY": SIGNS["¥"], "INR": SIGNS["₹"],
    "KRW": SIGNS["₩"], "RUB": SIGNS["₽"], "TRY": SIGNS["₺"], "ILS": SIGNS["₪"], "AUD": SIGNS["A$"],
    "CAD": SIGNS["C$"], "NZD": SIGNS["NZ$"], "HKD": SIGNS["HK$"], "SGD": SIGNS["S$"], "TWD": SIGNS["NT$"],
    "BRL": SIGNS["R$"], "MXN": SIGNS["MX$"], "CNY": SIGNS["CN¥"], "RMB": SIGNS["CN¥"], "BTC": SIGNS["₿"],
    "CHF": Currency("Swiss franc", "Swiss francs", "centime", "centimes"),
    "SEK": Currency("Swedish krona", "Swedish kronor", "öre", "öre"),
    "NOK": Currency("Norwegian krone", "Norwegian kroner", "øre", "øre"),
    "DKK": Currency("Danish krone", "Danish kroner", "øre", "øre"),
    "PLN": Currency("zloty", "zlotys", "grosz", "groszy"), "zł": Currency("zloty", "zlotys", "grosz", "groszy"),
    "ZAR": Currency("South African rand", "South African rand"), "THB": SIGNS["฿"], "UAH": SIGNS["₴"],
    "AED": Currency("dirham", "dirhams", "fils", "fils"), "PHP": Currency("Philippine peso", "Philippine pesos"),
    "Kč": Currency("Czech koruna", "Czech korunas", "haler", "halers"),
    "HRK": Currency("Croatian kuna", "Croatian kunas", "lipa", "lipas"),
    "CZK": Currency("Czech koruna", "Czech korunas", "haler", "halers"),
    "HUF": Currency("forint", "forints", *_NO_MINOR), "BGN": Currency("lev", "leva", "stotinka", "stotinki"),
    "ISK": Currency("Icelandic krona", "Icelandic kronur", *_NO_MINOR), "VND": SIGNS["₫"], "NGN": SIGNS["₦"],
    "MYR": Currency("ringgit", "ringgit", "sen", "sen"), "IDR": Currency("rupiah", "rupiah", *_NO_MINOR),
    "EGP": Currency("Egyptian pound", "Egyptian pounds", "piastre", "piastres"),
    "KES": Currency("Kenyan shilling", "Kenyan shillings"), "BDT": Currency("taka", "taka", "poisha", "poisha"),
    "PKR": Currency("Pakistani rupee", "Pakistani rupees", "paisa", "paise"),
    "LKR": Currency("Sri Lankan rupee", "Sri Lankan rupees"),
    "QAR": Currency("Qatari riyal", "Qatari riyals", "dirham", "dirhams"),
    "KWD": Currency("Kuwaiti dinar", "Kuwaiti dinars", "fils", "fils"),
    "CLP": Currency("Chilean peso", "Chilean pesos", *_NO_MINOR),
    "ARS": Currency("Argentine peso", "Argentine pesos", "centavo", "centavos"),
    "Rs": SIGNS["₹"], "kr": Currency("krone", "kroner", "øre", "øre"),
}  # fmt: skip
_SIGN = any_of(*map(re.escape, sorted(SIGNS, key=len, reverse=True)))
_CODE = any_of(*(code for code in CODES if code not in ("kr", "Rs")))
_AFTER = re.compile(rf" ?(?P<sign>{_SIGN})(?![\d\w])|(?:\s|-)?(?P<code>{_CODE}|(?<=\s)kr)(?!\w)")
_EURO_AFTER = re.compile(r"\d{1,9},\d\d ?(?:€|EUR\b)")
_CENTS = re.compile(r" ?¢|c(?![\w'])|p(?![\w'])")
_BEFORE = (
    rf"(?:(?P<sign>{_SIGN})|(?P<code>{_CODE}|Rs(?=\.? ?\d))\.?(?=[ -]?[-−]?\.?\d)) ?(?P<minus>[-−])?(?=\.?\d|[¼½¾])"
)
_RANGE = re.compile(rf"(?: ?[–—] ?|-|\s-\s)(?:{_SIGN})?(?=\.?\d)")
_PER = re.compile(r" ?/ ?(?=[A-Za-z])")
_SQUARE = re.compile(r"(?:sq|cu)\.?\s")
_A_YEAR = re.compile(r"-an?-[a-z]+\s[a-z]")  # "a $1-million-a-year job"
_SHARE = re.compile(r"shr?\b\.?")
_PER_PERSON = re.compile(r" ?(?:pp|p\.p\.)(?![\w.])")
_WORD_AGAIN = re.compile(r"\s(?P<word>[a-z]{3,8})(?!\w)")
_DOLLARS_AGAIN = re.compile(r"\s?(?P<code>USD|AUD|CAD|NZD|HKD|SGD)(?!\w)")
_HYPHEN = re.compile(r"-[a-z]")
_THIRD_ZERO = re.compile(r"(\.\d\d)0\Z")  # "$20.010"
_INDIAN = re.compile(r"[ -]?(?P<magnitude>lakhs?|crores?|cr)\b\.?")
_MINOR = re.compile(r"(\d*)\.(\d\d?)")
_BARE_CENTS = re.compile(r"[1-9]\d?")


def _pieces(spoken: str, start: int, end: int) -> list[Piece]:
    """The words of a sum; "US" is read as letters."""
    pieces: list[Piece] = []
    for word in spoken.split():
        pieces += letters(word, start, end) if word == "US" else words(word, start, end)
    return pieces


def _whole_and_minor(amount: Amount, currency: Currency, british: bool) -> str | None:
    """Return "50.3" as "fifty dollars and thirty cents"; None if the amount has no minor units."""
    match = _MINOR.fullmatch(_THIRD_ZERO.sub(r"\1", amount.value))
    if not match or not currency.minor_singular:
        return None
    whole, minor = match[1].lstrip("0"), match[2].ljust(2, "0").lstrip("0")
    parts = []
    if whole or not minor:
        name = currency.singular if whole == "1" else currency.plural
        parts.append(f"{number_words.cardinal(whole or '0', british)} {name}")
    if minor:
        name = currency.minor_singular if minor == "1" else currency.minor_plural
        parts.append(f"{number_words.cardinal(minor, british)} {name}")
    return " and ".join(parts)


def _sum(amount: Amount, currency: Currency, start: int, context: Context) -> tuple[str, int]:
    """The words of an amount of money, with its magnitude or the rest of its range, and where they end."""
    text, british = context.text, context.british
    end, spoken = amount.end, amount.words
    magnitude = read_magnitude(text, end, money=True)
    if not magnitude and (indian := _INDIAN.match(text, end)):
        magnitude = "crore" if indian["magnitude"] == "cr" else indian["magnitude"].removesuffix("s"), indian.end()
    if magnitude:
        spoken, end = f"{spoken} {magnitude[0]}", magnitude[1]
    dash = _RANGE.match(text, end)
    second = dash and read_amount(text, dash.end(), british)
    if second and text[second.end : second.end + 1] != "-":
        return _range(amount, spoken, second, currency, start, context)
    if magnitude:
        single = describes_a_noun(text, start, end) or _A_YEAR.match(text, end)
        noun = currency.singular if single else currency.plural
        return f"{spoken} {noun}", end
    if minor := _whole_and_minor(amount, currency, british):
        return minor, end
    if amount.part:
        return part_of(spoken, currency.singular), end
    if _HYPHEN.match(text, end):
        return f"{spoken} {currency.singular}", end
    singular = amount.singular or describes_a_noun(text, start, end)
    return f"{spoken} {currency.singular if singular else currency.plural}", end


def _range(
    first: Amount, spoken: str, second: Amount, currency: Currency, start: int, context: Context
) -> tuple[str, int]:
    """The words of a range, "$5–10 million". spoken: the words of the first amount, with its own magnitude if any."""
    end = second.end
    magnitude = read_magnitude(context.text, end, money=True)
    if magnitude:
        noun = currency.singular if describes_a_noun(context.text, start, magnitude[1]) else currency.plural
        return f"{spoken} to {second.words} {magnitude[0]} {noun}", magnitude[1]
    low = (_whole_and_minor(first, currency, context.british) if "." in first.value else None) or spoken
    high = _whole_and_minor(second, currency, context.british) or (
        f"{second.words} {currency.singular if describes_a_noun(context.text, start, end) else currency.plural}"
    )
    return f"{low} to {high}", end


def _per(spoken: list[Piece], end: int, context: Context) -> RuleResult:
    """Add the "per" of "$5/month", and the unit after it if that is a symbol."""
    if person := _PER_PERSON.match(context.text, end):
        return RuleResult([*spoken, *words("per person", *person.span())], person.end())
    match = _PER.match(context.text, end)
    if (
        match
        and context.text.startswith("ea", match.end())
        and not context.text[match.end() + 2 : match.end() + 3].isalpha()
    ):
        return RuleResult([*spoken, *words("each", match.start(), match.end() + 2)], match.end() + 2)
    if match and (share := _SHARE.match(context.text, match.end())):
        return RuleResult([*spoken, *words("per share", match.start(), share.end())], share.end())
    if not match:
        return RuleResult(spoken, end)
    spoken = [*spoken, *words("per", *match.span())]
    unit = read_unit(context.text, match.end(), context.british)
    if not unit or (unit.end - match.end() > 4 and not _SQUARE.match(context.text, match.end())):
        return RuleResult(spoken, match.end())
    return RuleResult([*spoken, *words(unit.singular, match.end(), unit.end)], unit.end)


def _sign_first(match: re.Match[str], context: Context) -> RuleResult | None:
    amount = read_amount(context.text, match.end(), context.british, comma=True)
    if not amount:
        return None
    currency = SIGNS[match["sign"]] if match["sign"] else CODES[match["code"]]
    spoken, end = _sum(amount, currency, match.start(), context)
    again = _WORD_AGAIN.match(context.text, end)
    if again and again["word"] in (currency.singular, currency.plural):  # "$20 dollars"
        end = again.end()
    elif match["sign"] == "$" and (code := _DOLLARS_AGAIN.match(context.text, end)):  # "$5 USD"
        country = CODES[code["code"]].singular.removesuffix(" dollar")
        spoken, end = re.sub(r"\bdollar", f"{country} dollar", spoken, count=1), code.end()
    if match["minus"]:
        spoken = f"minus {spoken}"
    return _per(_pieces(spoken, match.start(), end), end, context)


def _sign_last(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "50 €", "5k USD", "25c", "50p"."""
    text, start = context.text, match.start()
    amount = read_amount(text, start, context.british, comma=_EURO_AFTER.match(text, start) is not None)
    if not amount or not amount.value:
        return None
    if cents := _CENTS.match(text, amount.end):
        lettered = text[max(0, start - 2) : start - 1].isalpha() and text[start - 1] in "-–"  # "2a-2c"
        if cents.group() == "c" and (lettered or not _BARE_CENTS.fullmatch(amount.value)):
            return None
        if cents.group() == "p" and not (context.british and _BARE_CENTS.fullmatch(amount.value)):
            return None
        names = ("penny", "pence") if cents.group() == "p" else ("cent", "cents")
        return RuleResult(words(f"{amount.words} {names[not amount.singular]}", start, cents.end()), cents.end())
    magnitude = read_magnitude(text, amount.end, money=True)
    sign = _AFTER.match(text, magnitude[1] if magnitude else amount.end)
    if not sign:
        return None
    currency = SIGNS[sign["sign"]] if sign["sign"] else CODES[sign["code"]]
    if magnitude:
        spoken = f"{amount.words} {magnitude[0]} {currency.plural}"
    else:
        spoken = _whole_and_minor(amount, currency, context.british) or (
            f"{amount.words} {currency.singular if amount.singular else currency.plural}"
        )
    return _per(_pieces(spoken, start, sign.end()), sign.end(), context)


def _pre_decimal(match: re.Match[str], context: Context) -> RuleResult:
    """Read pounds, shillings and pence: "£3 4s. 6d.", "10s. 6d.", "£5 10s.", "6d. each"."""
    parts = []
    for name, singular, plural in (("pounds", "pound", "pounds"), ("shillings", "shilling", "shillings")):
        if number := match.groupdict().get(name):
            digits = number.replace(",", "")
            parts.append(f"{number_words.cardinal(digits, context.british)} {singular if digits == '1' else plural}")
    pence, part = match.groupdict().get("pence"), match.groupdict().get("farthings")
    if pence:
        named = number_words.cardinal(pence, context.british) + (f" {_FARTHINGS[part]}" if part else "")
        parts.append(f"{named} {'penny' if pence == '1' and not part else 'pence'}")
    *before, last = parts
    spoken = f"{' '.join(before)} and {last}" if before else last
    return RuleResult(words(spoken, *match.span()), full_stop_kept(match))


_FARTHINGS = {"¼": "and a farthing", "½": "and a half", "¾": "and three farthings"}
_POUNDS = r"(?P<pounds>\d{1,3}(?:,\d{3}){1,3}|\d{1,6})"
_SHILLINGS = r"(?P<shillings>1?\d) ?s(?:\.|(?!\w))"
_PENCE = r"(?P<pence>1[01]|\d)(?P<farthings>[¼½¾])? ?d(?:\.|(?!\w))"
PRE_DECIMAL_WITH_SIGN = Rule("money", re.compile(rf"£ ?{_POUNDS},?\s{_SHILLINGS}(?:,?\s{_PENCE})?"), _pre_decimal)
PRE_DECIMAL = (
    Rule("money", re.compile(rf"(?:{_POUNDS}l\.,?\s)?{_SHILLINGS},?\s{_PENCE}"), _pre_decimal),
    Rule("money", re.compile(rf"{_POUNDS}l\.,?\s{_SHILLINGS}"), _pre_decimal),
    Rule("money", re.compile(r"(?P<shillings>1?\d)s\.(?=\s(?:an?|per|each|in\sthe\spound)\s)"), _pre_decimal),
    Rule(
        "money",
        re.compile(r"(?P<pence>1[01]|\d)(?P<farthings>[¼½¾])?d\.(?=\s(?:an?|per|each|in\sthe\spound)\b)"),
        _pre_decimal,
    ),
)


def _sign_per(match: re.Match[str], context: Context) -> RuleResult:
    """Read "€/m²", "$/kg": a price without an amount."""
    return _per(words(SIGNS[match["sign"]].plural, *match.span()), match.end(), context)


SIGN_PER = Rule("money", re.compile(rf"(?P<sign>{_SIGN})(?= ?/ ?[A-Za-z])"), _sign_per)
SIGN_FIRST = Rule("money", re.compile(_BEFORE), _sign_first)
SIGN_LAST = Rule("money", re.compile(r"\d|\.\d"), _sign_last)
