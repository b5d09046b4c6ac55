"""Words derived from words in the dictionary: with a suffix, with a prefix, or as a compound of two."""

from __future__ import annotations

from functools import partial

from kokoro_demo.g2p.alphabet import PRIMARY, STRESSES, VOWELS
from kokoro_demo.g2p.english.dictionary import Dictionary, Entry
from kokoro_demo.g2p.english.inflection import first_known, hides_r, inflected, joined, map_entry, with_final_e, with_s
from kokoro_demo.g2p.english.stress import change_stress

_MIN_PART = 4
_SHORT_STEM, _LONG_STEM = 3, 5

# Suffixes that do not move the stress of the word: spelling, American, British.
_ENDINGS: tuple[tuple[str, str, str], ...] = (
    ("nesses", "nəsᵻz", "nəsɪz"),
    ("ness", "nəs", "nəs"),
    ("less", "ləs", "ləs"),
    ("fully", "fəli", "fəli"),
    ("ful", "fᵊl", "fᵊl"),
    ("ships", "ʃˌɪps", "ʃɪps"),
    ("ship", "ʃˌɪp", "ʃɪp"),
    ("ments", "mᵊnts", "mᵊnts"),
    ("ment", "mᵊnt", "mᵊnt"),
    ("hood", "hˌʊd", "hʊd"),
    ("like", "lˌIk", "lIk"),
    ("wise", "wˌIz", "wIz"),
    ("ably", "əbli", "əbli"),
    ("able", "əbᵊl", "əbᵊl"),
    ("ishly", "ɪʃli", "ɪʃli"),
    ("ish", "ɪʃ", "ɪʃ"),
    ("ists", "əsts", "ɪsts"),
    ("ist", "əst", "ɪst"),
    ("ism", "ˌɪzəm", "ɪzᵊm"),
    ("est", "əst", "ɪst"),
    ("ers", "əɹz", "əz"),
    ("er", "əɹ", "ə"),
    ("or", "əɹ", "ə"),
    ("ly", "li", "li"),
    ("y", "i", "i"),
)

# Prefixes, after which the word keeps its own stress: spelling, American, British.
_PREFIXES: tuple[tuple[str, str, str], ...] = (
    ("counter", "kˌWntəɹ", "kˌWntə"),
    ("inter", "ˌɪntəɹ", "ˌɪntə"),
    ("hyper", "hˌIpəɹ", "hˌIpə"),
    ("super", "sˌupəɹ", "sˌuːpə"),
    ("ultra", "ˌʌltɹə", "ˌʌltɹə"),
    ("multi", "mˌʌlti", "mˌʌlti"),
    ("micro", "mˌIkɹO", "mˌIkɹQ"),
    ("under", "ˌʌndəɹ", "ˌʌndə"),
    ("over", "ˌOvəɹ", "ˌQvə"),
    ("anti", "ˌænti", "ˌanti"),
    ("semi", "sˌɛmi", "sˌɛmi"),
    ("post", "pˌOst", "pˌQst"),
    ("fore", "fˌɔɹ", "fˌɔː"),
    ("non", "nˌɑn", "nˌɒn"),
    ("mis", "mˌɪs", "mˌɪs"),
    ("dis", "dˌɪs", "dˌɪs"),
    ("out", "ˌWt", "ˌWt"),
    ("pre", "pɹˌi", "pɹˌiː"),
    ("un", "ˌʌn", "ʌn"),
    ("re", "ɹˌi", "ɹˌiː"),
    ("de", "dˌi", "dˌiː"),
    ("co", "kˌO", "kˌQ"),
)


def derived(word: str, dictionary: Dictionary, british: bool, name: bool = False) -> Entry | None:
    """Return the pronunciations of a word that is derived from words in the dictionary; None if it is not.

    word: in small letters.
    name: whether it may be a name, which seldom has a short suffix or prefix: Endy, Coleman.
    """
    return (
        _with_ending(word, dictionary, british, name)
        or _with_prefix(word, dictionary, british, name)
        or _compound(word, dictionary, british)
    )


def _with_ending(word: str, dictionary: Dictionary, british: bool, name: bool = False) -> Entry | None:
    if word.endswith("ically"):
        return map_entry(dictionary.find(word.removesuffix("ally")), lambda stem: stem + "li")
    for ending, american, british_ending in _ENDINGS:
        if not word.endswith(ending) or len(word) < len(ending) + (_LONG_STEM if name else _SHORT_STEM):
            continue
        stem = word[: -len(ending)]
        stems = with_final_e(stem) if ending[0] in "aeioy" else [stem]
        if stem.endswith("i"):
            stems.append(stem[:-1] + "y")
        if ending == "ly" and stem.endswith("b"):
            stems.append(stem + "le")
        entry = first_known(stems, dictionary)
        if entry is not None and ending == "ly":
            entry = map_entry(entry, partial(_before_ly, syllabic=not stem.endswith("b")))
        if entry is not None:
            return map_entry(entry, partial(joined, ending=british_ending if british else american, british=british))
    return None


def _before_ly(stem: str, syllabic: bool) -> str:
    """An l before -ly is pronounced once, "generationally"; in "gullibly" it loses its syllable."""
    if not stem.endswith("l"):
        return stem
    return stem[:-1] if syllabic else stem[:-1].removesuffix("ᵊ").removesuffix("ə")


def _with_prefix(word: str, dictionary: Dictionary, british: bool, name: bool) -> Entry | None:
    for prefix, american, british_ending in _PREFIXES:
        stem = word[len(prefix) :].removeprefix("-")
        if not word.startswith(prefix) or len(stem) < _MIN_PART or (name and len(prefix) == 2 and prefix != "un"):
            continue
        entry = dictionary.find(stem) or inflected(stem, dictionary, british) or _with_ending(stem, dictionary, british)
        if entry is not None:
            return map_entry(entry, partial(_prefixed, british_ending if british else american, british=british))
    return None


def _prefixed(prefix: str, phonemes: str, british: bool) -> str:
    linked = british and hides_r(prefix) and phonemes.lstrip(STRESSES)[:1] in VOWELS and not prefix.endswith("ɹə")
    return prefix + "ɹ" * linked + phonemes


def _compound(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """Read a compound of two hand-checked words; the first keeps the primary stress."""
    if not word.isalpha():
        return None
    for cut in range(len(word) - _MIN_PART, _MIN_PART - 1, -1):
        first, second = dictionary.find(word[:cut].lower(), gold=True), _whole(word[cut:], dictionary, british)
        if first is not None and second is not None:
            phonemes, after = first["DEFAULT"], second["DEFAULT"]
            return {"DEFAULT": phonemes + (change_stress(after, -0.5) if PRIMARY in phonemes else after)}
    return None


def _whole(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """A hand-checked word, or the plural of one."""
    entry = dictionary.find(word, gold=True)
    if entry is None and word.endswith("s") and len(word) > _MIN_PART:
        entry = map_entry(dictionary.find(word[:-1], gold=True), lambda phonemes: with_s(phonemes, british))
    return entry
