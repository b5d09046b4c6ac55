"""Builds the segments of an SSML document, text by text; pauses and marks are held back until the next text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kokoro_demo.script.segments import Segment
from kokoro_demo.script.ssml.values import pause_mark
from kokoro_demo.text.traced import Traced

_FIXED_WORD = re.compile(r"\[([^\[\]]*)\]\(/[^()]*/\)")
_SPACES = re.compile(r"[ \t\r\n]+")
_RUN = re.compile(r"[^\s.,;:!?…\[\]](?:[^\[\]\n]{0,190}[^\s.,;:!?…\[\]])?(?=[\s.,;:!?…\[\]]|\Z)")
_ENDS = tuple(".!?…:;,—。！？：；，、।")
_CLOSING = " \t\"'”’»)]」』"
_NO_FULL_STOP = {"ja": "。", "zh": "。", "hi": "।"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the text of an element is spoken; the first fields are those of `Segment`.

    stress: as in our own mark; "" keeps the stress of the words.
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
    """A segment under construction."""

    delivery: Delivery
    text: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)

    def append(self, traced: Traced) -> None:
        self.text.append(traced.text)
        self.starts += traced.starts
        self.ends += traced.ends

    def segment(self) -> Segment:
        delivery = self.delivery
        return Segment(
            Traced("".join(self.text), self.starts, self.ends),
            delivery.voice,
            delivery.speed,
            delivery.language,
            delivery.speaker,
            delivery.turn,
            tuple(self.marks),
        )


class SegmentBuilder:
    """Collects texts, pauses and marks into segments."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._pauses: list[tuple[float, int, int]] = []
        self._marks: list[str] = []
        self._position = 0  # up to which the written text has been added
        self._last = ""  # the last character spoken, ignoring spaces and closing marks
        self._after_space = True
        self._word_ended = False  # whether a letter that follows directly begins another word

    def segments(self) -> Iterator[Segment]:
        """Yield the segments in order."""
        return (piece.segment() for piece in self._pieces if piece.text)

    def pause(self, seconds: float, start: int, end: int) -> None:
        """Add a pause that is written at ``[start, end)``."""
        self._pauses.append((seconds, start, end))

    def mark(self, name: str) -> None:
        """Name the position of the text that follows."""
        self._marks += [name] if name else []

    def finish(self) -> None:
        """Add what is still held back."""
        if self._pieces:
            self._release(self._pieces[-1])

    def text(self, traced: Traced, delivery: Delivery) -> None:
        """Add a text as it is written; white space becomes one space."""
        traced = traced.substituted(_SPACES, " ")
        if self._after_space and traced.text.startswith(" "):
            traced = Traced(traced.text[1:], traced.starts[1:], traced.ends[1:])
        if traced.text:
            within_a_word = not self._after_space and self._last.isalnum() and traced.text[0].isalnum()
            marked = traced if within_a_word else _stressed(traced, delivery.stress)
            self._add_text(marked, traced.text, delivery)

    def replacement(self, text: str, start: int, end: int, delivery: Delivery) -> None:
        """Add a text, with our own marks, in place of all that is written at ``[start, end)``."""
        if not text:
            return
        if self._last.isalnum() and not self._after_space:
            text = f" {text}"
        plain = _FIXED_WORD.sub(r"\1", text)
        self._add_text(Traced(text, [start] * len(text), [end] * len(text)), plain, delivery)
        self._word_ended = True

    def _add_text(self, traced: Traced, plain: str, delivery: Delivery) -> None:
        if self._word_ended and plain[:1].isalnum():
            traced = Traced(f" {traced.text}", [self._position, *traced.starts], [self._position, *traced.ends])
        self._word_ended = False
        piece = self._piece(delivery)
        self._release(piece)
        piece.append(traced)
        self._position = max(self._position, traced.ends[-1])
        self._after_space = plain[-1:].isspace()
        self._last = plain.rstrip(_CLOSING)[-1:] or self._last

    def _piece(self, delivery: Delivery) -> _Piece:
        delivery = replace(delivery, stress="")
        if not self._pieces or self._pieces[-1].delivery != delivery:
            self._pieces.append(_Piece(delivery))
        return self._pieces[-1]

    def _release(self, piece: _Piece) -> None:
        """Add the pauses and marks that were held back."""
        pauses, self._pauses = self._pauses, []
        for seconds, start, end in pauses:
            mark = pause_mark(seconds)
            piece.append(Traced(mark, [max(start, self._position)] * len(mark), [max(end, self._position)] * len(mark)))
            self._position = max(end, self._position)
        length = sum(map(len, piece.text))
        marks, self._marks = self._marks, []
        piece.marks += [(length, name) for name in marks if name]

    def end_sentence(self, layout: str) -> None:
        """End a sentence, with a full stop if it has no mark, and add the white space of `layout`."""
        if not self._pieces or not self._last:
            return
        piece = self._pieces[-1]
        stop = "" if self._last in _ENDS else _NO_FULL_STOP.get(piece.delivery.language, ".")
        added = stop + layout
        piece.append(Traced(added, [self._position] * len(added), [self._position] * len(added)))
        self._after_space, self._last = True, "."


def _stressed(traced: Traced, stress: str) -> Traced:
    """The text with our own mark for stress: on all words if they become weaker, or else only on a single word."""
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
