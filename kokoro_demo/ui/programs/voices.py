"""Maps OpenAI's voices to Kokoro's, and reads the notations for blends that clients of other servers use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kokoro_demo.script.aliases import alias_of

if TYPE_CHECKING:
    from kokoro_demo.voices.catalogue import Voices


OPENAI_VOICES = {
    "alloy": "af_alloy",
    "ash": "am_michael",
    "ballad": "bm_george",
    "cedar": "am_fenrir",
    "coral": "af_bella",
    "echo": "am_echo",
    "fable": "bm_fable",
    "marin": "af_heart",
    "nova": "af_nova",
    "onyx": "am_onyx",
    "sage": "af_sarah",
    "shimmer": "bf_emma",
    "verse": "am_puck",
}
_WEIGHT = r"(?:\d{1,9}(?:\.\d{1,20})?|\.\d{1,20})"
# One voice of a blend, with its weight in any of these notations: a(2), a:0.5, a*0.5, 0.5*a, a.5
_PART = re.compile(
    rf"(?:(?P<before>{_WEIGHT})\s*[*x]\s*)?(?P<name>[^\W\d][\w-]*?)"
    rf"(?:\s*[:*@=]\s*(?P<after>{_WEIGHT})\s*%?|\s*\(\s*(?P<within>{_WEIGHT})\s*\)|(?P<point>\.\d{{1,20}}))?",
    re.ASCII,
)


def voice_for(name: str, voices: Voices) -> str:
    """Return Kokoro's voice for one of OpenAI's, for a name in any case, or for a blend in any known notation.

    This server's aliases take precedence over OpenAI's names, and are returned unchanged. So are unknown names, which
    the catalogue will refuse.
    """
    name = name.strip()
    if alias_of(name) is not None or name in voices.names():
        return name
    parts = [_PART.fullmatch(part.strip()) for part in re.split(r"[+,;&]", name)]
    if len(parts) == 1 and parts[0] and not any(parts[0][kind] for kind in ("before", "after", "within", "point")):
        return _one(name, voices)
    if any(part is None or (part["before"] and part["after"]) for part in parts):
        return name
    return "+".join(_weighted(part.groupdict(), voices) for part in parts if part)


def voice_name(value: Any) -> str | None:
    """Return the name in a voice field: a string, an object with an id, or a list of either, which is a blend.

    Returns "" if the field is empty, and None if it is invalid.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        name = next((value[key] for key in ("id", "voice_id", "name", "voice") if value.get(key)), None)
        weight = value.get("weight")
        if not isinstance(name, str) or isinstance(weight, bool) or not isinstance(weight, int | float | str | None):
            return None
        return name if weight is None else f"{name}({weight})"
    if isinstance(value, list) and value:
        names = [voice_name(part) for part in value if not isinstance(part, list)]
        return "+".join(name for name in names if name) if all(names) and len(names) == len(value) else None
    return None


def _one(name: str, voices: Voices) -> str:
    known = {voice.lower(): voice for voice in voices.names()}
    lower = name.lower()
    return known.get(lower) or OPENAI_VOICES.get(lower) or (lower if re.match(r"[a-z]{2}_", lower) else name)


def _weighted(part: dict[str, str | None], voices: Voices) -> str:
    weight = part["before"] or part["after"] or part["within"] or part["point"]
    name = _one(part["name"] or "", voices)
    return f"{name}({float(weight):.4f})" if weight else name
