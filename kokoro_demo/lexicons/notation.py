"""Converts phonemes: ARPAbet to IPA, and Kokoro's alphabet to ARPAbet and IPA."""

from __future__ import annotations

import re

from kokoro_demo.g2p.alphabet import CONSONANTS, PRIMARY, SECONDARY, STRESSES, VOWELS
from kokoro_demo.languages import ENGLISH

# The symbols of CMUdict, and those that TIMIT and others add. AH and ER without stress are weak vowels.
_FROM_ARPABET = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AH0": "ə", "AO": "ɔ", "AW": "aʊ", "AX": "ə", "AXR": "ɚ", "AY": "aɪ", "B": "b",
    "CH": "tʃ", "D": "d", "DH": "ð", "DX": "ɾ", "EH": "ɛ", "EL": "l\u0329", "EM": "m\u0329", "EN": "n\u0329",
    "ER": "ɝ", "ER0": "ɚ", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IX": "ɪ", "IY": "i", "JH": "dʒ",
    "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "Q": "ʔ", "R": "ɹ",
    "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "UX": "u", "V": "v", "W": "w", "WH": "w",
    "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
_STRESS_OF = {"": "", "0": "", "1": PRIMARY, "2": SECONDARY}
_ARPABET_SYMBOL = re.compile("([A-Z]{1,3})([012]?)")
# One or two Kokoro symbols, and their ARPAbet.
_TO_ARPABET = {
    "əɹ": "ER", "ɜɹ": "ER", "ɜː": "ER", "əː": "ER", "ɪə": "IH R", "iə": "IY AH", "ɛː": "EH R", "ɔː": "AO", "ɑː": "AA",
    "iː": "IY", "uː": "UW", "A": "EY", "I": "AY", "O": "OW", "Q": "OW", "W": "AW", "Y": "OY", "a": "AE", "æ": "AE",
    "i": "IY", "u": "UW", "ɑ": "AA", "ɒ": "AA", "ɔ": "AO", "ə": "AH", "ᵊ": "AH", "ɐ": "AH", "ʌ": "AH", "ɛ": "EH",
    "ɜ": "ER", "ɪ": "IH", "ᵻ": "IH", "ʊ": "UH", "b": "B", "ʧ": "CH", "d": "D", "ð": "DH", "f": "F", "ɡ": "G",
    "h": "HH", "ʤ": "JH", "k": "K", "l": "L", "m": "M", "n": "N", "ŋ": "NG", "p": "P", "ɹ": "R", "s": "S", "ʃ": "SH",
    "t": "T", "T": "T", "θ": "TH", "v": "V", "w": "W", "j": "Y", "z": "Z", "ʒ": "ZH", "ʦ": "T S", "ʣ": "D Z",
}  # fmt: skip
_KOKORO = re.compile(f"([{STRESSES}]?)({'|'.join(sorted(_TO_ARPABET, key=len, reverse=True))})|(\\s+)|(.)", re.DOTALL)
_ARPABET_VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())

_TO_IPA = {
    "A": "eɪ", "I": "aɪ", "W": "aʊ", "Y": "ɔɪ", "Q": "əʊ", "O": "oʊ", "ʤ": "d͡ʒ", "ʧ": "t͡ʃ", "ʦ": "t͡s", "ʣ": "d͡z",
    "ʨ": "t͡ɕ", "ꭧ": "ʈ͡ʂ", "ᵊl": "l\u0329", "ᵊn": "n\u0329", "ᵊm": "m\u0329", "ᵊ": "ə", "ᵻ": "ɪ", "T": "ɾ", "S": "s",
}  # fmt: skip
_SYMBOLS = re.compile("|".join(sorted(_TO_IPA, key=len, reverse=True)))
_ANY_VOWEL = "[" + "".join(sorted(VOWELS)) + "]"
_CLUSTER_AND_STRESS = re.compile(f"([{''.join(sorted(CONSONANTS))}]*)([{STRESSES}])(?={_ANY_VOWEL})")
# Clusters of two and three consonants with which an English syllable can begin.
_ONSET = re.compile("s(?:[pk]l|[ptk]ɹ|kw|[ptk]j|[ptkmnflw])|[pbkɡf]l|[pbtdkɡfθʃ]ɹ|[tdkɡθ]w|[pbtdkɡfvmnhlθsz]j")


def is_arpabet(symbols: str) -> bool:
    """Return whether this is ARPAbet: only its symbols, with at least one stress."""
    return bool(re.search("[A-Z][012]", symbols.upper())) and not unknown_arpabet(symbols)


def unknown_arpabet(symbols: str) -> list[str]:
    """Return which of the symbols, separated by spaces, are not ARPAbet."""
    matches = ((symbol, _ARPABET_SYMBOL.fullmatch(symbol)) for symbol in symbols.upper().split())
    return [symbol for symbol, match in matches if match is None or match.group(1) not in _FROM_ARPABET]


def arpabet_to_ipa(symbols: str) -> str:
    """Return ARPAbet without unknown symbols (`unknown_arpabet`) as IPA, each stress mark before its vowel."""
    parts = []
    for symbol in symbols.upper().split():
        name, stress = symbol.rstrip("012"), symbol[len(symbol.rstrip("012")) :]
        parts.append(_STRESS_OF[stress] + _FROM_ARPABET.get(symbol, _FROM_ARPABET[name]))
    return "".join(parts)


def to_arpabet(phonemes: str) -> tuple[str, str]:
    """Return Kokoro's English phonemes as ARPAbet, and the symbols that have no counterpart, each once."""
    parts: list[str] = []
    unknown: dict[str, None] = {}
    for stress, symbol, _, other in _KOKORO.findall(phonemes):
        if other:
            unknown[other] = None
        for part in _TO_ARPABET.get(symbol, "").split():
            vowel = part in _ARPABET_VOWELS
            parts.append(part + ({PRIMARY: "1", SECONDARY: "2"}.get(stress, "0") if vowel else ""))
    return " ".join(parts), "".join(unknown)


def to_ipa(phonemes: str, language: str) -> str:
    """Return Kokoro's phonemes as plain IPA, each stress mark before its syllable; `g2p.ipa.from_ipa` reverses this.

    In other languages than English, a syllable is assumed to begin with one consonant.
    """
    stressed = _CLUSTER_AND_STRESS.sub(lambda match: _before_syllable(match, language), phonemes)
    written = _SYMBOLS.sub(lambda match: _TO_IPA[match.group()], stressed)
    return re.sub("a(?![ɪʊ])", "æ", written) if language == "en-gb" else written


def _before_syllable(match: re.Match[str], language: str) -> str:
    cluster, stress = match.groups()
    begins_word = match.start() == 0 or match.string[match.start() - 1].isspace()
    if begins_word or not cluster:
        return stress + cluster
    start = len(cluster) - 1
    if cluster[start] == "ŋ":
        start += 1
    first = 1 if match.string[match.start() - 1] == "ᵊ" else 0  # an l or n after ᵊ is a syllable
    start = max(first, start)
    while language in ENGLISH and start > first and _ONSET.fullmatch(cluster[start - 1 :]):
        start -= 1
    return cluster[:start] + stress + cluster[start:]
