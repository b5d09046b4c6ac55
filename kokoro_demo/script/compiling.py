"""Compiles a script or an SSML document into segments; a plain text needs none."""

from __future__ import annotations

from kokoro_demo.script.aliases import without_aliases
from kokoro_demo.script.cast import parse_cast
from kokoro_demo.script.dialogue import dialogue, has_marks
from kokoro_demo.script.segments import Script, tidy
from kokoro_demo.script.ssml.compiling import RequestSettings, compile_ssml


def compile_script(
    text: str, cast: str = "", ssml: bool = False, settings: RequestSettings | None = None
) -> Script | None:
    """Return the compiled text; None if it is a plain text that one voice speaks from beginning to end.

    cast: lines of ``Name = voice`` or ``Name = voice, speed``.
    ssml: whether the text is SSML.
    settings: the voice, speed and language at the beginning, on which SSML depends.

    Raises:
        RequestError: if the cast, a mark or a tag is invalid, or there are too many segments or voices.
    """
    roles = without_aliases(parse_cast(cast))
    if ssml:
        return compile_ssml(text, roles, settings or RequestSettings("", 1.0, None))
    if not roles and not has_marks(text):
        return None
    segments = tidy(dialogue(text, roles))
    is_plain = len(segments) == 1 and segments[0].traced.text == text and not segments[0].voice
    return None if (is_plain and segments[0].speed == 1.0) or not segments else Script(segments)
