"""Spoken text to phonemes: `phonemize`, and `split_phrases` for the model. Needs no torch."""

from kokoro_demo.g2p.phrases import split_phrases
from kokoro_demo.g2p.pronounce import phonemize
from kokoro_demo.g2p.pronunciation import Pause, Pronunciation, Word
from kokoro_demo.g2p.typed import read_phonemes

__all__ = ["Pause", "Pronunciation", "Word", "phonemize", "read_phonemes", "split_phrases"]
