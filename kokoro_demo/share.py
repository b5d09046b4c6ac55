"""Share links: a whole request in a URL, without anything kept anywhere, and the fingerprint of what it became.

A link is a stranger's input. Its fields are checked one by one with `SpeechRequest`'s own rules; one that breaks them
is replaced by its default and noted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from kokoro_demo.errors import RequestError
from kokoro_demo.script.cast import parse_cast
from kokoro_demo.speech import MAX_CHARACTERS, MAX_PAUSE_SCALE, SpeechRequest
from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import UPLOADED

# A longer query may be refused on its way; the part after "#" never leaves the browser.
MAX_QUERY = 2_000
# Three fields of MAX_CHARACTERS, each character up to four bytes and each byte three signs, with room to spare.
MAX_LINK = 1_000_000
# A name, or a blend of several.
MAX_VOICE = 500
SHOWN = 40

# Text and phonemes, so that either may be checked as empty.
_PLAIN = SpeechRequest("any text", phonemes="any")
_USUAL = {field.name: field.default for field in fields(SpeechRequest)} | {"text": ""}
FIELDS = tuple(_USUAL)
_NUMBERS = {
    "speed": "a number from 0.5 to 2",
    "pause_scale": f"a number from 0 to {MAX_PAUSE_SCALE:g}",
    "seed": "a whole number",
}
_SWITCHES = ("even_loudness", "untouched", "ssml")
# Came later: as usual, they are left out of fingerprints, which so stay what they were.
_LATER = ("cast", "ssml")


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a link asked for.

    notes: a sentence on every value that was replaced.
    given: the fields that the link names with a value that can be kept; the others have their defaults.
    """

    request: SpeechRequest
    notes: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()


def share_link(request: SpeechRequest, base_url: str) -> str:
    """The link that opens `request` on the page at `base_url`, whose own query and hash are dropped.

    Up to 2,000 characters stand in the query, more in the hash. What is as usual is left out.

    Raises:
        RequestError: if `base_url` is no web address, or the voice no name.
    """
    place = base_url.partition("#")[0].partition("?")[0]
    if not place.startswith(("http://", "https://")):
        raise RequestError("A share link needs the page's address, like https://huggingface.co/spaces/owner/name.")
    for voice in (request.voice, *(role.voice for role in parse_cast(request.cast).values())):
        _voice(voice)
    given = {name: getattr(request, name) for name in FIELDS if getattr(request, name) != _USUAL[name]}
    values = {name: "1" if value is True else value for name, value in given.items()}
    query = urlencode(values, errors="surrogatepass")
    return f"{place}{'?' if len(query) <= MAX_QUERY else '#'}{query}"


def request_from_link(url: str) -> SpeechRequest:
    """The request that was shared, exactly.

    Raises:
        RequestError: if the link holds nothing to speak, or a value that cannot be kept as it stands.
    """
    opened = open_link(url)
    if opened.notes:
        raise RequestError(" ".join(opened.notes))
    return opened.request


def open_link(url: str) -> OpenedLink:
    """Read any link as far as it makes sense. Also takes its end alone, from "?" or "#" on.

    Raises:
        RequestError: if it holds nothing to speak, or is longer than any request.
    """
    if len(url) > MAX_LINK:
        raise RequestError("This link is too long to be a shared speech.")
    fields, notes = _fields(url)
    values = {}
    for name, written in fields.items():
        value, note = _checked(name, written)
        if note:
            notes.append(note)
        if value is not None:
            values[name] = value
    try:
        return OpenedLink(SpeechRequest(**{"text": "", **values}), tuple(notes), frozenset(values))
    except RequestError:
        raise RequestError(" ".join(["This link holds nothing to speak.", *notes])) from None


def fingerprint(request: SpeechRequest, checkpoint: str, phonemes: str, durations: Iterable[int]) -> str:
    """Twelve hexadecimal digits, for two people to compare: equal where they heard the same speech. The text counts
    where it was read; the page cannot show phonemes without one.

    checkpoint: the fingerprint of the config and weights that spoke.
    durations: of the model's tokens, phrase by phrase, in frames of 25 ms. The sound itself is not in it: other
        machines round it otherwise.
    """
    asked = asdict(request if request.phonemes is None else replace(request, text=""))
    asked = {name: value for name, value in asked.items() if name not in _LATER or value != _USUAL[name]}
    identity = json.dumps([asked, checkpoint, phonemes, list(durations)], sort_keys=True)
    digits = hashlib.sha256(identity.encode()).hexdigest()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}"


def _fields(url: str) -> tuple[dict[str, str], list[str]]:
    """Our own fields of a link, decoded: those of the hash or, if that has none, of the query."""
    before, _, after = url.partition("#")
    notes: list[str] = []
    for query in (after, before.partition("?")[2]):
        values: dict[str, str] = {}
        for part in query.split("&"):
            name, _, value = part.partition("=")
            if name in values:
                notes.append(f"The link has two values for {name}; the first was used.")
            elif name in FIELDS:
                values[name], whole = _decoded(value)
                if not whole:
                    notes.append(f"The link's {name} is not UTF-8; � marks what cannot be read.")
        if values:
            return values, list(dict.fromkeys(notes))
    return {}, notes


def _decoded(value: str) -> tuple[str, bool]:
    """A value without its escapes, and whether all of it could be read."""
    raw = unquote_to_bytes(value.replace("+", " ").encode("utf-8", "surrogatepass"))
    try:
        return raw.decode("utf-8", "surrogatepass"), True
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace"), False


def _checked(name: str, written: str) -> tuple[Any, str]:
    """The value of a field, None if it cannot be one; and a note if it is not what was written."""
    if name == "text" and len(written) > MAX_CHARACTERS:
        note = f"The link's text was cut: only {MAX_CHARACTERS:,} characters can be spoken at once."
        return written[:MAX_CHARACTERS], note
    try:
        value = _value(name, written)
        replace(_PLAIN, **{name: value})
    except RequestError as error:
        return None, f"The link's {name} {_shown(written)} was ignored. {error}"
    return value, ""


def _value(name: str, written: str) -> Any:
    """A field as `SpeechRequest` takes it.

    float and int would also take "1_0", " 1" and "nan", and be long over a million digits.

    Raises:
        RequestError: if it is no number or no name.
    """
    if name in _SWITCHES:
        if written not in ("0", "1"):
            raise RequestError("It must be 0 or 1.")
        return written == "1"
    if name in _NUMBERS:
        digits = written if name == "seed" else written.replace(".", "", 1)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= SHOWN):
            raise RequestError(f"It must be {_NUMBERS[name]}.")
        return int(written) if name == "seed" else float(written)
    if name == "cast":
        for role in parse_cast(written).values():
            _voice(role.voice)
    return _voice(written) if name == "voice" else written


def _voice(name: str) -> str:
    if len(name) > MAX_VOICE or not name.isprintable():
        raise RequestError("This is not the name of a voice.")
    if any(part.startswith(UPLOADED) for part, _ in parse_blend(name)):
        raise RequestError("A voice that was uploaded stays with its visitor and cannot be shared.")
    return name


def _shown(value: str) -> str:
    return repr(value if len(value) <= SHOWN else value[:SHOWN] + "…")
