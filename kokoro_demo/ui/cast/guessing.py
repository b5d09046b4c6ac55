"""Which voice a speaker gets until somebody chooses one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import ENGLISH
from kokoro_demo.ui.cast.speakers import Speaker
from kokoro_demo.ui.voice_choices import can_speak
from kokoro_demo.voices.blends import canonical_voice, parse_blend
from kokoro_demo.voices.catalogue import Voices

OTHER = {"F": "M", "M": "F"}


def guess_voices(
    speakers: Sequence[Speaker], voices: Voices, page_voice: str, cast: Mapping[str, str]
) -> dict[str, str]:
    """A voice for each speaker that has none, by name: of the page voice's accent and the speaker's gender, and while
    there are enough, none twice. The same speakers get the same voices.

    Only voices of the model that speaks the page's voice are guessed. If an accent has too few of them, the other
    accent of English helps out, then blends, whose first voice decides the accent, then voices of the other gender,
    and at last one is used twice.

    page_voice: says what nobody says.
    cast: the voices of those that have one.

    Raises:
        RequestError, CheckpointError: if the page's voice is none.
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
    """ "F", "M" or "" of a voice or a blend's first."""
    try:
        return voices.info(parse_blend(voice)[0][0]).gender
    except RequestError:
        return ""


def same_model(voices: Voices, voice: str, page_voice: str) -> bool:
    """Whether one model speaks both."""
    return voices.is_unblended(voice) == voices.is_unblended(page_voice)


def _ranked(voices: Voices, page_voice: str, gender: str) -> Iterator[str]:
    """Voices for one speaker, the best guess first."""
    language = voices.info(page_voice).language
    names = [name for name in voices.names() if same_model(voices, name, page_voice)]

    def of(accent: str, kind: str) -> list[str]:
        about = {name: voices.info(name) for name in names}
        return [name for name, voice in about.items() if (voice.language, voice.gender) == (accent, kind)]

    near = [language, *(other for other in ENGLISH if language in ENGLISH and other != language)]
    for accent in near:
        yield from of(accent, gender)
    # An accent with a voice or two: its sound is kept by coming first, another voice makes it a different person.
    if language not in ENGLISH:
        own = [name for name in names if voices.info(name).language == language]
        guests = [name for accent in ENGLISH for name in of(accent, gender)]
        blends = (canonical_voice(f"{first}+{second}(2)") for second in guests for first in own)
        yield from (blend for blend in blends if can_speak(voices, blend))
    for accent in near:
        yield from of(accent, OTHER[gender])
