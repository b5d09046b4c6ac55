"""A file of fixes merged into a lexicon, with a report; and a lexicon written in another form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.fixes import phonemes_of
from kokoro_demo.g2p.ipa import unknown_symbols_warning
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.languages import DEFAULT_LANGUAGE, canonical_language
from kokoro_demo.lexicons.content import Content, Refused, Written, as_key
from kokoro_demo.lexicons.forms import FORMS, form_of, named_form
from kokoro_demo.lexicons.own import line_of


class Taken(NamedTuple):
    """An entry that was taken.

    line: as it is in the lexicon. phonemes: in Kokoro's alphabet; "" for a respelling.
    before: the line that it replaced; "" if the word is new.
    """

    word: str
    line: str
    phonemes: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class MergedLexicon:
    """A lexicon after a file was merged into it, and the report.

    lines: our own form, as a request takes it.
    form: the name of the file's form in `lexicons.forms.FORMS`.
    taken: new words. replaced: words that were pronounced otherwise before. unchanged: how many were there already.
    refused: entries that are left out, and why.
    warnings: symbols that Kokoro has no counterpart for, and what else is to be known.
    """

    lines: str
    form: str
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
        return f"{FORMS[self.form].label}: {named or 'no entries'}."


def merge_lexicon(
    lines: str, data: bytes | str, language: str = DEFAULT_LANGUAGE, limit: int | None = None
) -> MergedLexicon:
    """Merge a file in any form of `FORMS` into a lexicon; an entry of the file replaces that of the same word.

    lines: the lexicon so far, in our own form; its comments and its order stay.
    language: the language in which phonemes are checked.
    limit: the most characters of the result; entries that would make it longer are refused. None for no limit.

    Raises:
        RequestError: if the file is too large, not a text, in no known form, or broken.
    """
    language = canonical_language(language)
    content = Content(data)
    form = form_of(content)
    reading = FORMS[form].read(content)
    warnings = [*reading.warnings, *_other_language(reading.language, language)]
    refused = list(reading.refused)
    before = parse_lexicon(lines)[0]
    room = None if limit is None else limit - len(lines)
    taken: list[Taken] = []
    replaced: list[Taken] = []
    unchanged = 0
    for word, entry in reading.entries.items():
        if before.get(word) == entry:
            unchanged += 1
            continue
        phonemes, unknown = phonemes_of(entry, language) if entry.ipa else ("", "")
        if entry.ipa and not phonemes:
            refused.append(Refused("its phonemes", word, f"Kokoro can say nothing of {entry.pronunciation[:40]}"))
            continue
        old = before.get(word)
        step = Taken(word, line_of(word, entry), phonemes, line_of(word, old) if old else "")
        cost = len(step.line) - len(step.before) if old else len(step.line) + 1
        if room is not None and cost > room:
            refused.append(Refused("the end", word, f"the lexicon would have more than {limit:,} characters"))
            continue
        room = None if room is None else room - cost
        (replaced if old else taken).append(step)
        if unknown:
            warnings.append(unknown_symbols_warning(unknown, f"of “{word[:60]}”"))
    merged = _with(lines, [*replaced, *taken])
    return MergedLexicon(
        merged, form, tuple(taken), tuple(replaced), unchanged, tuple(refused), tuple(dict.fromkeys(warnings))
    )


def export_lexicon(lines: str, form: str, language: str = DEFAULT_LANGUAGE) -> Written:
    """A lexicon in a form of `FORMS`; a sentence for every line that is not an entry and all that the form cannot hold.

    lines: in our own form.
    language: the language whose phonemes are written.

    Raises:
        RequestError: if there is no such form or language.
    """
    entries, problems = parse_lexicon(lines)
    data, warnings = named_form(form).write(entries, canonical_language(language))
    return Written(data, (*problems, *warnings))


def entries_for(lines: str, text: str) -> str:
    """The lines of a lexicon that a text may need: those whose words it has, all of them."""
    words = set(_words(text))
    entries = parse_lexicon(lines)[0]
    return "\n".join(line_of(word, entry) for word, entry in entries.items() if words.issuperset(_words(word)))


def with_entry(lines: str, word: str, sounds: str) -> str:
    """The lines of a lexicon with an entry, in the place of the one that its word has or at the end.

    sounds: as it is written after the =, ``/ipa/`` or a respelling.

    Raises:
        RequestError: if it cannot be an entry.
    """
    line = f"{as_key(word)} = {' '.join(sounds.split())}"
    entries, problems = parse_lexicon(line)
    if problems or not entries:
        raise RequestError(problems[0] if problems else "A word in a lexicon does not begin with #.")
    return _with(lines, [Taken(next(iter(entries)), line)])


def _words(text: str) -> Iterable[str]:
    plain = text.lower().replace("’", "'")
    return "".join(letter if letter.isalnum() else " " for letter in plain).split()


def _with(lines: str, steps: Iterable[Taken]) -> str:
    """The lines with each step's line, in the place of the last one for its word or at the end."""
    fresh = {step.word: step.line for step in steps}
    kept = []
    for line in reversed(lines.splitlines()):
        word = "" if line.lstrip().startswith("#") else as_key(line.partition("=")[0])
        if word in fresh and "=" in line:
            if fresh[word]:
                kept.append(fresh[word])
            fresh[word] = ""
        else:
            kept.append(line)
    return "\n".join([*reversed(kept), *filter(None, fresh.values())])


def _other_language(named: str, language: str) -> list[str]:
    """A warning if a file names another language than the one that is spoken."""
    if not named or named.lower().split("-")[0].split("_")[0] == language.split("-")[0]:
        return []
    return [f"The file is for {named[:40]}; its phonemes are read as those of {language}."]
