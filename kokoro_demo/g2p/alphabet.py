"""The symbols of Kokoro v1's alphabet, with the ids that its checkpoint was trained with."""

from __future__ import annotations

# Runs of consecutive ids, as in the official config.json ("vocab"). Id 0 is the padding at both ends.
_RUNS = (
    (1, ";:,.!?"),
    (9, '—…"()“” \u0303ʣʥʦʨᵝꭧAI'),
    (31, "O"),
    (33, "Q"),
    (35, "ST"),
    (39, "W"),
    (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"),
    (75, "βɔɕç"),
    (80, "ɖðʤə"),
    (85, "ɚɛɜ"),
    (90, "ɟ"),
    (92, "ɡ"),
    (99, "ɥ"),
    (101, "ɨɪʝ"),
    (110, "ɯɰŋɳɲɴø"),
    (118, "ɸθœ"),
    (123, "ɹ"),
    (125, "ɾɻ"),
    (128, "ʁɽʂʃʈʧ"),
    (135, "ʊʋ"),
    (138, "ʌɣɤ"),
    (142, "χʎ"),
    (147, "ʒʔ"),
    (156, "ˈˌː"),
    (162, "ʰ"),
    (164, "ʲ"),
    (169, "↓"),
    (171, "→↗↘"),
    (177, "ᵻ"),
)

SYMBOLS: dict[str, int] = {symbol: first + offset for first, symbols in _RUNS for offset, symbol in enumerate(symbols)}
"""Every symbol of Kokoro's alphabet and its id."""

PUNCTUATION = ';:,.!?—…"()“”'
PRIMARY, SECONDARY, LONG = "ˈ", "ˌ", "ː"
STRESSES = PRIMARY + SECONDARY
VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻᵊɐeoyøœɨɯɤɚ")
CONSONANTS = frozenset(SYMBOLS) - VOWELS - frozenset(PUNCTUATION + STRESSES + LONG + " \u0303ʰʲᵝ↓→↗↘")


def split_unknown(phonemes: str) -> tuple[str, str]:
    """Return the symbols that Kokoro can read, with single spaces, and those that are left out, each once."""
    known = " ".join("".join(symbol for symbol in phonemes if symbol in SYMBOLS).split())
    unknown = dict.fromkeys(symbol for symbol in phonemes if symbol not in SYMBOLS and not symbol.isspace())
    return known, "".join(unknown)
