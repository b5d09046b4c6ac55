"""What one request may cost, and all of them together. Each limit is far above what honest use comes to, and whoever
reaches one gets a message that names it and says what to do.

Sizes in bytes, times in seconds. A request is checked when it is made (its characters), when it has been read (the
sound that it is expected to come to, before anything is computed), when the lengths of its sounds are known (the frames
of a phrase, before the costly part of the model), and while it is sent (what nobody has fetched yet).
"""

from __future__ import annotations

from kokoro_demo.errors import RequestError

# Of a text, a lexicon, or phonemes. 20,000 characters are 20 to 30 minutes of speech.
MAX_CHARACTERS = 20_000
# Of one request. The longest text at half speed with a thousand pauses of half a second comes to less than one hour.
MAX_SECONDS = 2 * 3600.0
MAX_SILENCE = 15 * 60.0
# A mean over Kokoro's 54 voices, at speed 1.
SECONDS_PER_SYMBOL = 0.07
# Silence is handed on in pieces, so that no more of it than this is ever in memory for one listener.
SILENCE_PIECE = 5.0

# Frames of 25 ms in one phrase at speed 1. The slowest official voice takes about 4 for a symbol of prose.
FRAMES_PER_SYMBOL = 8
FRAMES_BESIDE = 150

# Sound that was made for a program and that it has not read yet. At the first limit the making waits for the reader;
# at the second the reader that has read nothing for the longest, if it is this long, is cut off.
MAX_UNREAD = 16 * 2**20
MAX_UNREAD_BY_ALL = 256 * 2**20
STALLED_AFTER = 60.0

# Connections on which text is pushed in while it is written, and how long one may be silent while nothing is spoken.
# Each holds at most one phrase that is not read yet, and `MAX_CHARACTERS` that wait.
MAX_STREAMS = 64
STREAM_IDLE = 300.0

# Sound that is made of one list for a recogniser to hear, in seconds.
MAX_HEARD = 20 * 60.0

# The body of a request over HTTP: the longest text, lexicon and phonemes, every character escaped as JSON may escape.
MAX_BODY = 2**20
# Files that Gradio's endpoints leave in the temporary folder, all together.
MAX_TEMPORARY = 2 * 2**30


def check_reading(symbols: float, speed: float, silence: float) -> None:
    """Refuse a reading that would become too long a speech.

    symbols: of the phonemes. silence: all pauses that the writer asked for, in seconds.

    Raises:
        RequestError: saying what is too long.
    """
    if silence > MAX_SILENCE:
        raise RequestError(
            f"The pauses in this text come to {_in_words(silence)}; at most {_in_words(MAX_SILENCE)} of silence can be "
            "made at once. Shorten or remove some, or speak the text in parts."
        )
    seconds = symbols * SECONDS_PER_SYMBOL / speed + silence
    if seconds > MAX_SECONDS:
        raise RequestError(
            f"This would be about {_in_words(seconds)} of speech; at most {_in_words(MAX_SECONDS)} can be made at "
            "once. Speak the text in parts."
        )


def check_frames(frames: int, symbols: int, speed: float) -> None:
    """Refuse a phrase whose sounds last longer than those of any voice do, before its waveform is computed.

    frames: of 25 ms, the whole phrase. symbols: that it was made of.

    Raises:
        RequestError: saying that it is the voice.
    """
    most = (FRAMES_BESIDE + FRAMES_PER_SYMBOL * symbols) / min(speed, 1.0)
    if frames > most:
        raise RequestError(
            f"This voice would take {frames * 0.025:.0f} seconds for a phrase of {symbols} sounds, far slower than "
            "speech: its voice pack does not belong to this model, or is damaged. Choose another voice."
        )


def _in_words(seconds: float) -> str:
    """As in "90 seconds", "15 minutes", "2.5 hours"."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    if seconds < 7200:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f}".removesuffix(".0") + " hours"
