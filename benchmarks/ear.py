"""Judges speech: Whisper transcribes it with the times of its words, and DNSMOS rates its quality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
# Seconds of silence before and after all audio: a recogniser, like a listener, does not expect speech at once.
PADDING = 0.5


class Heard(NamedTuple):
    """errors: how many of `words` words were substituted, left out or inserted. times: when each word starts, in
    seconds, if all were recognised as they are written; otherwise None. text: the transcript, normalised."""

    errors: int
    words: int
    times: list[float] | None
    text: str = ""


class Ear:
    """Transcribes English.

    whisper: the name or the folder of a model for faster-whisper.
    """

    def __init__(self, whisper: str, threads: int) -> None:
        from faster_whisper import WhisperModel
        from whisper_normalizer.english import EnglishTextNormalizer

        self._whisper = WhisperModel(whisper, device="cpu", compute_type="int8", cpu_threads=threads)
        self._plain = EnglishTextNormalizer()

    def hear(
        self, text: str, audio: NDArray[np.float32], rate: int, times: bool = False, spellings: Sequence[str] = ()
    ) -> Heard:
        """Transcribe audio, (samples,), that speaks `text`. Words are compared after Whisper's own normalisation.

        times: also find when each word starts.
        spellings: other correct transcripts.
        """
        import jiwer

        silence = np.zeros(round(PADDING * SAMPLE_RATE), np.float32)
        sound = np.concatenate([silence, resampled(audio, rate), silence])
        segments = list(
            self._whisper.transcribe(
                sound, language="en", beam_size=5, condition_on_previous_text=False, word_timestamps=times
            )[0]
        )
        heard = self._plain(" ".join(segment.text for segment in segments))
        alignments = [jiwer.process_words(self._plain(expected), heard) for expected in (text, *spellings)]
        words = [word for segment in segments for word in segment.words or ()]
        same = times and [_letters(word.word) for word in words] == [_letters(word) for word in text.split()]
        starts = [float(word.start) - PADDING for word in words] if same else None
        errors = min(alignment.substitutions + alignment.deletions + alignment.insertions for alignment in alignments)
        return Heard(errors, len(self._plain(text).split()), starts, heard)


def word_error_rate(heard: Sequence[Heard]) -> float:
    """Return the share of words that are wrong."""
    return sum(sentence.errors for sentence in heard) / sum(sentence.words for sentence in heard)


def quality(audio: NDArray[np.float32], rate: int) -> tuple[float, float]:
    """Return DNSMOS of (samples,) audio: the overall score of P.835, and P.808."""
    from speechmos import dnsmos

    sound = resampled(audio, rate)
    scores: dict[str, Any] = dnsmos.run(sound / max(1.0, float(np.abs(sound).max())), SAMPLE_RATE)
    return float(scores["ovrl_mos"]), float(scores["p808_mos"])


def resampled(audio: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Resample (samples,) to 16 kHz."""
    from scipy.signal import resample_poly

    common = np.gcd(SAMPLE_RATE, rate)
    return resample_poly(audio, SAMPLE_RATE // common, rate // common).astype(np.float32)


def _letters(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())
