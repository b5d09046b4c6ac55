"""What Kokoro reads in the phonemes that are being typed: how many, and which symbols it does not know, and where."""

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
from kokoro_demo.ui.spoken_text.reading import NOTHING, reading_of
from kokoro_demo.ui.voice_choices import resolved

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

# Further ones are counted, not shown.
MOST_SHOWN = 12
# Symbols that are shown before and after an unknown one.
AROUND = 8


@dataclass(frozen=True, slots=True)
class PhonemeEvents:
    """The events behind the phoneme box, for every visitor of one page."""

    backend: Backend

    def look(
        self, phonemes: str | None, edited: str | None, voice: str | None, language: str | None
    ) -> tuple[Any, str]:
        """The count and what is unknown, after the box has changed.

        edited: what a person wrote there last; anything else is a reading, which is counted where it was made.
        """
        count = self.count(phonemes, voice, language) if phonemes == edited else gr.skip()
        return count, self.unknown(phonemes, voice, language, phonemes == edited)

    def count(self, phonemes: str | None, voice: str | None, language: str | None) -> str:
        """The count of what Kokoro reads in them, in phrases if they are too many for one."""
        if not phonemes or len(phonemes) > MAX_CHARACTERS:
            return count_html()
        pronunciation = read_phonemes(phonemes, self._language(voice, language))
        return count_html(pronunciation.phonemes, len(plan_phrases(pronunciation, 1.0)))

    def unknown(self, phonemes: str | None, voice: str | None, language: str | None, edited: bool = True) -> str:
        """Every symbol that Kokoro does not know, marked in place, and the nearest known ones; "" if there are none.

        edited: whether a person wrote them: of a text, there may be more of them than can be typed.
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
        shown = "".join(_marked(phonemes, place) for place in places[:MOST_SHOWN])
        more = f"<span>and {len(places) - MOST_SHOWN:,} more</span>" if len(places) > MOST_SHOWN else ""
        message = warnings_html(read_phonemes(phonemes, language).warnings)
        return f'<div class="unknown" role="group" aria-label="Unknown symbols">{shown}{more}</div>{message}'

    def own(self, *values: Any) -> tuple[Any, Any, str, str, str]:
        """The text's own reading and phonemes, their count, the spoken text, and warnings.

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
            reading_of(pronunciation, synthesizer.language_of),
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
    """A button that leads to a symbol, which is marked among its neighbours."""
    before, after = phonemes[max(0, place - AROUND) : place], phonemes[place + 1 : place + 1 + AROUND]
    return (
        f'<button type="button" data-place="{place}" title="Show it in the box">{html.escape(before)}'
        f"<mark>{html.escape(phonemes[place])}</mark>{html.escape(after)}</button>"
    )
