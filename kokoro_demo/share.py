"""Share links, which hold a whole request in a URL so that nothing is stored, and the fingerprint of a speech.

A link is untrusted input. Each field is validated by the rules of `SpeechRequest`; an invalid one is replaced by its
default, and reported.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode

from kokoro_demo.errors import RequestError
from kokoro_demo.request_fields import DEFAULTS, FIELDS
from kokoro_demo.script.cast import parse_cast
from kokoro_demo.speech import MAX_CHARACTERS, SpeechRequest
from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import UPLOADED

# Servers and proxies may refuse a longer query; the hash is never sent, so it may be long.
MAX_QUERY = 2_000
# Three fields of MAX_CHARACTERS, with at most four bytes a character and three characters a byte, and some margin.
MAX_LINK = 1_000_000
# One name, or a blend of several.
MAX_VOICE = 500
SHOWN = 40
# The parameter that carries a voice pack, and the names that one may have: see `voices.uploads.upload_name`.
PACK = "pack"
_OWN_NAME = re.compile(rf"{UPLOADED}[0-9a-f]{{8,16}}(_[\w-]{{1,24}})?")

# It has a text and phonemes, so that either may be replaced by an empty value.
_PLAIN = SpeechRequest("any text", phonemes="any")
# The fields that requests had when fingerprints were introduced. A later field counts only if it is not at its default,
# so that the fingerprints of older requests do not change.
_FIRST_FIELDS = {
    *("text", "voice", "speed", "seed", "language", "lexicon", "phonemes"),
    *("pause_scale", "even_loudness", "untouched"),
}


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """The content of a link.

    notes: a sentence for each value that was replaced.
    given: the fields for which the link has a valid value; the others have their defaults.
    pack: the voice pack in the link, in the form of `voices.curve_links`; not validated here.
    pack_name: the name of that pack in the request's voice or cast.
    """

    request: SpeechRequest
    notes: tuple[str, ...] = ()
    given: frozenset[str] = frozenset()
    pack: str = ""
    pack_name: str = ""


def share_link(request: SpeechRequest, base_url: str, packs: Mapping[str, str] | None = None) -> str:
    """Return the link that opens `request` on the page at `base_url`, whose own query and hash are dropped.

    The fields go into the query, or into the hash if they are longer than 2,000 characters. Fields at their defaults
    are left out.

    packs: the uploaded voices that a link may carry: name to curve, as text. It goes into the hash, which no server
        sees.

    Raises:
        RequestError: if `base_url` is not a web address, the voice is not a valid name, or the request speaks with an
            uploaded voice that is not in `packs`, or with more than one.
    """
    page = base_url.partition("#")[0].partition("?")[0]
    if not page.startswith(("http://", "https://")):
        raise RequestError("A share link needs the page's address, like https://huggingface.co/spaces/owner/name.")
    packs = packs or {}
    for voice in _voices_of(request.voice, request.cast):
        _voice(voice, bool(packs))
    uploaded = own_voices(request)
    if uploaded - set(packs):
        raise RequestError("A voice that was uploaded stays with its visitor and cannot be shared.")
    if len(uploaded) > 1:
        raise RequestError(f"A link carries one voice pack of your own, and this speech has {len(uploaded)}.")
    changed = {name: getattr(request, name) for name in FIELDS if getattr(request, name) != DEFAULTS[name]}
    values = {name: "1" if value is True else value for name, value in changed.items()}
    if uploaded:
        (name,) = uploaded
        return f"{page}#{urlencode(values | {PACK: packs[name]}, errors='surrogatepass')}"
    query = urlencode(values, errors="surrogatepass")
    return f"{page}{'?' if len(query) <= MAX_QUERY else '#'}{query}"


def request_from_link(url: str) -> SpeechRequest:
    """Return the request that was shared, exactly.

    Raises:
        RequestError: if the link holds nothing to speak, or a value in it is invalid.
    """
    opened = open_link(url)
    if opened.notes:
        raise RequestError(" ".join(opened.notes))
    if opened.pack:
        raise RequestError("This link carries a voice pack of its own. Open it on the page.")
    return opened.request


def open_link(url: str) -> OpenedLink:
    """Read a link and ignore what is invalid. Also accepts the end of a link, from "?" or "#" on.

    Raises:
        RequestError: if it holds nothing to speak, or is longer than any link of ours.
    """
    if len(url) > MAX_LINK:
        raise RequestError("This link is too long to be a shared speech.")
    fields, notes = _fields(url)
    pack = fields.pop(PACK, "")
    values = {}
    for name, written in fields.items():
        value, note = _checked(name, written, bool(pack))
        if note:
            notes.append(note)
        if value is not None:
            values[name] = value
    uploaded = {
        part for voice in _voices_of(values.get("voice", ""), values.get("cast", "")) for part in _uploaded_parts(voice)
    }
    if pack and len(uploaded) != 1:
        notes.append("The link's voice pack was ignored: one voice must use it.")
        pack = ""
        values = {name: value for name, value in values.items() if not uploaded or name not in ("voice", "cast")}
    try:
        request = SpeechRequest(**{"text": "", **values})
        return OpenedLink(request, tuple(notes), frozenset(values), pack, uploaded.pop() if pack else "")
    except RequestError:
        raise RequestError(" ".join(["This link holds nothing to speak.", *notes])) from None


def own_voices(request: SpeechRequest) -> set[str]:
    """Return the names of the uploaded voices that a request speaks with."""
    return {part for voice in _voices_of(request.voice, request.cast) for part in _uploaded_parts(voice)}


def fingerprint(request: SpeechRequest, checkpoint: str, phonemes: str, durations: Iterable[int]) -> str:
    """Return twelve hexadecimal digits, equal for equal speeches, so that two people can compare what they heard.
    The request's own phonemes count in place of its text, if it has any.

    checkpoint: the fingerprint of its config and weights.
    durations: of the model's tokens, phrase by phrase, in frames of 25 ms. The audio itself is left out, because its
        rounding differs between machines.
    """
    fields = asdict(request if request.phonemes is None else replace(request, text=""))
    fields = {name: value for name, value in fields.items() if name in _FIRST_FIELDS or value != DEFAULTS[name]}
    identity = json.dumps([fields, checkpoint, phonemes, list(durations)], sort_keys=True)
    digits = hashlib.sha256(identity.encode()).hexdigest()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:12]}"


def _fields(url: str) -> tuple[dict[str, str], list[str]]:
    """Return the known parameters, decoded: those of the hash or, if it has none, of the query; and notes."""
    before, _, after = url.partition("#")
    notes: list[str] = []
    for query in (after, before.partition("?")[2]):
        values: dict[str, str] = {}
        for part in query.split("&"):
            name, _, value = part.partition("=")
            if name in values:
                notes.append(f"The link has two values for {name}; the first was used.")
            elif name in FIELDS or name == PACK:
                values[name], whole = _decoded(value)
                if not whole:
                    notes.append(f"The link's {name} is not UTF-8; � marks what cannot be read.")
        if values:
            return values, list(dict.fromkeys(notes))
    return {}, notes


def _decoded(value: str) -> tuple[str, bool]:
    """Return a value without its escapes, and whether all of it was valid UTF-8."""
    raw = unquote_to_bytes(value.replace("+", " ").encode("utf-8", "surrogatepass"))
    try:
        return raw.decode("utf-8", "surrogatepass"), True
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace"), False


def _checked(name: str, written: str, carries_pack: bool) -> tuple[Any, str]:
    """Return the value of a field, or None if it is invalid; and a note if it differs from what was written."""
    if name == "text" and len(written) > MAX_CHARACTERS:
        note = f"The link's text was cut: only {MAX_CHARACTERS:,} characters can be spoken at once."
        return written[:MAX_CHARACTERS], note
    try:
        value = _value(name, written, carries_pack)
        replace(_PLAIN, **{name: value})
    except RequestError as error:
        return None, f"The link's {name} {_shown(written)} was ignored. {error}"
    return value, ""


def _value(name: str, written: str, carries_pack: bool) -> Any:
    """Return a field's value as `SpeechRequest` takes it.

    Numbers are checked here, since float and int would accept "1_0", " 1" and "nan", and are slow for a million digits.

    Raises:
        RequestError: if it is not a valid number, switch or name.
    """
    field = FIELDS[name]
    if field.kind is bool:
        if written not in ("0", "1"):
            raise RequestError("It must be 0 or 1.")
        return written == "1"
    if field.kind in (int, float):
        digits = written if field.kind is int else written.replace(".", "", 1)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= SHOWN):
            raise RequestError(f"It must be {field.form}.")
        return field.kind(written)
    if name == "cast":
        for role in parse_cast(written).values():
            _voice(role.voice, carries_pack)
    return _voice(written, carries_pack) if name == "voice" else written


def _voices_of(voice: str, cast: str) -> Iterable[str]:
    return (voice, *(role.voice for role in parse_cast(cast).values()))


def _uploaded_parts(voice: str) -> list[str]:
    return [part for part, _ in parse_blend(voice) if part.startswith(UPLOADED)] if UPLOADED in voice else []


def _voice(name: str, carries_pack: bool) -> str:
    if len(name) > MAX_VOICE or not name.isprintable():
        raise RequestError("This is not the name of a voice.")
    uploaded = _uploaded_parts(name)
    if uploaded and not carries_pack:
        raise RequestError("A voice that was uploaded stays with its visitor and cannot be shared.")
    if not all(map(_OWN_NAME.fullmatch, uploaded)):
        raise RequestError("This is not the name of a voice.")
    return name


def _shown(value: str) -> str:
    return repr(value if len(value) <= SHOWN else value[:SHOWN] + "…")
