"""Addresses: URLs, e-mail, hashtags and handles, with the signs in the words of the language."""

from __future__ import annotations

import re

from kokoro_demo.text.languages.tongue import Tongue
from kokoro_demo.text.patterns import LATIN
from kokoro_demo.text.rules.words import LETTER
from kokoro_demo.text.scanner import Piece, Place, Rule, RuleResult, letters, words

_SCHEME = re.compile(r"(?i:https?|ftp)://|mailto:", re.I)
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}"
_PATH = r"(?::\d{1,5})?(?:[/?#][^\s<>“”\"]{0,2000})?"
_TOP = (
    "com|org|net|edu|gov|gob|gouv|gov|info|biz|io|ai|app|dev|co|tv|es|mx|ar|cl|pe|uy|fr|be|ch|ca|qc|it|br|pt|in|eu|us|uk|de|online"
    "|shop|blog|site|web|news|cat|lat|paris"
)
_PIECE = re.compile(rf"{LETTER}+|\d+|[^\w\s]|_")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xz]{1,5}", re.I)


class Addresses:
    """Reads addresses in one language."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue

    def rules(self) -> tuple[Rule, ...]:
        """For what begins with a letter or a figure."""
        return (
            Rule("address", re.compile(r"(?i:https?|ftp)://[^\s<>“”\"]{1,2000}|mailto:[^\s<>“”\"]{1,300}"), self._read),
            Rule("address", re.compile(rf"[A-Za-z0-9][\w.+%-]{{0,63}}@{_HOST}[A-Za-z]{{2,24}}"), self._read),
            Rule("address", re.compile(rf"(?i:www)\.{_HOST}[A-Za-z]{{2,24}}{_PATH}"), self._read),
            Rule("address", re.compile(rf"{_HOST}(?:{_TOP})(?![\w-]){_PATH}"), self._read),
        )

    def tags(self) -> tuple[Rule, ...]:
        """For what begins with a sign."""
        return (
            Rule("hashtag", re.compile(rf"#(?=[{LATIN}\u0900-\u097f])[{LATIN}\u0900-\u097f\d_]{{1,140}}"), self._tag),
            Rule("handle", re.compile(r"@(?=\w)[\w.]{0,60}\w"), self._tag),
        )

    def _read(self, match: re.Match[str], place: Place) -> RuleResult | None:
        text, start, end = match.string, match.start(), match.end()
        while end > start and text[end - 1] in ".,;:!?'*_~)]}…/":
            end -= 1
        if end <= start:
            return None
        scheme = _SCHEME.match(text, start)
        pieces = self._spelled(text, scheme.end() if scheme else start, end)
        if text[end : end + 1] == "/" and end < match.end():
            end += 1
        return RuleResult(pieces, end) if pieces else None

    def _tag(self, match: re.Match[str], place: Place) -> RuleResult:
        start = match.start()
        sign = self.tongue.address_signs["#tag" if match.string[start] == "#" else "@"]
        return RuleResult(
            [*words(sign, start, start + 1), *self._spelled(match.string, start + 1, match.end(), tag=True)],
            match.end(),
        )

    def _spelled(self, text: str, start: int, end: int, tag: bool = False) -> list[Piece]:
        pieces: list[Piece] = []
        for found in _PIECE.finditer(text, start, end):
            run, span = found.group(), found.span()
            if run.isdecimal():
                pieces += words(self.tongue.whole(run), *span)
            elif run[0].isalpha():
                pieces += self._run(run, text[span[0] - 1 : span[0]] == ".", *span)
            elif not (tag and run == "_"):
                pieces += words(self.tongue.address_signs.get(run, ""), *span)
        return pieces

    def _run(self, run: str, ending: bool, start: int, end: int) -> list[Piece]:
        """Letters of an address: a word, unless it cannot be said or is a country's two letters."""
        low = run.lower()
        if low == "www" or len(run) == 1 or (_NO_VOWEL.fullmatch(run) and low not in self.tongue.spoken_endings):
            return letters(low, start, end)
        if ending and len(run) == 2 and low not in self.tongue.spoken_endings:
            return letters(low, start, end)
        return [Piece(run, "word", start, end)]
