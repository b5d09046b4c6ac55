"""References in papers, books and laws: "doi:10.1038/...", "arXiv:2005.14165v4", "Rule 12(b)(6)", "at 14 n.3"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words, roman, web
from kokoro_demo.text.rules.sentences import full_stop_kept
from kokoro_demo.text.rules.surroundings import is_designation
from kokoro_demo.text.scanner import Context, Rule, RuleResult, letters, word_rule, words

_OBJECT = r"10\.\d{4,9}/[^\s<>“”\"]{1,200}"
_PARTS = r"(?:\((?:[a-zA-Z]{1,2}|\d{1,2}|[ivxIVX]{1,5})\)){1,5}"
_PART = re.compile(r"\d+|[A-Za-z]+")
_SECTION = re.compile(
    r"(?:§ ?|\b(?:subsection|subsec\.?|§§ ?\d{1,4}|para\.?|[Aa]rts?\.?|USC|U\.S\.C\.?|C\.F\.R\.?|CFR)\s?)\Z"
)
_PROCEDURE = {
    "Civ": "Civil Procedure", "Crim": "Criminal Procedure", "App": "Appellate Procedure",
    "Bankr": "Bankruptcy Procedure", "Evid": "Evidence",
}  # fmt: skip
_CITED = re.compile(r"(?:\d|,)\s\Z")
_NUMBERED = {
    "Ex": "Exhibit", "Exs": "Exhibits", "Exh": "Exhibit", "App": "Appendix", "Appx": "Appendix", "Tab": "Table",
    "Tbl": "Table", "Thm": "Theorem", "Lem": "Lemma", "Prop": "Proposition", "Def": "Definition", "Alg": "Algorithm",
    "Suppl": "Supplement", "Inv": "Invoice", "Attach": "Attachment", "Sched": "Schedule",
}  # fmt: skip


def _object(match: re.Match[str], context: Context) -> RuleResult:
    """Read "doi:10.1000/182", the identifier of a paper."""
    start, end = match.start("object"), web.trimmed(match)
    named = letters("DOI", match.start(), match.start() + 3) if match["doi"] else []
    return RuleResult([*named, *web.spell_out(match.string, start, end)], end)


def _archive(match: re.Match[str], context: Context) -> RuleResult:
    """Read "arXiv:2005.14165v4"; "arXiv" is pronounced "archive"."""
    start = match.start()
    spoken = words("archive", start, start + 5)
    if match["paper"]:
        month, number = match["paper"].split(".")
        spoken += words(
            f"{number_words.one_by_one(month)} point {number_words.one_by_one(number)}", *match.span("paper")
        )
    if match["version"]:
        spoken += words(f"version {number_words.cardinal(match['version'], False)}", match.end("paper"), match.end())
    return RuleResult(spoken, match.end())


def _paragraph(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "501(c)(3)", "Rule 12(b)(6)", "clause 3(b)(ii)": a paragraph of a law, named by numbers and letters."""
    text, number, start = match.string, match["number"], match.start()
    lettered = text[match.end("number") + 1].isalpha()
    if not (lettered or is_designation(text, start) or before(match, _SECTION)):
        return None
    whole, _, rest = number.partition(".")
    named = number_words.in_pairs(whole) + (f" point {number_words.one_by_one(rest)}" if rest else "")
    spoken = words(named, start, match.end("number"))
    if match["letter"]:
        spoken += letters(match["letter"].upper(), *match.span("letter"))
    after_letter = bool(match["letter"])
    for part in _PART.finditer(text, match.start("parts"), match.end()):
        run, span = part.group(), part.span()
        numeral = roman.value(run.upper()) if run.islower() or len(run) > 1 else 0
        if run.isdecimal():
            spoken += words(number_words.cardinal(run, False), *span)
        elif numeral and (len(run) > 1 or (after_letter and run in "ivx")):
            spoken += words(number_words.cardinal(str(numeral), False), *span)
        else:
            spoken += letters(run.upper(), *span)
        after_letter = run.isalpha()
    return RuleResult(spoken, match.end())


def _procedure(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Fed. R. Civ. P. 12", a rule of the federal courts."""
    rule = "Rules" if match["many"] else "Rule"
    return RuleResult(words(f"Federal {rule} of {_PROCEDURE[match['of']]}"), match.end())


def _supreme_court(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "S. Ct." of "141 S. Ct. 1234", a law reporter."""
    return RuleResult(words("Supreme Court"), match.end())


def _note(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "n.3" of "at 14 n.3"."""
    if not before(match, _CITED, 4):
        return None
    return RuleResult(words("notes" if match["many"] else "note"), match.end())


def _sections(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult(words("sections" if match.group()[0] == "§" else "paragraphs"), match.end())


def _numbered(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Ex. A", "App. B", "Thm. 4", "Inv. #12"."""
    return RuleResult(words(_NUMBERED[match["word"]]), match.end())


def _sub_part(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "II.A.1" of "Part II.A.1"."""
    if not before(match, _PART_BEFORE, 16):
        return None
    number = number_words.cardinal(str(roman.value(match["numeral"])), context.british)
    spoken = [*words(number, *match.span("numeral")), *letters(match["letter"], *match.span("letter"))]
    if match["number"]:
        spoken += words(number_words.cardinal(match["number"], context.british), *match.span("number"))
    return RuleResult(spoken, match.end())


_PART_BEFORE = re.compile(r"\b(?:[Pp]arts?|[Ss]ections?|[Ss]ecs?\.|[Aa]rticles?|[Aa]rts?\.|[Cc]hapters?|§+)\s?\Z")


def _doing_business_as(match: re.Match[str], context: Context) -> RuleResult:
    """Read "d/b/a", "a/k/a"."""
    return RuleResult(letters(match.group().replace("/", "").upper()), match.end())


def _number_and_year(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Regulation (EU) 2016/679", "Case C-311/18"."""
    first, second = match["first"], match["second"]
    say = number_words.year if len(first) == 4 else number_words.cardinal
    spoken = words(
        say(first, context.british) if len(first) != 3 else number_words.in_pairs(first), *match.span("first")
    )
    spoken += words("slash", match.end("first"), match.start("second"))
    return RuleResult([*spoken, *words(number_words.in_pairs(second), *match.span("second"))], match.end())


def _and_following(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "ff." of "pp. 12ff."."""
    return RuleResult(words("and following"), full_stop_kept(match))


def _page(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "12" of "12ff."."""
    return RuleResult(words(number_words.cardinal(match.group(), context.british)), match.end())


DIGIT_RULES = (
    Rule(
        "reference",
        re.compile(
            r"(?:(?<=\(E[UC]\) )|(?<=\(E[UC]\) No )|(?<=Directive )|(?<=Regulation )|(?<=\bC-)|(?<=\bT-))"
            r"(?P<first>\d{1,4})/(?P<second>\d{1,4})(?![\w]|[.,]\d)"
        ),
        _number_and_year,
    ),
    Rule("number", re.compile(r"\d{1,4}(?=ff(?:\.|(?!\w)))"), _page),
    Rule("address", re.compile(rf"(?P<doi>)(?P<object>{_OBJECT})"), _object),
    Rule(
        "section",
        re.compile(rf"(?P<number>\d{{1,5}}(?:\.\d{{1,4}})?)(?P<letter>[a-zA-Z]?)(?P<parts>{_PARTS})(?![\w(])"),
        _paragraph,
    ),
)
LETTER_RULES = (
    Rule(
        "roman numeral",
        re.compile(r"(?P<numeral>[IVX]{1,5})[.-](?P<letter>[A-Z])(?:\.(?P<number>\d{1,2}))?(?![\w])"),
        _sub_part,
    ),
    Rule("initials", re.compile(r"(?:[afn]/k/a|d/b/a)(?!\w)"), _doing_business_as),
    word_rule("abbreviation", r"L\. ?Ed\.(?=\s?2d|\s\d)", lambda _: "Lawyers' Edition"),
    Rule("address", re.compile(rf"(?P<doi>(?i:doi)(?::\s?|\s))(?P<object>{_OBJECT})"), _object),
    Rule(
        "address",
        re.compile(r"ar[xX]iv(?:(?::\s?|\s)(?P<paper>\d{4}\.\d{4,5})(?:v(?P<version>\d{1,2}))?)?(?![\w.]\w)"),
        _archive,
    ),
    Rule(
        "abbreviation",
        re.compile(rf"Fed\. ?R(?P<many>s?)\. ?(?P<of>{any_of(*_PROCEDURE)})\.(?: ?P\.)?"),
        _procedure,
    ),
    Rule("abbreviation", re.compile(r"S\. ?Ct\.(?=\s\d|[,;])"), _supreme_court),
    Rule("abbreviation", re.compile(r"n(?P<many>n?)\. ?(?=\d)"), _note),
    Rule(
        "abbreviation",
        re.compile(
            rf"(?P<word>{any_of(*_NUMBERED)})\.(?=\s?#?\d(?!\d{{0,2}}:\d)|\s[A-Z](?![\w'.]|\s[a-z]+ed\b)|\s[A-Z]\.?\d)"
        ),
        _numbered,
    ),
)
AND_FOLLOWING = Rule("abbreviation", re.compile(r"(?<=\d)ff(?:\.|(?!\w))"), _and_following)
SIGNS = Rule("symbol", re.compile(r"§§|¶¶"), _sections)
