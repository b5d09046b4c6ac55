"""Guesses a voice for each speaker whose voice has not been chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import ENGLISH
from kokoro_demo.ui.cast.speakers import Speaker
from kokoro_demo.ui.voice_choices import can_speak
from kokoro_demo.voices.blends import canonical_voice, parse_blend
from kokoro_demo.voices.catalogue import Voices

OTHER_GENDER = {"F": "M", "M": "F"}


def guess_voices(
    speakers: Sequence[Speaker], voices: Voices, page_voice: str, cast: Mapping[str, str]
) -> dict[str, str]:
    """Return a voice for each speaker that has none, by the speaker's name. It has the page voice's accent and the
    speaker's gender, and no two speakers share a voice while there are enough. The result is deterministic.

    All voices are of the same model as the page's voice. If an accent has too few voices, the next choices are the
    other accent of English, blends with a voice of that accent, voices of the other gender, and finally voices that are
    already used.

    page_voice: speaks the lines without a name.
    cast: the voices of the speakers that have one.

    Raises:
        RequestError, CheckpointError: if the page's voice does not exist.
    """
    taken = {page_voice, *cast.values()}
    count = {"F": 0, "M": 0}
    guessed: dict[str, str] = {}
    for speaker in speakers:
        known = voice_gender(voices, cast[speaker.name]) if speaker.name in cast else ""
        gender = speaker.gender or known or min(count, key=lambda kind: (count[kind], kind))
        count[gender] += 1
        if speaker.name in cast:
            continue
        ranked = [*_ranked(voices, page_voice, gender), page_voice]
        chosen = next((voice for voice in ranked if voice not in taken), ranked[len(guessed) % len(ranked)])
        guessed[speaker.name] = chosen
        taken.add(chosen)
    return guessed


def voice_gender(voices: Voices, voice: str) -> str:
    """The gender of a voice, or of a blend's first voice: "F", "M", or ""."""
    try:
        return voices.info(parse_blend(voice)[0][0]).gender
    except RequestError:
        return ""


def same_model(voices: Voices, voice: str, page_voice: str) -> bool:
    """Whether both voices belong to the same model."""
    return voices.is_unblended(voice) == voices.is_unblended(page_voice)


def _ranked(voices: Voices, page_voice: str, gender: str) -> Iterator[str]:
    """Candidates for one speaker, best first."""
    language = voices.info(page_voice).language
    names = [name for name in voices.names() if same_model(voices, name, page_voice)]

    def matching(accent: str, kind: str) -> list[str]:
        infos = {name: voices.info(name) for name in names}
        return [name for name, voice in infos.items() if (voice.language, voice.gender) == (accent, kind)]

    accents = [language, *(other for other in ENGLISH if language in ENGLISH and other != language)]
    for accent in accents:
        yield from matching(accent, gender)
    # Other languages have only a few voices. A blend keeps the accent of its first voice, and sounds like a new person.
    if language not in ENGLISH:
        same_language = [name for name in names if voices.info(name).language == language]
        guests = [name for accent in ENGLISH for name in matching(accent, gender)]
        blends = (canonical_voice(f"{first}+{second}(2)") for second in guests for first in same_language)
        yield from (blend for blend in blends if can_speak(voices, blend))
    for accent in accents:
        yield from matching(accent, OTHER_GENDER[gender])
