"""Places: whether "St." is a saint or a street, "Dr." a doctor or a drive; states with ZIP codes; compass points."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, like, listed
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.abbreviation_tables import OLD_STATES, STATES
from kokoro_demo.text.rules.sentences import STARTERS, ends_sentence, full_stop_kept
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, word_rule, words

_NAME = re.compile(r"\b([A-Z][A-Za-z'’]*|\d+(?i:st|nd|rd|th))(?:(?<=[JS]r)\.)?\s\Z")
_BEFORE_SAINT = listed(
    "Rue Mont Mount Mt Port Fort Ft Lake East West North South Sault Upper Lower Old New Great Cape Point",
    "Saint Cathedral Bury Chalfont Ottery Lord Lady Sir Miss Mrs Mr Church Hospital Order Feast Basilica",
)
_TITLES = listed("Saint Bury Lord Lady Sir Miss Mrs Mr")
# Saints in the names of people and places: "Oliver St. John", "Glen St. Mary".
_SAINTS = listed(
    "John Mary Louis Vincent Paul Peter James George Andrew Andrews Patrick Michael Martin Clair Clare Germain Germans",
    "Laurent Lawrence Albans Alban Helens Ives Austell Augustine Petersburg Moritz Tropez Kitts Lucia Nicholas Francis",
    "Joseph Thomas Charles Anne Anthony Catherine Croix Bernard Cloud Johns Davids David Asaph Pancras Mark Luke",
    "Matthew Stephen Stephens Agnes Cecilia Elmo Gall Giles Hilda Jude Maur Swithin Ursula Valentine Edmunds Edmund",
    "Neots Ouen Leger Denis Etienne Benedict Barnabas Bride Columba Cuthbert Dunstan Botolph Gregory Jerome Simon",
    "Aubyn Leonards Mawes Malo Nazaire Quentin Emilion Marie Barthelemy",
)
_CAPITAL_NEXT = re.compile(
    r"\s+(?!(?:NE|NW|SE|SW)\b|[NSEW]\.?(?:[,;)]|\s*$|\s(?:at|in|near|and|by|to|from)\b))(?P<name>[A-Z][a-z]*)"
)
_ONE_DOCTOR = re.compile(r"\b(?:the|a|my|your|his|her|our|their|this|that)\s\Z", re.I)  # "I saw the Dr. He was kind."
_WITHIN = re.compile(r"(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Room|Rm|Bldg|Building|Lot|Box|North|South|East|West)\b")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?\n]\s{0,2})[“(]*[A-Z][a-z'’]+\s\Z")
_TYPES = any_of(
    r"Street Avenue Road Boulevard Drive Lane Court Place Highway Parkway Expressway Terrace Square Way Circle",
    r"(?:St|Ave|Rd|Blvd|Dr|Ln|Ct|Pl|Hwy|Pkwy|Expy|Ter|Sq|st|ave|rd|blvd|hwy|expy|pkwy|ln|ST|AVE|RD|BLVD|DR)\b\.?",
)
_HOUSE = re.compile(r"\b\d{1,5}\s(?:[NSEW]\.?\s|[A-Z][a-z]+\.?\s|\d+(?:st|nd|rd|th)\s){0,3}\Z")
# After these, the name is a street's: "on Elm St. Louis waited".
_ON_STREET = re.compile(r"\b(?:on|at|along|down|up|off|across)\s[A-Z][a-z]+\s\Z")
_STREET_TYPE = re.compile(rf"\s(?:{_TYPES})(?!\w)")


def _is_street(match: re.Match[str], next_name: re.Match[str] | None) -> bool:
    """Whether the name before it makes "St." a street, or "Dr." a drive.

    In "Visit St. Louis" the word before is the verb that opens a sentence, and "Oliver St. John" is a person; but in
    "on Elm St. Louis waited" it is a street. "Dr." before a name is a drive only after a house number.
    """
    text, start = match.string, match.start()
    name = _NAME.search(text, max(0, start - 30), start)
    saint = match["word"][0] in "Ss"
    if not name or name[1].lower() in STARTERS:
        return False
    if saint and name[1] in _BEFORE_SAINT and (next_name or name[1] in _TITLES):
        return False
    if (
        not next_name
        or _WITHIN.match(text, next_name.start("name"))
        or (match["stop"] and ends_sentence(text, match.end(), names=True))
    ):
        return True
    if saint:
        if next_name["name"] in _SAINTS:
            if _STREET_TYPE.match(text, next_name.end("name")):
                return False
            return before(match, _ON_STREET, 40) or before(match, _HOUSE, 60)
        return not before(match, _OPENS_SENTENCE, 34)
    return match["stop"] != "" and before(match, _HOUSE, 60)


def _saint_or_street(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "St. John", "Elm St.", "Dr. Lee", "Hill Dr."; "ST" and "DR" without a name are letters."""
    word, stop = match["word"], match["stop"]
    saint = word[0] in "Ss"
    street, title = ("Street", "Saint") if saint else ("Drive", "Doctor")
    next_name = _CAPITAL_NEXT.match(match.string, match.end())
    name = _NAME.search(match.string, max(0, match.start() - 30), match.start())
    if (
        word.isupper()
        and not stop
        and not (name and name[1].isupper() and name[1] not in _POINTS)
        and not before(match, _HOUSE, 60)
    ):
        return None
    if word.islower() and not (name or next_name):
        return None
    if _is_street(match, next_name):
        spoken = street if word[0].isupper() else street.lower()
        if stop and _ABBREVIATED_NEXT.match(match.string, match.end()):
            return RuleResult(words(spoken, *match.span()), match.end() - 1)
        return RuleResult(words(spoken, *match.span()), full_stop_kept(match, names=True))
    if word.islower() and not (next_name and next_name["name"] in _SAINTS):
        return None
    in_a_name = saint or (next_name and next_name["name"] in ("Who", "No"))
    if not in_a_name and stop and before(match, _ONE_DOCTOR) and ends_sentence(match.string, match.end(), names=True):
        return RuleResult(words(title, *match.span()), match.end() - 1, "title")
    if next_name:
        return RuleResult(words(title), match.end(), "title")
    return RuleResult(words(title, *match.span()), full_stop_kept(match), "title") if stop else None


_ABBREVIATED_NEXT = re.compile(r"\s(?:St|Dr)\.\s[A-Z]")  # "Elm St. St. Mary's is there."


def _saints(match: re.Match[str], context: Context) -> RuleResult:
    """Read "SS. Peter and Paul", "Sault Ste. Marie"."""
    return RuleResult(words("Saint" if match.group().startswith("Ste") else "Saints"), match.end())


_ROADS = {
    "ave": "Avenue", "rd": "Road", "blvd": "Boulevard", "hwy": "Highway", "pkwy": "Parkway", "expy": "Expressway",
    "ln": "Lane", "ct": "Court", "pl": "Place", "ter": "Terrace", "cir": "Circle", "sq": "Square",
}  # fmt: skip


def _road(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "Ave" of "6th Ave", the "Expy" of "2788 San Tomas Expy"."""
    small = match["word"].lower()
    if not before(match, _NAME, 30) or (small in ("ct", "pl", "ter", "cir", "sq") and not before(match, _HOUSE, 60)):
        return None
    return RuleResult(words(like(match["word"], _ROADS[small].lower())), full_stop_kept(match, names=True))


def _house(match: re.Match[str], context: Context) -> RuleResult:
    """Read a house number before its street: "708 N 1st St." is "seven oh eight"."""
    number = match["number"]
    year = len(number) == 4 and "1900" <= number <= "2099"
    return RuleResult(words(number_words.year(number, False) if year else number_words.in_pairs(number)), match.end())


def _state(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Austin, TX 78701"; the "MD" of "Dr. K. Patel, MD, MPH" is a degree."""
    may_be_degree = match["state"] in ("MD", "MA", "MS", "PA") and not match["zip"]
    if may_be_degree and (_DEGREES_NEXT.match(match.string, match.end()) or before(match, _DOCTOR, 48)):
        return None
    state = STATES[match["state"].replace(".", "").replace(" ", "")]
    spoken = letters(state, *match.span("state")) if state == "DC" else words(state, *match.span("state"))
    if match["zip"]:
        spoken += words(number_words.one_by_one(match["zip"]), *match.span("zip"))
    if match["route"]:
        spoken.append(Piece(",", "punctuation", *match.span("route")))
        spoken += words(number_words.one_by_one(match["route"]), *match.span("route"))
    return RuleResult(spoken, match.end())


_DEGREES_NEXT = re.compile(r",\s(?:MPH|MBA|MSc?|PhD|Ph\.D|FAC[PSC]|FAA[PN]|FRC[PS]|JD|RN|DO|MHA|MPP|MHS|CPA|LL\.?M)\b")
_DOCTOR = re.compile(
    r"\b(?:Dr\.?\s(?:[A-Z][\w.'’-]*\s){0,2}|[Bb]y\s(?:[A-Z][\w.'’-]*\s){1,2}|[A-Z]\.\s)[A-Z][\w'’-]+,\s\Z"
)
# States whose letters cannot be another abbreviation after a name: "Springfield IL.", but not "Jane Doe MD".
_CLEAR = any_of("AZ FL GA IL KS KY MN NC NH NJ NM NY TN TX UT VT WI WY")
_TOWN = re.compile(r"(?:\b[A-Z][a-zß-öø-ÿ]+\s){1,3}\Z")


def _town(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "in Springfield IL"."""
    return _state(match, context) if before(match, _TOWN, 40) else None


_IN_LINE = re.compile(r",\s(?:[A-Z][a-z]+\s){1,2}\Z")  # "1 Infinite Loop, Cupertino CA"


def _listed_town(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "CA" of "1 Infinite Loop, Cupertino CA"."""
    return _state(match, context) if before(match, _IN_LINE, 40) and before(match, _HAS_NUMBER, 80) else None


_HAS_NUMBER = re.compile(r"\b\d{1,5}\s[A-Z][^\n]*\Z")


def _city(match: re.Match[str], context: Context) -> RuleResult:
    """Read the first "NY" of "NY, NY 10022"."""
    return RuleResult(words("New York"), match.end())


_OLD = any_of(*OLD_STATES)
_STATE_NEXT = re.compile(rf",\s(?:(?:and|or)\s)?{_OLD}\.|\s(?:and|or)\s{_OLD}\.")
_STATE_BEFORE = re.compile(rf"\b{_OLD}\.(?:,|,?\s(?:and|or))\s\Z")
_DOTTED = (r"N\.\s?[HJMYCD]", r"S\.\s?[CD]", r"R\.\s?I")


def _party(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "R-TX" of "Cruz (R-TX)": a politician's party and state."""
    name = match["state"].replace(".", "").replace(" ", "")
    state = words(STATES.get(name) or OLD_STATES[name], *match.span("state"))
    party = "party" if match["party"] else "alone"
    end = match.end() if match["party"] else full_stop_kept(match, names=True)
    return RuleResult([*letters(match[party], *match.span(party)), *state], end)


def _among_states(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Ala., Ariz. and Pa.", a list of states."""
    if not (_STATE_NEXT.match(match.string, match.end()) or before(match, _STATE_BEFORE, 24)):
        return None
    return RuleResult(words(OLD_STATES[match["state"]]), full_stop_kept(match, names=True))


def _old_state(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Lancaster, Pa.", "Newark, N. J."."""
    name = match["state"].replace(".", "").replace(" ", "")
    spoken = words(STATES.get(name) or OLD_STATES[name.capitalize()], *match.span("state"))
    if match["zip"]:
        return RuleResult([*spoken, *words(number_words.one_by_one(match["zip"]), *match.span("zip"))], match.end())
    return RuleResult(spoken, full_stop_kept(match, names=True))


_POINTS = {
    "N": "North", "S": "South", "E": "East", "W": "West", "NE": "Northeast", "NW": "Northwest", "SE": "Southeast",
    "SW": "Southwest",
}  # fmt: skip


def _compass(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "N." of "123 N. Main St." and of "N. Korea", the "NW" of "900 7th St NW"."""
    return RuleResult(words(_POINTS[match["point"]]), full_stop_kept(match, names=True))


def _after_street(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "S." of "Lake Shore Dr. S."."""
    return _compass(match, context) if before(match, _STREET_BEFORE, 60) else None


_STREET_BEFORE = re.compile(rf"\b[A-Z][A-Za-z'’]+\s{_TYPES}\s\Z|\d(?:st|nd|rd|th)\s{_TYPES}\s\Z")


def _bearing(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "I-95 N", "Rt. 9 S", "20 mi. NW of town", "winds SW at 10 mph"."""
    on_road = before(match, _ROAD_BEFORE, 24)
    there = _FROM_THERE.match(match.string, match.end("point")) and before(match, _DISTANCE, 24)
    if not (on_road or there or before(match, _WIND, 24)) or _is_initial(match):
        return None
    point, end = _POINTS[match["point"]], match.end("point")
    if _STOP_INSIDE.match(match.string, end):
        end += 1
    return RuleResult(words(point if on_road else point.lower()), end)


def _is_initial(match: re.Match[str]) -> bool:
    """Whether the compass point is part of a name: "from the S. Bronx", "E. coli"."""
    named = _NAMED.match(match.string, match.end("point"))
    if not named:
        return False
    return named.group().endswith("coli") or (before(match, _MAY_BE_A_NAME, 24) and not before(match, _OF_WIND, 60))


_NAMED = re.compile(r"\.\s(?:[A-Z]|coli\b)")
_MAY_BE_A_NAME = re.compile(r"\b(?:from\sthe|out\sof\sthe|just)\s\Z")
_OF_WIND = re.compile(r"\b[Ww]inds?\b[^.]*\Z")
_STOP_INSIDE = re.compile(r"\.\s[a-z]")


def _turn(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "L" of "Turn L on Hwy 1", and the "R" of ", R on Elm St." after it."""
    turned = before(match, _TURN) or (before(match, _THEN) and before(match, _TURNED, 90))
    return RuleResult(words("left" if match.group() == "L" else "right"), match.end()) if turned else None


_TURN = re.compile(r"\b(?:[Tt]urn|[Bb]ear|[Kk]eep|[Gg]o|[Vv]eer)\s\Z")
_THEN = re.compile(r"(?:[,;]|\bthen)\s\Z")
_TURNED = re.compile(r"\b(?:[Tt]urn\s(?:[LR]|left|right)|[Tt]ake\s(?:Rt|Rte|Hwy|I-|US|Exit|Route))\b[^\n]*\Z")


def _heading(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "N" of "40.7° N"."""
    return RuleResult(words(_POINTS[match["point"]].lower()), match.end())


def _finer(match: re.Match[str], context: Context) -> RuleResult:
    """Read "NNE" as "north northeast"."""
    point = match.group()
    return RuleResult(words(f"{_POINTS[point[0]]} {_POINTS[point[1:]]}".lower()), match.end())


_ROAD_BEFORE = re.compile(
    r"(?:\b(?:I|US|M|[A-Z]{2})-\d{1,3}|\b(?:US|U\.S|Route|Rt|Rte|Highway|Hwy|Interstate|Freeway|Fwy|Turnpike|State\sRoad)\.?\s\d{1,4})\s\Z"
)
_DISTANCE = re.compile(
    r"\b(?:miles?|mi\.?|km|kilomet(?:er|re)s?|leagues?|yards?|yds?\.?|feet|ft\.?|blocks?|met(?:er|re)s|nmi|m|minutes?|min\.?|just)\s\Z"
)
_FROM_THERE = re.compile(r"\.?\s(?:of|on|along|from|to)\b|[.,;)]|$")
_WIND = re.compile(
    r"\d\s?(?:mph|km/hr?|kph|kts?|knots)\s\Z|\b[Ww]inds?:?\s(?:(?:from|out\sof)\s(?:the\s)?)?\Z|\b(?:from|out\sof)\sthe\s\Z"
)


_LANDS = any_of(
    "Korea America Africa Carolina Dakota Ireland Yorkshire Virginia Asia Europe Sudan Germany Timor Sussex Hollywood"
)
_STREET_NAME = r"(?:\d{1,3}(?i:st|nd|rd|th)|St\.|[A-Z][A-Za-z'’]+)"
_STREET = rf"(?:{_STREET_NAME}\s){{1,3}}{_TYPES}(?!\w)"
HOUSE = Rule(
    "house number",
    re.compile(
        rf"(?P<number>\d{{3,5}})(?=\s(?:(?:[NSEW]|NE|NW|SE|SW)\.?\s|(?:North|South|East|West)\s)?{_STREET})(?![,.]\d)"
    ),
    _house,
)
RULES = (
    Rule(
        "street",
        re.compile(rf"(?P<point>[NSEW])(?:\.(?=\s{_LANDS}\b|\sSt\.?\s[A-Z])|(?<=\d\s[NSEW])\.?(?=\s[A-Z][a-z]))"),
        _compass,
    ),
    Rule("street", re.compile(rf"(?P<point>NE|NW|SE|SW|[NSEW])\.?(?=\s{_STREET})"), _compass),
    word_rule("compass", r"[NSEW]\.(?=\sof\s)", lambda match: _POINTS[match.group()[0]].lower()),
    Rule("street", re.compile(r"(?P<point>[NSEW])\.(?=\s\d{1,3}(?:st|nd|rd|th)\s(?:&|and)\s[A-Z\d])"), _compass),
    Rule("direction", re.compile(r"[LR](?=\s(?:on|onto|at|in)\s(?:the\s|[A-Z\d])|[,.;)]|\s*$)"), _turn),
    Rule("compass", re.compile(r"(?:(?<=[°′″]\s)|(?<=[°′″]))(?P<point>[NSEW])(?!\w)"), _heading),
    Rule("compass", re.compile(r"(?P<point>[NSEW])(?=\s?\d{1,3}(?:\.\d{1,8})?°)"), _heading),
    Rule("compass", re.compile(r"(?:NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW)(?!\w)"), _finer),
    Rule("compass", re.compile(r"(?P<point>NE|NW|SE|SW|[NSEW])(?!\.?\w)\.?"), _bearing),
    Rule(
        "street",
        re.compile(r"(?P<point>[NSEW])(?:\.(?=[,;)]|\s*$|\s[a-z])|(?=[,;)]|\s*$|\s(?:at|in|near|and|by|to|from)\b))"),
        _after_street,
    ),
    Rule(
        "street",
        re.compile(
            r"(?:(?<=St )|(?<=ST )|(?<=St\. )|(?<=Ave )|(?<=Ave\. )|(?<=eet )|(?<=nue ))(?P<point>NE|NW|SE|SW)(?!\w)"
        ),
        _compass,
    ),
    Rule("street", re.compile(r"(?P<word>St|Dr|ST|DR|st|dr)(?P<stop>\.|)(?![\w.'])"), _saint_or_street),
    Rule(
        "title",
        re.compile(r"(?:SS|Sts)\.(?=\s[A-Z][a-z])|Ste\.?(?=[ -][A-Z][a-z])|SS(?=\s[A-Z][a-z]+\s(?:and|&)\s)"),
        _saints,
    ),
    Rule("street", re.compile(rf"(?P<word>(?i:{'|'.join(_ROADS)}))(?P<stop>\.|)(?![\w.'])"), _road),
    Rule("state", re.compile(r"(?:NY|NYC)(?=, NY\b)"), _city),
    Rule("state", re.compile(r"(?<=NY, )(?P<state>NY)(?:\s(?P<zip>\d{5}))?(?P<route>)(?!\w)"), _state),
    Rule(
        "state",
        re.compile(
            rf"(?:(?<=\()(?P<party>[RDI])"
            rf"|(?<=[a-z], )(?P<alone>[RDI]))[-–](?P<state>{any_of(*STATES, *OLD_STATES, *_DOTTED)})\.?"
            r"(?=\)|,|\s*$|\s[a-z])"
        ),
        _party,
    ),
    Rule(
        "state",
        re.compile(
            rf"(?<=[a-zß-öø-ÿ], )(?P<state>{any_of(*STATES)})"
            r"(?:,?\s(?P<zip>\d{5})(?:-(?P<route>\d{4}))?(?![\d-]|[.,]\d)|(?=[,.;:)]|\s*$|\s(?!\w)|\s[a-z]))"
        ),
        _state,
    ),
    Rule(
        "state",
        re.compile(
            rf"(?<=[a-zß-öø-ÿ] )(?P<state>{any_of(*STATES)})\s(?P<zip>\d{{5}})(?:-(?P<route>\d{{4}}))?(?![\d-]|[.,]\d)"
        ),
        _state,
    ),
    Rule(
        "state",
        re.compile(
            r"(?<=[a-zß-öø-ÿ] )(?P<state>CA|CO|CT|DE|AL|AK|AR|IN|IA|LA|ME|MA|MI|MS|MO|MT|NE|NV|ND|OH|OK|OR|PA|RI"
            r"|SC|SD|VA|WA|WV)(?P<zip>)(?P<route>)(?=[.,;:)]|\s*$)"
        ),
        _listed_town,
    ),
    Rule("state", re.compile(rf"(?<=[a-zß-öø-ÿ] )(?P<state>{_CLEAR})(?P<zip>)(?P<route>)(?=[.,;:)]|\s*$)"), _town),
    Rule("state", re.compile(rf"(?P<state>{_OLD})\."), _among_states),
    Rule(
        "state",
        re.compile(
            rf"(?<=[A-Za-z], )(?P<state>{any_of(*OLD_STATES, *(one.upper() for one in OLD_STATES))}"
            rf"|N\. ?[HJMYCD]|S\. ?[CD]|W\. ?Va|R\. ?I)\.(?:\s(?P<zip>\d{{5}})(?![\w,.-]))?(?!\w)"
        ),
        _old_state,
    ),
)
