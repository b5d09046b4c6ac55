"""The writer's own pronunciations: fixes in the text, ``[word](/ipa/)`` or ``[word](respelling)``, and the lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kokoro_demo.g2p.alphabet import PRIMARY, PUNCTUATION, split_unknown
from kokoro_demo.g2p.english.inflection import with_s
from kokoro_demo.g2p.english.stress import change_stress
from kokoro_demo.g2p.english.vocabulary import find_word
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.ipa import from_espeak, from_ipa, unknown_symbols_warning
from kokoro_demo.g2p.lexicon import Lexicon, LexiconEntry, parse_lexicon
from kokoro_demo.g2p.token_phonemes import INCLUDED, TokenPhonemes
from kokoro_demo.languages import ENGLISH
from kokoro_demo.text.spoken import SpokenText, Token

_NOT_IN_A_WORD = re.compile(f"[{re.escape(PUNCTUATION)}]")
# Limits of an entry in a lexicon, which keep the search fast on hostile text.
MAX_WORDS, MAX_CHARACTERS = 6, 200
_MAX_TOKENS = 24


def fixed_pronunciations(
    spoken: SpokenText, language: str, lexicon: Lexicon
) -> tuple[dict[int, TokenPhonemes], list[str]]:
    """Return the writer's pronunciations by token index, and warnings. Fixes in the text precede those of the lexicon.

    There is a warning for every fix with symbols that Kokoro lacks. A fix without any other symbols is ignored.
    """
    by_token: dict[int, TokenPhonemes] = {}
    warnings: list[str] = []

    def take(first: int, last: int, fix: LexiconEntry, shown: str, ending: str = "") -> None:
        pronunciation, unknown = phonemes_of(fix, language)
        if unknown:
            warnings.append(unknown_symbols_warning(unknown, f"for “{shown}”"))
        if not pronunciation:
            warnings.append(f"The fix for “{shown}” has no sounds and is ignored: {fix.pronunciation[:60]}")
            return
        by_token[first] = TokenPhonemes(with_s(pronunciation, language == "en-gb") if ending else pronunciation, "fix")
        by_token.update(dict.fromkeys(range(first + 1, last), INCLUDED))

    longest = min(max((len(_parts(word)) for word in lexicon), default=0), MAX_WORDS)
    index = 0
    while index < len(spoken.tokens):
        token = spoken.tokens[index]
        index += 1
        if token.phonemes or token.respelling:
            take(index - 1, index, LexiconEntry(token.phonemes or token.respelling, bool(token.phonemes)), token.text)
            index += _take_possessive(spoken.tokens, index, by_token, language)
            continue
        if not lexicon or token.kind not in ("word", "letters"):
            continue
        match = _find(spoken, index - 1, lexicon, longest)
        if match is not None:
            last, key, ending = match
            take(index - 1, last, lexicon[key], key, ending)
            index = last
    return by_token, list(dict.fromkeys(warnings))


def lexicon_problems(lines: str, language: str) -> tuple[int, list[str]]:
    """Return the number of fixes in a lexicon, and a warning for every line and symbol that cannot be used.

    Respellings are not converted to phonemes, so a whole lexicon is checked as fast as it is typed.
    """
    entries, problems = parse_lexicon(lines)
    for word, fix in entries.items():
        phonemes, unknown = phonemes_of(fix, language) if fix.ipa else (fix.pronunciation, "")
        if unknown:
            problems.append(unknown_symbols_warning(unknown, f"for “{word}”"))
        if not phonemes:
            problems.append(f"The fix for “{word}” has no sounds.")
    return len(entries), problems


def _take_possessive(tokens: Sequence[Token], index: int, by_token: dict[int, TokenPhonemes], language: str) -> int:
    """Join an 's at `index` to the fixed word right before it; return how many tokens were joined."""
    owner = by_token.get(index - 1)
    touches = index < len(tokens) and tokens[index].start == tokens[index - 1].end
    if owner is None or not touches or tokens[index].text != "'s":
        return 0
    ending = with_s(owner.phonemes, language == "en-gb")[len(owner.phonemes) :]
    by_token[index] = TokenPhonemes(ending, "fix", included=True)
    return 1


def _find(spoken: SpokenText, first: int, lexicon: Lexicon, longest: int) -> tuple[int, str, str] | None:
    """Find the longest entry that begins at a token: the index after it, its key, and a possessive ending."""
    tokens = spoken.tokens
    begins = first == 0 or _span(tokens[first - 1]) != _span(tokens[first])
    candidates: list[tuple[int, str]] = []
    words: list[str] = []
    for last in range(first, min(first + _MAX_TOKENS, len(tokens))):
        if tokens[last].kind not in ("word", "letters") or tokens[last].phonemes or tokens[last].respelling:
            break
        if tokens[last].end - tokens[first].start > MAX_CHARACTERS:
            break
        words.append(tokens[last].text)
        written = spoken.written[tokens[first].start : tokens[last].end].replace("’", "'")
        if len(_parts(written)) > longest:
            break
        if begins and (last + 1 == len(tokens) or _span(tokens[last + 1]) != _span(tokens[last])):
            candidates.append((last + 1, " ".join(written.split())))
        if len(words) <= longest:
            candidates.append((last + 1, " ".join(words)))
    for last, text in reversed(candidates):
        for spelling, ending in ((text, ""), (text.removesuffix("'s"), "'s")):
            if ending and spelling == text:
                continue
            for key in (spelling, spelling.lower()):
                if key in lexicon:
                    return last, key, ending
    return None


def phonemes_of(fix: LexiconEntry, language: str) -> tuple[str, str]:
    """Return the phonemes of a fix, and the symbols in it that Kokoro lacks."""
    if fix.ipa:
        # Here a full stop separates syllables; other punctuation cannot be part of a word.
        phonemes, unknown = split_unknown(" ".join(from_ipa(fix.pronunciation.replace(".", ""), language).split()))
        unknown += "".join(dict.fromkeys(_NOT_IN_A_WORD.findall(phonemes)))
        return _NOT_IN_A_WORD.sub("", phonemes).strip(), unknown
    return " ".join(_respelled(word, language) for word in fix.pronunciation.split()).strip(), ""


def _respelled(word: str, language: str) -> str:
    """Read a respelling: ordinary spelling, or syllables with the stressed one in capitals: win, koh-KOH-roh."""
    parts = [part for part in word.split("-") if part]
    spoken = [_spoken(part, language) for part in parts]
    if len(parts) < 2:
        return "".join(spoken)
    # The stress goes on the syllables in capitals, or else on the first that is stressed when read alone.
    stressed = [index for index, part in enumerate(parts) if part.isupper()]
    stressed = stressed or [index for index, phonemes in enumerate(spoken) if PRIMARY in phonemes][:1]
    plain = [change_stress(phonemes, -2) for phonemes in spoken]
    return "".join(
        change_stress(phonemes, 2) if index in stressed else phonemes for index, phonemes in enumerate(plain)
    )


def _spoken(part: str, language: str) -> str:
    if language in ENGLISH:
        entry = find_word(part.lower(), language == "en-gb")
        if entry is not None:
            return entry[0]["DEFAULT"]
    return split_unknown(from_espeak(transcribe([part.lower()], language)[0], language))[0]


def _parts(word: str) -> Sequence[str]:
    return word.replace("-", " ").split()


def _span(token: Token) -> tuple[int, int]:
    return token.start, token.end
