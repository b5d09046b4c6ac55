"""Abbreviations: titles, companies, Latin, months. A sentence that ends with an abbreviation keeps its full stop."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, like, word_list
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.abbreviation_tables import (
    BEFORE_NUMBER,
    CAPITAL_ONLY,
    NOT_AT_END,
    NUMBERED,
    SLASHED,
    TITLES,
    TITLES_ALONE,
    TITLES_WITHOUT_STOP,
    WITHOUT_STOP,
    WORDS,
)
from kokoro_demo.text.rules.sentences import ends_sentence, full_stop_kept
from kokoro_demo.text.scanner import Context, Rule, RuleResult, letters, word_rule, words

_GO_ON = frozenset("vs v cf viz approx".split())  # a sentence never ends with these
_NAME = re.compile(r"\s*[A-Z(“]")
_MORE = re.compile(r"\s\d|[,;:)]")
_DIGIT = re.compile(r"\s?\(?\d")
_DIGIT_OR_NUMERAL = re.compile(r"\s?\(?#?(?:\d|[IVXLC]+\b|[ivxlc]+\b)")
_SECTION_NUMBER = re.compile(r"\s?\(?(?:\d|[IVX]{2,6}\b|[IVX](?=[-.][A-Z\d]))")
_PER_ONE = re.compile(r"\b(?:per|an?|one|each)\s\Z", re.I)
_SINGULAR = {"oz": "ounce", "lb": "pound", "gal": "gallon"}
_YEAR = re.compile(r"\s?(?:\d{1,2},)?\d{3,4}\b")
_YEAR_OR_DAY = re.compile(
    r"\s?\d{3,4}\b|\s(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?,?\s\d"
)
_OF = re.compile(r"\sof\s(?:the\s)?[A-Z]")  # "Sec. of State"
_NAME_BEFORE = re.compile(r"[A-Z][\w'’]*\.?,?\s\Z")
_SHORT_RANKS = frozenset("rev gen col cpl maj cmdr cdr supt insp det adm brig".split())
_RANKS = frozenset("lt sgt cpl pvt cmdr cdr supt insp".split())  # "the Lt. said"
_RANKED = re.compile(r"\s(?!Up\b|Your\b)[A-Z][a-z]|\s(?:[A-Z]\.?\s){1,3}[A-Z][a-z]")
_NTH = re.compile(r"\d(?:st|nd|rd|th|d)\s\Z")


def _title(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Prof. Brown", "Mr Smith"; "Hon." is spelled out by the country's spelling."""
    word, small, end = match["word"], match["word"].lower(), match.end()
    if small not in TITLES or not (match["stop"] or small in TITLES_WITHOUT_STOP):
        return None
    if small in NUMBERED and (
        _DIGIT_OR_NUMERAL if small == "pt" else _SECTION_NUMBER if small == "sec" else _DIGIT
    ).match(match.string, end):  # "Sec. 2"
        return None
    if not match["stop"] and small in _SHORT_RANKS and not _RANKED.match(match.string, end):  # "Gen Z"
        return None
    if small == "sr" and (not match["stop"] or before(match, _NAME_BEFORE)):
        return None
    full = "Honourable" if small == "hon" and context.british else TITLES[small]
    named = (
        _OF.match(match.string, end)
        or _NAME.match(match.string, end)
        or (match["stop"] and _MORE.match(match.string, end))
    )
    if word[0].isupper() and named:
        return RuleResult(words(full), end, "title")
    if match["stop"] and (small in TITLES_ALONE or (word[0].isupper() and small in _RANKS)):
        return RuleResult(words(full, match.start(), end), full_stop_kept(match), "title")
    return None


def _numbered(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "No. 5", "pp. 3", "c. 1850", "fig. IV"; Britons write "No 10"."""
    word, small, end = match["word"], match["word"].lower(), match.end()
    if len(word) == 1 and word.isupper() and small in "bdrc":  # "Abbott, B. 2008" is an author
        return None
    if small not in NUMBERED or not (match["stop"] or small in ("nos", "pp") or (context.british and word == "No")):
        return None
    pattern = (
        _YEAR_OR_DAY
        if small in ("b", "d")
        else _YEAR
        if small in ("c", "r", "fl", "est")
        else _SECTION_NUMBER
        if small == "sec"
        else _DIGIT
        if len(small) < 3 and small not in ("pp", "pt", "sc")
        else _DIGIT_OR_NUMERAL
    )
    if not pattern.match(match.string, end):
        return None
    return RuleResult(words(like(word, NUMBERED[small]) if len(word) > 1 else NUMBERED[small]), end)


def _estimate(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "est." of "GDP est.", "(2020 est.)", "GDP est. 2020"; of a firm it is short for "established"."""
    end = match.end()
    if before(match, _ESTIMATED, 40):
        noun = _YEAR.match(match.string, end) is None and not _CLOSES.match(match.string, end)
        closes = match.string.startswith(")", end)
        return RuleResult(words("estimated" if noun else "estimate"), end if closes else full_stop_kept(match))
    if before(match, _DIGIT_BEFORE) and _CLOSES.match(match.string, end):
        return RuleResult(words("estimate"), end if match.string.startswith(")", end) else full_stop_kept(match))
    return None


_ESTIMATED = re.compile(
    r"\b(?:GDP|GNP|EPS|EBITDA|CPI|population|pop\.?|revenues?|rev\.?|costs?|sales|earnings|profits?|budget|output|growth|value"
    r"|consensus|analysts?|Q[1-4]|FY\s?\d{2,4}|an?|the|first|rough|initial|our|my|your)\s\Z",
    re.I,
)
_DIGIT_BEFORE = re.compile(r"\d\s\Z")
_CLOSES = re.compile(r"\s*(?:$|[),;:.!?]|(?:is|was|were|of|for|from|by)\b)")


def _possessive(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Jr.'s", "Acme Inc.'s"."""
    small = match["word"].lower()
    full = WORDS.get(small) or TITLES.get(small)
    return RuleResult(words(f"{like(match['word'], full)}'s"), match.end()) if full else None


def _income(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Net inc." as income; elsewhere "inc." is a company's."""
    return RuleResult(words("income"), full_stop_kept(match))


def _revenue(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "rev." of "Q3 rev. of $4B"."""
    return RuleResult(words("revenue"), full_stop_kept(match))


def _revised(match: re.Match[str]) -> str:
    """Read the "rev. & enl." of a book."""
    return "revised and enlarged" if "enl" in match.group() else "revised"


def _of_money(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "rev." of "total rev."; otherwise "the rev." is a clergyman."""
    return _revenue(match, context) if before(match, _OF_MONEY, 40) else None


_OF_MONEY = re.compile(
    r"(?:\b(?:total|net|gross|annual|quarterly|monthly|sales|ad|tax|subscription|operating|recurring|Q[1-4]|FY\s?\d{2,4}"
    r"|[$€£][\d.,]+\s?[KMBkmbn]{0,2}(?:\s[a-z]+)?(?:\sin)?|our|company|in)\s)\Z",
    re.I,
)


def _defeated(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Djokovic def. Nadal"."""
    if not before(match, _PLAYER):
        return None
    return RuleResult(words("defeated"), match.end())


def _included(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "incl." that ends a clause, "utilities incl."; not that of "£20 incl. VAT"."""
    if _MAY_GO_ON.match(match.string, match.end()) and not before(match, _INCLUDED):
        return None
    return RuleResult(words("included" if match.group()[0] == "i" else "excluded"), full_stop_kept(match))


def _respectively(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "resp." of "are 3 and 4, resp."; a "resp. rate" is of breathing."""
    if breathing := _BREATHING.match(match.string, match.end()):
        return RuleResult(words("respiratory"), breathing.start())
    return RuleResult(words("respectively"), full_stop_kept(match))


_BREATHING = re.compile(r"\s(?:rates?|failure|distress|effort|system|tract|infections?|therap\w+)\b")


def _number(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "no." of "acct. no. is"."""
    return RuleResult(words("number"), match.end())


def _numbered_thing(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "no." of "model no. X-200B"."""
    return _number(match, context) if before(match, _NUMBERED_THING) else None


_NUMBERED_THING = re.compile(
    r"\b"
    + any_of(
        r"account acct\.? order phone policy serial model ref\.? reference part invoice flight item lot case claim ID",
        r"licen[cs]e registration reg\.? room train bus stock tracking patent certificate docket ticket file product",
        r"batch job",
    )
    + r"\s\Z",
    re.I,
)


def _years_old(match: re.Match[str], context: Context) -> RuleResult:
    """Read "a 54 y/o M", "she is 54 y/o"."""
    spoken = "year old" if before(match, _ONE_OF_AGE) else "years old"
    pieces = words(spoken, match.start(), match.end("age"))
    if match["sex"]:
        pieces += words("male" if match["sex"] == "M" else "female", *match.span("sex"))
    return RuleResult(pieces, match.end())


_MAY_GO_ON = re.compile(r"\s[A-Z]")
_INCLUDED = re.compile(
    r"\b(?:utilities|utils?\.?|meals?|breakfast|dinner|tax(?:es)?|VAT|tips?|delivery|shipping|postage|parking|heat|water"
    r"|electric(?:ity)?|wi-?fi|internet|fees?|batteries|all|everything|not)\s\Z",
    re.I,
)
_PLAYER = re.compile(r"[A-Z][\w'’-]*\s(?:[\[(](?:\d{1,2}|WC|Q|LL|[A-Z]{3})[\])]\s)?\Z")
_ONE_OF_AGE = re.compile(
    r"(?:\b(?:an?|the|this|that|his|her|my|our|their|your)\s(?:[a-z]+\s)?|\bis an?\s)\d{1,3}[ -]?\Z", re.I
)


def _every(match: re.Match[str], context: Context) -> RuleResult:
    """Read "q6h" on a prescription as "every six hours"."""
    hours = number_words.decimal(match["hours"], context.british)
    if match["most"]:
        return RuleResult(
            words(f"every {hours} to {number_words.decimal(match['most'], context.british)} hours"), match.end()
        )
    return RuleResult(words(f"every {hours} hours" if match["hours"] != "1" else "every hour"), match.end())


def _word(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "etc.", "Inc.", "vs"."""
    word, small, end = match["word"], match["word"].lower(), match.end()
    if small not in WORDS or not (match["stop"] or word in WITHOUT_STOP):
        return None
    if word[0].isupper() == (small == "v") and (small == "v" or small in CAPITAL_ONLY):
        return None
    if word == "HR" or (word == "CT" and before(match, _DIGIT_BEFORE)):  # "a 2-run HR.", "8-5 CT."
        return None
    if not (word.isupper() or word[1:].islower() or len(word) < 2):  # "HRs"
        return None
    if small in BEFORE_NUMBER and not _DIGIT_OR_NUMERAL.match(match.string, end):
        return None
    ends = (
        match["stop"] != ""
        and small not in _GO_ON
        and ends_sentence(match.string, end, names=small not in ("etc", "al"))
    )
    if ends and small in NOT_AT_END and not (small == "ed" and before(match, _NTH)):
        return None
    full = _SINGULAR[small] if small in _SINGULAR and before(match, _PER_ONE) else WORDS[small]
    return RuleResult(words(like(word, full), match.start(), end), end - 1 if ends else end)


def _abbreviation(match: re.Match[str], context: Context) -> RuleResult | None:
    return _title(match, context) or _numbered(match, context) or _word(match, context)


def _slashed(match: re.Match[str], context: Context) -> RuleResult:
    """Read "w/ milk", "n/a"."""
    small = match.group().lower()
    return RuleResult(letters("NA") if small == "n/a" else words(SLASHED[small]), match.end())


def _reporter(match: re.Match[str], context: Context) -> RuleResult:
    """Read the Federal Reporter with its series, "410 F.3d 55"."""
    start, series = match.start(), match.start("series")
    ordinal = number_words.ordinal(match["series"][0], False)
    return RuleResult([*letters("F", start, series), *words(ordinal, series, match.end())], match.end())


def _circuit(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "Cir." of "9th Cir."."""
    return RuleResult(words("Circuit"), full_stop_kept(match, names=True))


def _nth(match: re.Match[str], context: Context) -> RuleResult:
    """Read "21st c.", "3rd Fl."; "a 2nd c. of tea"."""
    if match.group()[0] == "c" and _OF_A_CUP.match(match.string, match.end()):
        return RuleResult(words("cup"), match.end())
    return RuleResult(words("century" if match.group()[0] in "cC" else "floor"), full_stop_kept(match, names=True))


_OF_A_CUP = re.compile(rf"\s(?:of\s)?(?:[a-z]{{3,9}}\s)?{any_of(*word_list('by_the_cup'))}\b")


def _mountain(match: re.Match[str], context: Context) -> RuleResult:
    """Read "mt View" as "mountain View" and "mt Etna" as "mount Etna"."""
    return RuleResult(words("mountain" if match.string.startswith("View", match.end() + 1) else "mount"), match.end())


def _right_honourable(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Rt Hon"."""
    return RuleResult(words(f"Right {'Honourable' if context.british else 'Honorable'}"), match.end())


def _century(match: re.Match[str], context: Context) -> RuleResult:
    """Read "C19th"."""
    return RuleResult(words(f"{number_words.ordinal(match['number'], context.british)} century"), match.end())


def _page(match: re.Match[str], context: Context) -> RuleResult:
    """Read the p of "see p34"."""
    return RuleResult(words("page"), match.end())


def _against(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Arsenal v Spurs", "R v Smith"."""
    return RuleResult(words("versus"), match.end()) if before(match, _NAMED_BEFORE) else None


def _circa(match: re.Match[str], context: Context) -> RuleResult:
    """Read the c of "c1850"."""
    return RuleResult(words("circa"), match.end())


def _section(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Sec 21"."""
    return RuleResult(words("Section"), match.end())


_IRISH = any_of(
    "Galway Cork Dublin Kerry Mayo Clare Donegal Down Antrim Armagh Tyrone Durham Fermanagh Wicklow Kildare Louth",
    "Meath Sligo Limerick Tipperary Waterford Wexford Kilkenny Carlow Cavan Laois Leitrim Longford Monaghan Offaly",
    "Roscommon Westmeath Londonderry Derry",
)
_NAMED_BEFORE = re.compile(r"\b[A-Z][\w'’.]*\s\Z")

RULES = (
    Rule("abbreviation", re.compile(r"(?P<word>[A-Za-z]{2,6})\.['’]s(?!\w)"), _possessive),
    Rule(
        "abbreviation",
        re.compile(
            r"(?:(?<=[Nn]et )|(?<=[Gg]ross )|(?<=[Oo]perating )|(?<=[Tt]axable )|(?<=[Oo]ther )|(?<=[Ii]nterest ))inc\."
        ),
        _income,
    ),
    Rule(
        "abbreviation",
        re.compile(
            r"rev\.(?=\s(?:(?:of|was|is|were|at|hit|reached|from)\s(?:about\s|over\s|nearly\s)?[$€£\d]"
            r"|(?:(?:was|is|were|are)\s)?(?:up|down|flat|grew|growth|rose|fell|missed|beat|increased|decreased)\b|\(?[$€£]|per\b)"
            r"|[,;]?\s[^.\n]{0,20}\b(?:EBITDA|EPS|profits?|margins?|sales|costs?|earnings)\b)"
        ),
        _revenue,
    ),
    word_rule("abbreviation", r"(?:(?<=ed\., )|(?<=edn\., )|(?<=edition, ))rev\.(?: & enl\.)?", _revised),
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
    word_rule("abbreviation", rf"Co\.?(?=\s{_IRISH}\b)|Co\.(?=\s(?:Hwy|Road|Highway)\b)", lambda _: "County"),
    word_rule("abbreviation", r"(?<=\broom )temp\.?(?!\w)", lambda _: "temperature"),
    word_rule(
        "abbreviation",
        r"[Mm]ed\.(?=-(?:low|high|sized?|rare|well)\b|\s(?:heat|flame|onions?|eggs?|potato(?:es)?|carrots?|bowl|pot|pan)\b)",
        lambda match: f"{match.group()[0]}edium",
    ),
    word_rule("abbreviation", r"[Ss]at\.(?=\sfats?\b)", lambda match: f"{match.group()[0]}aturated"),
    word_rule(
        "abbreviation",
        r"(?:(?<=\bor )|(?<=\bat )|(?<=\bcall )|(?<=\bdial )|(?<=\bon ))x(?=\d{3,5}(?!\w))",
        lambda _: "extension",
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
    word_rule(
        "abbreviation",
        r"Inf\.(?=\s(?:Div|Regt|Reg|Bn|Brig|Bde)\b)|(?:(?<=\dth )|(?<=\dst )|(?<=\dnd )|(?<=\drd ))Inf\.",
        lambda _: "Infantry",
    ),
    word_rule("abbreviation", r"[Ee]d\.(?=\sby\s)", lambda match: "edited" if match.group()[0] == "e" else "Edited"),
    word_rule("abbreviation", r"[Tt]rans\.(?=\sby\s)", lambda match: f"{match.group()[0]}ranslated"),
    word_rule("abbreviation", r"(?<=[,(] )trans\.(?=\s[A-Z])|(?<=\()trans\.(?=\s[A-Z])", lambda _: "translated by"),
    word_rule(
        "abbreviation", r"[Rr]ef\.(?=\s[Nn]o\.|:)|[Rr]ef(?=:\s?[A-Z\d])", lambda match: f"{match.group()[0]}eference"
    ),
    word_rule("abbreviation", r"(?<=\()[Rr]et\.(?=\))|(?<=, )[Rr]et\.(?=,)", lambda _: "retired"),
    word_rule("abbreviation", r"(?<=\d )reb\.(?=,)", lambda _: "rebounds"),
    word_rule("abbreviation", r"(?<=\d )ast\.(?=[,;])", lambda _: "assists"),
    word_rule(
        "abbreviation",
        r"Cal\.(?=\s(?:Civ|Penal|Code|App|Rptr|Const|Lab|Veh|Fam|Prob|Evid)\b)|(?:(?<=[NSEC]\.D\. ))Cal\.(?=\s\d)",
        lambda _: "California",
    ),
    Rule("abbreviation", re.compile(r"resp\."), _respectively),
    Rule("abbreviation", re.compile(r"rev\."), _of_money),
    Rule("abbreviation", re.compile(r"est\."), _estimate),
    Rule("abbreviation", re.compile(r"(?<=[\w)\]] )def\.(?=\s(?:[A-Z]|[\[(]\d|No\.|#))"), _defeated),
    Rule("abbreviation", re.compile(r"(?:incl|excl)\.(?=[,;)]|\s*$|\s[A-Z])"), _included),
    Rule(
        "abbreviation",
        re.compile(
            r"(?:(?<=account )|(?<=acct\. )|(?<=order )|(?<=phone )|(?<=policy )|(?<=serial )|(?<=model )|(?<=ref\. )"
            r"|(?<=part )|(?<=invoice )|(?<=tel\. ))no\.(?=\s?[:=]|\s(?:is|was|and|or|on|of)\b)"
            r"|(?<=[A-Za-z] )no\.(?=\s(?:is|was)\s|:\s?[A-Z\d])|(?<=[Rr]eg )no(?=:)"
        ),
        _number,
    ),
    Rule("abbreviation", re.compile(r"[Nn]o\.(?=\s?#?(?:[A-Z]{1,6}[-/]?\d|[A-Z\d]{1,8}[-/][A-Z\d]))"), _numbered_thing),
    Rule(
        "abbreviation",
        re.compile(r"(?:(?<=\d )|(?<=\d)|(?<=\d-))(?P<age>y/?o|y\.o\.)(?!\w)(?:\s(?P<sex>[MF])(?!\w))?"),
        _years_old,
    ),
    Rule(
        "abbreviation", re.compile(r"[qQ]\.? ?(?P<hours>\d{1,2})(?:-(?P<most>\d{1,2}))?[hH](?:\.|rs?\b)?(?!\w)"), _every
    ),
    Rule("abbreviation", re.compile(r"w/o(?:ut)?\b|w/(?=\s|\w{2})|(?:[cC]/o|b/c|b/w|w/e)\b|n/a\b|N/A\b"), _slashed),
    Rule("abbreviation", re.compile(r"F\. ?(?P<series>2d|3d|4th)(?!\w)"), _reporter),
    Rule("abbreviation", re.compile(r"(?:(?<=\dd )|(?<=\dst )|(?<=\dnd )|(?<=\drd )|(?<=\dth ))Cir\."), _circuit),
    Rule(
        "abbreviation",
        re.compile(r"(?:(?<=\dst )|(?<=\dnd )|(?<=\drd )|(?<=\dth ))(?:c\.|C(?=\s[a-z]|[.,;]|$)|fl\.|Fl\.?(?!\w))"),
        _nth,
    ),
    Rule("abbreviation", re.compile(r"mt\.?(?=\s[A-Z][a-z])"), _mountain),
    Rule("title", re.compile(r"Rt\.? Hon\.?(?=\s[A-Z])"), _right_honourable),
    Rule("abbreviation", re.compile(r"(?:(?<=see )|(?<=See )|(?<=on )|(?<=\())p(?=\d{1,4}(?!\w))"), _page),
    Rule("abbreviation", re.compile(r"(?<=[\w.)] )v(?=\s[A-Z][a-z])"), _against),
    Rule("abbreviation", re.compile(r"c(?=1[0-9]\d\d(?!\w)|20\d\d(?!\w))"), _circa),
    Rule("abbreviation", re.compile(r"C(?P<number>[1-9]|1\d|2[01])(?:st|nd|rd|th)(?!\w)"), _century),
    Rule("abbreviation", re.compile(r"Sec(?=\s\d)"), _section),
    Rule("abbreviation", re.compile(r"(?P<word>[A-Za-z]{1,6})(?P<stop>\.?)(?![A-Za-z_'@]|(?<!\.)\d)"), _abbreviation),
)
