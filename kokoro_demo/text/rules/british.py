"""What is written or said only in Britain: postcodes, roads, stones, football and cricket scores.

These rules do not apply to American English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.sentences import full_stop_kept
from kokoro_demo.text.scanner import Piece, Rule, RuleResult, letters, words

_Spoken = Callable[[re.Match[str]], "RuleResult | None"]


def _rule(name: str, pattern: str, spoken: _Spoken) -> Rule:
    """A rule that applies to British English only."""
    return Rule(name, re.compile(pattern), lambda match, context: spoken(match) if context.british else None)


def _cardinal(digits: str) -> str:
    return number_words.cardinal(digits.lstrip("0") or "0", True)


def one_by_one(digits: str, doubled: bool = True) -> str:
    """Read a telephone or road number digit by digit: "0022" -> "double oh double two", "555" -> "treble five".

    doubled: whether to say "double" and "treble".
    """
    spoken: list[str] = []
    for digit, run in groupby(digits):
        name, size = "oh" if digit == "0" else number_words.DIGIT_WORDS[int(digit)], len(list(run))
        if not doubled:
            spoken += [name] * size
        elif size % 3 == 0:
            spoken += [f"treble {name}"] * (size // 3)
        else:
            spoken += [f"double {name}"] * (size // 2) + [name] * (size % 2)
    return " ".join(spoken)


def telephone_group(digits: str, first: bool) -> str:
    """Read a group of a telephone number. "0800" is "oh eight hundred" if it is the first."""
    if first and len(digits) == 4 and digits[0] == "0" and digits.endswith("00"):
        return f"oh {number_words.DIGIT_WORDS[int(digits[1])]} hundred"
    return one_by_one(digits)


def _postcode(match: re.Match[str]) -> RuleResult:
    """Read "SW1A 2AA", "B33 8TH", whose last letters are not the ending of an ordinal."""
    spoken: list[Piece] = []
    for part in re.finditer(r"[A-Z]+|\d+", match.group()):
        span = match.start() + part.start(), match.start() + part.end()
        run = part.group()
        spoken += letters(run, *span) if run.isalpha() else words("oh" if run == "0" else _cardinal(run), *span)
    return RuleResult(spoken, match.end())


def _road(match: re.Match[str]) -> RuleResult | None:
    """Read "the A406", "B4009" digit by digit, but in pairs if they end in nought; "A320" may be an aircraft."""
    number, letter = match["number"], match["road"]
    if letter == "A" and number in ("319", "321") and not before(match, _ON_A_ROAD):
        return None
    if len(number) < 3 or (number[-1] == "0" and len(number) == 3):
        spoken = number_words.in_pairs(number)
    else:
        spoken = number_words.cardinal(number, True) if number.endswith("000") else one_by_one(number, len(number) > 3)
    pieces = [*letters(letter, *match.span("road")), *words(spoken, *match.span("number"))]
    if match["motorway"]:
        pieces += letters("M", *match.span("motorway"))
    return RuleResult(pieces, match.end())


def _tax_number(match: re.Match[str]) -> RuleResult:
    """Read "GB 123 4567 89", a VAT registration number."""
    spoken: list[Piece] = []
    for group in re.finditer(r"\d+", match.group()):
        first = match.start() + group.start()
        spoken += [Piece(",", "punctuation", first - 1, first)] if spoken else []
        spoken += words(one_by_one(group.group()), first, first + len(group.group()))
    return RuleResult(spoken, match.end())


def _junction(match: re.Match[str]) -> RuleResult:
    """Read the "J24" of "M1 J24", "J23A of the M6"."""
    spoken = words(f"junction {_cardinal(match['number'])}", match.start(), match.end("number"))
    return RuleResult(
        [*spoken, *letters(match["letter"], *match.span("letter"))] if match["letter"] else spoken, match.end()
    )


def _stone(match: re.Match[str]) -> RuleResult | None:
    """Read "12st" as a weight; "21st" is one only after words such as "weighs", and an ordinal elsewhere."""
    number = match["number"]
    if number[-1] == "1" and number != "11" and not match["part"] and not before(match, _WEIGHS):
        return None
    spoken = _cardinal(number)
    if match["part"]:
        part = match["part"]
        spoken += " and a half" if part == "½" else f" point {number_words.one_by_one(part[1:])}"
    return RuleResult(words(f"{spoken} stone"), full_stop_kept(match))


def _cricket(match: re.Match[str]) -> RuleResult | None:
    """Read "England were 245-6 at stumps": runs and wickets."""
    if int(match["runs"]) <= int(match["wickets"]) or not _near(match, _CRICKET):
        return None
    spoken = words(f"{_cardinal(match['runs'])} for {_cardinal(match['wickets'])}", *match.span("score"))
    if match["declared"]:
        spoken += words("declared", *match.span("declared"))
    return RuleResult(spoken, full_stop_kept(match))


def _nil(match: re.Match[str]) -> RuleResult | None:
    """Read "won 2-0", "Leeds 0-0 Hull" with "nil", or with "love" among the sets of a tennis match."""
    home, away = int(match["home"]), int(match["away"])
    if home < away and not (before(match, _RESULT) or _AFTER_RESULT.match(match.string, match.end())):
        return None  # "ages 0-5"
    sets = before(match, _SET_BEFORE) or _SET_AFTER.match(match.string, match.end())
    none = "love" if sets and max(home, away) < 8 else "nil"
    spoken = " ".join([_cardinal(match[side]) if int(match[side]) else none for side in ("home", "away")])
    return RuleResult(words(spoken), match.end())


def _last_nil(match: re.Match[str]) -> RuleResult | None:
    """Read the "0" of "Leeds 4, Hull 0"."""
    return RuleResult(words("nil"), match.end()) if before(match, _TEAMS, 48) else None


def _odds(match: re.Match[str]) -> RuleResult | None:
    """Read "won at 7-2", "a 100/1 outsider"."""
    if not (_LONG_SHOT.match(match.string, match.end()) or (before(match, _AT, 40) and _near(match, _RACING))):
        return None
    return RuleResult(words(f"{_cardinal(match['high'])} to {_cardinal(match['low'])}"), match.end())


def _degree_class(match: re.Match[str]) -> RuleResult | None:
    """Read "a 2:1 in History"."""
    if not before(match, _AN_AWARD) or _RATIO.match(match.string, match.end()):
        return None
    return RuleResult(words(f"two {_cardinal(match['second'])}"), match.end())


def _pence(match: re.Match[str]) -> RuleResult | None:
    """Read "145.9p a litre", "120p"; not "1080p", a video resolution."""
    number = match["number"].replace(",", "")
    if number in _LINES or (number.isdecimal() and len(number) < 3):
        return None
    spoken = "half a penny" if match["number"] == "0.5" else f"{number_words.decimal(number, True)} pence"
    return RuleResult(words(spoken), match.end())


def _section(match: re.Match[str]) -> RuleResult:
    """Read "s.21 of the Act", "under ss 3-5"."""
    return RuleResult(words("section" if len(match["many"]) < 2 else "sections"), match.end())


def _oven(match: re.Match[str]) -> RuleResult:
    """Read the slashes of "180C/160C fan/gas 4" as commas."""
    return RuleResult([Piece(",", "punctuation")], match.end())


def _county(match: re.Match[str]) -> RuleResult | None:
    """Read "Ely, Cambs", "Lancs": short for a county; those that are also words, like "Beds", only after a town."""
    name = match["county"]
    among = before(match, _COUNTY_BEFORE, 32) or _COUNTY_AFTER.match(match.string, match.end())
    if name in _MAY_BE_WORDS and not (among or before(match, _TOWN, 32)):
        return None
    return RuleResult(words(_COUNTIES[name]), full_stop_kept(match))


def _near_town(match: re.Match[str]) -> RuleResult:
    """Read "Gt Yarmouth", "Nr Bath"."""
    return RuleResult(words("Great" if match.group()[0] == "G" else "near"), match.end())


def _word(name: str, pattern: str, spoken: str) -> Rule:
    return _rule(name, pattern, lambda match: RuleResult(words(spoken), match.end()))


def _near(match: re.Match[str], pattern: re.Pattern[str], reach: int = 60) -> bool:
    first, last = max(0, match.start() - reach), min(len(match.string), match.end() + reach)
    return pattern.search(match.string, first, last) is not None


_ON_A_ROAD = re.compile(r"\b(?:the|on|off|via)\s\Z")
_WEIGHS = re.compile(r"\b(?:weigh\w*|los[te]\w*|gain\w*|weight(?: of| is|:)?|heavy|about|over|under|nearly)\s\Z", re.I)
_CRICKET = re.compile(
    r"\b(?:stumps|closed\son|lunch|tea|declared|dec\b|wickets?|wkts?|overs?|innings|bowled|bowlers?|all\sout|cricket|bat(?:s|ted|ting)?"
    r"|Ashes|crease|not\sout|partnership|Test|County\sChampionship|T20|ODI|runs)\b"
)
_RESULT = re.compile(
    r"(?:\b(?:won|win|wins|lost|los(?:e|es|ing)|drew|draw|beat|beaten|lead|leads|led|trail(?:s|ed|ing)?|winners?|victory|defeat"
    r"|score|scores|finished|ended|was|is|it's|up|down|thrashed|hammered|aggregate|goalless|by|half-time|full-time)"
    r"|[A-Z][a-z]+|FC|Utd|AFC|[A-Z]{3}|\A)[\s:,(]{1,2}\Z"
)
_AFTER_RESULT = re.compile(r"\s(?:to|at|win|defeat|victory|draw|lead|loss|up|down|[A-Z][a-z]+)\b")
_TEAMS = re.compile(r"(?:[A-Z][a-z]+|FC|[A-Z]{3}) \d{1,2},? (?:[A-Z][a-z]+ ){0,2}[A-Z][A-Za-z]+ \Z")
_SET_BEFORE = re.compile(r"\d[-–]\d,?\s\Z")
_SET_AFTER = re.compile(r",?\s\d[-–]\d(?!\d)")
_AT = re.compile(
    r"\b(?:at|of|odds|backed|priced|favourite|fav|from|was|is|were|to|out\sto|shortened|drifted)\s(?:(?:is|at|a|an)\s)?\Z",
    re.I,
)
_RACING = re.compile(
    r"\b(?:each\sway|bets?|betting|bookies|bookmakers?|favourites?|fav|odds(?:-on)?|horses?|outsiders?|priced|runners?|SP|jockeys?"
    r"|racing|Derby|Cheltenham|Aintree|Ascot|Epsom|Newmarket|Grand\sNational|backed|punters?|stakes|tipped|evens)\b",
    re.I,
)
_LONG_SHOT = re.compile(
    r"\s(?:(?:long\s?)?shots?|outsiders?|favourites?|fav|winner|joint\sfavourites?|chance|on\sfavourite)\b"
)
_AN_AWARD = re.compile(
    r"\b(?:an?|her|his|my|the|high|low|solid|good|minimum|predicted|least|or|above|gets?|got)\s\Z", re.I
)
_RATIO = re.compile(r"\s(?:ratio|mix|majority|margin|split|scale|odds|favourite|win|lead|victory|defeat)\b|\d")
_LINES = frozenset("144 240 360 480 576 720 1080 1440 2160 4320".split())
_TOWN = re.compile(r"(?:[A-Z][a-z]+,\s|\bin\s|\bof\s)\Z")
_COUNTIES = {
    "Beds": "Bedfordshire", "Berks": "Berkshire", "Bucks": "Buckinghamshire", "Cambs": "Cambridgeshire",
    "Derbys": "Derbyshire", "Glos": "Gloucestershire", "Hants": "Hampshire", "Herts": "Hertfordshire",
    "Lancs": "Lancashire", "Leics": "Leicestershire", "Lincs": "Lincolnshire", "Northants": "Northamptonshire",
    "Notts": "Nottinghamshire", "Oxon": "Oxfordshire", "Staffs": "Staffordshire", "Warks": "Warwickshire",
    "Wilts": "Wiltshire", "Worcs": "Worcestershire", "Yorks": "Yorkshire", "Herefs": "Herefordshire",
}  # fmt: skip
_MAY_BE_WORDS = frozenset(("Beds", "Bucks", "Wilts", "Notts", "Yorks", "Staffs", "Oxon"))
_COUNTY_BEFORE = re.compile(rf"\b{any_of(*_COUNTIES)}(?:,|\sand|,\s\w+\sand)\s\Z")
_COUNTY_AFTER = re.compile(rf"(?:,|\sand|\s&)\s{any_of(*_COUNTIES)}\b")
_DASH = "[-–]"
_END = r"(?![\w-]|[.,:/]\d)"

DIGIT_RULES = (
    _rule("code", r"(?:(?<=GB )|(?<=GB))\d{3} \d{4} \d{2}(?: \d{3})?(?!\d)", _tax_number),
    _rule("measure", r"(?P<number>\d{1,2})(?P<part>½|\.\d)?st(?!\w)\.?(?! ?\d)", _stone),
    _rule(
        "score",
        rf"(?P<score>(?P<runs>\d{{2,3}})[-–/](?P<wickets>10|\d)){_END}(?:\s(?P<declared>dec)\.?(?!\w))?",
        _cricket,
    ),
    _rule("score", rf"(?P<home>\d{{1,2}}){_DASH}(?P<away>0){_END}", _nil),
    _rule("score", rf"(?P<home>0){_DASH}(?P<away>\d){_END}", _nil),
    _rule("odds", rf"(?P<high>\d{{1,3}})[-/](?P<low>\d{{1,2}}){_END}", _odds),
    _rule("degree", r"2:(?P<second>[12])(?![\d:])", _degree_class),
    _rule("measure", r"(?P<number>\d{1,4}(?:,\d{3})?(?:\.\d{1,2})?)p(?![\w'])", _pence),
    _rule("score", r"0(?![\w%°]|[.,:/-]\d)", _last_nil),
)
LETTER_RULES = (
    _rule("postcode", r"[A-Z]{1,2}\d(?:\d|[A-Z])? \d[ABD-HJLNP-UW-Z]{2}(?!\w)", _postcode),
    _rule("road", r"(?P<road>[AB])(?P<number>\d{3,4}|\d{1,2}(?=\(M\)))(?P<motorway>\(M\))?(?![\w-])", _road),
    _rule(
        "road",
        r"(?:(?<=at )|(?<=to )|(?<=from )|(?<=M\d )|(?<=M\d\d )|(?<=M\d\d\d )"
        r"|(?=J\d{1,2}[A-Z]?\s(?:of|on|off)\s(?:the\s)?[AM]\d))"
        r"J(?P<number>\d{1,2})(?P<letter>[A-Z]?)(?!\w)",
        _junction,
    ),
    _rule("section", r"(?P<many>ss?)\.? ?(?=\d{1,3}[A-Z]{0,2}(?:\(|\s(?:of|and)\s(?:the|s)|[-–]\d))", _section),
    _rule("abbreviation", rf"(?P<county>{any_of(*_COUNTIES)})\.?(?!\w)", _county),
    _rule("abbreviation", r"(?:Gt|Nr)\.?(?=\s[A-Z][a-z])|nr\.?(?=\s[A-Z][a-z])", _near_town),
    _word("abbreviation", r"[Ww]/[Cc](?=\s(?:\d|[A-Z][a-z]))", "week commencing"),
    _word(
        "abbreviation",
        r"inc\.?(?=\s(?:VAT|tax|P&P|p&p|bills|breakfast|delivery|postage|tip|service|flights)\b)",
        "including",
    ),
    _word("abbreviation", r"exc\.?(?=\s)", "excluding"),
    _word("word", r"SATs(?!\w)", "sats"),
    _word("abbreviation", r"reg\.? no\.?(?=\s?:|\s[A-Z\d])", "registration number"),
    _word(
        "abbreviation",
        r"(?:(?<=NI )|(?<=NHS )|(?<=VAT )|(?<=Co\. )|(?<=passport )|(?<=card ))no\.?(?=\s?:|\s[A-Z\d])",
        "number",
    ),
    _word("abbreviation", r"(?<=\d )aet(?=[.,;:)]|\s*$)", "after extra time"),
    _word("abbreviation", r"agg\.?(?=\s\d{1,2}-\d)", "aggregate"),
    _word("abbreviation", r"(?<=[Bb]ank )[Hh]ols(?!\w)", "holidays"),
)
OTHER_RULES = (
    _rule("oven", r"(?:(?<=\d[CF])|(?<=fan)|(?<=\d°[CF]))/(?=\d{3}\s?[°CF]|\d{3}\s?°)", _oven),
    Rule(
        "oven",
        re.compile(r"(?:(?<=\d[CF])|(?<=fan)|(?<=\d°[CF]))/(?=gas\b|fan\b)"),
        lambda match, context: _oven(match),
    ),
)
