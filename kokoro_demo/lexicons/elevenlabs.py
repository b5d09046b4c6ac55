"""ElevenLabs' JSON: rules with a ``string_to_replace`` and an ``alias``, or a ``phoneme`` in IPA or ARPAbet."""

from __future__ import annotations

from typing import Any

from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.lexicon import Lexicon
from kokoro_demo.lexicons.content import Content, Exported, LexiconFormat, ParsedLexicon, dumped, listed
from kokoro_demo.lexicons.notation import arpabet_to_ipa, to_ipa, unknown_arpabet


def recognises(content: Content) -> bool:
    """Return whether it is a list of rules, or an object with one under "rules"."""
    rules = listed(content.json, "rules")
    return any(isinstance(rule, dict) and "string_to_replace" in rule for rule in rules)


def read(content: Content) -> ParsedLexicon:
    """Return the entries; if a word has several, the first counts, as with ElevenLabs."""
    parsed = ParsedLexicon()
    for place, rule in parsed.objects(listed(content.json, "rules"), "rule"):
        word = rule.get("string_to_replace")
        if isinstance(word, str) and rule.get("case_sensitive") is False:
            word = word.lower()
        phoneme = rule.get("phoneme")
        if phoneme is None:
            parsed.add(place, word, rule.get("alias"), ipa=False)
        elif rule.get("alphabet", "ipa") == "ipa":
            parsed.add(place, word, phoneme, ipa=True)
        elif rule.get("alphabet") != "cmu-arpabet":
            parsed.refuse(place, str(word), "its alphabet is neither ipa nor cmu-arpabet")
        elif not isinstance(phoneme, str) or unknown_arpabet(phoneme):
            parsed.refuse(place, str(word), "its phoneme is not ARPAbet")
        else:
            parsed.add(place, word, arpabet_to_ipa(phoneme), ipa=True)
    return parsed


def write(entries: Lexicon, language: str) -> Exported:
    """Return the body of the request that creates a dictionary."""
    rules: list[dict[str, Any]] = []
    for word, entry in entries.items():
        rule = {"string_to_replace": word, "case_sensitive": word != word.lower(), "word_boundaries": True}
        if entry.ipa:
            phonemes = to_ipa(phonemes_of(entry, language)[0], language)
            rule |= {"type": "phoneme", "phoneme": phonemes, "alphabet": "ipa"}
        else:
            rule |= {"type": "alias", "alias": entry.pronunciation}
        rules.append(rule)
    return Exported(dumped({"name": "Kokoro", "rules": rules}))


FORMAT = LexiconFormat("ElevenLabs (JSON)", "json", "application/json", recognises, read, write)
