"""Cartesia's JSON: items with a ``text`` and a ``pronunciation``, IPA as ``<<k|oʊ>>`` or a respelling.

Older dictionaries have the pronunciation under ``alias``.
"""

from __future__ import annotations

import re

from kokoro_demo.g2p.alphabet import STRESSES
from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Exported, LexiconFormat, ParsedLexicon, dumped, listed
from kokoro_demo.lexicons.notation import to_ipa

_WORDS = re.compile(r"\s*(?:<<[^<>]*>>\s*)+")
# One of Cartesia's sounds: a diphthong, an affricate and a stress mark count as one each.
_SOUND = re.compile(f"[{STRESSES}]|\\s+|aɪ|aʊ|eɪ|oʊ|əʊ|ɔɪ|tʃ|dʒ|\\S[ː\u0300-\u036f]*")


def recognises(content: Content) -> bool:
    """Return whether it is a list of items, or an object with one under "items"."""
    items = listed(content.json, "items")
    return any(isinstance(item, dict) and "text" in item and {"pronunciation", "alias"} & set(item) for item in items)


def read(content: Content) -> ParsedLexicon:
    """Return the entries; if a word has several, the first counts."""
    parsed = ParsedLexicon()
    for place, item in parsed.objects(listed(content.json, "items"), "item"):
        word, pronunciation = item.get("text"), item.get("pronunciation", item.get("alias"))
        if not isinstance(pronunciation, str) or "<<" not in pronunciation:
            parsed.add(place, word, pronunciation, ipa=False)
        elif _WORDS.fullmatch(pronunciation):
            parsed.add(place, word, re.sub("[<>|]", "", re.sub(">>\\s*<<", " ", pronunciation)), ipa=True)
        else:
            parsed.refuse(place, str(word), "it mixes phonemes and spelling; use one or the other")
    return parsed


def write(entries: Lexicon, language: str) -> Exported:
    """Return the body of the request that creates a dictionary."""
    items = []
    for word, entry in entries.items():
        pronunciation = entry.pronunciation
        if entry.ipa:
            phonemes = to_ipa(phonemes_of(entry, language)[0], language).replace("\u0361", "")
            pronunciation = " ".join(f"<<{'|'.join(_SOUND.findall(part))}>>" for part in phonemes.split())
        items.append({"text": word, "pronunciation": pronunciation})
    return Exported(dumped({"name": "Kokoro", "items": items}))


FORMAT = LexiconFormat("Cartesia (JSON)", "json", "application/json", recognises, read, write)
