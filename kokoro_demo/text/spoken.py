"""What the text stage hands to the g2p stage: spoken words that remember the characters they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "letters", "punctuation", "pause", "silent"]


@dataclass(frozen=True, slots=True)
class Token:
    """One spoken word, one punctuation mark of Kokoro's alphabet, one pause, or something left silent.

    text: a spoken word in ordinary spelling ("twenty", "Smith", "don't"); for `letters` the letters to be
        named one by one, capitals with an optional ending ("FBI", "IBM's", "CDs") or all small ("pm", "https");
        for `punctuation` a single symbol out of ``;:,.!?—…()“”``; for `pause` and `silent` "".
    start, end: the characters of the written text this token stands for, ``written[start:end]``. Several
        tokens may share one span ("$5" is "five" and "dollars", both over "$5").
    kind: how g2p is to read it. `silent` is written but not spoken: a footnote mark, the target of a link, an
        emoji, letters of a script that the voice cannot read.
    space_before: whether a space stands between this token and the one before it in the spoken text.
    joined: whether a hyphen joins this word to the one before it ("daisy-chain").
    phonemes: the pronunciation that the writer fixed with ``[word](/ipa/)``, as typed; "" if there is none.
    respelling: the respelling that the writer gave with ``[word](respelling)``; "" if there is none.
    stress: the change of stress that the writer gave with ``[word](+1)``; None if there is none.
    seconds: the length of a `pause`.
    rule: the name of the rule that made these words out of something else ("2nd" -> "second" is "ordinal"); "" if they
        are spoken as they were written.
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
        """The token as it is written in a line of spoken text: capitals to be named stand apart ("F B I's")."""
        if self.kind != "letters" or self.text.islower():
            return self.text
        named = len(self.text.rstrip("abcdefghijklmnopqrstuvwxyz'"))
        return " ".join(self.text[:named]) + self.text[named:]


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a text that is spoken otherwise than it is written.

    start, end: its place in the written text. written: ``text[start:end]``.
    spoken: its words, "" if it is left out. rule: the name of the rule that made them, "money" or "date".
    """

    start: int
    end: int
    written: str
    spoken: str
    rule: str


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The spoken form of a written text.

    dropped: the places in `written` of symbols that are not spoken.
    """

    written: str
    tokens: tuple[Token, ...]
    warnings: tuple[str, ...] = ()
    dropped: tuple[tuple[int, int], ...] = ()

    @property
    def spoken(self) -> str:
        """The words and punctuation as they are spoken, as one line of text."""
        return spoken_line(self.tokens)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Each piece that is spoken otherwise than it is written, in the order of the text."""
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
