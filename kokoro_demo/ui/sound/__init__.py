"""The Sound tab with its picture of the last speech, and the files of a visitor's speech."""

from kokoro_demo.ui.sound.files import speech_files
from kokoro_demo.ui.sound.tab import build_sound_tab

__all__ = ["build_sound_tab", "speech_files"]
