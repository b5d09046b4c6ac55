"""What hears and judges a sound: Whisper, which writes down words with their times, and DNSMOS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

HEARD_RATE = 16_000
# Silence around every sound that is heard, in seconds: a recogniser, like a person, expects none to begin at once.
AROUND = 0.5


class Heard(NamedTuple):
    """errors: how many of `words` words were heard wrong, left out or added; times: the start of each word that was
    heard, in seconds, None unless all were heard as they are written; text: what was heard, normalised."""

    errors: int
    words: int
    times: list[float] | None
    text: str = ""


class Ear:
    """Hears English.

    whisper: the name or the folder of a model, as faster-whisper takes it.
    """

    def __init__(self, whisper: str, threads: int) -> None:
        from faster_whisper import WhisperModel
        from whisper_normalizer.english import EnglishTextNormalizer

        self._whisper = WhisperModel(whisper, device="cpu", compute_type="int8", cpu_threads=threads)
        self._plain = EnglishTextNormalizer()

    def hear(
        self, text: str, audio: NDArray[np.float32], rate: int, times: bool = False, spellings: Sequence[str] = ()
    ) -> Heard:
        """What is heard of a sound that says `text`. Words are compared after Whisper's own normalisation.

        times: whether the words are timed too.
        spellings: other ways to write the text, which are as right.
        """
        import jiwer

        silence = np.zeros(round(AROUND * HEARD_RATE), np.float32)
        sound = np.concatenate([silence, at_heard_rate(audio, rate), silence])
        segments = list(
            self._whisper.transcribe(
                sound, language="en", beam_size=5, condition_on_previous_text=False, word_timestamps=times
            )[0]
        )
        heard = self._plain(" ".join(segment.text for segment in segments))
        found = [jiwer.process_words(self._plain(wanted), heard) for wanted in (text, *spellings)]
        words = [word for segment in segments for word in segment.words or ()]
        same = times and [_letters(word.word) for word in words] == [_letters(word) for word in text.split()]
        starts = [float(word.start) - AROUND for word in words] if same else None
        errors = min(one.substitutions + one.deletions + one.insertions for one in found)
        return Heard(errors, len(self._plain(text).split()), starts, heard)


def word_error_rate(heard: Sequence[Heard]) -> float:
    """Wrong words against all words."""
    return sum(one.errors for one in heard) / sum(one.words for one in heard)


def quality(audio: NDArray[np.float32], rate: int) -> tuple[float, float]:
    """DNSMOS of a sound: overall (P.835) and P.808."""
    from speechmos import dnsmos

    sound = at_heard_rate(audio, rate)
    found: dict[str, Any] = dnsmos.run(sound / max(1.0, float(np.abs(sound).max())), HEARD_RATE)
    return float(found["ovrl_mos"]), float(found["p808_mos"])


def at_heard_rate(audio: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The sound at 16 kHz."""
    from scipy.signal import resample_poly

    common = np.gcd(HEARD_RATE, rate)
    return resample_poly(audio, HEARD_RATE // common, rate // common).astype(np.float32)


def _letters(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())
