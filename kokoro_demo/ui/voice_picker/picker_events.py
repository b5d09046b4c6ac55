"""The server's part of the voice picker: search, previews, and uploaded voice packs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.errors import CheckpointError, RequestError
from kokoro_demo.languages import BY_CODE, LANGUAGES
from kokoro_demo.script.aliases import aliases_of
from kokoro_demo.script.cast import Role
from kokoro_demo.ui.clips import clip
from kokoro_demo.ui.compare.previews import Previews
from kokoro_demo.ui.errors import explain, shown
from kokoro_demo.ui.own_packs import OwnPacks
from kokoro_demo.ui.voice_choices import GENDERS, alias_label, short_name, voice_label
from kokoro_demo.voices.blends import is_blend, parse_blend
from kokoro_demo.voices.catalogue import UPLOADED, Voices, describe
from kokoro_demo.voices.search import find_voices, matches_query

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

# Limits for the names that a browser sends; longer names and further names are ignored.
MAX_NAME, MAX_NAMES = 500, 24
ADDED = "{} is selected. Only you can use it, in all lists of voices, until you close or reload this page."
_presses = itertools.count()


@dataclass(frozen=True, slots=True)
class PickerEvents:
    """The event handlers for all visitors of one page.

    packs: the visitors' voice packs, the same that `backend` uses.
    """

    backend: Backend
    packs: OwnPacks = field(default_factory=OwnPacks)
    previews: Previews = field(default_factory=Previews)

    def voices(self, wanted: Any) -> dict[str, Any]:
        """Return the entries of all voices that can speak, aliases first and then best first, and the names of those
        that match a query; called by the script.

        wanted: ``{"query": words, "also": names}``, where the names are blends and the visitor's own packs. A pack's
            entry is made from its name alone, because this call has no session.
        """
        values = wanted if isinstance(wanted, dict) else {}
        also = values.get("also")
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except CheckpointError:
            return {"voices": [], "found": []}
        names = [*_valid_names(also[:MAX_NAMES] if isinstance(also, list) else [], voices), *voices.names()]
        aliases, query = aliases_of(voices), str(values.get("query") or "")[:MAX_NAME]
        found_aliases = [alias.name for alias in aliases if matches_query(query, alias.voice, alias.name)]
        entries = [*map(alias_entry, aliases), *(entry(name, voices.is_unblended(name)) for name in names)]
        return {"voices": entries, "found": [*found_aliases, *find_voices(query, names)]}

    def preview(self, event: gr.EventData) -> dict[str, Any]:
        """Return a sentence in the voice that the event names.

        Raises:
            gr.Error: if it cannot be spoken.
        """
        voice = getattr(event, "voice", "")
        try:
            if not isinstance(voice, str) or len(voice) > MAX_NAME:
                raise RequestError("There is no such voice.")
            return clip(f"sample-{voice}", self.previews.audio(self.backend.synthesizer(), voice))
        except Exception as error:
            raise shown(error) from None

    def add_pack(self, event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        """Add the pack that the script sent. Returns the pack's name, "" if it was refused; the names of all of the
        visitor's packs; and a message."""
        session = request.session_hash or ""
        name, note = "", ""
        try:
            data, file_name = getattr(event, "data", None), getattr(event, "file", None)
            if not isinstance(data, str) or not isinstance(file_name, str):
                raise RequestError("The file was damaged on the way. Choose it again.")
            name = self.packs.add(session, data, self.backend.synthesizer(), file_name)
            note = ADDED.format(short_name(name))
        except Exception as error:
            note = explain(error)
        return own_packs_shown(name, self.packs.names(session), note)

    def leave(self, request: gr.Request) -> None:
        """Called when a visitor leaves: forgets their packs."""
        self.packs.leave(request.session_hash or "")


def own_packs_shown(added: str, names: list[str], note: str) -> dict[str, Any]:
    """The picker's value after a pack was added or refused.

    added: the name of the pack to choose; "" for none.
    names: the names of all of the visitor's packs.
    """
    return {"added": added, "own": names, "note": note, "press": next(_presses)}


def entry(name: str, unblended: bool = False) -> dict[str, Any]:
    """A voice's entry in the picker."""
    voice = describe(name)
    language, uploaded = BY_CODE[voice.language], name.startswith(UPLOADED)
    return {
        "name": name,
        "label": voice_label(voice),
        "short": short_name(name),
        "group": "Blends" if is_blend(name) else "Your own" if uploaded else language.name,
        "kind": "your own pack" if uploaded else GENDERS[voice.gender].strip(),
        "trait": " ".join(re.findall(r"\w+", voice.trait)),
        "grade": voice.grade,
        "note": "" if voice.language in LANGUAGES else "speaks English here",
        "blends": not unblended and not is_blend(name),
    }


def alias_entry(alias: Role) -> dict[str, Any]:
    """The entry of an alias, a name that this server's operator gave to a voice."""
    return entry(alias.voice) | {
        "name": alias.name,
        "label": f"{alias.name} · {alias_label(alias)}",
        "short": alias.name,
        "group": "This server's aliases",
        "kind": alias_label(alias),
        "trait": "",
        "blends": False,
    }


def _valid_names(names: Iterable[Any], voices: Voices) -> list[str]:
    """Those of `names` that are packs, and those that are blends of these packs and the checkpoint's voices."""
    texts = [name for name in names if isinstance(name, str) and len(name) <= MAX_NAME]
    uploaded = [name for name in texts if re.fullmatch(rf"{UPLOADED}\w[\w-]*", name)]
    known = {name for name in (*uploaded, *voices.names()) if not voices.is_unblended(name)}
    return list(dict.fromkeys([*(name for name in texts if _is_blend_of(known, name)), *uploaded]))


def _is_blend_of(known: set[str], name: str) -> bool:
    try:
        return is_blend(name) and {part for part, _ in parse_blend(name)} <= known
    except RequestError:
        return False
