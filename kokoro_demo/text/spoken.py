"""What the text stage passes to g2p: spoken words, each with the span of the characters that it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "letters", "punctuation", "pause", "silent"]


@dataclass(frozen=True, slots=True)
class Token:
    """One spoken word, one punctuation mark from Kokoro's alphabet, one pause, or something that is not spoken.

    text: a spoken word in ordinary spelling ("twenty", "Smith", "don't"); for `letters` the letters to be
        named one by one, capitals with an optional ending ("FBI", "IBM's", "CDs") or all small ("pm", "https");
        for `punctuation` a single symbol out of ``;:,.!?—…()“”``; for `pause` and `silent` "".
    start, end: its span in the written text, ``written[start:end]``. Several tokens may share one span
        ("$5" is "five" and "dollars", both with the span of "$5").
    kind: how g2p should treat it. `silent` is written but not spoken: a footnote mark, the target of a link, an
        emoji, letters of a script that the voice cannot read.
    space_before: whether there is a space before it in the spoken text.
    joined: whether a hyphen joins this word to the one before it ("daisy-chain").
    phonemes: the pronunciation that the writer gave with ``[word](/ipa/)``, as typed; "" if there is none.
    respelling: the respelling that the writer gave with ``[word](respelling)``; "" if there is none.
    stress: the change of stress that the writer gave with ``[word](+1)``; None if there is none.
    seconds: the length of a `pause`.
    rule: the name of the rule that changed what was written ("2nd" -> "second" is "ordinal"); "" if it is spoken as
        written.
    """

    text: str
    start: int
    end: int
    kind: TokenKind = "word"
    space_before: bool = True
    joined: bool = False
    phonemes: str = ""
    respelling: str = ""
    stress: float | None = None
    seconds: float = 0.0
    rule: str = ""

    @property
    def spoken(self) -> str:
        """The token as it appears in a line of spoken text, with spaces between letters that are named ("F B I's")."""
        if self.kind != "letters" or self.text.islower():
            return self.text
        named = len(self.text.rstrip("abcdefghijklmnopqrstuvwxyz'"))
        return " ".join(self.text[:named]) + self.text[named:]


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a text that is not spoken as it is written.

    start, end: its span in the written text. written: ``text[start:end]``.
    spoken: what is said instead, "" if it is left out. rule: the name of the rule, such as "money" or "date".
    """

    start: int
    end: int
    written: str
    spoken: str
    rule: str


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The spoken form of a written text.

    dropped: the spans in `written` of symbols that are not spoken.
    """

    written: str
    tokens: tuple[Token, ...]
    warnings: tuple[str, ...] = ()
    dropped: tuple[tuple[int, int], ...] = ()

    @property
    def spoken(self) -> str:
        """The spoken words and punctuation as one line of text."""
        return spoken_line(self.tokens)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each piece that is not spoken as it is written, in the order of the text."""
        changes: list[Change] = []
        run: list[Token] = []
        for token in (*self.tokens, None):
            if run and (token is None or token.rule != run[0].rule or token.start > _end_of(run)):
                start, end = run[0].start, _end_of(run)
                change = Change(start, end, self.written[start:end], spoken_line(run), run[0].rule)
                changes += [change] if change.spoken != change.written else []
                run = []
            if token is not None and token.rule:
                run.append(token)
        return tuple(changes)


def _end_of(tokens: list[Token]) -> int:
    return max(token.end for token in tokens)


def spoken_line(tokens: tuple[Token, ...] | list[Token]) -> str:
    """The words and punctuation of `tokens` as one line of text."""
    parts: list[str] = []
    for token in tokens:
        if not token.text:
            continue
        if parts and token.space_before:
            parts.append(" ")
        parts.append(token.spoken)
    return "".join(parts)
