"""The event handlers of the phoneme box: count the phonemes, mark unknown symbols, and go back to the text's own."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.errors import CheckpointError
from kokoro_demo.g2p import read_phonemes
from kokoro_demo.g2p.typed import unknown_places
from kokoro_demo.languages import DEFAULT_LANGUAGE, LANGUAGES
from kokoro_demo.speech import MAX_CHARACTERS
from kokoro_demo.synthesis.phrasing import plan_phrases
from kokoro_demo.ui.counts import count_html, warnings_html
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.spoken_text.word_items import NOTHING, spoken_text_of
from kokoro_demo.ui.voice_choices import resolved

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

# Unknown symbols that are shown; the rest are counted.
MAX_SHOWN = 12
# Symbols that are shown before and after an unknown one.
CONTEXT = 8


@dataclass(frozen=True, slots=True)
class PhonemeEvents:
    """The event handlers for all visitors of one page."""

    backend: Backend

    def inspect(
        self, phonemes: str | None, edited: str | None, voice: str | None, language: str | None
    ) -> tuple[Any, str]:
        """Return the count and the unknown symbols after the box has changed.

        edited: the visitor's last edit. If the box holds anything else, it was filled in by an event that also updated
            the count.
        """
        count = self.count(phonemes, voice, language) if phonemes == edited else gr.skip()
        return count, self.unknown(phonemes, voice, language, phonemes == edited)

    def count(self, phonemes: str | None, voice: str | None, language: str | None) -> str:
        """The number of phonemes that Kokoro knows among these, and of the phrases that they need."""
        if not phonemes or len(phonemes) > MAX_CHARACTERS:
            return count_html()
        pronunciation = read_phonemes(phonemes, self._language(voice, language))
        return count_html(pronunciation.phonemes, len(plan_phrases(pronunciation, 1.0)))

    def unknown(self, phonemes: str | None, voice: str | None, language: str | None, edited: bool = True) -> str:
        """The symbols that Kokoro does not know, each marked in its context, and the nearest known ones; "" if there
        are none.

        edited: whether the visitor typed them. Only then is their number limited: a long text may have more.
        """
        phonemes = phonemes or ""
        if len(phonemes) > MAX_CHARACTERS and not edited:
            return ""
        if len(phonemes) > MAX_CHARACTERS:
            return warnings_html([f"{len(phonemes):,} symbols; at most {MAX_CHARACTERS:,} can be spoken at once."])
        language = self._language(voice, language)
        places = unknown_places(phonemes, language)
        if not places:
            return ""
        shown = "".join(_marked(phonemes, place) for place in places[:MAX_SHOWN])
        more = f"<span>and {len(places) - MAX_SHOWN:,} more</span>" if len(places) > MAX_SHOWN else ""
        message = warnings_html(read_phonemes(phonemes, language).warnings)
        return f'<div class="unknown" role="group" aria-label="Unknown symbols">{shown}{more}</div>{message}'

    def from_text(self, *values: Any) -> tuple[Any, Any, str, str, str]:
        """Return the spoken text and the phonemes of the text itself, their count, the spoken text, and warnings.

        values: of `RequestFields`.
        """
        fields = RequestFields(*values)._replace(edited_for=None)
        if not fields.text.strip():
            return NOTHING, "", count_html(), "", ""
        try:
            synthesizer = self.backend.synthesizer()
            pronunciation = synthesizer.pronounce(fields.request(synthesizer))
        except Exception as error:
            return gr.skip(), gr.skip(), gr.skip(), gr.skip(), warnings_html([explain(error)])
        phrases = len(plan_phrases(pronunciation, 1.0))
        return (
            spoken_text_of(pronunciation, synthesizer.language_of),
            pronunciation.phonemes,
            count_html(pronunciation.phonemes, phrases),
            pronunciation.spoken,
            warnings_html(pronunciation.warnings),
        )

    def _language(self, voice: str | None, language: str | None) -> str:
        if language in LANGUAGES:
            return language
        try:
            synthesizer = self.backend.synthesizer()
            names = synthesizer.checkpoint.voices.names()
            voice = resolved(voice or "")
            return synthesizer.language_of(voice) if voice in names else DEFAULT_LANGUAGE
        except CheckpointError:
            return DEFAULT_LANGUAGE


def _marked(phonemes: str, place: int) -> str:
    """A button that selects a symbol in the box, and shows it marked in its context."""
    before, after = phonemes[max(0, place - CONTEXT) : place], phonemes[place + 1 : place + 1 + CONTEXT]
    return (
        f'<button type="button" data-place="{place}" title="Show it in the box">{html.escape(before)}'
        f"<mark>{html.escape(phonemes[place])}</mark>{html.escape(after)}</button>"
    )
