"""The event handlers of the table of words: show it, play a word, save a fix, and show a word in both accents."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import phonemize, read_phonemes
from kokoro_demo.languages import BY_CODE, ENGLISH
from kokoro_demo.ui.clips import clip
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.words.fixing import checked, fixed_in_lexicon, fixed_in_text, written
from kokoro_demo.ui.words.table import MAX_ROWS, words_html

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kokoro_demo.g2p.pronunciation import Pronunciation, Word
    from kokoro_demo.speech import Speech, SpeechRequest
    from kokoro_demo.ui.main_panel import MainPanel

# Seconds of audio kept before and after a word that is cut from a speech.
MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class WordEvents:
    """The event handlers for all visitors of one page. They keep no state: each pronounces the text again.

    `values` are always those of `RequestFields`.
    """

    main: MainPanel

    def show(self, request: gr.Request, *values: Any) -> tuple[str, str]:
        """Return the table of the current text, and a message."""
        try:
            return self._table(request, RequestFields(*values)), message_html("")
        except Exception as error:
            return gr.skip(), message_html(explain(error), wrong=True)

    def hear(self, event: gr.EventData, request: gr.Request, *values: Any) -> tuple[Any, str]:
        """Return the audio of one word, and a message. The word is cut from the last speech if it has the same phonemes
        there; otherwise it is spoken alone."""
        key = f"word-{event.at}"
        try:
            speech_request, word_request, word, phonemes = self._word_of(event, RequestFields(*values))
            speech = self._speech_of(speech_request, request)
            heard = _timed(speech).get(word.span)
            if speech is not None and heard is not None and phonemes == heard.phonemes:
                return clip(key, _cut(speech, heard)), message_html("From the last speech.")
            phonemes = checked(phonemes, self._language(word_request))
            alone = replace(word_request, text=written(word), phonemes=phonemes, lexicon="")
            return clip(key, self.main.backend.synthesizer().speak(alone).audio), message_html("Spoken alone.")
        except Exception as error:
            return clip(key, None), message_html(explain(error), wrong=True)

    def keep(self, event: gr.EventData, request: gr.Request, *values: Any) -> tuple[Any, Any, Any, str]:
        """Save a fix, and return the table, the text, the lexicon, and a message; or show a word in both accents."""
        unchanged = (gr.skip(), gr.skip(), gr.skip())
        fields = RequestFields(*values)
        try:
            speech_request, word_request, word, phonemes = self._word_of(event, fields)
            if event.what == "both":
                return *unchanged, both_html(written(word))
            language = self._language(word_request)
            phonemes = checked(phonemes, language)
            text, lexicon = speech_request.text, speech_request.lexicon
            if event.what == "text":
                text = fixed_in_text(text, word, phonemes)
            else:
                lexicon = fixed_in_lexicon(lexicon, word, phonemes)
            fixed_fields = fields._replace(text=text, lexicon=lexicon)
            # A script needs its voices to be pronounced; a plain text does not.
            is_script = speech_request.script is not None
            fixed = self._pronounce(fixed_fields)[1] if is_script else phonemize(text, language, lexicon)
            expected = read_phonemes(phonemes, language).phonemes
            if [fixed_word.phonemes for fixed_word in fixed.words[event.at : event.at + 1]] != [expected]:
                raise RequestError("A fix has no effect on this word there. Save it in the other place.")
            table = self._table(request, fixed_fields)
            return table, text, lexicon, message_html(f"Saved for “{written(word)}”.")
        except Exception as error:
            return *unchanged, message_html(explain(error), wrong=True)

    def _table(self, request: gr.Request, fields: RequestFields) -> str:
        speech_request, pronunciation = self._pronounce(fields)
        language = self._language(speech_request)
        return words_html(
            pronunciation,
            _timed(self._speech_of(speech_request, request)),
            lambda word: phonemize(word, language).phonemes,
        )

    def _pronounce(self, fields: RequestFields) -> tuple[SpeechRequest, Pronunciation]:
        """Return the request and the pronunciation of the text itself, ignoring edited phonemes."""
        synthesizer = self.main.backend.synthesizer()
        speech_request = fields._replace(edited_for=None).request(synthesizer)
        return speech_request, synthesizer.pronounce(speech_request)

    def _word_of(self, event: Any, fields: RequestFields) -> tuple[SpeechRequest, SpeechRequest, Word, str]:
        """Return the request, the request of the part that has the event's word, the word, and the phonemes typed for
        it.

        Raises:
            RequestError: if the text no longer has the word there.
        """
        speech_request, pronunciation = self._pronounce(fields)
        at, phonemes = event.at, event.phonemes
        if not isinstance(at, int) or not isinstance(phonemes, str) or not 0 <= at < len(pronunciation.words):
            raise RequestError("The text has changed. Show its words again.")
        word = pronunciation.words[at]
        if at >= MAX_ROWS or word.text != event.word:
            raise RequestError("The text has changed. Show its words again.")
        part = next((part for part in pronunciation.parts if part.words[0] <= at < part.words[1]), None)
        word_request = speech_request if part is None else speech_request.for_part(part)
        return speech_request, word_request, word, phonemes

    def _speech_of(self, speech_request: SpeechRequest, request: gr.Request) -> Speech | None:
        """Return the visitor's last speech if it was of this request."""
        run = self.main.runs.latest(request.session_hash or "")
        speech = run.speech() if run is not None else None
        return speech if speech is not None and speech.request == speech_request else None

    def _language(self, request: SpeechRequest) -> str:
        return request.language or self.main.backend.synthesizer().language_of(request.voice)


def both_html(word: str) -> str:
    """A word's phonemes in both accents of English."""
    parts = [f"{BY_CODE[code].name} <b>{html.escape(phonemize(word, code).phonemes)}</b>" for code in ENGLISH]
    return f'<p class="words-message" role="status">“{html.escape(word)}”: {" · ".join(parts)}</p>'


def message_html(message: str, wrong: bool = False) -> str:
    """A message below the buttons."""
    shown = f'<span class="warnings">{html.escape(message)}</span>' if wrong else html.escape(message)
    return f'<p class="words-message" role="status">{shown}</p>'


def _timed(speech: Speech | None) -> Mapping[tuple[int, int], Word]:
    return {word.span: word for word in speech.words} if speech is not None else {}


def _cut(speech: Speech, word: Word) -> NDArray[np.float32]:
    first = max(0.0, (word.start or 0.0) - MARGIN) * speech.sample_rate
    return speech.audio[int(first) : int(((word.end or speech.duration) + MARGIN) * speech.sample_rate)]
