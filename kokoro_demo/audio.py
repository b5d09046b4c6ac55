"""Operations on audio samples: 16-bit conversion, levels, the audible span, fades, and encoding to files."""

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
# In samples. libvorbis puts a whole write on the stack, and crashes if it is longer than about a minute.
WRITE_BLOCK = 48_000
SILENCE_DB = -50.0
# In seconds.
LEVEL_WINDOW = 0.005


def to_int16(audio: NDArray[np.float32]) -> NDArray[np.int16]:
    """Convert (samples,) float in [-1, 1] to 16 bits; values outside are clipped, nothing is normalised."""
    return np.rint(np.clip(audio, -1.0, 1.0) * 32767.0).astype(np.int16)


def from_int16(data: bytes) -> NDArray[np.float32]:
    """Convert 16-bit little-endian mono samples to (samples,) float in [-1, 1]; `to_int16` restores them exactly."""
    return np.frombuffer(data, "<i2").astype(np.float32) / 32767.0


def silence(seconds: float, sample_rate: int) -> NDArray[np.float32]:
    """Return (samples,) zeros."""
    return np.zeros(round(seconds * sample_rate), dtype=np.float32)


def levels(audio: NDArray[np.float32], window: int) -> NDArray[np.float64]:
    """Return the root mean square of each window, (windows,); an incomplete last window is left out.

    audio: (samples,). window: in samples.
    """
    count = len(audio) // window
    return np.sqrt(np.mean(audio[: count * window].reshape(count, window).astype(np.float64) ** 2, axis=1))


def audible_span(audio: NDArray[np.float32], sample_rate: int, decibels: float = SILENCE_DB) -> tuple[int, int]:
    """Return the first sample that is audible and the one after the last; (0, 0) if all is silent.

    audio: (samples,). decibels: a window is audible above this level, relative to the loudest window.
    """
    window = max(1, round(LEVEL_WINDOW * sample_rate))
    if len(audio) < window:
        return 0, len(audio)
    level = levels(audio, window)
    if level.max() <= 1e-5:
        return 0, 0
    audible = np.flatnonzero(level > level.max() * 10 ** (decibels / 20))
    end = len(audio) if audible[-1] == len(level) - 1 else (audible[-1] + 1) * window
    return int(audible[0]) * window, int(end)


def fade(audio: NDArray[np.float32], sample_rate: int, start: bool, end: bool, seconds: float = 0.01) -> None:
    """Fade the chosen edges of (samples,) in place with a raised cosine, so that a cut does not click."""
    length = min(round(seconds * sample_rate), len(audio) // 2)
    if length:
        ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / length)).astype(np.float32)
        if start:
            audio[:length] *= ramp
        if end:
            audio[-length:] *= ramp[::-1]


def encode(audio: NDArray[np.float32], sample_rate: int, format: str) -> bytes:
    """Return the bytes of a WAV, FLAC, OGG (Vorbis), MP3 or Opus file.

    audio: (samples,) float in [-1, 1]; clipped and converted to 16 bits.
    format: a key of `FORMATS`.

    Raises:
        RequestError: if the format is unknown.
    """
    buffer = io.BytesIO()
    with SoundWriter(buffer, sample_rate, format) as sound:
        sound.write(to_int16(audio))
    return buffer.getvalue()


class SoundWriter:
    """Writes an audio file piece by piece; a context manager.

    file: open for writing in binary mode, and seekable.
    format: a key of `FORMATS`.

    Raises:
        RequestError: if the format is unknown.
        OSError: if `file` cannot be written; raised by `write` or at the end of the ``with`` block.
    """

    def __init__(self, file: BinaryIO, sample_rate: int, format: str) -> None:
        import soundfile

        if format not in FORMATS:
            raise RequestError(f"Cannot write {format!r} audio. Choose one of {', '.join(FORMATS)}.")
        container, subtype = FORMATS[format]
        self._file = _DeferredErrors(file)
        self._sound = soundfile.SoundFile(self._file, "w", sample_rate, 1, format=container, subtype=subtype)

    def __enter__(self) -> SoundWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._sound.close()
        self._file.raise_error()

    def write(self, samples: NDArray[np.int16]) -> None:
        """Append (samples,) of 16 bits."""
        for start in range(0, len(samples), WRITE_BLOCK):
            self._sound.write(samples[start : start + WRITE_BLOCK])
            self._file.raise_error()


class _DeferredErrors:
    """A file for libsndfile, through whose C callbacks no exception can pass: errors are stored and raised later."""

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
        """Raise the error that `write` stored, if any."""
        if self._error is not None:
            raise self._error
