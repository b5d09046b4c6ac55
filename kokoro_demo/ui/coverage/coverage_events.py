"""The event handlers of Coverage: find the words, play one, and save a fix for one. They keep no state."""

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

MAX_ROWS = 200
MAX_PRONUNCIATION = 400
HEADS = ("Word", "Count", "First", "Pronunciation", "")


@dataclass(frozen=True, slots=True)
class CoverageEvents:
    """The event handlers for all visitors of one page. `values` are always those of `RequestFields`."""

    backend: Backend

    def show(self, *values: Any) -> tuple[Any, str]:
        """Return the table of the current text, and a message."""
        try:
            coverage = self._found(RequestFields(*values))
            return table_html(coverage), status_html(coverage.summary)
        except Exception as error:
            return "", status_html(explain(error), wrong=True)

    def hear(self, event: gr.EventData, *values: Any) -> tuple[Any, str]:
        """Return the audio of one word with the pronunciation that was typed, and a message."""
        key = f"coverage-{event.at}"
        try:
            synthesizer = self.backend.synthesizer()
            word, pronunciation = _typed(event)
            request = _word_request(word, RequestFields(*values)._replace(edited_for=None).request(synthesizer))
            fix = _checked(word, pronunciation, _language(request, synthesizer))
            return clip(key, synthesizer.speak(replace(request, text=word, lexicon=fix)).audio), status_html("")
        except Exception as error:
            return clip(key, None), status_html(explain(error), wrong=True)

    def keep(self, event: gr.EventData, *values: Any) -> tuple[Any, Any, str]:
        """Save a fix in My fixes. Returns the table, the lexicon, and a message."""
        fields = RequestFields(*values)
        try:
            synthesizer = self.backend.synthesizer()
            word, pronunciation = _typed(event)
            request = fields._replace(edited_for=None).request(synthesizer)
            _checked(word, pronunciation, _language(_word_request(word, request), synthesizer))
            lexicon = with_entry(fields.lexicon or "", word, pronunciation)
            if len(lexicon) > MAX_CHARACTERS:
                raise RequestError(f"My fixes would have more than {MAX_CHARACTERS:,} characters.")
            coverage = self._found(fields._replace(lexicon=lexicon))
            return (
                table_html(coverage),
                lexicon,
                status_html(f"“{word}” is in My fixes, and in links. {coverage.summary}"),
            )
        except Exception as error:
            return gr.skip(), gr.skip(), status_html(explain(error), wrong=True)

    def _found(self, fields: RequestFields) -> Coverage:
        synthesizer = self.backend.synthesizer()
        request = fields._replace(edited_for=None).request(synthesizer)
        return script_coverage(request, lambda part: _language(part, synthesizer))


def found_words(text: str, language: str = "", lexicon: str = "", cast: Any = "", ssml: bool = False) -> dict[str, Any]:
    """Find the words of a text that are in no dictionary and have no fix. In scripts and SSML, each voice's words are
    looked up in its own language. Returns the number of spoken words, the number of unknown ones, and each unknown word
    with its guessed phonemes, its count, and its first position."""
    try:
        request = SpeechRequest(
            text=text, language=language or None, lexicon=lexicon or "", cast=cast or "", ssml=bool(ssml)
        )
        return script_coverage(request).details()
    except Exception as error:
        raise shown(error) from None


def table_html(coverage: Coverage) -> str:
    """A table of the first `MAX_ROWS` words; "" if there are none."""
    if not coverage.words:
        return ""
    rows = "".join(_row(at, word) for at, word in enumerate(coverage.words[:MAX_ROWS]))
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    more = len(coverage.words) - MAX_ROWS
    note = f'<p class="page-message">The first {MAX_ROWS} of {len(coverage.words):,} words.</p>' if more > 0 else ""
    return (
        f'{note}<div class="words-scroll"><table class="words coverage" aria-label="Unknown words">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(at: int, word: UnknownWord) -> str:
    plain, guess = html.escape(word.word), html.escape(f"/{word.guess}/" if word.guess else "")
    place = f"line {word.line}, column {word.column}"
    return (
        f'<tr data-word="{plain}" data-at="{at}"><th scope="row">{plain}</th><td>{word.count:,}×</td>'
        f'<td><button type="button" data-do="place" data-start="{word.start}" data-end="{word.end}" '
        f'title="{html.escape(word.context)}">{place}</button></td>'
        f'<td><input value="{guess}" data-own="{guess}" aria-label="Pronunciation of {plain}" spellcheck="false"></td>'
        f'<td><button type="button" data-do="hear" data-sound="coverage-{at}" aria-label="Hear: {plain}">Hear</button>'
        f'<button type="button" data-do="keep" aria-label="Save in My fixes: {plain}">Save in My fixes</button>'
        "</td></tr>"
    )


def status_html(message: str, wrong: bool = False) -> str:
    """A message beside the button."""
    attributes = 'class="warnings words-message" role="alert"' if wrong else 'class="words-message" role="status"'
    return f"<p {attributes}>{html.escape(message)}</p>"


def _typed(event: Any) -> tuple[str, str]:
    """Return the word of the row whose button was pressed, and the pronunciation that was typed for it.

    Raises:
        RequestError: if one of them is missing or too long.
    """
    word, pronunciation = event.word, event.pronunciation
    is_text = isinstance(word, str) and isinstance(pronunciation, str)
    if not is_text or not word.strip() or len(word) > MAX_PRONUNCIATION:
        raise RequestError("The text has changed. Find its unknown words again.")
    if not pronunciation.strip("/ "):
        raise RequestError("Type its pronunciation: /phonemes/, or how it sounds.")
    if len(pronunciation) > MAX_PRONUNCIATION:
        raise RequestError(f"A fix has at most {MAX_PRONUNCIATION} characters.")
    return word, pronunciation


def _word_request(word: str, request: SpeechRequest) -> SpeechRequest:
    """Return the request for a word alone, in the voice that first speaks it if the text is a script."""
    if request.script is not None:
        for segment in request.script.segments:
            if word.lower() in segment.traced.text.lower():
                return replace(request.for_segment(segment), text=word)
    return replace(request, text=word, cast="")


def _checked(word: str, pronunciation: str, language: str) -> str:
    """Return the lexicon's line for a fix.

    Raises:
        RequestError: if it is not a valid entry, or has symbols that Kokoro does not know.
    """
    line = with_entry("", word, pronunciation)
    problems = lexicon_problems(line, language)[1]
    if problems:
        raise RequestError(problems[0])
    return line


def _language(request: SpeechRequest, synthesizer: Synthesizer) -> str:
    return request.language or synthesizer.language_of(request.voice)
