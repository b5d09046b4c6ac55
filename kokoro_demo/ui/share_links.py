"""Share links on the page: one is made when asked for, and one that was opened fills everything in."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr

from kokoro_demo.errors import CheckpointError, KokoroError
from kokoro_demo.request_fields import DEFAULTS, FIELDS
from kokoro_demo.share import OpenedLink, open_link, own_voices, share_link
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.backend import Backend
from kokoro_demo.ui.fields import RequestFields, updates
from kokoro_demo.ui.link_banner import banner_html
from kokoro_demo.ui.link_qr import qr_dialog
from kokoro_demo.ui.own_packs import OwnPacks, session_now
from kokoro_demo.ui.scripts import expression
from kokoro_demo.ui.voice_choices import can_speak, voice_choices
from kokoro_demo.ui.voice_picker.picker_events import own_packs_shown
from kokoro_demo.voices.blends import is_blend
from kokoro_demo.voices.catalogue import is_retired
from kokoro_demo.voices.curve_links import curve_text

# An object of functions. Each event brings it along: a page's load may come before any script of the page.
SCRIPT = expression(Path(__file__).with_suffix(".js"))
READ_JS = f"() => {SCRIPT}.read()"
PLACE_JS = f"(waiting, place, framed, ...values) => [waiting, ...{SCRIPT}.place(), ...values]"
COPY_JS = f"(link) => {{ {SCRIPT}.copy(link); }}"
QR_JS = f"(link) => {{ {SCRIPT}.showCode(link); }}"
# Stands in the text box for a request of phonemes alone.
PHONEMES_ALONE = "Phonemes from a link"
PACK_TRAVELS = "It carries your voice pack, as a curve that is close to it."
PACK_CAME = "The voice pack came with the link. It is here until you close or reload this page."


@dataclass(frozen=True, slots=True)
class ShareLinks:
    """The events behind links, for every visitor of one page.

    packs: the visitors' own, which `backend` has too.
    """

    backend: Backend
    packs: OwnPacks = field(default_factory=OwnPacks)

    def open(self, link: str | None, kept: str | None) -> list[Any]:
        """Updates of the fields, the phonemes in their box, the voice that is waited for, the notes, the
        banner, and the picker's value.

        kept: not "" if the text was typed over, and stays.
        """
        nothing: list[Any] = [*updates(), gr.skip(), "", "", "", gr.skip()]
        if not link or "=" not in link:
            return nothing
        # The link of a list has no text of its own; the list itself stays in the browser.
        of_list = "#list=" in link
        try:
            opened = open_link(f"{link}&text=any" if of_list else link)
        except KokoroError as error:
            # A query that is not ours, as Gradio's own settings are, is no link.
            return nothing if "text=" not in link else [*nothing[:-3], notes_html([str(error)]), "", gr.skip()]
        opened, picker = self._with_pack(opened)
        request = opened.request
        if not request.text.strip():
            request = replace(request, text=PHONEMES_ALONE)
        notes = [*opened.notes, *describe_hidden_fields(request)]
        named = "voice" in opened.given
        voice = self._chosen(request.voice) if named else gr.skip()
        waiting = request.voice if voice is None or (named and self.backend.status().fetching) else ""
        if voice is None:
            voice, notes_on_voice = self._stand_in(request.voice)
            notes += notes_on_voice
            waiting = "" if is_retired(request.voice) else waiting
        values = RequestFields.of(request)._asdict()
        if kept or of_list:
            del values["text"]
        values["voice"] = gr.skip() if voice is None else voice
        can_be_heard = named and voice is not None and not waiting
        heard = opened.request.text if opened.request.text.strip() else f"/{request.phonemes}/"
        banner = "" if kept or of_list else banner_html(heard, request.voice if can_be_heard else "")
        return [*updates(**values), request.phonemes or gr.skip(), waiting, notes_html(notes), banner, picker]

    def restore(self, kept: str | None) -> list[Any]:
        """Updates of the fields and of the phonemes in their box, to what they were before the page was loaded again;
        none if something is not as the page left it. The page puts back the text itself.

        kept: the fields as JSON.
        """
        nothing = [*updates(), gr.skip()]
        try:
            fields = RequestFields.from_json(kept or "")
            # The text may be one that cannot be spoken; the other fields must be valid.
            fields._replace(text="any", edited_for="any").request(self.backend.synthesizer())
            voice = self._chosen(fields.voice) if fields.voice else None
        except (ValueError, TypeError, KokoroError):
            return nothing
        values = fields._asdict() | {"voice": gr.skip() if voice is None else voice}
        del values["text"]
        return [*updates(**values), fields.edited if fields.phonemes_active else gr.skip()]

    def make(self, waiting: str | None, place: str, framed: str, *values: Any) -> tuple[str, str]:
        """The link to what the page holds, and the field that shows it.

        waiting: a voice that was asked for and is not there yet; it is shared, and not the one that speaks meanwhile.
        place: the page's own address.
        framed: not "" if another page shows this one; on a Space that is the Space's page, which is linked then.
        values: of `RequestFields`.
        """
        space = os.environ.get("SPACE_ID", "")
        try:
            request = RequestFields(*values).request(self.backend.synthesizer())
            request = replace(request, voice=waiting) if waiting else request
            base = f"https://huggingface.co/spaces/{space}" if framed and space else place
            own = {name: self.packs.get(session_now(), name) for name in own_voices(request)}
            packs = {name: curve_text(pack) for name, pack in own.items() if pack is not None}
            link = share_link(request, base, packs)
        except KokoroError as error:
            return "", notes_html([str(error)])
        aside = f"<div>{PACK_TRAVELS}</div>" if packs else ""
        return link, (
            f'<label>Link<input readonly value="{html.escape(link)}"></label><span role="status"></span>{aside}'
        )

    def _with_pack(self, opened: OpenedLink) -> tuple[OpenedLink, Any]:
        """A link whose voice pack, if it carries one, is kept for the visitor, and the picker's value."""
        if not opened.pack:
            return opened, gr.skip()
        request, session = opened.request, session_now()
        try:
            name = self.packs.add_shared(session, opened.pack, self.backend.synthesizer(), opened.pack_name)
        except KokoroError as error:
            usual = replace(request, voice=SpeechRequest("any").voice, cast="")
            given = opened.given - {"voice", "cast"}
            return replace(opened, request=usual, notes=(*opened.notes, str(error)), given=given), gr.skip()
        voice, cast = (written.replace(opened.pack_name, name) for written in (request.voice, request.cast))
        chosen = name if voice == name else ""
        shown = own_packs_shown(chosen, self.packs.names(session), PACK_CAME if chosen else "")
        return replace(opened, request=replace(request, voice=voice, cast=cast)), shown

    def code(self, *values: Any) -> tuple[str, str, str]:
        """As `make`, and the dialog with the link's QR code."""
        link, shown = self.make(*values)
        return link, shown, qr_dialog(link) if link else ""

    def _stand_in(self, voice: str) -> tuple[Any, list[str]]:
        """As `_chosen` for a voice that is not there: the nearest one for a known voice, and the notes."""
        when_there = "" if is_retired(voice) else " It is chosen as soon as a model that has it is loaded."
        try:
            voices = self.backend.synthesizer().checkpoint.voices
            warnings = voices.warnings(voice)
            return self._chosen(voices.speaker(voice)), [f"{' '.join(warnings)}{when_there}"]
        except KokoroError:
            return None, [
                f"There is no voice {voice[:80]!r} in the model that speaks now. Another one speaks.{when_there}"
            ]

    def _chosen(self, voice: str) -> Any:
        """What chooses a voice in the list of voices; a blend is put there. None if it cannot speak."""
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except CheckpointError:
            return None
        if not can_speak(voices, voice):
            return None
        return gr.Dropdown(choices=voice_choices(voices, voice), value=voice) if is_blend(voice) else voice


def describe_hidden_fields(request: SpeechRequest) -> list[str]:
    """What a link holds that is not seen at once."""
    held = [
        field.in_link.format(getattr(request, name))
        for name, field in FIELDS.items()
        if field.in_link and getattr(request, name) != DEFAULTS[name]
    ]
    return [f"The link also sets, under More or Phonemes: {'; '.join(held)}."] if held else []


def notes_html(notes: Sequence[str]) -> str:
    """Every note; nothing if there is none."""
    items = "".join(f"<li>{html.escape(note)}</li>" for note in notes)
    return f'<ul class="warnings" role="alert" aria-label="About the link">{items}</ul>' if items else ""
