"""What a script is compiled into: stretches of text in order, each with who says it and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kokoro_demo.errors import RequestError
from kokoro_demo.text.traced import Traced

# Enough for a text of the maximum length with turns of forty characters.
MAX_SEGMENTS = 500
# Voices and blends, the request's own among them.
MAX_VOICES = 16


@dataclass(frozen=True, slots=True)
class Segment:
    """What is said by one voice at one speed in one language.

    traced: the text as our own marks have it, each of its characters with its place in the written text.
    voice: "" is the request's own. speed: a factor of the request's own.
    language: a code; "" is the request's own, or else the voice's.
    speaker: a name of the cast, or "".
    turn: counts the changes of speaker, so that two turns of one speaker are told apart.
    marks: names of places in the text of `traced`, in order.
    """

    traced: Traced
    voice: str = ""
    speed: float = 1.0
    language: str = ""
    speaker: str = ""
    turn: int = 0
    marks: tuple[tuple[int, str], ...] = ()

    def same_manner(self, other: Segment) -> bool:
        """Whether the other is said by the same voice in the same turn and manner."""
        return replace(self, traced=other.traced, marks=other.marks) == other


@dataclass(frozen=True, slots=True)
class Script:
    """A compiled script: at least one segment with something in it, and what was left out or replaced.

    own_layout: whether the segments' own text, and not the written one, says where paragraphs and lines are.
    """

    segments: tuple[Segment, ...]
    warnings: tuple[str, ...] = ()
    own_layout: bool = False


def tidy(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments without those that say nothing; their signs and marks go to the one before them.

    Raises:
        RequestError: if there are too many, or too many voices.
    """
    kept: list[Segment] = []
    waiting: Segment | None = None
    for segment in segments:
        if waiting is not None:
            segment, waiting = _joined(waiting, segment, segment), None
        silent = not any(sign.isalnum() for sign in segment.traced.text)
        if kept and (silent or kept[-1].same_manner(segment)):
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
    """``text[start:end]`` as it was written."""
    return Traced(text[start:end], range(start, end), range(start + 1, end + 1))


def joined(first: Traced, second: Traced) -> Traced:
    """One after the other."""
    return Traced(first.text + second.text, [*first.starts, *second.starts], [*first.ends, *second.ends])


def _joined(first: Segment, second: Segment, manner: Segment) -> Segment:
    moved = [(place + len(first.traced.text), name) for place, name in second.marks]
    return replace(manner, traced=joined(first.traced, second.traced), marks=(*first.marks, *moved))
