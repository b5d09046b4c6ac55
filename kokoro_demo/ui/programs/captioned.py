"""Sound with the times of its words, in the shape of Kokoro-FastAPI's ``/dev/captioned_speech``."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kokoro_demo.ui.programs.encoding import CONTENT_TYPES, WAV_HEAD, encoded, louder, wav_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kokoro_demo.g2p.pronunciation import Word
    from kokoro_demo.speech import SpeechChunk
    from kokoro_demo.ui.programs.body import SpeechBody


def captioned(chunks: Iterable[SpeechChunk], body: SpeechBody) -> Iterator[bytes]:
    """JSON objects, one a line, each with a piece of the sound and the words that begin in it; one for all if the
    answer is to be whole."""
    for piece, words in with_words(chunks, body):
        yield _line(piece, words, body)


def with_words(chunks: Iterable[SpeechChunk], body: SpeechBody) -> Iterator[tuple[bytes, list[Word]]]:
    """Pieces of the sound in the format that is asked for, each with the words that begin in it; all in one if the
    answer is to be whole."""
    heard: list[Word] = []

    def sound() -> Iterator[NDArray[np.float32]]:
        for chunk in chunks:
            heard.extend(chunk.words)
            yield louder(chunk.audio, body.volume)

    pieces = encoded(sound(), body.response_format)
    if body.whole:
        whole = b"".join(pieces)
        pieces = iter([wav_file([whole[WAV_HEAD:]]) if body.response_format == "wav" else whole])
    for piece in pieces:
        yield piece, list(heard)
        heard.clear()


def _line(piece: bytes, words: list[Word], body: SpeechBody) -> bytes:
    fields = {
        "audio": base64.b64encode(piece).decode(),
        "audio_format": CONTENT_TYPES[body.response_format],
        "timestamps": [word_times(word) for word in words] if body.with_times else None,
    }
    return json.dumps(fields).encode() + b"\n"


def word_times(word: Word, offset: float = 0.0, place: int = 0) -> dict[str, Any]:
    """A word as it was written, when it is heard in seconds, and its place in the text in characters.

    offset, place: when and where in a longer text the text of the word begins.
    """
    start, end = offset + (word.start or 0.0), offset + (word.end or 0.0)
    return {
        "word": word.text,
        "start_time": round(start, 4),
        "end_time": round(end, 4),
        "start_character": place + word.span[0],
        "end_character": place + word.span[1],
    }
