"""What the cast asks the server for: who speaks in a text, with which voice, and how their first line sounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.errors import CheckpointError, RequestError
from kokoro_demo.languages import BY_CODE
from kokoro_demo.script.aliases import alias_of, aliases_of
from kokoro_demo.script.cast import Cast, Role, key_of, parse_cast
from kokoro_demo.script.dialogue import dialogue
from kokoro_demo.script.ssml.document import begins_as_ssml
from kokoro_demo.speech import MAX_CHARACTERS, MAX_SPEED, MIN_SPEED
from kokoro_demo.ui.cast.guessing import guess_voices, same_model
from kokoro_demo.ui.cast.speakers import speakers_of
from kokoro_demo.ui.clips import clip
from kokoro_demo.ui.errors import shown
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.voice_choices import GENDERS, alias_label, can_speak, resolved, short_name
from kokoro_demo.voices.blends import is_blend

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.voices.catalogue import Voices

# One voice fewer than a script may have: the page's own says what nobody says.
MOST_SPEAKERS = 15
MAX_SAMPLE = 200
NOBODY: dict[str, Any] = {"speakers": [], "more": 0, "others": False, "voices": [], "problem": ""}


@dataclass(frozen=True, slots=True)
class CastEvents:
    """For every visitor of one page."""

    backend: Backend

    def look(self, wanted: Any) -> dict[str, Any]:
        """For the script: who speaks in a text.

        wanted: ``{"text", "voice", "cast", "remembered": lines like those of a cast, "guessed": [names]}``. What the
            cast says counts, but for those whose voice was only guessed if it no longer fits the page's voice; then
            what is remembered of a speaker; then a guess.

        Returns ``{"speakers": [{"name", "voice", "speed", "guessed", "marked": whether a mark names them}], "more":
        speakers beyond the most, "others": whether the text has lines that nobody of them says, "voices": groups of
        choices, "problem"}``.
        """
        asked = wanted if isinstance(wanted, dict) else {}
        text, voice, cast, remembered = (_text(asked.get(name)) for name in ("text", "voice", "cast", "remembered"))
        names = asked.get("guessed")
        guessed = {key_of(name) for name in names if isinstance(name, str)} if isinstance(names, list) else set()
        try:
            voices = self.backend.synthesizer().checkpoint.voices
            voice = resolved(voice) if voice and can_speak(voices, voice) else voices.default
            roles = parse_cast(cast)
            return _answer(text, voice, voices, roles, _fitting(parse_cast(remembered), voices), guessed)
        except RequestError as error:
            return NOBODY | {"problem": str(error)}
        except CheckpointError:
            return NOBODY

    def hear(self, event: gr.EventData, *values: Any) -> dict[str, Any]:
        """The sound of a speaker's first line, or its beginning, in the voice that the script names.

        values: of `RequestFields`.

        Raises:
            gr.Error: if it cannot be spoken.
        """
        name = _text(getattr(event, "name", ""))
        try:
            synthesizer = self.backend.synthesizer()
            (role,) = parse_cast(f"{name} = {_text(event.voice)}, {_text(event.speed)}").values()
            fields = RequestFields(*values)._replace(edited_for=None, cast="")
            asked = replace(fields.request(synthesizer), text=first_line(fields.text, role), voice=role.voice)
            speed = min(MAX_SPEED, max(MIN_SPEED, asked.speed * role.speed))
            return clip(f"cast-{key_of(name)}", synthesizer.speak(replace(asked, speed=speed)).audio)
        except Exception as error:
            raise shown(error) from None


def first_line(text: str, role: Role) -> str:
    """What a speaker says first, or the beginning of it up to the end of a word.

    Raises:
        RequestError: if they say nothing.
    """
    segments = (segment for segment in dialogue(text, {key_of(role.name): role}) if segment.speaker)
    said = next((line for segment in segments if any(map(str.isalnum, line := segment.traced.text.strip()))), "")
    if not said:
        raise RequestError(f"{role.name} says nothing in this text any more.")
    return said if len(said) <= MAX_SAMPLE else said[:MAX_SAMPLE].rpartition(" ")[0] or said[:MAX_SAMPLE]


def _answer(
    text: str, page_voice: str, voices: Voices, cast: Cast, remembered: Cast, guessed: set[str]
) -> dict[str, Any]:
    chosen_by_somebody = {*cast} - guessed | {*remembered}
    has_lines = len(text) <= MAX_CHARACTERS and not begins_as_ssml(text)  # SSML names its voices itself
    every = speakers_of(text, chosen_by_somebody) if has_lines else []
    speakers = every[:MOST_SPEAKERS]
    if not speakers:
        return NOBODY
    language = voices.info(page_voice).language
    still = {
        key: role
        for key, role in _fitting(cast, voices).items()
        if key in guessed
        and voices.info(resolved(role.voice)).language == language
        and same_model(voices, resolved(role.voice), page_voice)
        and role.voice != page_voice
    }
    roles = remembered | still | {key: role for key, role in cast.items() if key not in guessed}
    chosen = {
        speaker.name: resolved(roles[key].voice) for speaker in speakers if (key := key_of(speaker.name)) in roles
    }
    guess = guess_voices(speakers, voices, page_voice, chosen)
    cast_now = [
        roles[key]._replace(name=speaker.name)
        if (key := key_of(speaker.name)) in roles
        else Role(speaker.name, guess[speaker.name])
        for speaker in speakers
    ]
    parts = dialogue(text, {key_of(role.name): role for role in cast_now})
    others = any(not part.speaker and any(map(str.isalnum, part.traced.text)) for part in parts)
    return {
        "speakers": [
            role._asdict() | {"guessed": role.name in guess or key_of(role.name) in still, "marked": speaker.is_marked}
            for role, speaker in zip(cast_now, speakers, strict=True)
        ],
        "more": len(every) - len(speakers),
        "others": others,
        "voices": list(_groups(voices, [page_voice, *(role.voice for role in cast_now)])),
        "problem": "",
    }


def _fitting(cast: Cast, voices: Voices) -> Cast:
    return {key: role for key, role in cast.items() if can_speak(voices, role.voice)}


def _groups(voices: Voices, used: list[str]) -> Iterator[dict[str, Any]]:
    """The choices of voices by language, and before them the blends and strangers that are in use, and aliases."""
    aliases = aliases_of(voices)
    strange = [name for name in dict.fromkeys(used) if name not in voices.names() and alias_of(name) is None]
    own = [[name, short_name(name) if is_blend(name) else name] for name in strange]
    if own:
        yield {"name": "In use", "voices": own}
    if aliases:
        named = [[alias.name, f"{alias.name} ({alias_label(alias)})"] for alias in aliases]
        yield {"name": "Names of this server", "voices": named}
    groups: dict[str, list[list[str]]] = {}
    for name in voices.names():
        voice = voices.info(name)
        kind = f", {GENDERS[voice.gender].strip()}" if voice.gender else ""
        groups.setdefault(BY_CODE[voice.language].name, []).append([name, short_name(name) + kind])
    yield from ({"name": name, "voices": members} for name, members in groups.items())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
