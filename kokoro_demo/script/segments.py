"""A compiled script: a list of segments, each with the voice and speed that speak it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kokoro_demo.errors import RequestError
from kokoro_demo.text.traced import Traced

# Enough for a text of the maximum length with turns of forty characters.
MAX_SEGMENTS = 500
# Voices and blends, including the request's own.
MAX_VOICES = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """Text that one voice speaks at one speed in one language.

    traced: the text with our own marks, traced to the written text.
    voice: "" means the request's own. speed: a factor that multiplies the request's speed.
    language: a code; "" means the request's own, or else the voice's.
    speaker: a name in the cast; "" if there is none.
    turn: the number of changes of speaker before it, which tells two turns of one speaker apart.
    marks: names of positions in `traced`, in order.
    """

    traced: Traced
    voice: str = ""
    speed: float = 1.0
    language: str = ""
    speaker: str = ""
    turn: int = 0
    marks: tuple[tuple[int, str], ...] = ()

    def same_delivery(self, other: Segment) -> bool:
        """Return whether both are spoken by the same voice in the same way and in the same turn."""
        return replace(self, traced=other.traced, marks=other.marks) == other


@dataclass(frozen=True, slots=True)
class Script:
    """A compiled script: at least one segment that says something, and warnings.

    own_layout: whether paragraphs and lines are those of the segments' text, and not those of the written text.
    """

    segments: tuple[Segment, ...]
    warnings: tuple[str, ...] = ()
    own_layout: bool = False


def tidy(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Merge adjacent segments with the same delivery, and silent segments, with their marks, into the one before them.

    Raises:
        RequestError: if there are too many, or too many voices.
    """
    kept: list[Segment] = []
    waiting: Segment | None = None
    for segment in segments:
        if waiting is not None:
            segment, waiting = _joined(waiting, segment, segment), None
        silent = not any(sign.isalnum() for sign in segment.traced.text)
        if kept and (silent or kept[-1].same_delivery(segment)):
            kept[-1] = _joined(kept[-1], segment, kept[-1])
        elif silent:
            waiting = segment
        else:
            kept.append(segment)
    if len(kept) > MAX_SEGMENTS:
        raise RequestError(
            f"The script changes voice, speed or speaker {len(kept):,} times; at most {MAX_SEGMENTS} changes can be "
            "spoken at once. Speak it in parts."
        )
    voices = {segment.voice for segment in kept}
    if len(voices) > MAX_VOICES:
        raise RequestError(
            f"The script has {len(voices)} voices; at most {MAX_VOICES} can speak at once. Speak it in parts."
        )
    return tuple(kept)


def piece(text: str, start: int, end: int) -> Traced:
    """Return ``text[start:end]``, traced to the whole text."""
    return Traced(text[start:end], range(start, end), range(start + 1, end + 1))


def joined(first: Traced, second: Traced) -> Traced:
    """Return the two texts, one after the other."""
    return Traced(first.text + second.text, [*first.starts, *second.starts], [*first.ends, *second.ends])


def _joined(first: Segment, second: Segment, delivery: Segment) -> Segment:
    """The two segments as one, with the voice and the other properties of `delivery`."""
    moved = [(place + len(first.traced.text), name) for place, name in second.marks]
    return replace(delivery, traced=joined(first.traced, second.traced), marks=(*first.marks, *moved))
