"""Abbreviations: titles, places, companies, Latin and letters with full stops; a sentence keeps its full stop."""

from __future__ import annotations

import re

from kokoro_demo.text import figures
from kokoro_demo.text.lists import listed
from kokoro_demo.text.numbers import before
from kokoro_demo.text.scanner import Place, Reading, Rule, letters, words
from kokoro_demo.text.sentences import STARTERS, ends_sentence

# A name always follows, so their full stop never ends a sentence. Those after the bar also stand without one.
_TITLES = {
    "mr": "Mister", "mrs": "Missus", "ms": "Miz", "messrs": "Messieurs", "mme": "Madame", "mlle": "Mademoiselle",
    "prof": "Professor", "rev": "Reverend", "hon": "Honorable", "gov": "Governor", "sen": "Senator",
    "rep": "Representative", "gen": "General", "col": "Colonel", "capt": "Captain", "cpt": "Captain",
    "lt": "Lieutenant", "sgt": "Sergeant", "cpl": "Corporal", "pvt": "Private", "maj": "Major", "cmdr": "Commander",
    "cdr": "Commander", "adm": "Admiral", "pres": "President", "supt": "Superintendent", "insp": "Inspector",
    "det": "Detective", "msgr": "Monsignor", "fr": "Father", "br": "Brother", "mt": "Mount", "ft": "Fort",
    "atty": "Attorney", "amb": "Ambassador", "dir": "Director", "pt": "Point", "sec": "Secretary",
}  # fmt: skip
_TITLES_WITHOUT_STOP = frozenset(("mr", "mrs", "ms", "messrs", "mme", "mlle", "prof", "sgt", "capt", "lt", "mt"))
# Any word may follow; the full stop ends the sentence where a sentence begins after it.
_PLAIN = {
    "vs": "versus", "etc": "et cetera", "approx": "approximately", "dept": "department", "est": "established",
    "rte": "route", "ct": "court", "pl": "place", "ret": "retired", "govt": "government", "assn": "association", "assoc": "associates", "bros": "brothers", "inc": "incorporated",
    "ltd": "limited", "corp": "corporation", "co": "company", "univ": "university", "inst": "institute",
    "ave": "avenue", "blvd": "boulevard", "rd": "road", "ln": "lane", "hwy": "highway", "pkwy": "parkway",
    "apt": "apartment", "ste": "suite", "bldg": "building", "sr": "senior", "jr": "junior", "esq": "esquire",
    "ed": "edition", "eds": "editors", "vol": "volume", "vols": "volumes", "ch": "chapter", "fig": "figure",
    "figs": "figures", "para": "paragraph", "ref": "reference", "refs": "references", "tel": "telephone",
    "ext": "extension", "max": "maximum", "min": "minimum", "avg": "average", "temp": "temperature",
    "misc": "miscellaneous", "incl": "including", "excl": "excluding", "cf": "compare", "viz": "namely",
    "ca": "circa", "al": "al", "op": "op", "cit": "cit", "ibid": "ibid", "mfg": "manufacturing", "mgr": "manager",
    "asst": "assistant", "attn": "attention", "qty": "quantity", "tbsp": "tablespoon", "tsp": "teaspoon",
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday",
    "thurs": "Thursday", "fri": "Friday", "jan": "January", "feb": "February", "apr": "April", "aug": "August",
    "sept": "September", "oct": "October", "nov": "November", "dec": "December", "mar": "March",
    "calif": "California", "mass": "Massachusetts", "conn": "Connecticut", "ariz": "Arizona", "fla": "Florida",
    "ill": "Illinois", "mich": "Michigan", "minn": "Minnesota", "tenn": "Tennessee", "tex": "Texas",
    "colo": "Colorado", "okla": "Oklahoma", "wis": "Wisconsin", "penn": "Pennsylvania", "ont": "Ontario",
    "oz": "ounces", "lb": "pounds", "lbs": "pounds", "hr": "hour", "hrs": "hours", "mins": "minutes", "secs": "seconds",
    "yr": "year", "yrs": "years", "wk": "week", "wks": "weeks", "mos": "months", "sq": "square", "cu": "cubic",
    "gal": "gallons", "pg": "page", "sect": "section", "intl": "international", "natl": "national", "dist": "district",
    "div": "division", "tech": "technology", "prev": "previous", "orig": "original", "abbr": "abbreviation",
    "cont": "continued", "fwd": "forward", "pkg": "package", "req": "required", "std": "standard", "admin": "admin",
}  # fmt: skip
# Words in their own right: only with a capital, or before a figure, are they abbreviations.
_CAPITAL_ONLY = listed(
    "ct pl ret mon wed fri jan mar nov dec apr mass ill mich tex penn ont fla conn ariz calif colo okla wis tenn minn sept",
    "oct aug feb thu tue co ave",
)
_NOT_AT_END = listed("mass ill tex penn mar max min ref ed ch fig temp sec op dist div tech para cont est dec")
_WITHOUT_STOP = listed("vs etc approx govt")
_BEFORE_FIGURE = listed("vol vols ch fig figs pg ext para sect ref refs apt ste ca eq")
_NUMBER = {"no": "number", "nr": "number", "nos": "numbers", "p": "page", "pp": "pages", "c": "circa", "v": "version", "art": "article", "eq": "equation", "vol": "volume", "fig": "figure", "ch": "chapter", "sec": "section", "para": "paragraph", "ver": "version"}  # fmt: skip
_LATIN = {"e.g": "for example", "i.e": "that is", "n.b": "note well", "w.r.t": "with respect to"}
_DEGREES = {"Ph.D": "PHD", "Ph.Ds": "PHDs", "M.Sc": "MSC", "B.Sc": "BSC", "M.Ed": "MED", "Ed.D": "EDD", "D.Phil": "DPHIL", "LL.B": "LLB", "LL.M": "LLM", "LL.D": "LLD"}  # fmt: skip
_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "DC", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho",
    "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_NAME_BEFORE = re.compile(r"\b([A-Z][a-z'’]+|\d+(?:st|nd|rd|th))\s\Z")
_BEFORE_SAINT = listed(
    "Mount Mt Port Fort Ft Lake East West North South Sault Upper Lower Old New Great Cape Point Saint Cathedral"
)
# "Vitamin C. The": the letter is a name's second half, and no initial.
_LETTERED = re.compile(
    r"\b(?:vitamin|plan|class|type|group|generation|grade|team|hepatitis|exhibit|option|part|section|appendix|phase|room"
    r"|gate|terminal|column|malcolm|iphone|factor|schedule|item|point|answer|level|figure|table|and|am|is|do|as|than)\s\Z",
    re.I,
)
_LETTER_BEFORE = re.compile(r"\b[A-Z]\s\Z")
_FIGURE = re.compile(r"\s?\(?\d")
_FIGURE_OR_NUMERAL = re.compile(r"\s?\(?(?:\d|[IVXLC]+\b|[ivxlc]+\b)")
_CAPITAL_NEXT = re.compile(r"\s+[A-Z]")
_ADDRESS = re.compile(r"\b\d{1,5}\s(?:[NSEW]\.?\s|[A-Z][a-z]+\.?\s){0,3}\Z")


def _end(match: re.Match[str], names: bool = False) -> int:
    """Where reading goes on: after the abbreviation's full stop, or before it where a sentence ends with it."""
    end = match.end()
    if match.string[end - 1] == "." and ends_sentence(match.string, end, names):
        return end - 1
    return end


def _like(written: str, full: str) -> str:
    """The full word with a capital where the abbreviation has one."""
    return full[0].upper() + full[1:] if written[0].isupper() else full


def _abbreviation(match: re.Match[str], place: Place) -> Reading | None:
    """A word with a full stop, "Prof." or "etc.", or one of the titles that need none."""
    word, stop = match["word"], match["stop"]
    small = word.lower()
    after = match.end()
    text = match.string
    if small in _TITLES and (stop or small in _TITLES_WITHOUT_STOP):
        if word[0].isupper() and (_CAPITAL_NEXT.match(text, after) or re.compile(r"\s*[A-Z(“]").match(text, after)):
            full = "Sergeant" if small == "sgt" else _TITLES[small]
            if small == "hon" and place.british:
                full = "Honourable"
            return Reading(words(full), after)
        if small in ("mr", "mrs", "ms", "prof") and stop:
            return Reading(words(_TITLES[small], match.start(), after), _end(match))
        if small not in _PLAIN and small not in _NUMBER:
            return None
    figure = (_FIGURE if len(small) < 3 and small != "pp" else _FIGURE_OR_NUMERAL).match(text, after) is not None
    if small in _NUMBER and figure and (stop or small in ("nos", "pp")):
        if small == "c" and not re.compile(r"\s?\d{3,4}\b").match(text, after):
            return None
        full = _NUMBER[small]
        return Reading(words(_like(word, full) if len(word) > 1 else full), after)
    if small == "no" and (stop or (place.british and word == "No")) and figure:
        return Reading(words("number"), after)
    if small not in _PLAIN or not (stop or word in _WITHOUT_STOP):
        return None
    if small in _CAPITAL_ONLY and not word[0].isupper():
        return None
    if small in _BEFORE_FIGURE and not figure:
        return None
    ends = stop != "" and ends_sentence(text, after, names=small not in ("etc", "al"))
    if ends and small in _NOT_AT_END:
        return None
    full = _PLAIN[small]
    return Reading(words(_like(word, full), match.start(), after), after - 1 if ends else after)


def _saint_or_street(match: re.Match[str], place: Place) -> Reading | None:
    """ "St. John", "Elm St.", "Dr. Lee", "Hill Dr."."""
    text, start, after = match.string, match.start(), match.end()
    street, title = ("Street", "Saint") if match["word"][0] == "S" else ("Drive", "Doctor")
    name = _NAME_BEFORE.search(text, max(0, start - 30), start)
    named = name is not None and name[1].lower() not in STARTERS and name[1] not in _BEFORE_SAINT
    capital = _CAPITAL_NEXT.match(text, after) is not None
    if named and match["stop"] and ends_sentence(text, after, names=True):
        return Reading(words(street, start, after), after - 1)
    if named and capital and name is not None:
        # "Visit St. Louis" opens a sentence with its verb; "on Elm St. Louis waited" and "12 Elm St. Springfield" do not
        opens = name.start() == 0 or re.compile(r"(?:^|[.!?\n]\s*[“(]?)\Z").search(
            text, max(0, name.start() - 4), name.start()
        )
        named = not opens if street == "Street" else _ADDRESS.search(text, max(0, start - 60), start) is not None
    if not named and not capital:
        if not match["stop"]:
            return None
        return Reading(words(title, start, after), _end(match))
    if not named:
        return Reading(words(title), after)
    if not match["stop"] and capital and street == "Drive":
        return Reading(words(title), after)
    return Reading(words(street, start, after), _end(match, names=True))


def _dotted(match: re.Match[str], place: Place) -> Reading | None:
    """ "U.S.A.", "J. K.", "e.g.", "Ph.D."."""
    run = match.group().rstrip("'s").rstrip(".") if match.group().endswith("'s") else match.group().rstrip(".")
    possessive = "'s" if match.group().endswith("'s") else ""
    if meaning := _LATIN.get(run.lower()):
        return Reading(words(meaning, match.start(), match.end()), match.end())
    named = run.replace(".", "").replace(" ", "")
    if named.lower() in ("am", "pm"):
        return Reading(letters(named.lower(), match.start(), match.end()), _end(match))
    return Reading(letters(named.upper() + possessive, match.start(), match.end()), _end(match, names=True))


def _degree(match: re.Match[str], place: Place) -> Reading:
    return Reading(letters(_DEGREES[match.group().rstrip(".")], match.start(), match.end()), _end(match, names=True))


def _initial(match: re.Match[str], place: Place) -> Reading | None:
    """The "W." of "George W. Bush", whose full stop ends nothing."""
    if before(match, _LETTER_BEFORE) or (match.group() == "I." and not before(match, _NAME_BEFORE)):
        return None
    if (
        ends_sentence(match.string, match.end(), names=True)
        or before(match, _LETTERED)
        or not _CAPITAL_NEXT.match(match.string, match.end())
    ):
        return None
    return Reading(letters(match.group()[0], match.start(), match.end()), match.end())


def _state(match: re.Match[str], place: Place) -> Reading | None:
    """ "Austin, TX 78701"."""
    state = _STATES[match["state"]]
    said = letters("DC", *match.span("state")) if state == "DC" else words(state, *match.span("state"))
    if match["zip"]:
        said += words(figures.one_by_one(match["zip"]), *match.span("zip"))
    return Reading(said, match.end())


def _with(match: re.Match[str], place: Place) -> Reading:
    meaning = {
        "w/o": "without",
        "w/out": "without",
        "w/": "with",
        "c/o": "care of",
        "b/c": "because",
        "b/w": "between",
        "n/a": "",
    }
    small = match.group().lower()
    if small == "n/a":
        return Reading(letters("NA"), match.end())
    return Reading(words(meaning[small]), match.end())


RULES = (
    Rule(re.compile(r"(?:" + "|".join(re.escape(name) for name in _DEGREES) + r")(?![A-Za-z])\.?"), _degree),
    Rule(re.compile(r"(?:[A-Za-z]\.){1,12}[A-Za-z](?:'s|\.(?:'s)?|(?=s?\b))(?![A-Za-z@])"), _dotted),
    Rule(re.compile(r"(?:[A-Z]\. ){1,4}[A-Z]\.(?= [A-Z][a-z])"), _dotted),
    Rule(re.compile(r"[A-Z]\.(?=\s)"), _initial),
    Rule(re.compile(r"(?P<word>St|Dr|ST|DR)(?P<stop>\.|)(?![\w.'])"), _saint_or_street),
    Rule(re.compile(r"(?:w/o(?:ut)?\b|w/(?=\s|\w)|c/o\b|b/c\b|b/w\b|n/a\b|N/A\b)"), _with),
    Rule(
        re.compile(
            rf"(?<=[a-z], )(?P<state>{'|'.join(_STATES)})(?:\s(?P<zip>\d{{5}})(?!\d|[.,]\d)|(?=[,.;:)]|\s*$|\s(?!\w)|\s[a-z]))"
        ),
        _state,
    ),
    Rule(re.compile(r"(?P<word>[A-Za-z]{1,6})(?P<stop>\.?)(?![A-Za-z_'@]|(?<!\.)\d)"), _abbreviation),
)
