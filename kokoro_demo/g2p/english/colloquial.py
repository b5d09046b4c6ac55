"""Informal English, written as it sounds: interjections, words drawn out, dialect, stuttering."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kokoro_demo.g2p.alphabet import PRIMARY, SECONDARY, STRESSES, VOWELS

Find = Callable[[str], str | None]
"""Returns the phonemes of an ordinary word; None if it is unknown."""

# Interjections that the dictionary lacks, in American phonemes. "+": the letter may be drawn out. Kokoro draws out a
# sound that is written three times, but not one with "ː".
_INTERJECTIONS = {
    "s*sh+|sh+ush?h+": "ʃʃʃ", "psh+": "pʃʃ", "br+": "bˈɜɹ", "g+r+": "ɡˈɜɹ", "r{3,}": "ɹˈɜɹ", "a+r+": "ˈɑɹ",
    "a+r+gh*|a+gh+": "ˈɑɹɡ", "pf+": "pff", "p+f+t+": "pft", "ps+t+": "pst", "t+s+k+": "tˈɪsk", "e+w+": "ˈiu",
    "z{2,}": "zzz", "b+z{2,}": "bzzz", "b+z+t+": "bzt", "s{3,}": "sss", "h+m+p+h*": "hˈʌmf", "m+p+h+": "mf",
    "h+r+m+": "hɹˈʌm", "m+h+m+": "mhm", "n+g+h+": "ŋ", "m+w+a+h*": "mwˈɑ", "b+l+e+c+h+": "blˈɛk", "b+l+e+h+": "blˈɛ",
    "a+h*choo+|hachoo+": "əʧˈu", "woo+hoo+": "wˌuhˈu", "yoo+hoo+": "jˌuhˈu", "wa+h+": "wˈɑ", "a+h+": "ˈɑ",
    "a{2,}": "ˈɑ", "o{3,}": "ˈu", "o+w+": "ˈW", "e+r+m+": "ˈɜɹm", "nuh": "nˈʌ", "pew+": "pjˈu", "vr+oo+m+": "vɹˈum",
    "ta+da+": "tədˈɑ", "ye+sh+": "jˈiʃ", "jee+z+": "ʤˈiz", "i'?mm?a": "ˈImə", "dontcha": "dˈOnʧə",
}  # fmt: skip
_INTERJECTION = [(re.compile(written), phonemes) for written, phonemes in _INTERJECTIONS.items()]
_LAUGH = re.compile(r"(?P<start>bwa|mwa|mua|a)?(?P<rest>(?P<part>hee|ha|he|ho)(?:(?P=part)){1,40}h?)")
_LAUGHS = {"ha": "hɑ", "he": "hɛ", "hee": "hi", "ho": "hO"}
_LAUGH_STARTS = {"bwa": "bwɑ", "mwa": "mwɑ", "mua": "mwɑ", "a": "ə"}

_RUN = re.compile(r"([a-z])\1{2,}")
# Letters that English does not double: two of them already mean that the word is drawn out.
_RUN_OF_TWO = re.compile(r"([hiuwy])\1+|(?<=^ye)ss$|(?<=^by)ee$")
# Short words whose last vowel, drawn out, might be mistaken for a double vowel.
_ENDS_SINGLE = frozenset("so no go me he she we be ye yo the who do bye".split())
_LAST_RUN = re.compile(r"(.)\1+$")

_WHOLE = {
    "th'": "ðə", "i'": "ɪ", "wi'": "wɪ", "wi'out": "wɪðˈWt", "o'": "ə", "gi'": "ɡɪ", "an'": "ən", "t'": "t",
    "ol'": "ˈOl",    "mo'": "mˈɔɹ", "fo'": "fɔɹ", "sho'": "ʃˈɔɹ", "d'you": "dju", "d'ye": "dji", "p'raps": "pɹˈæps",
    "m'lord": "məlˈɔɹd", "m'lud": "məlˈʌd", "m'lady": "məlˈAdi", "gov'nor": "ɡˈʌvnəɹ", "guv'nor": "ɡˈʌvnəɹ",
    "thou'rt": "ðˈWɹt", "who'd": "hˌud",
}  # fmt: skip
# A vowel omitted for the metre: heav'n, pow'rs, ev'ry, wand'ring.
_SYNCOPATED = re.compile(r"[a-z]{2,}'(?:[nr]s?|(?!ll|re|ve)[lmnrv][a-z]+)")
_LATER = {"'ve": "əv", "'d": "əd", "'ll": "əl", "'lt": "lt"}
# Words that do not change after an apostrophe, which probably opens a quotation.
_KEPT = frozenset("a i an and all arm as at air ill is it edge".split())
_A_DROPPED = frozenset("bout round cross gain mongst midst".split())

_DIGRAPHS = re.compile(r"th|sh|ch|wh|ph|kn|wr|gn|gh|[bcdfghjklmnpqrstvwxyz]|[aeiou]+", re.I)
_VOWEL_LETTERS = frozenset("aeiouAEIOU")
_SOUND = re.compile(r"[^ˈˌː]ː?")
# In these the part before the hyphen is the name of a letter: a t-test is not a stutter.
_NAMES_ITS_LETTER = re.compile(
    r"(?:b-b(?:oy|all|oying)|c-c(?:lass|lamp|ell)|d-day|e-e(?!ven|ver|xcuse|ither|nough|at).+|t-t(?:est|ail|op|ube|ime|rain)|s-(?:shaped|series)|"
    r"g-g(?:roup|lass)|p-p(?:lan|hase)|v-v(?:ictory)|x-.+|u-u.+)s?",
    re.I,
)


def interjection(word: str) -> str | None:
    """Return the phonemes of an interjection that no dictionary has: shh, brr, hahaha; None for any other word."""
    small = word.lower()
    for written, phonemes in _INTERJECTION:
        if written.fullmatch(small):
            return phonemes
    laugh = _LAUGH.fullmatch(small)
    if laugh is None:
        return None
    part, count = _LAUGHS[laugh["part"]], len(laugh["rest"]) // len(laugh["part"])
    first = stress_last_vowel(part, SECONDARY) if count > 2 else part
    return _LAUGH_STARTS.get(laugh["start"], "") + first + part * (count - 2) + stress_last_vowel(part, PRIMARY)


def stress_last_vowel(phonemes: str, mark: str) -> str:
    """Return the phonemes with `mark` before the last vowel."""
    last = max((index for index, sound in enumerate(phonemes) if sound in VOWELS), default=0)
    return phonemes[:last] + mark + phonemes[last:]


def shortened(word: str) -> Iterator[str]:
    """Yield the words that a drawn-out word may be: "sooo" is "so", "goooood" is "good", "pleeease" is "please"."""
    small = word.lower()
    runs = _RUN if _RUN.search(small) else _RUN_OF_TWO
    if not small.isascii() or not runs.search(small) or len(set(small)) == 1:
        return
    single = runs.sub(lambda run: run.group()[0], small)
    yield from (end for end in (single,) if end in _ENDS_SINGLE)
    yield runs.sub(lambda run: run.group()[0] * 2, small)
    yield single
    if _LAST_RUN.search(small):  # welllll, but yesss
        yield runs.sub(lambda run: run.group()[0] * (2 if run.end() == len(small) else 1), small)
        yield runs.sub(lambda run: run.group()[0] * (1 if run.end() == len(small) else 2), small)


def dialect(word: str, find: Find) -> str | None:
    """Return the phonemes of a word with letters dropped at an apostrophe: th', they'd've, 'ouse, heav'n.

    Returns None if it is not such a word. find: returns the phonemes of an ordinary word.
    """
    small = word.lower()
    if small in _WHOLE:
        return _WHOLE[small]
    if "'" not in small:
        return None
    if small.endswith(("'ve", "'d", "'ll", "'lt")):
        base, ending = small[: small.rindex("'")], small[small.rindex("'") :]
        if "'" in base or base == "thou":
            phonemes = _WHOLE.get(base) or find(base)
            return phonemes and phonemes + _LATER[ending]
    if small.startswith("'"):
        return _without_beginning(word[1:], find)
    if small.startswith("th'") and (phonemes := find(small[3:])):
        return "ð" + phonemes if phonemes.lstrip(STRESSES)[0] in VOWELS else "ðə " + phonemes
    if not _SYNCOPATED.fullmatch(small):
        return None
    return next(filter(None, (find(small.replace("'", letter)) for letter in ("e", "o", "i", "v"))), None)


def _without_beginning(rest: str, find: Find) -> str | None:
    """The phonemes of a word whose first letters are dropped: 'ouse, 'bout, 'twasn't."""
    known = find(rest)
    if rest not in _KEPT and not (known and rest[:1].isupper()):
        whole = find("h" + rest.lower())
        if whole and whole.startswith("h"):
            return whole[1:]
    if rest.startswith("t") and known is None and (verb := find(rest[1:])):
        return "t" + verb
    if rest in _A_DROPPED and (whole := find("a" + rest)):
        return whole.lstrip(STRESSES)[1:]
    return known


def stutters(texts: Sequence[str], capital_in_sentence: bool) -> list[bool]:
    """Return which of the parts between hyphens are a stuttered beginning: W-what, St-stop, b-b-baby.

    capital_in_sentence: whether a capital in the first part means more than the beginning of a sentence.
    """
    stuttered = [False] * len(texts)
    whole = ""
    for index in range(len(texts) - 1, -1, -1):
        text = texts[index]
        if whole and _is_stuttered(text, whole, capital_in_sentence and index == 0):
            stuttered[index] = True
        else:
            whole = text
    return stuttered


def _is_stuttered(part: str, whole: str, named: bool) -> bool:
    small = part.lower()
    if not part.isalpha() or not 0 < len(part) < len(whole) or len(part) > 4 or not whole.lower().startswith(small):
        return False
    if small in ("a", "i") or (named and part[0].isupper() and whole.islower() and len(part) == 1):
        return False
    if len(part) > 1 and small[-1] in _VOWEL_LETTERS and whole.lower() in (small + "s", small + "ing"):
        return False
    return not _NAMES_ITS_LETTER.fullmatch(f"{part}-{whole}")


def beginning(part: str, whole: str) -> str:
    """Return the phonemes of a stuttered beginning, given those of the whole word: "St" of stˈɑp is stə.

    Each letter or digraph of the part is matched to one sound.
    """
    sounds = _SOUND.findall(whole.translate({ord(mark): None for mark in STRESSES}))
    onset = next((index for index, sound in enumerate(sounds) if sound[0] in VOWELS), len(sounds))
    letters = _DIGRAPHS.findall(part)
    if letters and letters[-1][0] in _VOWEL_LETTERS and not part.lower().endswith("qu"):
        return "".join(sounds[: onset + 1])
    if onset == 0:
        return sounds[0]
    return "".join(sounds[: min(onset, len(letters))]) + "ə"
