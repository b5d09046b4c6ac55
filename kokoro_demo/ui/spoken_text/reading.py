"""A reading as the page shows it: each word over its sounds, and what was left out where it was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kokoro_demo.g2p.plain_ipa import ipa_sounds
from kokoro_demo.g2p.pronunciation import Pronunciation, Word
from kokoro_demo.text.clean.markup import without_marks
from kokoro_demo.ui.phoneme_box.example_words import example_of

# Words of a longer text are counted, not shown; the tab Words has them.
MOST_SHOWN = 400
# Phonemes of a word that are shown.
LONGEST = 400

NOTHING: dict[str, Any] = {"items": [], "examples": {}, "more": 0}


def reading_of(pronunciation: Pronunciation, language_of: Callable[[str], str]) -> dict[str, Any]:
    """What the page's script needs to know of a reading, as JSON.

    language_of: the own language of a voice, as parts of a script have one each.

    ``items``: in the order of the text, either ``{"dropped": text}``, which is not spoken, or a word: ``at``, its
    number; ``text``; ``spoken``, "" if that is the text; ``source``; ``rule``; ``sounds``, lists of
    what Kokoro reads, its IPA, and whether it is left out after all.
    ``examples``: for each symbol, what `example_of` says. ``more``: how many words are not shown.
    """
    words = pronunciation.words
    languages = [pronunciation.language] * len(words)
    for part in pronunciation.parts:
        languages[slice(*part.words)] = [part.language or language_of(part.voice)] * (part.words[1] - part.words[0])
    items: list[dict[str, Any]] = []
    reached = -1  # the end of what was left out last, in the text

    def drop(start: int, end: int) -> None:
        nonlocal reached
        text = without_marks(pronunciation.text[start:end])
        if start == reached:
            items[-1]["dropped"] += text
        else:
            items.append({"dropped": text})
        reached = end

    examples: dict[str, str] = {}
    dropped, lost = list(pronunciation.dropped), list(pronunciation.lost)
    for at, word in enumerate(words[:MOST_SHOWN]):
        while dropped and dropped[0][0] < word.span[1]:
            drop(*dropped.pop(0))
        first, last = _with_marks(pronunciation, at)
        while lost and lost[0][0] < first:
            items.append({"dropped": lost.pop(0)[1]})
        inside = [lost.pop(0) for _ in range(sum(place <= last for place, _ in lost))]
        if first == last:
            drop(*word.span)
            continue
        said = pronunciation.phonemes[first : min(last, first + LONGEST)]
        sounds = list(_sounds(said, languages[at], [(place - first, symbol) for place, symbol in inside][:LONGEST]))
        if last - first > LONGEST:
            sounds.append(["…", "…", False])
        for symbol in said:
            examples.setdefault(symbol, example_of(symbol, languages[at]))
        items.append(_word(at, word) | {"sounds": sounds})
    if len(words) <= MOST_SHOWN:
        for place in dropped:
            drop(*place)
        items += [{"dropped": symbol} for _, symbol in lost]
    examples.pop(" ", None)
    return {"items": items, "examples": examples, "more": max(0, len(words) - MOST_SHOWN)}


def _word(at: int, word: Word) -> dict[str, Any]:
    text = without_marks(word.text)
    spoken = "" if word.spoken == text else word.spoken
    return {"at": at, "text": text, "spoken": spoken, "source": word.source, "rule": word.rule.replace("_", " ")}


def _with_marks(pronunciation: Pronunciation, at: int) -> tuple[int, int]:
    """Where the phonemes of a word are, with the marks that belong to it: before it those that follow a space, after it
    those up to a space."""
    words, phonemes = pronunciation.words, pronunciation.phonemes
    first, last = words[at].phoneme_span
    if first == last:
        return first, last
    before = max((word.phoneme_span[1] for word in words[:at] if word.phonemes), default=0)
    gap = phonemes[before:first]
    first = before + gap.rfind(" ") + 1 if " " in gap else (first if before else 0)
    following = next((word.phoneme_span[0] for word in words[at + 1 :] if word.phonemes), len(phonemes))
    after = phonemes[last:following]
    return first, last + (len(after) if following == len(phonemes) else len(after.split(" ")[0]))


def _sounds(phonemes: str, language: str, lost: list[tuple[int, str]]) -> Iterator[list[Any]]:
    """The sounds, and among them the symbols of `lost`, each before the sound that begins at its place or later."""
    place = 0
    for sound in ipa_sounds(phonemes, language):
        while lost and lost[0][0] <= place:
            yield [lost[0][1], lost.pop(0)[1], True]
        place += len(sound.kokoro)
        yield [sound.kokoro, sound.ipa, False]
    for _, symbol in lost:
        yield [symbol, symbol, True]
