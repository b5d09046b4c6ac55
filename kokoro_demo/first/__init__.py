"""The first voice: a model of 6 million parameters that was trained on Kokoro's af_heart, and speaks at once.

It is Maureese Williams's hibari (Apache-2.0), whose package includes the model as an ONNX file. Nothing but this file
is
used: the text is read by `kokoro_demo.g2p`, and the waveform is computed in `waveform`.
"""

from kokoro_demo.first.first_voice import FirstVoice
from kokoro_demo.first.model_file import SHA256
from kokoro_demo.first.symbols import STAND_INS, VOCABULARY

__all__ = ["SHA256", "STAND_INS", "VOCABULARY", "FirstVoice"]
