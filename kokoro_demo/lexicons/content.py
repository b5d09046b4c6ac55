"""What all lexicon formats share: the content of a file, the entries parsed from it, and an exported file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.files import decode_text
from kokoro_demo.g2p.fixes import MAX_CHARACTERS as MAX_WORD
from kokoro_demo.g2p.fixes import MAX_WORDS
from kokoro_demo.g2p.lexicon import Lexicon, LexiconEntry
from kokoro_demo.text.clean.surrogates import whole_characters

# The largest dictionaries in use, CMUdict and misaki's, have 3 to 4 MB.
MAX_BYTES = 8_000_000
MAX_PRONUNCIATION = 400
_IN_SLASHES = re.compile(r"[/\[](.*)[/\]]", re.DOTALL)


class Refused(NamedTuple):
    """An entry that was left out: its position in the file, its word, and the reason."""

    place: str
    word: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: “{self.word[:60]}” is left out, because {self.why}."


class Content:
    """The content of a file, decoded on first use.

    Raises:
        RequestError: if it is larger than `MAX_BYTES`. `text` raises it if the file is not a text.
    """

    def __init__(self, data: bytes | str) -> None:
        self.data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        if len(self.data) > MAX_BYTES:
            raise RequestError(f"The lexicon is larger than {MAX_BYTES // 1_000_000} MB. Split it.")
        # Names that occur more than once in a JSON object.
        self.repeated: list[str] = []

    @cached_property
    def text(self) -> str:
        return decode_text(self.data, "The lexicon").lstrip("\ufeff")

    @cached_property
    def json(self) -> Any:
        """The value of a JSON document; None if the content is not JSON."""
        if self.text.lstrip()[:1] not in ("{", "["):
            return None
        try:
            return json.loads(self.text, object_pairs_hook=self._object)
        except (ValueError, RecursionError):
            return None

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield each line that is not blank, with its position."""
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.strip():
                yield f"line {number}", line.strip()

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            self.repeated += [name for name, count in counts.items() if count > 1]
        return value


@dataclass(slots=True)
class ParsedLexicon:
    """The entries of a file, added one by one.

    last_counts: whether the last of several entries for a word counts, instead of the first.
    language: the language that the file names, in its own spelling; "" if it names none.
    """

    last_counts: bool = False
    entries: Lexicon = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    language: str = ""
    _places: dict[str, str] = field(default_factory=dict)

    def add(self, place: str, word: Any, pronunciation: Any, ipa: bool) -> None:
        """Add an entry, or record why it is left out.

        ipa: whether `pronunciation` is phonemes, in IPA or Kokoro's alphabet, and not a respelling.
        """
        if not isinstance(word, str) or not isinstance(pronunciation, str):
            self.refuse(place, str(word), "its word and its pronunciation must be texts")
            return
        word, pronunciation = as_key(word), " ".join(pronunciation.split())
        if ipa:
            pronunciation = " ".join(_IN_SLASHES.sub(r"\1", pronunciation).split())
        why = _why_not(word, pronunciation, ipa)
        if why:
            self.refuse(place, word, why)
            return
        entry, before = LexiconEntry(pronunciation, ipa), self.entries.get(word)
        if before is None or self.last_counts:
            if before is not None and before != entry:
                self.refuse(self._places[word], word, f"{place} has it again, and the last one counts")
            self.entries[word], self._places[word] = entry, place
        elif before != entry:
            self.refuse(place, word, f"{self._places[word]} has it already, and the first one counts")

    def objects(self, items: Iterable[Any], noun: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each object in `items` with its position, "rule 3" if `noun` is "rule"; refuse anything else."""
        for number, item in enumerate(items, 1):
            if isinstance(item, dict):
                yield f"{noun} {number}", item
            else:
                self.refuse(f"{noun} {number}", "", "it is not an object")

    def refuse(self, place: str, word: str, why: str) -> None:
        """Record an entry that is left out."""
        self.refused.append(Refused(place, word, why))


class Exported(NamedTuple):
    """An exported lexicon, and a warning for everything that the format cannot hold."""

    data: bytes
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconFormat:
    """One lexicon format.

    label: its name in menus. suffix, content_type: those of its files.
    recognises: returns whether a file is in this format.
    read: returns the entries of a file in this format.
    write: returns a file with the entries, given the language of their phonemes.
    """

    label: str
    suffix: str
    content_type: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content], ParsedLexicon]
    write: Callable[[Lexicon, str], Exported]


def as_key(word: str) -> str:
    """Return the word as a key of a lexicon: with single spaces and straight apostrophes."""
    return " ".join(word.replace("’", "'").split())


def listed(value: Any, key: str) -> list[Any]:
    """Return the list that a JSON value is or has under `key`; empty if there is none."""
    items = value.get(key) if isinstance(value, dict) else value
    return items if isinstance(items, list) else []


def dumped(value: Any) -> bytes:
    """Return a value as indented JSON."""
    return encoded(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _why_not(word: str, phonemes: str, ipa: bool) -> str:
    if not word:
        return "there is no word"
    if "=" in word or word.startswith("#"):
        return "a word in a lexicon has no “=” and does not begin with #"
    if len(word) > MAX_WORD:
        return f"it has more than {MAX_WORD} characters"
    if len(word.replace("-", " ").split()) > MAX_WORDS:
        return f"it has more than {MAX_WORDS} words"
    if not phonemes.strip("/ "):
        return "there is no pronunciation"
    if len(phonemes) > MAX_PRONUNCIATION:
        return f"its pronunciation has more than {MAX_PRONUNCIATION} characters"
    if phonemes.startswith("/") or phonemes.endswith("/") or (ipa and "/" in phonemes):
        return "there is a / in its pronunciation; give one pronunciation"
    return ""


def encoded(text: str, encoding: str = "utf-8") -> bytes:
    """Return the bytes of a file; lone surrogates, which cannot be encoded, become U+FFFD."""
    return whole_characters(text).encode(encoding)
