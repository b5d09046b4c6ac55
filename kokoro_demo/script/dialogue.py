"""Scripts in plain text: ``[voice:bf_emma]``, ``[speed:1.2]``, and lines that begin with a speaker's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.script.aliases import alias_of
from kokoro_demo.script.cast import MAX_NAME, Cast, Role, factor_of, key_of
from kokoro_demo.script.segments import Segment, piece
from kokoro_demo.text.traced import Traced
from kokoro_demo.voices.blends import canonical_voice
from kokoro_demo.voices.catalogue import is_known

_MARK = re.compile(
    r"\[(?:(?P<what>voice|speed)\s?[:=]\s?(?P<value>[^\[\]\n]{1,300})|/(?P<end>voice|speed))\](?!\()", re.IGNORECASE
)
# Characters before the colon at most: a name, emphasis marks and a stage direction, as in "**Emma** (laughing):".
_LONGEST_LABEL = MAX_NAME + 100
_DECORATION = " \t*_>#•-–—"
_PERSON = re.compile(r"[^\W\d_][^\W_]*(?:[ .'’&#-]+[^\W_]+)*\.?")
_STAGE_DIRECTION = re.compile(r"\s*[(\[（][^()\[\]\n]{0,90}[)\]）]\s*$")


class SpeakerLabel(NamedTuple):
    """The beginning of a line that names a speaker: the name, and where the text after it starts."""

    name: str
    text_start: int


class _Turn(NamedTuple):
    start: int
    end: int
    role: Role | None
    number: int


def has_marks(text: str) -> bool:
    """Whether the text contains a voice or speed mark."""
    return _MARK.search(text) is not None


def named_in_marks(text: str) -> list[str]:
    """Return the names in voice marks that may be speakers, as in ``[voice:Emma]``: not a voice, blend or alias.

    Each spelling is returned once, in order.
    """
    values = (
        " ".join(mark["value"].split()) for mark in _MARK.finditer(text) if (mark["what"] or "").lower() == "voice"
    )
    return [name for name in dict.fromkeys(values) if _is_a_persons(name)]


def _is_a_persons(name: str) -> bool:
    """Whether a name can be a person's: the names of voices have an underscore, and blends have signs."""
    if len(name) > MAX_NAME or not _PERSON.fullmatch(name) or alias_of(name) is not None:
        return False
    return not is_known(name.lower())


def speaker_label(text: str, start: int, end: int) -> SpeakerLabel | None:
    """Return the speaker's name before the first colon of the line ``text[start:end]``; None if there is none."""
    stop = min(end, start + _LONGEST_LABEL)
    colons = [at for sign in ":：" if (at := text.find(sign, start, stop)) >= 0]
    if not colons:
        return None
    colon = min(colons)
    name = " ".join(_STAGE_DIRECTION.sub("", text[start:colon].strip(_DECORATION)).strip(_DECORATION).split())
    if not 1 <= len(name) <= MAX_NAME:
        return None
    text_start = colon + 1
    # The emphasis of the name may close after the colon.
    if text.startswith(("**", "__"), text_start):
        text_start += 2
    elif text[text_start : text_start + 1] in ("*", "_") and text[start:colon].lstrip().startswith(("*", "_")):
        text_start += 1
    return SpeakerLabel(name, text_start)


def dialogue(text: str, cast: Cast) -> Iterator[Segment]:
    """Yield the segments of a text.

    A turn lasts until the next cast name or an empty line; text outside any turn is spoken by the request's own voice.
    A mark applies until the end of its turn, or until ``[/voice]`` or ``[/speed]``.

    Raises:
        RequestError: if the value of a mark is not a voice or a speed.
    """
    for turn in _turns(text, cast):
        voice, factor, speed, role = "", 1.0, 1.0, turn.role
        start = turn.start
        for mark in _MARK.finditer(text, turn.start, turn.end):
            yield _segment(piece(text, start, mark.start()), turn, role, voice, speed * factor)
            start = mark.end()
            what = (mark["what"] or mark["end"]).lower()
            if what == "speed":
                speed = _speed(text, mark) if mark["value"] else 1.0
            elif mark["value"]:
                role = cast.get(key_of(mark["value"]))
                alias = None if role else alias_of(mark["value"])
                voice = alias.voice if alias else "" if role else _voice(text, mark)
                factor = alias.speed if alias else 1.0
            else:
                role, voice, factor = turn.role, "", 1.0
        yield _segment(piece(text, start, turn.end), turn, role, voice, speed * factor)


def openings(text: str, cast: Cast, positions: Sequence[int]) -> list[str]:
    """Return what has to come before the rest of a text, from each position, for it to be spoken as in the whole text.

    That is the name of the speaker whose turn continues there, and the marks that apply; "" if there are none.

    positions: in ascending order.
    """
    result = [""] * len(positions)
    if not cast and not has_marks(text):
        return result
    index = 0
    for turn in _turns(text, cast):
        while index < len(positions) and positions[index] < turn.start:
            index += 1
        marks = {"voice": "", "speed": ""}
        upcoming = list(_MARK.finditer(text, turn.start, turn.end))[::-1]
        while index < len(positions) and positions[index] < turn.end:
            while upcoming and upcoming[-1].end() <= positions[index]:
                mark = upcoming.pop()
                marks[(mark["what"] or mark["end"]).lower()] = mark.group() if mark["value"] else ""
            name = f"{turn.role.name}: " if turn.role and positions[index] > turn.start else ""
            if any(sign.isalnum() for sign in _MARK.sub("", text[positions[index] : turn.end])):
                result[index] = name + "".join(marks.values())
            index += 1
    return result


def _segment(traced: Traced, turn: _Turn, role: Role | None, voice: str, speed: float) -> Segment:
    speaker = role or turn.role
    name = speaker.name if speaker else ""
    if role is not None:
        voice, speed = role.voice, role.speed * speed
    return Segment(traced, voice, speed, speaker=name, turn=turn.number)


def _turns(text: str, cast: Cast) -> Iterator[_Turn]:
    turn_start, role, number = 0, None, 0
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        label = speaker_label(text, start, end)
        following = cast.get(key_of(label.name)) if label else None
        if label and following:
            yield _Turn(turn_start, start, role, number)
            turn_start, role, number = label.text_start, following, number + 1
        elif role is not None and not text[start:end].strip():
            yield _Turn(turn_start, end, role, number)
            turn_start, role, number = end, None, number + 1
        start = end
    yield _Turn(turn_start, len(text), role, number)


def _voice(text: str, mark: re.Match[str]) -> str:
    try:
        return canonical_voice(mark["value"])
    except RequestError as error:
        raise RequestError(f"{_place(text, mark)}: {error}") from None


def _speed(text: str, mark: re.Match[str]) -> float:
    try:
        return factor_of(mark["value"])
    except RequestError as error:
        raise RequestError(f"{_place(text, mark)}, {mark.group()[:40]!r}: {error}") from None


def _place(text: str, mark: re.Match[str]) -> str:
    return f"Line {text.count(chr(10), 0, mark.start()) + 1} of the text"
