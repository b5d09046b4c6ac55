"""The events behind the table of words: show it, hear a word, keep a fix, both accents of one."""

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
from kokoro_demo.ui.words.table import MOST_ROWS, words_html

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kokoro_demo.g2p.pronunciation import Pronunciation, Word
    from kokoro_demo.speech import Speech, SpeechRequest
    from kokoro_demo.ui.desk import Desk

# Kept before and after a word that is cut from a speech, in seconds.
MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class WordEvents:
    """For every visitor of one page. Nothing is kept: each event reads the text again.

    Values below are those of `RequestFields`.
    """

    desk: Desk

    def show(self, request: gr.Request, *values: Any) -> tuple[str, str]:
        """The table of the text as it is now, and the message."""
        try:
            return self._table(request, RequestFields(*values)), message_html("")
        except Exception as error:
            return gr.skip(), message_html(explain(error), wrong=True)

    def hear(self, event: gr.EventData, request: gr.Request, *values: Any) -> tuple[Any, str]:
        """The sound of one word, and the message. With the phonemes that it has in the last speech it is cut
        from that, else it is spoken alone."""
        key = f"word-{event.at}"
        try:
            asked, own, word, phonemes = self._asked(event, RequestFields(*values))
            speech = self._speech_of(asked, request)
            heard = _timed(speech).get(word.span)
            if speech is not None and heard is not None and phonemes == heard.phonemes:
                return clip(key, _cut(speech, heard)), message_html("From the last speech.")
            alone = replace(own, text=written(word), phonemes=checked(phonemes, self._language(own)), lexicon="")
            return clip(key, self.desk.backend.synthesizer().speak(alone).audio), message_html("Spoken alone.")
        except Exception as error:
            return clip(key, None), message_html(explain(error), wrong=True)

    def keep(self, event: gr.EventData, request: gr.Request, *values: Any) -> tuple[Any, Any, Any, str]:
        """The table, the text, the lexicon, and the message, after a fix was kept; or both accents of a word."""
        nothing = (gr.skip(), gr.skip(), gr.skip())
        fields = RequestFields(*values)
        try:
            asked, own, word, phonemes = self._asked(event, fields)
            if event.what == "both":
                return *nothing, both_html(written(word))
            language = self._language(own)
            phonemes = checked(phonemes, language)
            text, lexicon = asked.text, asked.lexicon
            if event.what == "text":
                text = fixed_in_text(text, word, phonemes)
            else:
                lexicon = fixed_in_lexicon(lexicon, word, phonemes)
            fixed_fields = fields._replace(text=text, lexicon=lexicon)
            # A plain text needs no voice to be read; of a script, each voice reads its own.
            is_script = asked.script is not None
            after = self._read(fixed_fields)[1] if is_script else phonemize(text, language, lexicon)
            if [fixed.phonemes for fixed in after.words[event.at : event.at + 1]] != [
                read_phonemes(phonemes, language).phonemes
            ]:
                raise RequestError("The word would not be said so from there. Keep it in the other place.")
            table = self._table(request, fixed_fields)
            return table, text, lexicon, message_html(f"Kept for “{written(word)}”.")
        except Exception as error:
            return *nothing, message_html(explain(error), wrong=True)

    def _table(self, request: gr.Request, fields: RequestFields) -> str:
        asked, pronunciation = self._read(fields)
        language = self._language(asked)
        return words_html(
            pronunciation,
            _timed(self._speech_of(asked, request)),
            lambda word: phonemize(word, language).phonemes,
        )

    def _read(self, fields: RequestFields) -> tuple[SpeechRequest, Pronunciation]:
        """The words of the text itself, whatever phonemes are spoken in its place."""
        synthesizer = self.desk.backend.synthesizer()
        asked = fields._replace(edited_for=None).request(synthesizer)
        return asked, synthesizer.pronounce(asked)

    def _asked(self, event: Any, fields: RequestFields) -> tuple[SpeechRequest, SpeechRequest, Word, str]:
        """The request, the part of it that has the word an event means, that word, and the phonemes typed for it.

        Raises:
            RequestError: if the text has no such word there any more.
        """
        asked, pronunciation = self._read(fields)
        at, phonemes = event.at, event.phonemes
        if not isinstance(at, int) or not isinstance(phonemes, str) or not 0 <= at < len(pronunciation.words):
            raise RequestError("The text has changed. Show its words again.")
        word = pronunciation.words[at]
        if at >= MOST_ROWS or word.text != event.word:
            raise RequestError("The text has changed. Show its words again.")
        part = next((part for part in pronunciation.parts if part.words[0] <= at < part.words[1]), None)
        return asked, asked if part is None else asked.for_part(part), word, phonemes

    def _speech_of(self, asked: SpeechRequest, request: gr.Request) -> Speech | None:
        """The visitor's last speech, if it is of this request."""
        run = self.desk.runs.latest(request.session_hash or "")
        speech = run.speech() if run is not None else None
        return speech if speech is not None and speech.request == asked else None

    def _language(self, asked: SpeechRequest) -> str:
        return asked.language or self.desk.backend.synthesizer().language_of(asked.voice)


def both_html(word: str) -> str:
    """How a word is spoken in either accent of English."""
    parts = [f"{BY_CODE[code].name} <b>{html.escape(phonemize(word, code).phonemes)}</b>" for code in ENGLISH]
    return f'<p class="words-message" role="status">“{html.escape(word)}”: {" · ".join(parts)}</p>'


def message_html(message: str, wrong: bool = False) -> str:
    """What an event has to say."""
    shown = f'<span class="warnings">{html.escape(message)}</span>' if wrong else html.escape(message)
    return f'<p class="words-message" role="status">{shown}</p>'


def _timed(speech: Speech | None) -> Mapping[tuple[int, int], Word]:
    return {word.span: word for word in speech.words} if speech is not None else {}


def _cut(speech: Speech, word: Word) -> NDArray[np.float32]:
    first = max(0.0, (word.start or 0.0) - MARGIN) * speech.sample_rate
    return speech.audio[int(first) : int(((word.end or speech.duration) + MARGIN) * speech.sample_rate)]
