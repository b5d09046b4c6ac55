"""Contractions typed without their apostrophe, and ones such as "how're" that no dictionary has."""

from __future__ import annotations

from kokoro_demo.text.patterns import like, listed

# "are" may be written "'re" after these.
_BEFORE_ARE = listed("how what where who why when there these those here that")
_VERBS = listed("do does did is are was were have has had could would should must need ai ca wo")
# Only those that are not also words, as "were", "well" and "its" are.
BARE = {
    **{f"{verb}nt": f"{verb}n't" for verb in _VERBS},
    **{f"{word}re": f"{word} are" for word in ("you", "they", "how", "what", "where", "there")},
    **{f"{word}ve": f"{word}'ve" for word in ("you", "we", "they", "could", "would", "should")},
    **{f"{word}ll": f"{word}'ll" for word in ("you", "they", "it", "that")},
    **{f"{word}s": f"{word}'s" for word in ("that", "what", "there", "here", "where", "how", "who", "he", "she")},
    "im": "I'm", "ive": "I've", "yall": "y'all", "youd": "you'd", "theyd": "they'd", "oclock": "o'clock",
    "maam": "ma'am", "pls": "please", "plz": "please", "thx": "thanks", "tks": "thanks", "tmrw": "tomorrow",
    "ppl": "people",
    "ur": "your", "bday": "birthday", "rcvd": "received",
}  # fmt: skip
# Words written short with an apostrophe.
_SHORT = {
    "gov't": "government", "gov'ts": "governments", "int'l": "international", "nat'l": "national", "ass't": "assistant",
    "dep't": "department", "ass'n": "association", "sec'y": "secretary", "cont'd": "continued", "rec'd": "received",
    "req'd": "required", "pref'd": "preferred", "comm'n": "commission", "reg'd": "registered",
    "b'day": "birthday", "m'fr": "manufacturer", "add'l": "additional",
    "aff'd": "affirmed", "rev'd": "reversed", "att'd": "attached", "enc'd": "enclosed",
    "b'way": "Broadway",
    "intern'l": "international", "prof'l": "professional", "acc't": "account", "am't": "amount",
    "env't": "environment", "dev't": "development", "mgm't": "management", "gen'l": "general", "cap't": "captain",
}  # fmt: skip


def expand(word: str) -> str | None:
    """Return the word or words that a contraction stands for; None if `word` is not one of these contractions."""
    small = word.lower()
    if small.endswith("'re") and small[:-3] in _BEFORE_ARE:
        return like(word, f"{small[:-3]} are")
    if word == "Ur":  # the city
        return None
    full = BARE.get(small) or _SHORT.get(small)
    return full and like(word, full)
