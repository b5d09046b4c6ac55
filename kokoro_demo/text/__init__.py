"""Written text to spoken words."""

from kokoro_demo.text.normalise import normalise
from kokoro_demo.text.spoken import SpokenText, Token

__all__ = ["SpokenText", "Token", "normalise"]
