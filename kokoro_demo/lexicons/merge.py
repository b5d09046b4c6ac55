"""Merges a file of fixes into a lexicon, with a report, and exports a lexicon in another format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.ipa import unknown_symbols_warning
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.languages import DEFAULT_LANGUAGE, canonical_language
from kokoro_demo.lexicons.content import Content, Exported, Refused, as_key
from kokoro_demo.lexicons.formats import FORMATS, detect_format, format_named
from kokoro_demo.lexicons.own import line_of


class Taken(NamedTuple):
    """An entry that was added to the lexicon.

    line: its line in the lexicon. phonemes: in Kokoro's alphabet; "" for a respelling.
    before: the line that it replaced; "" if the word is new.
    """

    word: str
    line: str
    phonemes: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class MergedLexicon:
    """A lexicon after a file was merged into it, with a report.

    lines: the lexicon in our own format, as in a request.
    format: the name of the file's format in `lexicons.formats.FORMATS`.
    taken: entries for new words. replaced: entries that replaced another one. unchanged: how many were already there.
    refused: entries that were left out, and why.
    warnings: for example, symbols that Kokoro lacks.
    """

    lines: str
    format: str
    taken: tuple[Taken, ...] = ()
    replaced: tuple[Taken, ...] = ()
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """One sentence: "PLS 1.0 (W3C): 3 taken, 1 replaced, 2 refused."."""
        counts = {"taken": len(self.taken), "replaced": len(self.replaced), "as before": self.unchanged}
        counts["refused"] = len(self.refused)
        named = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
        return f"{FORMATS[self.format].label}: {named or 'no entries'}."


def merge_lexicon(
    lines: str, data: bytes | str, language: str = DEFAULT_LANGUAGE, limit: int | None = None
) -> MergedLexicon:
    """Merge a file in any of `FORMATS` into a lexicon; an entry from the file replaces one for the same word.

    lines: the lexicon so far, in our own format; its comments and its order are kept.
    language: the language for which phonemes are checked.
    limit: the maximum length of the result in characters; entries beyond it are refused. None means no limit.

    Raises:
        RequestError: if the file is too large, not a text, in no known format, or malformed.
    """
    language = canonical_language(language)
    content = Content(data)
    format_name = detect_format(content)
    parsed = FORMATS[format_name].read(content)
    warnings = [*parsed.warnings, *_other_language(parsed.language, language)]
    refused = list(parsed.refused)
    before = parse_lexicon(lines)[0]
    room = None if limit is None else limit - len(lines)
    taken: list[Taken] = []
    replaced: list[Taken] = []
    unchanged = 0
    for word, entry in parsed.entries.items():
        if before.get(word) == entry:
            unchanged += 1
            continue
        phonemes, unknown = phonemes_of(entry, language) if entry.ipa else ("", "")
        if entry.ipa and not phonemes:
            refused.append(Refused("its phonemes", word, f"Kokoro has none of the symbols {entry.pronunciation[:40]}"))
            continue
        old = before.get(word)
        new = Taken(word, line_of(word, entry), phonemes, line_of(word, old) if old else "")
        added = len(new.line) - len(new.before) if old else len(new.line) + 1
        if room is not None and added > room:
            refused.append(Refused("the end", word, f"the lexicon would have more than {limit:,} characters"))
            continue
        room = None if room is None else room - added
        (replaced if old else taken).append(new)
        if unknown:
            warnings.append(unknown_symbols_warning(unknown, f"for “{word[:60]}”"))
    merged = _with(lines, [*replaced, *taken])
    return MergedLexicon(
        merged, format_name, tuple(taken), tuple(replaced), unchanged, tuple(refused), tuple(dict.fromkeys(warnings))
    )


def export_lexicon(lines: str, format_name: str, language: str = DEFAULT_LANGUAGE) -> Exported:
    """Export a lexicon in one of `FORMATS`; there is a warning for everything that could not be exported.

    lines: the lexicon in our own format.
    format_name: a key of `FORMATS`.
    language: the language of the phonemes.

    Raises:
        RequestError: if there is no such format or language.
    """
    entries, problems = parse_lexicon(lines)
    data, warnings = format_named(format_name).write(entries, canonical_language(language))
    return Exported(data, (*problems, *warnings))


def entries_for(lines: str, text: str) -> str:
    """Return the lines of a lexicon that a text may need: those all of whose words occur in it."""
    words = set(_words(text))
    entries = parse_lexicon(lines)[0]
    return "\n".join(line_of(word, entry) for word, entry in entries.items() if words.issuperset(_words(word)))


def with_entry(lines: str, word: str, sounds: str) -> str:
    """Return a lexicon with a new entry, in place of the entry for the same word or at the end.

    sounds: what comes after the =, ``/ipa/`` or a respelling.

    Raises:
        RequestError: if the entry is invalid.
    """
    line = f"{as_key(word)} = {' '.join(sounds.split())}"
    entries, problems = parse_lexicon(line)
    if problems or not entries:
        raise RequestError(problems[0] if problems else "A word in a lexicon does not begin with #.")
    return _with(lines, [Taken(next(iter(entries)), line)])


def _words(text: str) -> Iterable[str]:
    plain = text.lower().replace("’", "'")
    return "".join(letter if letter.isalnum() else " " for letter in plain).split()


def _with(lines: str, entries: Iterable[Taken]) -> str:
    """The lexicon with each entry, in place of the last line for the same word or at the end."""
    new = {entry.word: entry.line for entry in entries}
    kept = []
    for line in reversed(lines.splitlines()):
        word = "" if line.lstrip().startswith("#") else as_key(line.partition("=")[0])
        if word in new and "=" in line:
            if new[word]:
                kept.append(new[word])
            new[word] = ""
        else:
            kept.append(line)
    return "\n".join([*reversed(kept), *filter(None, new.values())])


def _other_language(named: str, language: str) -> list[str]:
    """A warning if a file is for another language than the lexicon."""
    if not named or named.lower().split("-")[0].split("_")[0] == language.split("-")[0]:
        return []
    return [f"The file is for {named[:40]}; its phonemes are read as those of {language}."]
