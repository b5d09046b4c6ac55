"""The data of the spoken text: each word with its sounds, and parts of the text that are not spoken, in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kokoro_demo.g2p.plain_ipa import ipa_sounds
from kokoro_demo.g2p.pronunciation import Pronunciation, Word
from kokoro_demo.text.clean.markup import without_marks
from kokoro_demo.ui.phoneme_box.example_words import example_of

# Words that are shown; the rest are counted. (The Words tab has more.)
MAX_SHOWN = 400
# Phonemes of one word that are shown.
MAX_PHONEMES = 400

NOTHING: dict[str, Any] = {"items": [], "examples": {}, "more": 0}


def spoken_text_of(pronunciation: Pronunciation, language_of: Callable[[str], str]) -> dict[str, Any]:
    """Return a pronunciation as JSON for the page's script.

    language_of: returns a voice's own language, which a part of a script uses if it has none.

    ``items``: in the order of the text, either ``{"dropped": text}``, which is not spoken, or a word: ``at``, its
    number; ``text``; ``spoken``, "" if it equals the text; ``source``; ``rule``; and ``sounds``, lists of Kokoro's
    symbols, their IPA, and whether they are left out.
    ``examples``: the `example_of` of each symbol. ``more``: how many words are not shown.
    """
    words = pronunciation.words
    languages = [pronunciation.language] * len(words)
    for part in pronunciation.parts:
        languages[slice(*part.words)] = [part.language or language_of(part.voice)] * (part.words[1] - part.words[0])
    items: list[dict[str, Any]] = []
    dropped_end = -1  # where in the text the last dropped item ends

    def drop(start: int, end: int) -> None:
        nonlocal dropped_end
        text = without_marks(pronunciation.text[start:end])
        if start == dropped_end:
            items[-1]["dropped"] += text
        else:
            items.append({"dropped": text})
        dropped_end = end

    examples: dict[str, str] = {}
    dropped, lost = list(pronunciation.dropped), list(pronunciation.lost)
    for at, word in enumerate(words[:MAX_SHOWN]):
        while dropped and dropped[0][0] < word.span[1]:
            drop(*dropped.pop(0))
        first, last = _with_marks(pronunciation, at)
        while lost and lost[0][0] < first:
            items.append({"dropped": lost.pop(0)[1]})
        inside = [lost.pop(0) for _ in range(sum(place <= last for place, _ in lost))]
        if first == last:
            drop(*word.span)
            continue
        phonemes = pronunciation.phonemes[first : min(last, first + MAX_PHONEMES)]
        lost_inside = [(place - first, symbol) for place, symbol in inside][:MAX_PHONEMES]
        sounds = list(_sounds(phonemes, languages[at], lost_inside))
        if last - first > MAX_PHONEMES:
            sounds.append(["…", "…", False])
        for symbol in phonemes:
            examples.setdefault(symbol, example_of(symbol, languages[at]))
        items.append(_word(at, word) | {"sounds": sounds})
    if len(words) <= MAX_SHOWN:
        for place in dropped:
            drop(*place)
        items += [{"dropped": symbol} for _, symbol in lost]
    examples.pop(" ", None)
    return {"items": items, "examples": examples, "more": max(0, len(words) - MAX_SHOWN)}


def _word(at: int, word: Word) -> dict[str, Any]:
    text = without_marks(word.text)
    spoken = "" if word.spoken == text else word.spoken
    return {"at": at, "text": text, "spoken": spoken, "source": word.source, "rule": word.rule.replace("_", " ")}


def _with_marks(pronunciation: Pronunciation, at: int) -> tuple[int, int]:
    """The span of a word's phonemes with adjacent punctuation: before it back to a space, after it up to one."""
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
    """Yield the sounds, and the symbols of `lost` at their places among them."""
    place = 0
    for sound in ipa_sounds(phonemes, language):
        while lost and lost[0][0] <= place:
            yield [lost[0][1], lost.pop(0)[1], True]
        place += len(sound.kokoro)
        yield [sound.kokoro, sound.ipa, False]
    for _, symbol in lost:
        yield [symbol, symbol, True]
