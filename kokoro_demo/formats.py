"""The file formats that a speech can be saved in. To add one, add an entry to `FORMATS`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kokoro_demo import timeline
from kokoro_demo.audio import encode
from kokoro_demo.errors import RequestError

if TYPE_CHECKING:
    import numpy as np


class Saved(Protocol):
    """The part of `speech.Speech` that the formats need; this module lies below `speech` and cannot import it."""

    @property
    def audio(self) -> np.ndarray: ...

    @property
    def sample_rate(self) -> int: ...

    @property
    def timeline(self) -> timeline.Timeline: ...

    def details(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    label: shown in menus.
    content_type: for HTTP.
    write: returns the content of the whole file.
    is_sound: whether the file holds audio; otherwise it holds captions or other data.
    """

    label: str
    content_type: str
    write: Callable[[Saved], bytes]
    is_sound: bool = False


def _sound(suffix: str, label: str, content_type: str) -> Format:
    return Format(label, content_type, lambda speech: encode(speech.audio, speech.sample_rate, suffix), is_sound=True)


def _text(label: str, content_type: str, write: Callable[[timeline.Timeline], str]) -> Format:
    return Format(label, f"{content_type}; charset=utf-8", lambda speech: write(speech.timeline).encode("utf-8"))


def _json(speech: Saved) -> bytes:
    return (json.dumps(speech.details(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


# By suffix, spelled as files usually have it.
FORMATS = {
    "wav": _sound("wav", "WAV", "audio/wav"),
    "mp3": _sound("mp3", "MP3", "audio/mpeg"),
    "flac": _sound("flac", "FLAC", "audio/flac"),
    "ogg": _sound("ogg", "OGG", "audio/ogg"),
    "opus": _sound("opus", "Opus", "audio/ogg"),
    "srt": _text("SRT captions", "application/x-subrip", timeline.srt),
    "vtt": _text("WebVTT captions", "text/vtt", timeline.vtt),
    "TextGrid": _text("Praat TextGrid", "text/plain", timeline.textgrid),
    "json": Format("JSON", "application/json", _json),
}
SOUNDS = tuple(suffix for suffix, format in FORMATS.items() if format.is_sound)
CAPTIONS = tuple(suffix for suffix, format in FORMATS.items() if not format.is_sound)


def format_of(path: str | Path, suffixes: tuple[str, ...] = tuple(FORMATS)) -> Format:
    """Return the format for the suffix of `path`, ignoring case.

    suffixes: the formats to choose from.

    Raises:
        RequestError: if the suffix is not one of them.
    """
    named = Path(path).suffix.lower().removeprefix(".")
    for suffix in suffixes:
        if suffix.lower() == named:
            return FORMATS[suffix]
    names = ", ".join(f".{suffix}" for suffix in suffixes)
    raise RequestError(f"Cannot write {str(path)!r}: end the name in one of {names}.")
