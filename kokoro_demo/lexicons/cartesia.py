"""Cartesia's items in JSON: ``text`` with a ``pronunciation``, IPA as ``<<k|oʊ>>`` or spelled as it sounds.

Dictionaries made before have the pronunciation under ``alias``.
"""

from __future__ import annotations

import re

from kokoro_demo.g2p.alphabet import STRESSES
from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Form, Reading, Written, dumped, listed
from kokoro_demo.lexicons.notation import to_ipa

_WORDS = re.compile(r"\s*(?:<<[^<>]*>>\s*)+")
# One sound of theirs: a diphthong or an affricate counts as one, and so does a stress.
_SOUND = re.compile(f"[{STRESSES}]|\\s+|aɪ|aʊ|eɪ|oʊ|əʊ|ɔɪ|tʃ|dʒ|\\S[ː\u0300-\u036f]*")


def recognises(content: Content) -> bool:
    """Whether it is a list of items, alone or as "items"."""
    items = listed(content.json, "items")
    return any(isinstance(item, dict) and "text" in item and {"pronunciation", "alias"} & set(item) for item in items)


def read(content: Content) -> Reading:
    """The entries; the first of two for one word counts."""
    reading = Reading()
    for place, item in reading.objects(listed(content.json, "items"), "item"):
        word, pronunciation = item.get("text"), item.get("pronunciation", item.get("alias"))
        if not isinstance(pronunciation, str) or "<<" not in pronunciation:
            reading.add(place, word, pronunciation, ipa=False)
        elif _WORDS.fullmatch(pronunciation):
            reading.add(place, word, re.sub("[<>|]", "", re.sub(">>\\s*<<", " ", pronunciation)), ipa=True)
        else:
            reading.refuse(place, str(word), "it mixes pronunciation with spelling; give one or the other")
    return reading


def write(entries: Lexicon, language: str) -> Written:
    """The body that creates a dictionary."""
    items = []
    for word, entry in entries.items():
        pronunciation = entry.pronunciation
        if entry.ipa:
            phonemes = to_ipa(phonemes_of(entry, language)[0], language).replace("\u0361", "")
            pronunciation = " ".join(f"<<{'|'.join(_SOUND.findall(part))}>>" for part in phonemes.split())
        items.append({"text": word, "pronunciation": pronunciation})
    return Written(dumped({"name": "Kokoro", "items": items}))


FORM = Form("Cartesia (JSON)", "json", "application/json", recognises, read, write)
