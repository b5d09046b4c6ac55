"""The rules for languages other than English: one set of stages, and a `Locale` for each language.

In a language without a locale, digits and signs stay as they are written, for eSpeak NG to read.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from kokoro_demo.languages import BY_CODE
from kokoro_demo.text.languages.assembly import join_elided, plain_scanner, scanner

if TYPE_CHECKING:
    from kokoro_demo.text.languages.locale import Locale
    from kokoro_demo.text.scanner import Scanner

__all__ = ["join_elided", "locale_of", "scanner_of"]

# The module of each language with a locale, which it defines as LOCALE.
_MODULES = {"es": "spanish", "fr-fr": "french", "it": "italian", "pt-br": "portuguese", "hi": "hindi"}
# The module of each language that is written without spaces, which defines its own scanner as SCANNER.
_WITHOUT_SPACES = {"ja": "japanese", "zh": "mandarin"}


def locale_of(language: str) -> Locale | None:
    """Return the locale of a language; None if it has none."""
    name = _MODULES.get(language)
    return import_module(f"{__name__}.{name}").LOCALE if name else None


@cache
def scanner_of(language: str) -> Scanner:
    """Return the scanner for a language other than English."""
    if name := _WITHOUT_SPACES.get(language):
        own_scanner: Scanner = import_module(f"{__name__}.{name}").SCANNER
        return own_scanner
    locale = locale_of(language)
    script = BY_CODE[language].script
    return scanner(locale, script) if locale else plain_scanner(script)
