"""misaki's dictionaries: a JSON object from words to phonemes in Kokoro's alphabet."""

from __future__ import annotations

import re
from typing import Any

from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Exported, LexiconFormat, ParsedLexicon, dumped

_PHONEMES = re.compile("[\u0250-\u02af\u02c8\u02cc\u02d0ᵊᵻəæðŋθ]")


def recognises(content: Content) -> bool:
    """Return whether it is an object from words to phonemes, or to phonemes by part of speech."""
    value = content.json
    return isinstance(value, dict) and bool(value) and all(map(_is_entry, value.values()))


def read(content: Content) -> ParsedLexicon:
    """Return the entries. If there is no phonetic symbol in the whole object, they are respellings."""
    parsed = ParsedLexicon()
    several: list[str] = []
    value = content.json
    ipa = any(_PHONEMES.search(phonemes) for entry in value.values() for phonemes in _variants(entry))
    for word in content.repeated:
        parsed.refuse("the object", word, "it occurs more than once, and the last one counts")
    for number, (word, entry) in enumerate(value.items(), 1):
        place = f"entry {number}"
        variants = _variants(entry)
        default = entry.get("DEFAULT") if isinstance(entry, dict) else entry
        others = {phonemes for phonemes in variants if phonemes != default}
        parsed.add(place, word, default or next(iter(variants), ""), ipa)
        if others and default:
            several.append(word)
    if several:
        named = ", ".join(word[:30] for word in several[:3]) + (", …" if len(several) > 3 else "")
        parsed.warnings.append(f"Of several pronunciations by part of speech, only the DEFAULT is kept: {named}.")
    return parsed


def write(entries: Lexicon, language: str) -> Exported:
    """Return an object with the phonemes of every entry; respellings are converted to phonemes."""
    pronunciation = {word: phonemes_of(entry, language)[0] for word, entry in entries.items()}
    silent = [word for word, phonemes in pronunciation.items() if not phonemes]
    warnings = tuple(f"“{word[:60]}” is left out, because it has no sounds." for word in silent)
    return Exported(dumped({word: phonemes for word, phonemes in pronunciation.items() if phonemes}), warnings)


def _is_entry(entry: Any) -> bool:
    if isinstance(entry, dict):
        return bool(entry) and all(isinstance(phonemes, str | None) for phonemes in entry.values())
    return isinstance(entry, str)


def _variants(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else [phonemes for phonemes in entry.values() if phonemes]


FORMAT = LexiconFormat("misaki (JSON)", "json", "application/json", recognises, read, write)
