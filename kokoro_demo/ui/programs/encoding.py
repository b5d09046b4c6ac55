"""Sound as a stream of bytes, in the formats of OpenAI's speech API that libsndfile writes."""

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
# A length that nobody knows yet: players read to the end.
UNKNOWN = 0xFFFFFFFF
WAV_HEAD = 44
# 80 kbit/s at 24 kHz.
MP3_COMPRESSION = 0.5


def encoded(chunks: Iterable[NDArray[np.float32]], format: str) -> Iterator[bytes]:
    """The bytes of a file of `format`, as soon as they are known; laid end to end they are the whole file.

    FLAC comes all at once: its head says how long it is, and readers believe it.

    chunks: (samples,) float32 each.
    """
    if format in ("pcm", "wav"):
        head = wav_header() if format == "wav" else b""
        for chunk in chunks:
            yield head + to_int16(chunk).astype("<i2").tobytes()
            head = b""
        return
    import soundfile

    container, subtype = CONTAINERS[format]
    # At a constant bit rate MP3 readers infer the length from the size; else they need the header, sent long before.
    steady = {"bitrate_mode": "CONSTANT", "compression_level": MP3_COMPRESSION} if format == "mp3" else {}
    sink = _Sink()
    with soundfile.SoundFile(sink, "w", SAMPLE_RATE, 1, format=container, subtype=subtype, **steady) as file:
        for chunk in chunks:
            samples = to_int16(chunk)
            for start in range(0, len(samples), WRITE_BLOCK):
                file.write(samples[start : start + WRITE_BLOCK])
            if format != "flac" and (new := sink.take()):
                yield new
    yield sink.take()


def louder(audio: NDArray[np.float32], volume: float) -> NDArray[np.float32]:
    """(samples,) multiplied by `volume`; what is too loud then is clipped when it is written."""
    return audio if volume == 1 else audio * volume


def wav_header(samples: int | None = None) -> bytes:
    """Of 16-bit mono (RIFF as in Microsoft's and IBM's specification of 1991).

    samples: how many follow; None if that is not known yet.
    """
    described = struct.pack("<HHIIHH", 1, 1, SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", UNKNOWN if samples is None else WAV_HEAD - 8 + 2 * samples)
        + b"WAVEfmt "
        + struct.pack("<I", len(described))
        + described
        + b"data"
        + struct.pack("<I", UNKNOWN if samples is None else 2 * samples)
    )


def wav_file(parts: Iterable[bytes]) -> bytes:
    """A whole file of samples (16-bit, little-endian), which says its true length."""
    samples = b"".join(parts)
    return wav_header(len(samples) // 2) + samples


class _Sink(io.BytesIO):
    """A file that is read while it is written. What a format goes back to fill in at the end, as counts of samples
    are, stays unknown in the stream."""

    def __init__(self) -> None:
        super().__init__()
        self._taken = 0

    def take(self) -> bytes:
        """What was written since the last call."""
        new = self.getbuffer()[self._taken :].tobytes()
        self._taken += len(new)
        return new
