"""Audio with word times, in the format of Kokoro-FastAPI's ``/dev/captioned_speech``."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kokoro_demo.ui.programs.encoding import CONTENT_TYPES, WAV_HEADER_SIZE, encoded, wav_file, with_volume

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kokoro_demo.g2p.pronunciation import Word
    from kokoro_demo.speech import SpeechChunk
    from kokoro_demo.ui.programs.body import SpeechBody


def captioned(chunks: Iterable[SpeechChunk], body: SpeechBody) -> Iterator[bytes]:
    """Yield lines of JSON, each with a piece of the audio and the words that begin in it; a single line if the response
    is to be sent whole."""
    for piece, words in with_words(chunks, body):
        yield _line(piece, words, body)


def with_words(chunks: Iterable[SpeechChunk], body: SpeechBody) -> Iterator[tuple[bytes, list[Word]]]:
    """Yield pieces of encoded audio, each with the words that begin in it; a single piece if the response is to be sent
    whole."""
    pending: list[Word] = []

    def audio() -> Iterator[NDArray[np.float32]]:
        for chunk in chunks:
            pending.extend(chunk.words)
            yield with_volume(chunk.audio, body.volume)

    pieces = encoded(audio(), body.response_format)
    if body.whole:
        whole = b"".join(pieces)
        pieces = iter([wav_file([whole[WAV_HEADER_SIZE:]]) if body.response_format == "wav" else whole])
    for piece in pieces:
        yield piece, list(pending)
        pending.clear()


def _line(piece: bytes, words: list[Word], body: SpeechBody) -> bytes:
    fields = {
        "audio": base64.b64encode(piece).decode(),
        "audio_format": CONTENT_TYPES[body.response_format],
        "timestamps": [word_times(word) for word in words] if body.with_times else None,
    }
    return json.dumps(fields).encode() + b"\n"


def word_times(word: Word, offset: float = 0.0, position: int = 0) -> dict[str, Any]:
    """A word as written, its times in seconds, and its position in the text in characters.

    offset, position: added to its times and its position, if the word belongs to a part of a longer text.
    """
    start, end = offset + (word.start or 0.0), offset + (word.end or 0.0)
    return {
        "word": word.text,
        "start_time": round(start, 4),
        "end_time": round(end, 4),
        "start_character": position + word.span[0],
        "end_character": position + word.span[1],
    }
