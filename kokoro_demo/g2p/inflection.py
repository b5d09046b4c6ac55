"""Forms of words that the dictionary has in another form: plurals, tenses, possessives, derivations, compounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from kokoro_demo.g2p.alphabet import PRIMARY, STRESSES
from kokoro_demo.g2p.dictionary import Dictionary, Entry
from kokoro_demo.g2p.stress import change_stress

# After these an American t before a vowel becomes a flap.
_FLAPS_AFTER = frozenset("AIOWYiuæɑəɛɪɹʊʌ")
_DOUBLED = re.compile(r"([bcdgklmnprstvxz])\1$")
_SINGLE_CONSONANT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$")
_MIN_PART = 4


def find_form(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """The pronunciations of a word that is a form of one in the dictionary; None where it is not.

    word: in small letters but for a capital at its start, apostrophes as ``'``.
    """
    for rule in (_possessive, _plural, _past, _participle, _dropped_g, _derived, _prefixed, _compound):
        entry = rule(word, dictionary, british)
        if entry is not None:
            return entry
    return None


def with_s(said: str, british: bool) -> str:
    """A word and its ending -s."""
    if said[-1] in "ptkfθ":
        return said + "s"
    if said[-1] in "szʃʒʧʤ":
        return said + ("ɪz" if british else "ᵻz")
    return said + "z"


def with_ed(said: str, british: bool) -> str:
    """A word and its ending -ed."""
    if said[-1] in "pkfθʃsʧ":
        return said + "t"
    if said[-1] == "d":
        return said + ("ɪd" if british else "ᵻd")
    if said[-1] != "t":
        return said + "d"
    if british or len(said) < 2:
        return said + "ɪd"
    return _flapped(said) + "ᵻd"


def with_ing(said: str, british: bool) -> str:
    """A word and its ending -ing; in British English an r that was silent is heard before it."""
    said = change_stress(said, 0.5)
    if british:
        return said + "ɹ" * _hides_r(said) + "ɪŋ"
    return _flapped(said) + "ɪŋ"


def _flapped(said: str) -> str:
    return said[:-1] + "T" if len(said) > 1 and said[-1] == "t" and said[-2] in _FLAPS_AFTER else said


def _map(entry: Entry | None, form: Callable[[str], str]) -> Entry | None:
    return {tag: form(said) for tag, said in entry.items()} if entry is not None else None


def _possessive(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if word.endswith("'s"):
        return _map(_known(word[:-2], dictionary, british), lambda said: with_s(said, british))
    if word.endswith("s'"):
        return dictionary.find(word[:-2] + "'s") or _known(word[:-1], dictionary, british)
    return None


def _plural(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "'s")):
        return None
    stems = [word[:-1]]
    if len(word) > 4 and word.endswith("ies"):
        stems.append(word[:-3] + "y")
    elif len(word) > 4 and word.endswith("es"):
        stems.append(word[:-2])
    return _map(_first(stems, dictionary), lambda said: with_s(said, british))


def _past(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if len(word) < 4 or not word.endswith("ed"):
        return None
    stems = [word[:-1]]
    if len(word) > 4 and not word.endswith("eed"):
        stems.append(word[:-2])
        if _DOUBLED.search(word[:-2]):
            stems.append(word[:-3])
        if word.endswith("ied"):
            stems.append(word[:-3] + "y")
        if word.endswith("cked"):
            stems.append(word[:-3])
    return _map(_first(stems, dictionary), lambda said: with_ed(said, british))


def _participle(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if len(word) < 5 or not word.endswith("ing"):
        return None
    stem = word[:-3]
    stems = [stem, stem + "e"] if len(word) > 5 else [stem + "e"]
    if _SINGLE_CONSONANT.match(stem):
        stems.reverse()  # "hoping" is not "hopping"
    if len(word) > 5 and (_DOUBLED.search(stem) or word.endswith("cking")):
        stems.append(word[:-4])
    return _map(_first(stems, dictionary), lambda said: with_ing(said, british))


def _dropped_g(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """movin' and goin': the participle, with n for its ng."""
    if not word.endswith("in'") or len(word) < 5:
        return None
    entry = dictionary.find(word[:-1] + "g") or _participle(word[:-1] + "g", dictionary, british)
    return _map(entry, lambda said: said[:-1] + "n" if said.endswith("ŋ") else said)


def _derived(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """Endings that leave the stress of the word where it is."""
    for ending, said in _ENDINGS:
        if not word.endswith(ending) or len(word) < len(ending) + 3:
            continue
        stem = word[: -len(ending)]
        stems = [stem]
        if ending[0] in "aeiy":
            stems.append(stem + "e")
            if _DOUBLED.search(stem):
                stems.append(stem[:-1])
        if stem.endswith("i"):
            stems.append(stem[:-1] + "y")
        if ending == "ly" and stem.endswith("b"):
            stems.append(stem + "le")
        entry = _first(stems, dictionary)
        if entry is not None:
            return _map(entry, partial(_joined, ending=said[british], british=british))
    return None


def _joined(stem: str, ending: str, british: bool) -> str:
    """A stem and its ending: before a vowel an American t is flapped, and a British r that was silent is heard."""
    if ending.lstrip(STRESSES)[0] not in "əɪi":
        return stem + ending
    if not british:
        return _flapped(stem) + ending
    return stem + "ɹ" * _hides_r(stem) + ending


def _hides_r(said: str) -> bool:
    return said.endswith(("ə", "ɑː", "ɔː", "ɜː", "ɛː"))


# written, American, British
_ENDINGS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("nesses", ("nəsᵻz", "nəsɪz")),
    ("ness", ("nəs", "nəs")),
    ("less", ("ləs", "ləs")),
    ("fully", ("fəli", "fəli")),
    ("ful", ("fᵊl", "fᵊl")),
    ("ships", ("ʃˌɪps", "ʃɪps")),
    ("ship", ("ʃˌɪp", "ʃɪp")),
    ("ments", ("mᵊnts", "mᵊnts")),
    ("ment", ("mᵊnt", "mᵊnt")),
    ("hood", ("hˌʊd", "hʊd")),
    ("like", ("lˌIk", "lIk")),
    ("wise", ("wˌIz", "wIz")),
    ("ably", ("əbli", "əbli")),
    ("able", ("əbᵊl", "əbᵊl")),
    ("ishly", ("ɪʃli", "ɪʃli")),
    ("ish", ("ɪʃ", "ɪʃ")),
    ("ists", ("əsts", "ɪsts")),
    ("ist", ("əst", "ɪst")),
    ("ism", ("ˌɪzəm", "ɪzᵊm")),
    ("est", ("əst", "ɪst")),
    ("ers", ("əɹz", "əz")),
    ("er", ("əɹ", "ə")),
    ("or", ("əɹ", "ə")),
    ("ly", ("li", "li")),
    ("y", ("i", "i")),
)

# written, American, British; the word after it keeps its own stress
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


def _prefixed(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    if not word.islower():
        return None
    for prefix, american, british_said in _PREFIXES:
        stem = word[len(prefix) :].removeprefix("-")
        if word.startswith(prefix) and len(stem) >= _MIN_PART:
            entry = _known(stem, dictionary, british, derived=True)
            if entry is not None:
                said = british_said if british else american
                return _map(entry, said.__add__)
    return None


def _compound(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """Two whole words in one: the first keeps the primary stress."""
    if not word.isalpha():
        return None
    for cut in range(len(word) - _MIN_PART, _MIN_PART - 1, -1):
        first, second = dictionary.find(word[:cut].lower(), gold=True), _whole(word[cut:], dictionary, british)
        if first is not None and second is not None:
            said, after = first["DEFAULT"], second["DEFAULT"]
            return {"DEFAULT": said + (change_stress(after, -0.5) if PRIMARY in said else after)}
    return None


def _whole(word: str, dictionary: Dictionary, british: bool) -> Entry | None:
    """A word of the checked dictionary, or the plural of one."""
    entry = dictionary.find(word, gold=True)
    if entry is None and word.endswith("s") and len(word) > _MIN_PART:
        entry = _map(dictionary.find(word[:-1], gold=True), lambda said: with_s(said, british))
    return entry


def _known(word: str, dictionary: Dictionary, british: bool, derived: bool = False) -> Entry | None:
    """A word of the dictionary, or a plain inflection of one."""
    rules = (_plural, _past, _participle, _derived) if derived else (_plural, _past, _participle)
    forms: Iterator[Entry | None] = (rule(word, dictionary, british) for rule in rules)
    return dictionary.find(word) or next((entry for entry in forms if entry is not None), None)


def _first(stems: list[str], dictionary: Dictionary) -> Entry | None:
    return next((entry for entry in map(dictionary.find, stems) if entry is not None), None)
