"""The phonemes that the first voice was trained on: those of American English, in the notation of misaki's dictionary.

Any other symbol would be babble, so the most similar known one is spoken instead.
"""

from __future__ import annotations

from kokoro_demo.g2p.alphabet import PUNCTUATION, SYMBOLS

LEARNED = "AIOWYbdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹɾʃʊʌʒʤʧˈˌθᵊᵻʔTɐ" + PUNCTUATION + " "
# Symbols of Kokoro's alphabet that it was not trained on, and the most similar ones that it was.
STAND_INS = {
    "Q": "O", "o": "O", "ɤ": "ʌ", "ɒ": "ɑ", "a": "ɑ", "ɚ": "ɜ", "e": "A", "œ": "ɛ", "ø": "ɜ", "y": "u",
    "ɨ": "ɪ", "ɯ": "u", "ʦ": "t", "ʣ": "z", "ʨ": "ʧ", "ʥ": "ʤ", "c": "k", "ɟ": "ɡ", "q": "k", "x": "h", "χ": "h",
    "ç": "h", "ɣ": "ɡ", "ɰ": "w", "ʁ": "ɹ", "r": "ɹ", "ɻ": "ɹ", "ɽ": "ɾ", "β": "v", "ʋ": "v", "ɸ": "f", "ɕ": "ʃ",
    "ʂ": "ʃ", "S": "ʃ", "ʝ": "j", "ʎ": "j", "ɥ": "j", "ɲ": "n", "ɳ": "n", "ɴ": "ŋ", "ɖ": "d", "ʈ": "t",
}  # fmt: skip
VOCABULARY = {symbol: SYMBOLS[STAND_INS.get(symbol, symbol)] for symbol in (*LEARNED, *STAND_INS)}
