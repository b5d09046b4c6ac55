"""Written text to spoken words."""

from kokoro_demo.text.normalise import normalise
from kokoro_demo.text.spoken import Change, SpokenText, Token

__all__ = ["Change", "SpokenText", "Token", "normalise"]
