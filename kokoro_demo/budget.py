"""The limits of one request, and of all requests together. Each is far above normal use, and an error that enforces
one names it and says what to do.

Sizes are in bytes, times in seconds. A request is checked four times: when it is created (its characters), when its
phonemes are known (the expected length of the speech, before the model runs), when the model has predicted the
durations (the frames of a phrase, before the vocoder, which costs most), and while it is sent (the audio that the
client has not read yet).
"""

from __future__ import annotations

from kokoro_demo.errors import RequestError

# The characters of a text, a lexicon, or phonemes. 20,000 are 20 to 30 minutes of speech.
MAX_CHARACTERS = 20_000
# Seconds of one request. The longest text at half speed with a thousand pauses of 0.5 s takes under an hour.
MAX_SECONDS = 2 * 3600.0
MAX_SILENCE = 15 * 60.0
# The mean of Kokoro's 54 voices at speed 1.
SECONDS_PER_SYMBOL = 0.07
# Silence is generated in pieces of at most this many seconds, so that a long pause never fills the memory.
SILENCE_PIECE = 5.0

# Frames of 25 ms in one phrase at speed 1: this many for each symbol, plus a constant. The slowest official voice
# takes about 4 for a symbol of prose.
FRAMES_PER_SYMBOL = 8
EXTRA_FRAMES = 150

# Bytes of audio that an HTTP client has not read yet. At the first limit, generation waits for the client; at the
# second, which is for all clients together, the one that has read nothing for longest is disconnected, if that is at
# least STALLED_AFTER seconds.
MAX_UNREAD = 16 * 2**20
MAX_UNREAD_BY_ALL = 256 * 2**20
STALLED_AFTER = 60.0

# Connections that receive their text while it is still being written, and the seconds that one may stay idle. Each
# holds at most one unread phrase, and MAX_CHARACTERS of text.
MAX_STREAMS = 64
STREAM_IDLE = 300.0

# Seconds of audio that are generated for a recogniser to transcribe, for one pronunciation list.
MAX_HEARD = 20 * 60.0

# The body of an HTTP request: the longest text, lexicon and phonemes, with every character escaped as JSON allows.
MAX_BODY = 2**20
# All files that Gradio's endpoints leave in the temporary folder.
MAX_TEMPORARY = 2 * 2**30


def check_length(symbols: float, speed: float, silence: float) -> None:
    """Refuse a request whose speech would be too long.

    symbols: the number of phoneme symbols. silence: the sum of the pauses that the text asks for, in seconds.

    Raises:
        RequestError: naming what is too long.
    """
    if silence > MAX_SILENCE:
        raise RequestError(
            f"The pauses in this text add up to {_in_words(silence)}; at most {_in_words(MAX_SILENCE)} of silence can "
            "be made at once. Shorten or remove some, or speak the text in parts."
        )
    seconds = symbols * SECONDS_PER_SYMBOL / speed + silence
    if seconds > MAX_SECONDS:
        raise RequestError(
            f"This would be about {_in_words(seconds)} of speech; at most {_in_words(MAX_SECONDS)} can be made at "
            "once. Speak the text in parts."
        )


def check_frames(frames: int, symbols: int, speed: float) -> None:
    """Refuse a phrase that is far slower than any official voice speaks, before its waveform is computed.

    frames: of 25 ms, in the whole phrase. symbols: the number of its phoneme symbols.

    Raises:
        RequestError: saying that the voice is the cause.
    """
    most = (EXTRA_FRAMES + FRAMES_PER_SYMBOL * symbols) / min(speed, 1.0)
    if frames > most:
        raise RequestError(
            f"This voice would take {frames * 0.025:.0f} seconds for a phrase of {symbols} sounds, far slower than "
            "speech: its voice pack does not belong to this model, or is damaged. Choose another voice."
        )


def _in_words(seconds: float) -> str:
    """Such as "90 seconds", "15 minutes", "2.5 hours"."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    if seconds < 7200:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f}".removesuffix(".0") + " hours"
