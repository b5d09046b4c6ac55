"""Encodes audio as a stream of bytes, in those formats of OpenAI's speech API that libsndfile writes."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kokoro_demo.audio import FORMATS as CONTAINERS
from kokoro_demo.audio import WRITE_BLOCK, to_int16
from kokoro_demo.formats import FORMATS
from kokoro_demo.speech import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONTENT_TYPES = {
    **{suffix: FORMATS[suffix].content_type for suffix in ("mp3", "opus", "ogg", "flac", "wav")},
    "pcm": f"audio/pcm;rate={SAMPLE_RATE};channels=1",
}
# Stands for an unknown length in a WAV header; players then read to the end.
UNKNOWN = 0xFFFFFFFF
WAV_HEADER_SIZE = 44
# 80 kbit/s at 24 kHz.
MP3_COMPRESSION = 0.5


def encoded(chunks: Iterable[NDArray[np.float32]], format: str) -> Iterator[bytes]:
    """Yield the bytes of a file of this format as soon as they are known; concatenated, they are the whole file.

    FLAC is yielded all at once, because players rely on the length in its header.

    chunks: (samples,) float32 each.
    """
    if format in ("pcm", "wav"):
        header = wav_header() if format == "wav" else b""
        for chunk in chunks:
            yield header + to_int16(chunk).astype("<i2").tobytes()
            header = b""
        return
    import soundfile

    container, subtype = CONTAINERS[format]
    # With a constant bit rate, players infer an MP3's length from its size; otherwise they would need a header that is
    # written last, but comes first.
    options = {"bitrate_mode": "CONSTANT", "compression_level": MP3_COMPRESSION} if format == "mp3" else {}
    buffer = _Buffer()
    with soundfile.SoundFile(buffer, "w", SAMPLE_RATE, 1, format=container, subtype=subtype, **options) as file:
        for chunk in chunks:
            samples = to_int16(chunk)
            for start in range(0, len(samples), WRITE_BLOCK):
                file.write(samples[start : start + WRITE_BLOCK])
            if format != "flac" and (new := buffer.take()):
                yield new
    yield buffer.take()


def with_volume(audio: NDArray[np.float32], volume: float) -> NDArray[np.float32]:
    """(samples,) multiplied by `volume`; samples that become too loud are clipped when they are encoded."""
    return audio if volume == 1 else audio * volume


def wav_header(samples: int | None = None) -> bytes:
    """The header of a 16-bit mono WAV file (RIFF, as specified by Microsoft and IBM in 1991).

    samples: how many follow; None if unknown.
    """
    audio_format = struct.pack("<HHIIHH", 1, 1, SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", UNKNOWN if samples is None else WAV_HEADER_SIZE - 8 + 2 * samples)
        + b"WAVEfmt "
        + struct.pack("<I", len(audio_format))
        + audio_format
        + b"data"
        + struct.pack("<I", UNKNOWN if samples is None else 2 * samples)
    )


def wav_file(parts: Iterable[bytes]) -> bytes:
    """A whole WAV file of these samples (16-bit, little-endian), with its length in the header."""
    samples = b"".join(parts)
    return wav_header(len(samples) // 2) + samples


class _Buffer(io.BytesIO):
    """A file that is read while it is written. Bytes that a format goes back to fill in at the end, such as the number
    of samples, keep their first value in the stream."""

    def __init__(self) -> None:
        super().__init__()
        self._taken = 0

    def take(self) -> bytes:
        """Return what was written since the last call."""
        new = self.getbuffer()[self._taken :].tobytes()
        self._taken += len(new)
        return new
