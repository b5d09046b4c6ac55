"""Checks how each row of a list is pronounced, and whether that is what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from kokoro_demo.checklist.difference import DiffSegment, compare
from kokoro_demo.checklist.rows import CheckList, ListRow
from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.g2p.pronunciation import Pronunciation, Provenance, Word
from kokoro_demo.languages import ENGLISH
from kokoro_demo.speech import SpeechRequest

Result = Literal["differs", "error", "read", "matches"]
"""The comparison with what was expected; "read" if nothing was expected, "error" if the row cannot be read."""
RESULTS: tuple[Result, ...] = get_args(Result)
NEEDS_A_LOOK: tuple[Result, ...] = ("differs", "error")

# Returns the pronunciation of a request or raises RequestError, like `Synthesizer.pronounce`.
Pronounce = Callable[[SpeechRequest], Pronunciation]
# A request needs a text; each row replaces this one.
ANY_TEXT = SpeechRequest("any text")


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row and its pronunciation.

    phonemes: in Kokoro's alphabet; "" if the row cannot be read.
    difference: the expected phonemes compared with the actual ones; empty if none were expected.
    words: the words, each with its phonemes and where they came from.
    language: the language in which the row was read; "" if it cannot be read.
    """

    row: ListRow
    result: Result
    spoken: str = ""
    phonemes: str = ""
    difference: tuple[DiffSegment, ...] = ()
    error: str = ""
    warnings: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    language: str = ""

    @property
    def source(self) -> Provenance | None:
        """The least certain source of the words' phonemes; None if there are no words."""
        return max((word.source for word in self.words), key=get_args(Provenance).index, default=None)

    @property
    def guessed(self) -> tuple[str, ...]:
        """The words that are not in a dictionary, so that eSpeak NG guessed them.

        Languages that eSpeak NG reads altogether have no guesses.
        """
        if self.language not in ENGLISH:
            return ()
        return tuple(dict.fromkeys(word.text for word in self.words if word.source == "espeak"))


def request_for(row: ListRow, defaults: SpeechRequest = ANY_TEXT) -> SpeechRequest:
    """Return the request that speaks a row.

    defaults: voice, language, speed and lexicon for whatever the row does not set.

    Raises:
        RequestError: if the row cannot be spoken.
    """
    if row.problem:
        raise RequestError(row.problem)
    return replace(
        defaults,
        text=row.text,
        phonemes=None,
        voice=row.voice or defaults.voice,
        language=row.language or defaults.language,
    )


def check_row(row: ListRow, pronounce: Pronounce, defaults: SpeechRequest = ANY_TEXT) -> CheckedRow:
    """Pronounce a row and compare it with what is expected. Problems with the row are part of the result.

    Problems with the lexicon are not, since they do not belong to a row; see `with_lexicon_notes`.
    """
    pronunciation = None
    try:
        pronunciation = pronounce(request_for(row, defaults))
        difference = compare(row.expected, pronunciation.phonemes, pronunciation.language) if row.expected else ()
    except RequestError as error:
        checked = CheckedRow(row, "error", error=str(error))
    else:
        result: Result = "read" if not row.expected else "matches" if all(s.same for s in difference) else "differs"
        checked = CheckedRow(row, result, difference=difference)
    if pronunciation is None:
        return checked
    _, of_lexicon = parse_lexicon(defaults.lexicon)
    warnings = tuple(warning for warning in pronunciation.warnings if warning not in of_lexicon)
    return replace(
        checked,
        spoken=pronunciation.spoken,
        phonemes=pronunciation.phonemes,
        warnings=warnings,
        words=pronunciation.words,
        language=pronunciation.language,
    )


def with_lexicon_notes(checklist: CheckList, lexicon: str) -> CheckList:
    """Return the list with a note about each line of the lexicon that is not an entry."""
    return replace(checklist, notes=(*checklist.notes, *parse_lexicon(lexicon)[1]))


def count_results(rows: Iterable[CheckedRow]) -> dict[Result, int]:
    """Return how many rows have each result."""
    counted = Counter(row.result for row in rows)
    return {result: counted[result] for result in RESULTS}


def summary(rows: Iterable[CheckedRow]) -> str:
    """Return one line, such as "12 rows: 1 differs, 2 not compared, 9 match. 3 have words that eSpeak NG guessed."."""
    rows = list(rows)
    counted = count_results(rows)
    total = sum(counted.values())
    words = {
        "differs": "differs" if counted["differs"] == 1 else "differ",
        "error": "cannot be checked",
        "read": "not compared",
        "matches": "matches" if counted["matches"] == 1 else "match",
    }
    parts = [f"{count} {words[result]}" for result, count in counted.items() if count]
    guessed = sum(bool(row.guessed) for row in rows)
    guesses = f" {guessed} {'has' if guessed == 1 else 'have'} words that eSpeak NG guessed." if guessed else ""
    return f"{total} row{'' if total == 1 else 's'}: {', '.join(parts) or 'nothing to check'}.{guesses}"
