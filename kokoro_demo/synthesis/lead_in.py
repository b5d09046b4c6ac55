"""Very short texts: a word of a few sounds is spoken after a lead-in sentence, which is then cut off.

The network learned whole sentences and speaks a single word less clearly; after the sentence, half as many words are
misheard in Kokoro's voices (docs/listening.md).
"""

from __future__ import annotations

import math
from collections.abc import Container

import numpy as np

from kokoro_demo.languages import ENGLISH
from kokoro_demo.model import SpeechModel, Utterance
from kokoro_demo.synthesis.edges import EARLY

# "Here it is."
SENTENCE = "hˈɪɹ ɪt ˈɪz. "
MAX_SOUNDS = 3
# Modifiers that count as letters in Unicode but are not sounds.
_MODIFIERS = "ˈˌːʰʲ"
# The samples on either side of a position at which the level is measured: 20 ms in all.
_LEVEL_RADIUS = 240


def lead_in(phonemes: str, language: str, model: SpeechModel, vocabulary: Container[str]) -> str:
    """Return the phonemes to be spoken before a phrase: "" unless the phrase is English and has at most `MAX_SOUNDS`
    sounds, and the voice is one of Kokoro's. (With the first voice this was not tried.)

    vocabulary: the model's symbols; if some of the sentence's are missing, there is no lead-in.
    """
    sounds = sum(symbol.isalpha() and symbol not in _MODIFIERS for symbol in phonemes)
    if not (model.style_width and language in ENGLISH and 0 < sounds <= MAX_SOUNDS):
        return ""
    fits = len(SENTENCE + phonemes) <= model.max_phonemes and all(symbol in vocabulary for symbol in SENTENCE)
    return SENTENCE if fits else ""


def without_lead_in(utterance: Utterance, spoken_before: str, model: SpeechModel, speed: float) -> Utterance:
    """Cut off the lead-in, as if the utterance had begun in the silence after it.

    The cut is between two frames, at the quietest point of that silence. spoken_before: from `lead_in`.
    """
    edges = np.concatenate([[0], np.cumsum(utterance.durations)])
    begins = int(edges[1 + len(spoken_before)])
    silence = int(edges[1 + len(spoken_before.rstrip(". "))])
    early = math.ceil(EARLY * model.sample_rate / model.samples_per_frame / speed)
    places = range(silence, max(silence, begins - early) + 1)
    cut = min(places, key=lambda frame: _level(utterance, frame * model.samples_per_frame))
    hops = model.samples_per_frame // model.samples_per_f0
    durations = np.concatenate([[begins - cut], utterance.durations[1 + len(spoken_before) :]])
    return utterance._replace(
        waveform=utterance.waveform[cut * model.samples_per_frame :],
        durations=durations,
        f0=utterance.f0[cut * hops :],
        first_piece=None,
    )


def _level(utterance: Utterance, place: int) -> float:
    around = utterance.waveform[max(0, place - _LEVEL_RADIUS) : place + _LEVEL_RADIUS]
    return float(np.mean(around.astype(np.float64) ** 2))
