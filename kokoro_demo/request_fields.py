"""The fields of a request, each described once. The command line, batches, share links, the HTTP API, and the page's
endpoints are derived from this table; `SpeechRequest` validates the values."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from kokoro_demo.budget import MAX_CHARACTERS
from kokoro_demo.languages import LANGUAGES
from kokoro_demo.speech import MAX_PAUSE_SCALE, MAX_SEED, MAX_SPEED, MIN_SPEED, SpeechRequest


@dataclass(frozen=True, slots=True)
class Field:
    """What documentation and forms need to know of a field. It has the same name everywhere.

    kind: str, float, int, or bool.
    title: its label on the page.
    help: what it does, as the end of a sentence.
    bounds: the smallest and the largest number.
    blank: what an empty string means, if anything.
    option: whether the command line has an option of this name.
    column: whether a batch's table may have a column of this name.
    in_link: how the page reports that a link has set the field, if its control is not always visible; `{}` is the
        value.
    """

    kind: type
    title: str
    help: str
    bounds: tuple[float, float] = (0, 0)
    blank: str = ""
    option: bool = True
    column: bool = True
    in_link: str = ""

    @property
    def form(self) -> str:
        """What kind of number it must be, as a noun phrase."""
        low, high = self.bounds
        return "a whole number" if self.kind is int else f"a number from {low:g} to {high:g}"


FIELDS = {
    "text": Field(str, "Text", f"1 to {MAX_CHARACTERS:,} characters", option=False),
    "voice": Field(str, "Voice", 'the name of a voice, or a blend such as "af_bella(2)+bf_emma"', blank="the best one"),
    "speed": Field(float, "Speed", f"{MIN_SPEED:g} to {MAX_SPEED:g}", (MIN_SPEED, MAX_SPEED)),
    "seed": Field(
        int, "Seed", f"0 to {MAX_SEED}; the same request gives the same audio", (0, MAX_SEED), in_link="seed {}"
    ),
    "language": Field(str, "Language", f"one of {', '.join(LANGUAGES)}", blank="the voice's own", in_link="accent {}"),
    "lexicon": Field(str, "My fixes", "lines of word = /phonemes/ or word = respelling", column=False, in_link="fixes"),
    "phonemes": Field(
        str,
        "Phonemes",
        "spoken instead of those of the text",
        blank="none",
        option=False,
        in_link="phonemes, spoken as long as the text is not changed",
    ),
    "pause_scale": Field(
        float,
        "Pauses",
        f"between phrases, 0 to {MAX_PAUSE_SCALE:g}: 2 makes them twice as long",
        (0, MAX_PAUSE_SCALE),
        in_link="pauses {:g} times as long",
    ),
    "even_loudness": Field(bool, "Even loudness", "all voices equally loud", in_link="even loudness"),
    "untouched": Field(
        bool,
        "Untouched",
        "each phrase exactly as the model generates it, with its silence before and after",
        in_link="untouched sound",
    ),
    "cast": Field(
        str,
        "Cast of a script",
        "lines of Name = voice, or Name = voice, 1.2 with a speed",
        column=False,
        in_link="a cast",
    ),
    "ssml": Field(bool, "SSML", "parse the text as SSML; one that begins with <speak always is", column=False),
}
# The default of each field. A request must have a text; "" means that there is none.
DEFAULTS: dict[str, Any] = {field.name: field.default for field in dataclasses.fields(SpeechRequest)} | {"text": ""}


def names_of(*kinds: type) -> tuple[str, ...]:
    """Return the names of the fields of the given kinds."""
    return tuple(name for name, field in FIELDS.items() if field.kind in kinds)
