"""Kokoro text to speech: ``from kokoro_demo import generate_audio, phonemize, SpeechRequest``."""
