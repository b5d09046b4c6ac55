"""Very short texts: a word of a few sounds is spoken after a sentence, which is then cut away.

Alone, a network that learned whole sentences says it less clearly; after the sentence, half as many are misheard in
Kokoro's voices (docs/listening.md).
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
MOST_SOUNDS = 3
# Letters to Unicode, no sounds of their own.
_SIGNS = "ˈˌːʰʲ"
# Samples around a place at which its level is measured: 20 ms.
_AROUND = 240


def lead_in(phonemes: str, language: str, model: SpeechModel, vocabulary: Container[str]) -> str:
    """The phonemes to be spoken before a phrase: none unless it is English and at most `MOST_SOUNDS` sounds long, in a
    voice of Kokoro's. The first voice was not heard with them.

    vocabulary: of the model, which may be anybody's; without the sentence's phonemes in it, there is no sentence.
    """
    sounds = sum(symbol.isalpha() and symbol not in _SIGNS for symbol in phonemes)
    if not (model.style_width and language in ENGLISH and 0 < sounds <= MOST_SOUNDS):
        return ""
    fits = len(SENTENCE + phonemes) <= model.max_phonemes and all(symbol in vocabulary for symbol in SENTENCE)
    return SENTENCE if fits else ""


def without_lead_in(made: Utterance, spoken_before: str, model: SpeechModel, speed: float) -> Utterance:
    """The utterance without the phonemes that `lead_in` put before it, as if it had begun in the silence after them.

    It is cut between two frames, at the quietest place of that silence.
    """
    edges = np.concatenate([[0], np.cumsum(made.durations)])
    begins = int(edges[1 + len(spoken_before)])
    silence = int(edges[1 + len(spoken_before.rstrip(". "))])
    early = math.ceil(EARLY * model.sample_rate / model.samples_per_frame / speed)
    places = range(silence, max(silence, begins - early) + 1)
    cut = min(places, key=lambda frame: _level(made, frame * model.samples_per_frame))
    hops = model.samples_per_frame // model.samples_per_f0
    durations = np.concatenate([[begins - cut], made.durations[1 + len(spoken_before) :]])
    return made._replace(
        waveform=made.waveform[cut * model.samples_per_frame :],
        durations=durations,
        f0=made.f0[cut * hops :],
        first_piece=None,
    )


def _level(made: Utterance, place: int) -> float:
    around = made.waveform[max(0, place - _AROUND) : place + _AROUND]
    return float(np.mean(around.astype(np.float64) ** 2))
