"""Foreign names: eSpeak NG reads them in the language that their letters suggest, and English sounds replace others."""

from __future__ import annotations

import re
import unicodedata

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.espeak import TIE, transcribe

# The first language with one of the letters is chosen; those with the most distinctive letters come first.
_LETTERS_OF = (
    ("pl", "łśźżńąę"),
    ("cs", "řěů"),
    ("hr", "đ"),
    ("hr", "šžčć"),
    ("hu", "őű"),
    ("tr", "ışğ"),
    ("ro", "șțăâ"),
    ("is", "ðþ"),
    ("pt-br", "ãõ"),
    ("es", "ñ"),
    ("sv", "å"),
    ("nb", "øæ"),
    ("de", "äöüß"),
    ("fr-fr", "èêëçœîïôûùà"),
    ("es", "áéíóú"),
)

# The nearest English sounds; sounds that are not listed are the same in English.
_SOUNDS = {
    "t^s": "ts", "t^ʃ": "ʧ", "d^ʒ": "ʤ", "t^ɕ": "ʧ", "d^ʑ": "ʤ", "a^ɪ": "I", "a^ʊ": "W", "ɔ^ʏ": "Y", "ɔ^ø": "Y",
    "e^ɪ": "A", "o^ʊ": "O", "ɔ^ɪ": "Y", "œ̃": "æn", "ɔ̃": "ɑn", "ɑ̃": "ɑn", "ɛ̃": "æn", "ɐ̃^ʊ̃": "W", "ɐ̃^w̃": "W", "ɐ̃": "ɑn",
    "ẽ": "ɛn", "e^a": "iɑ", "ĩ": "in", "õ": "On", "ũ": "un", "ʊ̃": "", "ɪ̃": "",
    "yː": "u", "øː": "ɜɹ", "œː": "ɜɹ", "eː": "A", "oː": "O", "aː": "ɑ", "ɑː": "ɑ", "iː": "i", "uː": "u", "ɛː": "ɛ",
    "ɔː": "ɔ", "ɨ": "ɪ", "y": "u", "ʏ": "ʊ", "ø": "ɜɹ", "œ": "ɜɹ", "a": "ɑ", "e": "A", "o": "O", "ɐ": "ə", "ɒ": "ɑ",
    "ɵ": "ʊ", "ʉ": "u", "ɯ": "ə", "r": "ɹ", "ɾ": "ɹ", "ʁ": "ɹ", "ʀ": "ɹ", "ɲ": "nj", "ʎ": "lj", "ç": "h", "x": "h",
    "χ": "h", "ɣ": "ɡ", "β": "b", "ɕ": "ʃ", "ʑ": "ʒ", "ʂ": "ʃ", "ʐ": "ʒ", "c": "k", "ɟ": "ɡ", "ɫ": "l", "ʋ": "v",
    "ɭ": "l", "ɳ": "n", "ʈ": "t", "ɖ": "d", "ɦ": "h", "ɥ": "w", "ʔ": "", "ː": "", "ʲ": "", "ʰ": "",
}  # fmt: skip
_PATTERN = re.compile("|".join(map(re.escape, sorted(_SOUNDS, key=len, reverse=True))))
_UNSTRESSED_E = re.compile("(?<![ˈˌ])A(?=.)")
_FINAL_SCHWA = re.compile("(?<![ˈˌ])[ɑɜ]$")
_BRITISH = str.maketrans({"O": "Q", "æ": "a", "i": "iː", "u": "uː", "ɔ": "ɔː", "ɑ": "ɑː"})


def foreign_language(word: str) -> str | None:
    """Return the language that the letters of a word suggest; None if they are all English."""
    small = word.lower()
    if "ée" in small:
        return "fr-fr"
    return next((language for language, letters in _LETTERS_OF if not set(letters).isdisjoint(small)), None)


def read_foreign(word: str, british: bool) -> str:
    """Return a foreign name as an English speaker would try to say it; "" if its letters suggest no language."""
    language = foreign_language(unicodedata.normalize("NFC", word))
    if language is None:
        return ""
    ipa = unicodedata.normalize("NFC", transcribe([word], language)[0]).replace("-", "")
    phonemes = _PATTERN.sub(lambda match: _SOUNDS[match.group()], ipa).replace(TIE, "")
    phonemes = _UNSTRESSED_E.sub("ɛ", phonemes).replace("ɜɹɹ", "ɜɹ")
    phonemes = _FINAL_SCHWA.sub("əɹ" if phonemes.endswith("ɜ") and not british else "ə", phonemes)
    if language == "es":
        phonemes = phonemes.replace("θ", "s")
    if british:
        phonemes = phonemes.replace("ɜɹ", "ɜː").translate(_BRITISH)
    return split_unknown(phonemes)[0]
