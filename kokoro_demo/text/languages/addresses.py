"""URLs, e-mail addresses, hashtags and handles, with the signs in the words of the language."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Protocol

from kokoro_demo.text.patterns import LATIN
from kokoro_demo.text.rules.words import LETTER
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, words

_SCHEME = re.compile(r"(?i:https?|ftp)://|mailto:", re.I)
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}"
_TOP = (
    "com|org|net|edu|gov|gob|gouv|gov|info|biz|io|ai|app|dev|co|tv|es|mx|ar|cl|pe|uy|fr|be|ch|ca|qc|it|br|pt|in|eu|us|uk|de|online"
    "|shop|blog|site|web|news|cat|lat|paris|jp|cn|tw|hk|kr"
)
_PIECE = re.compile(rf"{LETTER}+|\d+|[^\w\s]|_")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-xz]{1,5}", re.I)


class AddressWords(Protocol):
    """The words of a language in addresses: for signs, for numbers, and the endings that it reads as words."""

    @property
    def address_signs(self) -> Mapping[str, str]:
        """The words for "@", ".", "#tag" (the sign of a hashtag) and other signs."""

    @property
    def spoken_endings(self) -> Collection[str]:
        """Endings, and names without a vowel, that are read as words."""

    def whole(self, digits: str) -> str:
        """Return the words of a number."""


class Addresses:
    """Reads addresses in one language."""

    def __init__(self, address_words: AddressWords, spaced: bool = True) -> None:
        """spaced: whether words are separated by spaces; if not, an address ends before the first non-ASCII letter."""
        self._address_words = address_words
        self._sign = r"[^\s<>“”\"]" if spaced else r"[!#-;=?-~]"
        self._flags = re.UNICODE if spaced else re.ASCII

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules for what begins with a letter or a digit."""
        path = rf"(?::\d{{1,5}})?(?:[/?#]{self._sign}{{0,2000}})?"
        return tuple(
            Rule("address", re.compile(pattern, self._flags), self._read)
            for pattern in (
                rf"(?i:https?|ftp)://{self._sign}{{1,2000}}|mailto:{self._sign}{{1,300}}",
                rf"[A-Za-z0-9][\w.+%-]{{0,63}}@{_HOST}[A-Za-z]{{2,24}}",
                rf"(?i:www)\.{_HOST}[A-Za-z]{{2,24}}{path}",
                rf"{_HOST}(?:{_TOP})(?![\w-]){path}",
            )
        )

    def tags(self) -> tuple[Rule, ...]:
        """Return the rules for what begins with a sign."""
        return (
            Rule("hashtag", re.compile(rf"#(?=[{LATIN}\u0900-\u097f])[{LATIN}\u0900-\u097f\d_]{{1,140}}"), self._tag),
            Rule("handle", re.compile(r"@(?=\w)[\w.]{0,60}\w"), self._tag),
        )

    def _read(self, match: re.Match[str], context: Context) -> RuleResult | None:
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

    def _tag(self, match: re.Match[str], context: Context) -> RuleResult:
        start = match.start()
        sign = self._address_words.address_signs["#tag" if match.string[start] == "#" else "@"]
        return RuleResult(
            [*words(sign, start, start + 1), *self._spelled(match.string, start + 1, match.end(), tag=True)],
            match.end(),
        )

    def _spelled(self, text: str, start: int, end: int, tag: bool = False) -> list[Piece]:
        pieces: list[Piece] = []
        for piece in _PIECE.finditer(text, start, end):
            run, span = piece.group(), piece.span()
            if run.isdecimal():
                pieces += words(self._address_words.whole(run), *span)
            elif run[0].isalpha():
                pieces += self._run(run, text[span[0] - 1 : span[0]] == ".", *span)
            elif not (tag and run == "_"):
                pieces += words(self._address_words.address_signs.get(run, ""), *span)
        return pieces

    def _run(self, run: str, ending: bool, start: int, end: int) -> list[Piece]:
        """Read letters of an address as a word, unless it cannot be pronounced or is a country's two letters."""
        low = run.lower()
        if (
            low == "www"
            or len(run) == 1
            or (_NO_VOWEL.fullmatch(run) and low not in self._address_words.spoken_endings)
        ):
            return letters(low, start, end)
        if ending and len(run) == 2 and low not in self._address_words.spoken_endings:
            return letters(low, start, end)
        return [Piece(run, "word", start, end)]
