"""Numbers and what they count: money, percentages, measures, degrees, ranges, and bare numbers before a noun."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kokoro_demo.text.languages.amounts import END, VULGAR, read_amount, word_before, words_after
from kokoro_demo.text.languages.locale import NO_NOUN, Agreement, Amount, Currency, Locale, Magnitude, Noun
from kokoro_demo.text.scanner import Context, Reader, Rule, RuleResult, words

_DOLLARS = "$"
_RANGE = re.compile(r"(?:-| ?[–—] ?| - (?!\d{1,9}[^=\n]{0,20}=))(?=\d)")
_DOTTED = re.compile(r"\d{1,9}(?:\.\d{1,9}){2,20}(?!\d)")
_GROUPS = re.compile(r"\d{1,12}(?:-\d{1,12}){2,20}(?!\w)|0\d{0,11}-\d{1,12}(?![\w-])|\d{1,12}-0\d{1,11}(?![\w-])")
_SLASHED = re.compile(r"(?P<left>\d{1,4}) ?/ ?(?P<right>\d{1,4})(?![\w/]|[.,]\d)")
_OUT_OF = re.compile(r" ?/ ?(?P<whole>\d{1,3})(?![\w/]|[.,]\d)")
_PARTS_AFTER = re.compile(r"\d\d(?!\d)")
_LONG = 9  # digits; a longer run is a code, unless it ends in zeros


def any_key(keys: Iterable[str]) -> str:
    """Return a pattern for any of `keys`, the longest first."""
    return "(?:" + "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True)) + ")"


_WORD = re.compile(r"[^\W\d_]+")
_HEIGHT = re.compile(r"(?P<metres>\d)m(?P<parts>\d\d)(?!\w)")


_DIGITS_BEFORE = re.compile(r"(?<![\w.,])\d{1,4}\Z")
_FEW = re.compile(r"(?<!\d)\d\Z")
_MINUTES = re.compile(r"(?P<min>\d{1,3}) ?(?:min ?|['’′] ?)(?P<s>[0-5]?\d) ?(?:s(?:eg?)?(?!\w)|[″”\"]|['’′]{2})")


class Quantities:
    """Reads amounts with what follows them, in one language."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        signs = [key for key in locale.currencies if not key.isalpha()]
        codes = [key for key in locale.currencies if key.isalpha()]
        currency = rf"(?:{any_key(signs)}|{any_key(codes)}{END})" if codes else any_key(signs)
        self._currency = re.compile(rf" ?(?P<currency>{currency})")
        self._magnitude = re.compile(rf" ?(?P<magnitude>{any_key(locale.magnitudes)}){END}")
        self._linked = re.compile(rf" (?:{locale.link.strip() or '(?!)'}) ?(?={currency})" if locale.link else r"(?!)")
        self._unit = re.compile(rf" ?(?P<unit>{any_key(locale.units)}){END}")
        self._per = re.compile(rf"(?:(?<=[a-z])\.)? ?/ ?(?:(?P<unit>{any_key(locale.units)}){END}|(?=[^\W\d_]))")
        self._degrees = re.compile(rf" ?[°º] ?(?P<scale>{any_key(locale.temperature_scales)}){END}")
        self._vulgar = {sign: unicodedata.normalize("NFKC", sign).split("\u2044") for sign in VULGAR}
        before = rf"(?:{any_key(signs)}|{any_key(codes)}(?=[. ]?\d))" if codes else any_key(signs)
        self._first = rf"(?P<minus>[-−])?(?P<currency>{before})\.? ?(?P<second>[-−])?(?=\d)"

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules for what begins with a digit."""
        digit = re.compile(r"(?=\d)")
        return (
            *self.phones(),
            Rule("number", _DOTTED, self._dotted),
            Rule("measure", _HEIGHT, self._height),
            Rule("duration", _MINUTES, self._minutes),
            Rule("code", _GROUPS, self._one_by_one),
            Rule("fraction", _SLASHED, self._slashed),
            Rule("number", digit, self._quantity),
        )

    def phones(self) -> tuple[Rule, ...]:
        """Return the rules for telephone numbers, which may begin with a plus sign or a bracket."""
        patterns = self.locale.phones
        return tuple(Rule("telephone", re.compile(pattern), self._phone(style)) for pattern, style in patterns)

    def sign_first(self) -> Rule:
        """Return the rule for what begins with the sign or the code of a currency."""
        return Rule("money", re.compile(self._first), self._sign_first)

    def vulgar(self) -> Rule:
        """Return the rule for a fraction that is one character."""
        return Rule("fraction", re.compile(rf"[{VULGAR}]"), self._quantity)

    def _number(self, amount: Amount, agreement: Agreement) -> str:
        """The words of an amount, with its fraction if it has one."""
        if not amount.vulgar:
            return self.locale.number(amount, agreement)
        numerator, denominator = self._fraction(amount)
        part = self.locale.fraction(numerator, denominator)
        if amount.whole == "0":
            half = (numerator, denominator) == (1, 2) and agreement.noun
            return self.locale.half_of(agreement.gender) if half else part
        if amount.decimals:
            return f"{self.locale.number(amount._replace(vulgar=''), agreement)} {self.locale.signs['&']} {part}"
        return self.locale.with_fraction(amount.value, numerator, denominator, agreement)

    def _fraction(self, amount: Amount) -> tuple[int, int]:
        numerator, denominator = self._vulgar.get(amount.vulgar) or amount.vulgar.split("/")
        return int(numerator), int(denominator)

    def _counted(self, amount: Amount, noun: Noun) -> str:
        if amount.vulgar:
            spoken = self._number(amount, Agreement(noun.gender, noun=True))
            if amount.whole != "0" and self._fraction(amount) == (1, 2) and self.locale.half:  # "dos horas y media"
                whole = self.locale.counted(amount._replace(vulgar=""), noun)
                return f"{whole} {self.locale.signs['&']} {self.locale.half_after(noun.gender)}"
            if amount.whole != "0":
                return f"{spoken} {noun.plural}"
            half = self._fraction(amount) == (1, 2)
            return f"{spoken} {noun.singular if half else self.locale.linked(noun.singular)}"
        if noun.singular in (self.locale.percent, self.locale.per_mille):  # no noun: "veintiuno por ciento"
            return f"{self.locale.number(amount)} {noun.singular}"
        return self.locale.counted(amount, noun)

    def _suffix(self, text: str, end: int) -> tuple[Noun | Currency, int, str] | None:
        """What is counted, where it ends, and the name of the rule."""
        if match := self._currency.match(text, end):
            return self.locale.currencies[match["currency"]], match.end(), "money"
        if match := self._degrees.match(text, end):
            degrees, scale = self.locale.degrees, self.locale.temperature_scales[match["scale"]]
            noun = Noun(f"{degrees.singular} {scale}", f"{degrees.plural} {scale}", degrees.gender)
            return noun, match.end(), "measure"
        for sign, spoken in (("%", self.locale.percent), ("‰", self.locale.per_mille), ("°", None)):
            at = end + text.startswith(" ", end)
            if text.startswith(sign, at) and (sign != "°" or at == end):
                return (
                    (Noun(spoken, spoken) if spoken else self.locale.degrees),
                    at + 1,
                    "percent" if spoken else "measure",
                )
        if (match := self._unit.match(text, end)) and match.group() in ("A", "B", "C", "F", "V", "W"):
            digits = _DIGITS_BEFORE.search(text, max(0, end - 8), end)
            if digits and word_before(text, digits.start()) in self.locale.designators:  # "sala 3B"
                return None
        few = match and match["unit"] == "hab" and _FEW.search(text, max(0, end - 3), end)
        if match and few and self.locale.rooms and not text.startswith(("/", "./"), match.end()):
            return self.locale.rooms, match.end(), "measure"
        if match and match.group() != " x":  # "12x" is a count, "2 x 3" is not
            return self.locale.units[match["unit"]], match.end(), "measure"
        return None

    def _quantity(self, match: re.Match[str], context: Context) -> RuleResult | None:
        text, start = context.text, match.start()
        amount_and_end = read_amount(text, start, self.locale)
        if amount_and_end is None:
            return None
        amount, end = amount_and_end
        magnitude = self._with_magnitude(text, amount, end)
        if magnitude:
            return magnitude
        if suffix := self._suffix(text, end):
            noun, last, name = suffix
            if name == "money" and not amount.decimals and (parts := _PARTS_AFTER.match(text, last)):  # "5€50"
                amount, last = amount._replace(decimals=parts.group()), parts.end()
            return self._until(self._in_words(amount, noun), start, last, name, text)
        dash = _RANGE.match(text, end)
        if dash and (second := self._range(text, start, amount, dash.end())):
            return second
        return self._bare(text, start, amount, end)

    def _bare(self, text: str, start: int, amount: Amount, end: int) -> RuleResult:
        """Read a number without a symbol after it."""
        locale = self.locale
        digits = text[start:end]
        before = word_before(text, start)
        named = word_before(text, start - 2) if text.startswith(": ", max(0, start - 2)) else before  # "PIN: 4821"
        code = len(digits) >= _LONG and not digits.endswith("000")
        if digits.isdecimal() and (code or (len(digits) > 3 and named in locale.code_before)):
            return RuleResult(words(locale.one_by_one(digits)), end, "digits")
        if digits.isdecimal() and locale.is_year(digits, before, " ".join(words_after(text, end))):
            return RuleResult(words(locale.year(int(digits))), end, "year")
        if "." in digits and amount.decimals and before in self.locale.parts_of_books:  # "Art. 12.1"
            point = self.locale.address_signs["."]
            return RuleResult(words(f"{locale.whole(amount.whole)} {point} {locale.whole(amount.decimals)}"), end)
        singular = amount._replace(whole="1") if amount.vulgar and amount.whole in ("0", "1") else amount
        agreement = locale.agreement(before, lambda: words_after(text, end), singular)
        return RuleResult(words(self._number(amount, agreement)), end)

    def _in_words(self, amount: Amount, noun: Noun | Currency) -> str:
        if isinstance(noun, Noun):
            return self._counted(amount, noun)
        return self._counted(amount, noun.name) if amount.vulgar else self.locale.money(amount, noun)

    def _with_magnitude(self, text: str, amount: Amount, end: int) -> RuleResult | None:
        """Read "3 million", "5 M€", "2 crore ₹"; None if no magnitude follows the amount."""
        match = self._magnitude.match(text, end)
        if match is None:
            return None
        word = self.locale.magnitudes[match["magnitude"]]
        after = self._linked.match(text, match.end())
        suffix = self._suffix(text, after.end() if after else match.end())
        short = match["magnitude"] in ("M", "m", "k", "K", "B", "b", "T")
        if short and (suffix is None or suffix[2] != "money") and match["magnitude"] not in ("k", "K"):
            return None
        spoken = self._thousands(amount, word)
        start = match.start() - len(amount.whole)
        if suffix is None:
            return RuleResult(words(spoken), match.end())
        noun, last, name = suffix
        plural = noun.plural if isinstance(noun, Noun) else noun.name.plural
        linked = self.locale.linked(plural) if word.links else plural
        return self._until(f"{spoken} {linked}", start, last, name, text)

    def _thousands(self, amount: Amount, word: Magnitude) -> str:
        """The words of an amount with its magnitude; together with "thousand" it is one number."""
        if word.singular == self.locale.cardinal(1000) and not (amount.decimals or amount.vulgar):
            return self.locale.whole(f"{amount.whole}000")
        return self.locale.counted(amount, Noun(word.singular, word.plural, word.gender))

    def _range(self, text: str, start: int, first: Amount, second_at: int) -> RuleResult | None:
        """Read "10-20 km": the unit after the second number is also that of the first."""
        amount_and_end = read_amount(text, second_at, self.locale)
        if amount_and_end is None or first.vulgar:
            return None
        second, end = amount_and_end
        suffix = self._suffix(text, end)
        magnitude = self._magnitude.match(text, end)
        rising = (first.value, first.decimals) < (second.value, second.decimals)
        if suffix:
            noun, last, name = suffix
            counted = noun if isinstance(noun, Noun) else noun.name
            low = self.locale.number(first, Agreement(counted.gender, noun=False))
            return self._until(self.locale.range(low, self._in_words(second, noun), rising), start, last, name, text)
        if magnitude:
            return RuleResult(words(f"{self.locale.number(first)} {self.locale.to}"), second_at, "range")
        before = word_before(text, start)
        agreement = self.locale.agreement(before, lambda: words_after(text, end), second)
        if not rising and len(second.whole) == 1:  # the 1 of "3-1 global" counts nothing
            agreement = NO_NOUN
        low = self.locale.number(first, Agreement(agreement.gender, noun=False))
        high = self._number(second, agreement)
        if all(self.locale.is_year(str(amount.value), "", "") or self._year_like(amount) for amount in (first, second)):
            low, high = self.locale.year(first.value), self.locale.year(second.value)
        elif self._year_like(first) and len(second.whole) == 2 and second.value > first.value % 100:
            return RuleResult(words(self.locale.range(self.locale.year(first.value), high, True)), end, "range")
        elif first.value >= 100 and len(second.whole) != 2 and not rising:  # "n° 2004-575" is not a range
            return RuleResult(words(f"{low} {high}"), end, "code")
        return RuleResult(words(self.locale.range(low, high, rising)), end, "range")

    @staticmethod
    def _year_like(amount: Amount) -> bool:
        return len(amount.whole) == 4 and not amount.decimals and 1000 <= amount.value < 2100

    def _until(self, spoken: str, start: int, end: int, name: str, text: str) -> RuleResult:
        """Add what follows a quantity: "per" and a unit after a slash, or the "to" of a range."""
        if name == "money" and text.startswith("/-", end):  # the end of a price in India
            return RuleResult(words(spoken), end + 2, name)
        if per := self._per.match(text, end):
            below = self.locale.units[per["unit"]].singular if per["unit"] else ""
            word = _WORD.match(text, per.end())
            joiner = self.locale.per
            if name == "money":
                joiner = self.locale.price_per(below or (word.group().lower() if word else ""))
            spoken = f"{spoken} {joiner}{'' if joiner.endswith(chr(39)) else ' '}{below}"
            return RuleResult(words(spoken), per.end(), name)
        whole = _OUT_OF.match(text, end) if name == "measure" else None
        if whole and (unit := self._suffix(text, whole.end())) and isinstance(unit[0], Noun):  # "5 l/100 km"
            counted = self.locale.counted(Amount(whole["whole"]), unit[0])
            return RuleResult(words(f"{spoken} {self.locale.per} {counted}"), unit[1], name)
        if whole:  # "24h/24"
            return RuleResult(words(self.locale.out_of(spoken, self.locale.whole(whole["whole"]))), whole.end())
        dash = _RANGE.match(text, end)
        if dash and name in ("money", "measure", "percent"):
            return RuleResult(words(f"{spoken} {self.locale.to}"), dash.end(), name)
        return RuleResult(words(spoken), end, name)

    def _sign_first(self, match: re.Match[str], context: Context) -> RuleResult | None:
        text, locale = context.text, self.locale
        sign = match["currency"]
        amount_and_end = read_amount(text, match.end(), locale, dollars=sign.endswith(_DOLLARS) and sign != "R$")
        if amount_and_end is None:
            return None
        amount, end = amount_and_end
        currency = locale.currencies[sign]
        minus = f"{locale.minus} " if match["minus"] or match["second"] else ""
        if magnitude := self._magnitude.match(text, end):
            word = locale.magnitudes[magnitude["magnitude"]]
            spoken = self._thousands(amount, word)
            plural = currency.name.plural
            spoken, end = f"{spoken} {locale.linked(plural) if word.links else plural}", magnitude.end()
            return self._until(minus + spoken, match.start(), end, "money", text)
        dash = _RANGE.match(text, end)
        second = dash and read_amount(text, dash.end(), locale)
        if second and not self._currency.match(text, second[1]):
            low = locale.number(amount, Agreement(currency.name.gender, noun=False))
            high, end = self._in_words(second[0], currency), second[1]
            rising = amount.value < second[0].value
            return RuleResult(words(minus + locale.range(low, high, rising)), end)
        return self._until(minus + self._in_words(amount, currency), match.start(), end, "money", text)

    def _minutes(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "12min34s", "2'35″"."""
        counted = [self.locale.counted(Amount(str(int(match[unit]))), self.locale.units[unit]) for unit in ("min", "s")]
        return RuleResult(words(f" {self.locale.signs['&']} ".join(counted)), match.end())

    def _height(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "1m80"."""
        metre = self.locale.units.get("m")
        if metre is None:
            return None
        joiner = self.locale.metre_joiner
        parts = self.locale.cardinal(int(match["parts"]))
        return RuleResult(words(f"{self.locale.counted(Amount(match['metres']), metre)} {joiner} {parts}"), match.end())

    def _dotted(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read a version or a section, "3.4.10"; not the grouped thousands of "1.234.567"."""
        groups = match.group().split(".")
        thousands = groups[0][0] != "0" and len(groups[0]) < 4 and all(len(group) == 3 for group in groups[1:])
        if thousands and self.locale.comma_is_decimal:
            return None
        spoken = [self.locale.whole(group) for group in groups]
        return RuleResult(words(f" {self.locale.address_signs['.']} ".join(spoken)), match.end())

    def _one_by_one(self, match: re.Match[str], context: Context) -> RuleResult:
        groups = re.findall(r"\d+", match.group())
        return RuleResult(words(" ".join(self.locale.one_by_one(group) for group in groups)), match.end())

    def _phone(self, style: str) -> Reader:
        def read(match: re.Match[str], context: Context) -> RuleResult:
            spoken = self.locale.plus + " " if "+" in match.group() else ""
            for group in re.findall(r"\d+", match.group()):
                pairs = [group[at : at + 2] for at in range(0, len(group), 2)]
                if style == "digits":
                    spoken += f"{self.locale.one_by_one(group)} "
                else:
                    spoken += " ".join(map(self.locale.whole, pairs if style == "pairs" else [group])) + " "
            return RuleResult(words(spoken), match.end())

        return read

    def _slashed(self, match: re.Match[str], context: Context) -> RuleResult:
        """Read "3/4", "8/10", "1990/91", "24/7"."""
        locale = self.locale
        left, right = match["left"], match["right"]
        low, high = int(left), int(right)
        if 2 <= high <= 9 and 0 < low < high:
            suffix = self._suffix(context.text, match.end())
            amount = Amount("0", vulgar=f"{low}/{high}")
            if suffix:
                return RuleResult(words(self._in_words(amount, suffix[0])), suffix[1], suffix[2])
            return self._bare(context.text, match.start(), amount, match.end())
        if len(left) == 4 and len(right) in (2, 4) and context.text[match.start() - 1 : match.start()] != "-":
            return RuleResult(words(locale.range(locale.year(low), locale.year(high), True)), match.end(), "range")
        numbers = locale.whole(left), locale.whole(right)
        if high in (10, 20, 100) and low <= high:
            return RuleResult(words(locale.out_of(*numbers)), match.end())
        joiner = "" if (left, right) == ("24", "7") else locale.address_signs["/"]
        return RuleResult(words(f"{numbers[0]} {joiner} {numbers[1]}"), match.end(), "number")
