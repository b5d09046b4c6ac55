"""misaki's dictionaries in JSON: an object of words and their phonemes, in Kokoro's alphabet."""

from __future__ import annotations

import re
from typing import Any

from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Form, Reading, Written, dumped

_PHONEMES = re.compile("[\u0250-\u02af\u02c8\u02cc\u02d0ᵊᵻəæðŋθ]")


def recognises(content: Content) -> bool:
    """Whether it is an object of words, each with phonemes or with phonemes by part of speech."""
    value = content.json
    return isinstance(value, dict) and bool(value) and all(map(_is_entry, value.values()))


def read(content: Content) -> Reading:
    """The entries. Without a single phonetic symbol in it the object is one of respellings."""
    reading = Reading()
    several: list[str] = []
    value = content.json
    ipa = any(_PHONEMES.search(phonemes) for entry in value.values() for phonemes in _variants(entry))
    for word in content.repeated:
        reading.refuse("the object", word, "it is there more than once, and the last one counts")
    for number, (word, entry) in enumerate(value.items(), 1):
        place = f"entry {number}"
        variants = _variants(entry)
        default = entry.get("DEFAULT") if isinstance(entry, dict) else entry
        others = {phonemes for phonemes in variants if phonemes != default}
        reading.add(place, word, default or next(iter(variants), ""), ipa)
        if others and default:
            several.append(word)
    if several:
        named = ", ".join(word[:30] for word in several[:3]) + (", …" if len(several) > 3 else "")
        reading.warnings.append(f"Of several pronunciations by part of speech the DEFAULT alone is kept: {named}.")
    return reading


def write(entries: Lexicon, language: str) -> Written:
    """An object with the phonemes of every entry, respellings read aloud."""
    pronunciation = {word: phonemes_of(entry, language)[0] for word, entry in entries.items()}
    unsaid = [word for word, phonemes in pronunciation.items() if not phonemes]
    warnings = tuple(f"“{word[:60]}” is left out, because nothing of it can be said." for word in unsaid)
    return Written(dumped({word: phonemes for word, phonemes in pronunciation.items() if phonemes}), warnings)


def _is_entry(entry: Any) -> bool:
    if isinstance(entry, dict):
        return bool(entry) and all(isinstance(phonemes, str | None) for phonemes in entry.values())
    return isinstance(entry, str)


def _variants(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else [phonemes for phonemes in entry.values() if phonemes]


FORM = Form("misaki (JSON)", "json", "application/json", recognises, read, write)
