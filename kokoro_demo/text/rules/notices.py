"""Notices: the short forms of adverts, film scripts, charts, consoles and orders."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, word_list
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.money import SIGNS
from kokoro_demo.text.rules.sentences import full_stop_kept
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, word_rule, words

_COUNTS = {
    "M": "millions",
    "m": "millions",
    "mn": "millions",
    "B": "billions",
    "bn": "billions",
    "K": "thousands",
    "k": "thousands",
}


def _rooms(match: re.Match[str], context: Context) -> RuleResult:
    """Read "2BR/1BA", "3 bd 2.5 ba"."""
    spoken = words(f"{number_words.cardinal(match['beds'], context.british)} bedroom", match.start(), match.end("bed"))
    if match["baths"]:
        spoken.append(Piece(",", "punctuation", match.end("bed"), match.start("baths")))
        spoken += words(
            f"{number_words.decimal(match['baths'], context.british)} bath", match.start("baths"), match.end()
        )
    return RuleResult(spoken, match.end())


def _in_millions(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "$M" of "Sales ($M)"."""
    return RuleResult(
        words(f"{_COUNTS.get(match['count'], 'thousands')} of {SIGNS[match['sign']].plural}"), match.end()
    )


def _status(match: re.Match[str], context: Context) -> RuleResult | None:
    """The 404 of "returns 404", "a 404 page"."""
    if _NAMED_STATUS.match(match.string, match.end()):
        return RuleResult(words(number_words.in_pairs(match.group())), match.end())
    if not before(match, _ANSWERS, 40) and not (before(match, _AN) and _PAGE.match(match.string, match.end())):
        return None
    return RuleResult(words(number_words.in_pairs(match.group())), match.end())


_NAMED_STATUS = re.compile(
    r"\s(?:Not Found|Forbidden|Unauthorized|Bad Gateway|Gateway Time-?out|Too Many Requests|Moved)\b"
)
_ANSWERS = re.compile(
    r"\b(?:returns?|returned|returning|errors?|status(?:\scodes?)?|HTTP(?:/\d(?:\.\d)?)?|responses?|responds?\swith|throws?)"
    r"(?::|\sof|\sis|\swith)?\s(?:an?\s)?(?:HTTP\s)?\Z"
)
_AN = re.compile(r"\b(?:an?|got|gets?|with|the|gives?|gave)\s\Z")
_PAGE = re.compile(
    r"\s(?:errors?|pages?|responses?|status|not\sfound|forbidden|unauthori[sz]ed|on\s(?:GET|POST)|when|for\severy)\b",
    re.I,
)


def _option(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "--force" of "git push --force": an option of a command, and no dash before a word."""
    text, end = match.string, match.end()
    if before(match, _WORD_END) or not (
        "-" in match["name"]
        or text.startswith("=", end)
        or before(match, _COMMAND, 48)
        or _IS_OPTION.match(text, end)
        or (text.startswith("”", end) and before(match, _QUOTE))
    ):
        return None
    spoken = words("dash dash", match.start(), match.start() + 2)
    return RuleResult(spoken, match.start() + 2)


def _experience(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "exp." of "5 yrs. exp."."""
    return RuleResult(words("experience"), full_stop_kept(match))


_SIDES = {
    "NE": "northeast", "NW": "northwest", "SE": "southeast", "SW": "southwest", "NNW": "north northwest",
    "NNE": "north northeast", "SSE": "south southeast", "SSW": "south southwest",
}  # fmt: skip


def _short_option(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "-rf" of "rm -rf build"."""
    if not before(match, _COMMAND, 48):
        return None
    start = match.start()
    return RuleResult([*words("dash", start, start + 1), *_named_letters(match)], match.end())


def _named_letters(match: re.Match[str]) -> list[Piece]:
    start = match.start("name")
    return [
        Piece(letter.upper(), "letters", start + index, start + index + 1) for index, letter in enumerate(match["name"])
    ]


_QUOTE = re.compile(r"“\Z")
_WORD_END = re.compile(r"[^\s(“\[/|=]\Z")
_IS_OPTION = re.compile(r"[”\s]*\s(?:flags?|options?|switch(?:es)?|arguments?|parameters?|mode|--?[a-z])(?!\w)")
_TOOL = any_of(
    "git npm npx yarn pnpm pip3? docker podman kubectl helm cargo rustc go python3? node deno bun bash sh sudo",
    "apt(?:-get)? brew curl wget ssh scp rsync tar grep sed awk find ls rm cp mv make cmake gcc clang ffmpeg",
    "terraform ansible aws gcloud az systemctl conda pytest mypy ruff black eslint tsc code vim gradle mvn dotnet",
)
_GIVE = any_of(
    "use using add adding pass passing run running with without option flag switch via set setting specify",
    "specifying append supply",
)
_COMMAND = re.compile(
    rf"(?:\s--?[a-zA-Z][\w-]*(?:[= ][^\s-]\S*)?\s|\b{_TOOL}(?:\s[^\s.!?]{{1,24}}){{0,3}}\s|\b{_GIVE}\s[“(]?)\Z", re.I
)


def _times(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "x2" of "Chorus (x2)", "batteries x4"."""
    return RuleResult(words(f"times {number_words.cardinal(match['number'], context.british)}"), match.end())


def _test(match: re.Match[str], context: Context) -> RuleResult:
    """Read "SAT 1490": the test is named by its letters."""
    return RuleResult(letters(match.group()), match.end())


def _number_of_law(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "111-148" of "Pub. L. No. 111-148", which is one number and not a range."""
    spoken = words(number_words.in_pairs(match["first"]), *match.span("first"))
    return RuleResult(spoken + words(number_words.in_pairs(match["second"]), *match.span("second")), match.end())


def _record(match: re.Match[str], context: Context) -> RuleResult:
    """Read "L 0-2", "a 3-2 pitch"."""
    low, high = (number_words.cardinal(match[part], context.british) for part in ("first", "second"))
    return RuleResult(words(f"{low} {high}"), match.end())


def _threads(match: re.Match[str], context: Context) -> RuleResult:
    """Read "8C/16T", the cores and threads of a processor."""
    cores, threads = (number_words.cardinal(match[part], context.british) for part in ("cores", "threads"))
    return RuleResult([*words(f"{cores} cores"), Piece(",", "punctuation"), *words(f"{threads} threads")], match.end())


def _of_a_second(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "1/250 s" of a shutter."""
    return RuleResult(words(f"one {number_words.ordinal(match['part'], context.british)} of a second"), match.end())


def _wireless(match: re.Match[str], context: Context) -> RuleResult:
    """Read "802.11ac"."""
    spoken = words("eight oh two dot eleven", match.start(), match.start() + 6)
    return RuleResult(
        spoken + (letters(match["kind"].upper(), *match.span("kind")) if match["kind"] else []), match.end()
    )


def _spoons(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "T" of "2 T butter", the "t." of "1 t. salt"."""
    many = "" if before(match, _ONE) else "s"
    return RuleResult(words(f"{'table' if match.group()[0] == 'T' else 'tea'}spoon{many}"), match.end())


_ONE = re.compile(r"(?<![\d.,/])(?:1|[¼½¾]|\d/\d) \Z")
_SPOONED = any_of(*word_list("by_the_cup"), *word_list("by_the_spoon"))


def _brothers(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "bros" of "Scotti bros"."""
    return RuleResult(words("brothers"), match.end()) if before(match, _FAMILY) else None


_FAMILY = re.compile(r"\b[A-Z][a-z'’]+\s\Z")


def _standard(match: re.Match[str], context: Context) -> RuleResult:
    """Read the number of "ISO 27001" as a whole, not digit by digit."""
    return RuleResult(words(number_words.cardinal(match.group(), context.british)), match.end())


def _service(match: re.Match[str], context: Context) -> RuleResult:
    """Read the number of a soldier, "(N 21770)"."""
    return RuleResult(words(number_words.one_by_one(match.group())), match.end())


def _doctor(match: re.Match[str]) -> str:
    """Read the "dr." of "the dr. said"."""
    return "doctors" if "s" in match.group() else "doctor"


def _side(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "N." of "the N. entrance"."""
    return RuleResult(words({"N": "North", "S": "South", "E": "East", "W": "West"}[match["point"]]), match.end())


DIGIT_RULES = (
    word_rule(
        "price", r"[1-9]\d?/(?=[$€£]\d)", lambda match: f"{number_words.cardinal(match.group()[:-1], False)} for"
    ),
    word_rule(
        "times",
        r"[2-9]x(?=\s(?:champ\w*|winner|MVP|All-|Olympic|World|Grammy|Oscar|Emmy|NBA|NFL|Super))",
        lambda match: f"{number_words.cardinal(match.group()[0], False)} time",
    ),
    Rule(
        "standard",
        re.compile(r"(?:(?<=\bISO )|(?<=\bDIN )|(?<=\bEN )|(?<=\bIEC )|(?<=\bBS ))\d{5}(?!\w|,\d)"),
        _standard,
    ),
    Rule("code", re.compile(r"(?<=\([A-Z] )\d{4,8}(?= ?\))|(?<=\( [A-Z] )\d{4,8}(?= ?\))"), _service),
    Rule("measure", re.compile(r"1/(?P<part>\d{2,5}) ?(?:s|sec\.?)(?!\w)"), _of_a_second),
    Rule("code", re.compile(r"802\.11(?P<kind>[a-z]{0,2})(?!\w)"), _wireless),
    Rule(
        "notice",
        re.compile(
            r"(?P<beds>\d{1,2})[\s-]?(?P<bed>BRs?|BDRM|BD|bdr?|br)(?:(?:\s?[/,&+]\s?|\s)(?P<baths>\d(?:\.5)?)[\s-]?(?:BAs?|ba|[Bb]ath)"
            r"(?!\w)|(?P<none>)(?!\w))"
        ),
        _rooms,
    ),
    Rule("code", re.compile(r"(?:30[1-8]|40[1-9]|41\d|42[269]|451|50[1-4])(?![\w%]|[.,:/-]\d)"), _status),
    Rule("code", re.compile(r"(?P<cores>\d{1,3})C ?/ ?(?P<threads>\d{1,3})T(?!\w)"), _threads),
    Rule(
        "code",
        re.compile(
            r"(?:(?<=\bNo\. )|(?<=\bno\. )"
            r"|(?<=\bPub\. L\. ))(?P<first>\d{1,4})-(?P<second>\d{1,5})(?!\w|-(?![a-z]{2}\b)|[.,:]\d)"
        ),
        _number_of_law,
    ),
    Rule(
        "score",
        re.compile(r"(?<=\bL )(?P<first>\d{1,3})-(?P<second>\d{1,3})(?=[,;.)]|\s*$|\s[A-Z(])"),
        _record,
    ),
    Rule("score", re.compile(r"(?P<first>1)-(?P<second>2)(?=\s(?:punch(?:es)?|combo|combination|finish)\b)"), _record),
    Rule(
        "score",
        re.compile(
            r"(?P<first>[0-3])-(?P<second>[0-2])(?=\s(?:pitch|count|fastball|slider|curve(?:ball)?|change-?up)\b)"
        ),
        _record,
    ),
    word_rule(
        "fraction",
        r"1/2(?=\s(?:price|off|time|days?|marathons?|dozen|way|term|board|pint|empty|full|asleep)\b)",
        lambda _: "half",
    ),
)
LETTER_RULES = (
    Rule(
        "abbreviation",
        re.compile(r"(?:(?<=\byrs )|(?<=\byrs\. )|(?<=\byears )|(?<=yrs['’] )|(?<=years['’] ))exp(?:\.|(?!\w))"),
        _experience,
    ),
    word_rule("abbreviation", r"Fl\.(?=\s\d{1,2}(?!\d|\s?oz))", lambda _: "Floor"),
    word_rule("abbreviation", r"(?<=\d )ff\.?(?=[,;)]|\s*$)", lambda _: "and following"),
    word_rule(
        "abbreviation",
        r"Pl\.(?=\s(?:see|find|note|send|call|reply|let|do|ask|fill|read|sign|confirm|contact)\b)",
        lambda _: "Please",
    ),
    word_rule("abbreviation", r"(?:(?<=\dst )|(?<=\dnd )|(?<=\drd )|(?<=\dth ))[Ff]lr(?!\w)", lambda _: "floor"),
    word_rule("abbreviation", r"[Cc]al\.(?=\s\d{2,4}(?!\w))", lambda _: "calories"),
    word_rule(
        "direction",
        rf"{any_of(*_SIDES)}(?=\s(?:corner|winds?|side|quadrant|coast|edge|part|portion|of\s(?:the\s|town|here|[A-Z][a-z])))",
        lambda match: _SIDES[match.group()],
    ),
    word_rule("silent", r"(?:xD+|XD+|[oO]_[oO]|T_T)(?![\w'])", lambda _: ""),
    word_rule("abbreviation", r"bus\.(?=\sdays?\b)", lambda _: "business"),
    Rule("initials", re.compile(r"(?<=\d )HRs(?!\w)"), _test),
    Rule(
        "initials",
        re.compile(r"(?:TL;DR|tl;dr)(?!\w)"),
        lambda match, context: RuleResult(letters("TLDR"), match.end()),
    ),
    word_rule("or", r"[sS]/he(?!\w)", lambda _: "he or she"),
    word_rule("title", r"St\.?(?=-[A-Z][a-z])", lambda _: "Saint"),
    word_rule(
        "title", r"(?:(?<=\bthe )|(?<=\bmy )|(?<=\bThe )|(?<=\bMy )|(?<=\ba )|(?<=your ))drs?\.?(?=\s[a-z])", _doctor
    ),
    word_rule("title", r"Dr\.?(?=\s(?:appts?|appointments?|visits?|notes?|office)\b)", lambda _: "Doctor"),
    word_rule(
        "abbreviation",
        r"(?:(?<=of )|(?<=of the )|(?<=per )|(?<=each )|(?<=every )|(?<=last )|(?<=next ))mo\.?(?!\w)",
        lambda _: "month",
    ),
    word_rule("result", r"(?<![a-z] )Rd\.?(?=\s\d{1,2}(?:[,:;)]|\s*$|\spick))", lambda _: "Round"),
    Rule(
        "compass",
        re.compile(
            r"(?P<point>[NSEW])\.(?=\s(?:entrance|side|end|gate|wing|exit|wall|bank|shore|tower|lot|door|corner)\b)"
        ),
        _side,
    ),
    Rule("abbreviation", re.compile(r"bros\.?(?=\s[A-Z(]|[,;)]|\s*$)"), _brothers),
    Rule(
        "measure",
        re.compile(rf"(?:(?<=\d )|(?<=[¼½¾] ))[Tt]\.?(?=\s(?:of\s)?(?:[a-z]{{3,9}}\s)?{_SPOONED}\b)"),
        _spoons,
    ),
    word_rule(
        "abbreviation",
        r"(?:DEP|ARR)\.?(?=\s\d{1,2}[:.]\d\d)",
        lambda match: "departs" if match.group()[0] == "D" else "arrives",
    ),
    Rule("letter", re.compile(r"f/(?=\d)"), lambda match, context: RuleResult(letters("F"), match.end())),
    word_rule(
        "notice", r"(?:INT|EXT)\.(?=\s[A-Z]{2})", lambda match: "Interior" if match.group()[0] == "I" else "Exterior"
    ),
    word_rule("notice", r"Sec\.[- ]Gen\.?(?=\s|$)", lambda _: "Secretary General"),
    word_rule("notice", r"(?<=Dept\. of )Ed\.(?=\s[a-z]|,)", lambda _: "Education"),
    word_rule("result", r"(?<=[a-z)] )(?:bt|d\.)(?=\s[A-Z][a-z'-]+\s\d{1,2}-\d)", lambda _: "beat"),
    Rule(
        "times",
        re.compile(
            r"(?:(?<=[A-Za-z]{2} )|(?<=\())[x×](?!(?:64|86|32)\b)(?P<number>\d{1,3})(?=\s*$|[).,;:!?]"
            r"|\s(?!(?:day|week|wk|hour|hr|month|mo|year|yr)s?\b)[a-z]{2}|\s\()"
        ),
        _times,
    ),
    Rule(
        "initials",
        re.compile(r"(?:SAT|ACT)(?=s?\s(?:scores?\b|(?:of\s)?\d{2,4}\b))|(?<=\b\d\d )ACT(?=[,.;)]|\s*$)"),
        _test,
    ),
)
OTHER_RULES = (
    word_rule("abbreviation", r"(?<=\b[A-Z] )'[Rr]d\.?(?!\w)", lambda _: "Road"),  # "K 'Rd"
    Rule("money", re.compile(r"(?<=\()(?P<sign>[$€£]) ?(?P<count>M|B|K|m|mn|bn|k|000s?)(?=\))"), _in_millions),
    word_rule("symbol", r"(?<=[a-z]{2}\s)-(?=[a-zA-Z](?:\s|$))", lambda _: "dash"),
    Rule("option", re.compile(r"(?<=\s)-(?P<name>[a-zA-Z]{1,4})(?![\w-]|\.\w)"), _short_option),
    Rule("option", re.compile(r"--(?P<name>[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*)(?![\w-]|[.]\w)"), _option),
    word_rule("symbol", r"(?<=[\w)\]]\s)>{2,3}(?=\s[\w(])", lambda _: "much greater than"),
    word_rule("symbol", r"(?<=[A-Z]{2})~(?=\d)", lambda _: "tilde"),
)
