"""Phonemes to waveform: Kokoro v1 in PyTorch, one file for each stage of the network.

plbert -> prosody (durations, F0, energy) -> text_encoder -> decoder -> vocoder; kokoro.py assembles them.
"""

from kokoro_demo.model.fast import make_fast
from kokoro_demo.model.kokoro import Kokoro, Output, Prosody
from kokoro_demo.model.speech_model import SpeechModel, Utterance
from kokoro_demo.model.vocoder import SourceSpectrum
from kokoro_demo.model.weights import load_weights, official_state, plain_weights, unfilled

__all__ = [
    "Kokoro",
    "Output",
    "Prosody",
    "SourceSpectrum",
    "SpeechModel",
    "Utterance",
    "load_weights",
    "make_fast",
    "official_state",
    "plain_weights",
    "unfilled",
]
