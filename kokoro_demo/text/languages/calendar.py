"""Dates, in digits and with the names of months, and times of day."""

from __future__ import annotations

import re

from kokoro_demo.text.languages.amounts import END, word_before
from kokoro_demo.text.languages.locale import Amount, Locale
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NO_MORE = r"(?![\w]|[./-]\d|,\d)"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01]){_NO_MORE}"
)
_IN_DIGITS = re.compile(
    rf"(?P<first>\d{{1,2}})[º°]?(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|(?<=[/-])\d\d){_NO_MORE}"
)
_WITHOUT_YEAR = re.compile(rf"(?P<first>{_DAY})/(?P<second>0?[1-9]|1[0-2]){_NO_MORE}")
_RATIO = re.compile(r"(?P<left>\d{1,4}):(?P<right>\d{1,4})(?![\d:])")
_RANGE = re.compile(r" ?[-–—] ?(?=\d{1,2}(?:[:.]\d\d|\s?[hH]))")

_POINTED_BEFORE = re.compile(r"(?<!\d)\d{1,2}\.[0-5]\d ?[-–—] ?\Z")


def full_year(year: str) -> int:
    """Return a year of two digits with its century."""
    return int(year) if len(year) == 4 else int(year) + (2000 if year < "50" else 1900)


class Calendar:
    """Reads dates and times in one language."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        names = "|".join(re.escape(name) for name in locale.months)
        short = sorted(map(re.escape, locale.month_abbreviations), key=len, reverse=True)
        month = rf"(?P<month>{names})|(?P<short>{'|'.join(short)})(?P<stop>\.?)"
        year = rf",? (?P<of_year>de |del |d'|di |do )?(?P<year>\d{{4}}){END}(?![.,]\d)"
        self._day = re.compile(
            rf"(?P<day>{_DAY})(?P<first>\.?[º°]|er|ro)? (?P<of>de |di )?(?i:{month}){END}(?:{year})?"
        )
        self._month = re.compile(
            rf"(?i:(?P<short>{'|'.join(short)}))\.?(?:(?P<of> de| del"
            rf"| di)? (?=\d{{4}}{END})|/(?=(?:\d{{4}}|\d\d){END}))"
        )
        self._clock = re.compile(
            r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:]|[.,]\d)"
            rf"(?: ?(?P<suffix>{locale.clock_suffix}){END})?"
        )
        self._pointed = re.compile(
            rf"(?P<hour>\d{{1,2}})\.(?P<minute>[0-5]\d)(?P<second>)(?!\d|[.,]\d)"
            rf"(?: ?(?P<suffix>{locale.clock_suffix}){END})?"
        )
        self._with_h = re.compile(
            r"(?P<hour>\d{1,2}) ?[hH] ?(?P<minute>[0-5]\d)(?P<unit> ?m(?:in)?(?: ?(?P<second>[0-5]?\d) ?s(?:eg)?)?)?"
            rf"(?P<suffix>){END}"
        )
        self._day_after = re.compile(rf" (?:{locale.date_suffix}){END}" if locale.date_suffix else "(?!)")
        self._half = re.compile(rf"(?P<hour>\d{{1,2}})(?P<minute>)(?P<second>) ?(?P<suffix>[ap]\.? ?m\.?){END}")

    def digit_rules(self) -> tuple[Rule, ...]:
        """Return the rules for what begins with a digit."""
        return (
            Rule("date", _ISO, self._iso),
            Rule("date", _IN_DIGITS, self._in_digits),
            Rule("date", _WITHOUT_YEAR, self._without_year),
            Rule("date", self._day, self._with_month),
            Rule("time", self._clock, self._time),
            Rule("time", self._with_h, self._span),
            Rule("time", self._pointed, self._with_point),
            Rule("time", self._half, self._time),
            Rule("ratio", _RATIO, self._ratio),
        )

    def letter_rules(self) -> tuple[Rule, ...]:
        """Return the rules for what begins with a letter."""
        return (Rule("date", self._month, self._short_month),)

    def _iso(self, match: re.Match[str], context: Context) -> RuleResult:
        spoken = self.locale.date(int(match["day"]), int(match["month"]), int(match["year"]))
        return RuleResult(words(spoken), match.end())

    def _in_digits(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read a date with the day first, or the month first if the second number cannot be a month."""
        day, month = int(match["first"]), int(match["second"])
        if month > 12 >= day:
            day, month = month, day
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        spoken = self.locale.date(day, month, full_year(match["year"]))
        return RuleResult(words(self._after_elision(spoken, day, match)), match.end())

    def _without_year(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "el 3/5", and "15/08", which the zero makes a date."""
        start = match.start() - 2 * context.text.startswith(", ", max(0, match.start() - 2))
        named = word_before(context.text, start) in self.locale.date_prefixes
        if match["first"] == "1" and context.text[start - 1 : start] == "'":  # "l'1/3 dei casi"
            named = False
        if not named and match["second"][0] != "0" and not self._day_after.match(context.text, match.end()):
            return None
        spoken = self.locale.date(int(match["first"]), int(match["second"]), None)
        return RuleResult(words(spoken), match.end())

    def _with_month(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "5 ene. 2024", "1 mai"; an abbreviated month without a full stop only if a year follows."""
        locale = self.locale
        if match["short"] and not (match["stop"] or match["year"]):
            return None
        month = match["month"] or locale.months[locale.month_abbreviations[match["short"].lower()] - 1]
        day = locale.ordinal(1) if match["first"] and match["day"].lstrip("0") == "1" else None
        day = day or self._after_elision(locale.day(int(match["day"])), int(match["day"]), match)
        pieces = words(day, match.start(), match.end("day"))
        at = match.start("short" if match["short"] else "month"), match.end("short" if match["short"] else "month")
        pieces += words(f"{match['of'] or locale.of_month} {month}", *at)
        end = match.end()
        if match["year"]:
            link = match["of_year"] or locale.of_year
            pieces += words(f"{link} {locale.year(int(match['year']))}", match.start("year"), end)
        elif match["stop"] and ends_sentence(context.text, end):
            end -= 1
        return RuleResult(pieces, end)

    def _after_elision(self, spoken: str, day: int, match: re.Match[str]) -> str:
        """After an elided article, the first of a month is the cardinal: "l'1 gennaio"."""
        elided = day == 1 and match.string[match.start() - 1 : match.start()] == "'"
        return self.locale.cardinal(1) + spoken.removeprefix(self.locale.day(1)) if elided else spoken

    def _short_month(self, match: re.Match[str], context: Context) -> RuleResult:
        locale = self.locale
        month = locale.months[locale.month_abbreviations[match["short"].lower()] - 1]
        return RuleResult(words(f"{month} {match['of'] or locale.of_year}"), match.end())

    def _span(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "2h 15min" as a length of time, and "14h30" as a time of day."""
        if not match["unit"] or self.locale.spans_are_clocks:
            return self._time(match, context)
        parts = [("h", match["hour"]), ("min", match["minute"]), ("s", match["second"])]
        counted = [
            self.locale.counted(Amount(str(int(count))), self.locale.units[unit]) for unit, count in parts if count
        ]
        spoken = f"{', '.join(counted[:-1])} {self.locale.signs['&']} {counted[-1]}"
        return RuleResult(words(spoken.replace(",", "")), match.end(), "duration")

    def _time(self, match: re.Match[str], context: Context) -> RuleResult | None:
        hour, minute = int(match["hour"]), int(match["minute"] or "0")
        suffix = re.sub(r"[.\s]", "", match["suffix"] or "").lower()
        if hour > 24 or (hour > 12 and suffix in ("am", "pm") and not match["minute"]):
            return None
        second = int(match["second"]) if match["second"] else None
        with_h = match.re is self._with_h
        end = match.end()
        if suffix and match.string[end - 1] == "." and ends_sentence(context.text, end):
            end -= 1
        spoken = self.locale.clock(hour, minute, second, suffix, with_h)
        if dash := _RANGE.match(context.text, end):
            return RuleResult(words(f"{spoken} {self.locale.to}"), dash.end())
        return RuleResult(words(spoken), end)

    def _with_point(self, match: re.Match[str], context: Context) -> RuleResult | None:
        """Read "14.30" if the words around it show that it is a time."""
        first = _POINTED_BEFORE.search(context.text, max(0, match.start() - 8), match.start())
        before = word_before(context.text, first.start() if first else match.start())
        if not match["suffix"] and before not in self.locale.clock_point_before:
            return None
        return self._time(match, context)

    def _ratio(self, match: re.Match[str], context: Context) -> RuleResult:
        left, right = (self.locale.whole(match[side]) for side in ("left", "right"))
        return RuleResult(words(f"{left} {self.locale.to} {right}"), match.end())
