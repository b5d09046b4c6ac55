"""The events behind Coverage: find the words, hear one, keep a fix of one. Nothing is kept between them."""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.coverage import Coverage, UnknownWord
from kokoro_demo.g2p.fixes import lexicon_problems
from kokoro_demo.lexicons import with_entry
from kokoro_demo.pronouncing import script_coverage
from kokoro_demo.speech import MAX_CHARACTERS, SpeechRequest
from kokoro_demo.ui.clips import clip
from kokoro_demo.ui.errors import explain, shown
from kokoro_demo.ui.fields import RequestFields

if TYPE_CHECKING:
    from kokoro_demo.synthesis.synthesizer import Synthesizer
    from kokoro_demo.ui.backend import Backend

MOST_ROWS = 200
MAX_SAID = 400
HEADS = ("Word", "Met", "First", "Is said", "")


@dataclass(frozen=True, slots=True)
class CoverageEvents:
    """For every visitor of one page. Values below are those of `RequestFields`."""

    backend: Backend

    def show(self, *values: Any) -> tuple[Any, str]:
        """The table of the text as it is now, and a sentence."""
        try:
            found = self._found(RequestFields(*values))
            return table_html(found), status_html(found.summary)
        except Exception as error:
            return "", status_html(explain(error), wrong=True)

    def hear(self, event: gr.EventData, *values: Any) -> tuple[Any, str]:
        """The sound of one word as its pronunciation is typed, and a message."""
        key = f"coverage-{event.at}"
        try:
            synthesizer = self.backend.synthesizer()
            word, sounds = _typed(event)
            asked = _who_says(word, RequestFields(*values)._replace(edited_for=None).request(synthesizer))
            fix = _checked(word, sounds, _language(asked, synthesizer))
            return clip(key, synthesizer.speak(replace(asked, text=word, lexicon=fix)).audio), status_html("")
        except Exception as error:
            return clip(key, None), status_html(explain(error), wrong=True)

    def keep(self, event: gr.EventData, *values: Any) -> tuple[Any, Any, str]:
        """The table, the lexicon and a sentence, after a fix was put into My fixes."""
        fields = RequestFields(*values)
        try:
            synthesizer = self.backend.synthesizer()
            word, sounds = _typed(event)
            asked = fields._replace(edited_for=None).request(synthesizer)
            _checked(word, sounds, _language(_who_says(word, asked), synthesizer))
            lexicon = with_entry(fields.lexicon or "", word, sounds)
            if len(lexicon) > MAX_CHARACTERS:
                raise RequestError(f"My fixes would have more than {MAX_CHARACTERS:,} characters.")
            found = self._found(fields._replace(lexicon=lexicon))
            return table_html(found), lexicon, status_html(f"“{word}” is in My fixes, and in links. {found.summary}")
        except Exception as error:
            return gr.skip(), gr.skip(), status_html(explain(error), wrong=True)

    def _found(self, fields: RequestFields) -> Coverage:
        synthesizer = self.backend.synthesizer()
        asked = fields._replace(edited_for=None).request(synthesizer)
        return script_coverage(asked, lambda own: _language(own, synthesizer))


def found_words(text: str, language: str = "", lexicon: str = "", cast: Any = "", ssml: bool = False) -> dict[str, Any]:
    """The words of a text that no dictionary and no fix has; of a script or SSML each voice's words in its language.
    Returns how many spoken words it has, how many of them are unknown, and each unknown word with its guess, how often
    it is met, and where first."""
    try:
        asked = SpeechRequest(
            text=text, language=language or None, lexicon=lexicon or "", cast=cast or "", ssml=bool(ssml)
        )
        return script_coverage(asked).details()
    except Exception as error:
        raise shown(error) from None


def table_html(found: Coverage) -> str:
    """The first `MOST_ROWS` words; "" if there is none."""
    if not found.words:
        return ""
    rows = "".join(_row(at, word) for at, word in enumerate(found.words[:MOST_ROWS]))
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    more = len(found.words) - MOST_ROWS
    note = f'<p class="page-message">The first {MOST_ROWS} of {len(found.words):,} words.</p>' if more > 0 else ""
    return (
        f'{note}<div class="words-scroll"><table class="words coverage" aria-label="Unknown words">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(at: int, word: UnknownWord) -> str:
    plain, sounds = html.escape(word.word), html.escape(f"/{word.guess}/" if word.guess else "")
    place = f"line {word.line}, column {word.column}"
    return (
        f'<tr data-word="{plain}" data-at="{at}"><th scope="row">{plain}</th><td>{word.count:,}×</td>'
        f'<td><button type="button" data-do="place" data-start="{word.start}" data-end="{word.end}" '
        f'title="{html.escape(word.context)}">{place}</button></td>'
        f'<td><input value="{sounds}" data-own="{sounds}" aria-label="How {plain} is said" spellcheck="false"></td>'
        f'<td><button type="button" data-do="hear" data-sound="coverage-{at}" aria-label="Hear: {plain}">Hear</button>'
        f'<button type="button" data-do="keep" aria-label="Keep in My fixes: {plain}">Keep in My fixes</button>'
        "</td></tr>"
    )


def status_html(message: str, wrong: bool = False) -> str:
    """A sentence beside the button."""
    attributes = 'class="warnings words-message" role="alert"' if wrong else 'class="words-message" role="status"'
    return f"<p {attributes}>{html.escape(message)}</p>"


def _typed(event: Any) -> tuple[str, str]:
    """The word that a button belongs to, and what is typed beside it.

    Raises:
        RequestError: if it is too long, or no text.
    """
    word, sounds = event.word, event.said
    if not isinstance(word, str) or not isinstance(sounds, str) or not word.strip() or len(word) > MAX_SAID:
        raise RequestError("The text has changed. Find its unknown words again.")
    if not sounds.strip("/ "):
        raise RequestError("Type how it is said: /phonemes/, or as it sounds.")
    if len(sounds) > MAX_SAID:
        raise RequestError(f"A fix has at most {MAX_SAID} characters.")
    return word, sounds


def _who_says(word: str, asked: SpeechRequest) -> SpeechRequest:
    """The request for a word alone, by the voice of a script that says it first."""
    if asked.script is not None:
        for segment in asked.script.segments:
            if word.lower() in segment.traced.text.lower():
                return replace(asked.for_segment(segment), text=word)
    return replace(asked, text=word, cast="")


def _checked(word: str, sounds: str, language: str) -> str:
    """The line of a fix.

    Raises:
        RequestError: if it is no entry, or holds symbols that Kokoro cannot say.
    """
    line = with_entry("", word, sounds)
    problems = lexicon_problems(line, language)[1]
    if problems:
        raise RequestError(problems[0])
    return line


def _language(asked: SpeechRequest, synthesizer: Synthesizer) -> str:
    return asked.language or synthesizer.language_of(asked.voice)
