"""The server's part of the cast panel: who speaks in a text, with which voice, and samples of their lines."""

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

# One fewer than the voices that a script may have, because the page's voice speaks the lines without a name.
MAX_SPEAKERS = 15
MAX_SAMPLE = 200
NOBODY: dict[str, Any] = {"speakers": [], "more": 0, "others": False, "voices": [], "problem": ""}


@dataclass(frozen=True, slots=True)
class CastEvents:
    """The event handlers for all visitors of one page."""

    backend: Backend

    def find_speakers(self, state: Any) -> dict[str, Any]:
        """Find the speakers of a text and their voices; called by the panel's script.

        state: ``{"text", "voice", "cast", "remembered": lines like those of a cast, "guessed": [names]}``. A voice
            comes from the cast, unless it was only guessed and no longer suits the page's voice; or else from the
            remembered ones; or else it is guessed.

        Returns ``{"speakers": [{"name", "voice", "speed", "guessed", "marked": whether a voice mark names them}],
        "more": the number of speakers beyond `MAX_SPEAKERS`, "others": whether some lines belong to none of them,
        "voices": groups of choices, "problem"}``.
        """
        values = state if isinstance(state, dict) else {}
        text, voice, cast, remembered = (_text(values.get(name)) for name in ("text", "voice", "cast", "remembered"))
        names = values.get("guessed")
        guessed = {key_of(name) for name in names if isinstance(name, str)} if isinstance(names, list) else set()
        try:
            voices = self.backend.synthesizer().checkpoint.voices
            voice = resolved(voice) if voice and can_speak(voices, voice) else voices.default
            roles = parse_cast(cast)
            return _speakers(text, voice, voices, roles, _available(parse_cast(remembered), voices), guessed)
        except RequestError as error:
            return NOBODY | {"problem": str(error)}
        except CheckpointError:
            return NOBODY

    def hear(self, event: gr.EventData, *values: Any) -> dict[str, Any]:
        """Return the audio of a speaker's first line, or its beginning, in the voice that the event names.

        values: of `RequestFields`.

        Raises:
            gr.Error: if it cannot be spoken.
        """
        name = _text(getattr(event, "name", ""))
        try:
            synthesizer = self.backend.synthesizer()
            (role,) = parse_cast(f"{name} = {_text(event.voice)}, {_text(event.speed)}").values()
            fields = RequestFields(*values)._replace(edited_for=None, cast="")
            request = replace(fields.request(synthesizer), text=first_line(fields.text, role), voice=role.voice)
            speed = min(MAX_SPEED, max(MIN_SPEED, request.speed * role.speed))
            return clip(f"cast-{key_of(name)}", synthesizer.speak(replace(request, speed=speed)).audio)
        except Exception as error:
            raise shown(error) from None


def first_line(text: str, role: Role) -> str:
    """Return a speaker's first line, cut between words if it is long.

    Raises:
        RequestError: if the speaker has no line.
    """
    segments = (segment for segment in dialogue(text, {key_of(role.name): role}) if segment.speaker)
    lines = (segment.traced.text.strip() for segment in segments)
    first = next((line for line in lines if any(map(str.isalnum, line))), "")
    if not first:
        raise RequestError(f"{role.name} no longer speaks in this text.")
    return first if len(first) <= MAX_SAMPLE else first[:MAX_SAMPLE].rpartition(" ")[0] or first[:MAX_SAMPLE]


def _speakers(
    text: str, page_voice: str, voices: Voices, cast: Cast, remembered: Cast, guessed: set[str]
) -> dict[str, Any]:
    """See `CastEvents.find_speakers`."""
    with_chosen_voice = {*cast} - guessed | {*remembered}
    has_lines = len(text) <= MAX_CHARACTERS and not begins_as_ssml(text)  # SSML names its voices itself
    all_speakers = speakers_of(text, with_chosen_voice) if has_lines else []
    speakers = all_speakers[:MAX_SPEAKERS]
    if not speakers:
        return NOBODY
    language = voices.info(page_voice).language
    good_guesses = {
        key: role
        for key, role in _available(cast, voices).items()
        if key in guessed
        and voices.info(resolved(role.voice)).language == language
        and same_model(voices, resolved(role.voice), page_voice)
        and role.voice != page_voice
    }
    roles = remembered | good_guesses | {key: role for key, role in cast.items() if key not in guessed}
    chosen = {
        speaker.name: resolved(roles[key].voice) for speaker in speakers if (key := key_of(speaker.name)) in roles
    }
    guess = guess_voices(speakers, voices, page_voice, chosen)
    new_cast = [
        roles[key]._replace(name=speaker.name)
        if (key := key_of(speaker.name)) in roles
        else Role(speaker.name, guess[speaker.name])
        for speaker in speakers
    ]
    parts = dialogue(text, {key_of(role.name): role for role in new_cast})
    others = any(not part.speaker and any(map(str.isalnum, part.traced.text)) for part in parts)
    return {
        "speakers": [
            role._asdict()
            | {"guessed": role.name in guess or key_of(role.name) in good_guesses, "marked": speaker.is_marked}
            for role, speaker in zip(new_cast, speakers, strict=True)
        ],
        "more": len(all_speakers) - len(speakers),
        "others": others,
        "voices": list(_groups(voices, [page_voice, *(role.voice for role in new_cast)])),
        "problem": "",
    }


def _available(cast: Cast, voices: Voices) -> Cast:
    return {key: role for key, role in cast.items() if can_speak(voices, role.voice)}


def _groups(voices: Voices, used: list[str]) -> Iterator[dict[str, Any]]:
    """Groups of choices: blends and unlisted voices that are in use, this server's aliases, and voices by language."""
    aliases = aliases_of(voices)
    unlisted = [name for name in dict.fromkeys(used) if name not in voices.names() and alias_of(name) is None]
    in_use = [[name, short_name(name) if is_blend(name) else name] for name in unlisted]
    if in_use:
        yield {"name": "In use", "voices": in_use}
    if aliases:
        named = [[alias.name, f"{alias.name} ({alias_label(alias)})"] for alias in aliases]
        yield {"name": "This server's aliases", "voices": named}
    groups: dict[str, list[list[str]]] = {}
    for name in voices.names():
        voice = voices.info(name)
        kind = f", {GENDERS[voice.gender].strip()}" if voice.gender else ""
        groups.setdefault(BY_CODE[voice.language].name, []).append([name, short_name(name) + kind])
    yield from ({"name": name, "voices": members} for name, members in groups.items())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
