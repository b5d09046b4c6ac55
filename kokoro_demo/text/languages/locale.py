"""What the shared rules must know about a language other than English to read it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kokoro_demo.text.patterns import listed

Gender = Literal["m", "f"]
LONGEST = 27  # digits; longer numbers are read digit by digit


class Noun(NamedTuple):
    """A noun that numbers count: singular, plural and gender."""

    singular: str
    plural: str
    gender: Gender = "m"


class Currency(NamedTuple):
    """A currency and its hundredth part, if one is in use."""

    name: Noun
    part: Noun | None = None


class Amount(NamedTuple):
    """A number as it was written.

    whole: the digits before the decimal point. decimals: the digits after it. vulgar: a fraction after it, "½".
    """

    whole: str
    decimals: str = ""
    vulgar: str = ""

    @property
    def value(self) -> int:
        """The whole part as a number."""
        return int(self.whole) if len(self.whole) <= LONGEST else 10**LONGEST


class Magnitude(NamedTuple):
    """The language's word for a magnitude such as "million".

    gender: the gender of the number before it. links: whether a word such as "of" comes between it and a noun.
    """

    singular: str
    plural: str
    gender: Gender = "m"
    links: bool = True


AbbreviationKind = Literal["title", "name", "word", "number", "closing"]


class Abbreviation(NamedTuple):
    """What an abbreviation stands for.

    kind: when it is expanded. "title": before a name, so its full stop does not end a sentence. "name": only before a
        capital. "word": anywhere, also at the end of a sentence. "number": only before digits or a Roman numeral.
        "closing": only after digits or a Roman numeral.
    """

    full: str
    kind: AbbreviationKind = "word"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a number agrees with.

    gender: the gender of the noun. noun: whether a noun follows the number.
    following: the word that follows, on whose sound "one" may depend ("uno studente"); "" if none does.
    """

    gender: Gender = "m"
    noun: bool = False
    following: str = ""


NO_NOUN = Agreement()


class Locale(ABC):
    """One language: its tables, and how it reads numbers, dates, times and money.

    Tables are class attributes, so each language is mostly a table, with a few methods.
    """

    # numbers
    point: str
    minus: str
    plus: str
    to: str
    per: str
    percent: str
    per_mille: str
    over: str  # "three over ten"
    by: str  # the "x" of "12 x 15 cm"
    half: str
    comma_is_decimal = True  # and the point separates thousands; in India it is the other way round
    magnitudes: Mapping[str, Magnitude]
    link = ""  # between a magnitude and what is counted: "three million of euros"
    ordinal_pattern: re.Pattern[str]
    phones: Sequence[tuple[str, str]] = ()  # a pattern, and how to read the number: "digits", "pairs" or "groups"
    number_sign: str  # "number" in "#5"
    function_words: frozenset[str] = listed()  # words after a number that are not a noun
    feminine_before: frozenset[str] = listed()  # articles that show the gender of the number after them

    # dates and times
    months: Sequence[str]
    month_abbreviations: Mapping[str, int]
    of_month = ""  # between a day and its month
    of_year = ""  # between a month and its year
    date_prefixes: frozenset[str] = listed()  # words after which "3/5" is a date
    date_suffix = ""  # a pattern for words before which "3/5" is a date
    spans_are_clocks = False  # whether "2 h 15 min" is read as a time of day is
    clock_suffix = r"[ap]\.?\s?m\.?"  # a pattern for what may follow a time
    clock_point_before: frozenset[str] = listed()  # words after which "14.30" is a time

    # money and measures
    currencies: Mapping[str, Currency]
    units: Mapping[str, Noun]
    degrees: Noun
    temperature_scales: Mapping[str, str]

    # words
    abbreviations: Mapping[str, Sequence[Abbreviation]]
    spelled: frozenset[str] = listed()  # initialisms that are spelled out although they could be pronounced
    spoken: frozenset[str] = listed()  # short words and acronyms that are pronounced, not spelled out
    signs: Mapping[str, str]
    address_signs: Mapping[str, str]
    spoken_endings: frozenset[str] = listed("com org net info edu gov shop blog app online web site")
    or_word: str
    elisions = ""  # a pattern for what may come before an apostrophe and a noun: "l'art. 5"

    spells_capitals = False  # whether short words in capitals are letters unless they are among `spoken`
    designators: frozenset[str] = listed()  # words after which "3B" or "14A" is a name, not a measure
    rooms: Noun | None = None  # the noun for "hab" after a number below ten: "3 hab."
    score_words: frozenset[str] = listed()  # words near which the "x" of "3x1" belongs to a score
    letter_names: frozenset[str] = listed()  # the letters of initials that are written as words: "ए.पी.जे."
    metre_joiner = ""  # between the metres and the centimetres of "1m80"
    code_before: frozenset[str] = listed("pin otp cep cap")  # words before a number that is read digit by digit

    # Roman numerals: words before or after one that show how to read it
    century_gender: Gender = "m"
    centuries: frozenset[str] = listed()  # forms of "century", before or after a numeral
    parts_of_books: frozenset[str] = listed()  # "chapter" and the like, before a numeral
    rulers: frozenset[str] = listed()  # names of kings, queens and popes
    queens: frozenset[str] = listed()  # the women among them
    numbered: frozenset[str] = listed()  # words before which a numeral is an ordinal: "II Guerra"
    numeral_end = r"(?P<end>)"  # a pattern for the ending of an ordinal

    @abstractmethod
    def cardinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        """Return a whole number of up to `LONGEST` digits in words."""

    @abstractmethod
    def ordinal(self, number: int, agreement: Agreement = NO_NOUN) -> str:
        """Return an ordinal number in words."""

    @abstractmethod
    def ordinal_of(self, number: int, end: str, following: str) -> str | None:
        """Return a number written with an ordinal ending, "21st", in words; None if it is not an ordinal.

        end: as `ordinal_pattern` or `numeral_end` matched it. following: the word after it.
        """

    @abstractmethod
    def gender_of(self, noun: str) -> Gender | None:
        """Return the gender of a noun in small letters; None if it is unknown."""

    @abstractmethod
    def clock(self, hour: int, minute: int, second: int | None, suffix: str, with_h: bool) -> str:
        """Return a time of day in words.

        suffix: what matched `clock_suffix`, without full stops and spaces; "" if nothing did.
        with_h: whether it is written with an "h", "14h30".
        """

    @abstractmethod
    def fraction(self, numerator: int, denominator: int) -> str:
        """Return a fraction in words; the denominator is from 2 to 9."""

    def with_fraction(self, whole: int, numerator: int, denominator: int, agreement: Agreement = NO_NOUN) -> str:
        """Return a mixed number in words, "two and a half"."""
        part = self.fraction(numerator, denominator)
        if (numerator, denominator) == (1, 2):
            part = self.half_after(agreement.gender)
        return f"{self.cardinal(whole, agreement)} {self.signs['&']} {part}"

    def half_after(self, gender: Gender) -> str:
        """Return the "half" of "two and a half"."""
        return self.half_of(gender)

    def out_of(self, part: str, whole: str) -> str:
        """Return "eight out of ten"."""
        return f"{part} {self.over} {whole}"

    def half_of(self, gender: Gender) -> str:
        """Return "half a", before a noun."""
        return re.sub("o$", "a", self.half) if gender == "f" else self.half

    def is_plural(self, noun: str) -> bool:
        """Return whether a word may be a plural noun."""
        return noun.endswith("s")

    def is_one(self, amount: Amount) -> bool:
        """Return whether a noun after this amount is in the singular."""
        return amount.whole == "1" and not amount.decimals

    def one_by_one(self, digits: str) -> str:
        """Return a run of digits, digit by digit."""
        return " ".join([self.cardinal(int(digit)) for digit in digits])

    def price_per(self, noun: str) -> str:
        """Return the word for the slash of a price, before `noun`: "20 €/mes" is "veinte euros al mes"."""
        return self.per

    def whole(self, digits: str, agreement: Agreement = NO_NOUN) -> str:
        """Return a run of digits as a number, or digit by digit if it begins with a zero or is very long."""
        if len(digits) > LONGEST or (len(digits) > 1 and digits[0] == "0"):
            return self.one_by_one(digits)
        return self.cardinal(int(digits), agreement)

    def decimals(self, digits: str) -> str:
        """Return the digits after the point: up to three as a number, after any zeros; more digit by digit."""
        rest = digits.lstrip("0")
        if len(digits) > 3 or not rest:
            return self.one_by_one(digits)
        zeros = self.one_by_one("0" * (len(digits) - len(rest)))
        return f"{zeros} {self.cardinal(int(rest))}".strip()

    def number(self, amount: Amount, agreement: Agreement = NO_NOUN) -> str:
        """Return an amount in words."""
        if not amount.decimals:
            return self.whole(amount.whole, agreement)
        return f"{self.whole(amount.whole)} {self.point} {self.decimals(amount.decimals)}"

    def counted(self, amount: Amount, noun: Noun) -> str:
        """Return an amount and its noun, "three kilometres"."""
        spoken = self.number(amount, Agreement(noun.gender, noun=True, following=noun.singular))
        if self.link and amount.whole.endswith("000000") and not amount.decimals:  # "a million of euros"
            return f"{spoken} {self.linked(noun.plural)}"
        return f"{spoken} {noun.singular if self.is_one(amount) else noun.plural}"

    def linked(self, noun: str) -> str:
        """Return the noun with the word that links it to a magnitude: "of euros"."""
        return f"{self.link} {noun}".strip()

    def year(self, number: int) -> str:
        """Return a year in words."""
        return self.cardinal(number)

    def is_year(self, digits: str, before: str, after: str) -> bool:
        """Return whether a bare number is a year that is read unlike other numbers; most languages have none.

        before: the word before it. after: the one or two words after it.
        """
        return False

    def day(self, number: int) -> str:
        """Return the day of a month in words."""
        return self.cardinal(number)

    def date(self, day: int, month: int, year: int | None) -> str:
        """Return a date in words."""
        spoken = f"{self.day(day)} {self.of_month} {self.months[month - 1]}"
        if year is not None:
            spoken += f" {self.of_year} {self.year(year)}"
        return " ".join(spoken.split())

    def money(self, amount: Amount, currency: Currency) -> str:
        """Return a sum of money in words, with its hundredth parts."""
        part = currency.part
        if part is None or len(amount.decimals) not in (1, 2) or len(amount.whole) > LONGEST:
            return self.counted(Amount(amount.whole, amount.decimals.rstrip("0")), currency.name)
        parts = int(amount.decimals.ljust(2, "0"))
        minor = Amount(str(parts))
        if not parts:
            return self.counted(Amount(amount.whole), currency.name)
        if amount.whole == "0":
            return self.counted(minor, part)
        return self.with_parts(self.counted(Amount(amount.whole), currency.name), minor, part)

    @abstractmethod
    def with_parts(self, spoken: str, parts: Amount, name: Noun) -> str:
        """Add the hundredth parts to a sum in words: "twelve euros" and fifty cents."""

    def range(self, low: str, high: str, rising: bool) -> str:
        """Return a range, "ten to twenty". rising: whether the second number is the larger one."""
        return f"{low} {self.to} {high}"

    def ruler(self, number: int, agreement: Agreement) -> str:
        """Return the number of a king, queen or pope in words."""
        return self.ordinal(number, agreement)

    def part_of_book(self, number: int, agreement: Agreement) -> str:
        """Return the Roman numeral of a chapter, an act or a volume in words."""
        return self.cardinal(number)

    def century(self, number: int, agreement: Agreement) -> str:
        """Return the Roman numeral of a century in words."""
        return self.ordinal(number, agreement)

    def agreement(self, before: str, following: Callable[[], Sequence[str]], amount: Amount) -> Agreement:
        """Return what a bare number agrees with.

        before: the word before it. following: returns the one or two words after it. Both in small letters.
        """
        words = following()
        noun = bool(words) and words[0] not in self.function_words
        noun = noun and (self.is_one(amount) or self.is_plural(words[0]))
        if not noun:
            return Agreement("f" if before in self.feminine_before else "m", noun=False)
        gender = self.gender_of(words[0])
        if gender is None and len(words) > 1 and (self.is_one(amount) or self.is_plural(words[1])):
            gender = self.gender_of(words[1])
        if gender is None:
            gender = "f" if before in self.feminine_before else "m"
        return Agreement(gender, noun=True, following=words[0])
