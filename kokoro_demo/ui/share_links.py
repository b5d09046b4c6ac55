"""Share links on the page: buttons make them, and opening one fills in the page."""

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
from kokoro_demo.ui.own_packs import OwnPacks, current_session
from kokoro_demo.ui.scripts import expression
from kokoro_demo.ui.voice_choices import can_speak, voice_choices
from kokoro_demo.ui.voice_picker.picker_events import own_packs_shown
from kokoro_demo.voices.blends import is_blend
from kokoro_demo.voices.catalogue import is_retired
from kokoro_demo.voices.curve_links import curve_text

# An object of functions. Each event includes it, because the page's load event may fire before the scripts of
# components run.
SCRIPT = expression(Path(__file__).with_suffix(".js"))
READ_JS = f"() => {SCRIPT}.read()"
PLACE_JS = f"(waiting, address, framed, ...values) => [waiting, ...{SCRIPT}.place(), ...values]"
COPY_JS = f"(link) => {{ {SCRIPT}.copy(link); }}"
QR_JS = f"(link) => {{ {SCRIPT}.showCode(link); }}"
# Shown in the text box if a link has phonemes but no text.
PHONEMES_ALONE = "Phonemes from a link"
PACK_IN_LINK = "The link contains a close approximation of your voice pack."
PACK_FROM_LINK = "This voice pack came with the link. It is kept until you close or reload this page."


@dataclass(frozen=True, slots=True)
class ShareLinks:
    """The event handlers for links, for all visitors of one page.

    packs: the visitors' voice packs, the same that `backend` uses.
    """

    backend: Backend
    packs: OwnPacks = field(default_factory=OwnPacks)

    def open(self, link: str | None, kept: str | None) -> list[Any]:
        """Return updates of the fields, the phoneme box, the awaited voice, the notes, the banner, and the picker.

        kept: not "" if the visitor has edited the text since, which is then not replaced.
        """
        nothing: list[Any] = [*updates(), gr.skip(), "", "", "", gr.skip()]
        if not link or "=" not in link:
            return nothing
        # A link to a check list has no text; the list itself stays in the browser.
        of_list = "#list=" in link
        try:
            opened = open_link(f"{link}&text=any" if of_list else link)
        except KokoroError as error:
            # A query without our fields, such as one of Gradio's own, is not a share link.
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
            voice, voice_notes = self._substitute(request.voice)
            notes += voice_notes
            waiting = "" if is_retired(request.voice) else waiting
        values = RequestFields.of(request)._asdict()
        if kept or of_list:
            del values["text"]
        values["voice"] = gr.skip() if voice is None else voice
        available = named and voice is not None and not waiting
        shown = opened.request.text if opened.request.text.strip() else f"/{request.phonemes}/"
        banner = "" if kept or of_list else banner_html(shown, request.voice if available else "")
        return [*updates(**values), request.phonemes or gr.skip(), waiting, notes_html(notes), banner, picker]

    def restore(self, kept: str | None) -> list[Any]:
        """Return updates that restore the fields and the phoneme box after a reload; none if what the browser stored is
        invalid. The page's script restores the text itself.

        kept: the fields as JSON.
        """
        nothing = [*updates(), gr.skip()]
        try:
            fields = RequestFields.from_json(kept or "")
            # The text may be empty or too long; the other fields must be valid.
            fields._replace(text="any", edited_for="any").request(self.backend.synthesizer())
            voice = self._chosen(fields.voice) if fields.voice else None
        except (ValueError, TypeError, KokoroError):
            return nothing
        values = fields._asdict() | {"voice": gr.skip() if voice is None else voice}
        del values["text"]
        return [*updates(**values), fields.edited if fields.phonemes_active else gr.skip()]

    def make(self, waiting: str | None, address: str, framed: str, *values: Any) -> tuple[str, str]:
        """Return the link to what the page currently holds, and the HTML that shows it.

        waiting: an awaited voice: the link gets this one instead of its temporary substitute.
        address: of the page.
        framed: not "" if the page is in an iframe; on a Space, the link then goes to the Space's own page.
        values: of `RequestFields`.
        """
        space = os.environ.get("SPACE_ID", "")
        try:
            request = RequestFields(*values).request(self.backend.synthesizer())
            request = replace(request, voice=waiting) if waiting else request
            base = f"https://huggingface.co/spaces/{space}" if framed and space else address
            uploaded = {name: self.packs.get(current_session(), name) for name in own_voices(request)}
            packs = {name: curve_text(pack) for name, pack in uploaded.items() if pack is not None}
            link = share_link(request, base, packs)
        except KokoroError as error:
            return "", notes_html([str(error)])
        pack_note = f"<div>{PACK_IN_LINK}</div>" if packs else ""
        return link, (
            f'<label>Link<input readonly value="{html.escape(link)}"></label><span role="status"></span>{pack_note}'
        )

    def _with_pack(self, opened: OpenedLink) -> tuple[OpenedLink, Any]:
        """Keep a link's voice pack, if it has one, for the visitor. Returns the link with the name that the pack got,
        and the picker's value."""
        if not opened.pack:
            return opened, gr.skip()
        request, session = opened.request, current_session()
        try:
            name = self.packs.add_shared(session, opened.pack, self.backend.synthesizer(), opened.pack_name)
        except KokoroError as error:
            without_pack = replace(request, voice=SpeechRequest("any").voice, cast="")
            given = opened.given - {"voice", "cast"}
            return replace(opened, request=without_pack, notes=(*opened.notes, str(error)), given=given), gr.skip()
        voice, cast = (names.replace(opened.pack_name, name) for names in (request.voice, request.cast))
        chosen = name if voice == name else ""
        picker = own_packs_shown(chosen, self.packs.names(session), PACK_FROM_LINK if chosen else "")
        return replace(opened, request=replace(request, voice=voice, cast=cast)), picker

    def qr_code(self, *values: Any) -> tuple[str, str, str]:
        """Like `make`, and also return the dialog with the link's QR code."""
        link, link_html = self.make(*values)
        return link, link_html, qr_dialog(link) if link else ""

    def _substitute(self, voice: str) -> tuple[Any, list[str]]:
        """Return the update that chooses the nearest voice to one that is unavailable, None if the name is unknown; and
        notes."""
        later = "" if is_retired(voice) else " It will be chosen as soon as a model that has it is loaded."
        try:
            voices = self.backend.synthesizer().checkpoint.voices
            warnings = voices.warnings(voice)
            return self._chosen(voices.speaker(voice)), [f"{' '.join(warnings)}{later}"]
        except KokoroError:
            return None, [f"The current model has no voice {voice[:80]!r}, so another one speaks.{later}"]

    def _chosen(self, voice: str) -> Any:
        """Return the update that chooses a voice, adding it to the list if it is a blend; None if it is unavailable."""
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except CheckpointError:
            return None
        if not can_speak(voices, voice):
            return None
        return gr.Dropdown(choices=voice_choices(voices, voice), value=voice) if is_blend(voice) else voice


def describe_hidden_fields(request: SpeechRequest) -> list[str]:
    """A note about those of a link's settings that are not visible at once."""
    settings = [
        field.in_link.format(getattr(request, name))
        for name, field in FIELDS.items()
        if field.in_link and getattr(request, name) != DEFAULTS[name]
    ]
    return [f"The link also sets, under More or Phonemes: {'; '.join(settings)}."] if settings else []


def notes_html(notes: Sequence[str]) -> str:
    """A list of all notes; "" if there are none."""
    items = "".join(f"<li>{html.escape(note)}</li>" for note in notes)
    return f'<ul class="warnings" role="alert" aria-label="About the link">{items}</ul>' if items else ""
