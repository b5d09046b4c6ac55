"""English as it is spoken and written down by ear: interjections, words drawn out, dialect, stuttering."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kokoro_demo.g2p.alphabet import PRIMARY, SECONDARY, STRESSES, VOWELS

Find = Callable[[str], str | None]
"""The pronunciation of an ordinary word; None if it is unknown."""

# Interjections that the dictionary lacks, in American sounds. Kokoro holds a sound that is written three times, and
# not one before "ː". "+" after a letter: it may be drawn out.
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
# Letters that English does not double: two of them are as good as three.
_RUN_OF_TWO = re.compile(r"([hiuwy])\1+|(?<=^ye)ss$|(?<=^by)ee$")
# Short words whose last vowel, drawn out, might be taken for a double one.
_ENDS_SINGLE = frozenset("so no go me he she we be ye yo the who do bye".split())
_LAST_RUN = re.compile(r"(.)\1+$")

_WHOLE = {
    "th'": "ðə", "i'": "ɪ", "wi'": "wɪ", "wi'out": "wɪðˈWt", "o'": "ə", "gi'": "ɡɪ", "an'": "ən", "t'": "t",
    "ol'": "ˈOl",    "mo'": "mˈɔɹ", "fo'": "fɔɹ", "sho'": "ʃˈɔɹ", "d'you": "dju", "d'ye": "dji", "p'raps": "pɹˈæps",
    "m'lord": "məlˈɔɹd", "m'lud": "məlˈʌd", "m'lady": "məlˈAdi", "gov'nor": "ɡˈʌvnəɹ", "guv'nor": "ɡˈʌvnəɹ",
    "thou'rt": "ðˈWɹt", "who'd": "hˌud",
}  # fmt: skip
# A vowel left out for the metre: heav'n, pow'rs, ev'ry, wand'ring.
_SYNCOPATED = re.compile(r"[a-z]{2,}'(?:[nr]s?|(?!ll|re|ve)[lmnrv][a-z]+)")
_LATER = {"'ve": "əv", "'d": "əd", "'ll": "əl", "'lt": "lt"}
# Words that an apostrophe before them leaves as they are: it opened a quotation that nothing closes.
_KEPT = frozenset("a i an and all arm as at air ill is it edge".split())
_A_DROPPED = frozenset("bout round cross gain mongst midst".split())

_DIGRAPHS = re.compile(r"th|sh|ch|wh|ph|kn|wr|gn|gh|[bcdfghjklmnpqrstvwxyz]|[aeiou]+", re.I)
_VOWEL_LETTERS = frozenset("aeiouAEIOU")
_SOUND = re.compile(r"[^ˈˌː]ː?")
# With a hyphen after its first letter each of these names the letter: a t-test is no stutter.
_NAMES_ITS_LETTER = re.compile(
    r"(?:b-b(?:oy|all|oying)|c-c(?:lass|lamp|ell)|d-day|e-e(?!ven|ver|xcuse|ither|nough|at).+|t-t(?:est|ail|op|ube|ime|rain)|s-(?:shaped|series)|"
    r"g-g(?:roup|lass)|p-p(?:lan|hase)|v-v(?:ictory)|x-.+|u-u.+)s?",
    re.I,
)


def interjection(word: str) -> str | None:
    """How an interjection that is no dictionary's word is spoken: shh, brr, hahaha; None for any other word."""
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
    """The pronunciation with `mark` before its last vowel."""
    place = max((index for index, sound in enumerate(phonemes) if sound in VOWELS), default=0)
    return phonemes[:place] + mark + phonemes[place:]


def shortened(word: str) -> Iterator[str]:
    """The words that `word` may be, drawn out: "sooo" is "so", "goooood" is "good", "pleeease" is "please"."""
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
    """A word with letters dropped at an apostrophe: th', they'd've, 'ouse, heav'n; None if there is none to restore.

    find: the pronunciation of an ordinary word.
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
        return _begun(word[1:], find)
    if small.startswith("th'") and (phonemes := find(small[3:])):
        return "ð" + phonemes if phonemes.lstrip(STRESSES)[0] in VOWELS else "ðə " + phonemes
    if not _SYNCOPATED.fullmatch(small):
        return None
    return next(filter(None, (find(small.replace("'", letter)) for letter in ("e", "o", "i", "v"))), None)


def _begun(rest: str, find: Find) -> str | None:
    """A word whose first letters are dropped: 'ouse, 'bout, 'twasn't."""
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
    """Which of the parts that hyphens join are a broken beginning of the next one: W-what, St-stop, b-b-baby.

    capital_in_sentence: whether a capital in the first part says more than that a sentence begins.
    """
    broken = [False] * len(texts)
    whole = ""
    for index in range(len(texts) - 1, -1, -1):
        text = texts[index]
        if whole and _is_broken(text, whole, capital_in_sentence and index == 0):
            broken[index] = True
        else:
            whole = text
    return broken


def _is_broken(part: str, whole: str, named: bool) -> bool:
    small = part.lower()
    if not part.isalpha() or not 0 < len(part) < len(whole) or len(part) > 4 or not whole.lower().startswith(small):
        return False
    if small in ("a", "i") or (named and part[0].isupper() and whole.islower() and len(part) == 1):
        return False
    if len(part) > 1 and small[-1] in _VOWEL_LETTERS and whole.lower() in (small + "s", small + "ing"):
        return False
    return not _NAMES_ITS_LETTER.fullmatch(f"{part}-{whole}")


def beginning(part: str, whole: str) -> str:
    """The sounds of a broken beginning, given the pronunciation of the whole word: "St" of stˈɑp is stə.

    Letters of the part are matched to sounds one by one, a digraph as one.
    """
    sounds = _SOUND.findall(whole.translate({ord(mark): None for mark in STRESSES}))
    onset = next((index for index, sound in enumerate(sounds) if sound[0] in VOWELS), len(sounds))
    letters = _DIGRAPHS.findall(part)
    if letters and letters[-1][0] in _VOWEL_LETTERS and not part.lower().endswith("qu"):
        return "".join(sounds[: onset + 1])
    if onset == 0:
        return sounds[0]
    return "".join(sounds[: min(onset, len(letters))]) + "ə"
