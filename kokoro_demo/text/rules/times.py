"""Times of day with or without am and pm, their ranges, durations, and ratios, which look like times."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.abbreviation_tables import BOOKS
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.rules.surroundings import describes_a_noun, is_designation
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, word_rule, words

_HALF = r"(?P<half>[AaPp])(?:\. ?[Mm]\.?(?=[ECMPecmp][sdSD][tT]\b)|(?:\. ?[Mm]\.?|[Mm])(?![\w']))"
_BOOK = re.compile(
    r"\b"
    + any_of(
        "Genesis Exodus Leviticus Numbers Deuteronomy Joshua Judges Ruth Samuel Kings Chronicles Ezra",
        "Nehemiah Esther Job Psalms? Proverbs Ecclesiastes Isaiah Jeremiah Ezekiel Daniel Hosea Joel Amos",
        "Micah Matthew Mark Luke John Acts Romans Corinthians Galatians Ephesians Philippians Colossians",
        "Thessalonians Timothy Titus Hebrews James Peter Jude Revelation verse Qur'an Quran Koran Sur(?:ah|at?)",
        *(rf"{book}\.?" for book in BOOKS),
    )
    + r"\s\Z"
)
# Before a time of day that has seconds.
_AT = re.compile(r"(?:\b(?:at|by|until|till|from|since|before|after|around|about)\s|@\s?|\dT|[-/.]\d{2,4},?\s)\Z", re.I)
_ZONE = re.compile(r"\s?(?:Z\b|UTC|GMT|[ECMP][SD]T|CET|BST|hours|o'clock)")
_WITH_HALF = re.compile(r"\d{1,2}(?::\d\d)? ?[AaPp]\.?[Mm]")
# After a time these do not begin a sentence: "5 p.m. EST", "5 p.m. Monday".
_SENTENCE_CONTINUES = re.compile(
    r"\s(?:[A-Z]{2,4}\b|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Eastern|Pacific|Central"
    r"|Mountain|Greenwich|Standard)"
)
_TO = re.compile(r" ?[-–—] ?(?=\d{1,2}(?:[:.]\d\d)?(?: ?[AaPp]\.?[Mm]|(?![\d-])))")


def _half_day(match: re.Match[str], end: int) -> tuple[list[Piece], int]:
    """Read "am" or "pm", and return where it ends: before its full stop if that ends the sentence too."""
    start = match.start("half")
    text = match.string
    if text[end - 1] == "." and ends_sentence(text, end) and not _SENTENCE_CONTINUES.match(text, end):
        end -= 1
    return letters(match["half"].lower() + "m", start, end), end


def _until(spoken: list[Piece], end: int, text: str) -> RuleResult:
    """The time, and the "to" if it begins a range."""
    if dash := _TO.match(text, end):
        return RuleResult([*spoken, *words("to", *dash.span())], dash.end())
    return RuleResult(spoken, end)


def _minutes(hour: str, minute: str, bare: bool) -> str:
    """The words of a clock time. bare: neither am nor pm follows."""
    number = hour.lstrip("0") or "0"
    spoken = number_words.cardinal(number, False)
    if minute != "00":
        return f"{spoken} {number_words.pair(minute)}"
    if not bare:
        return spoken
    if number == "0":
        return "midnight"
    return f"{spoken} o'clock" if int(number) <= 12 else f"{spoken} hundred"


def _verse(match: re.Match[str], context: Context) -> RuleResult:
    """Read "John 3:16"."""
    spoken = " ".join(
        [number_words.decimal(match[part].lstrip("0") or "0", context.british) for part in ("hour", "minute")]
    )
    return _until(words(spoken, *match.span("time")), match.end("time"), context.text)


def _elapsed(match: re.Match[str], context: Context) -> RuleResult:
    """Read "2:01:09" as "two hours, one minute and nine seconds", but "a 2:01:09 run" as its numbers."""
    if describes_a_noun(context.text, *match.span("time")) or before(match, _A):
        numbers = [number_words.cardinal(match["hour"].lstrip("0") or "0", False), number_words.pair(match["minute"])]
        numbers += [number_words.pair(match["second"])] if match["second"] != "00" else []
        return RuleResult(words(" ".join(numbers), *match.span("time")), match.end("time"), "duration")
    parts = [
        f"{number_words.cardinal(str(int(match[name])), context.british)} {name}{'' if int(match[name]) == 1 else 's'}"
        for name in ("hour", "minute", "second")
        if int(match[name])
    ] or ["zero seconds"]
    start, end = match.span("time")
    pieces = words(" and ".join(parts[-2:]), start, end)
    if len(parts) == 3:
        pieces = [*words(parts[0], start, end), Piece(",", "punctuation", start, end), *pieces]
    return RuleResult(pieces, end, "duration")


_A = re.compile(r"\b(?:an?|her|his|my)\s\Z")  # "ran a 2:14:04 in Chicago"


def _lap(match: re.Match[str]) -> RuleResult:
    """Read minutes and seconds, "25:30" and "3:50.07"."""
    spoken = f"{number_words.cardinal(match['hour'].lstrip('0') or '0', False)} {number_words.pair(match['minute'])}"
    if match["second"]:
        spoken += f" {number_words.pair(match['second'])}"
    if match["part"]:
        spoken += f" point {number_words.one_by_one(match['part'][1:])}"
    return RuleResult(words(spoken, *match.span("time")), match.end("time"))


_DATED = re.compile(r"\b(?:19|20)\d\d,?\s\Z|\b(?:19|20)\d\d-\d\d-\d\d[ T]\Z")  # "4 Mar 2024 09:15:22"


def _clock(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "5:03 am", "13:42", "5:30:15"."""
    hour, minute, second, half = match["hour"], match["minute"], match["second"], match["half"]
    if before(match, _BOOK):
        return _verse(match, context)
    if int(minute) > 59 or (half and int(hour) > 12):
        return None
    if int(hour) > 24 or match["part"]:
        return _lap(match)
    timed = (before(match, _AT) or before(match, _DATED)) and int(hour)
    if second and not half and not timed and not _ZONE.match(context.text, match.end("time")):
        return _elapsed(match, context)
    end = match.end("time")
    dash = None if half else _TO.match(context.text, end)
    # "5:00-6:30 pm": no "o'clock" within a range that names its half of the day later
    named = half or second not in (None, "", "00") or (dash and _WITH_HALF.match(context.text, dash.end()))
    clock = _minutes(hour, minute, bare=not named)
    if second and second != "00":
        unit = "second" if second == "01" else "seconds"
        clock += f" and {number_words.cardinal(second.lstrip('0') or '0', False)} {unit}"
    spoken = words(clock, match.start(), end)
    if half:
        am_or_pm, end = _half_day(match, match.end())
        spoken += am_or_pm
    return _until(spoken, end, context.text)


def _hour(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "5pm", "5 p.m."."""
    if not 0 < int(match["hour"]) <= 12:
        return None
    spoken = words(number_words.cardinal(match["hour"].lstrip("0"), False), *match.span("hour"))
    half, end = _half_day(match, match.end())
    return _until(spoken + half, end, context.text)


def _run_together(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "1030 am"."""
    if not 0 < int(match["hour"]) <= 12:
        return None
    spoken = words(_minutes(match["hour"], match["minute"], bare=False), match.start("hour"), match.end("minute"))
    half, end = _half_day(match, match.end())
    return _until(spoken + half, end, context.text)


def _with_point(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "at 19.45", as Britons write."""
    zoned = _ZONE_AFTER.match(match.string, match.end())
    if not zoned and not (context.british and before(match, _AT_POINT, 30)):
        return None
    return _until(words(_minutes(match["hour"], match["minute"], bare=True)), match.end(), context.text)


_ZONE_AFTER = re.compile(r"\s(?:UTC|GMT|BST|CES?T|IST|[ECMP][SD]T|hrs|hours)\b")


def _hours(match: re.Match[str], context: Context) -> RuleResult:
    """Read "14:00h"."""
    spoken = _minutes(match["hour"], match["minute"], bare=match["minute"] == "00" and int(match["hour"]) > 12)
    return RuleResult(words(f"{spoken} hours" if match["minute"] == "00" else spoken), match.end())


def _short_hour(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "7a" and "9p" of "7a-9p", which are no hours after "page"."""
    return None if is_designation(match.string, match.start()) else _hour(match, context)


def _american_hour(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "7p" of "at 7p on Friday", which is a price in Britain."""
    return None if context.british else _hour(match, context)


def _from_american_hour(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "4-" of "4-6p"."""
    if context.british or is_designation(match.string, match.start()):
        return None
    return _from_hour(match, context)


def _to_point(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "2.15" of "2.15-3.45pm"."""
    return _until(words(_minutes(match["hour"], match["minute"], bare=False)), match.end(), context.text)


_AT_POINT = re.compile(
    r"(?:\b(?:at|by|until|till|from|before|after|the|departs?|departing|arriv(?:es?|ing)|leav(?:es?|ing)|dep\.?|arr\.?"
    r"|open(?:ing)?|closed?s?|hours|times?|daily|weekdays?|weekends?|\w+day|(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)s?):?"
    r"|\d\.\d\d (?:to|and|or)|\d\.\d\d ?[-–])\s?\Z",
    re.I,
)


def _offset(match: re.Match[str], context: Context) -> RuleResult:
    """Read "UTC-5", "GMT+5:30"."""
    sign = {"+": "plus", "±": "plus or minus"}.get(match["sign"], "minus")
    spoken = f"{sign} {number_words.cardinal(str(int(match['hour'])), context.british)}"
    if match["minute"] and match["minute"] != "00":
        spoken += f" {number_words.pair(match['minute'])}"
    return RuleResult([*letters(match["zone"], *match.span("zone")), *words(spoken, match.start("sign"))], match.end())


def _zone(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "est" of "5 pm est"."""
    return RuleResult(letters(match["zone"].upper(), *match.span()), match.end())


def _from_hour(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "9-" of "9-5:30 pm"."""
    spoken = words(number_words.cardinal(match["hour"], False), *match.span("hour"))
    return RuleResult([*spoken, *words("to", *match.span("dash"))], match.end())


def _duration(match: re.Match[str], context: Context) -> RuleResult:
    """Read "2h 15m", "5m 30s"."""
    spoken: list[Piece] = []
    for unit in ("hour", "minute", "second"):
        if number := match[unit]:
            name = unit if number == "1" else f"{unit}s"
            spoken += words(f"{number_words.decimal(number, context.british)} {name}", *match.span(f"{unit}s"))
    return RuleResult(spoken, match.end())


def _ratio(match: re.Match[str], context: Context) -> RuleResult:
    groups = match.group().split(":")
    if all(len(group) > 3 and group.isdecimal() for group in groups):  # "ISO 9001:2015"
        return RuleResult(words(" ".join([number_words.year(group, context.british) for group in groups])), match.end())
    parts = [number_words.decimal(part, context.british) for part in groups]
    if not before(match, _BOOK):
        return RuleResult(words(" to ".join(parts)), match.end())
    return _until(words(" ".join(parts), *match.span()), match.end(), context.text)


def _one_on_one(match: re.Match[str], context: Context) -> RuleResult:
    """Read "our 1:1", "weekly 1:1s": a meeting of two."""
    return RuleResult(words("one on ones" if match["many"] else "one on one"), match.end())


def _book(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Matt. 5:3"."""
    return RuleResult(words(BOOKS[match["book"] or match["whole"]]), match.end())


OFFSET = Rule(
    "time zone",
    re.compile(r"(?P<zone>UTC|GMT) ?(?P<sign>[-+−–±]) ?(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?(?![\w:])"),
    _offset,
)
ZONE = Rule(
    "time zone",
    re.compile(
        r"(?:(?<=\b[ap]m )|(?<=\b[AP]M )|(?<=[apAP]\.[mM]\. )|(?<=[apAP]\.[mM]\.))"
        r"(?P<zone>[ecmp][sd]t|gmt|utc|cet)(?!\w)"
    ),
    _zone,
)
BOOK = Rule(
    "verse",
    re.compile(
        rf"(?P<book>{any_of(*BOOKS)})\.?(?=\s\d{{1,3}}:\d)"
        rf"|(?P<whole>{any_of('Exod Deut Lev Josh Prov Eccl Isa Jer Ezek Cor Eph Thess Heb Ps')})"
        r"\.(?=\s\d{1,3}(?!\w))"
    ),
    _book,
)


def _in_two_zones(match: re.Match[str], context: Context) -> RuleResult:
    """Read "8/7c", the time of a broadcast in the east and in the middle of the U.S."""
    eastern, central = (number_words.cardinal(match[zone], False) for zone in ("eastern", "central"))
    pieces = [*words(eastern, *match.span("eastern")), Piece(",", "punctuation", *match.span("slash"))]
    return RuleResult([*pieces, *words(f"{central} central", match.start("central"), match.end())], match.end())


RULES = (
    Rule(
        "ratio",
        re.compile(
            r"\d{1,3}:\d{1,4}(?=\s(?:dilutions?|ratio|mix(?:ture)?|solution|scale|odds|split|exchange|aspect)\b)"
        ),
        _ratio,
    ),
    Rule(
        "meeting", re.compile(r"1:1(?:(?P<many>s)(?!\w)|(?=\s(?:meeting|session|call|chat|with|w/|w\b)))"), _one_on_one
    ),
    Rule(
        "time",
        re.compile(r"(?P<eastern>1[0-2]|[1-9])(?P<slash>/)(?P<central>1[0-2]|[1-9])[cC](?:entral|T)?(?!\w)"),
        _in_two_zones,
    ),
    Rule("time", re.compile(r"(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d) ?h(?:rs)?)(?!\w)"), _hours),
    word_rule(
        "time",
        r"(?:[01]?\d|2[0-3])h[0-5]\d(?!\w| ?m)",
        lambda match: _minutes(match.group().partition("h")[0], match.group().partition("h")[2], bare=False),
    ),
    Rule("ratio", re.compile(r"\d{1,3}:\d{1,3}(?:,\d{3}){1,3}(?![\d:])"), _ratio),  # "1:50,000"
    Rule(
        "time",
        re.compile(
            r"(?P<time>(?P<hour>1[0-2]|0?[1-9]):(?P<minute>[0-5]\d)(?P<second>)(?P<part>))(?P<half>[ap])(?!\.?[\w'])"
        ),
        _clock,
    ),
    Rule(
        "time",
        re.compile(
            r"(?P<time>(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<part>\.\d{1,3})?)"
            rf"(?![\d]|:\d|\.\d)(?: ?{_HALF})?"
        ),
        _clock,
    ),
    Rule(
        "time",
        re.compile(rf"(?P<time>(?P<hour>1[0-2]|0?\d)\.(?P<minute>[0-5]\d)(?P<second>)(?P<part>)) ?{_HALF}"),
        _clock,
    ),
    Rule(
        "time",
        re.compile(
            r"(?:(?<=\d[ap][-–])|(?<=[ap] to )|(?<=[ap] and )"
            r"|(?=1?\d[ap](?:(?:[-–]|\s(?:to|and)\s)1?\d(?::\d\d)?[ap]\b|[ /]?(?:\s[ECMP][SD]?T)\b)))"
            r"(?P<hour>1[0-2]|[1-9])(?P<half>[ap])(?!\.?\w)"
        ),
        _short_hour,
    ),  # "7a-9p", "10a PT"
    Rule(
        "time",
        re.compile(
            r"(?P<hour>1[0-2]|[1-9])\.(?P<minute>[0-5]\d)(?= ?[-–] ?(?:1[0-2]|[1-9])\.[0-5]\d ?[AaPp]\.?[Mm](?!\w))"
        ),
        _to_point,
    ),
    Rule(
        "time",
        re.compile(
            r"(?:(?<=\bat )|(?<=@ )|(?<=\bby ))(?P<hour>1[0-2]|[1-9])(?P<half>[ap])"
            r"(?=[,;!?]|\.(?!\w)|\s(?:on|sharp|today|tonight|tomorrow|every|each)\b)"
        ),
        _american_hour,
    ),
    Rule(
        "time",
        re.compile(
            r"(?P<hour>1[0-2]|[1-9])(?P<dash>-)(?=(?:1[0-2]|[1-9])p(?=[,;)]|\s"
            r"|$))"
        ),
        _from_american_hour,
    ),
    Rule("time", re.compile(r"(?<=\d-)(?P<hour>1[0-2]|[1-9])(?P<half>p)(?=[,;)]|\s|$)"), _short_hour),
    Rule("time", re.compile(rf"(?P<hour>\d{{1,2}}) ?{_HALF}"), _hour),
    Rule("time", re.compile(rf"(?P<hour>\d{{1,2}})(?P<minute>[0-5]\d) ?{_HALF}"), _run_together),
    Rule("time", re.compile(r"(?P<hour>[01]?\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\w%]|[.,]\d|\s?[%°])"), _with_point),
    Rule(
        "time",
        re.compile(
            r"(?P<hour>1[0-2]|[1-9])(?P<dash> ?[-–] ?)"
            r"(?=\d{1,2}(?::\d\d)? ?[AaPp]\.?[Mm](?!\w)|(?<!\s)(?:1[0-2]|[1-9]):[0-5]\d(?![\d:]))"
        ),
        _from_hour,
    ),
    Rule(
        "duration",
        re.compile(
            r"(?P<hours>(?P<hour>\d{1,3}) ?h(?:rs?)?) ?(?P<minutes>(?P<minute>\d{1,2}) ?m(?:ins?)?)"
            r"(?P<seconds> ?(?P<second>\d{1,2}) ?s(?:ecs?)?)?(?!\w)"
        ),
        _duration,
    ),
    Rule(
        "duration",
        re.compile(
            r"(?P<hours>(?P<hour>))(?P<minutes>(?P<minute>\d{1,3}) ?m(?:ins?)?)"
            r"(?P<seconds> ?(?P<second>\d{1,2}) ?s(?:ecs?)?)(?!\w)"
        ),
        _duration,
    ),
    Rule("ratio", re.compile(r"\d{1,9}(?:\.\d{1,4})?(?::\d{1,9}(?:\.\d{1,4})?){1,4}(?![\d:])"), _ratio),
)
