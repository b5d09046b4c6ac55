"""What each row of a list is read as, and whether that is what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from kokoro_demo.checklist.difference import Segment, compare
from kokoro_demo.checklist.rows import CheckList, ListRow
from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.g2p.pronunciation import Pronunciation, Provenance, Word
from kokoro_demo.languages import ENGLISH
from kokoro_demo.speech import SpeechRequest

Result = Literal["differs", "error", "read", "matches"]
"""Against what was expected; "read" if nothing was, "error" if the row cannot be read."""
RESULTS: tuple[Result, ...] = get_args(Result)
NEEDS_A_LOOK: tuple[Result, ...] = ("differs", "error")

# How a request is read; raises RequestError. `Synthesizer.pronounce` is one.
Read = Callable[[SpeechRequest], Pronunciation]
# What a request needs and a list does not say: a text.
ANY_TEXT = SpeechRequest("any text")


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row and what it is read as.

    phonemes: in Kokoro's alphabet; "" if it cannot be read.
    difference: what was expected beside what it is; empty if nothing was expected.
    words: each with its phonemes and where they came from.
    language: in which it was read; "" if it cannot be read.
    """

    row: ListRow
    result: Result
    spoken: str = ""
    phonemes: str = ""
    difference: tuple[Segment, ...] = ()
    error: str = ""
    warnings: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    language: str = ""

    @property
    def source(self) -> Provenance | None:
        """The least certain place that a word's phonemes came from; None if there is no word."""
        return max((word.source for word in self.words), key=get_args(Provenance).index, default=None)

    @property
    def guessed(self) -> tuple[str, ...]:
        """The words that no dictionary knows, so that eSpeak NG guessed them. Other languages than English are read
        by eSpeak NG altogether, which is no guess."""
        if self.language not in ENGLISH:
            return ()
        return tuple(dict.fromkeys(word.text for word in self.words if word.source == "espeak"))


def request_for(row: ListRow, usual: SpeechRequest = ANY_TEXT) -> SpeechRequest:
    """The request that speaks a row.

    usual: everything that the row does not say: voice, language, speed, lexicon.

    Raises:
        RequestError: if it cannot be spoken.
    """
    if row.problem:
        raise RequestError(row.problem)
    return replace(
        usual,
        text=row.text,
        phonemes=None,
        voice=row.voice or usual.voice,
        language=row.language or usual.language,
    )


def check_row(row: ListRow, read: Read, usual: SpeechRequest = ANY_TEXT) -> CheckedRow:
    """Read a row, and compare it with what it expects. What is wrong with it is in the answer.

    What is wrong with the lexicon is not: it is no row's (see `with_lexicon_notes`).
    """
    reading = None
    try:
        reading = read(request_for(row, usual))
        difference = compare(row.expected, reading.phonemes, reading.language) if row.expected else ()
    except RequestError as error:
        checked = CheckedRow(row, "error", error=str(error))
    else:
        result: Result = "read" if not row.expected else "matches" if all(s.same for s in difference) else "differs"
        checked = CheckedRow(row, result, difference=difference)
    if reading is None:
        return checked
    _, of_lexicon = parse_lexicon(usual.lexicon)
    warnings = tuple(warning for warning in reading.warnings if warning not in of_lexicon)
    return replace(
        checked,
        spoken=reading.spoken,
        phonemes=reading.phonemes,
        warnings=warnings,
        words=reading.words,
        language=reading.language,
    )


def with_lexicon_notes(checklist: CheckList, lexicon: str) -> CheckList:
    """The list with a note on each line of the lexicon that is no entry."""
    return replace(checklist, notes=(*checklist.notes, *parse_lexicon(lexicon)[1]))


def count_results(rows: Iterable[CheckedRow]) -> dict[Result, int]:
    """How many rows there are of each result."""
    counted = Counter(row.result for row in rows)
    return {result: counted[result] for result in RESULTS}


def summary(rows: Iterable[CheckedRow]) -> str:
    """For instance "12 rows: 1 differs, 2 not compared, 9 match. 3 hold words that eSpeak NG guessed."."""
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
    guesses = f" {guessed} hold{'s' if guessed == 1 else ''} words that eSpeak NG guessed." if guessed else ""
    return f"{total} row{'' if total == 1 else 's'}: {', '.join(parts) or 'nothing to check'}.{guesses}"
