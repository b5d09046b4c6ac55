"""Roman numerals, if the words around them show that they are numbers: "Chapter IV", "Henry VIII"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.sentences import STARTERS
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CANONICAL = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_COUNTED = re.compile(
    r"\b"
    + any_of(
        r"chapters? chaps?\.? ch\.? parts? books? volumes? vols?\.? acts? scenes? sections? articles? phases? types?",
        r"levels? stages? class grade title appendix figures? fig\.? tables? episodes? seasons? war bowl unit lesson",
        r"canto psalm verse series mark schedule tier category factor division group pages? pp?\.? step round",
        r"game day version model counts? arts?\.? mvts?\.? movements? olympiad corps legion symphony sonata sc\.?",
        r"mk\.? folio iphone auto fighter and to through",
    )
    + r"\s\Z",
    re.I,
)
_KING = re.compile(
    r"\b"
    + any_of(
        "Henry Elizabeth Louis George Edward Richard James Charles William John_Paul Paul Pius Benedict",
        "Francis Philip Napoleon Alexander Nicholas Peter Catherine Frederick Leo Gregory Innocent Clement",
        "Urban Boniface Sixtus Julius Henri Ramesses Ramses Ptolemy Haakon Harald Olaf Gustav Carl Otto",
        "Leopold Wilhelm Ferdinand Victor Emmanuel Umberto Juan_Carlos Felipe Alfonso Pedro Ivan Darius",
        "Xerxes Cleopatra Mehmed Murad Selim Thutmose Amenhotep Seti Christian Margrethe Baldwin Robert David",
        "Alexios Constantine Theodosius Justinian Basil Mary Anne Stephen Sigismund Maximilian Joseph Rudolf",
        "Albert Mohammed Hassan Abdullah Hussein Rama Celestine Adrian Eugene Martin Callixtus Honorius",
        "Isabel Isabella Afonso Manuel Sancho Stanislaus Wenceslaus Amadeus Roger Clovis Dagobert Pepin Edgar Magnus",
        "Eric Erik Valdemar Oscar Faisal Farouk Zog Philippe Henrique Fernando Luis Carlos Ludwig Friedrich Franz",
        "Lucius Anastasius Theodore Casimir Ladislaus Augustus Edmund Harold Matilda",
    )
    + r"\s\Z",
    re.I,
)
# Endings of the names of rulers and popes who are not in the list.
_RULED = re.compile(
    r"\b(?-i:[A-Z])[a-z]{2,12}(?:ian|ius|eus|aus|esses|eses|bert|erick|rich|wald|mund|bella|isabel|gerd)\s\Z", re.I
)
_CROWNED = re.compile(
    r"\b"
    + any_of("King Queen Pope Emperor Empress Tsar Czar Kaiser Sultan Prince Shah Pharaoh Archduke Duke")
    + r"\s[A-Z]\w+(?:\s[A-Z]\w+)?\s\Z"
)
_TO = re.compile(r"[-–](?P<numeral>[IVXLC]{1,12}|[ivxlc]{1,8})(?!\w)")
_PAGED = re.compile(r"\b(?:pages?|pp?\.?|vols?\.?|chs?\.?|chaps?\.?)\s\Z", re.I)  # "pages i-xii"
_CONJUNCTION = re.compile(r"\b(?:and|to|through)\s\Z", re.I)
_NUMERAL_AND = re.compile(r"\b[IVXLC]+\s(?:and|to|through)\s\Z")
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+\s(?:[A-Z]\.\s)?[A-Z][a-z]+,?\s\Z")
# After these, "I" is the number of a heading: "Chapter I Plans", "CHAPTER X. Home". Elsewhere it may be the pronoun.
_HEADING = re.compile(r"(?:\b(?-i:Chapter|Part|Book|Act|Scene|Volume|Canto|[A-Z]{3,7})|\b(?i:world war))\s\Z", re.I)
_PRONOUN = re.compile(
    r"\s(?:am|have|had|will|would|think|know|guess|said|saw|was|can|could|did|do|found|read|play|wrote)\b"
)
_INITIAL = re.compile(r"\.\s(?P<next>[A-Z][a-z]+)")
_NUMERAL_STOP = re.compile(r"\.(?=,|;|\s(?:[a-z]|[A-Z]{2}))")
_CAPITALISED = re.compile(r"\b[A-Z][\w']*\.?[\s-]\Z")
_AFTER_A_NAME = any_of("of was had became died reigned ruled and in who is the to at by on with from")
_DETERMINED = re.compile(r"\b(?:An|The|His|Her|My|Your|This|No|Via|By)\s\Z")
_INTO_A_VEIN = re.compile(
    r"\s(?:lines?|fluids?|drips?|bags?|antibiotics?|abx|infusions?|access|saline|push|catheters?|meds|medications?|drugs?|poles?)\b"
)
# After a class or a stage, "I" is its number before these nouns: "a Type I error", "Class I railroads".
_CLASSED = re.compile(
    r"\s(?:errors?|railroads?|railways?|(?:clinical\s)?trials?|cancers?|tumou?rs?|capital|stud(?:y|ies)|drugs?|diabetes|recalls?|areas?|devices?"
    r"|felon(?:y|ies)|misdemeanou?rs?|evidence|recommendations?|listed|buildings?|collagen|supernova\w*|interferons?|hypersensitivity"
    r"|civili[sz]ations?|diseases?|fib(?:er|re)s?|environmental|site|assessments?|reactions?|licen[cs]es?|survey|hazards?|obesity"
    r"|narcotics?|substances?|schools?|teachers?|offenses?|offences?|injur(?:y|ies)|patients?|hypertension|restorations?)\b"
)
_STANDS_OUT = re.compile(rf"\s*(?:$|[^\w\s]|{_AFTER_A_NAME}\b)")
_CLOSED = re.compile(r"\)|,\s[a-z]")  # "(obese class I)"
_POSSESSIVE = re.compile(r"'s(?!\w)")
_NTH = re.compile(r"(?:th|st|nd|rd|d)(?!\w)")
_THE = re.compile(r"\b[Tt]he\s\Z")
_GATHERING = re.compile(
    r"\s(?:(?:Summer|Winter|International|World|Army|Air|Marine)\s)?"
    r"(?:Olympiad|Olympics?|Games|Corps|Legion|Congress|Conference|Amendment|Assembly|Session|Symposium|Biennale)\b"
)
_CENTURY = re.compile(r"(?:th)?(?=\s(?:century|centuries|Century|dynasty|Dynasty)\b)")


def value(numeral: str) -> int:
    """Return the value of a Roman numeral; 0 if it is not one."""
    if not numeral or not _CANONICAL.fullmatch(numeral):
        return 0
    total, last = 0, 0
    for letter in reversed(numeral):
        worth = _VALUES[letter]
        total += worth if worth >= last else -worth
        last = max(last, worth)
    return total


def _roman(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Chapter IV", "Henry VIII", "the XVIIth century", "Part i"; None if it is not a number here."""
    numeral = match["numeral"]
    number = value(numeral.upper())
    if not number:
        return None
    text, end = match.string, match.end()
    cardinal, ordinal = (say(str(number), context.british) for say in (number_words.cardinal, number_words.ordinal))

    def preceded(pattern: re.Pattern[str]) -> bool:
        return before(match, pattern, 48)

    small = numeral.islower()
    if preceded(_THE) and _GATHERING.match(text, end):
        return RuleResult(words(ordinal), end)
    if len(numeral) > 4 and not small and 1500 <= number < 2100:  # the year of a film or a building
        return RuleResult(words(number_words.year(str(number), context.british)), end)
    if century := _CENTURY.match(text, end):
        return RuleResult(words(ordinal), century.end())
    if not small and len(numeral) > 1 and (nth := _NTH.match(text, end)):  # "the XVIIth"
        return RuleResult(words(ordinal), nth.end())
    if numeral == "IV" and (preceded(_DETERMINED) or _INTO_A_VEIN.match(text, end)):  # "An IV line"
        return None
    joined = preceded(_CONJUNCTION)
    if joined and numeral.strip("IVX") and not preceded(_NUMERAL_AND):  # "Washington and DC"
        return None
    if preceded(_COUNTED):
        return _counted(match, number, joined, context)
    if small or (len(numeral) == 1 and numeral not in "IVX"):
        return None
    if preceded(_CAPITALISED) and (preceded(_KING) or preceded(_CROWNED) or (len(numeral) > 1 and preceded(_RULED))):
        return _ruler(match, ordinal)
    if numeral == text.strip(" .") and numeral != "I" and not (numeral.strip("IVX") and len(numeral) < 4):
        return RuleResult(words(cardinal), end)
    if len(numeral) == 1 or number > 39 or numeral == "XXX" or numeral.strip("IVX"):
        return None
    if number <= 5 and preceded(_FULL_NAME) and numeral != "V":
        return RuleResult(words(f"the {ordinal}"), _past_stop(text, end))
    if numeral == "IV" and not preceded(_CAPITALISED):
        return None
    return RuleResult(words(cardinal), end)


def _counted(match: re.Match[str], number: int, joined: bool, context: Context) -> RuleResult | None:
    """Read the numeral of a chapter, a volume, a war and the like, or the range that it begins: "Chapters IV–VI".

    joined: whether "and", "to" or "through" comes before it.
    """
    text, end, numeral = match.string, match.end(), match["numeral"]
    small = numeral.islower()
    if joined and (len(numeral) < 2 or small):
        return None
    if numeral.upper() in ("C", "D", "L", "M") or (numeral == "X" and before(match, _CAR)):
        return None
    if small and len(numeral) < 2 and not (_TO.match(text, end) and before(match, _PAGED, 48)):
        return None
    if numeral == "I":
        heading = before(match, _HEADING, 48) and not _PRONOUN.match(text, end)
        known = heading or _STANDS_OUT.match(text, end) or _CLASSED.match(text, end)
        if joined or not (before(match, _CAPITALISED, 48) or _CLOSED.match(text, end)) or not known:
            return None
    cardinal = number_words.cardinal(str(number), context.british)
    if (last := _TO.match(text, end)) and (upper := value(last["numeral"].upper())) > number:
        high = number_words.cardinal(str(upper), context.british)
        return RuleResult(words(f"{cardinal} to {high}", match.start(), last.end()), last.end())
    return RuleResult(words(cardinal), end)


_CAR = re.compile(r"\bModel\s\Z")  # "a Model X"


def _ruler(match: re.Match[str], ordinal: str) -> RuleResult | None:
    """Read the numeral of a king, queen or pope; not the pronoun "I", and not the initial of "Charles V. Smith"."""
    text, end, numeral = match.string, match.end(), match["numeral"]
    if numeral == "I" and not (before(match, _CROWNED, 48) or _STANDS_OUT.match(text, end)):
        return None
    initial = len(numeral) == 1 and _INITIAL.match(text, end)
    if initial and initial["next"].lower() not in STARTERS and not before(match, _CROWNED, 48):
        return None
    if possessive := _POSSESSIVE.match(text, end):
        return RuleResult(words(f"the {ordinal}'s", match.start(), possessive.end()), possessive.end())
    return RuleResult(words(f"the {ordinal}"), _past_stop(text, end))


def _past_stop(text: str, end: int) -> int:
    """Where the numeral ends: after the full stop of "Louis XVI. was", an old spelling."""
    stop = _NUMERAL_STOP.match(text, end)
    return stop.end() if stop else end


def _world_war(match: re.Match[str], context: Context) -> RuleResult:
    """Read "WWII", "WW2"."""
    number = match["number"] if match["number"].isdecimal() else str(len(match["number"]))
    return RuleResult(words(f"World War {number_words.cardinal(number, context.british)}"), match.end())


def _opens_section(match: re.Match[str]) -> bool:
    """Whether the numeral numbers the heading of a section, because its neighbours do too."""
    text, start, end = match.string, match.start(), match.end()
    if match["numeral"] not in _NEIGHBOURS or text[start - 1 : start] not in ("", "\n") or not _TITLED.match(text, end):
        return False
    last, following = _NEIGHBOURS[match["numeral"]]
    after = text.find(f"\n{following}. ", end, end + _NEAR)
    return after >= 0 or (last != "" and text.rfind(f"{last}. ", max(0, start - _NEAR), start) >= 0)


_NEIGHBOURS = {"I": ("", "II"), "V": ("IV", "VI"), "X": ("IX", "XI")}
_TITLED = re.compile(r"\.\s[A-Z]")
_NEAR = 4000


def _before_initials(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a numeral that could pass for an initial: "CHAPTER X. Home", "Charles V. Then", "V. Conclusion"."""
    if _opens_section(match):
        number = number_words.cardinal(str(value(match["numeral"])), context.british)
        return RuleResult(words(number), match.end())
    return _roman(match, context) if before(match, _HEADING, 48) or before(match, _KING, 48) else None


def _in_brackets(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "(ii)", "(iv)" as numbers, and "(i)", "(v)", "(x)" if another is near."""
    numeral = match["numeral"]
    if len(numeral) == 1 and not _ANOTHER.search(
        match.string, max(0, match.start() - _NEAR_ITEM), match.end() + _NEAR_ITEM
    ):
        return None
    number = value(numeral.upper())
    return RuleResult(words(number_words.cardinal(str(number), context.british)), match.end()) if number else None


def _small_numeral(match: re.Match[str], context: Context) -> RuleResult:
    """Read "ii", "viii" wherever they stand: they are no words."""
    return _roman(match, context) or RuleResult(
        words(number_words.cardinal(str(value(match["numeral"].upper())), context.british)), match.end()
    )


_ANOTHER = re.compile(r"\((?:ii|iii|iv|vi|vii|ix|xi)\)")
_NEAR_ITEM = 600

WITH_STOP = Rule("roman numeral", re.compile(r"(?P<numeral>[IVXLC])(?=\.(?:\s|$))"), _before_initials)
RULES = (
    Rule("roman numeral", re.compile(r"(?<=\()(?P<numeral>[ivx]{1,6})(?=\))"), _in_brackets),
    Rule("roman numeral", re.compile(r"(?P<numeral>ii|iii|vii|viii|xii|xiii)(?![\w'-]|\.\w)"), _small_numeral),
    Rule("roman numeral", re.compile(r"WW(?P<number>I{1,2}|[12])(?!\w)"), _world_war),
    Rule(
        "roman numeral",
        re.compile(r"(?P<numeral>[IVXLCDM]{1,12}|[ivxl]{1,8})(?!['’](?!s\b)\w|\.\w|(?!(?:th|st|nd|rd|d)\b)\w)"),
        _roman,
    ),
)
