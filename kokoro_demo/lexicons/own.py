"""Our own format: lines of ``word = /ipa/`` or ``word = respelling``, as in My fixes and in requests."""

from __future__ import annotations

from kokoro_demo.g2p.lexicon import Lexicon, LexiconEntry
from kokoro_demo.lexicons.content import Content, Exported, LexiconFormat, ParsedLexicon, encoded


def line_of(word: str, entry: LexiconEntry) -> str:
    """Return an entry as a line."""
    return f"{word} = /{entry.pronunciation}/" if entry.ipa else f"{word} = {entry.pronunciation}"


def recognises(content: Content) -> bool:
    """Return whether most lines have a word, a = and something after it."""
    lines = [line for _, line in content.lines() if not line.startswith("#")]
    return sum(_is_entry(line) for line in lines) * 2 > len(lines)


def read(content: Content) -> ParsedLexicon:
    """Return the entries; if a word has several, the last counts, as in a request."""
    parsed = ParsedLexicon(last_counts=True)
    for place, line in content.lines():
        if line.startswith("#"):
            continue
        word, equals, phonemes = map(str.strip, line.partition("="))
        if not equals:
            parsed.refuse(place, line, "it has no “=”")
        elif (phonemes.startswith("/") != phonemes.endswith("/")) and phonemes.strip("/ "):
            parsed.refuse(place, word, "phonemes need a slash at both ends")
        else:
            parsed.add(place, word, phonemes, ipa=len(phonemes) > 2 and phonemes.startswith("/"))
    return parsed


def write(entries: Lexicon, language: str) -> Exported:
    """Return a line for each entry."""
    return Exported(encoded("".join(f"{line_of(word, entry)}\n" for word, entry in entries.items())))


def _is_entry(line: str) -> bool:
    word, equals, phonemes = line.partition("=")
    return bool(word.strip() and equals and phonemes.strip()) and not line.startswith(("{", "[", "<"))


FORMAT = LexiconFormat("My fixes", "txt", "text/plain; charset=utf-8", recognises, read, write)
