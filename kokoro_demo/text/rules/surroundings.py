"""What the words around a number tell about it: whether it is part of a name, describes a noun, or is in a sum."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, word_list

ODDS = re.compile(r"\bodds\s(?:(?:of|at|are|were|is)\s)?\Z", re.I)
DESIGNATOR = any_of(*word_list("designators"))
_AFTER_DESIGNATOR = re.compile(
    rf"\b{DESIGNATOR}\s(?:#\s?|[“\"]\s?)?(?:\d{{1,5}}[A-Za-z]?(?:,?\s(?:and|or|to)\s|,\s|\s?[-–&/]\s?))*\Z", re.I
)
_CAPITALISED = re.compile(r"(?:[a-z,'’&)]|\d)\s(?:[A-Z][a-z]+|[A-Z]{2,})\s\Z")
_SHORT_IS = r"(?:there|here|that|it|he|she|what|who|where|how|let|everyone|everybody|nobody|everything)'s\b"
_DETERMINER = re.compile(
    rf"(?:^|[\s(“—-])(?!{_SHORT_IS}){any_of(*word_list('determiners'))}\s(?:[a-z]{{3,12}}\s)?\Z", re.I
)
_NO_ADJECTIVE = re.compile(rf"\b{any_of(*word_list('before_adjective'))}\s\Z", re.I)
_NOUN = re.compile(r"\s(?:\([^()\n]{1,24}\)\s)?(?P<word>[A-Za-z][A-Za-z'-]+)(?:\s(?P<next>[A-Za-z'-]+))?")
_NOT_NOUNS = frozenset(word_list("not_nouns"))
# Adverbs and participles describe a noun only if one follows: "5 km guided by", but "a 5 km guided walk".
_NO_NOUN_ENDING = re.compile(r"(?:ly|ed)\Z")
_NOUN_ENDING = re.compile(
    r"(?:bed|shed|sled|red|seed|feed|weed|speed|reed|jelly|belly|family|supply|assembly|fly|rally|trolley)\Z"
)
_MEASURED = re.compile(rf"{any_of(*word_list('measured_nouns'))}\b")
# "$20 bills", "10 GB files", "2 km trails": not masses and volumes, after which the noun is what is measured.
_PLURAL = re.compile(
    r"^(?!(?:dollars|euros|pounds|cents|years|days|hours|minutes|seconds|inches|times|always|perhaps|sometimes|besides"
    r"|afterwards|overseas|others|indoors|outdoors|\w+wards)$)[a-z]{3,}(?<![sui])s$"
)
_ATTRIBUTE = re.compile(
    r"[$€£]\s?\d[\d.,]*(?:\s?(?:[KMBkmb]|thousand|million|billion))?\Z"
    r"|\d[ -]?(?:ft|in|m|km|cm|mm|mi|yd|W|kW|V|kV|[kKMGT]i?B|[kMG]?Hz|min|hr|mph|px|″|′|°)\Z"
)
_VERBS = frozenset(word_list("verbs_in_s")) | {
    "passes",
    "separates",
    "buys",
    "costs",
    "gets",
    "goes",
    "equals",
    "remains",
}
_OBJECTS = frozenset(
    "a an the it them him her us me you his their our my your its this that these those more to than as from in".split()
)
_OPENS_BRACKET = re.compile(
    r"(?P<before>.*?)(?:[$€£]\s?)?\d[\d.,]*\s?-?[A-Za-z°″′]{0,12}\.?(?:\s(?:million|billion|trillion))?\s\(\Z", re.S
)
_CAN_OF = re.compile(r"\s*(?:$|[,.;:)])|\s(?:of|or|and|with)\b")
_CLOSES_BRACKET = re.compile(r"\.?\)")
# "1 (8 oz.) package", "two (1.5 L) bottles"
_COUNTS_BRACKET = re.compile(
    r"(?:(?<![\w.,/])\d{1,3}|[½¼¾⅓⅔]|\b(?:an?|one|two|three|four|five|six|half|each|per))\s\(\Z", re.I
)
_CONTAINER = re.compile(rf"\s(?:[a-z]{{3,12}}\s)?{any_of(*word_list('containers'))}\b")
_AFTER_SUM = re.compile(r"[\s\d.,()+×÷*/−–-]{0,24}=")
_ASKS_FOR_SUM = re.compile(
    r"(?:\b(?:what\s?(?:is|'s)|calculate|compute|solve|evaluate|subtract)\s(?:[\d.,()+×÷*/ −–-]{0,16})?"
    r"|[=+×÷*]\s?[\d.,()]{1,12}\s?)\Z",
    re.I,
)

_SHARED = re.compile(
    r"(?:\s(?:to|and|or)\s\d{1,2}/\d{1,2})?[\s-](?:of\s(?!this\b|last\b|next\b|\d)|an?\s(?:hour|mile|cup|inch|pound|dozen)\b"
    r"|(?:inch(?:es)?|in\.|cups?|[Tt]bsp|tsp|teaspoons?|tablespoons?|pounds?|lbs?|ounces?|oz|pints?|quarts?|gallons?"
    r"|miles?|full|empty|majority|votes?|shares?)(?!\w))"
)


def is_part(text: str, end: int) -> bool:
    """Whether the fraction that ends at `end` is a share of what follows: "2/3 of the votes", "1/2 cup"."""
    return _SHARED.match(text, end) is not None


def is_designation(text: str, start: int) -> bool:
    """Whether the number that begins at `start` is part of a name, by the word before it: "exit 72", "Flat 14"."""
    return _AFTER_DESIGNATOR.search(text, max(0, start - 48), start) is not None


def follows_a_name(text: str, start: int) -> bool:
    """Whether a capitalised word that does not open its sentence comes before `start`: "the Atari 4"."""
    return _CAPITALISED.search(text, max(0, start - 30), start) is not None


def describes_a_noun(text: str, start: int, end: int) -> bool:
    """Whether the measure ``text[start:end]`` describes the noun that follows: "the 5 km run", "a 10m (32ft) pass"."""
    closed = _CLOSES_BRACKET.match(text, end) if text[start - 1 : start] == "(" else None
    if closed:
        if _COUNTS_BRACKET.search(text, max(0, start - 24), start) and _CONTAINER.match(text, closed.end()):
            return True
        outer = _OPENS_BRACKET.match(text, max(0, start - 40), start)
        return outer is not None and _describes(text, outer.end("before"), closed.end())
    return _describes(text, start, end)


# "a 3.5L V6", "a $5, 10-minute fix"
_ENGINE = re.compile(
    r"\s(?:twin[ -]|bi-?)?(?:turbo(?:charged|diesel)?\s|supercharged\s|naturally[ -]aspirated\s|inline[ -]"
    r"|straight[ -]|flat[ -]|diesel\s)?"
    r"(?:[VIHWL]-?\d{1,2}\b|four\b|six\b)"
)
_AND_MORE = re.compile(
    r",\s(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten)[ -](?:year|month|week|day|hour|minute|point"
    r"|step|page|mile|part|game|night"
    r"|person|bed|storey|story|room|seat|inch|foot|acre|bedroom)[ ,-]"
)


def _describes(text: str, start: int, end: int) -> bool:
    if text[end - 1] in "Ll" and _ENGINE.match(text, end):
        return True
    if _AND_MORE.match(text, end):
        return _DETERMINER.search(text, max(0, start - 40), start) is not None
    noun = _NOUN.match(text, end)
    if not noun:
        return False
    word = noun["word"].lower()
    if word == "can" and _CAN_OF.match(text, noun.end("word")):  # "14 oz. can"
        return True
    if word in _NOT_NOUNS:
        return False
    start -= text[start - 1 : start] in ("-", "−")
    if _NO_NOUN_ENDING.search(word) and not _NOUN_ENDING.search(word):
        following = (noun["next"] or "the").lower()
        if word.endswith("ly") or following in _NOT_NOUNS or _NO_NOUN_ENDING.search(following):
            return False
    if _MEASURED.match(text, noun.start("word")):
        return True
    if _PLURAL.search(word) and word not in _VERBS and (noun["next"] or "").lower() not in _OBJECTS:
        return _ATTRIBUTE.search(text, max(0, end - 24), end) is not None
    reach = max(0, start - 40)
    return _DETERMINER.search(text, reach, start) is not None and _NO_ADJECTIVE.search(text, reach, start) is None


def is_sum(text: str, start: int, end: int) -> bool:
    """Whether the sign at ``text[start:end]`` is an operator in a sum: "5 - 3 = 2", "what is 10 - 3"."""
    if _AFTER_SUM.match(text, end) or _ASKS_FOR_SUM.search(text, max(0, start - 40), start):
        return True
    return len(text) < 40 and not re.search(r"[A-Za-z]", text) and any(sign in text for sign in "+×÷*=")
