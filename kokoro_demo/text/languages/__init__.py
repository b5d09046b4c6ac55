"""The rules that read languages other than English: one set of stages, and a tongue for each language.

A language without a tongue keeps its figures and signs as they are written, for eSpeak NG to read.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from kokoro_demo.languages import BY_CODE
from kokoro_demo.text.languages.assembly import join_elided, plain_scanner, scanner

if TYPE_CHECKING:
    from kokoro_demo.text.languages.tongue import Tongue
    from kokoro_demo.text.scanner import Scanner

__all__ = ["join_elided", "scanner_of", "tongue_of"]

# The module of each language that has rules of its own; it holds the tongue as TONGUE.
_MODULES = {"es": "spanish", "fr-fr": "french", "it": "italian", "pt-br": "portuguese", "hi": "hindi"}
# The module of each language that is written without spaces; it holds its own scanner as SCANNER.
_WITHOUT_SPACES = {"ja": "japanese", "zh": "mandarin"}


def tongue_of(language: str) -> Tongue | None:
    """The tongue of a language; None if it has no rules of its own."""
    name = _MODULES.get(language)
    return import_module(f"{__name__}.{name}").TONGUE if name else None


@cache
def scanner_of(language: str) -> Scanner:
    """The scanner for a language that is not English."""
    if name := _WITHOUT_SPACES.get(language):
        own: Scanner = import_module(f"{__name__}.{name}").SCANNER
        return own
    tongue = tongue_of(language)
    script = BY_CODE[language].script
    return scanner(tongue, script) if tongue else plain_scanner(script)
