"""The segments of an SSML document, gathered text by text; pauses and marks wait for the text after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kokoro_demo.script.segments import Segment
from kokoro_demo.script.ssml.values import pause_mark
from kokoro_demo.text.traced import Traced

_NOTATION = re.compile(r"\[([^\[\]]*)\]\(/[^()]*/\)")
_SPACES = re.compile(r"[ \t\r\n]+")
_RUN = re.compile(r"[^\s.,;:!?…\[\]](?:[^\[\]\n]{0,190}[^\s.,;:!?…\[\]])?(?=[\s.,;:!?…\[\]]|\Z)")
_ENDS = tuple(".!?…:;,—。！？：；，、।")
_CLOSING = " \t\"'”’»)]」』"
_NO_FULL_STOP = {"ja": "。", "zh": "。", "hi": "।"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How the text of an element is said; fields as of `Segment`.

    stress: as in our notation, "" for what the words have.
    silent: whether the text is not spoken at all.
    """

    voice: str = ""
    speed: float = 1.0
    language: str = ""
    speaker: str = ""
    turn: int = 0
    stress: str = ""
    silent: bool = False


@dataclass(slots=True)
class _Piece:
    """A segment that is being gathered."""

    manner: Manner
    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)

    def segment(self) -> Segment:
        how = self.manner
        traced = Traced("".join(self.text), self.starts, self.ends)
        return Segment(traced, how.voice, how.speed, how.language, how.speaker, how.turn, tuple(self.marks))


class Gathering:
    """What is said so far."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._pauses: list[tuple[float, int, int]] = []
        self._marks: list[str] = []
        self._place = 0  # up to where the written text was said
        self._last = ""  # the last character spoken, ignoring spaces and closing marks
        self._after_space = True
        self._parted = False  # whether a letter that follows at once is of another word

    def segments(self) -> Iterator[Segment]:
        """What was said, in order."""
        return (piece.segment() for piece in self._pieces if piece.text)

    def pause(self, seconds: float, start: int, end: int) -> None:
        """A pause that is written at ``[start, end)``."""
        self._pauses.append((seconds, start, end))

    def mark(self, name: str) -> None:
        """Name the place of the text that follows."""
        self._marks += [name] if name else []

    def finish(self) -> None:
        """Put down what still waits for a text."""
        if self._pieces:
            self._release(self._pieces[-1])

    def text(self, traced: Traced, manner: Manner) -> None:
        """Say a text as it is written; white space is one space."""
        traced = traced.substituted(_SPACES, " ")
        if self._after_space and traced.text.startswith(" "):
            traced = Traced(traced.text[1:], traced.starts[1:], traced.ends[1:])
        if traced.text:
            within_a_word = not self._after_space and self._last.isalnum() and traced.text[0].isalnum()
            marked = traced if within_a_word else _stressed(traced, manner.stress)
            self._say(marked, traced.text, manner)

    def instead(self, said: str, start: int, end: int, manner: Manner) -> None:
        """Say `said`, in our notation, in place of all that is written at ``[start, end)``."""
        if not said:
            return
        if self._last.isalnum() and not self._after_space:
            said = f" {said}"
        plain = _NOTATION.sub(r"\1", said)
        self._say(Traced(said, [start] * len(said), [end] * len(said)), plain, manner)
        self._parted = True

    def _say(self, traced: Traced, plain: str, manner: Manner) -> None:
        if self._parted and plain[:1].isalnum():
            traced = Traced(f" {traced.text}", [self._place, *traced.starts], [self._place, *traced.ends])
        self._parted = False
        piece = self._piece(manner)
        self._release(piece)
        _add(piece, traced)
        self._place = max(self._place, traced.ends[-1])
        self._after_space = plain[-1:].isspace()
        self._last = plain.rstrip(_CLOSING)[-1:] or self._last

    def _piece(self, manner: Manner) -> _Piece:
        manner = replace(manner, stress="")
        if not self._pieces or self._pieces[-1].manner != manner:
            self._pieces.append(_Piece(manner))
        return self._pieces[-1]

    def _release(self, piece: _Piece) -> None:
        """Put down the pauses and marks that were waiting for a text."""
        pauses, self._pauses = self._pauses, []
        for seconds, start, end in pauses:
            mark = pause_mark(seconds)
            _add(piece, Traced(mark, [max(start, self._place)] * len(mark), [max(end, self._place)] * len(mark)))
            self._place = max(end, self._place)
        length = sum(map(len, piece.text))
        marks, self._marks = self._marks, []
        piece.marks += [(length, name) for name in marks if name]

    def end_sentence(self, layout: str) -> None:
        """End a sentence, with a full stop if it has no mark, and then the white space of `layout`."""
        if not self._pieces or not self._last:
            return
        piece = self._pieces[-1]
        stop = "" if self._last in _ENDS else _NO_FULL_STOP.get(piece.manner.language, ".")
        added = stop + layout
        _add(piece, Traced(added, [self._place] * len(added), [self._place] * len(added)))
        self._after_space, self._last = True, "."


def _add(piece: _Piece, traced: Traced) -> None:
    piece.text.append(traced.text)
    piece.starts += traced.starts
    piece.ends += traced.ends


def _stressed(traced: Traced, stress: str) -> Traced:
    """The text with our notation of a stress: all of it if it is to be weaker, else a single word."""
    words = traced.text.split()
    if not stress or (stress[0] == "+" and len(words) != 1):
        return traced
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for run in _RUN.finditer(traced.text):
        first, last = run.span()
        before, after = traced.starts[first], traced.ends[last - 1]
        text += [traced.text[done:first], "[", run[0], f"]({stress})"]
        added = len(stress) + 3
        starts += [*traced.starts[done:first], before, *traced.starts[first:last], *[after] * added]
        ends += [*traced.ends[done:first], before, *traced.ends[first:last], *[after] * added]
        done = last
    return Traced("".join([*text, traced.text[done:]]), [*starts, *traced.starts[done:]], [*ends, *traced.ends[done:]])
