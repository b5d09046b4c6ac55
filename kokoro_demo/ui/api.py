"""The page's functions for programs: /generate, /phonemize and /voices, by gradio_client or plain HTTP.

The docstrings of the endpoints are what the API page shows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

import kokoro_demo
from kokoro_demo import timeline
from kokoro_demo.audio import to_int16
from kokoro_demo.errors import RequestError
from kokoro_demo.speech import LANGUAGES, SpeechRequest
from kokoro_demo.ui.errors import shown

if TYPE_CHECKING:
    import numpy as np

    from kokoro_demo.g2p.pronunciation import Word
    from kokoro_demo.ui.backend import Backend


def add_endpoints(backend: Backend, speech_slot: str) -> None:
    """Add the endpoints to the Blocks that is being built; none of them shows on the page.

    speech_slot: the concurrency group of everything that runs the model.
    """
    endpoints = Endpoints(backend)
    with gr.Row(visible=False):
        text = gr.Textbox(label="Text: 1 to 20,000 characters")
        voice = gr.Textbox(
            "", label='Voice: a name from /voices, or a blend like "af_bella(2)+bf_emma"; "" is the best one'
        )
        speed = gr.Number(1.0, label="Speed: 0.5 to 2")
        seed = gr.Number(0, label="Seed of the noise, 0 to 4294967295: the same request gives the same sound")
        language = gr.Textbox("", label=f'Language: one of {", ".join(LANGUAGES)}; "" is the voice\'s own')
        lexicon = gr.Textbox("", label="Lexicon: your fixes, lines of word = /phonemes/ or word = respelling")
        phonemes = gr.Textbox("", label='Phonemes to speak in place of the text\'s own reading; "" is none')
        accent = gr.Textbox("en-us", label=f"Language: one of {', '.join(LANGUAGES)}")
        audio = gr.Audio(label="Audio: WAV, 24 kHz, 16 bits, mono", format="wav")
        details = gr.JSON(label="Details: checkpoint, duration, phonemes, spoken, words, sounds, captions, warnings")
        reading = gr.JSON(label="Reading: phonemes, count, spoken, words, warnings")
        voices = gr.JSON(label="Voices, best first: name, language, gender, trait, grade, default")
        gr.Button().click(
            endpoints.generate,
            [text, voice, speed, seed, language, lexicon, phonemes],
            [audio, details],
            api_name="generate",
            concurrency_id=speech_slot,
            concurrency_limit=1,
        )
        gr.Button().click(
            endpoints.phonemize, [text, accent, lexicon], reading, api_name="phonemize", concurrency_limit=2
        )
        gr.Button().click(endpoints.voices, None, voices, api_name="voices", concurrency_limit=2)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The functions behind the endpoints. Every error is a message to the caller and not a log entry."""

    backend: Backend

    def generate(
        self,
        text: str,
        voice: str = "",
        speed: float = 1.0,
        seed: float = 0,
        language: str = "",
        lexicon: str = "",
        phonemes: str = "",
    ) -> tuple[tuple[int, np.ndarray], dict[str, Any]]:
        """Speak a text. Returns a 24 kHz WAV file, and an object with the phonemes, the spoken text, for every word its
        phonemes and when it is heard, for every sound when it is heard, and captions; times in seconds."""
        try:
            synthesizer = self.backend.synthesizer()
            request = SpeechRequest(
                text=text,
                voice=voice or synthesizer.checkpoint.voices.default,
                speed=speed,
                seed=whole_number(seed),
                language=language or None,
                lexicon=lexicon,
                phonemes=phonemes or None,
            )
            speech = synthesizer.speak(request)
        except Exception as error:
            raise shown(error) from None
        return (speech.sample_rate, to_int16(speech.audio)), timeline.fields(speech)

    def phonemize(self, text: str, language: str = "en-us", lexicon: str = "") -> dict[str, Any]:
        """Read a text without speaking it. Returns its phonemes in Kokoro's alphabet and their count, the spoken
        text, every word with its phonemes and where they came from, and warnings about what was left out."""
        try:
            request = SpeechRequest(text=text, language=language, lexicon=lexicon)
            pronunciation = kokoro_demo.phonemize(request.text, language, request.lexicon)
        except Exception as error:
            raise shown(error) from None
        return {
            "phonemes": pronunciation.phonemes,
            "count": len(pronunciation.phonemes),
            "spoken": pronunciation.spoken,
            "words": [word_fields(word) for word in pronunciation.words],
            "warnings": list(pronunciation.warnings),
        }

    def voices(self) -> list[dict[str, Any]]:
        """The voices of the checkpoint that is loaded now, best first."""
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except Exception as error:
            raise shown(error) from None
        return [
            {
                "name": name,
                "language": voices.info(name).language,
                "gender": voices.info(name).gender,
                "trait": voices.info(name).trait,
                "grade": voices.info(name).grade,
                "default": name == voices.default,
            }
            for name in voices.names()
        ]


def word_fields(word: Word) -> dict[str, Any]:
    """A word as a program reads it."""
    return {"text": word.text, "spoken": word.spoken, "phonemes": word.phonemes, "source": word.source}


def whole_number(value: Any) -> int:
    """JSON has one kind of number: 7.0 is 7, and 7.5 or a text is refused.

    Raises:
        RequestError: where it is no whole number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value % 1:
        raise RequestError("The seed must be a whole number.")
    return int(value)
