"""The page's API for gradio_client or plain HTTP: to speak, to pronounce, and to make and open share links.

The API page shows the docstrings of the endpoints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

import kokoro_demo
from kokoro_demo.audio import to_int16
from kokoro_demo.g2p.plain_ipa import to_ipa
from kokoro_demo.languages import DEFAULT_LANGUAGE, LANGUAGES
from kokoro_demo.pronouncing import pronounce_without_model
from kokoro_demo.script.aliases import aliases_of, voice_fields
from kokoro_demo.share import open_link, share_link
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.errors import shown
from kokoro_demo.ui.fields import ARGUMENTS, argument_components, request_from, takes_arguments
from kokoro_demo.ui.hidden import hidden
from kokoro_demo.voices.search import find_voices

if TYPE_CHECKING:
    import numpy as np

    from kokoro_demo.g2p.pronunciation import Word
    from kokoro_demo.ui.backend import Backend


def add_endpoints(backend: Backend, speech_slot: str) -> None:
    """Add the endpoints to the Blocks that is being built; nothing of them is visible on the page.

    speech_slot: the concurrency group of the events that run the model.
    """
    endpoints = Endpoints(backend)
    with hidden(for_programs=True):
        request = argument_components()
        text, lexicon, cast, ssml = argument_components("text", "lexicon", "cast", "ssml")
        accent = gr.Textbox(DEFAULT_LANGUAGE, label=f"Language: one of {', '.join(LANGUAGES)}")
        audio = gr.Audio(label="Audio: WAV, 24 kHz, 16 bits, mono", format="wav")
        details = gr.JSON(label="Details: checkpoint, duration, phonemes, spoken, words, sounds, captions, warnings")
        spoken = gr.JSON(label="Spoken text: spoken, changes (start, end, written, spoken, rule), warnings")
        pronunciation = gr.JSON(label="Pronunciation: phonemes, count, spoken, ipa, words, warnings")
        words = gr.Textbox("", label='Words that the voices must match, such as "british man"')
        voices = gr.JSON(label="Voices, best first: name, language, gender, trait, grade, default")
        page = gr.Textbox(label="Page: the address of the page that the link opens")
        link = gr.Textbox(label="Link")
        opened = gr.JSON(label="Request: text, voice, speed, seed, language, lexicon, phonemes; and notes")
        gr.Button().click(
            takes_arguments(endpoints.generate, list(ARGUMENTS)),
            request,
            [audio, details],
            api_name="generate",
            concurrency_id=speech_slot,
            concurrency_limit=1,
        )
        gr.Button().click(
            endpoints.phonemize,
            [text, accent, lexicon, cast, ssml],
            pronunciation,
            api_name="phonemize",
            concurrency_limit=2,
        )
        gr.Button().click(endpoints.normalise, [text, accent], spoken, api_name="normalise", concurrency_limit=2)
        gr.Button().click(endpoints.voices, None, voices, api_name="voices", concurrency_limit=2)
        gr.Button().click(endpoints.find_voices, words, voices, api_name="find_voices", concurrency_limit=2)
        gr.Button().click(
            takes_arguments(endpoints.share_link, list(ARGUMENTS), "page"),
            [page, *request],
            link,
            api_name="share_link",
            concurrency_limit=2,
        )
        gr.Button().click(endpoints.open_link, link, opened, api_name="open_link", concurrency_limit=2)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The functions behind the endpoints. Errors are messages to the caller; only unexpected ones are logged."""

    backend: Backend

    def generate(self, values: Mapping[str, Any]) -> tuple[tuple[int, np.ndarray], dict[str, Any]]:
        """Speak a text. Returns a 24 kHz WAV file and an object with the phonemes, the spoken text, the phonemes and
        times of every word, the times of every sound, and captions. Times are in seconds."""
        try:
            synthesizer = self.backend.synthesizer()
            speech = synthesizer.speak(request_from(values, synthesizer.checkpoint.voices.default))
        except Exception as error:
            raise shown(error) from None
        return (speech.sample_rate, to_int16(speech.audio)), speech.details()

    def phonemize(
        self, text: str, language: str = DEFAULT_LANGUAGE, lexicon: str = "", cast: Any = "", ssml: bool = False
    ) -> dict[str, Any]:
        """Pronounce a text without speaking it. If the language is "", each voice of a script reads its lines in its
        own language. Returns the phonemes in Kokoro's alphabet and in plain IPA, their count, the spoken text, every
        word with its phonemes and their source, and warnings about anything left out."""
        try:
            request = SpeechRequest(
                text=text, language=language or None, lexicon=lexicon or "", cast=cast or "", ssml=bool(ssml)
            )
            pronunciation = pronounce_without_model(request)
        except Exception as error:
            raise shown(error) from None
        return {
            "phonemes": pronunciation.phonemes,
            "count": len(pronunciation.phonemes),
            "spoken": pronunciation.spoken,
            "ipa": to_ipa(pronunciation.phonemes, pronunciation.language),
            "words": [word_fields(word, pronunciation.language) for word in pronunciation.words],
            "warnings": list(pronunciation.warnings),
        }

    def normalise(self, text: str, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
        """Normalise a text: write out numbers, abbreviations, and the like. Returns the spoken text and, for every
        part that changed, its position in the text, the spoken words, and the name of the rule."""
        try:
            request = SpeechRequest(text=text, language=language)
            result = kokoro_demo.normalise(request.text, language)
        except Exception as error:
            raise shown(error) from None
        return {
            "spoken": result.spoken,
            "changes": [asdict(change) for change in result.changes],
            "warnings": list(result.warnings),
        }

    def voices(self) -> list[dict[str, Any]]:
        """List the voices of the loaded checkpoint, best first, and then this server's aliases."""
        return self.find_voices("")

    def find_voices(self, words: str = "") -> list[dict[str, Any]]:
        """Find the voices that match every word, best first. A word may be an accent, a gender, a grade, a trait, or a
        name, as in "british man" or "american female grade a"."""
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except Exception as error:
            raise shown(error) from None
        matches = find_voices(words or "", voices.names())
        aliases = [
            alias
            for alias in aliases_of(voices)
            if alias.voice in matches or all(word in alias.name.lower() for word in (words or "").lower().split())
        ]
        return [
            *({**voice_fields(name, None, voices), "default": name == voices.default} for name in matches),
            *({**voice_fields(alias.name, alias, voices), "default": False} for alias in aliases),
        ]

    def share_link(self, page: str, values: Mapping[str, Any]) -> str:
        """Make a link that opens the page with this request filled in. The link holds the whole request; the server
        stores nothing."""
        try:
            return share_link(request_from(values, self.backend.synthesizer().checkpoint.voices.default), page or "")
        except Exception as error:
            raise shown(error) from None

    def open_link(self, link: str) -> dict[str, Any]:
        """Read a share link. Returns the arguments of /generate, and notes: a sentence for every invalid value, which
        was replaced by its default."""
        try:
            opened = open_link(link or "")
        except Exception as error:
            raise shown(error) from None
        values = {name: getattr(opened.request, name) for name in ARGUMENTS}
        return {name: "" if value is None else value for name, value in values.items()} | {"notes": list(opened.notes)}


def word_fields(word: Word, language: str) -> dict[str, Any]:
    """A word as a JSON object."""
    return {
        "text": word.text,
        "spoken": word.spoken,
        "phonemes": word.phonemes,
        "ipa": to_ipa(word.phonemes, language),
        "source": word.source,
        "rule": word.rule,
    }
