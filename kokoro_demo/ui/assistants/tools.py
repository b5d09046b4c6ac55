"""The tools: speak, phonemize, check pronunciations, find voices, and make a share link.

Models read the docstrings of their functions (up to "Returns:") and the schemas of their arguments.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.components.api_component import Api

from kokoro_demo.checklist import check_row, read_list
from kokoro_demo.checklist.check import ANY_TEXT, summary, with_lexicon_notes
from kokoro_demo.checklist.results import row_fields
from kokoro_demo.errors import RequestError
from kokoro_demo.languages import DEFAULT_LANGUAGE, LANGUAGES
from kokoro_demo.share import share_link
from kokoro_demo.speech import MAX_CHARACTERS, MAX_SPEED, MIN_SPEED
from kokoro_demo.ui.api import Endpoints
from kokoro_demo.ui.errors import shown
from kokoro_demo.ui.fields import request_from
from kokoro_demo.ui.hidden import hidden

if TYPE_CHECKING:
    import numpy as np

    from kokoro_demo.ui.backend import Backend

# Tools are Gradio endpoints too; the prefix keeps their names apart from those of the API.
PREFIX = "tool_"
# A default that Gradio replaces by the real request.
NO_REQUEST = gr.Request(headers={})
TEXT = (
    f"The text to speak, 1 to {MAX_CHARACTERS:,} characters. In it, [Nguyen](win) pronounces a word like another, "
    "[Kokoro](/kˈOkəɹO/) uses these phonemes, and [pause:0.5s] is silence."
)
VOICE = (
    'A voice from find_voices, such as "af_heart", or a blend such as "af_bella(2)+bf_emma". Defaults to the best '
    "voice."
)
LEXICON = 'Pronunciations: lines of "word = respelling" or "word = /phonemes/".'
# The JSON schema and the default of every argument; those whose default is None are required.
ARGUMENTS: dict[str, tuple[dict[str, Any], Any]] = {
    "text": ({"type": "string", "description": TEXT}, None),
    "voice": ({"type": "string", "description": VOICE}, ""),
    "speed": (
        {"type": "number", "minimum": MIN_SPEED, "maximum": MAX_SPEED, "description": "1 is the normal speed."},
        1.0,
    ),
    "language": (
        {
            "type": "string",
            "enum": ["", *LANGUAGES],
            "description": "Defaults to the voice's own or, if there is no voice, to en-us.",
        },
        "",
    ),
    "lexicon": ({"type": "string", "description": LEXICON}, ""),
    "texts": (
        {"type": "array", "items": {"type": "string"}, "description": "Names, words, or sentences, at most 500."},
        None,
    ),
    "expected": (
        {
            "type": "array",
            "items": {"type": "string"},
            "description": "The phonemes expected for each text, in the same order, in IPA; empty for no expectation.",
        },
        [],
    ),
    "description": (
        {
            "type": "string",
            "description": 'Words that a voice must all match, such as "british man". Defaults to all voices.',
        },
        "",
    ),
}


def add_tools(backend: Backend, speech_slot: str) -> None:
    """Add the tools to the Blocks that is being built; nothing of them is visible on the page.

    speech_slot: the concurrency group of the events that run the model.
    """
    tools = Tools(backend)
    with hidden(for_programs=True):
        result = gr.Textbox()
        audio = gr.Audio(format="wav")

        def add(tool: Callable[..., Any], names: Sequence[str], outputs: Sequence[Any], **options: Any) -> None:
            gr.Button().click(
                tool,
                [Api(default, schema) for schema, default in map(ARGUMENTS.__getitem__, names)],
                [*outputs],
                api_name=f"{PREFIX}{tool.__name__}",
                api_visibility="undocumented",
                **options,
            )

        speech = ("text", "voice", "speed", "language", "lexicon")
        add(tools.speak, speech, [audio, result], concurrency_id=speech_slot, concurrency_limit=1)
        add(tools.phonemize, ("text", "language", "lexicon"), [result], concurrency_limit=2)
        add(tools.check_pronunciations, ("texts", "expected", "language", "lexicon"), [result], concurrency_limit=2)
        add(tools.find_voices, ("description",), [result], concurrency_limit=2)
        add(tools.share_link, speech, [result], concurrency_limit=2)


@dataclass(frozen=True, slots=True)
class Tools:
    """The functions behind the tools. Errors are messages to the model; only unexpected ones are logged."""

    backend: Backend

    def speak(
        self, text: str, voice: str = "", speed: float = 1.0, language: str = "", lexicon: str = ""
    ) -> tuple[tuple[int, np.ndarray], str]:
        """Speak a text aloud with Kokoro text to speech. Returns a link to a WAV file, which is kept for 15 minutes;
        the phonemes; the length in seconds; and warnings about anything left out. Give the link to the person who wants
        to listen. If names in the text must be right, call phonemize or check_pronunciations first."""
        values = {"text": text, "voice": voice, "speed": speed, "language": language, "lexicon": lexicon}
        audio, details = Endpoints(self.backend).generate(values)
        return audio, as_json({name: details[name] for name in ("phonemes", "spoken", "duration", "warnings")})

    def phonemize(self, text: str, language: str = "", lexicon: str = "") -> str:
        """Show how a text would be pronounced, without speaking it: the spoken words (with numbers, dates, and
        abbreviations written out); the phonemes of the whole text and of each word, in Kokoro's alphabet and in plain
        IPA; and the "source" of each word's phonemes: "dictionary", "rule", "spelled", "espeak" (a guess, which may be
        wrong), or "fix" (a line of lexicon)."""
        return as_json(Endpoints(self.backend).phonemize(text, language or DEFAULT_LANGUAGE, lexicon))

    def check_pronunciations(
        self, texts: list[str], expected: Sequence[str] = (), language: str = "", lexicon: str = ""
    ) -> str:
        """Check how names, words, or sentences are pronounced, and which of them a person should listen to. Returns a
        summary, and for each text its phonemes, its words that are in no dictionary ("guessed"), and its result:
        "matches" or "differs" if phonemes were expected, "read" if not, "error" if it cannot be read. Correct a wrong
        one with a line in lexicon, and check again."""
        try:
            checklist = read_list(as_table(texts, expected))
            synthesizer = self.backend.synthesizer()
            values = {"text": ANY_TEXT.text, "language": language or DEFAULT_LANGUAGE, "lexicon": lexicon}
            defaults = request_from(values, synthesizer.checkpoint.voices.default)
            checklist = with_lexicon_notes(checklist, defaults.lexicon)
            rows = [check_row(row, synthesizer.pronounce, defaults) for row in checklist.rows]
        except Exception as error:
            raise shown(error) from None
        names = ("text", "result", "phonemes", "source", "guessed", "expected", "difference", "error", "warnings")
        fields = [{name: row_fields(row, ())[name] for name in names} for row in rows]
        cells = [{name: value for name, value in row.items() if value or name == "phonemes"} for row in fields]
        return as_json({"summary": summary(rows), "notes": list(checklist.notes), "rows": cells})

    def find_voices(self, description: str = "") -> str:
        """Find voices, best first, each with its name, language, gender, trait, and grade (A is best). A voice speaks
        its own language."""
        return as_json(Endpoints(self.backend).find_voices(description))

    def share_link(
        self,
        text: str,
        voice: str = "",
        speed: float = 1.0,
        language: str = "",
        lexicon: str = "",
        request: gr.Request = NO_REQUEST,
    ) -> str:
        """Make a link to a page on which a person can read, play, and change the text with this voice. The link holds
        the text itself, never expires while the server runs, and is made instantly. Prefer it to speak if the person
        will listen later or more than once."""
        values = {"text": text, "voice": voice, "speed": speed, "language": language, "lexicon": lexicon}
        try:
            shared = request_from(values, self.backend.synthesizer().checkpoint.voices.default)
            return share_link(shared, page_address(dict(request.headers)))
        except Exception as error:
            raise shown(error) from None


def as_table(texts: Sequence[str], expected: Sequence[str]) -> str:
    """Write the texts and their expected phonemes as a table that `read_list` can read.

    Raises:
        RequestError: if `expected` is longer than `texts`.
    """
    if len(expected) > len(texts):
        raise RequestError(f"expected has {len(expected)} entries, and texts has only {len(texts)}: give one for each.")
    rows = zip(texts, [*expected, *[""] * (len(texts) - len(expected))], strict=True)
    quoted = ["\t".join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in rows]
    return "\n".join(["text\texpected", *quoted])


def page_address(headers: Mapping[str, str]) -> str:
    """The page's address, as seen by a client that sent these headers; on a Space, that of the Space's own page."""
    space, root = os.environ.get("SPACE_ID", ""), os.environ.get("GRADIO_ROOT_PATH", "")
    if space:
        return f"https://huggingface.co/spaces/{space}"
    if root.startswith(("http://", "https://")):
        return f"{root.rstrip('/')}/"
    host, scheme = headers.get("x-forwarded-host") or headers.get("host", ""), headers.get("x-forwarded-proto", "http")
    return f"{scheme.partition(',')[0].strip()}://{host.partition(',')[0].strip()}/{root.strip('/')}"


def as_json(value: Mapping[str, Any] | list[dict[str, Any]]) -> str:
    """Compact JSON, because a model pays for every character."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
