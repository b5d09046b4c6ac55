"""From what is written to segments: a plain text stays as it is, a script or an SSML document becomes several."""

from __future__ import annotations

from kokoro_demo.script.aliases import without_aliases
from kokoro_demo.script.cast import parse_cast
from kokoro_demo.script.dialogue import dialogue, has_marks
from kokoro_demo.script.segments import Script, tidy
from kokoro_demo.script.ssml.compiling import Asked, compile_ssml


def compile_script(text: str, cast: str = "", ssml: bool = False, asked: Asked | None = None) -> Script | None:
    """The segments of a text; None if it is a plain text, which one voice says from its beginning to its end.

    cast: lines of ``Name = voice`` or ``Name = voice, speed``.
    ssml: whether it is read as SSML.
    asked: the voice, speed and language that the script begins with, which SSML depends on.

    Raises:
        RequestError: if the cast, a mark or a tag cannot be read, or there are too many segments or voices.
    """
    roles = without_aliases(parse_cast(cast))
    if ssml:
        return compile_ssml(text, roles, asked or Asked("", 1.0, None))
    if not roles and not has_marks(text):
        return None
    segments = tidy(dialogue(text, roles))
    is_plain = len(segments) == 1 and segments[0].traced.text == text and not segments[0].voice
    return None if (is_plain and segments[0].speed == 1.0) or not segments else Script(segments)
