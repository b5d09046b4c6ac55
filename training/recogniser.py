"""Whether a machine understands: PocketSphinx hears a sentence, and must tell which one of a known list it was.

In free dictation it misses much of any synthetic speech, eSpeak NG's as well; among known sentences it is a fair
yardstick.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Decoder
from scipy.signal import resample_poly

SAMPLE_RATE = 16_000
# The decoder's front end needs a moment of quiet before and after.
QUIET = np.zeros(SAMPLE_RATE // 4, dtype=np.int16)
PEAK = 0.6


class Recogniser:
    """Tells which of `sentences` it heard; all of them are equally likely.

    Raises:
        ValueError: where a word is not in PocketSphinx's dictionary.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = {words(sentence): sentence for sentence in sentences}
        self._decoder = Decoder(lm=None, samprate=float(SAMPLE_RATE), loglevel="FATAL")
        unknown = {word for known in self._sentences for word in known.split() if not self._decoder.lookup_word(word)}
        if unknown:
            raise ValueError(f"PocketSphinx does not know {', '.join(sorted(unknown))}.")
        choices = " | ".join(self._sentences)
        self._decoder.add_jsgf_string("sentences", f"#JSGF V1.0; grammar sentences; public <sentence> = {choices};")
        self._decoder.activate_search("sentences")

    def hear(self, audio: NDArray[np.float32], sample_rate: int) -> str | None:
        """The sentence that (samples,) audio says, or None where it was like none of them."""
        self._decoder.start_utt()
        # As a full utterance it is levelled by itself, and what was heard before does not matter.
        self._decoder.process_raw(self._prepared(audio, sample_rate).tobytes(), no_search=False, full_utt=True)
        self._decoder.end_utt()
        heard = self._decoder.hyp()
        return self._sentences.get(heard.hypstr) if heard else None

    def _prepared(self, audio: NDArray[np.float32], sample_rate: int) -> NDArray[np.int16]:
        """16-bit samples at the rate of the acoustic model, all equally loud."""
        common = math.gcd(SAMPLE_RATE, sample_rate)
        resampled = resample_poly(audio, SAMPLE_RATE // common, sample_rate // common)
        loudest = max(float(np.abs(resampled).max(initial=0.0)), 1e-9)
        samples = np.rint(resampled * (PEAK / loudest) * 32767).astype(np.int16)
        return np.concatenate([QUIET, samples, QUIET])


def words(sentence: str) -> str:
    """The lower-case words of a sentence, one space between them."""
    return " ".join(re.findall(r"[a-z']+", sentence.lower()))
