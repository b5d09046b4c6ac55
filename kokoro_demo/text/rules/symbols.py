"""Signs that are spoken: & @ # + = % ° ± → © and others; some depend on what is around them."""

from __future__ import annotations

import re
import unicodedata

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import dashes, number_words, slashes
from kokoro_demo.text.rules.powers import power_words
from kokoro_demo.text.scanner import Context, Piece, Reader, Rule, RuleResult, words

_SPOKEN = {
    "&": "and", "@": "at", "+": "plus", "=": "equals", "%": "percent", "‰": "per mille", "°": "degrees",
    "±": "plus or minus", "→": "to", "←": "from", "↔": "to and from", "⇒": "implies", "↑": "up", "↓": "down",
    "©": "copyright", "№": "number", "§": "section",
    "¶": "paragraph", "≈": "approximately", "≃": "approximately", "≅": "approximately", "≠": "does not equal",
    "≤": "less than or equal to", "≥": "greater than or equal to", "≪": "much less than",
    "≫": "much greater than", "≡": "is equivalent to", "∞": "infinity", "√": "square root of", "∑": "sum",
    "∏": "product", "∫": "integral", "∂": "partial", "∆": "delta", "∇": "nabla", "∈": "in", "∉": "not in",
    "∩": "intersection", "∪": "union", "∅": "the empty set", "∀": "for all", "∃": "there exists", "¬": "not",
    "∧": "and", "∨": "or", "×": "times", "÷": "divided by", "⋅": "times", "∝": "proportional to",
    "∴": "therefore", "∵": "because", "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee",
    "¢": "cents", "₿": "bitcoin", "₩": "won", "₽": "ruble", "₺": "lira",
    "₪": "shekel", "₫": "dong", "฿": "baht", "₴": "hryvnia", "₦": "naira", "₱": "peso",
    "µ": "micro", "Ω": "ohms", "\\": "backslash", "^": "caret", "♯": "sharp",
    "♭": "flat", "✓": "check", "✔": "check", "♥": "love", "❤": "",
}  # fmt: skip
_LONG_WORD = re.compile(r"[^\W\d_²³¹⁰⁴-⁹₀-₉]{3}\Z")
_FUNCTION = re.compile(r"(?<![A-Za-z])(?:sin|cos|tan|sec|csc|cot|log)\Z")
_SILENT = re.compile(r"[-/'*~_`|•·‣◦▪▫●○■□◆◇★☆†‡¿¡<>{}\[\]“”\ufffd-]+")
_EMOTICON = re.compile(
    r"(?<![\w)\]])(?:[:;=8xX][-o']?[()\[\]DPpOo3|/\\]|[(\[]-?[:;=]|<3|:'\(|\^_+\^|\^\^|</3|>_<|>:[()]|-_-|;_;|\(╯[^()\n]{1,8}\)╯\S{0,3}(?:\s?[┻━┳]{1,8})?|¯\\_\(ツ\)_/¯)(?![\w]|[.-]\w)"
)


def _sign(match: re.Match[str], context: Context) -> RuleResult | None:
    spoken = _SPOKEN.get(match.group())
    return None if spoken is None else RuleResult(words(spoken), match.end())


def _always(spoken: str) -> Reader:
    def read(match: re.Match[str], context: Context) -> RuleResult:
        return RuleResult(words(spoken), match.end())

    return read


def _power(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "^2" of "x^2"."""
    return RuleResult(words(power_words(match["power"], context.british)), match.end())


def _omitted(match: re.Match[str], context: Context) -> RuleResult:
    """Leave out the "(s)" of "item(s)" and the sign of "$TSLA"."""
    return RuleResult([Piece("", "silent")], match.end())


def _superscript(match: re.Match[str], context: Context) -> RuleResult:
    """Read a power after a short name or a bracket, "x²"; after a word it is a footnote mark."""
    if before(match, _LONG_WORD) and not before(match, _FUNCTION) and match.group()[0] not in "⁻⁺":
        context.warnings.note(match.group())
        return RuleResult([Piece("", "silent")], match.end())
    return RuleResult(words(power_words(match.group(), context.british)), match.end())


def _charge(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Na⁺", "SO₄²⁻": the charge of an ion."""
    size = match["size"] and number_words.DIGIT_WORDS[unicodedata.digit(match["size"])]
    return RuleResult(words(f"{size} {'plus' if match['sign'] == '⁺' else 'minus'}"), match.end())


def _then(match: re.Match[str], context: Context) -> RuleResult:
    """Read the sign between the steps of a menu as a comma."""
    return RuleResult([Piece(",", "punctuation")], match.end())


def _path(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the sign in "Settings > Privacy"; not in "men > Women", which compares."""
    if match.group() == ">" and before(match, _SMALL_WORD) and not before(match, _MENU, 40):
        return None
    return _then(match, context)


_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-z][\w’'-]*\s\Z")
_MENU = re.compile(
    r"(?:[>›»]\s|\b(?:settings|options|preferences|menu|tools|tab|page|system|home|go|tap|click|select|choose|open|in|under|via)\s)(?:[\w’'-]+\s){0,3}\Z",
    re.I,
)


def _silent(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult([], match.end())


SILENT = Rule("silent", _SILENT, _silent)
BEFORE_PUNCTUATION = (
    Rule("symbol", re.compile(r"(?<=[a-z_)])\.(?=[a-z_])|(?<![\w.])\.(?=[a-z]{2}|[A-Z]{2})"), _always("dot")),
    Rule("silent", re.compile(r"(?<=[a-z])\(e?s\)"), _omitted),
    Rule("silent", re.compile(r"(?<![\w$])\$(?=[A-Z]{2,5}(?![\w$]))"), _omitted),  # "$TSLA"
    Rule("symbol", re.compile(r"&&"), _always("and")),
    Rule("symbol", re.compile(r"(?<=\d)!(?=\s?[=+×÷*/])"), _always("factorial")),
    Rule("path", re.compile(r"(?<=[A-Za-z][a-z]\s)[>›»](?=\s[A-Z][a-z])"), _path),
    Rule(
        "symbol",
        re.compile(
            r"(?<=\s)<3+(?=\s+(?:you|u|ya|it|this|that|them|him|her|my|your|our|all|the|these)\b)"
            r"|(?:(?<=\bI )|(?<=\bi )|(?<=\bWe )|(?<=\bwe )|(?<=\bThey )|(?<=\bthey )|(?<=\byou ))<3+(?=\s+\w)"
        ),
        _always("love"),
    ),
    Rule("silent", re.compile(r"\\?_?\(ツ\)_?/?"), _silent),
    Rule("silent", _EMOTICON, _silent),
    Rule("symbol", re.compile(r"(?<=[A-Za-z\d)\]₀-₉])(?P<size>[²³⁰¹⁴-⁹]?)(?P<sign>[⁺⁻])(?![\d⁰¹²³⁴-⁹])"), _charge),
    Rule("power", re.compile(r"(?<=[\w)])\*\*(?P<power>[-−+]?\d{1,9})(?!\w)"), _power),
    Rule(
        "power",
        re.compile(
            r"(?:(?<=\b[A-Za-z])|(?<=\b[A-Za-z]\s)|(?<=[\d)])|(?<=[\d)]\s))\*\*\s?(?=(?:[A-Za-z]|\d{1,9})(?!\w)|\(|-\w)"
        ),
        _always("to the power of"),
    ),
    *dashes.RULES,
    Rule("power", re.compile(r"(?<=[\w)])\^(?P<open>\()?(?P<power>[-−+]?\d{1,9})(?(open)\))"), _power),
    Rule("power", re.compile(r"(?<=[\w)])\^\(?(?=[A-Za-z]\)?(?!\w))"), _always("to the power of")),
    Rule("symbol", re.compile(r"[°º]\s?C(?!\w)"), _always("degrees Celsius")),
    Rule("symbol", re.compile(r"[°º]\s?F(?!\w)"), _always("degrees Fahrenheit")),
    Rule("symbol", re.compile(r"(?<=\d)\s?★+"), _always("stars")),
    Rule("symbol", re.compile(r"\+/-|\+-"), _always("plus or minus")),
    Rule("symbol", re.compile(r"(?:->|-->|=>|⟶|➔|➜|➡)"), _always("to")),
    Rule("symbol", re.compile(r"(?:<-|<--)(?=\s)"), _always("from")),
    Rule("symbol", re.compile(r"<=(?=\s?[\w($-])"), _always("less than or equal to")),
    Rule("symbol", re.compile(r">=(?=\s?[\w($-])"), _always("greater than or equal to")),
    Rule("symbol", re.compile(r"<(?=\s?[$€£-]?\.?\d)|(?<=\s)<(?=\s)"), _always("less than")),
    Rule("symbol", re.compile(r">(?=\s?[$€£-]?\.?\d)|(?<=\s)>(?=\s)"), _always("greater than")),
    Rule("range", re.compile(r"(?<=\d)\s?[~～]\s?(?=\d)"), _always("to")),
    Rule("symbol", re.compile(r"~(?=[$€£]?\.?\d)"), _always("about")),
    Rule("symbol", re.compile(r"!=|<>"), _always("does not equal")),
    Rule("symbol", re.compile(r"==+"), _always("equals")),
)
RULES = (
    Rule("symbol", re.compile(r"# ?(?=\d|:)"), _always("number")),
    Rule("symbol", re.compile(r"(?<=\b[A-Gacdfg])#(?!\w)|(?<=\bASP)#"), _always("sharp")),
    Rule("symbol", re.compile(r"#"), _always("hash")),
    Rule("symbol", re.compile(r"\+\+"), _always("plus plus")),
    Rule("symbol", re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), _always("times")),
    Rule(
        "symbol",
        re.compile(
            r"(?:(?<=\b[A-Za-z])|(?<=\b[A-Za-z]\s)|(?<=[\d)])|(?<=[\d)]\s))\*\s?(?=(?:[A-Za-z]|\d{1,9})(?!\w)|\()"
        ),
        _always("times"),
    ),
    *slashes.RULES,
    Rule("power", re.compile(r"(?<=[\w)])[⁻⁺]?[⁰¹²³⁴-⁹]+"), _superscript),
    Rule("symbol", re.compile(r"[^\w\s]"), _sign),
    SILENT,
)
