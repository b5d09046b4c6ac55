"""The sound seen and kept: files of a visitor's speech, and the picture of it."""

from kokoro_demo.ui.sound.files import speech_files
from kokoro_demo.ui.sound.tab import build_sound_tab

__all__ = ["build_sound_tab", "speech_files"]
