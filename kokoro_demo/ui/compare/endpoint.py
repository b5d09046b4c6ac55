"""The API endpoint /compare, which speaks one text in several ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.audio import to_int16
from kokoro_demo.errors import RequestError
from kokoro_demo.ui.compare.columns import MAX_COLUMNS, Column, requests_of
from kokoro_demo.ui.errors import shown
from kokoro_demo.ui.fields import request_from
from kokoro_demo.ui.hidden import hidden

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

NAMES = ("voice", "language", "phonemes")


def add_compare_endpoint(backend: Backend, speech_slot: str) -> None:
    """Add the endpoint to the Blocks that is being built.

    speech_slot: the concurrency group of the events that run the model.
    """
    with hidden(for_programs=True):
        text = gr.Textbox(label="Text, the same in every column: 1 to 1,000 characters")
        columns = gr.JSON(label=f'Columns: a list of up to {MAX_COLUMNS} objects of "speed" and {", ".join(NAMES)}')
        seed = gr.Number(0, label="Seed of the noise, the same in every column")
        lexicon = gr.Textbox("", label="Lexicon: lines of word = /phonemes/ or word = respelling")
        sounds = [gr.Audio(label=f"Audio of column {at + 1}: WAV, or null", format="wav") for at in range(MAX_COLUMNS)]
        details = gr.JSON(label="Details of every column, like those of /generate")
        gr.Button().click(
            CompareEndpoint(backend).compare,
            [text, columns, seed, lexicon],
            [*sounds, details],
            api_name="compare",
            concurrency_id=speech_slot,
            concurrency_limit=1,
        )


@dataclass(frozen=True, slots=True)
class CompareEndpoint:
    """The function behind the endpoint."""

    backend: Backend

    def compare(self, text: str, columns: list[dict[str, Any]], seed: float = 0, lexicon: str = "") -> list[Any]:
        """Speak one text in up to four ways, which differ in voice or blend, speed, language, or phonemes; what a
        column does not set has its default. Returns a WAV file for each column, null for unused ones, and a list with
        the details of each. All columns are validated before the first is made."""
        try:
            synthesizer = self.backend.synthesizer()
            values = {"text": text, "seed": seed, "lexicon": lexicon}
            defaults = request_from(values, synthesizer.checkpoint.voices.default)
            requests = requests_of(defaults, parse_columns(columns))
            for request in requests:
                synthesizer.checkpoint.voices.info(request.voice)
            speeches = [synthesizer.speak(request) for request in requests]
        except Exception as error:
            raise shown(error) from None
        audio = [(speech.sample_rate, to_int16(speech.audio)) for speech in speeches]
        return [*audio, *[None] * (MAX_COLUMNS - len(audio)), [speech.details() for speech in speeches]]


def parse_columns(columns: Any) -> Sequence[Column]:
    """Validate the columns of an API request.

    Raises:
        RequestError: if something is invalid; it names the column and the field.
    """
    if not isinstance(columns, list) or not 1 <= len(columns) <= MAX_COLUMNS:
        raise RequestError(f'Columns must be a list of 1 to {MAX_COLUMNS} objects, like [{{"voice": "af_heart"}}].')
    return [_column(number, fields) for number, fields in enumerate(columns, 1)]


def _column(number: int, fields: Any) -> Column:
    if not isinstance(fields, dict):
        raise RequestError(f'Column {number} must be an object, like {{"voice": "af_heart", "speed": 1.2}}.')
    unknown = sorted(set(fields) - {*NAMES, "speed"})
    if unknown:
        raise RequestError(f"Column {number} has an unknown field {unknown[0][:40]!r}: use speed, {', '.join(NAMES)}.")
    values = {name: fields.get(name) or "" for name in NAMES}
    invalid = [name for name, value in values.items() if not isinstance(value, str)]
    if invalid:
        raise RequestError(f"Column {number}: {invalid[0]} must be a string.")
    return Column(**values, second="", share=0.0, speed=fields.get("speed", 1.0))
