"""Addresses and identifiers: URLs, e-mail addresses, file names and paths, hashtags, handles, snake_case."""

from __future__ import annotations

import re
import unicodedata

from kokoro_demo.text.patterns import LATIN, before, listed
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.camel import split_words
from kokoro_demo.text.rules.initialisms import ACRONYMS, capitals, pronounceable
from kokoro_demo.text.rules.words import camel_part
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, words

_TOP = (
    "com|org|net|edu|gov|mil|int|info|biz|io|ai|app|dev|co|me|tv|uk|us|ca|de|fr|es|it|nl|eu|ch|at|be|se|no|dk|fi|pl|ru|jp|cn|in"
    "|au|nz|br|mx|za|ie|pt|gr|cz|kr|tw|sg|hk|xyz|online|site|tech|store|blog|cloud|page|gg|ly|fm|to|so|sh|gl|is|be|news|live|wiki|local"
)
_EXTENSION = (
    "txt|md|pdf|docx?|xlsx?|pptx?|csv|tsv|json|ya?ml|toml|xml|html?|css|scss|jsx?|tsx?|mjs|py|pyc|ipynb|rb|rs|go|java|kt|swift|c|h|cc"
    "|cpp|hpp|cs|php|sh|bat|ps1|exe|dll|so|dmg|iso|zip|tar|gz|tgz|rar|7z|jpe?g|png|gif|svg|webp|bmp|ico|tiff?|mp3|mp4|m4a|wav|flac"
    "|ogg|avi|mov|mkv|webm|log|cfg|ini|conf|env|lock|sql|db|epub|mobi|psd|bak|tmp|onnx|pt|pth|bin|apk|deb|rpm|jar|srt|vtt|tex|bib"
)
# Short endings and words that are spoken as words, not as letters.
_SPOKEN_AS_WORDS = listed(
    "com org net gov mil int info biz app dev co me us it be in at is so no to go java swift zip tar log lock",
    "bin jar bat ini json toml env tex bib conf site tech store blog cloud page news live wiki local online",
    "rar am an as by do he hi if my of oh on or ox up we ok",
)
_SIGNS = {
    ".": "dot", "/": "slash", "-": "dash", "_": "underscore", "@": "at", ":": "colon", "?": "question mark",
    "=": "equals", "&": "and", "#": "hash", "%": "percent", "+": "plus", "~": "tilde", ",": "comma", ";": "semicolon",
    "!": "exclamation mark", "*": "star", "$": "dollar", "\\": "backslash", "'": "apostrophe", "|": "bar",
}  # fmt: skip
_WHOLE = {"etc": "et cetera", "mailto": "mail to"}
_SPOKEN_WITHOUT = re.compile(r"(?i:https?|wss?)://")
_PIECE = re.compile(r"://|[^\W\d_]+|\d+|[^\w\s]|_")
_LETTERS_OR_DIGITS = re.compile(r"[^\W\d_]+|\d+")
_SCHEME = frozenset(("http", "https", "ftp", "ftps", "sftp", "ssh", "ws", "wss"))
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}"
_PATH = r"(?::\d{1,5})?(?:[/?#][^\s<>“”\"]{0,2000})?"


def _run(run: str, start: int, end: int) -> list[Piece]:
    """Read a run of letters in an address: as words if they can be pronounced, or else as letters."""
    if run.isupper() and run.lower() not in _SPOKEN_AS_WORDS | _SCHEME:
        return capitals(run, start, end)
    if run in _WHOLE:
        return words(_WHOLE[run], start, end)
    spoken: list[Piece] = []
    for word, first, last in split_words(run, start):
        low = word.lower()
        named = low in _SCHEME or low == "www" or _vowelless(low) or len(word) == 2
        if len(word) > 1 and low not in _SPOKEN_AS_WORDS and named:
            spoken += letters(low, first, last)
        elif len(word) == 1:
            spoken += letters(word, first, last)
        else:
            spoken.append(Piece(word, "word", first, last))
    return spoken


def _fraction(sign: str) -> str:
    """The words of "½"; "" if the sign is no fraction."""
    upper, _, lower = unicodedata.normalize("NFKC", sign).partition("\u2044")
    return number_words.fraction(upper, lower, False) if upper.isdecimal() and lower.isdecimal() else ""


def _vowelless(word: str) -> bool:
    return len(word) < 5 and word.upper() not in ACRONYMS and not pronounceable(word.upper())


def spell_out(text: str, start: int, end: int) -> list[Piece]:
    """Read ``text[start:end]`` as an address is read aloud, with its signs.

    The scheme of a URL and the hyphens between the words of its path are left out.
    """
    spoken: list[Piece] = []
    scheme = _SPOKEN_WITHOUT.match(text, start, end)
    start = scheme.end() if scheme else start
    path = text.find("/", start, end)
    for piece in _PIECE.finditer(text, start, end):
        first, last = piece.span()
        run = piece.group()
        if run == "://":
            continue
        if run == "-" and 0 <= path < first and text[first - 1].isalpha() and text[last : last + 1].isalpha():
            continue
        if run.isdecimal():
            spoken += words(number_words.in_pairs(run) if len(run) <= 4 else number_words.one_by_one(run), first, last)
        elif run[0].isalpha():
            spoken += _run(run, first, last)
        else:
            spoken += words(_SIGNS.get(run) or _fraction(run), first, last)
    return spoken


def trimmed(match: re.Match[str]) -> int:
    """Return the end of an address without the punctuation of its sentence."""
    start, end = match.span()
    text = match.string
    while end > start and text[end - 1] in ".,;:!?'*_~)]}…/":
        if text[end - 1] == ")" and text.count("(", start, end) >= text.count(")", start, end):
            break
        if text[end - 1] == "/" and end - start > 1 and text[end - 2] not in "./":
            end -= 1
            break
        end -= 1
    return end


def _address(match: re.Match[str], context: Context) -> RuleResult | None:
    end = trimmed(match)
    if end <= match.start():
        return None
    spoken = spell_out(match.string, match.start(), end)
    if match.string[end : end + 1] == "/" and end < match.end():
        end += 1
    return RuleResult(spoken, end)


def _domain(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a bare domain, "example.com"; not "the end.It was", which lacks a space between sentences."""
    top = match["top"]
    if top[0].isupper() and not match.group("host").isupper():
        return None
    return _address(match, context)


def _file(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult(spell_out(match.string, *match.span()), match.end())


def _path(match: re.Match[str], context: Context) -> RuleResult:
    """Read "/usr/local/bin/"; its last slash is silent."""
    return RuleResult(spell_out(match.string, match.start(), match.end() - bool(match["last"])), match.end())


def _hashtag(match: re.Match[str], context: Context) -> RuleResult:
    """Read "#ThrowbackThursday"; after words such as "order" the sign is "number": "order #A1234"."""
    start = match.start()
    if before(match, _NUMBERED, 24):
        return RuleResult(words("number", start, start + 1), start + 1)
    spoken = words("hashtag", start, start + 1)
    for piece in _LETTERS_OR_DIGITS.finditer(match.string, start + 1, match.end()):
        run = piece.group()
        if run.isdecimal():
            spoken += words(number_words.year(run, context.british), *piece.span())
        else:
            spoken += _tag(run, piece.start())
    return RuleResult(spoken, match.end())


def _tag(run: str, start: int) -> list[Piece]:
    return [piece for part in split_words(run, start) for piece in camel_part(*part)]


def _numbers(match: re.Match[str], context: Context) -> RuleResult:
    """Read "the Q1 #s"."""
    return RuleResult(words("numbers"), match.end())


def _keys(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the keys of a telephone: "dial *67", "press # now"."""
    if not before(match, _PRESS, 20):
        return None
    if match.group()[0] == "#" and len(match.group()) > 1 and before(match, _HIT, 20):  # "the song hit #1"
        return None
    named = {"*": "star", "#": "hash" if context.british else "pound"}
    spoken = [named.get(key) or number_words.DIGIT_WORDS[int(key)] for key in match.group()]
    return RuleResult(words(" ".join(spoken)), match.end())


_HIT = re.compile(r"\b(?:hit|push)\s(?:the\s)?\Z", re.I)
_PRESS = re.compile(r"\b(?:dial(?:ing)?|press(?:ing)?|hit|push)\s(?:the\s)?\Z", re.I)


def _handle(match: re.Match[str], context: Context) -> RuleResult:
    start = match.start()
    return RuleResult([*words("at", start, start + 1), *spell_out(match.string, start + 1, match.end())], match.end())


def _snake(match: re.Match[str], context: Context) -> RuleResult:
    """Read "snake_case": its words; the underscores are silent."""
    spoken: list[Piece] = []
    for piece in _LETTERS_OR_DIGITS.finditer(match.string, *match.span()):
        run = piece.group()
        spoken += words(number_words.in_pairs(run), *piece.span()) if run.isdecimal() else _tag(run, piece.start())
    return RuleResult(spoken, match.end())


_NUMBERED = re.compile(
    r"\b(?:order|invoice|ticket|ref(?:erence)?\.?|case|part|model|serial|item|account|acct\.?|claim|policy|tracking|booking"
    r"|confirmation|unit|lot|apt\.?|suite|room|docket|flight|gate|license|id|po|p\.o\.)\s\Z",
    re.I,
)
_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}"

RULES = (
    Rule(
        "address",
        re.compile(r"(?i:https?|ftps?|sftp|ssh|wss?|file|git)://[^\s<>“”\"]{1,2000}|(?:mailto:)(?=\S+@)\S{1,300}"),
        _address,
    ),
    Rule("address", re.compile(r"[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}"), _address),
    Rule("address", re.compile(rf"[Ww][Ww][Ww]\.{_HOST}[A-Za-z]{{2,24}}{_PATH}"), _address),
    Rule("address", re.compile(rf"(?P<host>{_HOST})(?P<top>(?i:{_TOP}))(?![\w-]){_PATH}"), _domain),
    Rule("address", re.compile(r"localhost(?::\d{1,5})?(?:/[^\s<>“”\"]{0,2000})?(?!\w)"), _address),
    Rule(
        "file name", re.compile(rf"(?:{_NAME}/){{0,20}}{_NAME}(?:\.{_NAME}){{0,3}}\.(?i:{_EXTENSION})(?![\w])"), _file
    ),
    Rule("identifier", re.compile(rf"[{LATIN}\d]{{1,60}}(?:_+[{LATIN}\d]{{1,60}}){{1,20}}"), _snake),
    Rule("file name", re.compile(r"[A-Za-z]:\\(?:[\w.+-]{1,80}\\){0,20}[\w.+-]{0,80}(?<!\.)"), _file),
)
OTHER_RULES = (
    Rule("symbol", re.compile(r"(?<!\w)#s(?!\w)"), _numbers),
    Rule("telephone", re.compile(r"[*#](?:\d{1,4}(?:[*#]\d{1,4}){0,4}[*#]?)?(?!\w)"), _keys),
    Rule("hashtag", re.compile(rf"(?<!\w)#(?=[{LATIN}]|\d+[{LATIN}])[{LATIN}\d_]{{1,140}}"), _hashtag),
    Rule("handle", re.compile(r"@(?=[A-Za-z0-9_]{1,60}(?!\w))\w+"), _handle),
    Rule(
        "file name",
        re.compile(
            r"(?<![\w/%.])(?:~|\.{1,2})?/(?:[\w.+-]{1,80}/){0,20}[\w.+-]{0,79}\w"
            r"(?:\?\w{1,40}=[\w=&%.+-]{0,199}\w)?(?P<last>/?)(?=[\s,;:!?)”.]|$)(?<!/s)"
        ),
        _path,
    ),
    Rule("identifier", re.compile(rf"_+[{LATIN}\d]{{1,60}}(?:_+[{LATIN}\d]{{1,60}}){{0,20}}_*"), _snake),
)
