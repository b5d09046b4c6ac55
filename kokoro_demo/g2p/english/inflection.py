"""Inflected forms of words in the dictionary: plurals, possessives, tenses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kokoro_demo.g2p.alphabet import STRESSES
from kokoro_demo.g2p.english.dictionary import Dictionary, Entry
from kokoro_demo.g2p.english.stress import change_stress

# After these, an American t before a vowel becomes a flap.
_FLAPS_AFTER = frozenset("AIOWYiuæɑəɛɪɹʊʌ")
_DOUBLED = re.compile(r"([bcdgklmnprstvxz])\1$")
_SHORT_SYLLABLE = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$")


def inflected(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """Return the pronunciations of an inflected form of a word in the dictionary; None if it is not one.

    word: in small letters except for an initial capital, apostrophes as ``'``.
    """
    for rule in (_possessive, _plural, _past, _participle, _dropped_g):
        entry = rule(word, dictionary, british)
        if entry is not None:
            return entry
    return None


def with_s(phonemes: str, british: bool) -> str:
    """Return the phonemes of a word with the ending -s."""
    if phonemes[-1] in "ptkfθ":
        return phonemes + "s"
    if phonemes[-1] in "szʃʒʧʤ":
        return phonemes + ("ɪz" if british else "ᵻz")
    return phonemes + "z"


def with_ed(phonemes: str, british: bool) -> str:
    """Return the phonemes of a word with the ending -ed."""
    if phonemes[-1] in "pkfθʃsʧ":
        return phonemes + "t"
    if phonemes[-1] not in "td":
        return phonemes + "d"
    if british or (phonemes[-1] == "t" and len(phonemes) < 2):
        return phonemes + "ɪd"
    return _flapped(phonemes) + "ᵻd"


def with_ing(phonemes: str, british: bool) -> str:
    """Return the phonemes of a verb with the ending -ing; the verb has at least secondary stress."""
    return joined(change_stress(phonemes, 0.5), "ɪŋ", british)


def joined(stem: str, ending: str, british: bool) -> str:
    """Join a stem and an ending: before a vowel, an American t is flapped, and a silent British r is pronounced."""
    if ending.lstrip(STRESSES)[0] not in "əɪi":
        return stem + ending
    if not british:
        return _flapped(stem) + ending
    if hides_r(stem):
        return stem + "ɹ" + ending
    return stem[:-1] + "ɪ" + ending if stem.endswith("i") and ending[0] == "ə" else stem + ending


def hides_r(phonemes: str) -> bool:
    """Return whether a British word may end in a silent r."""
    return phonemes.endswith(("ə", "ɑː", "ɔː", "ɜː", "ɛː"))


def with_final_e(stem: str) -> list[str]:
    """Return what a stem may have been before an ending that begins with a vowel, the likeliest first."""
    stems = [stem + "e", stem] if _SHORT_SYLLABLE.match(stem) else [stem, stem + "e"]
    return [*stems, stem[:-1]] if _DOUBLED.search(stem) else stems


def map_entry(entry: Entry | None, form: Callable[[str], str]) -> Entry | None:
    """Apply `form` to every pronunciation of an entry."""
    return {tag: form(phonemes) for tag, phonemes in entry.items()} if entry is not None else None


def first_known(stems: Iterable[str], dictionary: Dictionary) -> Entry | None:
    """Return the entry of the first stem that is in the dictionary."""
    return next((entry for entry in map(dictionary.find, stems) if entry is not None), None)


def _flapped(phonemes: str) -> str:
    return (
        phonemes[:-1] + "T" if len(phonemes) > 1 and phonemes[-1] == "t" and phonemes[-2] in _FLAPS_AFTER else phonemes
    )


def _possessive(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if word.endswith("s'"):
        return (
            dictionary.find(word[:-2] + "'s") or dictionary.find(word[:-1]) or _plural(word[:-1], dictionary, british)
        )
    return None


def _plural(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "'s")):
        return None
    stems = [word[:-1]]
    if len(word) > 4 and word.endswith("ies"):
        stems.append(word[:-3] + "y")
    elif len(word) > 4 and word.endswith("es"):
        stems.append(word[:-2])
    return map_entry(first_known(stems, dictionary), lambda phonemes: with_s(phonemes, british))


def _past(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if len(word) < 4 or not word.endswith("ed"):
        return None
    stem = word[:-2]
    stems = [word[:-1]]
    if len(word) > 4 and not word.endswith("eed"):
        stems += [stem, stem[:-1]] if _DOUBLED.search(stem) or stem.endswith("ck") else [stem]
        if stem.endswith("i"):  # "denied" is from "deny", though there is a name "Deni"
            stems.insert(0, stem[:-1] + "y")
    return map_entry(first_known(stems, dictionary), lambda phonemes: with_ed(phonemes, british))


def _participle(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if len(word) < 5 or not word.endswith("ing"):
        return None
    stem = word[:-3]
    stems = with_final_e(stem) if len(stem) > 2 else [stem + "e"]
    if stem.endswith("ck"):
        stems.append(stem[:-1])
    return map_entry(first_known(stems, dictionary), lambda phonemes: with_ing(phonemes, british))


def _dropped_g(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """Read movin' and goin': the participle, with n for ng."""
    if not word.endswith("in'") or len(word) < 5:
        return None
    whole = word[:-1] + "g"
    entry = dictionary.find(whole) or _participle(whole, dictionary, british)
    return map_entry(entry, lambda phonemes: phonemes[:-1] + "n" if phonemes.endswith("ŋ") else phonemes)
