"""Sound as numbers: where it is audible, how its edges fade, and how it is written to a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from kokoro_demo.errors import RequestError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMATS = {
    "wav": ("WAV", "PCM_16"),
    "flac": ("FLAC", "PCM_16"),
    "ogg": ("OGG", "VORBIS"),
    "mp3": ("MP3", "MPEG_LAYER_III"),
    "opus": ("OGG", "OPUS"),
}
# libvorbis keeps a whole write on the stack and crashes above about a minute; it gets two seconds at a time.
WRITE_BLOCK = 48_000
SILENCE_DB = -50.0
SILENCE_WINDOW = 0.005


def to_int16(audio: NDArray[np.float32]) -> NDArray[np.int16]:
    """(samples,) float in [-1, 1] to 16 bits, clipped and never normalised."""
    return np.rint(np.clip(audio, -1.0, 1.0) * 32767.0).astype(np.int16)


def from_int16(sound: bytes) -> NDArray[np.float32]:
    """16-bit little-endian mono sound to (samples,) float in [-1, 1], so that `to_int16` gives the same sound."""
    return np.frombuffer(sound, "<i2").astype(np.float32) / 32767.0


def silence(seconds: float, sample_rate: int) -> NDArray[np.float32]:
    """(samples,) zeros."""
    return np.zeros(round(seconds * sample_rate), dtype=np.float32)


def levels(audio: NDArray[np.float32], window: int) -> NDArray[np.float64]:
    """The root mean square of each whole window of `window` samples."""
    count = len(audio) // window
    return np.sqrt(np.mean(audio[: count * window].reshape(count, window).astype(np.float64) ** 2, axis=1))


def audible_span(audio: NDArray[np.float32], sample_rate: int, decibels: float = SILENCE_DB) -> tuple[int, int]:
    """The samples from the first to the last window above `decibels` against the loudest; (0, 0) if silent."""
    window = max(1, round(SILENCE_WINDOW * sample_rate))
    if len(audio) < window:
        return 0, len(audio)
    level = levels(audio, window)
    if level.max() <= 1e-5:
        return 0, 0
    heard = np.flatnonzero(level > level.max() * 10 ** (decibels / 20))
    end = len(audio) if heard[-1] == len(level) - 1 else (heard[-1] + 1) * window
    return int(heard[0]) * window, int(end)


def fade(audio: NDArray[np.float32], sample_rate: int, start: bool, end: bool, seconds: float = 0.01) -> None:
    """Fade the edges in place along a raised cosine, so that a cut is not heard as a click."""
    length = min(round(seconds * sample_rate), len(audio) // 2)
    if length:
        ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / length)).astype(np.float32)
        if start:
            audio[:length] *= ramp
        if end:
            audio[-length:] *= ramp[::-1]


def encode(audio: NDArray[np.float32], sample_rate: int, format: str) -> bytes:
    """The bytes of a WAV, FLAC, OGG (Vorbis), MP3 or Opus file.

    audio: (samples,) float in [-1, 1]; clipped to 16 bits.

    Raises:
        RequestError: for another format.
    """
    buffer = io.BytesIO()
    with SoundWriter(buffer, sample_rate, format) as sound:
        sound.write(to_int16(audio))
    return buffer.getvalue()


class SoundWriter:
    """A sound file that is written piece by piece; used in a ``with`` statement.

    file: open for writing in binary, and seekable.
    format: in `FORMATS`.

    Raises:
        RequestError: for another format.
        OSError: if `file` cannot be written, from `write` or at the end.
    """

    def __init__(self, file: BinaryIO, sample_rate: int, format: str) -> None:
        import soundfile

        if format not in FORMATS:
            raise RequestError(f"Cannot write {format!r} audio. Choose one of {', '.join(FORMATS)}.")
        container, subtype = FORMATS[format]
        self._file = _KeepsItsError(file)
        self._sound = soundfile.SoundFile(self._file, "w", sample_rate, 1, format=container, subtype=subtype)

    def __enter__(self) -> SoundWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._sound.close()
        self._file.raise_error()

    def write(self, samples: NDArray[np.int16]) -> None:
        """Add (samples,) of 16 bits."""
        for start in range(0, len(samples), WRITE_BLOCK):
            self._sound.write(samples[start : start + WRITE_BLOCK])
            self._file.raise_error()


class _KeepsItsError:
    """A file for libsndfile, through which no exception passes: it is kept, and raised afterwards."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None
        self.seek, self.tell = file.seek, file.tell

    def write(self, data: bytes) -> int:
        try:
            return len(data) if self._error else self._file.write(data)
        except OSError as error:
            self._error = error
            return len(data)

    def raise_error(self) -> None:
        """Raise what `write` met."""
        if self._error is not None:
            raise self._error
