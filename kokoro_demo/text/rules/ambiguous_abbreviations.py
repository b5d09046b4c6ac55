"""Abbreviations whose meaning, or whose end, depends on their surroundings: "rev.", "est.", "no.", "resp.", "C19th"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import after_any, any_of, before, word_list
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.sentences import full_stop_kept
from kokoro_demo.text.scanner import Context, Reader, Rule, RuleResult, letters, word_rule, words


def _reads(spoken: str) -> Reader:
    """Return a reader of an abbreviation that keeps the full stop of its sentence."""

    def read(match: re.Match[str], context: Context) -> RuleResult:
        return RuleResult(words(spoken), full_stop_kept(match))

    return read


# Business: "Net inc.", "Q3 rev. of $4B", "GDP est."

_REVENUE = _reads("revenue")
# What shows that "rev." is money: how much it was, how it moved, or what it is named with.
_AMOUNT_AFTER = r"(?:of|was|is|were|at|hit|reached|from)\s(?:about\s|over\s|nearly\s)?[$€£\d]|\(?[$€£]|per\b"
_MOVE_AFTER = (
    r"(?:(?:was|is|were|are)\s)?"
    r"(?:up|down|flat|grew|growth|rose|fell|missed|beat|increased|decreased)\b"
)
_OTHER_RESULT_AFTER = r"[,;]?\s[^.\n]{0,20}\b(?:EBITDA|EPS|profits?|margins?|sales|costs?|earnings)\b"
_MONEY_BEFORE = re.compile(
    r"""
    (?:
        \b (?: total|net|gross|annual|quarterly|monthly|sales|ad|tax|subscription|operating|recurring
            | Q[1-4] | FY\s?\d{2,4} | our|company|in
        )
        | \b [$€£][\d.,]+\s?[KMBkmbn]{0,2}(?:\s[a-z]+)?(?:\sin)?
    )
    \s\Z
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ESTIMATED_BEFORE = re.compile(
    r"\b"
    + any_of(
        r"GDP GNP EPS EBITDA CPI population pop\.? revenues? rev\.? costs? sales earnings profits? budget output",
        r"growth value consensus analysts? Q[1-4] FY\s?\d{2,4} an? the first rough initial our my your",
    )
    + r"\s\Z",
    re.I,
)
_DIGIT_BEFORE = re.compile(r"\d\s\Z")
_YEAR_AFTER = re.compile(r"\s?(?:\d{1,2},)?\d{3,4}\b")
_CLAUSE_ENDS = re.compile(r"\s*(?:$|[),;:.!?]|(?:is|was|were|of|for|from|by)\b)")


def _read_revenue_after_money(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "rev." of "total rev."; otherwise "the rev." is a clergyman."""
    return _REVENUE(match, context) if before(match, _MONEY_BEFORE, 40) else None


def _read_estimate(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "est." of "GDP est.", "(2020 est.)", "GDP est. 2020"; of a firm it is short for "established"."""
    text, end = match.string, match.end()
    ends = _CLAUSE_ENDS.match(text, end)
    if before(match, _ESTIMATED_BEFORE, 40):
        spoken = "estimate" if ends or _YEAR_AFTER.match(text, end) else "estimated"
    elif before(match, _DIGIT_BEFORE) and ends:
        spoken = "estimate"
    else:
        return None
    return RuleResult(words(spoken), end if text.startswith(")", end) else full_stop_kept(match))


# Account numbers: "acct. no.", "model no. X-200B"

_NUMBERED_THING_BEFORE = re.compile(
    r"\b"
    + any_of(
        r"account acct\.? order phone policy serial model ref\.? reference part invoice flight item lot case claim ID",
        r"licen[cs]e registration reg\.? room train bus stock tracking patent certificate docket ticket file product",
        r"batch job",
    )
    + r"\s\Z",
    re.I,
)
_AFTER_NUMBERED_THING = after_any(r"account acct\. order phone policy serial model ref\. part invoice tel\.")
_NO_OF_A_THING = (
    rf"{_AFTER_NUMBERED_THING}no\.(?=\s?[:=]|\s(?:is|was|and|or|on|of)\b)"
    r"|(?<=[A-Za-z] )no\.(?=\s(?:is|was)\s|:\s?[A-Z\d])"
    r"|(?<=[Rr]eg )no(?=:)"
)


def _read_number(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "no." of "acct. no. is"."""
    return RuleResult(words("number"), match.end())


def _read_number_after_thing(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "no." of "model no. X-200B"."""
    return _read_number(match, context) if before(match, _NUMBERED_THING_BEFORE) else None


# Sport: "Djokovic def. Nadal", "Arsenal v Spurs"

_PLAYER_BEFORE = re.compile(r"[A-Z][\w'’-]*\s(?:[\[(](?:\d{1,2}|WC|Q|LL|[A-Z]{3})[\])]\s)?\Z")  # with seed or country
_NAME_BEFORE = re.compile(r"\b[A-Z][\w'’.]*\s\Z")


def _read_defeated(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Djokovic def. Nadal"."""
    return RuleResult(words("defeated"), match.end()) if before(match, _PLAYER_BEFORE) else None


def _read_versus(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Arsenal v Spurs", "R v Smith"."""
    return RuleResult(words("versus"), match.end()) if before(match, _NAME_BEFORE) else None


# Advertisements: "utilities incl."

_CAPITAL_AFTER = re.compile(r"\s[A-Z]")
_INCLUDED_BEFORE = re.compile(
    r"\b"
    + any_of(
        r"utilities utils?\.? meals? breakfast dinner tax(?:es)? VAT tips? delivery shipping postage parking heat",
        "water electric(?:ity)? wi-?fi internet fees? batteries all everything not",
    )
    + r"\s\Z",
    re.I,
)


def _read_included(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "incl." that ends a clause, "utilities incl."; not that of "£20 incl. VAT"."""
    if _CAPITAL_AFTER.match(match.string, match.end()) and not before(match, _INCLUDED_BEFORE):
        return None
    return RuleResult(words("included" if match.group()[0] == "i" else "excluded"), full_stop_kept(match))


# Medicine: "resp. rate", "54 y/o", "q6h"

_BREATHING_AFTER = re.compile(r"\s(?:rates?|failure|distress|effort|system|tract|infections?|therap\w+)\b")
_DESCRIBES_SOMEBODY = re.compile(
    r"(?:\b(?:an?|the|this|that|his|her|my|our|their|your)\s(?:[a-z]+\s)?|\bis an?\s)\d{1,3}[ -]?\Z", re.I
)


def _read_respectively(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "resp." of "are 3 and 4, resp."; a "resp. rate" is of breathing."""
    if breathing := _BREATHING_AFTER.match(match.string, match.end()):
        return RuleResult(words("respiratory"), breathing.start())
    return RuleResult(words("respectively"), full_stop_kept(match))


def _read_age(match: re.Match[str], context: Context) -> RuleResult:
    """Read "a 54 y/o M", "she is 54 y/o"."""
    spoken = "year old" if before(match, _DESCRIBES_SOMEBODY) else "years old"
    pieces = words(spoken, match.start(), match.end("age"))
    if match["sex"]:
        pieces += words("male" if match["sex"] == "M" else "female", *match.span("sex"))
    return RuleResult(pieces, match.end())


def _read_interval(match: re.Match[str], context: Context) -> RuleResult:
    """Read "q6h" on a prescription as "every six hours"."""
    hours = number_words.decimal(match["hours"], context.british)
    if match["most"]:
        spoken = f"every {hours} to {number_words.decimal(match['most'], context.british)} hours"
    else:
        spoken = "every hour" if match["hours"] == "1" else f"every {hours} hours"
    return RuleResult(words(spoken), match.end())


# Law: "410 F.3d 55", "9th Cir."


def _read_reporter(match: re.Match[str], context: Context) -> RuleResult:
    """Read the Federal Reporter with its series, "410 F.3d 55"."""
    start, series = match.start(), match.start("series")
    ordinal = number_words.ordinal(match["series"][0], False)
    return RuleResult([*letters("F", start, series), *words(ordinal, series, match.end())], match.end())


def _read_circuit(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "Cir." of "9th Cir."."""
    return RuleResult(words("Circuit"), full_stop_kept(match, names=True))


# After an ordinal: "21st c.", "3rd Fl."; and centuries, "C19th"

_AFTER_ORDINAL = after_any(r"\dst \dnd \drd \dth")
_BY_THE_CUP_AFTER = re.compile(rf"\s(?:of\s)?(?:[a-z]{{3,9}}\s)?{any_of(*word_list('by_the_cup'))}\b")


def _read_after_ordinal(match: re.Match[str], context: Context) -> RuleResult:
    """Read "21st c.", "3rd Fl."; "a 2nd c. of tea"."""
    if match.group()[0] == "c" and _BY_THE_CUP_AFTER.match(match.string, match.end()):
        return RuleResult(words("cup"), match.end())
    return RuleResult(words("century" if match.group()[0] in "cC" else "floor"), full_stop_kept(match, names=True))


def _read_century(match: re.Match[str], context: Context) -> RuleResult:
    """Read "C19th"."""
    return RuleResult(words(f"{number_words.ordinal(match['number'], context.british)} century"), match.end())


# Honours and books: "Rt Hon", "rev. & enl."


def _read_right_honourable(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Rt Hon"."""
    return RuleResult(words(f"Right {'Honourable' if context.british else 'Honorable'}"), match.end())


def _revised(match: re.Match[str]) -> str:
    """Read the "rev. & enl." of a book."""
    return "revised and enlarged" if "enl" in match.group() else "revised"


def _mount(match: re.Match[str]) -> str:
    """Read "mt View" as "mountain View" and "mt Etna" as "mount Etna"."""
    return "mountain" if match.string.startswith("View", match.end() + 1) else "mount"


_IRISH_COUNTIES = any_of(
    "Galway Cork Dublin Kerry Mayo Clare Donegal Down Antrim Armagh Tyrone Durham Fermanagh Wicklow Kildare Louth",
    "Meath Sligo Limerick Tipperary Waterford Wexford Kilkenny Carlow Cavan Laois Leitrim Longford Monaghan Offaly",
    "Roscommon Westmeath Londonderry Derry",
)
_COOKING_AFTER = (
    r"(?=-(?:low|high|sized?|rare|well)\b|\s(?:heat|flame|onions?|eggs?|potato(?:es)?|carrots?|bowl|pot|pan)\b)"
)
_UNIT_OF_ARMY_AFTER = r"(?=\s(?:Div|Regt|Reg|Bn|Brig|Bde)\b)"
_STATE_CODE_AFTER = r"(?=\s(?:Civ|Penal|Code|App|Rptr|Const|Lab|Veh|Fam|Prob|Evid)\b)"

RULES = (
    Rule(
        "abbreviation",
        re.compile(after_any("[Nn]et [Gg]ross [Oo]perating [Tt]axable [Oo]ther [Ii]nterest") + r"inc\."),
        _reads("income"),
    ),
    Rule(
        "abbreviation",
        re.compile(rf"rev\.(?=\s(?:{_AMOUNT_AFTER}|{_MOVE_AFTER})|{_OTHER_RESULT_AFTER})"),
        _REVENUE,
    ),
    word_rule("abbreviation", after_any(r"ed\., edn\., edition,") + r"rev\.(?: & enl\.)?", _revised),
    word_rule("abbreviation", r"[Rr]ev\.(?=,?\s(?:edn?\b|edition\b))", _revised),
    word_rule("abbreviation", rf"Sr\.?(?=\s(?:V\.?P\b|{any_of(*word_list('posts'))}\b))", lambda _: "Senior"),
    word_rule("abbreviation", r"(?<=, )[Ss]c\.(?=\s(?:\d|[IVXivx]+\b))", lambda _: "scene"),
    word_rule("abbreviation", r"[Ll]at\.?(?=:?\s[-−]?\d{1,3}°)|[Ll]at\.(?=\s[-−]?\d{1,2}\.\d)", lambda _: "latitude"),
    word_rule(
        "abbreviation", r"[Ll]ong?\.?(?=:?\s[-−]?\d{1,3}°)|[Ll]ong\.(?=\s[-−]?\d{1,3}\.\d)", lambda _: "longitude"
    ),
    word_rule("abbreviation", r"(?<=\d{3}[-. ]\d{4} )[xX]\.?(?= ?\d{1,5}(?!\w))", lambda _: "extension"),
    word_rule("abbreviation", r"No\.(?=\sof\s[a-z])", lambda _: "Number"),
    word_rule("abbreviation", r"Co\.(?=\s(?:[B-HJ-M]|A(?=[,;.)]|\s*$))(?![\w'.&]))", lambda _: "Company"),
    word_rule("abbreviation", r"Mk\.?(?=\s?(?:\d{1,2}|[IVX]{1,4})(?![\w:]))", lambda _: "Mark"),
    word_rule("abbreviation", r"Co\. Rd\.?(?=\s[A-Z\d])", lambda _: "County Road"),
    word_rule(
        "abbreviation", r"[Rr]efs?\.(?=\s\[\d)", lambda match: f"{match.group()[0]}eference{match.group()[3:-1]}"
    ),
    word_rule("abbreviation", r"(?<=\bInf\. )Div\.?(?!\w)", lambda _: "Division"),
    word_rule("abbreviation", rf"Co\.?(?=\s{_IRISH_COUNTIES}\b)|Co\.(?=\s(?:Hwy|Road|Highway)\b)", lambda _: "County"),
    word_rule("abbreviation", r"(?<=\broom )temp\.?(?!\w)", lambda _: "temperature"),
    word_rule("abbreviation", rf"[Mm]ed\.{_COOKING_AFTER}", lambda match: f"{match.group()[0]}edium"),
    word_rule("abbreviation", r"[Ss]at\.(?=\sfats?\b)", lambda match: f"{match.group()[0]}aturated"),
    word_rule(
        "abbreviation", after_any(r"\bor \bat \bcall \bdial \bon") + r"x(?=\d{3,5}(?!\w))", lambda _: "extension"
    ),
    word_rule("abbreviation", r"Conf\.(?=\s(?:#|[Nn]o\b))", lambda _: "Confirmation"),
    word_rule("abbreviation", r"c\.?(?=\s?[£$€]\d)", lambda _: "circa"),
    word_rule("abbreviation", r"[Pp]lat\.(?=\s\d)", lambda match: f"{match.group()[0]}latform"),
    word_rule("abbreviation", r"Tel(?=:|\s?\(?\+?\(?\d)", lambda _: "Telephone"),
    word_rule("abbreviation", r"FW(?=:\s)", lambda _: "Forward"),
    word_rule(
        "abbreviation",
        r"[Ff]igs?\.(?=\s[A-Z]\d)",
        lambda match: match.group()[0] + ("igures" if "s" in match.group() else "igure"),
    ),
    word_rule("abbreviation", r"Suppl?\.\sMat(?:erials?|\.)", lambda _: "Supplementary Material"),
    word_rule("abbreviation", r"Bd\.(?=\sof\s)", lambda _: "Board"),
    word_rule("abbreviation", r"Cal\.(?=\s?(?:App\.?\s?)?[2-5](?:d|th)\b)", lambda _: "California"),
    word_rule("abbreviation", r"[Vv]it\.(?=\s[A-EK]\d{0,2}(?!\w))", lambda match: f"{match.group()[0]}itamin"),
    word_rule("abbreviation", r"(?:(?<=\b[A-Z] )|(?<=\d(?:st|nd|rd|th) ))Sts\.?(?!\w)", lambda _: "Streets"),
    word_rule("abbreviation", rf"Inf\.{_UNIT_OF_ARMY_AFTER}|{_AFTER_ORDINAL}Inf\.", lambda _: "Infantry"),
    word_rule("abbreviation", r"[Ee]d\.(?=\sby\s)", lambda match: "edited" if match.group()[0] == "e" else "Edited"),
    word_rule("abbreviation", r"[Tt]rans\.(?=\sby\s)", lambda match: f"{match.group()[0]}ranslated"),
    word_rule("abbreviation", r"(?:(?<=[,(] )|(?<=\())trans\.(?=\s[A-Z])", lambda _: "translated by"),
    word_rule(
        "abbreviation", r"[Rr]ef\.(?=\s[Nn]o\.|:)|[Rr]ef(?=:\s?[A-Z\d])", lambda match: f"{match.group()[0]}eference"
    ),
    word_rule("abbreviation", r"(?<=\()[Rr]et\.(?=\))|(?<=, )[Rr]et\.(?=,)", lambda _: "retired"),
    word_rule("abbreviation", r"(?<=\d )reb\.(?=,)", lambda _: "rebounds"),
    word_rule("abbreviation", r"(?<=\d )ast\.(?=[,;])", lambda _: "assists"),
    word_rule(
        "abbreviation",
        rf"Cal\.{_STATE_CODE_AFTER}|(?<=[NSEC]\.D\. )Cal\.(?=\s(?:\d"
        rf"|[JFMASOND][a-z]{{2,8}}\.?\s\d))",
        lambda _: "California",
    ),
    Rule("abbreviation", re.compile(r"resp\."), _read_respectively),
    Rule("abbreviation", re.compile(r"rev\."), _read_revenue_after_money),
    Rule("abbreviation", re.compile(r"est\."), _read_estimate),
    Rule("abbreviation", re.compile(r"(?<=[\w)\]] )def\.(?=\s(?:[A-Z]|[\[(]\d|No\.|#))"), _read_defeated),
    Rule("abbreviation", re.compile(r"(?:incl|excl)\.(?=[,;)]|\s*$|\s[A-Z])"), _read_included),
    Rule("abbreviation", re.compile(_NO_OF_A_THING), _read_number),
    Rule(
        "abbreviation",
        re.compile(r"[Nn]o\.(?=\s?#?(?:[A-Z]{1,6}[-/]?\d|[A-Z\d]{1,8}[-/][A-Z\d]))"),
        _read_number_after_thing,
    ),
    Rule(
        "abbreviation",
        re.compile(r"(?:(?<=\d )|(?<=\d)|(?<=\d-))(?P<age>y/?o|y\.o\.)(?!\w)(?:\s(?P<sex>[MF])(?!\w))?"),
        _read_age,
    ),
    Rule(
        "abbreviation",
        re.compile(r"[qQ]\.? ?(?P<hours>\d{1,2})(?:-(?P<most>\d{1,2}))?[hH](?:\.|rs?\b)?(?!\w)"),
        _read_interval,
    ),
    Rule("abbreviation", re.compile(r"F\. ?(?P<series>2d|3d|4th)(?!\w)"), _read_reporter),
    Rule("abbreviation", re.compile(after_any(r"\dd \dst \dnd \drd \dth") + r"Cir\."), _read_circuit),
    Rule(
        "abbreviation",
        re.compile(_AFTER_ORDINAL + r"(?:c\.|C(?=\s[a-z]|\s(?:BCE?|CE|AD)\b|[.,;]|$)|fl\.|Fl\.?(?!\w))"),
        _read_after_ordinal,
    ),
    word_rule("abbreviation", r"mt\.?(?=\s[A-Z][a-z])", _mount),
    Rule("title", re.compile(r"Rt\.? Hon\.?(?=\s[A-Z])"), _read_right_honourable),
    word_rule("abbreviation", r"(?:(?<=see )|(?<=See )|(?<=on )|(?<=\())p(?=\d{1,4}(?!\w))", lambda _: "page"),
    Rule("abbreviation", re.compile(r"(?<=[\w.)] )v(?=\s[A-Z][a-z])"), _read_versus),
    word_rule("abbreviation", r"c(?=1[0-9]\d\d(?!\w)|20\d\d(?!\w))", lambda _: "circa"),
    Rule("abbreviation", re.compile(r"C(?P<number>[1-9]|1\d|2[01])(?:st|nd|rd|th)(?!\w)"), _read_century),
    word_rule("abbreviation", r"Sec(?=\s\d)", lambda _: "Section"),
)
