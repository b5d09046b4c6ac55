"""Games: chess moves, playing cards, and the minute of a goal."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, word_rule, words

_CHESSMEN = {"K": "king", "Q": "queen", "R": "rook", "B": "bishop", "N": "knight"}
_SQUARE = r"[a-h][1-8]"
# A numbered move or a word of chess nearby, without which "Bb4" may be a chord and "B6" a vitamin.
_GAME = re.compile(
    rf"\b\d{{1,3}}\.{{1,3}}\s?(?:O-O|0-0|[KQRBN]?[a-h]?x?{_SQUARE})|\b(?:chess|checkmate|castles?|gambit|mates?)\b"
)
_CARDS = {
    "♠": "spades",
    "♥": "hearts",
    "♦": "diamonds",
    "♣": "clubs",
    "♤": "spades",
    "♡": "hearts",
    "♢": "diamonds",
    "♧": "clubs",
}
_RANKS = {"A": "ace", "K": "king", "Q": "queen", "J": "jack", "T": "ten"}


def _is_played(match: re.Match[str]) -> bool:
    return _GAME.search(match.string, max(0, match.start() - 80), min(len(match.string), match.end() + 80)) is not None


def _move(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Nf3", "Bxc6+", "exd5", "e8=Q#"."""
    if not _is_played(match):
        return None
    spoken: list[Piece] = []
    if match["man"]:
        spoken += words(_CHESSMEN[match["man"]], *match.span("man"))
    if match["origin"]:
        spoken += _named(match["origin"], *match.span("origin"))
    if match["takes"]:
        spoken += words("takes", *match.span("takes"))
    spoken += _named(match["square"], *match.span("square"))
    if match["new"]:
        spoken += words(f"promotes to {_CHESSMEN[match['new'][-1]]}", *match.span("new"))
    return RuleResult(spoken + _check(match), match.end())


def _check(match: re.Match[str]) -> list[Piece]:
    if not match["check"]:
        return []
    spoken = "check" if match["check"] == "+" else "mate"
    return [Piece(",", "punctuation", *match.span("check")), *words(spoken, *match.span("check"))]


def _named(square: str, start: int, end: int) -> list[Piece]:
    """The name of a square, "e4", or only its letter or its digit."""
    return [
        piece
        for character in square
        for piece in (
            letters(character.upper(), start, end)
            if character.isalpha()
            else words(number_words.DIGIT_WORDS[int(character)], start, end)
        )
    ]


def _castles(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "O-O-O"."""
    if not _is_played(match):
        return None
    side = "queenside" if match["long"] else "kingside"
    return RuleResult(words(f"castles {side}", *match.span("castles")) + _check(match), match.end())


def _card(match: re.Match[str], context: Context) -> RuleResult:
    """Read "K♥", "10♠", "A ♦"."""
    rank = _RANKS.get(match["rank"]) or number_words.cardinal(match["rank"], False)
    return RuleResult(words(f"{rank} of {_CARDS[match['suit']]}"), match.end())


def _suit(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "♠" of "ace of ♠"."""
    return RuleResult(words(_CARDS[match.group()]), match.end())


def _minute(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Messi 23′, 67′ (pen)": minutes of a match, not feet."""
    if not (before(match, _SCORER) if match["more"] else before(match, _SCORED, 40)):
        return None
    spoken = f"{number_words.cardinal(match['minute'], context.british)}"
    if match["added"]:
        spoken += f" plus {number_words.cardinal(match['added'], context.british)}"
    return RuleResult(words(f"{spoken} {'minute' if spoken == 'one' else 'minutes'}"), match.end())


def _for_so_many(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "3-7" of "3-7 from three": shots made and tried."""
    made, tried = (number_words.cardinal(match[part], context.british) for part in ("made", "tried"))
    return RuleResult(words(f"{made} for {tried}"), match.end())


def _record(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "3-9" of "The Bills (9-3) host the Jets (3-9)": games won and lost."""
    text, start, end = match.string, match.start(), match.end()
    others = (*_RECORD.finditer(text, max(0, start - 60), start), *_RECORD.finditer(text, end, end + 60))
    if not any(int(other[1]) > int(other[2]) for other in others):
        return None
    won, lost = (number_words.cardinal(match[part], context.british) for part in ("won", "lost"))
    return RuleResult(words(f"{won} {lost}"), match.end())


_RECORD = re.compile(r"[A-Za-z]\s\((\d{1,2})-(\d{1,2})\)")


def _seconds_left(match: re.Match[str], context: Context) -> RuleResult:
    """Read "0:03 left"."""
    number = number_words.cardinal(match["seconds"].lstrip("0") or "0", context.british)
    return RuleResult(words(f"{number} second{'' if number == 'one' else 's'}"), match.end())


def _by_innings(match: re.Match[str], context: Context) -> RuleResult:
    """Read "11.2 K/9": so many in nine innings."""
    return RuleResult(
        [*letters(match["what"], *match.span("what")), *words("per nine", match.end("what"))], match.end()
    )


_SCORER = re.compile(r"[A-Z][\w'’-]*\s\(?(?:\d{1,3}(?:\+\d{1,2})?′(?:\s\(\w+\))?,\s?)*\Z")
_SCORED = re.compile(r"[A-Z][\w'’-]*\s\(?(?:\d{1,3}(?:\+\d{1,2})?′(?:\s\(\w+\))?,\s?)+\Z")
_SUIT = f"[{''.join(_CARDS)}]"
_MOVE = (
    rf"(?P<man>[KQRBN]?)(?P<origin>[a-h][1-8]?(?=x?{_SQUARE})|[1-8](?=x?{_SQUARE})|)(?P<takes>x?)(?P<square>{_SQUARE})"
    r"(?P<new>=[QRBN])?(?P<check>[+#])?(?!\w)"
)
_GOALS = (
    r"(?P<minute>\d{1,3})(?:\+(?P<added>\d{1,2}))?′"
    r"(?=(?P<more>,\s?\d{1,3}(?:\+\d{1,2})?′|\s\(?(?:pen|p|og|o\.g)\b)|[,;.)]|\s*$)"
)
DIGIT_RULES = (
    Rule(
        "score",
        re.compile(
            r"(?P<made>\d{1,2})-(?P<tried>\d{1,2})(?=\s(?:from\s(?:3|three|deep|the\s(?:field|line|floor)|beyond|FG|FT)|FGs?|FTs?|3PT?s?)(?!\w))"
        ),
        _for_so_many,
    ),
    Rule("score", re.compile(r"(?<=[A-Za-z]\s\()(?P<won>\d{1,2})-(?P<lost>\d{1,2})(?=\))"), _record),
    Rule(
        "duration",
        re.compile(r"0?0:(?P<seconds>[0-5]\d)(?=\s(?:left|remaining|to\s(?:go|play)|on\sthe\sclock)\b)"),
        _seconds_left,
    ),
    Rule("card", re.compile(rf"(?P<rank>10|[2-9])\s?(?P<suit>{_SUIT})"), _card),
    Rule("game", re.compile(_GOALS), _minute),
    Rule("game", re.compile(r"(?P<castles>0-0(?P<long>-0)?)(?P<check>[+#])?(?![\w-])"), _castles),
)
LETTER_RULES = (
    Rule("rate", re.compile(r"(?P<what>K|BB|HR|SO)/9(?!\w)"), _by_innings),
    word_rule("abbreviation", r"(?<=\d )inn\.?(?!\w)", lambda _: "innings"),
    Rule("card", re.compile(rf"(?P<rank>[AKQJT])\s?(?P<suit>{_SUIT})"), _card),
    Rule("game", re.compile(r"(?P<castles>O-O(?P<long>-O)?)(?P<check>[+#])?(?![\w-])"), _castles),
    Rule("game", re.compile(_MOVE), _move),
)
OTHER_RULES = (Rule("card", re.compile(rf"(?:(?<=of )|(?<=of the )|(?<=no )|(?<=in )){_SUIT}"), _suit),)
