"""ElevenLabs' rules in JSON: ``string_to_replace`` with an ``alias``, or a ``phoneme`` in IPA or ARPAbet."""

from __future__ import annotations

from typing import Any

from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Form, Reading, Written, dumped, listed
from kokoro_demo.lexicons.notation import arpabet_to_ipa, to_ipa, unknown_arpabet


def recognises(content: Content) -> bool:
    """Whether it is a list of rules, alone or as "rules"."""
    rules = listed(content.json, "rules")
    return any(isinstance(rule, dict) and "string_to_replace" in rule for rule in rules)


def read(content: Content) -> Reading:
    """The entries; the first of two for one word counts, as there."""
    reading = Reading()
    for place, rule in reading.objects(listed(content.json, "rules"), "rule"):
        word = rule.get("string_to_replace")
        if isinstance(word, str) and rule.get("case_sensitive") is False:
            word = word.lower()
        phoneme = rule.get("phoneme")
        if phoneme is None:
            reading.add(place, word, rule.get("alias"), ipa=False)
        elif rule.get("alphabet", "ipa") == "ipa":
            reading.add(place, word, phoneme, ipa=True)
        elif rule.get("alphabet") != "cmu-arpabet":
            reading.refuse(place, str(word), "its alphabet is neither ipa nor cmu-arpabet")
        elif not isinstance(phoneme, str) or unknown_arpabet(phoneme):
            reading.refuse(place, str(word), "its phoneme is not ARPAbet")
        else:
            reading.add(place, word, arpabet_to_ipa(phoneme), ipa=True)
    return reading


def write(entries: Lexicon, language: str) -> Written:
    """The body that creates a dictionary from rules."""
    rules: list[dict[str, Any]] = []
    for word, entry in entries.items():
        rule = {"string_to_replace": word, "case_sensitive": word != word.lower(), "word_boundaries": True}
        if entry.ipa:
            phonemes = to_ipa(phonemes_of(entry, language)[0], language)
            rule |= {"type": "phoneme", "phoneme": phonemes, "alphabet": "ipa"}
        else:
            rule |= {"type": "alias", "alias": entry.pronunciation}
        rules.append(rule)
    return Written(dumped({"name": "Kokoro", "rules": rules}))


FORM = Form("ElevenLabs (JSON)", "json", "application/json", recognises, read, write)
